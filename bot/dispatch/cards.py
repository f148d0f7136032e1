"""The cards of a dispatch: before it goes, on its way, not confirmed."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.card import Button, Card, CardKind, Style
from bot.domain.dispatch import Dispatch, DispatchState
from bot.incident.clock import when

CHANNELS = {
    "courier": "courier",
    "post": "post, tracked and signed for",
    "hand": "by hand",
    "removable_media": "a disc or stick, way not settled yet",
}
"""Terms of the vocabulary by which something physical goes, as people say them."""

CHECKS = (
    "Could it go digitally instead? A secure transfer beats any parcel.",
    "Discs and sticks are encrypted; the password goes another way.",
    "In a tamper-evident bag; its number is written down.",
    "A named receiver is in on that day and has agreed to take it into their hands.",
    "The receiving office is open at the expected time: never a shared reception, never out of hours.",
    "The time is agreed by which the receiver confirms; after it, somebody looks for it the same day.",
)
"""From the page "Files, discs and courier" of the guidance, and from what went wrong with fifteen discs."""

STATES = {
    DispatchState.PLANNED: "not gone yet",
    DispatchState.SENT: "on its way",
    DispatchState.RECEIVED: "received",
    DispatchState.LOST: "lost",
    DispatchState.CANCELLED: "did not go",
}


def before(conditions: Sequence[str], answer: str) -> Card:
    """Under an answer: what has to be true before it goes, and the button that starts tracking."""
    steps = tuple(dict.fromkeys((*(f"{text[:1].upper()}{text[1:]}." for text in conditions), *CHECKS)))
    return Card(
        CardKind.DISPATCH,
        "Before it leaves the building",
        ("Tracked here, it cannot go missing unnoticed: you and the lead are told if nobody confirms it.",),
        steps=steps,
        buttons=(Button("dispatch.new", "Track this dispatch", answer, Style.PRIMARY, opens_form=True),),
        about=answer,
    )


def tracked(dispatch: Dispatch, now: datetime, zone: ZoneInfo, said: str = "") -> Card:
    """How it stands, and what can be done."""
    lines = [said] if said else []
    if dispatch.state is DispatchState.PLANNED and not dispatch.agreed:
        lines.append("Nobody has agreed to receive it yet. Ring the receiving office before it goes.")
    if dispatch.open:
        lines.append(f"Give the receiver this code by phone: {dispatch.code}. They confirm with it, here or on the web")
    return Card(
        CardKind.DISPATCH,
        f"Dispatch {dispatch.code}: {'not confirmed' if dispatch.overdue(now) else STATES[dispatch.state]}",
        tuple(lines),
        facts(dispatch, zone),
        buttons=buttons(dispatch),
        about=dispatch.code,
    )


def unconfirmed(dispatch: Dispatch, now: datetime, zone: ZoneInfo) -> Card:
    """For the sender and the lead, at the agreed time and every working hour after it."""
    gone = "" if dispatch.state is DispatchState.SENT else " Nobody has said that it left, either."
    return Card(
        CardKind.REMINDER,
        f"Dispatch {dispatch.code} is not confirmed",
        (
            f"It was to be in the receiver's hands at {when(dispatch.expected_at, zone)}.{gone}",
            "Ring the receiver and the carrier now; do not wait for somebody to come back from leave. If nobody has "
            "it, press Lost: that starts the breach path with everything filled in.",
        ),
        facts(dispatch, zone),
        buttons=buttons(dispatch),
        about=dispatch.code,
    )


def broken_seal(dispatch: Dispatch, zone: ZoneInfo) -> Card:
    """For the sender, the lead and the receiver, at once."""
    return _warning(
        dispatch,
        "the seal is broken or something is missing",
        (
            "Leave it as it is and open nothing more; take a picture of the bag. Sender and receiver speak now.",
            "Until it is explained it counts as a breach: press Lost, and say in the note what is missing.",
        ),
        zone,
    )


def another_bag(dispatch: Dispatch, zone: ZoneInfo) -> Card:
    """For the sender and the lead."""
    return _warning(
        dispatch,
        "another number on the bag",
        (
            "Somebody who has its code tried to confirm it three times with numbers that are not the one it left with.",
            "Ring the receiver now: has it been opened and put into another bag? If nobody can explain it, press Lost.",
        ),
        zone,
    )


def _warning(dispatch: Dispatch, what: str, do: tuple[str, ...], zone: ZoneInfo) -> Card:
    return Card(
        CardKind.DISPATCH,
        f"Dispatch {dispatch.code}: {what}",
        do,
        facts(dispatch, zone),
        buttons=buttons(dispatch),
        about=dispatch.code,
    )


BAG = "Bag or item number"


def facts(dispatch: Dispatch, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    """What is known, as (label, words)."""
    late = " (put off once)" if dispatch.delays == 1 else f" (put off {dispatch.delays} times)" * bool(dispatch.delays)
    known = (
        ("What", dispatch.what.text),
        ("To", dispatch.destination.text),
        ("By", CHANNELS.get(dispatch.channel, dispatch.channel)),
        (BAG, dispatch.bag),
        ("Encrypted", "yes" if dispatch.encrypted == "yes" else "paper: nothing to encrypt"),
        ("Receiver agreed", "yes" if dispatch.agreed else "no"),
        ("Expected", when(dispatch.expected_at, zone) + late),
        ("Left", when(dispatch.sent_at, zone) if dispatch.sent_at else ""),
        ("Settled", when(dispatch.settled_at, zone) if dispatch.settled_at else ""),
        ("Note", dispatch.note.text),
        ("Breach", dispatch.incident),
    )
    return tuple((label, value) for label, value in known if value)


def buttons(dispatch: Dispatch) -> tuple[Button, ...]:
    """What can be done with it as it stands."""
    code = dispatch.code
    received = Button("dispatch.received", "Received", code, Style.PRIMARY, opens_form=True)
    if dispatch.state is DispatchState.LOST:
        return (received,)
    if not dispatch.open:
        return ()
    start = (Button("dispatch.sent", "It has left", code),) if dispatch.state is DispatchState.PLANNED else ()
    end = (Button("dispatch.cancel", "It will not go", code),) if dispatch.state is DispatchState.PLANNED else ()
    return (
        *start,
        received,
        Button("dispatch.delay", "It comes later", code, opens_form=True),
        Button("dispatch.lost", "Lost", code, Style.DANGER, opens_form=True),
        *end,
    )
