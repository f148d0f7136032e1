"""What can be done with a breach: open, tick steps, correct the clock, fill in, decide, hold, close."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.card import Card, Form
from bot.domain.component import Act, ActError, Press
from bot.domain.incident import Happening, Incident
from bot.domain.nearmiss import ScrubbedText
from bot.incident import cards, forms
from bot.incident.record import Incidents, scrubbed

NOTIFY_NOW = (
    "Now notify the regulator. Then put its reference, or how you told it, into the record: until then this stays "
    "among the clocks."
)
NOT_NOTIFIED = (
    "It was decided to notify the regulator, and nothing says that it was. Put its reference, or how you told it, into "
    "the record first."
)
GONE = "There is no such breach in the register. Check the number on the card."


class BreachActs:
    """The acts, by name."""

    def __init__(self, incidents: Incidents) -> None:
        self._incidents = incidents
        self._needs = incidents.needs
        self._zone = incidents.needs.office.zone

    def acts(self) -> dict[str, Act]:
        """All of them."""
        return {
            "breach.open": Act(self.open, lambda press: forms.open_form(press.about, press.now, self._zone)),
            "breach.step": Act(self.step, self._form(lambda one, _: forms.step_form(one))),
            "breach.aware": Act(self.aware, self._form(lambda one, _: forms.aware_form(one, self._zone))),
            "breach.edit": Act(self.edit, self._form(lambda one, _: forms.edit_form(one, self._zone)), team=True),
            "breach.decide": Act(
                self.decide, self._form(lambda one, press: forms.decide_form(one, press.now, self._zone)), team=True
            ),
            "breach.hold": Act(self.hold, self._form(lambda one, _: forms.hold_form(one)), team=True),
            "breach.close": Act(self.close, self._form(lambda one, _: forms.close_form(one)), team=True),
        }

    def open(self, press: Press) -> Card:
        """It went: recorded, the clock runs, the lead is alerted."""
        facts, words = forms.taken(press, ("what", "channel", "aware_at"), self._zone)
        aware = facts.pop("aware_at", "")
        incident = self._incidents.open(
            press.now,
            {**facts, "origin": "question"},
            self._scrub(words),
            source=f"answer:{press.about}" if press.about else "",
            aware_at=forms.moment_of(aware, "aware_at", self._zone) if aware else None,
        )
        return self._incidents.card(incident, press.now)

    def step(self, press: Press) -> Card:
        """Steps done, and a note; the first note tells what happened where nobody has told yet."""
        incident = self._incident(press)
        facts, words = forms.taken(press, ("steps", "note"), self._zone)
        if not facts and not words:
            raise ActError("Tick what is done, or write a note.", "steps")
        if words and not incident.value("what"):
            words = {"what": words["note"]}
        changed = self._add(press, Happening.STEP, facts, words)
        return self._incidents.card(changed, press.now)

    def aware(self, press: Press) -> Card:
        """The clock started at another moment; whoever is not of the team can only move it to an earlier one."""
        incident = self._incident(press)
        facts, words = forms.taken(press, ("aware_at", "reason"), self._zone)
        forms.required(facts, words, ("aware_at", "reason"))
        later = forms.moment_of(facts["aware_at"], "aware_at", self._zone) > incident.aware_at
        if later and not (press.by and press.by.team):
            raise ActError("Only the information team can move the clock to a later time.", "aware_at")
        changed = self._add(press, Happening.AWARENESS, facts, words)
        if press.by and press.by.team:
            return self._changed(changed, "the clock was corrected", press)
        return self._incidents.card(changed, press.now)

    def edit(self, press: Press) -> Card:
        """The record is filled in or corrected; what stood there before stays in the history."""
        incident = self._incident(press)
        facts, words = forms.taken(press, tuple(forms.EDITED), self._zone)
        texts = {name: text for name, text in self._scrub(words).items() if text.text != incident.value(name)}
        facts = {name: value for name, value in facts.items() if value != incident.value(name)}
        if not facts and not texts:
            raise ActError("Nothing was changed.")
        changed = self._incidents.add(incident.id, press.now, Happening.EDITED, facts, texts, press.by)
        return self._changed(changed, "the record was changed", press)

    def decide(self, press: Press) -> Card:
        """Regulator and people: yes or no, and why."""
        incident = self._incident(press)
        names = ("risk", "regulator", "regulator_why", "people_told", "people_why", "decided_at", "delay")
        facts, words = forms.taken(press, names, self._zone)
        forms.required(facts, words, names[:-1])
        if incident.decided and facts["regulator"] == "not_yet":
            raise ActError("It is decided already. Choose yes or no; the earlier decision stays in the history.")
        if facts["regulator"] == "no" and facts["risk"] != "unlikely":
            raise ActError("Where a risk is likely the regulator is told (article 33(1), section 67(1)).", "regulator")
        if facts["people_told"] == "no" and facts["risk"] == "high" and len(words["people_why"]) < 20:
            raise ActError("A high risk: say which exception applies (article 34(3), section 68(3)).", "people_why")
        if facts["regulator"] == "yes" and incident.due < press.now and not (words.get("delay") or incident.decided):
            raise ActError("The 72 hours have passed: give the reasons for the delay.", "delay")
        changed = self._add(press, Happening.DECIDED, facts, words)
        card = self._changed(changed, "the decision is recorded", press)
        notify = changed.value("regulator") == "yes" and not changed.value("regulator_ref")
        return replace(card, lines=(NOTIFY_NOW,)) if notify else card

    def hold(self, press: Press) -> Card:
        """A legal hold begins or ends."""
        incident = self._incident(press)
        _, words = forms.taken(press, ("hold_why",), self._zone)
        forms.required({}, words, ("hold_why",))
        what, hold = (Happening.RELEASED, "no") if incident.hold else (Happening.HELD, "yes")
        changed = self._add(press, what, {"hold": hold}, words)
        return self._changed(changed, "on legal hold" if changed.hold else "the legal hold is lifted", press)

    def close(self, press: Press) -> Card:
        """Closed: only when decided, or when it was none of ours."""
        incident = self._incident(press)
        facts, words = forms.taken(press, ("outcome", "close_note"), self._zone)
        forms.required(facts, words, ("outcome", "close_note"))
        if facts["outcome"] == "dealt_with" and not incident.decided:
            raise ActError("Decide first whether the regulator and the people are told; then close.", "outcome")
        dealt_with, told = facts["outcome"] == "dealt_with", incident.value("regulator_ref")
        if dealt_with and incident.value("regulator") == "yes" and not told:
            raise ActError(NOT_NOTIFIED, "outcome")
        facts["closed_at"] = press.now.isoformat(timespec="seconds")
        return self._changed(self._add(press, Happening.CLOSED, facts, words), "closed", press)

    def _incident(self, press: Press) -> Incident:
        incident = self._needs.register.get(press.about)
        if incident is None:
            raise ActError(GONE)
        if incident.closed_at and press.act != "breach.hold":
            raise ActError(f"{incident.id} is closed. If more has come to light, open a new one and name this one.")
        return incident

    def _add(self, press: Press, what: Happening, facts: Mapping[str, str], words: Mapping[str, str]) -> Incident:
        return self._incidents.add(press.about, press.now, what, facts, self._scrub(words), press.by)

    def _scrub(self, words: Mapping[str, str]) -> Mapping[str, ScrubbedText]:
        return scrubbed(words, self._needs.scrub)

    def _changed(self, incident: Incident, what: str, press: Press) -> Card:
        return cards.changed(incident, what, self._needs.register.head(), press.now, self._zone)

    def _form(self, make: Callable[[Incident, Press], Form]) -> Callable[[Press], Form]:
        return lambda press: make(self._incident(press), press)
