"""What can be done with a dispatch: track it, say that it left, came, comes later, or is lost."""

from collections.abc import Callable
from dataclasses import replace

from bot.dispatch import cards, forms
from bot.dispatch.planned import Planned
from bot.dispatch.record import Tracking, new_code
from bot.domain.card import Card, Form
from bot.domain.component import Act, ActError, Press
from bot.domain.dispatch import Dispatch, DispatchState, Watch
from bot.nearmiss.codes import Guesses

GONE = "There is no dispatch with that code. Check it with the sender."
WRONG_BAG = "That is not the number it left with. Ring the sender before you open anything."
TELL_AFTER = 3
"""Wrong bag numbers after which it is no slip of the pen: sender and lead are told."""
FASTER = "Somebody has just changed this dispatch. Look at how it stands now, and try again."


class DispatchActs:
    """The acts, by name."""

    def __init__(self, tracking: Tracking, plans: Planned) -> None:
        self._tracking = tracking
        self._plans = plans
        self._guesses = Guesses()
        self._needs = tracking.needs
        self._zone = tracking.needs.office.zone

    def acts(self) -> dict[str, Act]:
        """All of them."""
        return {
            "dispatch.new": Act(self.new, self.new_form),
            "dispatch.sent": Act(self.sent),
            "dispatch.received": Act(self.received, lambda press: forms.received_form(press.about)),
            "dispatch.delay": Act(
                self.delay,
                self._form(lambda one: forms.delay_form(one.code, one.expected_at, self._zone)),
            ),
            "dispatch.lost": Act(self.lost, self._form(lambda one: forms.lost_form(one.code))),
            "dispatch.cancel": Act(self.cancel),
        }

    def new_form(self, press: Press) -> Form:
        """What the question said is filled in."""
        said = {name: (value,) for name, value in self._plans.get(press.about, press.now).items()}
        return forms.new_form(replace(press, values={**said, **press.values}))

    def new(self, press: Press) -> Card | Form:
        """Track a dispatch; a time at which the office is closed is asked about first."""
        what = forms.text_of(press, "what", "What goes, and how many?")[:200]
        destination = forms.text_of(press, "destination", "To which office, and for which role?")[:200]
        if press.value("channel") not in cards.CHANNELS:
            raise ActError("Choose how it goes.", "channel")
        if press.value("encrypted") not in ("yes", "paper"):
            raise ActError("Unencrypted discs and sticks do not go, by any route. Encrypt it first.", "encrypted")
        bag, agreed = forms.bag_of(press), forms.yes_or_no(press, "agreed")
        expected = forms.expected_of(press, self._zone)
        attended = press.value("attended") == "yes"
        if not self._needs.office.is_open(expected) and not attended:
            if press.value("attended") == "no":
                raise ActError("Nobody takes it then. Choose a time at which the office is open.", "expected_at")
            return forms.new_form(press, closed=True)
        dispatch = Dispatch(
            code=new_code(),
            state=DispatchState.PLANNED,
            channel=press.value("channel"),
            what=self._needs.scrub(what),
            destination=self._needs.scrub(destination),
            bag=bag,
            encrypted=press.value("encrypted"),
            agreed=agreed,
            expected_at=expected,
            created_at=press.now,
            watch=Watch.LEAD if press.value("watch") == Watch.LEAD else Watch.BOTH,
            attended=attended,
        )
        self._tracking.start_one(dispatch, press.by.place if press.by else None)
        return self._card(dispatch, press)

    def sent(self, press: Press) -> Card:
        """It has left the building."""
        dispatch = self._open(press)
        if dispatch.state is DispatchState.SENT:
            return self._card(dispatch, press)
        changed = replace(dispatch, state=DispatchState.SENT, sent_at=press.now)
        if not self._needs.dispatches.change(changed, dispatch.state):
            raise ActError(FASTER)
        return self._card(changed, press)

    def received(self, press: Press) -> Card:
        """In the receiver's hands, seal unbroken, the number the one it left with."""
        dispatch = self._found(forms.code_of(press))
        if dispatch.state is DispatchState.RECEIVED:
            return self._card(dispatch, press, "It was confirmed already. Thank you.")
        if dispatch.state is DispatchState.CANCELLED:
            raise ActError("The sender said that it did not go. Ring the sender before anything else.")
        if not forms.yes_or_no(press, "sealed"):
            return self._tracking.broken_seal(dispatch)
        self._same_bag(dispatch, press)
        changed = replace(dispatch, state=DispatchState.RECEIVED, settled_at=press.now)
        if not self._tracking.settle(dispatch, changed):
            raise ActError(FASTER)
        if dispatch.incident:
            self._tracking.found(dispatch, press.now)
        return self._card(changed, press, "Thank you. Nobody has to ask after it any more.")

    def delay(self, press: Press) -> Card:
        """It comes later: asked after again at the new time."""
        dispatch = self._open(press)
        expected = forms.expected_of(press, self._zone)
        note = forms.text_of(press, "note", "Who said so, and where is it now?")
        changed = self._tracking.put_off(dispatch, expected, self._needs.scrub(note))
        if changed is None:
            raise ActError(FASTER)
        closed = not self._needs.office.is_open(expected)
        warning = "The receiving office is closed at that time: somebody named has to take it into their hands."
        return self._card(changed, press, warning if closed else "")

    def lost(self, press: Press) -> Card:
        """It is lost: the breach path, with its clock from now."""
        dispatch = self._open(press)
        incident = self._tracking.lose(dispatch, self._needs.scrub(press.value("note")[:3000]), press.now)
        return self._needs.incidents.card(incident, press.now)

    def cancel(self, press: Press) -> Card:
        """It does not go after all."""
        dispatch = self._open(press)
        if dispatch.state is not DispatchState.PLANNED:
            raise ActError("It has left already. If nobody can say where it is, press Lost.")
        changed = replace(dispatch, state=DispatchState.CANCELLED, settled_at=press.now)
        if not self._tracking.settle(dispatch, changed):
            raise ActError(FASTER)
        return self._card(changed, press)

    def _same_bag(self, dispatch: Dispatch, press: Press) -> None:
        """Whether the number on the bag is the one it left with; raises ActError."""
        code, now = dispatch.code, press.now
        if self._guesses.too_many(code, now):
            raise ActError("Too many numbers were tried. Ring the sender; it can be tried again in an hour.", "bag")
        if forms.bag_of(press) == dispatch.bag:
            return
        self._guesses.wrong(code, now)
        if self._guesses.lately(code, now) >= TELL_AFTER:
            self._tracking.another_bag(dispatch)
        raise ActError(WRONG_BAG, "bag")

    def _found(self, code: str) -> Dispatch:
        dispatch = self._needs.dispatches.get(code)
        if dispatch is None:
            raise ActError(GONE, "code")
        return dispatch

    def _open(self, press: Press) -> Dispatch:
        dispatch = self._found(press.about)
        if not dispatch.open:
            raise ActError(f"{dispatch.code} is settled: {cards.STATES[dispatch.state]}.")
        return dispatch

    def _card(self, dispatch: Dispatch, press: Press, said: str = "") -> Card:
        return cards.tracked(dispatch, press.now, self._zone, said)

    def _form(self, make: Callable[[Dispatch], Form]) -> Callable[[Press], Form]:
        return lambda press: make(self._open(press))
