"""The page of questions to people: what waits, what was answered, and what is offered to the guidance."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from bot.domain.answers import HumanQuestion, Misread, State
from bot.domain.board import Cell, Download, Page, Table
from bot.domain.card import Button, Card, CardKind, Style
from bot.domain.component import ActError
from bot.domain.ports.answers import Questions
from bot.followup.changed import day_words, in_words
from bot.followup.drafts import draft
from bot.followup.human import HumanDesk, moment_words
from knowledge import Facts, Library

MOST = 200
NOTHING_WAITS = "Nothing waits for an answer."
NONE_YET = "None yet."


class AnswersPage:
    """Shows questions to people and candidates for the guidance."""

    def __init__(
        self,
        questions: Callable[[], Questions],
        library: Callable[[], Library],
        human: HumanDesk,
        local: Callable[[datetime], datetime],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._questions = questions
        self._library = library
        self._human = human
        self._local = local
        self._now = now

    def page(self, rest: str, _: Mapping[str, str]) -> Page:
        """All of it, or one question or misreading."""
        return self._one(rest) if rest else self._all()

    def download(self, _: str, __: Mapping[str, str]) -> Download:
        """The candidates as drafts."""
        cards = self._candidates(self._questions().latest(MOST), self._questions().misreadings())
        parts = ["# Candidates for the guidance", "Only a person publishes: look each over before you copy it."]
        parts += [f"## {card.title}\n\n" + "\n".join(card.lines) for card in cards]
        text = "\n\n".join(parts) + "\n"
        return Download("guidance-candidates.md", "text/markdown; charset=utf-8", text.encode())

    def _all(self) -> Page:
        found = self._questions().latest(MOST)
        cards = self._candidates(found, self._questions().misreadings())
        waiting = [one for one in found if one.state is State.OPEN]
        settled = [one for one in found if one.state is not State.OPEN]
        return Page(
            "Questions to a person",
            ("What staff asked a person, scrubbed. Who asked is not shown.",),
            (self._table("Waiting", waiting, NOTHING_WAITS), self._table("Answered or closed", settled, NONE_YET)),
            tuple(cards),
            downloads=(("answers/guidance-candidates.md", "Candidates for the guidance (Markdown)"),) if cards else (),
        )

    def _table(self, title: str, questions: Iterable[HumanQuestion], empty: str) -> Table:
        now = self._now()
        rows = tuple(
            (
                Cell(one.receipt, f"answers/{one.receipt}"),
                Cell(one.question.text),
                Cell(one.owner),
                Cell(moment_words(self._local(one.due)), overdue=one.state is State.OPEN and one.due < now),
                Cell(one.answer.text if one.answer else str(one.state)),
            )
            for one in questions
        )
        return Table(title, ("Code", "Question", "For", "Due", "Answer"), rows, empty)

    def _one(self, receipt: str) -> Page:
        question = self._questions().find(receipt)
        if question is None:
            raise ActError("There is no such question on the board.")
        cards = [self._human.card(question, title="The question")]
        if question.answer is not None:
            cards.append(Card(CardKind.ANSWER, "The answer", (question.answer.text,), about=receipt))
        if question.offered:
            cards.append(self._offered(question))
        return Page(f"Question {receipt}", cards=tuple(cards))

    def _candidates(self, found: Sequence[HumanQuestion], misread: Sequence[Misread]) -> list[Card]:
        return [self._offered(one) for one in found if one.offered] + [self._misread(one) for one in misread]

    def _offered(self, question: HumanQuestion) -> Card:
        answer = question.answer.text if question.answer else ""
        lines = (f"A person answered: {answer}", *self._draft(question.facts, question.question.text, question.owner))
        return _candidate(f"Offered answer: {' '.join(question.question.text.split())[:80]}", lines, question.receipt)

    def _misread(self, one: Misread) -> Card:
        say = self._library().vocabulary.say
        lines = (
            f"On {day_words(one.day)} it was read as “{in_words(one.read, say) or 'nothing'}” and meant "
            f"“{in_words(one.right, say)}”. Add the line to the row that answers it:",
            f"- {' '.join(one.question.text.split())} (row N)",
        )
        return _candidate(f"Misread: {' '.join(one.question.text.split())[:80]}", lines, one.id)

    def _draft(self, facts: Facts, question: str, owner: str) -> Iterable[str]:
        return draft([facts], [question], owner, self._library().vocabulary.say).markdown.splitlines()


def _candidate(title: str, lines: tuple[str, ...], about: str) -> Card:
    done = Button("gap.done", "Dealt with", about, Style.PRIMARY)
    return Card(CardKind.NOTE, title, tuple(line for line in lines if line), buttons=(done,), about=about)
