"""Your answer changed: tells those who asked when the guidance now comes to another verdict on the same facts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.answers import AnswerRecord
from bot.domain.card import Button, Card, CardKind
from bot.domain.ports.answers import AnswerBook
from bot.domain.ports.post import Outbox
from bot.domain.verdict import Verdict
from bot.domain.words import HEADLINES
from bot.followup.again import Ground, Today, said_section
from knowledge import Facts, Library

STRICTER = (
    "If you have not sent it yet, follow the new answer. If you sent it under the old one you did nothing wrong: "
    "ask {contact} whether anything has to be done now."
)
MILDER = "You may act by the new answer from now on. Ask {contact} if you are not sure."


def tell_changes(library: Library, book: AnswerBook, outbox: Outbox, contact: str) -> int:
    """Hold every remembered answer against the guidance as it is now; gives how many cards were sent.

    Safe to run twice and in several processes: the key of a card is made of the answer and the number of the change.
    """
    ground = Ground(library)
    behind = book.behind(library.stamp)
    changed = [(record, today) for record in behind if (today := _changed(record, ground)) is not None]
    sent = 0
    for record, today in _once_each(changed):
        assert record.place is not None  # `behind` gives those with a place
        card = changed_card(record, today, library, contact)
        outbox.send(card, [record.place], f"changed:{record.id}:{record.told + 1}")
        sent += 1
    moved = [
        replace(record, verdict=today.verdict, basis=today.verdict, relied=today.relied, told=record.told + 1)
        for record, today in changed
    ]
    book.moved_on(library.stamp, moved)
    return sent


def changed_card(record: AnswerRecord, today: Today, library: Library, contact: str) -> Card:
    """What is said: the facts in words of ours, the verdict then and now, where it says so, what to do."""
    document = library.documents.get(today.relied[0].document) if today.relied else None
    whom = (document.contact or document.owner or contact) if document else contact
    stricter = today.verdict.strictness > record.verdict.strictness or today.verdict is Verdict.NOT_COVERED
    details = [
        ("The answer was", HEADLINES[record.verdict]),
        ("The answer is now", HEADLINES[today.verdict]),
    ]
    if document is not None:
        section = said_section(today.rule.section) if today.rule else today.relied[0].section
        details.append(("Where it says so", f"{document.title}, {section}"))
    return Card(
        kind=CardKind.CHANGED,
        title=f"Your answer changed: {HEADLINES[today.verdict]}",
        lines=(
            f"{_asked_about(record, library.vocabulary.say)} The guidance has changed since.",
            (STRICTER if stricter else MILDER).format(contact=whom),
        ),
        details=tuple(details),
        steps=today.rule.conditions if today.rule and today.verdict is Verdict.SAFEGUARDS else (),
        buttons=(
            Button("answer.ask_human", "Ask a person", record.id, opens_form=True),
            Button("answer.mute", "Don't tell me of changes", record.id),
        ),
        about=record.id,
    )


def in_words(facts: Facts, say: Callable[[str], str]) -> str:
    """Facts as people say them: "a witness statement (MG11) to the defence by email"; empty when there are none."""
    parts = [
        ("", facts.materials),
        ("to ", facts.recipients),
        ("by ", facts.channels),
        ("with: ", tuple(sorted(facts.protections))),
    ]
    return " ".join(f"{lead}{', '.join(map(say, terms))}" for lead, terms in parts if terms)


def _asked_about(record: AnswerRecord, say: Callable[[str], str]) -> str:
    about = in_words(record.facts, say) or "files that you had checked" * record.files or "sending something"
    return f"On {day_words(record.day)} you asked about {about}."


def day_words(day: date | datetime) -> str:
    """A day for people: "3 October 2026"."""
    return f"{day.day} {day:%B %Y}"


def _changed(record: AnswerRecord, ground: Ground) -> Today | None:
    """Today's ruling when it differs both from what it rested on and from what the person was told."""
    today = ground.of(record)
    if today.verdict in (record.basis, record.verdict):
        return None
    if record.verdict is Verdict.NOT_COVERED and record.basis not in (Verdict.NOT_COVERED, Verdict.ASK):
        return None  # it was somebody else's question, whatever its words would come to as one of ours
    if today.verdict is Verdict.OK and ground.alone(record) is not Verdict.OK:
        return None  # only what was stated may lead to "OK to send", never a likeness or a guess
    # What was doubted when it was asked (a guess, a file) is not known now: then nobody is told anything milder.
    return today if record.basis is record.verdict or not _milder(today.verdict, record.verdict) else None


def _milder(now: Verdict, told: Verdict) -> bool:
    return now.strictness < (Verdict.ASK if told is Verdict.NOT_COVERED else told).strictness


def _once_each(changed: Iterable[tuple[AnswerRecord, Today]]) -> Sequence[tuple[AnswerRecord, Today]]:
    """One card where a person asked the same several times."""
    seen: dict[object, tuple[AnswerRecord, Today]] = {}
    for record, today in changed:
        seen.setdefault((record.place, record.facts, record.verdict, today.verdict), (record, today))
    return tuple(seen.values())
