"""What follows an answer, through the real assistant, desk, database, scrubber and guidance."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.card import Card, Form
from bot.domain.component import Press
from bot.domain.message import Message
from bot.domain.people import Person, Place
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.followup.changed import tell_changes
from bot.settings import read_settings
from bot.store.answers import SqlAnswerBook
from bot.store.sealed import Sealer
from bot.wiring import Service, build
from bot.wiring.answers import reader
from tests.unit.followup.world import guidance, opened

ASKER = Person("slack", "U0ASKER", Place("slack", "D0ASKER"))
TEAMMATE = Person("slack", "U0TEAM", Place("slack", "D0TEAM"), team=True)
TEAM = Place("slack", "C0TEAM")
QUESTION = "Nadia Okafor (07700 900123) needs her witness statement sent to the interpreter by email, can I?"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    folder = guidance(tmp_path / "guidance")
    settings = read_settings(_env_file=None, data_dir=tmp_path / "data", guidance_dir=folder, team="slack:C0TEAM")
    service = build(settings, serving=True)
    yield service
    service.close()
    service.parts.engine.dispose()


def press(service: Service, act: str, about: str, by: Person | None = ASKER, **values: str) -> object:
    made = {name: (value,) for name, value in values.items()}
    return service.parts.desk.press(Press(act, about, datetime.now(UTC), made, by))


def remembered(service: Service, reply: Reply) -> None:
    """Wait until the answer is remembered; it happens after the reply has gone out."""
    book = SqlAnswerBook(service.parts.engine, Sealer(service.parts.site_key))
    for _ in range(600):
        form = service.parts.desk.form("answer.ask_human", reply.id, ASKER, datetime.now(UTC))
        if book.find(reply.id) is not None and form.fields[0].value:
            return
        time.sleep(0.05)
    raise AssertionError("the answer was not remembered within half a minute")


def delivered(service: Service) -> dict[Place, list[Card]]:
    """What waits in the outbox, by place."""
    found: dict[Place, list[Card]] = {}
    for parcel in service.parts.outbox.claim(datetime.now(UTC) + timedelta(minutes=1), 50):
        found.setdefault(parcel.place, []).append(parcel.card)
        service.parts.outbox.delivered(parcel)
    return found


def test_a_question_goes_to_a_person_and_the_answer_comes_back_without_a_name_kept(
    service: Service, tmp_path: Path
) -> None:
    reply = service.respond(Message(QUESTION, sender=ASKER))
    assert reply.verdict is Verdict.ASK
    assert [button.act for button in reply.buttons][:2] == ["answer.ask_human", "answer.change"]
    remembered(service, reply)
    form = service.parts.desk.form("answer.ask_human", reply.id, ASKER, datetime.now(UTC))
    scrubbed = form.fields[0].value[0]
    assert "Okafor" not in scrubbed
    assert "900123" not in scrubbed
    assert "interpreter" in scrubbed
    card = press(service, "answer.ask_human", reply.id, question=scrubbed)
    assert isinstance(card, Card)
    code = dict(card.details)["Code"]
    (asked,) = delivered(service)[TEAM]
    assert asked.lines == (scrubbed,)
    assert service.parts.alarms.coming(code)
    press(service, "human.answer", code, TEAMMATE, answer="Yes, by secure email.", offer="yes")
    (answer,) = delivered(service)[ASKER.place or TEAM]
    assert "Yes, by secure email." in answer.lines
    assert not service.parts.alarms.coming(code)
    assert service.parts.desk.page("answers", {}).cards
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").glob("sendcheck.db*"))
    assert not any(value in kept for value in (b"Okafor", b"900123", b"U0ASKER", b"D0ASKER", b"U0TEAM"))


def test_a_misread_fact_is_put_right_in_one_form(service: Service) -> None:
    reply = service.respond(Message("witness statement to the interpreter by email?", sender=ASKER))
    remembered(service, reply)
    form = service.parts.desk.form("answer.change", reply.id, ASKER, datetime.now(UTC))
    assert isinstance(form, Form)
    options = {field.name: dict(field.options) for field in form.fields}
    assert "defence" in options["recipient"]
    revised = press(service, "answer.change", reply.id, recipient="defence")
    assert isinstance(revised, Reply)
    assert revised.verdict is Verdict.SAFEGUARDS
    assert revised.buttons


def test_a_change_of_the_guidance_reaches_whoever_asked(service: Service, tmp_path: Path) -> None:
    reply = service.respond(Message("Can I email the witness statement to the defence?", sender=ASKER))
    assert reply.verdict is Verdict.SAFEGUARDS
    remembered(service, reply)
    newer = opened(guidance(tmp_path / "newer", "don't send"), tmp_path / "data2")
    book = SqlAnswerBook(service.parts.engine, Sealer(service.parts.site_key))
    for _ in range(2):
        tell_changes(newer, book, service.parts.outbox, "the information manager")
    (card,) = delivered(service)[ASKER.place or TEAM]
    assert dict(card.details)["The answer is now"] == "Don't send"


def test_threads_and_answers_are_purged(service: Service) -> None:
    service.respond(Message("witness statement to the defence", sender=ASKER, thread="C1.2"))
    assert service.parts.threads.recall("C1.2") is not None
    (component,) = [one for one in service.parts.components if "answer.change" in one.acts]
    assert component.purge is not None
    component.purge(datetime.now(UTC) + timedelta(days=32))
    assert service.parts.threads.recall("C1.2") is None


def test_a_gap_is_read_again_without_being_noted_again(service: Service) -> None:
    read = reader(service.parts)("may the interpreter have the witness statement")
    assert (read.facts.recipients, read.decision.verdict) == (("interpreter",), Verdict.ASK)
    assert service.parts.gaps.latest(5) == ()
