"""The gaps of the guidance: what to write next, drafted, and what has been written since."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.ask.decide import Decision
from bot.domain.board import Cell, Download, Page, Table
from bot.domain.card import Button, Card, CardKind, Style
from bot.domain.component import ActError, Outcome, Press
from bot.domain.ports.answers import GapBook, Questions
from bot.domain.verdict import Verdict
from bot.domain.words import HEADLINES, VERDICT_WORDS
from bot.followup.changed import day_words
from bot.followup.clusters import Cluster, Clusters
from bot.followup.drafts import Draft, draft
from knowledge import Facts, Library

LATEST = 1000
"""Gaps that are looked at; the newest."""
MOST_READ = 5
"""Questions of a cluster that are read and asked again: those nearest its centre."""
EMPTY = "No gaps yet: every question that reached the server so far was settled by a row."
ANSWERED_NOW = "answered now: {}"
ASKED_BY_ROW = "a row says “ask first”"
OPEN = "open"
DONE = "dealt with"


@dataclass(frozen=True)
class Read:
    """A question of a gap, read and decided again by the guidance as it is."""

    facts: Facts
    decision: Decision


@dataclass(frozen=True)
class Shown:
    """A cluster with what is to be said of it."""

    cluster: Cluster
    draft: Draft
    state: str
    closed: bool
    """True when it was dealt with, or when the guidance answers it now."""


class Gaps:
    """Clusters of gaps with drafts, for the board and the command line."""

    def __init__(
        self,
        book: Callable[[], GapBook],
        clusters: Callable[[], Clusters],
        library: Callable[[], Library],
        read: Callable[[str], Read],
        contact: str,
    ) -> None:
        self._book = book
        self._clusters = clusters
        self._library = library
        self._read = read
        self._contact = contact
        self._known: dict[tuple[str, str], Read] = {}

    def shown(self, latest: int = LATEST) -> tuple[Shown, ...]:
        """Open clusters first, those asked most often first."""
        found = [self._show(cluster) for cluster in self._clusters().of(self._book().newest(latest))]
        return tuple(sorted(found, key=lambda one: one.closed))

    def find(self, gap: str) -> Shown:
        """The cluster in which a gap is; raises ActError."""
        for cluster in self._clusters().of(self._book().newest(LATEST)):
            if any(one.id == gap for one in cluster.gaps):
                return self._show(cluster)
        raise ActError("This gap is no longer kept.")

    def _show(self, cluster: Cluster) -> Shown:
        read = [self._again(gap.question.text) for gap in cluster.gaps[:MOST_READ]]
        state, closed = _state(cluster, [one.decision for one in read])
        questions = [gap.question.text for gap in cluster.gaps]
        made = draft([one.facts for one in read], questions, self._contact, self._library().vocabulary.say)
        return Shown(cluster, made, state, closed)

    def _again(self, question: str) -> Read:
        key = (self._library().stamp, question)
        if key not in self._known:
            if len(self._known) > 4 * LATEST:
                self._known.clear()
            self._known[key] = self._read(question)
        return self._known[key]


def _state(cluster: Cluster, decisions: Sequence[Decision]) -> tuple[str, bool]:
    """Where it stands, and whether there is nothing left to write."""
    if cluster.done:
        return DONE, True
    verdicts = {decision.verdict for decision in decisions}
    if not verdicts & {Verdict.ASK, Verdict.NOT_COVERED}:
        said = " / ".join(VERDICT_WORDS[verdict] for verdict in sorted(verdicts, key=lambda one: -one.strictness))
        return ANSWERED_NOW.format(said), True
    if all(_ruled(decision) for decision in decisions):
        return ASKED_BY_ROW, False
    return OPEN, False


def _ruled(decision: Decision) -> bool:
    """True when a row itself answers "ask first"."""
    return decision.verdict is Verdict.ASK and any(one.rule.answer == Verdict.ASK for one in decision.matches)


def drafts_markdown(shown: Sequence[Shown]) -> str:
    """Drafts of all open clusters as one document to copy from."""
    parts = [
        "# Drafts for the guidance",
        "Each part is drafted from questions that the guidance did not settle. Nothing here is published: look it "
        "over, decide the answer, put it into the document it belongs to, and take out what names anybody.",
    ]
    for one in shown:
        if not one.closed:
            count = len(one.cluster.gaps)
            times = f"Asked {count} times, last on {day_words(one.cluster.newest)}." if count > 1 else "Asked once."
            parts += [f"## {' '.join(one.cluster.title.split())[:100]}", times, one.draft.markdown.rstrip()]
    return "\n\n".join(parts) + "\n"


class GapDesk:
    """The page, the download and the act of gaps."""

    def __init__(self, gaps: Gaps, book: Callable[[], GapBook], questions: Callable[[], Questions]) -> None:
        self._gaps = gaps
        self._book = book
        self._questions = questions

    def page(self, rest: str, _: Mapping[str, str]) -> Page:
        """All clusters, or one with its draft."""
        return self._one(self._gaps.find(rest)) if rest else self._all()

    def download(self, _: str, __: Mapping[str, str]) -> Download:
        """The drafts of all open clusters."""
        text = drafts_markdown(self._gaps.shown())
        return Download("guidance-drafts.md", "text/markdown; charset=utf-8", text.encode())

    def done(self, press: Press) -> Outcome:
        """Mark the cluster of a gap, or a candidate on the page of answers, as dealt with."""
        if self._questions().settle(press.about):
            return Card(CardKind.NOTE, "Dealt with", ("It is off the list.",), about=press.about)
        cluster = self._gaps.find(press.about).cluster
        count = self._book().done([gap.id for gap in cluster.gaps], press.now.date())
        words = "One question is" if count == 1 else f"{count} questions are"
        return Card(CardKind.NOTE, "Dealt with", (f"{words} off the list of gaps.",), about=press.about)

    def _all(self) -> Page:
        rows = [
            (
                Cell(one.cluster.title, f"gaps/{one.cluster.id}"),
                Cell(str(len(one.cluster.gaps))),
                Cell(day_words(one.cluster.newest)),
                Cell(HEADLINES[one.cluster.verdict]),
                Cell(one.state),
            )
            for one in self._gaps.shown()
        ]
        columns = ("Question, scrubbed", "Asked", "Last", "Answer given", "Now")
        intro = "What staff asked and the guidance did not settle, put together by meaning. This is what to write next."
        return Page(
            "Gaps in the guidance",
            (intro,),
            (Table("By how often it was asked", columns, tuple(rows), EMPTY),),
            downloads=(("gaps/guidance-drafts.md", "All drafts (Markdown)"),) if rows else (),
        )

    def _one(self, shown: Shown) -> Page:
        cluster = shown.cluster
        done = Button("gap.done", "Dealt with", cluster.id, Style.PRIMARY)
        card = Card(
            CardKind.NOTE,
            "Draft, to be decided by a person",
            tuple(shown.draft.markdown.splitlines()),
            (("Asked", str(len(cluster.gaps))), ("Last", day_words(cluster.newest)), ("Now", shown.state)),
            buttons=() if cluster.done else (done,),
            about=cluster.id,
        )
        asked = tuple(
            (Cell(gap.question.text), Cell(day_words(gap.day)), Cell(HEADLINES[gap.verdict])) for gap in cluster.gaps
        )
        table = Table("All of them", ("Question, scrubbed", "Day", "Answer given"), asked)
        return Page(cluster.title[:80], (), (table,), (card,))
