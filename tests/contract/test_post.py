"""What the outbox, the alarms and the inbox promise, on SQLite and on PostgreSQL."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from bot.domain.card import Button, Card, CardKind, Picture, Style
from bot.domain.component import Alarm
from bot.domain.people import Place
from bot.domain.ports.post import DeliveryError
from bot.errors import StoreError
from bot.store import migrate
from bot.store.inbox import SqlInbox
from bot.store.post import KEEP_KEYS, MOST_TRIES, SqlAlarms, SqlOutbox
from tests.databases import (  # noqa: F401
    database_address,
    engine,
    postgres_address,
    postgres_server,
    sqlite_address,
)

NOW = datetime(2026, 3, 4, 9, 41, 27, 613000, tzinfo=UTC)
TODAY = date(2026, 3, 4)
KEY = bytes(range(32))
TEAM = Place("slack", "C0TEAM123")
LEAD = Place("mail", "lead@example.org")
CARD = Card(
    CardKind.REPORT,
    "A new report",
    lines=("It was stopped ☹",),
    details=(("Kind", "wrong recipient"),),
    steps=("Ring them",),
    buttons=(Button("report.read", "Read it", about="r1", style=Style.PRIMARY),),
    about="r1",
    picture=Picture(b"\x89PNG\x00\xff", "Three reports"),
)
LATER = DeliveryError("busy", permanent=False)
NEVER = DeliveryError("no such channel", permanent=True)


@dataclass
class Post:
    outbox: SqlOutbox
    alarms: SqlAlarms
    inbox: SqlInbox
    other_inbox: SqlInbox
    engine: Engine


@pytest.fixture
def post(engine: Engine) -> Post:
    migrate(engine)
    stores = [make(engine, KEY, lambda: TODAY) for make in (SqlOutbox, SqlAlarms, SqlInbox, SqlInbox)]
    return Post(*stores, engine)  # type: ignore[arg-type]


def titled(title: str) -> Card:
    return Card(CardKind.NOTE, title)


def titles(parcels: object) -> list[str]:
    return [parcel.card.title for parcel in parcels]  # type: ignore[attr-defined]


def rows(post: Post, table: str) -> list[dict[str, object]]:
    with post.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]


def test_a_card_comes_out_as_it_went_in(post: Post) -> None:
    post.outbox.send(CARD, [TEAM], "k1")
    (parcel,) = post.outbox.claim(NOW, 10)
    assert (parcel.card, parcel.place, parcel.key, parcel.tries) == (CARD, TEAM, "k1", 0)


def test_a_card_for_two_places_is_two_parcels_and_the_same_place_twice_is_one(post: Post) -> None:
    post.outbox.send(CARD, [TEAM, LEAD, TEAM], "k1")
    assert {parcel.place for parcel in post.outbox.claim(NOW, 10)} == {TEAM, LEAD}


def test_a_key_is_sent_once_for_ever(post: Post) -> None:
    post.outbox.send(CARD, [TEAM], "k1")
    post.outbox.send(CARD, [TEAM], "k1")
    (parcel,) = post.outbox.claim(NOW, 10)
    post.outbox.delivered(parcel)
    post.outbox.send(CARD, [TEAM], "k1")
    assert post.outbox.claim(NOW + timedelta(days=1), 10) == ()


def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(post: Post) -> None:
    post.outbox.send(CARD, [TEAM], "k1")
    assert len(post.outbox.claim(NOW, 10, 60)) == 1
    assert post.outbox.claim(NOW + timedelta(seconds=59), 10) == ()
    (again,) = post.outbox.claim(NOW + timedelta(seconds=60), 10)
    assert again.tries == 1


def test_nothing_is_delivered_before_its_time(post: Post) -> None:
    post.outbox.send(CARD, [TEAM], "k1", not_before=NOW + timedelta(hours=1))
    assert post.outbox.claim(NOW, 10) == ()
    assert len(post.outbox.claim(NOW + timedelta(hours=1), 10)) == 1


def test_a_place_gets_its_cards_in_the_order_in_which_they_were_sent(post: Post) -> None:
    sent = [f"card {number}" for number in range(8)]
    for title in sent:
        post.outbox.send(titled(title), [TEAM], title)
    got = []
    while claimed := post.outbox.claim(NOW, 10):
        got += titles(claimed)
        post.outbox.delivered(claimed[0])
    assert got == sent


def test_a_card_does_not_overtake_one_that_waits_for_a_retry(post: Post) -> None:
    post.outbox.send(titled("first"), [TEAM], "k1")
    post.outbox.send(titled("second"), [TEAM], "k2")
    post.outbox.send(titled("elsewhere"), [LEAD], "k3")
    claimed = post.outbox.claim(NOW, 10)
    assert sorted(titles(claimed)) == ["elsewhere", "first"]
    post.outbox.failed(next(one for one in claimed if one.card.title == "first"), NOW, LATER)
    assert post.outbox.claim(NOW + timedelta(seconds=1), 10) == ()
    assert titles(post.outbox.claim(NOW + timedelta(minutes=1), 1)) == ["first"]


def test_a_card_that_is_given_up_holds_up_nothing(post: Post) -> None:
    post.outbox.send(titled("first"), [TEAM], "k1")
    post.outbox.send(titled("second"), [TEAM], "k2")
    post.outbox.failed(post.outbox.claim(NOW, 10)[0], NOW, NEVER)
    assert titles(post.outbox.claim(NOW, 10)) == ["second"]
    assert post.outbox.given_up(TODAY) == {"slack": 1}


def test_a_card_for_tomorrow_does_not_hold_up_one_for_now(post: Post) -> None:
    post.outbox.send(titled("tomorrow"), [TEAM], "k1", not_before=NOW + timedelta(days=1))
    post.outbox.send(titled("now"), [TEAM], "k2")
    assert titles(post.outbox.claim(NOW, 10)) == ["now"]


def test_waits_grow_up_to_an_hour_and_the_platforms_own_wish_is_kept(post: Post) -> None:
    waits = []
    post.outbox.send(CARD, [TEAM], "k1")
    now = NOW
    for _ in range(14):
        (parcel,) = post.outbox.claim(now, 1)
        post.outbox.failed(parcel, now, LATER)
        free = now + timedelta(seconds=1)
        while not _free(post, free):
            free += timedelta(seconds=max(1, int((free - now).total_seconds() // 8)))
        waits.append((free - now).total_seconds())
        now = free
    assert waits[0] < 7
    assert waits[5] > 20 * waits[0] / 2
    assert all(wait <= 3600 * 1.2 for wait in waits)
    (parcel,) = post.outbox.claim(now, 1)
    post.outbox.failed(parcel, now, DeliveryError("busy", permanent=False, retry_after=7200))
    assert not _free(post, now + timedelta(seconds=7199))
    assert _free(post, now + timedelta(seconds=7921))


def _free(post: Post, now: datetime) -> bool:
    (row,) = rows(post, "parcels")
    free_at = row["free_at"]
    moment = datetime.fromisoformat(free_at) if isinstance(free_at, str) else free_at
    assert isinstance(moment, datetime)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) <= now


def test_a_card_is_given_up_after_days_of_trying(post: Post) -> None:
    post.outbox.send(CARD, [TEAM], "k1")
    now = NOW
    for _ in range(MOST_TRIES):
        (parcel,) = post.outbox.claim(now, 1)
        post.outbox.failed(parcel, now, LATER)
        now += timedelta(hours=2)
    assert post.outbox.claim(now, 1) == ()
    assert post.outbox.given_up(TODAY) == {"slack": 1}


def test_one_who_lost_the_lease_cannot_put_off_the_one_who_has_it(post: Post) -> None:
    post.outbox.send(CARD, [TEAM], "k1")
    (lost,) = post.outbox.claim(NOW, 1, 60)
    (held,) = post.outbox.claim(NOW + timedelta(seconds=60), 1, 60)
    post.outbox.failed(lost, NOW + timedelta(seconds=61), DeliveryError("busy", permanent=False, retry_after=9999))
    assert _free(post, NOW + timedelta(seconds=120))
    post.outbox.delivered(held)
    assert post.outbox.waiting() == {}


def test_only_platforms_that_are_on_are_served_and_the_rest_waits(post: Post) -> None:
    post.outbox.send(CARD, [TEAM, LEAD], "k1")
    assert [parcel.place for parcel in post.outbox.claim(NOW, 10, platforms={"mail"})] == [LEAD]
    assert post.outbox.waiting() == {"mail": 1, "slack": 1}
    assert post.outbox.claim(NOW, 10, platforms=()) == ()


def test_content_place_and_key_are_sealed_while_they_wait_and_gone_afterwards(post: Post) -> None:
    post.outbox.send(CARD, [TEAM, LEAD], "key-of-r1")
    kept = repr(rows(post, "parcels") + rows(post, "post_keys"))
    assert not [word for word in ("C0TEAM123", "lead@example", "A new report", "stopped", "key-of-r1") if word in kept]
    for parcel in post.outbox.claim(NOW, 10):
        post.outbox.delivered(parcel)
    assert rows(post, "parcels") == []
    assert {str(row["settled_on"]) for row in rows(post, "post_keys")} == {"2026-03-04"}


def test_what_was_sealed_under_another_key_is_given_up_and_holds_up_nothing(post: Post) -> None:
    post.outbox.send(titled("lost"), [TEAM], "k1")
    new = SqlOutbox(post.engine, bytes(32), lambda: TODAY)
    assert new.claim(NOW, 10) == ()
    assert new.given_up(TODAY) == {"slack": 1}
    assert new.waiting() == {}


def test_an_alarm_goes_off_when_it_is_due_and_once(post: Post) -> None:
    post.alarms.set("a1", "breach.reminder", "b1", NOW)
    assert post.alarms.claim(NOW - timedelta(seconds=1), 10) == ()
    (alarm,) = post.alarms.claim(NOW, 10)
    assert alarm == Alarm("a1", "breach.reminder", "b1", NOW)
    post.alarms.done(alarm)
    post.alarms.set("a1", "breach.reminder", "b1", NOW)
    assert post.alarms.claim(NOW + timedelta(days=9), 10) == ()


def test_an_alarm_not_yet_due_is_moved(post: Post) -> None:
    post.alarms.set("a1", "digest", "", NOW)
    post.alarms.set("a1", "digest", "", NOW + timedelta(hours=2))
    assert [one.due for one in post.alarms.coming("")] == [NOW + timedelta(hours=2)]


def test_an_alarm_that_is_being_handled_is_not_moved(post: Post) -> None:
    post.alarms.set("a1", "digest", "", NOW)
    (alarm,) = post.alarms.claim(NOW, 10)
    post.alarms.set("a1", "digest", "", NOW + timedelta(days=7))
    post.alarms.failed(alarm, NOW)
    assert [one.due for one in post.alarms.claim(NOW + timedelta(minutes=1), 10)] == [NOW]


def test_alarms_are_called_off_by_what_they_are_about(post: Post) -> None:
    for number, (kind, about) in enumerate([("r", "b1"), ("s", "b1"), ("r", "b2")]):
        post.alarms.set(f"a{number}", kind, about, NOW + timedelta(hours=3 - number))
    assert [one.key for one in post.alarms.coming("b1")] == ["a1", "a0"]
    post.alarms.cancel("b1", "r")
    assert [one.key for one in post.alarms.coming("b1")] == ["a1"]
    post.alarms.cancel("b1")
    post.alarms.set("a0", "r", "b1", NOW)
    assert [one.key for one in post.alarms.claim(NOW + timedelta(days=1), 10)] == ["a2"]


def test_an_alarm_whose_handler_fails_goes_off_again_later_and_is_seen(post: Post) -> None:
    post.alarms.set("a1", "digest", "", NOW)
    (alarm,) = post.alarms.claim(NOW, 10)
    post.alarms.failed(alarm, NOW)
    assert post.alarms.claim(NOW + timedelta(seconds=1), 10) == ()
    assert post.alarms.claim(NOW + timedelta(seconds=10), 10) == (alarm,)
    assert post.alarms.stuck(NOW + timedelta(minutes=14)) == {}
    assert post.alarms.stuck(NOW + timedelta(minutes=16)) == {"digest": 1}
    assert post.alarms.waiting() == {"digest": 1}


def test_an_alarm_of_a_process_that_died_goes_off_in_another(post: Post) -> None:
    post.alarms.set("a1", "digest", "", NOW)
    assert len(post.alarms.claim(NOW, 10, 60)) == 1
    assert len(post.alarms.claim(NOW + timedelta(seconds=61), 10)) == 1


def test_an_event_is_accepted_once(post: Post) -> None:
    assert post.inbox.accept("slack", "Ev1", b"{}", NOW) is True
    assert post.other_inbox.accept("slack", "Ev1", b"{}", NOW) is False
    assert post.inbox.accept("teams", "Ev1", b"{}", NOW) is True
    post.inbox.done("slack", "Ev1")
    assert post.inbox.accept("slack", "Ev1", b"{}", NOW) is False
    assert (post.inbox.waiting("slack"), post.inbox.waiting("teams")) == (0, 1)


def test_an_event_just_accepted_is_not_snatched_before_it_is_held(post: Post) -> None:
    post.inbox.accept("slack", "Ev1", b"{}", NOW)
    assert post.other_inbox.claim("slack", NOW, 10) == ()
    assert post.inbox.hold("slack", "Ev1", NOW, 120) is True
    assert post.other_inbox.hold("slack", "Ev1", NOW + timedelta(seconds=119)) is False
    assert post.inbox.hold("slack", "Ev1", NOW + timedelta(seconds=119), 120) is True
    assert post.other_inbox.claim("slack", NOW + timedelta(seconds=130), 10) == ()


def test_an_event_of_a_process_that_died_is_taken_up_with_its_note(post: Post) -> None:
    payload = b'{"text": "can I send this?"}\x00\xff'
    for number in range(3):
        post.inbox.accept("slack", f"Ev{number}", payload, NOW + timedelta(seconds=number))
    post.inbox.note("slack", "Ev0", "1700000000.000100")
    claimed = post.other_inbox.claim("slack", NOW + timedelta(minutes=5), 2)
    assert [(one.id, one.payload, one.note) for one in claimed] == [
        ("Ev0", payload, "1700000000.000100"),
        ("Ev1", payload, ""),
    ]
    assert post.inbox.hold("slack", "Ev0", NOW + timedelta(minutes=5)) is False


def test_payload_id_and_note_are_sealed_and_gone_once_answered(post: Post) -> None:
    post.inbox.accept("slack", "Ev0KEISHA", b"can I send Tomasz's statement", NOW)
    post.inbox.note("slack", "Ev0KEISHA", "D0DIRECT")
    kept = repr(rows(post, "inbox") + rows(post, "post_keys"))
    assert not [word for word in ("Ev0KEISHA", "Tomasz", "D0DIRECT") if word in kept]
    post.inbox.done("slack", "Ev0KEISHA")
    assert rows(post, "inbox") == []


def test_an_event_sealed_under_another_key_is_dropped(post: Post) -> None:
    post.inbox.accept("slack", "Ev1", b"{}", NOW)
    new = SqlInbox(post.engine, bytes(32), lambda: TODAY)
    assert new.claim("slack", NOW + timedelta(minutes=5), 10) == ()
    assert new.waiting("slack") == 0


def test_keys_are_forgotten_long_after_and_not_while_something_waits(post: Post) -> None:
    post.outbox.send(CARD, [TEAM], "waits")
    post.outbox.send(CARD, [LEAD], "went")
    post.outbox.delivered(post.outbox.claim(NOW, 10, platforms={"mail"})[0])
    post.alarms.set("a1", "digest", "", NOW)
    post.alarms.cancel("")
    late = NOW + KEEP_KEYS + timedelta(days=1)
    assert (post.outbox.purge(NOW + KEEP_KEYS), post.alarms.purge(NOW + KEEP_KEYS)) == (0, 0)
    assert (post.outbox.purge(late), post.alarms.purge(late), post.inbox.purge(late)) == (1, 1, 0)
    assert titles(post.outbox.claim(late, 10)) == ["A new report"]


@pytest.mark.parametrize("table", ["post_keys", "parcels", "alarms", "inbox"])
def test_a_database_that_cannot_be_used_is_said_without_content(post: Post, table: str) -> None:
    with post.engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {table}"))
    tried = [
        lambda: post.outbox.send(CARD, [TEAM], "key-of-r1"),
        lambda: post.alarms.set("key-of-r1", "digest", "", NOW),
        lambda: post.inbox.accept("slack", "Ev0KEISHA", b"Tomasz", NOW),
    ]
    said = [str(error) + repr(error.__cause__) for error in map(refused, tried) if error]
    assert len(said) == (3 if table == "post_keys" else 1)
    assert not [word for word in ("C0TEAM123", "key-of-r1", "Ev0KEISHA", "Tomasz") if word in "".join(said)]


def refused(do: Callable[[], object]) -> StoreError | None:
    try:
        do()
    except StoreError as error:
        return error
    return None
