"""What the information team does with a report; each step tells the reporter, whichever way they reported."""

from bot.domain.card import CardKind, Field, FieldKind, Form
from bot.domain.component import Act, ActError, Outcome, Press
from bot.domain.nearmiss import Decision, LessonState, Note, Report, ScrubbedText, Status, Step
from bot.nearmiss.alike import nearest
from bot.nearmiss.forms import options
from bot.nearmiss.needs import Needs
from bot.nearmiss.recurrence import Recurrence
from bot.nearmiss.taxonomy import DECISION_WORDS, kind_words
from bot.nearmiss.tell import Teller, report_card
from bot.nearmiss.worded import settled

GONE = "That report is no longer here: it was purged, or the number is wrong."
LONGEST = 2000
_HEARD = (Status.ACKNOWLEDGED, Status.ASKED, Status.DECIDED)
"""A colleague may have gone further in the same moment: that stands."""
_NO_NAMES = "The reporter reads it. Names and numbers are taken out before it is kept."
_READING = "Thank you: the information team has read it and is looking into it."


class Triage:
    """The acts of the team."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._teller = Teller(needs)
        self._recurrence = Recurrence(needs, self._teller)

    def acts(self) -> dict[str, Act]:
        """By name."""
        return {
            "report.acknowledge": Act(self.acknowledge, team=True),
            "report.ask_back": Act(self.ask_back, self.ask_back_form, team=True),
            "report.group": Act(self.group, self.group_form, team=True),
            "report.decide": Act(self.decide, self.decide_form, team=True),
        }

    def acknowledge(self, press: Press) -> Outcome:
        """Say that it was read."""
        report = self._report(press)
        fresh = report.status is Status.NEW
        if not fresh or not self._needs.reports.mark(press.about, unless=_HEARD, status=str(Status.ACKNOWLEDGED)):
            return report_card(report, "It was acknowledged already")
        self._step(press, Step.ACKNOWLEDGED, self._needs.scrubber().scrub(_READING), "Your report was read")
        return report_card(self._report(press), "Acknowledged; the reporter has been told")

    def ask_back_form(self, press: Press) -> Form:
        """What to ask."""
        self._report(press)
        text = Field("text", "What do you want to ask or say?", FieldKind.TEXT, True, hint=_NO_NAMES, longest=LONGEST)
        return Form("report.ask_back", "Ask the reporter", (text,), press.about)

    def ask_back(self, press: Press) -> Outcome:
        """Ask the reporter something; the day of the answer stays, for asking is not answering."""
        text = self._words(press, self.ask_back_form(press), "Please write what you want to ask.")
        if isinstance(text, Form):
            return text
        self._needs.reports.mark(press.about, unless=(Status.DECIDED,), status=str(Status.ASKED))
        self._step(press, Step.ASKED, text, "A question about your report")
        return report_card(self._report(press), "Asked")

    def group_form(self, press: Press) -> Form:
        """The open reports that are most like it."""
        report = self._report(press)
        offered = []
        for alike in nearest(report.filed, self._needs):
            other = self._needs.reports.find(alike.receipt)
            if other is not None:
                words = f"{alike.receipt}, {kind_words(other.filed.kind)}: {other.filed.text.text}"
                offered.append((other.theme or alike.receipt, words[:150]))
        if not offered:
            raise ActError("No open report is like this one.")
        field = Field("with", "It belongs together with", FieldKind.CHOICE, True, tuple(dict(offered).items()))
        return Form("report.group", "Group reports", (field,), press.about, ("Most alike first, by meaning.",))

    def group(self, press: Press) -> Outcome:
        """Put it together with another; if a lesson was drawn there already, the change did not work."""
        report = self._report(press)
        other = self._needs.reports.find(press.value("with"))
        if other is None or other.filed.receipt == press.about:
            raise ActError("Please choose another report.", wrong="with")
        theme = other.theme or other.filed.receipt
        self._needs.reports.mark(theme, theme=theme)
        self._needs.reports.mark(press.about, theme=theme)
        words = self._needs.scrubber().scrub("Others have reported something like it; they are looked at together.")
        self._step(press, Step.GROUPED, words, "Your report is not the only one")
        lesson = self._needs.lessons.find(other.lesson) if other.lesson else None
        changed = lesson.approved if lesson and lesson.state is LessonState.APPROVED else None
        if lesson and changed and report.filed.reported_at.date() > changed:
            self._recurrence.back(lesson, press.about)
        return report_card(self._report(press), "Grouped")

    def decide_form(self, press: Press) -> Form:
        """What comes of it, and what the reporter is told."""
        self._report(press)
        fields = (
            Field("decision", "What comes of it?", FieldKind.CHOICE, True, options(DECISION_WORDS)),  # type: ignore[arg-type]
            Field("text", "What do you tell the reporter?", FieldKind.TEXT, True, hint=_NO_NAMES, longest=LONGEST),
        )
        return Form("report.decide", "Decide and answer", fields, press.about)

    def decide(self, press: Press) -> Outcome:
        """Record the decision and answer the reporter; its reminders are called off."""
        self._report(press)
        if press.value("decision") not in set(Decision):
            raise ActError("Please choose what comes of it.", wrong="decision")
        missing = "Please write what the reporter is to be told: silence stops people reporting."
        text = self._words(press, self.decide_form(press), missing)
        if isinstance(text, Form):
            return text
        today = self._needs.day(press.now)
        changes = {"status": str(Status.DECIDED), "decision": press.value("decision"), "answered": today}
        if not self._needs.reports.mark(press.about, unless=(Status.DECIDED,), **changes):
            # A second thought: the first answer counts for time, the new decision stands.
            self._needs.reports.mark(press.about, decision=press.value("decision"))
        self._needs.alarms.cancel(press.about)
        self._step(press, Step.DECIDED, text, "An answer to your report")
        return report_card(self._report(press), "Decided; the reporter has been told")

    def _report(self, press: Press) -> Report:
        report = self._needs.reports.find(press.about)
        if report is None:
            raise ActError(GONE)
        return report

    def _words(self, press: Press, form: Form, missing: str) -> ScrubbedText | Form:
        """What the reporter is to read, or the form again with what was taken out of it; raises ActError."""
        text = press.value("text")
        if not text:
            raise ActError(missing, wrong="text")
        if len(text) > LONGEST:
            raise ActError(f"That is {len(text):,} characters; the most is {LONGEST:,}.", wrong="text")
        found = settled(press, form, ("text",), self._needs.scrubber())
        return found if isinstance(found, Form) else found["text"]

    def _step(self, press: Press, step: Step, text: ScrubbedText, title: str) -> None:
        """Keep the step in the talk, where a code reads it, and tell whoever can be written to."""
        turn = self._needs.reports.note(press.about, Note("team", step, text, self._needs.day(press.now)))
        self._teller.reporter(press.about, title, (text.text,), f"report:{press.about}:{turn}", CardKind.ANSWER)
