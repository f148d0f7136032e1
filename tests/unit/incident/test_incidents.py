"""A breach from the first word to its closing, without a platform."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.desk import Desk
from bot.domain.card import Card, CardKind, FieldKind, Form
from bot.domain.citation import Citation
from bot.domain.component import ActError, Answered, Component, Extras, Outcome
from bot.domain.message import Message
from bot.domain.nearmiss import AlreadySent, NearMiss, NearMissKind, ScrubbedText
from bot.domain.people import Place
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.errors import StoreError
from bot.incident.after import AtTheTerminal, BreachPath
from bot.incident.component import component
from bot.incident.record import CLOCK, Incidents
from bot.incident.steps import steps
from knowledge import Facts
from tests.post_read import ReadOutbox
from tests.unit.incident.parts import (
    LEAD,
    LONDON,
    NOW,
    STAFF,
    FakeNeeds,
    far_from_everything,
    go_off,
    hours,
    incidents_in,
    pressed,
)

CITED: tuple[Citation, ...] = ()
DECIDED = {
    "risk": "high",
    "regulator": "yes",
    "regulator_why": "Nadia Price's address reached the defendant",
    "people_told": "yes",
    "people_why": "She may be in danger",
    "decided_at": "2026-03-04T17:00",
}


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Incidents, FakeNeeds]:
    return incidents_in(tmp_path)


def joined(incidents: Incidents) -> tuple[Component, list[str]]:
    warned: list[str] = []
    return component(incidents, BreachPath(incidents, warned.append, lambda: far_from_everything)), warned


def answered(text: str, verdict: Verdict = Verdict.ASK, thread: str = "t1", answer: str = "a1") -> Answered:
    facts = Facts(channels=("email",))
    reply = Reply(verdict, "Ask first", (), (), CITED, "the disclosure lead", facts, id=answer)
    return Answered(Message(text, thread=thread), reply, NOW)


def card_of(extras: Extras) -> Card:
    (card,) = extras.cards
    return card


def shown(outcome: Outcome) -> Card:
    assert isinstance(outcome, Card)
    return outcome


def test_words_that_say_it_went_open_a_breach_at_once(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    made, _ = joined(incidents)
    assert made.after is not None
    card = card_of(made.after(answered("I sent Nadia Price's statement to the wrong solicitor")))
    (incident,) = needs.register.search("", 10)
    assert card.kind is CardKind.BREACH
    assert incident.id in card.title
    assert ("72 hours", "72 hours left: until 17:55 on Saturday 7 March 2026") in card.details
    assert any("article 33" in said and "section 67" in said for _, said in card.details)
    assert card.steps[0].startswith("Is anyone in danger")
    assert "the data protection officer" in dict(card.details)["Who knows"]
    assert card.steps[1].startswith("Email: recall it")
    assert [one.title for one in needs.outbox.cards] == [f"Breach {incident.id}: the 72 hours are running"]
    assert incident.value("what") == "I sent [name]'s statement to the wrong solicitor"
    assert "Nadia" not in json.dumps(dict(incident.values))


def test_saying_it_again_in_the_same_conversation_is_the_same_breach(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    after = joined(incidents)[0].after
    assert after is not None
    after(answered("I sent it to the wrong person"))
    after(answered("I sent it to the wrong person!! help", answer="a2"))
    after(answered("I sent it to the wrong person", thread="t2", answer="a3"))
    assert len(needs.register.search("", 10)) == 2
    assert len(needs.outbox.cards) == 2


def test_a_second_breach_on_the_same_day_can_be_told_from_the_first(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    made, _ = joined(incidents)
    assert made.after is not None
    first = card_of(made.after(answered("I sent it to the wrong person")))
    later = replace(answered("I lost a disc on the train", answer="a2"), now=NOW + hours(1))
    again = card_of(made.after(later))
    assert again.about == first.about
    assert [button.about for button in again.buttons if button.act == "breach.open"] == ["a2"]
    assert not [button for button in first.buttons if button.act == "breach.open"]
    other = shown(Desk((made,)).press(pressed("breach.open", "a2", {"what": "A disc, on the train"}, by=None)))
    assert other.about != first.about
    assert len(needs.register.search("", 10)) == 2


def test_what_may_have_gone_is_one_question_and_one_press(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    made, _ = joined(incidents)
    assert made.after is not None
    card = card_of(made.after(answered("I think I may have sent it to the wrong person")))
    assert needs.register.search("", 10) == ()
    assert [button.act for button in card.buttons] == ["breach.open", "report.new"]
    desk = Desk((made,))
    first = shown(desk.press(pressed("breach.open", "a1", by=None)))
    again = shown(desk.press(pressed("breach.open", "a1", by=None)))
    assert first.about == again.about
    assert len(needs.register.search("", 10)) == 1


def test_an_ordinary_question_adds_nothing(parts: tuple[Incidents, FakeNeeds]) -> None:
    after = joined(parts[0])[0].after
    assert after is not None
    assert after(answered("can I send the MG11 to the defence?")) == Extras()


def test_what_the_reply_understood_as_happened_is_asked_about_and_a_thought_is_not(
    parts: tuple[Incidents, FakeNeeds],
) -> None:
    after = joined(parts[0])[0].after
    assert after is not None
    happened = Facts(materials=("sent_in_error",))
    for text, cards in (("the email is with Mrs Kaur's neighbour", 1), ("if it goes astray, who is told?", 0)):
        told = answered(text)
        assert len(after(replace(told, reply=replace(told.reply, facts=happened))).cards) == cards


def test_the_first_hour_is_shown_even_when_the_register_cannot_be_reached(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts

    class Broken:
        def __getattr__(self, name: str) -> object:
            raise StoreError("The database cannot be reached.")

    needs.register = Broken()  # type: ignore[assignment]
    made, warned = joined(incidents)
    assert made.after is not None
    card = card_of(made.after(answered("I sent it to the wrong person")))
    assert ("Ring now", "the data protection officer") in card.details
    assert len(card.steps) == 7
    assert warned == ["StoreError"]


def test_a_single_command_shows_the_same_steps_and_keeps_nothing() -> None:
    after = AtTheTerminal(lambda: "the data protection officer", LONDON, lambda: far_from_everything)
    card = card_of(after(answered("I sent it to the wrong solicitor")))
    assert card.title == "It has already gone: the first hour"
    assert ("72 hours", "if you have known since now, they end at 17:55 on Saturday 7 March 2026") in card.details
    assert after(answered("may I send it?")) == Extras()


def test_reminders_come_at_24_48_60_70_and_72_hours_and_each_once(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    made, _ = joined(incidents)
    incident = incidents.open(NOW, {}, {})
    due = [alarm.due for alarm in needs.alarms.coming(incident.id)]
    assert due == [NOW + hours(n) for n in (24, 48, 60, 70, 72)]
    for n in (23.9, 24, 24.1, 48, 60, 70, 72, 100):
        go_off(needs.alarms, made.alarms, NOW + hours(n))
        incidents.start(NOW + hours(n))
    titles = [card.title for card in needs.outbox.cards]
    assert titles == [
        f"Breach {incident.id}: the 72 hours are running",
        f"Breach {incident.id}: 48 hours left, nothing decided",
        f"Breach {incident.id}: 24 hours left, nothing decided",
        f"Breach {incident.id}: 12 hours left, nothing decided",
        f"Breach {incident.id}: 2 hours left, nothing decided",
        f"Breach {incident.id}: the 72 hours have passed",
    ]
    assert "reasons for the delay" in needs.outbox.cards[-1].lines[0]
    assert all(place == LEAD for _, place in needs.outbox.sent)


def test_the_clock_counts_plain_hours_over_a_clock_change(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, _ = parts
    # The clocks go forward on Sunday 29 March 2026 at 01:00.
    friday = datetime(2026, 3, 27, 17, 30, tzinfo=LONDON)
    card = incidents.card(incidents.open(friday, {}, {}), friday)
    assert dict(card.details)["72 hours"] == "72 hours left: until 18:30 on Monday 30 March 2026"


def test_a_decision_ends_the_reminders(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    made, _ = joined(incidents)
    incident = incidents.open(NOW, {}, {})
    Desk((made,)).press(pressed("breach.decide", incident.id, DECIDED))
    assert needs.alarms.coming(incident.id) == []
    go_off(needs.alarms, made.alarms, NOW + hours(80))
    assert len(needs.outbox.cards) == 1


def test_not_decided_yet_keeps_the_reminders(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    incident = incidents.open(NOW, {}, {})
    desk = Desk((joined(incidents)[0],))
    desk.press(pressed("breach.decide", incident.id, {**DECIDED, "regulator": "not_yet"}))
    assert len(needs.alarms.coming(incident.id)) == 5
    desk.press(pressed("breach.decide", incident.id, DECIDED))
    with pytest.raises(ActError):
        desk.press(pressed("breach.decide", incident.id, {**DECIDED, "regulator": "not_yet"}))


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"regulator_why": " "}, "regulator_why"),
        ({"risk": ""}, "risk"),
        ({"risk": "enormous"}, "risk"),
        ({"regulator": "no"}, "regulator"),
        ({"people_told": "no", "people_why": "no"}, "people_why"),
        ({"decided_at": "soon"}, "decided_at"),
        ({"decided_at": "2026-03-04T19:00"}, "decided_at"),
    ],
)
def test_a_decision_without_its_reasons_is_not_taken(
    parts: tuple[Incidents, FakeNeeds], change: dict[str, str], wrong: str
) -> None:
    incidents, needs = parts
    incident = incidents.open(NOW, {}, {})
    with pytest.raises(ActError) as told:
        Desk((joined(incidents)[0],)).press(pressed("breach.decide", incident.id, {**DECIDED, **change}))
    assert told.value.field == wrong
    assert needs.register.head().number == 1


def test_a_late_notice_needs_the_reasons_for_the_delay(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, _ = parts
    incident = incidents.open(NOW, {}, {})
    desk, late = Desk((joined(incidents)[0],)), NOW + hours(73)
    form = desk.form("breach.decide", incident.id, pressed("x").by, late)
    assert "delay" in [field.name for field in form.fields]
    with pytest.raises(ActError) as told:
        desk.press(pressed("breach.decide", incident.id, DECIDED, now=late))
    assert told.value.field == "delay"
    desk.press(pressed("breach.decide", incident.id, {**DECIDED, "delay": "Found on Friday night"}, now=late))


def test_the_clock_is_corrected_with_a_reason_and_the_reminders_move(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    incident = incidents.open(NOW, {}, {})
    desk = Desk((joined(incidents)[0],))
    earlier = {"aware_at": "2026-03-03T09:00", "reason": "The court rang us on Tuesday"}
    desk.press(pressed("breach.aware", incident.id, earlier, by=STAFF))
    assert needs.alarms.coming(incident.id)[0].due == datetime(2026, 3, 4, 9, tzinfo=UTC)
    entry = needs.register.history(incident.id)[-1]
    assert entry.old["aware_at"] == NOW.isoformat()
    assert entry.new["reason"] == "The court rang us on Tuesday"
    with pytest.raises(ActError):
        desk.press(pressed("breach.aware", incident.id, {**earlier, "reason": ""}))


def test_only_the_team_can_move_the_clock_to_a_later_time(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    incident = incidents.open(NOW - hours(3), {}, {})
    later = {"aware_at": "2026-03-04T17:00", "reason": "A mistake"}
    desk = Desk((joined(incidents)[0],))
    with pytest.raises(ActError):
        desk.press(pressed("breach.aware", incident.id, later, by=STAFF))
    desk.press(pressed("breach.aware", incident.id, later))
    found = needs.register.get(incident.id)
    assert found is not None
    assert found.aware_at == datetime(2026, 3, 4, 17, tzinfo=UTC)


@pytest.mark.parametrize("act", ["breach.decide", "breach.edit", "breach.hold", "breach.close"])
def test_only_the_team_decides_edits_holds_and_closes(parts: tuple[Incidents, FakeNeeds], act: str) -> None:
    incident = parts[0].open(NOW, {}, {})
    desk = Desk((joined(parts[0])[0],))
    for by in (STAFF, None):
        with pytest.raises(ActError):
            desk.press(pressed(act, incident.id, DECIDED, by=by))
        with pytest.raises(ActError):
            desk.form(act, incident.id, by, NOW)


def test_steps_are_ticked_and_a_first_note_tells_what_happened(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    incident = incidents.open(NOW, {}, {})
    desk = Desk((joined(incidents)[0],))
    values = {"steps": ("stop", "ring"), "note": "The firm of Nadia Price deleted it"}
    card = shown(desk.press(pressed("breach.step", incident.id, values, by=None)))
    assert [step.startswith("Done: ") for step in card.steps].count(True) == 2
    found = needs.register.get(incident.id)
    assert found is not None
    assert (found.steps, found.value("what")) == (("stop", "ring"), "The firm of [name] deleted it")
    form = desk.form("breach.step", incident.id, None, NOW)
    assert form.fields[0].kind is FieldKind.CHOICES
    assert form.fields[0].value == ("stop", "ring")
    assert [name for name, _ in form.fields[0].options] == [name for name, _ in steps((), "")]
    page = desk.page(f"register/{incident.id}", {})
    assert "Stopped it spreading; Rang whoever has it" in [row[1].words for row in page.tables[0].rows]
    with pytest.raises(ActError):
        desk.press(pressed("breach.step", incident.id, {"steps": "dance"}, by=None))


def test_an_edit_keeps_what_stood_there_before(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    incident = incidents.open(NOW, {}, {"what": ScrubbedText("Sent to the wrong firm")})
    desk = Desk((joined(incidents)[0],))
    edit = {"what": "Sent to the wrong court", "people": "1,200", "data": ("health", "convictions"), "kind": "other"}
    desk.press(pressed("breach.edit", incident.id, edit))
    entry = needs.register.history(incident.id)[-1]
    assert entry.old == {"what": "Sent to the wrong firm"}
    assert entry.new["people"] == "1200"
    assert entry.by.startswith("team:")
    assert "U-MANAGER" not in entry.by
    with pytest.raises(ActError):
        desk.press(pressed("breach.edit", incident.id, edit))
    with pytest.raises(ActError):
        desk.press(pressed("breach.edit", incident.id, {"people": "a few"}))


def test_a_breach_is_closed_when_it_is_decided_and_then_only_a_hold_changes_it(
    parts: tuple[Incidents, FakeNeeds],
) -> None:
    incidents, needs = parts
    incident = incidents.open(NOW, {}, {})
    desk = Desk((joined(incidents)[0],))
    closing = {"outcome": "dealt_with", "close_note": "The template was changed"}
    with pytest.raises(ActError):
        desk.press(pressed("breach.close", incident.id, closing))
    desk.press(pressed("breach.decide", incident.id, DECIDED))
    with pytest.raises(ActError, match="nothing says that it was"):
        desk.press(pressed("breach.close", incident.id, closing))
    desk.press(pressed("breach.edit", incident.id, {"regulator_ref": "by phone, case IC-1"}))
    desk.press(pressed("breach.close", incident.id, closing))
    with pytest.raises(ActError):
        desk.press(pressed("breach.edit", incident.id, {"how": "x"}))
    desk.press(pressed("breach.hold", incident.id, {"hold_why": "A claim"}))
    years = NOW + hours(24 * 365 * 7)
    assert incidents.purge(years) == 0
    desk.press(pressed("breach.hold", incident.id, {"hold_why": "The claim is settled"}))
    assert incidents.purge(years) == 1
    assert needs.register.audit().problem == ""


def test_something_that_did_not_leave_is_closed_without_a_decision(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    incident = incidents.open(NOW, {}, {})
    closing = {"outcome": "not_a_breach", "close_note": "It was still in the outbox"}
    Desk((joined(incidents)[0],)).press(pressed("breach.close", incident.id, closing))
    assert needs.alarms.coming(incident.id) == []
    assert needs.register.clocks() == ()


def filed(anonymous: bool) -> NearMiss:
    day = NOW.replace(hour=0, minute=0)
    return NearMiss(
        "NM-7F3K-92QD",
        NearMissKind.WRONG_RECIPIENT,
        ScrubbedText("It went to the wrong firm"),
        AlreadySent.TRUE,
        anonymous,
        day if anonymous else NOW,
    )


def test_a_report_that_it_went_opens_a_breach_once(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    card = incidents.on_report(filed(anonymous=False), NOW)
    incidents.on_report(filed(anonymous=False), NOW + hours(1))
    (incident,) = needs.register.search("", 10)
    assert card.about == incident.id
    assert (incident.value("report"), incident.value("origin")) == ("NM-7F3K-92QD", "report")


def test_an_anonymous_report_leaves_neither_its_receipt_nor_its_time(
    parts: tuple[Incidents, FakeNeeds], tmp_path: Path
) -> None:
    incidents, needs = parts
    incidents.on_report(filed(anonymous=True), NOW)
    (incident,) = needs.register.search("", 10)
    assert incident.aware_at == datetime(2026, 3, 4, tzinfo=UTC)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"NM-7F3K-92QD" not in written
    assert b"17:55" not in written


def test_a_lost_dispatch_is_a_breach_with_its_clock_from_now(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    incident = incidents.lost_dispatch("DP-2222-3333", ScrubbedText("Three discs to Brighton"), "carrier", NOW)
    assert (incident.aware_at, incident.value("kind")) == (NOW, "lost_or_stolen")
    assert len(needs.alarms.coming(incident.id)) == 5


class DyingOutbox(ReadOutbox):
    """The process ends where a card would be sent."""

    def send(self, card: Card, to: Iterable[Place], key: str, not_before: datetime | None = None) -> None:
        raise StoreError("down")


def test_a_start_sets_again_what_a_crash_left_out(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, needs = parts
    working, needs.outbox = needs.outbox, DyingOutbox(create_engine("sqlite://"), b"k" * 32)
    with pytest.raises(StoreError):
        incidents.open(NOW, {}, {})
    needs.alarms.waiting.clear()
    needs.outbox = working
    (incident,) = needs.register.clocks()
    for _ in range(2):
        incidents.start(NOW + hours(1))
    assert len([one for one in needs.alarms.coming(incident.id) if one.kind == CLOCK]) == 5
    assert len(needs.outbox.cards) == 1


def test_doctor_names_the_first_broken_entry(parts: tuple[Incidents, FakeNeeds], tmp_path: Path) -> None:
    import sqlite3

    incidents, _ = parts
    doctor = joined(incidents)[0].doctor
    assert doctor is not None
    incident = incidents.open(NOW, {"kind": "other"}, {})
    assert all(line.fine for line in doctor())
    with sqlite3.connect(tmp_path / "sendcheck.db") as connection:
        connection.execute("UPDATE register_entries SET body = replace(body, 'other', 'never')")
    connection.close()
    (broken,) = [line for line in doctor() if not line.fine]
    assert broken.said == f"entry 1 of {incident.id}: its contents were changed"


def test_forms_fit_the_narrowest_platform(parts: tuple[Incidents, FakeNeeds]) -> None:
    incidents, _ = parts
    made, _ = joined(incidents)
    incident = incidents.open(NOW, {}, {})
    for act in made.acts.values():
        assert act.form is not None
        form = act.form(pressed("x", incident.id))
        assert isinstance(form, Form)
        assert len(form.title) <= 24
        assert len(form.submit) <= 24
        assert all(len(words) <= 75 for field in form.fields for _, words in field.options)
