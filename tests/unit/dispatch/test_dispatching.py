"""A dispatch from the question to the receiver's hands, or to the breach path."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.dispatch.component import DispatchPages, after, component
from bot.dispatch.record import Tracking
from bot.domain.card import Card, CardKind, Form
from bot.domain.component import ActError, Answered, Component, Extras, Outcome
from bot.domain.dispatch import DispatchState
from bot.domain.message import Message
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Person, Place
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.incident.component import component as breach_component
from bot.incident.record import Incidents
from bot.office_hours import OfficeHours
from bot.store import open_engine
from bot.store.dispatches import SqlDispatches
from bot.store.meanwhile import SqlMeanwhile
from bot.store.sealed import Sealer
from knowledge import Facts
from tests.post_read import ReadOutbox
from tests.unit.incident.parts import (
    LEAD,
    LONDON,
    STAFF,
    FakeAlarms,
    FakeNeeds,
    fake_scrub,
    go_off,
    incidents_in,
    pressed,
)

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
NEW = {
    "what": "three discs for Nadia Price",
    "destination": "Brighton office, exhibits clerk",
    "channel": "courier",
    "encrypted": "yes",
    "bag": "te 123456",
    "agreed": "yes",
    "expected_at": "2026-03-03T11:00",
    "watch": "both",
}
RECEIVED = {"bag": "TE123456", "sealed": "yes"}


@dataclass
class Parts:
    dispatches: SqlDispatches
    incidents: Incidents
    breach: FakeNeeds
    meanwhile: SqlMeanwhile
    outbox: ReadOutbox = field(init=False)
    alarms: FakeAlarms = field(init=False)
    office: OfficeHours = field(init=False)
    scrub: Callable[[str], ScrubbedText] = fake_scrub
    lead: tuple[Place, ...] = (LEAD,)

    def __post_init__(self) -> None:
        self.outbox, self.alarms, self.office = self.breach.outbox, self.breach.alarms, self.breach.office


@dataclass
class Office:
    parts: Parts
    made: Component
    desk: Desk

    def track(self, now: datetime = MONDAY, by: Person | None = STAFF, **changes: str) -> Card:
        outcome = self.desk.press(pressed("dispatch.new", "a1", {**NEW, **changes}, now, by))
        assert isinstance(outcome, Card)
        return outcome

    def go_off(self, now: datetime) -> None:
        alarms = {**self.made.alarms, **breach_component(self.parts.incidents, lambda _: Extras()).alarms}
        go_off(self.parts.alarms, alarms, now)

    def press(self, act: str, code: str, values: Mapping[str, str] | None = None, now: datetime = MONDAY) -> Outcome:
        return self.desk.press(pressed(act, code, dict(values or {}), now, None))

    @property
    def reminders(self) -> list[tuple[Place, str]]:
        return [(place, card.title) for (_, place), card in self.parts.outbox.sent.items()]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    incidents, needs = incidents_in(tmp_path)
    engine = open_engine(f"sqlite:///{tmp_path / 'sendcheck.db'}")
    parts = Parts(SqlDispatches(engine, Sealer(b"k" * 32)), incidents, needs, SqlMeanwhile(engine, b"k" * 32))
    made = component(Tracking(parts))
    return Office(parts, made, Desk((made,)))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def answered(text: str, verdict: Verdict = Verdict.SAFEGUARDS, channel: str = "courier") -> Answered:
    conditions = ("named receiver in that day", "delivery confirmed by phone")
    reply = Reply(verdict, "Only with these safeguards", (), conditions, (), "x", Facts(channels=(channel,)), id="a1")
    return Answered(Message(text), reply, MONDAY)


def test_the_conditions_of_the_answer_become_the_checklist_of_the_dispatch() -> None:
    (card,) = after(answered("I'm sending three discs to Brighton by courier")).cards
    assert card.kind is CardKind.DISPATCH
    assert card.steps[:2] == ("Named receiver in that day.", "Delivery confirmed by phone.")
    assert any("tamper-evident" in step for step in card.steps)
    assert any("office is open" in step for step in card.steps)
    assert [button.act for button in card.buttons] == ["dispatch.new"]


@pytest.mark.parametrize(
    "other",
    [
        answered("can I email it?", channel="secure_email"),
        answered("disc unencrypted by courier", Verdict.STOP),
        answered("I lost the disc, what do I do?", Verdict.ASK, "removable_media"),
    ],
)
def test_what_is_not_going_anywhere_gets_no_checklist(other: Answered) -> None:
    assert after(other) == Extras()


def test_a_new_dispatch_has_a_code_and_no_names(office: Office) -> None:
    card = office.track()
    dispatch = office.parts.dispatches.get(card.about)
    assert dispatch is not None
    assert (dispatch.what.text, dispatch.bag, dispatch.state) == (
        "three discs for [name]",
        "TE123456",
        DispatchState.PLANNED,
    )
    assert card.about in card.lines[0]
    assert office.parts.dispatches.sender(card.about) == STAFF.place


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"encrypted": "no"}, "encrypted"),
        ({"bag": "?"}, "bag"),
        ({"what": " "}, "what"),
        ({"channel": "pigeon"}, "channel"),
        ({"agreed": ""}, "agreed"),
        ({"expected_at": "2026-03-02T09:00"}, "expected_at"),
        ({"expected_at": "2027-03-02T09:00"}, "expected_at"),
        ({"expected_at": "tomorrow"}, "expected_at"),
    ],
)
def test_a_dispatch_that_must_not_go_so_is_not_tracked(office: Office, change: dict[str, str], wrong: str) -> None:
    with pytest.raises(ActError) as told:
        office.track(**change)
    assert told.value.field == wrong


@pytest.mark.parametrize(
    "expected",
    [
        "2026-03-03T06:49",  # before anyone is in: the fifteen discs
        "2026-03-07T11:00",  # a Saturday
        "2026-04-06T11:00",  # Easter Monday
        "2026-03-03T17:00",  # when the office closes
    ],
)
def test_a_time_at_which_the_office_is_closed_is_asked_about_first(office: Office, expected: str) -> None:
    form = office.desk.press(pressed("dispatch.new", "a1", {**NEW, "expected_at": expected}, MONDAY))
    assert isinstance(form, Form)
    assert "closed at that time" in form.intro[0]
    assert {field.name: field.value for field in form.fields}["what"] == ("three discs for Nadia Price",)
    with pytest.raises(ActError) as told:
        office.track(expected_at=expected, attended="no")
    assert told.value.field == "expected_at"
    assert office.track(expected_at=expected, attended="yes").about.startswith("DP-")


def test_an_unconfirmed_dispatch_alerts_sender_and_lead_and_again_every_working_hour(office: Office) -> None:
    code = office.track(expected_at="2026-03-06T14:30").about  # a Friday
    for moment in (
        "2026-03-06T14:29",
        "2026-03-06T14:30",
        "2026-03-06T15:29",
        "2026-03-06T15:30",
        "2026-03-06T16:30",
        "2026-03-06T17:30",
        "2026-03-07T12:00",
        "2026-03-09T08:59",
        "2026-03-09T09:00",
        "2026-03-09T10:00",
    ):
        office.go_off(london(moment))
    title = f"Dispatch {code} is not confirmed"
    assert STAFF.place is not None
    assert Counter(office.reminders) == {(place, title): 5 for place in (STAFF.place, LEAD)}


def test_reminders_are_right_over_easter_and_the_change_of_clocks(office: Office) -> None:
    # Good Friday 3 April and Easter Monday 6 April 2026; the clocks went forward on 29 March.
    code = office.track(expected_at="2026-04-02T16:30").about
    office.go_off(london("2026-04-02T16:30"))
    (coming,) = office.parts.alarms.coming(code)
    assert coming.due == datetime(2026, 4, 7, 8, 0, tzinfo=UTC)


def test_a_time_outside_office_hours_alerts_the_same_day(office: Office) -> None:
    code = office.track(expected_at="2026-03-07T19:00", attended="yes").about
    office.go_off(london("2026-03-07T19:00"))
    assert len(office.reminders) == 2
    (coming,) = office.parts.alarms.coming(code)
    assert coming.due == london("2026-03-09T09:00")


def test_a_worker_that_was_down_sends_one_card_and_not_one_for_each_hour(office: Office) -> None:
    office.track()
    office.go_off(london("2026-03-04T15:10"))
    assert len(office.reminders) == 2


def test_without_a_known_sender_the_lead_is_told(office: Office) -> None:
    office.track(by=None)
    office.go_off(london("2026-03-03T11:00"))
    assert [place for place, _ in office.reminders] == [LEAD]


def test_the_receiver_confirms_with_the_code_alone(office: Office) -> None:
    code = office.track().about
    office.press("dispatch.sent", code)
    form = office.desk.form("dispatch.received", "", None, MONDAY)
    assert form.fields[0].name == "code"
    outcome = office.press("dispatch.received", "", {**RECEIVED, "code": code.lower().replace("-", " ")})
    assert isinstance(outcome, Card)
    assert outcome.title == f"Dispatch {code}: received"
    office.go_off(london("2026-03-10T15:00"))
    assert office.reminders == []
    assert office.parts.dispatches.sender(code) is None


@pytest.mark.parametrize(
    ("change", "wrong"), [({"bag": "TE999999"}, "bag"), ({"sealed": ""}, "sealed"), ({"code": "DP-2222-2222"}, "code")]
)
def test_a_confirmation_that_does_not_fit_confirms_nothing(office: Office, change: dict[str, str], wrong: str) -> None:
    code = office.track().about
    with pytest.raises(ActError) as told:
        office.press("dispatch.received", "", {"code": code, **RECEIVED, **change})
    assert told.value.field == wrong
    dispatch = office.parts.dispatches.get(code)
    assert dispatch is not None
    assert dispatch.open


def test_a_third_wrong_number_on_the_bag_is_told_to_sender_and_lead_and_ten_are_the_end_of_trying(
    office: Office,
) -> None:
    code = office.track().about
    for number in range(10):
        with pytest.raises(ActError, match="not the number it left with"):
            office.press("dispatch.received", code, {**RECEIVED, "bag": f"TE99999{number}"})
        expected = [] if number < 2 else [f"Dispatch {code}: another number on the bag"] * 2
        assert [title for _, title in office.reminders] == expected
    with pytest.raises(ActError, match="in an hour"):
        office.press("dispatch.received", code, RECEIVED)
    later = MONDAY + timedelta(hours=1, minutes=1)
    assert isinstance(office.press("dispatch.received", code, RECEIVED, later), Card)


def test_whoever_has_the_code_and_says_that_the_seal_is_broken_is_not_shown_the_number_on_the_bag(
    office: Office,
) -> None:
    code = office.track().about
    shown = office.press("dispatch.received", code, {**RECEIVED, "bag": "TE000", "sealed": "no"})
    assert isinstance(shown, Card)
    assert ("What", "three discs for [name]") in shown.details
    assert "TE123456" not in str(shown.details)
    assert all("TE123456" in str(card.details) for card in office.parts.outbox.sent.values())


def test_a_broken_seal_is_told_at_once_and_stays_open(office: Office) -> None:
    code = office.track().about
    office.press("dispatch.received", code, {**RECEIVED, "sealed": "no"})
    office.press("dispatch.received", code, {**RECEIVED, "sealed": "no"})
    assert len(office.reminders) == 2
    dispatch = office.parts.dispatches.get(code)
    assert dispatch is not None
    assert dispatch.open


def test_a_lost_dispatch_becomes_one_breach_with_everything_filled_in(office: Office) -> None:
    code = office.track().about
    office.press("dispatch.sent", code)
    lost = london("2026-03-03T15:00")
    card = office.press("dispatch.lost", code, {"note": "The carrier last saw it in Crawley"}, lost)
    (incident,) = office.parts.breach.register.search("", 10)
    assert isinstance(card, Card)
    assert card.kind is CardKind.BREACH
    assert incident.aware_at == lost
    assert incident.value("what") == (
        "Lost on the way: three discs for [name], to Brighton office, exhibits clerk. "
        "The carrier last saw it in Crawley"
    )
    assert (incident.value("dispatch"), incident.value("channel")) == (code, "carrier")
    with pytest.raises(ActError):
        office.press("dispatch.lost", code, {}, lost)
    office.go_off(london("2026-03-04T15:00"))
    assert [title for _, title in office.reminders] == [
        f"Breach {incident.id}: the 72 hours are running",
        f"Breach {incident.id}: 48 hours left, nothing decided",
    ]


def test_a_lost_one_that_comes_after_all_is_noted_in_its_breach(office: Office) -> None:
    code = office.track().about
    office.press("dispatch.lost", code)
    office.press("dispatch.received", code, RECEIVED)
    (incident,) = office.parts.breach.register.search("", 10)
    assert "received after all" in incident.value("note")


def test_a_delay_moves_the_question_to_the_new_time(office: Office) -> None:
    code = office.track().about
    office.go_off(london("2026-03-03T11:00"))
    later = {"expected_at": "2026-03-05T12:00", "note": "The van broke down"}
    office.press("dispatch.delay", code, later, london("2026-03-03T11:20"))
    office.go_off(london("2026-03-04T16:00"))
    assert len(office.reminders) == 2
    office.go_off(london("2026-03-05T12:00"))
    assert len(office.reminders) == 4
    with pytest.raises(ActError):
        office.press("dispatch.delay", code, {**later, "note": ""}, london("2026-03-03T11:20"))


def test_what_has_not_left_can_be_called_off_and_what_has_cannot(office: Office) -> None:
    first, second = office.track().about, office.track().about
    office.press("dispatch.cancel", first)
    office.press("dispatch.sent", second)
    with pytest.raises(ActError):
        office.press("dispatch.cancel", second)
    with pytest.raises(ActError):
        office.press("dispatch.received", first, RECEIVED)


def test_the_board_shows_open_ones_first_and_marks_what_is_overdue(office: Office) -> None:
    done = office.track().about
    office.press("dispatch.received", done, RECEIVED)
    late = office.track().about
    rows = DispatchPages(Tracking(office.parts)).list_at(london("2026-03-03T12:00")).tables[0].rows
    assert [(row[0].words, row[1].words, row[1].overdue) for row in rows] == [
        (late, "not confirmed", True),
        (done, "received", False),
    ]
    assert office.desk.page(f"dispatches/{done}", {}).buttons == ()
    with pytest.raises(ActError):
        office.desk.page("dispatches/DP-2222-2222", {})


def test_a_start_sets_again_what_a_crash_left_out(office: Office) -> None:
    code = office.track().about
    office.parts.alarms.waiting.clear()
    assert office.made.start is not None
    office.made.start(MONDAY)
    assert len(office.parts.alarms.coming(code)) == 1


def test_what_is_settled_is_purged_after_ninety_days(office: Office) -> None:
    code = office.track().about
    office.press("dispatch.received", code, RECEIVED)
    assert office.made.purge is not None
    assert office.made.purge(MONDAY.replace(month=5)) == 0
    assert office.made.purge(MONDAY.replace(month=6)) == 1


@pytest.mark.parametrize(
    ("question", "channel", "filled"),
    [
        (
            "I'm sending three discs to Brighton by courier",
            "courier",
            {"what": "three discs", "destination": "Brighton", "channel": "courier"},
        ),
        (
            "Can I post a box of papers to the Leeds office tomorrow?",
            "post",
            {"what": "a box of papers", "destination": "Leeds office", "channel": "post"},
        ),
        ("need to send two encrypted USB sticks", "removable_media", {"what": "two encrypted USB sticks"}),
        ("posting a letter to Nadia Price today", "post", {"what": "a letter", "channel": "post"}),
        ("by courier " * 5000, "courier", {"channel": "courier"}),
    ],
)
def test_what_the_question_says_is_filled_in(
    office: Office, question: str, channel: str, filled: dict[str, str]
) -> None:
    assert office.made.after is not None
    assert office.made.after(answered(question, channel=channel)).cards
    form = office.desk.form("dispatch.new", "a1", STAFF, MONDAY + timedelta(hours=1))
    values = {field.name: field.value[0] for field in form.fields if field.value}
    assert values == {"channel": "courier", "watch": "both", **filled}
    later = office.desk.form("dispatch.new", "a1", STAFF, MONDAY + timedelta(hours=13))
    assert not next(field for field in later.fields if field.name == "what").value


def test_a_code_is_read_however_its_dashes_were_typed(office: Office) -> None:
    code = office.track().about
    typed = code.lower().replace("-", " \N{EN DASH} ")
    outcome = office.press("dispatch.received", "", {**RECEIVED, "code": typed})
    assert isinstance(outcome, Card)
    assert "received" in outcome.title
