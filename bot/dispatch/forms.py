"""The forms of a dispatch, and what is checked of what is filled in."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dispatch.cards import CHANNELS
from bot.domain.card import Field, FieldKind, Form
from bot.domain.component import ActError, Press
from bot.domain.dispatch import Watch
from bot.incident.forms import local, moment_of

NO_NAMES = "No names of people; an office and a role are enough."
FURTHEST = timedelta(days=60)
_BAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{2,29}")
_CODE = re.compile(r"DP-[2-9A-Z]{4}-[2-9A-Z]{4}")
WATCHES = (
    (Watch.BOTH.value, "me and the information lead"),
    (Watch.LEAD.value, "the information lead alone"),
)
ENCRYPTED = (("yes", "yes"), ("paper", "paper: nothing to encrypt"), ("no", "no"))


def new_form(press: Press, closed: bool = False) -> Form:
    """What goes where and when; `closed` asks who takes it when the office is not open."""

    def given(name: str, default: str = "") -> tuple[str, ...]:
        value = press.value(name) or default
        return (value,) if value else ()

    fields = [
        Field(
            "what",
            "What, and how many",
            required=True,
            value=given("what"),
            hint="three discs. " + NO_NAMES,
            longest=200,
        ),
        Field(
            "destination",
            "To which office and role",
            required=True,
            value=given("destination"),
            hint=NO_NAMES,
            longest=200,
        ),
        Field("channel", "By", FieldKind.CHOICE, True, tuple(CHANNELS.items())[:3], _way(press)),
        Field("encrypted", "Encrypted", FieldKind.CHOICE, True, ENCRYPTED, given("encrypted")),
        Field(
            "bag",
            "Bag or tracked item number",
            required=True,
            value=given("bag"),
            hint="Letters and digits",
            longest=30,
        ),
        Field("agreed", "The receiver is in that day and has agreed", FieldKind.YES_NO, True, value=given("agreed")),
        Field("expected_at", "In the receiver's hands by", FieldKind.MOMENT, True, value=given("expected_at")),
        Field("watch", "Who is told if nobody confirms", FieldKind.CHOICE, True, WATCHES, given("watch", "both")),
    ]
    intro: tuple[str, ...] = ()
    if closed:
        intro = (
            "The office is closed at that time: a weekend, a bank holiday, or outside office hours. Discs left in a "
            "shared reception before anyone came to work were lost for weeks. Better choose another time.",
        )
        words = "Somebody named will be there and take it into their hands"
        fields.append(Field("attended", words, FieldKind.YES_NO, True))
    return Form("dispatch.new", "Track a dispatch", tuple(fields), press.about, intro, "Track")


def _way(press: Press) -> tuple[str, ...]:
    """How it goes; a disc whose way is not settled goes by courier until somebody says otherwise."""
    said = press.value("channel")
    return (said if said in tuple(CHANNELS)[:3] else "courier",)


def received_form(code: str) -> Form:
    """In the receiver's hands: the bag is looked at, its number compared."""
    known = () if code else (Field("code", "Code", required=True, hint="DP-XXXX-XXXX, from the sender", longest=20),)
    fields = (
        *known,
        Field("bag", "Number on the bag", required=True, longest=30),
        Field("sealed", "The seal is unbroken and everything is in it", FieldKind.YES_NO, True),
    )
    return Form("dispatch.received", "Confirm a dispatch", fields, code, submit="Confirm")


def lost_form(code: str) -> Form:
    """Nobody has it."""
    note = Field("note", "What is known?", FieldKind.TEXT, hint="Last seen where and when? " + NO_NAMES)
    intro = ("This starts the breach path: the 72 hours run from now, and the lead is alerted.",)
    return Form("dispatch.lost", "It is lost", (note,), code, intro, "It is lost")


def delay_form(code: str, expected: datetime, zone: ZoneInfo) -> Form:
    """It comes later, and why."""
    fields = (
        Field("expected_at", "Now expected by", FieldKind.MOMENT, True, value=(local(expected, zone),)),
        Field("note", "Who said so, and where is it now?", FieldKind.TEXT, True, hint=NO_NAMES),
    )
    return Form("dispatch.delay", "It comes later", fields, code, submit="Record")


def code_of(press: Press) -> str:
    """The code of the button, or the one that was typed, however its dashes were typed; raises ActError."""
    typed = re.sub(r"[^A-Z0-9]", "", press.value("code").upper()).removeprefix("DP")
    code = press.about or f"DP-{typed[:4]}-{typed[4:]}"
    if not _CODE.fullmatch(code):
        raise ActError("A code looks like DP-7F3K-92QD. The sender has it.", "code")
    return code


def bag_of(press: Press) -> str:
    """The number of the bag, as it is compared; raises ActError."""
    bag = re.sub(r"\s+", "", press.value("bag")).upper()
    if not _BAG.fullmatch(bag):
        raise ActError("Write the number that is printed on the bag: letters and digits.", "bag")
    return bag


def yes_or_no(press: Press, name: str) -> bool:
    """A yes or a no; raises ActError when neither was given."""
    if press.value(name) not in ("yes", "no"):
        raise ActError("Please choose yes or no.", name)
    return press.value(name) == "yes"


def text_of(press: Press, name: str, missing: str) -> str:
    """What was typed; raises ActError with `missing` when nothing was."""
    text = press.value(name)[:3000]
    if missing and not text:
        raise ActError(missing, name)
    return text


def expected_of(press: Press, zone: ZoneInfo) -> datetime:
    """When it is expected, in UTC; raises ActError."""
    expected = moment_of(press.value("expected_at"), "expected_at", zone)
    if expected <= press.now:
        raise ActError("That time has passed. When will it be in the receiver's hands?", "expected_at")
    if expected > press.now + FURTHEST:
        raise ActError("That is more than sixty days away. Check the date.", "expected_at")
    return expected
