"""Rows decide, the strictest wins, and one question is asked where it matters."""

import pytest

from bot.ask.decide import Decision, decide
from bot.ask.evidence import Book, Evidence
from bot.domain.verdict import Verdict, strictest
from knowledge import Asked, Example, Facts, Hit, Passage, Rule, Vocabulary

WORDS = Vocabulary.load()


def rule(name: str, answer: str, material: str = "", to: str = "", by: str = "", only_if: tuple[str, ...] = ()) -> Rule:
    columns = [tuple(filter(None, [cell])) for cell in (material, to, by)]
    return Rule(
        name,
        "d.md",
        ("D",),
        answer,
        name,
        materials=columns[0],
        recipients=columns[1],
        channels=columns[2],
        conditions=only_if,
    )


RULES = (
    rule("to defence", "safeguards", "witness_statement", "defence", only_if=("encrypted in transit",)),
    rule("to media", "stop", "witness_statement", "media"),
    rule("date", "ok", "court_result", "court"),
    rule("private mail", "stop", "case_material", "", "personal_email"),
    rule("pay", "not_covered", "hr_question"),
)
UNREAD = frozenset({"material", "recipient"})
BOOK = Book(RULES, {one.id: one for one in RULES}, WORDS)


def near(question: str, name: str, similarity: float) -> Asked:
    return Asked(Example(question, "d.md", ("D",), name), similarity)


def decided(facts: Facts, found: Evidence | None = None, *, unread: frozenset[str] = frozenset()) -> Decision:
    return decide(facts, found or Evidence(relevance=1.0), BOOK, unread=unread)


def test_a_matching_row_gives_the_verdict() -> None:
    assert decided(Facts(("witness_statement",), ("defence",))).verdict is Verdict.SAFEGUARDS


def test_nothing_softens_a_stricter_row() -> None:
    facts = Facts(("witness_statement",), ("defence",), ("personal_email",))
    assert decided(facts).verdict is Verdict.STOP


def test_the_strictest_of_two_recipients_counts() -> None:
    assert decided(Facts(("witness_statement",), ("defence", "media"))).verdict is Verdict.STOP


def test_what_is_not_redacted_goes_to_nobody_outside_the_team() -> None:
    unredacted = Facts(("witness_statement",), ("defence",), lacking=frozenset({"redacted"}))
    assert decided(unredacted).verdict is Verdict.STOP


def test_a_required_protection_that_is_missing_stops() -> None:
    decision = decided(Facts(("witness_statement",), ("defence",), lacking=frozenset({"encrypted"})))
    assert decision.verdict is Verdict.STOP
    assert decision.unmet == ("encrypted",)


def test_an_unstated_recipient_that_matters_is_asked_for() -> None:
    decision = decided(Facts(("witness_statement",)))
    assert decision.verdict is Verdict.ASK
    assert decision.unstated is not None
    assert decision.unstated.fact == "recipient"
    assert set(decision.unstated.options) == {"defence", "media"}


def test_a_known_question_does_not_supply_a_recipient_nobody_mentioned() -> None:
    found = Evidence(relevance=1.0, asked=(near("can the statement go to the defence", "to defence", 0.79),))
    assert decided(Facts(("witness_statement",)), found).unstated is not None


def test_a_known_question_supplies_what_the_vocabulary_could_not_read() -> None:
    found = Evidence(relevance=1.0, asked=(near("statement for the def brief", "to defence", 0.79),))
    assert decided(Facts(("witness_statement",)), found, unread=UNREAD).verdict is Verdict.SAFEGUARDS


def test_a_near_question_answered_more_strictly_wins_over_ok() -> None:
    found = Evidence(relevance=1.0, asked=(near("date and her statement to the court", "private mail", 0.75),))
    assert decided(Facts(("court_result",), ("court",)), found, unread=UNREAD).verdict is not Verdict.STOP
    assert decided(Facts(("court_result",), ("court",))).verdict is Verdict.OK


def test_ok_comes_from_a_row_alone() -> None:
    found = Evidence(relevance=1.0, asked=(near("date to the court", "date", 0.66),))
    assert decided(Facts(), found, unread=UNREAD).verdict is not Verdict.OK


def test_a_question_for_somebody_else_is_not_covered() -> None:
    found = Evidence(asked=(near("when is payday", "pay", 0.9),), relevance=-1.0)
    assert decided(Facts(), found).verdict is Verdict.NOT_COVERED


def test_no_ruling_yields_to_any_ruling() -> None:
    assert strictest([Verdict.NOT_COVERED, Verdict.OK]) is Verdict.OK
    assert strictest([]) is Verdict.NOT_COVERED
    assert strictest([Verdict.ASK, Verdict.STOP, Verdict.OK]) is Verdict.STOP


@pytest.mark.parametrize(
    "text, verdict",
    [
        ("Custody photographs must not be given to a journalist.", Verdict.STOP),
        ("Don't give custody photographs to anyone.", Verdict.STOP),
        ("Custody photographs are kept in the store.", Verdict.ASK),
    ],
)
def test_prose_about_the_very_thing_can_forbid_but_never_allow(text: str, verdict: Verdict) -> None:
    passage = Passage("d.md#1", "d.md", ("D",), text)
    found = Evidence(hits=(Hit(passage, 0.9),), relevance=1.0)
    assert decided(Facts(("custody_photo",), ("media",)), found).verdict is verdict


def test_prose_about_something_else_settles_nothing() -> None:
    passage = Passage("d.md#1", "d.md", ("D",), "Never leave your screen unlocked.")
    found = Evidence(hits=(Hit(passage, 0.4),), relevance=1.0)
    assert decided(Facts(("custody_photo",), ("media",)), found).verdict is Verdict.NOT_COVERED


def test_what_a_condition_wants_gone_is_not_missed_when_it_is_gone() -> None:
    rows = (rule("fronts", "safeguards", "witness_statement", "defence", only_if=("contact page removed",)),)
    book = Book(rows, {one.id: one for one in rows}, WORDS)
    facts = Facts(("witness_statement",), ("defence",))
    said = {word: decide(facts, Evidence(relevance=1.0), book, denied=frozenset({word})) for word in ("page", "remove")}
    assert (said["page"].broken, said["remove"].broken) == ((), ("contact page removed",))
