"""The golden set read, put to an answerer, and judged; the bench prints it and the tests hold its bars."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.message import Message, Turn
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from knowledge import Vocabulary

FOLDER = Path(__file__).parents[1] / "tests" / "golden"

FIRST_SIGHT = FOLDER / "questions_at_first_sight.jsonl"
"""Questions by people who had seen neither guidance nor code; its README entry says what they gave at first sight."""

FRESH = FOLDER / "questions_fresh.jsonl"
"""Questions in other voices, written before the changes that they measured; by the first letter of the id: `d` was
looked at while mending, of `e` the dangerous answers, `f` never, `t` are follow-ups. Its README entry says what they
gave at first sight."""

FACTS = ("material", "recipient", "channel")

Respond = Callable[[Message], Reply]


@dataclass(frozen=True)
class Question:
    """One line of `questions.jsonl` (its README says what each key means)."""

    id: str
    question: str
    expected: tuple[Verdict, ...]
    must_not: frozenset[Verdict]
    topic: str
    needs_clarification: bool
    said: tuple[tuple[str, str], ...] = ()
    """(fact, term) for the material, recipient and channel that a reader would take from the question."""
    history: tuple[Turn, ...] = ()

    @property
    def message(self) -> Message:
        """What the person sends."""
        return Message(text=self.question, history=self.history)

    @property
    def out_of_scope(self) -> bool:
        """Nothing but "the guidance doesn't cover this" is right."""
        return self.expected == (Verdict.NOT_COVERED,)


@dataclass(frozen=True)
class Situation:
    """One line of `wordings.jsonl`: the same question as five people type it."""

    id: str
    wordings: tuple[str, ...]
    expected: tuple[Verdict, ...]
    must_not: frozenset[Verdict]


@dataclass(frozen=True)
class Answer:
    """A question with what was answered."""

    question: Question
    verdict: Verdict
    clarified: bool = False
    seconds: float = 0.0
    reply: Reply | None = field(default=None, repr=False)
    """None for a baseline, which gives a verdict only."""

    @property
    def right(self) -> bool:
        """The verdict is among the acceptable ones."""
        return self.verdict in self.question.expected

    @property
    def dangerous(self) -> bool:
        """The verdict is one that must never be given here."""
        return self.verdict in self.question.must_not


@dataclass(frozen=True)
class Wording:
    """A situation with the verdict each of its wordings got."""

    situation: Situation
    verdicts: tuple[Verdict, ...]

    @property
    def consistent(self) -> bool:
        """All wordings got the same verdict."""
        return len(set(self.verdicts)) == 1

    @property
    def agreeing(self) -> int:
        """How many wordings got the commonest verdict."""
        return Counter(self.verdicts).most_common(1)[0][1]

    @property
    def right(self) -> int:
        """How many wordings got an acceptable verdict."""
        return sum(verdict in self.situation.expected for verdict in self.verdicts)

    @property
    def dangerous(self) -> bool:
        """Some wording got a verdict that must never be given here."""
        return bool(self.situation.must_not & set(self.verdicts))


def questions(path: Path = FOLDER / "questions.jsonl") -> tuple[Question, ...]:
    """All golden questions, in the order of the file."""
    return tuple(
        Question(
            id=line["id"],
            question=line["question"],
            expected=tuple(Verdict(word) for word in line["expected"]),
            must_not=frozenset(Verdict(word) for word in line.get("must_not", ())),
            topic=line.get("topic", ""),
            needs_clarification=line.get("needs_clarification", False),
            said=tuple((fact, line[fact]) for fact in FACTS if line.get(fact)),
            history=tuple(Turn(turn["role"], turn["text"]) for turn in line.get("history", ())),
        )
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    )


def situations(path: Path = FOLDER / "wordings.jsonl") -> tuple[Situation, ...]:
    """All situations with their wordings, in the order of the file."""
    return tuple(
        Situation(
            id=line["id"],
            wordings=tuple(line["wordings"]),
            expected=tuple(Verdict(word) for word in line["expected"]),
            must_not=frozenset(Verdict(word) for word in line["must_not"]),
        )
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    )


def answers(respond: Respond, asked: Iterable[Question], tick: Callable[[], None] = lambda: None) -> tuple[Answer, ...]:
    """Put each question to the assistant and keep what it said and how long it took."""
    given = []
    for question in asked:
        begun = time.perf_counter()
        reply = respond(question.message)
        seconds = time.perf_counter() - begun
        given.append(Answer(question, reply.verdict, reply.clarify is not None, seconds, reply))
        tick()
    return tuple(given)


def wordings(
    respond: Respond, asked: Iterable[Situation], tick: Callable[[], None] = lambda: None
) -> tuple[Wording, ...]:
    """Put each wording of each situation to the assistant."""
    given = []
    for situation in asked:
        given.append(Wording(situation, tuple(respond(Message(text=text)).verdict for text in situation.wordings)))
        tick()
    return tuple(given)


@dataclass(frozen=True)
class Score:
    """The figures of one run over the questions; shares are 0 to 1."""

    asked: int
    right: float
    dangerous: tuple[str, ...]
    """Ids of the questions answered with a verdict that must not be given."""
    dangerous_ok: tuple[str, ...]
    """Those of them that were told "OK to send"."""
    not_covered_precision: float
    not_covered_recall: float
    vague: int
    """How many questions need one more fact."""
    clarified: float
    """Of the questions that need one more fact, how many were asked for it."""
    clarified_needlessly: float
    """Of the others that are in scope, how many were asked for a fact all the same."""


def score(given: Sequence[Answer]) -> Score:
    """Judge a run. A question for which `not_covered` is merely acceptable counts neither for nor against precision."""
    silent = [answer for answer in given if answer.verdict is Verdict.NOT_COVERED]
    outside = [answer for answer in given if answer.question.out_of_scope]
    vague = [answer for answer in given if answer.question.needs_clarification]
    clear = [a for a in given if not a.question.needs_clarification and not a.question.out_of_scope]
    rightly = sum(answer.question.out_of_scope for answer in silent)
    wrongly = sum(not answer.right for answer in silent)
    return Score(
        asked=len(given),
        right=share(sum(answer.right for answer in given), len(given)),
        dangerous=tuple(answer.question.id for answer in given if answer.dangerous),
        dangerous_ok=tuple(a.question.id for a in given if a.dangerous and a.verdict is Verdict.OK),
        not_covered_precision=share(rightly, rightly + wrongly),
        not_covered_recall=share(rightly, len(outside)),
        vague=len(vague),
        clarified=share(sum(answer.clarified for answer in vague), len(vague)),
        clarified_needlessly=share(sum(answer.clarified for answer in clear), len(clear)),
    )


def share(part: int, whole: int) -> float:
    """Part of a whole; 0 of nothing is 0."""
    return part / whole if whole else 0.0


def loose_quotes(given: Iterable[Answer], guidance: Path) -> tuple[str, ...]:
    """Ids of answers with a quote that is not, letter by letter, in the cited file as it stands on disk."""
    texts: dict[str, str] = {}
    loose = []
    for answer in given:
        for citation in answer.reply.citations if answer.reply else ():
            if citation.document not in texts:
                texts[citation.document] = (guidance / citation.document).read_text(encoding="utf-8")
            if not citation.quote.strip() or citation.quote not in texts[citation.document]:
                loose.append(answer.question.id)
    return tuple(dict.fromkeys(loose))


def misread(answer: Answer, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The facts the question says and the reply did not take from it; a broader or narrower term counts as read."""
    if answer.reply is None:
        return ()
    read = answer.reply.facts
    terms = {"material": read.materials, "recipient": read.recipients, "channel": read.channels}
    return tuple(
        fact
        for fact, term in answer.question.said
        if not any(vocabulary.is_a(found, term) or vocabulary.is_a(term, found) for found in terms[fact])
    )
