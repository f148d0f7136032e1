"""What the stores of answers, questions to people, gaps and threads promise, on SQLite and on PostgreSQL."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from bot.domain.answers import AnswerRecord, Feedback, HumanQuestion, Misread, Reason, Relied, State
from bot.domain.message import Remembered
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.domain.verdict import Verdict
from bot.errors import StoreError
from bot.store import SqlGapLog, migrate
from bot.store.answers import SqlAnswerBook, SqlGapBook, SqlOpinions, SqlThreads
from bot.store.questions import SqlQuestions
from bot.store.sealed import Sealer
from knowledge import Facts
from tests.databases import (  # noqa: F401
    database_address,
    engine,
    postgres_address,
    postgres_server,
    sqlite_address,
)

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PLACE = Place("slack", "D0ASKER")
FACTS = Facts(("witness_statement",), ("defence",), ("email",), frozenset({"encrypted", "redacted"}), frozenset())
RELIED = (Relied("statements.md", "Sending › To the defence", "ab" * 32, "cd" * 16, "safeguards"),)
KEY = b"k" * 32


@dataclass
class Stores:
    engine: Engine
    book: SqlAnswerBook
    opinions: SqlOpinions
    questions: SqlQuestions
    gaps: SqlGapBook
    threads: SqlThreads


@pytest.fixture
def stores(engine: Engine) -> Stores:
    migrate(engine)
    sealer = Sealer(KEY)
    return Stores(
        engine,
        SqlAnswerBook(engine, sealer),
        SqlOpinions(engine),
        SqlQuestions(engine, sealer),
        SqlGapBook(engine),
        SqlThreads(engine, KEY),
    )


def record(name: str = "a1", **changes: object) -> AnswerRecord:
    made = AnswerRecord(name, Verdict.SAFEGUARDS, Verdict.SAFEGUARDS, FACTS, RELIED, TODAY, "stamp-1", PLACE)
    return replace(made, **changes)  # type: ignore[arg-type]


def question(receipt: str = "HQ-2222-3333", **changes: object) -> HumanQuestion:
    made = HumanQuestion(
        receipt,
        ScrubbedText("may [name] have it", 1),
        FACTS,
        Verdict.ASK,
        "statements.md",
        "the disclosure lead",
        NOW,
        NOW + timedelta(days=1),
        place=PLACE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_record_comes_back_whole(stores: Stores) -> None:
    stores.book.add(record())
    stores.book.add(record("a2", place=None, files=True, facts=Facts(), relied=()))
    assert stores.book.find("a1") == record()
    assert stores.book.find("a2") == record("a2", place=None, files=True, facts=Facts(), relied=())
    assert stores.book.find("a3") is None


def test_only_answers_that_somebody_can_be_told_of_are_held_against_new_guidance(stores: Stores) -> None:
    stores.book.add(record())
    stores.book.add(record("a2", place=None))
    stores.book.add(record("a3", stamp="stamp-2"))
    assert [one.id for one in stores.book.behind("stamp-2")] == ["a1"]
    stores.book.moved_on("stamp-2", [record(told=1, verdict=Verdict.STOP, basis=Verdict.STOP)])
    assert stores.book.behind("stamp-2") == ()
    moved = stores.book.find("a1")
    assert moved is not None
    assert (moved.verdict, moved.told, moved.stamp) == (Verdict.STOP, 1, "stamp-2")


def test_a_muted_answer_keeps_no_place(stores: Stores) -> None:
    stores.book.add(record())
    assert stores.book.mute("a1")
    assert not stores.book.mute("a9")
    assert stores.book.find("a1") == record(place=None)


def test_a_place_sealed_under_another_key_is_an_error_that_says_what_to_do(stores: Stores) -> None:
    stores.book.add(record())
    with pytest.raises(StoreError, match=r"site\.key"):
        SqlAnswerBook(stores.engine, Sealer(b"x" * 32)).find("a1")


def test_feedback_is_replaced_and_purged(stores: Stores) -> None:
    given = Feedback("a1", True, "statements.md", "Sending", Verdict.STOP, TODAY)
    changed = replace(given, helpful=False, reason=Reason.WRONG, text=ScrubbedText("see [name]", 1))
    stores.opinions.give(given)
    stores.opinions.give(changed)
    assert stores.opinions.all() == (changed,)
    assert stores.opinions.purge(TODAY) == 0
    assert stores.opinions.purge(TODAY + timedelta(days=1)) == 1


def test_raw_text_is_refused_everywhere(stores: Stores) -> None:
    raw = "ring 07700 900123"
    with pytest.raises(TypeError, match="scrubbed"):
        stores.opinions.give(Feedback("a1", False, "", "", Verdict.ASK, TODAY, Reason.OTHER, raw))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="scrubbed"):
        stores.questions.ask(question(question=raw))
    with pytest.raises(TypeError, match="scrubbed"):
        stores.questions.misread(Misread("m1", raw, FACTS, FACTS, TODAY))  # type: ignore[arg-type]
    stores.questions.ask(question())
    with pytest.raises(TypeError, match="scrubbed"):
        stores.questions.answer("HQ-2222-3333", raw, "U1", NOW, offered=False)  # type: ignore[arg-type]


def test_a_question_to_a_person_comes_back_whole_through_all_its_states(stores: Stores) -> None:
    stores.questions.ask(question())
    assert stores.questions.find("HQ-2222-3333") == question()
    assert stores.questions.answer("HQ-2222-3333", ScrubbedText("yes", 0), "U1", NOW, offered=True)
    answered = question(
        state=State.ANSWERED, answer=ScrubbedText("yes", 0), answered_at=NOW, answered_by="U1", offered=True
    )
    assert stores.questions.find("HQ-2222-3333") == answered
    assert stores.questions.close("HQ-2222-3333")
    closed = replace(answered, state=State.CLOSED, place=None, answered_by="")
    assert stores.questions.find("HQ-2222-3333") == closed
    assert stores.questions.settle("HQ-2222-3333")
    assert not stores.questions.settle("HQ-2222-3333")


def test_of_two_who_answer_at_once_one_is_first(stores: Stores) -> None:
    stores.questions.ask(question())

    def answer(number: int) -> bool:
        return stores.questions.answer("HQ-2222-3333", ScrubbedText(f"answer {number}"), "U1", NOW, offered=False)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(answer, range(4))) == [False, False, False, True]


def test_what_waits_longest_comes_first_and_what_is_settled_last(stores: Stores) -> None:
    for number, receipt in enumerate(("HQ-AAAA-AAAA", "HQ-BBBB-BBBB", "HQ-CCCC-CCCC", "HQ-DDDD-DDDD")):
        stores.questions.ask(question(receipt, asked_at=NOW + timedelta(hours=number)))
    for receipt in ("HQ-AAAA-AAAA", "HQ-DDDD-DDDD"):
        stores.questions.close(receipt)
    found = [one.receipt[3] for one in stores.questions.latest(10)]
    assert found == ["B", "C", "D", "A"]
    assert len(stores.questions.latest(2)) == 2


def test_misreadings_come_back_and_can_be_settled(stores: Stores) -> None:
    noted = Misread("m1", ScrubbedText("may [name] have it", 1), Facts(), FACTS, TODAY)
    stores.questions.misread(noted)
    assert stores.questions.misreadings() == (noted,)
    assert stores.questions.settle("m1")
    assert stores.questions.misreadings() == ()


def test_old_questions_lose_their_people_and_then_go(stores: Stores) -> None:
    stores.questions.ask(question())
    stores.questions.ask(question("HQ-4444-4444"))
    stores.questions.answer("HQ-2222-3333", ScrubbedText("yes"), "U1", NOW, offered=False)
    later = NOW + timedelta(days=20)
    assert stores.questions.purge(later - timedelta(days=14), later - timedelta(days=365)) == 0
    kept = stores.questions.find("HQ-2222-3333")
    assert kept is not None
    assert (kept.state, kept.place) == (State.CLOSED, None)
    much_later = NOW + timedelta(days=400)
    assert stores.questions.purge(much_later, much_later - timedelta(days=365)) == 1
    assert stores.questions.find("HQ-4444-4444") is not None  # one that waits is never purged


def test_gaps_have_ids_and_can_be_marked_as_dealt_with(stores: Stores) -> None:
    log = SqlGapLog(stores.engine)
    log.add(ScrubbedText("may the vet see it"), Verdict.NOT_COVERED, NOW)
    log.add(ScrubbedText("may the gym see it"), Verdict.ASK, NOW - timedelta(days=1))
    vet, gym = stores.gaps.newest(10)
    assert (vet.question.text, vet.verdict, vet.done) == ("may the vet see it", Verdict.NOT_COVERED, False)
    assert stores.gaps.done([gym.id, gym.id, "unknown"], TODAY) == 1
    assert stores.gaps.done([gym.id], TODAY) == 1
    assert [one.done for one in stores.gaps.newest(10)] == [False, True]
    assert stores.gaps.purge(TODAY) == 1
    with stores.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM gaps_done")).scalar_one() == 0


def test_a_thread_remembers_facts_under_a_digest_and_the_latest_counts(stores: Stores) -> None:
    first = Remembered(FACTS, "recipient", ("defence", "court"), 1, ("witness_statement",))
    assert stores.threads.recall("C012.345") is None
    stores.threads.keep("C012.345", first, NOW)
    stores.threads.keep("C012.345", replace(first, asking=""), NOW)
    assert stores.threads.recall("C012.345") == replace(first, asking="")
    assert stores.threads.recall("C012.346") is None
    with stores.engine.connect() as connection:
        assert "C012" not in repr(connection.execute(text("SELECT * FROM threads")).all())
    assert stores.threads.purge(TODAY) == 0
    assert stores.threads.purge(TODAY + timedelta(days=1)) == 1


def test_a_token_does_not_say_what_it_holds_and_differs_each_time() -> None:
    sealer = Sealer(KEY)
    one, two = sealer.seal(b"D0ASKER"), sealer.seal(b"D0ASKER")
    assert one != two
    assert sealer.open(one) == sealer.open(two) == b"D0ASKER"
    with pytest.raises(StoreError):
        sealer.open(one[:-6] + b"AAAAAA")
