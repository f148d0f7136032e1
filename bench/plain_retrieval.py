"""What plain retrieval would answer: the ruling of the nearest "People ask" question, by words or by meaning alone."""

from collections.abc import Callable, Sequence

from bench.golden import Answer, Question, score
from bot.domain.verdict import Verdict
from knowledge import Example, Library

_STEPS = 40

Nearest = Callable[[str], tuple[Verdict, float]]


def by_words(library: Library) -> Nearest:
    """BM25 over the known questions."""
    import bm25s
    import Stemmer

    known = _with_rule(library)
    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25()
    index.index(bm25s.tokenize([e.question for e in known], stemmer=stemmer, show_progress=False), show_progress=False)

    def nearest(text: str) -> tuple[Verdict, float]:
        tokens = bm25s.tokenize([text], stemmer=stemmer, show_progress=False)
        found, scores = index.retrieve(tokens, k=1, show_progress=False)
        return _ruling(library, known[int(found[0, 0])]), float(scores[0, 0])

    return nearest


def by_meaning(library: Library) -> Nearest:
    """The nearest embedding among the known questions."""

    def nearest(text: str) -> tuple[Verdict, float]:
        for asked in library.asked(text):
            if asked.example.rule is not None:
                return _ruling(library, asked.example), asked.similarity
        return Verdict.NOT_COVERED, 0.0

    return nearest


def run(nearest: Nearest, asked: Sequence[Question]) -> tuple[Answer, ...]:
    """The baseline's answers with the score below which it says "not covered" chosen with hindsight, in its favour."""
    found = [nearest(_whole(question)) for question in asked]
    most = max((value for _, value in found), default=0.0)

    def answered(cutoff: float) -> tuple[Answer, ...]:
        verdicts = [verdict if value >= cutoff else Verdict.NOT_COVERED for verdict, value in found]
        return tuple(Answer(question, verdict) for question, verdict in zip(asked, verdicts, strict=True))

    return max((answered(most * step / _STEPS) for step in range(_STEPS + 1)), key=lambda given: score(given).right)


def _whole(question: Question) -> str:
    """The question after what the person had asked before it, so that a follow-up is not held against the baseline."""
    return " ".join([*(turn.text for turn in question.history if turn.role == "user"), question.question])


def _with_rule(library: Library) -> list[Example]:
    return [example for example in library.examples if example.rule is not None]


def _ruling(library: Library, example: Example) -> Verdict:
    return Verdict(library.rule_by_id[example.rule].answer) if example.rule else Verdict.NOT_COVERED
