"""The breach path and a dispatch in the whole product, with the real models; nothing raw is kept."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.domain.card import CardKind
from bot.domain.component import Press
from bot.domain.message import Message
from bot.domain.people import Person, Place
from bot.domain.verdict import Verdict
from bot.settings import read_settings
from bot.wiring import Service, build
from tests.conftest import NewData

STAFF = Person("slack", "U-VERY-PRIVATE", Place("slack", "D-VERY-PRIVATE"))
RAW = (
    "Oluwaseun",
    "Bakare",
    "07700 900451",
    "7700900451",
    "M41 7QX",
    "nadia.price@example.org",
    "U-VERY-PRIVATE",
    "D-VERY",
)


@pytest.fixture(scope="module")
def service(new_data: NewData) -> Iterator[Service]:
    made = build(
        read_settings(
            _env_file=None, data_dir=new_data(), lead="mail:lead@example.org", contact="the data protection officer"
        ),
        serving=True,
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def folder(service: Service) -> Path:
    return service.settings.data_dir


def test_what_went_astray_is_never_answered_by_how_it_may_be_sent(service: Service) -> None:
    text = "handed the taxi driver an envelope with the MG11s in, it never turned up at court"
    reply = service.respond(Message(text, thread="t-taxi", sender=STAFF))
    assert reply.cards[0].steps
    assert reply.verdict is Verdict.ASK
    assert reply.headline == "Ask first: the data protection officer"


def test_whoever_says_that_it_went_gets_the_first_hour_and_the_lead_is_alerted(service: Service) -> None:
    text = (
        "I've just emailed Oluwaseun Bakare's statement, phone 07700 900451, to nadia.price@example.org, "
        "the wrong solicitor. She lives at 14 Weavers Walk, M41 7QX"
    )
    reply = service.respond(Message(text, thread="t-1", sender=STAFF))
    (card,) = [card for card in reply.cards if card.kind is CardKind.BREACH]
    assert "breach BR-" in card.title
    assert card.steps
    now = datetime.now(UTC)
    (parcel,) = service.parts.outbox.claim(now, 10)
    assert parcel.place == Place("mail", "lead@example.org")
    shown = f"{parcel.card!r}{parcel.card.details}{card.details}{card.lines}"
    assert not any(value in shown for value in RAW)
    coming = service.parts.alarms.coming(card.about)
    assert [round((alarm.due - now) / timedelta(hours=1)) for alarm in coming] == [24, 48, 60, 70, 72]


def test_a_dispatch_is_tracked_with_no_name_kept(service: Service) -> None:
    reply = service.respond(Message("I'm sending three encrypted discs to Brighton by courier", sender=STAFF))
    (card,) = [card for card in reply.cards if card.kind is CardKind.DISPATCH]
    monday = datetime.now(UTC) + timedelta(days=1)
    values = {
        "what": "three discs, interview of Oluwaseun Bakare",
        "destination": "Brighton office, exhibits clerk",
        "channel": "courier",
        "encrypted": "yes",
        "bag": "TE123456",
        "agreed": "yes",
        "expected_at": monday.strftime("%Y-%m-%dT%H:%M"),
        "watch": "both",
        "attended": "yes",
    }
    desk: Desk = service.parts.desk
    press = Press(
        "dispatch.new", card.about, datetime.now(UTC), {name: (value,) for name, value in values.items()}, STAFF
    )
    outcome = desk.press(press)
    assert "Brighton office, exhibits clerk" in str(getattr(outcome, "details", ""))


def test_no_raw_value_and_no_id_of_a_person_lies_in_the_data_folder(service: Service, folder: Path) -> None:
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "sendcheck.db" in path.name}
    assert written
    for value in RAW:
        assert not [path.name for path, content in written.items() if value.encode() in content], value
