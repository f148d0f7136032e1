"""The bars of the golden set (tests/golden/README.md), judged on the product as wired, over the starter guidance."""

from pathlib import Path

import pytest

from bench import golden
from bench.golden import Answer, Score, Wording
from bot.domain.citation import Citation
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.settings import read_settings
from bot.wiring import build
from knowledge import Facts, Library
from tests.conftest import NewData

pytestmark = pytest.mark.slow


class Run:
    """Everything asked once, for all tests of one worker."""

    def __init__(self, data_dir: Path) -> None:
        # Named outright, so that a developer's own .env cannot put other guidance under the questions.
        settings = read_settings(data_dir=data_dir, guidance_dir=None, vocabulary_file=None)
        assistant = build(settings)
        self.guidance: Path = Library.open(data_dir).folder
        self.answers: tuple[Answer, ...] = golden.answers(assistant.respond, golden.questions())
        self.wordings: tuple[Wording, ...] = golden.wordings(assistant.respond, golden.situations())
        self.score: Score = golden.score(self.answers)


@pytest.fixture(scope="session")
def run(new_data: NewData) -> Run:
    return Run(new_data())


def test_the_set_is_as_large_and_as_varied_as_it_claims() -> None:
    asked = golden.questions()
    assert len({question.id for question in asked}) == len(asked) >= 250
    assert sum("ok" in q.must_not and not q.out_of_scope for q in asked) >= 60
    assert sum(question.out_of_scope for question in asked) >= 40
    assert sum(question.needs_clarification for question in asked) >= 20
    assert sum(bool(question.history) for question in asked) >= 15
    assert not [question.id for question in asked if question.must_not & set(question.expected)]
    assert all(len(set(case.wordings)) == 5 for case in golden.situations())
    assert len(golden.situations()) >= 30


def test_the_measure_notices_danger_silence_and_a_quote_that_was_touched_up(tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("The availability form is never sent.", encoding="utf-8")
    touched_up = Citation("rules.md", "Rules", "Forms", "The availability form is never, ever sent.")
    literal = Citation("rules.md", "Rules", "Forms", "never sent")
    first, second = (q for q in golden.questions() if q.topic == "mg10")

    def answered(question: golden.Question, verdict: Verdict, citation: Citation) -> Answer:
        reply = Reply(verdict, "", (), (), (citation,), "", Facts())
        return Answer(question, verdict, reply=reply)

    given = (answered(first, Verdict.OK, touched_up), answered(second, Verdict.NOT_COVERED, literal))
    assert golden.loose_quotes(given, tmp_path) == (first.id,)
    measured = golden.score(given)
    assert (measured.right, measured.dangerous_ok, measured.not_covered_precision) == (0, (first.id,), 0)


def test_no_question_gets_a_dangerous_answer(run: Run) -> None:
    assert run.score.dangerous == ()


def test_no_wording_gets_a_dangerous_answer(run: Run) -> None:
    assert [case.situation.id for case in run.wordings if case.dangerous] == []


def test_nine_questions_in_ten_are_answered_right(run: Run) -> None:
    missed = [f"{a.question.id} {a.verdict}" for a in run.answers if not a.right]
    assert run.score.right >= 0.90, missed


def test_every_quote_is_in_the_cited_document_letter_by_letter(run: Run) -> None:
    assert any(answer.reply and answer.reply.citations for answer in run.answers)
    assert golden.loose_quotes(run.answers, run.guidance) == ()


def test_every_ruling_cites_the_guidance(run: Run) -> None:
    ruled = ("ok", "safeguards", "stop")
    assert [a.question.id for a in run.answers if a.verdict in ruled and a.reply and not a.reply.citations] == []


def test_five_wordings_of_one_question_get_one_verdict_nine_times_in_ten(run: Run) -> None:
    divided = [case.situation.id for case in run.wordings if not case.consistent]
    assert len(divided) <= 0.10 * len(run.wordings), divided
