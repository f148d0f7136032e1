"""What the breach register promises, on SQLite and on PostgreSQL: nothing is rewritten silently."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.domain.incident import Event, Happening
from bot.domain.nearmiss import ScrubbedText
from bot.store import migrate, open_engine
from bot.store.engine import rehearse
from bot.store.incidents import SqlRegister
from tests.databases import database_address, engine, postgres_address, postgres_server, sqlite_address  # noqa: F401

NOW = datetime(2026, 3, 4, 17, 55, 5, 123456, tzinfo=UTC)
KEY = b"k" * 32
FIRST, SECOND = "BR-7F3K-92QD", "BR-2222-3333"


@pytest.fixture
def heads(tmp_path: Path) -> Path:
    return tmp_path / "register.heads"


@pytest.fixture
def register(engine: Engine, heads: Path) -> SqlRegister:
    migrate(engine)
    return SqlRegister(engine, KEY, heads)


def opened(incident: str = FIRST, at: datetime = NOW, said: str = "Sent to the wrong solicitor") -> Event:
    facts = {"aware_at": at.isoformat(), "kind": "wrong_recipient"}
    return Event(incident, at, Happening.OPENED, facts, {"what": ScrubbedText(said)}, "staff")


def event(what: Happening, facts: dict[str, str], incident: str = FIRST, hours: int = 1) -> Event:
    return Event(incident, NOW + timedelta(hours=hours), what, facts, by="team:1a2b")


def test_an_incident_comes_back_as_its_entries_tell_it(register: SqlRegister) -> None:
    register.open(opened())
    register.add(event(Happening.DECIDED, {"regulator": "yes", "risk": "high"}))
    found = register.get(FIRST)
    assert found is not None
    assert (found.value("kind"), found.value("what"), found.decided) == (
        "wrong_recipient",
        "Sent to the wrong solicitor",
        True,
    )
    assert found.due == NOW + timedelta(hours=72)
    assert register.get("BR-9999-9999") is None


def test_a_change_is_a_new_entry_that_shows_old_and_new(register: SqlRegister) -> None:
    register.open(opened())
    later = (NOW + timedelta(hours=2)).isoformat()
    register.add(event(Happening.AWARENESS, {"aware_at": later}))
    first, second = register.history(FIRST)
    assert first.new["aware_at"] == NOW.isoformat()
    assert (second.old, second.new, second.by) == ({"aware_at": NOW.isoformat()}, {"aware_at": later}, "team:1a2b")


def test_what_one_source_opened_is_opened_once(register: SqlRegister) -> None:
    _, new = register.open(opened(), source="a" * 64)
    again, newly = register.open(opened(SECOND), source="a" * 64)
    assert (new, newly, again.id) == (True, False, FIRST)
    assert register.head().number == 1


def test_an_unknown_incident_takes_no_entry(register: SqlRegister) -> None:
    with pytest.raises(LookupError):
        register.add(event(Happening.STEP, {"steps": "stop"}))


def test_raw_text_and_free_text_in_place_of_a_token_are_refused(register: SqlRegister) -> None:
    with pytest.raises(TypeError):
        register.open(Event(FIRST, NOW, Happening.OPENED, words={"what": "raw"}))  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        register.open(Event(FIRST, NOW, Happening.OPENED, {"kind": "told a person everything"}))
    assert register.head().number == 0


def test_search_finds_all_words_wherever_they_stand_and_takes_signs_literally(register: SqlRegister) -> None:
    register.open(opened(said="Email to the wrong solicitor, 100% my fault"))
    register.open(opened(SECOND, NOW + timedelta(days=1), said="Disc lost in the post"))
    assert [found.id for found in register.search("", 10)] == [SECOND, FIRST]
    assert [found.id for found in register.search("SOLICITOR email", 10)] == [FIRST]
    assert [found.id for found in register.search("100%", 10)] == [FIRST]
    assert [found.id for found in register.search("%", 10)] == [FIRST]
    assert [found.id for found in register.search("2222", 10)] == [SECOND]
    assert [found.id for found in register.search("", 1, skip=1)] == [FIRST]
    assert register.search("parrot", 10) == ()


def test_open_clocks_are_those_not_decided_and_not_closed_the_most_urgent_first(register: SqlRegister) -> None:
    register.open(opened(SECOND, NOW + timedelta(hours=5)))
    register.open(opened())
    assert [found.id for found in register.clocks()] == [FIRST, SECOND]
    register.add(event(Happening.DECIDED, {"regulator": "no"}))
    assert [found.id for found in register.clocks()] == [SECOND]
    register.add(event(Happening.CLOSED, {"closed_at": NOW.isoformat()}, SECOND))
    assert register.clocks() == ()


def test_an_untouched_register_passes_the_audit(register: SqlRegister) -> None:
    assert register.audit().problem == ""
    register.open(opened())
    register.add(event(Happening.STEP, {"steps": "stop,ring"}))
    audit = register.audit()
    assert (audit.entries, audit.problem, audit.head) == (2, "", register.head())


@pytest.mark.parametrize(
    ("change", "broken", "says"),
    [
        ("UPDATE register_entries SET body = replace(body, 'wrong_recipient', 'other') WHERE number = 1", 1, "changed"),
        ("UPDATE register_entries SET at = '2026-03-05 09:00:00.000000' WHERE number = 2", 2, "changed"),
        ("UPDATE register_entries SET digest = 'ab' WHERE number = 2", 2, "changed"),
        ("DELETE FROM register_entries WHERE number = 2", 2, "deleted"),
        ("DELETE FROM register_entries WHERE number = 3", 3, "cut off"),
        ("DELETE FROM register_entries", 1, "cut off"),
        ("UPDATE register_entries SET body = NULL WHERE number = 2", 2, "without a purge"),
        ("UPDATE incidents SET fields = replace(fields, 'wrong_recipient', 'other')", 3, "list was changed"),
        ("UPDATE incidents SET hold = true", 3, "list was changed"),
        ("DELETE FROM incidents", 3, "list was changed"),
    ],
)
def test_whoever_has_the_database_alone_cannot_rewrite_it_unseen(
    register: SqlRegister, engine: Engine, change: str, broken: int, says: str
) -> None:
    register.open(opened())
    register.add(event(Happening.STEP, {"steps": "stop"}))
    register.add(event(Happening.DECIDED, {"regulator": "yes"}))
    with engine.begin() as connection:
        connection.execute(text(change))
    audit = register.audit()
    assert audit.broken == broken
    assert says in audit.problem


def test_a_register_rebuilt_under_another_key_is_seen(register: SqlRegister, engine: Engine, tmp_path: Path) -> None:
    register.open(opened())
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM register_entries"))
        connection.execute(text("DELETE FROM incidents"))
    SqlRegister(engine, b"another key", tmp_path / "other").open(opened())
    assert register.audit().broken == 1


def test_a_rebuilt_register_that_fits_the_key_does_not_fit_the_noted_heads(
    register: SqlRegister, engine: Engine, tmp_path: Path
) -> None:
    register.open(opened())
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM register_entries"))
        connection.execute(text("DELETE FROM incidents"))
    SqlRegister(engine, KEY, tmp_path / "other").open(opened(said="Another story"))
    assert "noted" in register.audit().problem


def test_a_purge_leaves_nothing_but_a_chain_that_still_holds(register: SqlRegister, engine: Engine) -> None:
    closed = {"closed_at": NOW.isoformat()}
    for incident in (FIRST, SECOND, "BR-4444-4444"):
        register.open(opened(incident))
    register.add(event(Happening.CLOSED, closed))
    register.add(event(Happening.CLOSED, closed, SECOND))
    register.add(event(Happening.HELD, {"hold": "yes"}, SECOND))
    assert register.purge(NOW - timedelta(days=1), NOW + timedelta(days=1)) == 0
    assert register.purge(NOW + timedelta(days=1), NOW + timedelta(days=2)) == 1
    assert register.get(FIRST) is None
    assert register.get(SECOND) is not None
    assert register.audit().problem == ""
    assert [entry.purged for entry in register.history(FIRST)] == [True, True, False]
    with engine.connect() as connection:
        bodies = connection.execute(text(f"SELECT body FROM register_entries WHERE incident = '{FIRST}'")).scalars()
        assert "wrong" not in " ".join(body or "" for body in bodies)
    with engine.begin() as connection:
        connection.execute(text("UPDATE register_entries SET body = NULL WHERE incident = 'BR-4444-4444'"))
    assert "without a purge" in register.audit().problem


def test_a_rehearsed_purge_counts_what_would_go_and_leaves_register_and_heads_as_they_are(
    register: SqlRegister, engine: Engine, heads: Path
) -> None:
    register.open(opened())
    register.add(event(Happening.CLOSED, {"closed_at": NOW.isoformat()}))
    noted, stood = heads.read_text(), register.audit()
    trying = open_engine(engine.url.render_as_string(hide_password=False))
    rehearse(trying)
    due = (NOW + timedelta(days=1), NOW + timedelta(days=2))
    assert SqlRegister(trying, KEY, heads).purge(*due) == 1
    trying.dispose()
    assert (heads.read_text(), register.audit()) == (noted, stood)
    assert register.get(FIRST) is not None
    assert register.purge(*due) == 1


APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bot.domain.incident import Event, Happening
from bot.store import open_engine
from bot.store.incidents import SqlRegister
register = SqlRegister(open_engine(sys.argv[1]), b"k" * 32, Path(sys.argv[2]))
now = datetime(2026, 3, 4, 17, 55, tzinfo=UTC)
who = sys.argv[3]
register.open(Event(f"BR-AAAA-000{who}", now, Happening.OPENED, {"aware_at": now.isoformat()}), source="same")
for step in range(8):
    register.open(Event(f"BR-BBB{who}-000{step}", now, Happening.OPENED, {"aware_at": now.isoformat()}))
"""


def test_several_processes_append_one_after_another(register: SqlRegister, database_address: str, heads: Path) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", APPEND, database_address, str(heads), str(who)], stderr=subprocess.PIPE, text=True
        )
        for who in range(3)
    ]
    ended = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], ended
    audit = register.audit()
    assert (audit.entries, audit.problem) == (25, "")
    assert len(heads.read_text().splitlines()) == 25
