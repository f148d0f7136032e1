"""Helpful, or not and why; counted per document for its owner, without a person anywhere."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answers import REASON_WORDS, AnswerRecord, Feedback, Reason
from bot.domain.board import Cell, Page, Table
from bot.domain.card import Card, CardKind, Field, FieldKind, Form
from bot.domain.component import ActError, Outcome, Press
from bot.domain.nearmiss import ScrubbedText
from bot.domain.ports.answers import AnswerBook, Opinions
from bot.domain.words import VERDICT_WORDS
from bot.followup.changed import day_words
from bot.followup.records import Scrub
from bot.followup.typed import TAKEN_OUT, text_field, typed
from knowledge import Library

LONGEST = 1000
GONE = "This answer is too old, or too new: try again in a moment, or ask the question again."
NO_DOCUMENT = "(no document: not covered)"
THANKS = Card(CardKind.NOTE, "Thank you", ("That is noted for the owner of the guidance, without your name.",))


@dataclass(frozen=True)
class Tally:
    """What people thought of the answers that rest on one document."""

    helpful: int
    not_helpful: int
    reasons: tuple[tuple[Reason, int], ...]
    """Most frequent first."""


def tallies(given: Sequence[Feedback]) -> dict[str, Tally]:
    """Document to its tally."""
    helpful = Counter(one.document for one in given if one.helpful)
    not_helpful = Counter(one.document for one in given if not one.helpful)
    reasons: dict[str, Counter[Reason]] = {}
    for one in given:
        if one.reason is not None:
            reasons.setdefault(one.document, Counter())[one.reason] += 1
    return {
        document: Tally(
            helpful[document], not_helpful[document], tuple(reasons.get(document, Counter[Reason]()).most_common())
        )
        for document in sorted(set(helpful) | set(not_helpful))
    }


class FeedbackDesk:
    """The acts and the page of feedback."""

    def __init__(
        self,
        book: Callable[[], AnswerBook],
        opinions: Callable[[], Opinions],
        library: Callable[[], Library],
        scrub: Scrub,
    ) -> None:
        self._book = book
        self._opinions = opinions
        self._library = library
        self._scrub = scrub

    def helpful(self, press: Press) -> Outcome:
        """It helped."""
        self._opinions().give(_feedback(self._record(press), press, helpful=True))
        return THANKS

    def form(self, press: Press) -> Form:
        """Why it did not help."""
        return self._form(press, "", "")

    def not_helpful(self, press: Press) -> Outcome:
        """It did not help, for a reason; the text is shown as it will be kept first."""
        record = self._record(press)
        chosen = press.value("reason")
        if chosen not in set(Reason):
            raise ActError("Choose the reason that fits best.", wrong="reason")
        text, changed = typed(press, "text", self._scrub, LONGEST)
        if changed:
            return self._form(press, chosen, text.text, intro=(TAKEN_OUT,))
        given = _feedback(record, press, helpful=False, reason=Reason(chosen), text=text if text.text else None)
        self._opinions().give(given)
        return THANKS

    def page(self, rest: str, _: Mapping[str, str]) -> Page:
        """All documents, or what was written about one."""
        given = self._opinions().all()
        return self._one(rest, given) if rest else self._all(given)

    def _all(self, given: Sequence[Feedback]) -> Page:
        documents = self._library().documents
        rows = []
        for name, tally in sorted(tallies(given).items(), key=lambda pair: (-pair[1].not_helpful, pair[0])):
            known = documents.get(name)
            title = known.title if known else name or NO_DOCUMENT
            owner = (known.owner or "no owner") if known else ""
            reasons = ", ".join(f"{REASON_WORDS[reason]} ({count})" for reason, count in tally.reasons)
            cells = (title, owner, str(tally.helpful), str(tally.not_helpful), reasons)
            rows.append((Cell(cells[0], f"feedback/{name or '-'}"), *map(Cell, cells[1:])))
        table = Table(
            "By document",
            ("Document", "Owner", "Helpful", "Not helpful", "Why not"),
            tuple(rows),
            "No feedback yet. Every answer has two buttons for it.",
        )
        return Page(
            "Feedback", ("What people thought of the answers, by the document they rested on first.",), (table,)
        )

    def _one(self, name: str, given: Sequence[Feedback]) -> Page:
        document = "" if name == "-" else name
        known = self._library().documents.get(document)
        about = [one for one in given if one.document == document and not one.helpful]
        if known is None and not about:
            raise ActError("There is no feedback about such a document.")
        rows = tuple(
            tuple(
                map(
                    Cell,
                    (
                        day_words(one.day),
                        one.section,
                        VERDICT_WORDS[one.verdict],
                        REASON_WORDS[one.reason] if one.reason else "",
                        one.text.text if one.text else "",
                    ),
                )
            )
            for one in about
        )
        table = Table(
            "Not helpful", ("Day", "Section", "Answer", "Why", "In their words, scrubbed"), rows, "Nothing of the kind."
        )
        title = known.title if known else document or NO_DOCUMENT
        owner = (f"Owner: {known.owner}.",) if known and known.owner else ()
        return Page(f"Feedback: {title}", owner, (table,))

    def _record(self, press: Press) -> AnswerRecord:
        record = self._book().find(press.about)
        if record is None:
            raise ActError(GONE)
        return record

    def _form(self, press: Press, reason: str, text: str, intro: tuple[str, ...] = ()) -> Form:
        options = tuple((str(one), words) for one, words in REASON_WORDS.items())
        hint = "Optional. No names or case numbers; any that are found are taken out."
        return Form(
            "answer.not_helpful",
            "What was wrong?",
            (
                Field("reason", "Why did it not help?", FieldKind.CHOICE, True, options, (reason,) if reason else ()),
                text_field("text", "In your words", text, hint, LONGEST, required=False),
            ),
            press.about,
            intro,
        )


def _feedback(
    record: AnswerRecord,
    press: Press,
    *,
    helpful: bool,
    reason: Reason | None = None,
    text: ScrubbedText | None = None,
) -> Feedback:
    section = record.relied[0].section if record.relied else ""
    return Feedback(
        record.id, helpful, record.document[:300], section[:300], record.verdict, press.now.date(), reason, text
    )
