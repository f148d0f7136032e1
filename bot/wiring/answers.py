"""Joins what happens after an answer."""

from collections.abc import Callable
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING

import structlog

from bot.domain.component import Component
from bot.errors import SendcheckError
from knowledge import Library

if TYPE_CHECKING:
    from bot.followup.component import Stores
    from bot.followup.gaps import Gaps, Read
    from bot.followup.human import HumanDesk
    from bot.followup.records import Recorder
    from bot.wiring import Loaded

log = structlog.get_logger("sendcheck.followup")


def component(loaded: "Loaded") -> Component:
    """Records, feedback, a person's help, gaps, and news when the guidance changes."""
    from bot.followup.candidates import AnswersPage
    from bot.followup.change import ChangeDesk
    from bot.followup.component import Desks, Stores
    from bot.followup.component import component as joined
    from bot.followup.feedback import FeedbackDesk
    from bot.followup.gaps import GapDesk
    from bot.followup.records import Recorder
    from bot.followup.weekly import WeeklyNotice
    from bot.respond import Assistant
    from bot.store.answers import SqlAnswerBook, SqlGapBook, SqlOpinions, SqlThreads
    from bot.store.questions import SqlQuestions
    from bot.store.sealed import Sealer

    settings, office = loaded.settings, loaded.office
    sealer = Sealer(loaded.site_key)
    stores = Stores(
        book=cache(lambda: SqlAnswerBook(loaded.engine, sealer)),
        opinions=cache(lambda: SqlOpinions(loaded.engine)),
        questions=cache(lambda: SqlQuestions(loaded.engine, sealer)),
        gaps=cache(lambda: SqlGapBook(loaded.engine)),
        purge_threads=lambda before: SqlThreads(loaded.engine, loaded.site_key).purge(before.date()),
    )

    def library() -> Library:
        return loaded.library

    recorder = Recorder(stores.book, lambda: loaded.meanwhile, library, lambda text: loaded.scrubber.scrub(text))
    human = _human(loaded, stores, recorder, library)
    every_gap = gaps(loaded)
    desks = Desks(
        human=human,
        change=ChangeDesk(
            stores.book,
            stores.questions,
            cache(lambda: Assistant(loaded, settings.contact)),
            recorder,
            lambda term: loaded.library.vocabulary.say(term),
        ),
        feedback=FeedbackDesk(stores.book, stores.opinions, library, lambda text: loaded.scrubber.scrub(text)),
        gaps=GapDesk(every_gap, stores.gaps, stores.questions),
        answers=AnswersPage(stores.questions, library, human, office.local),
        weekly=WeeklyNotice(
            every_gap,
            lambda: loaded.outbox,
            lambda: loaded.alarms,
            loaded.places(settings.team),
            lambda moment: office.next_weekday_at(moment, 0, office.opens),
        ),
    )
    return joined(stores, desks, recorder, lambda: changed(loaded))


def _human(loaded: "Loaded", stores: "Stores", recorder: "Recorder", library: Callable[[], Library]) -> "HumanDesk":
    from bot.followup.human import HumanDesk, HumanParts

    settings, office = loaded.settings, loaded.office
    return HumanDesk(
        HumanParts(
            questions=stores.questions,
            book=stores.book,
            outbox=lambda: loaded.outbox,
            alarms=lambda: loaded.alarms,
            library=library,
            recorder=recorder,
            scrub=lambda text: loaded.scrubber.scrub(text),
            team=loaded.places(settings.team),
            lead=loaded.places(settings.lead or settings.team),
            next_working_day=lambda moment: office.add_working_days(office.next_open(moment), 1),
            local=office.local,
        )
    )


def gaps(loaded: "Loaded") -> "Gaps":
    """The gaps of the guidance, put together and drafted."""
    from bot.followup.clusters import Clusters
    from bot.followup.gaps import Gaps
    from bot.store.answers import SqlGapBook

    return Gaps(
        cache(lambda: SqlGapBook(loaded.engine)),
        cache(lambda: Clusters(loaded.embed, lambda text: loaded.library.spell_out(text))),
        lambda: loaded.library,
        reader(loaded),
        loaded.settings.contact,
    )


def reader(loaded: "Loaded") -> "Callable[[str], Read]":
    """Reads a question of a gap and decides it by the guidance as it is; nothing is noted or remembered of that."""
    from bot.ask.evidence import Book
    from bot.ask.rule import rule
    from bot.domain.message import Message
    from bot.followup.gaps import Read

    def read(text: str) -> "Read":
        library = loaded.library
        question = loaded.reader.read(Message(text))
        return Read(
            question.facts, rule(question, library, Book(library.rules, library.rule_by_id, library.vocabulary))
        )

    return read


def changed(loaded: "Loaded") -> None:
    """Tell those whose answer the guidance in use would give differently, in a thread of its own."""
    Thread(target=_tell, args=(loaded,), name="changed", daemon=True).start()


def _tell(loaded: "Loaded") -> None:
    from bot.followup.changed import tell_changes
    from bot.store.answers import SqlAnswerBook
    from bot.store.sealed import Sealer

    try:
        book = SqlAnswerBook(loaded.engine, Sealer(loaded.site_key))
        sent = tell_changes(loaded.library, book, loaded.outbox, loaded.settings.contact)
    except SendcheckError as error:
        # Nothing was marked as told: the next start or change of the guidance tries again.
        log.warning("changed answers could not be told", error=type(error).__name__)
    else:
        if sent:
            log.info("changed answers told", cards=sent)
