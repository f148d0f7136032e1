"""The talk between the team and whoever reported: by code, or with the person the platform vouches for."""

from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form
from bot.domain.component import Act, ActError, Outcome, Press
from bot.domain.nearmiss import Note, Report, Step, Way
from bot.nearmiss import codes
from bot.nearmiss.needs import Needs, day_words
from bot.nearmiss.taxonomy import DECISION_WORDS, STATUS_WORDS, kind_words
from bot.nearmiss.tell import STEP_WORDS, Teller
from bot.nearmiss.worded import settled

LONGEST = 2000
NOT_THAT = "No report has that code. It looks like NM-7F3K-92QD-8KWP-3M6T; upper or lower case does not matter."
TRY_LATER = "Too many wrong codes were tried for this report. Please wait an hour, so that nobody can guess its code."
_CODE = Field("code", "Your code", required=True, hint="NM-, and four groups of four letters and digits.", longest=40)


class Talk:
    """Reading a report and adding to it."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._teller = Teller(needs)

    def acts(self) -> dict[str, Act]:
        """By name."""
        return {
            "report.read": Act(self.read, self.ask_code),
            "report.talk": Act(self.add, self.ask_words),
        }

    def ask_code(self, press: Press) -> Form:
        """For whoever has a code."""
        return Form("report.read", "Read the answer", (_CODE,), submit="Read")

    def ask_words(self, press: Press) -> Form:
        """For whoever wants to add something; the code is left out where the platform knows that it is their report."""
        text = Field("text", "What do you want to add?", FieldKind.TEXT, True, longest=LONGEST, hint=SCRUBBED_HINT)
        fields = (text,) if self._is_theirs(press) else (_CODE, text)
        return Form("report.talk", "Write to the team", fields, press.about)

    def read(self, press: Press) -> Outcome:
        """How it stands, and what was said."""
        return self._card(self._opened(press), "Your report")

    def add(self, press: Press) -> Outcome:
        """Add to it; the team is told, of anonymous reports on the next working morning."""
        report = self._opened(press)
        text = press.value("text")
        if not text:
            raise ActError("Please write what you want to add.", wrong="text")
        if len(text) > LONGEST:
            raise ActError(f"That is {len(text):,} characters; the most is {LONGEST:,}.", wrong="text")
        found = settled(press, self.ask_words(press), ("text",), self._needs.scrubber())
        if isinstance(found, Form):
            return found
        scrubbed = found["text"]
        receipt = report.filed.receipt
        hidden = report.filed.way is Way.ANONYMOUS
        note = Note("reporter", Step.SAID, scrubbed, self._needs.day(press.now), told=not hidden)
        turn = self._needs.reports.note(receipt, note)
        if not hidden:
            buttons = (Button("report.ask_back", "Answer", receipt, opens_form=True),)
            card = Card(CardKind.REPORT, f"The reporter of {receipt} wrote", (scrubbed.text,), (), (), buttons, receipt)
            self._teller.team(card, f"report:{receipt}:{turn}")
        return self._card(report, "Added; this is what is kept")

    def _opened(self, press: Press) -> Report:
        """The report of a code or of the person who presses; raises ActError."""
        if self._is_theirs(press):
            mine = self._needs.reports.find(press.about)
            if mine is not None:
                return mine
        receipt, code = codes.parted(press.value("code"))
        if not receipt:
            raise ActError(NOT_THAT, wrong="code")
        report = self._needs.reports.find(receipt)
        if report is None:
            raise ActError(NOT_THAT, wrong="code")
        if self._needs.guesses.too_many(receipt, press.now):
            raise ActError(TRY_LATER, wrong="code")
        if not codes.fits(code, report.filed.code_digest, self._needs.site_key):
            self._needs.guesses.wrong(receipt, press.now)
            raise ActError(NOT_THAT, wrong="code")
        return report

    def _is_theirs(self, press: Press) -> bool:
        if press.by is None or not press.about:
            return False
        who = self._needs.reports.reporter(press.about)
        return bool(who and who.person and (who.person.platform, who.person.id) == (press.by.platform, press.by.id))

    def _card(self, report: Report, title: str) -> Card:
        filed = report.filed
        notes = self._needs.reports.notes(filed.receipt)
        said = [said_words(note) for note in notes if note.text.text]
        decided = next((words for kind, words in DECISION_WORDS.items() if kind == report.decision), "")
        details = [
            ("Report", filed.receipt),
            ("Kind", kind_words(filed.kind)),
            ("Stands at", STATUS_WORDS[report.status]),
        ]
        if decided:
            details.append(("Decided", decided))
        elif report.due:
            details.append(("Answer by", day_words(report.due)))
        buttons = (Button("report.talk", "Write to the team", filed.receipt, opens_form=True),)
        lines = (filed.text.text, *said) if said else (filed.text.text, "Nobody has written yet.")
        return Card(CardKind.REPORT, title, lines, tuple(details), buttons=buttons, private=True)


SCRUBBED_HINT = "Names and numbers are taken out before it is kept."


def said_words(note: Note) -> str:
    """One line of the talk."""
    who = "You" if note.by == "reporter" else "The information team"
    return f"{day_words(note.day)}, {who} {STEP_WORDS[note.step]}: {note.text.text}"
