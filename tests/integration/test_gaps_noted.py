"""Which questions are noted as gaps in the guidance."""

from collections.abc import Iterator

import pytest

from bot.domain.message import Message
from bot.domain.verdict import Verdict
from bot.settings import read_settings
from bot.wiring import Service, build
from tests.conftest import NewData

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(new_data: NewData) -> Iterator[Service]:
    service = build(read_settings(data_dir=new_data(), guidance_dir=None, vocabulary_file=None))
    yield service
    service.close()


@pytest.fixture
def noted(service: Service, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Verdict]]:
    found: list[tuple[str, Verdict]] = []
    monkeypatch.setitem(vars(service.parts), "note_gap", lambda question, verdict: found.append((question, verdict)))
    return found


def test_a_question_that_the_guidance_leaves_open_is_noted(service: Service, noted: list[tuple[str, Verdict]]) -> None:
    service.respond(Message("What is the canteen serving on Friday?"))
    assert [verdict for _, verdict in noted] == [Verdict.NOT_COVERED]


def test_a_settled_question_is_not_noted(service: Service, noted: list[tuple[str, Verdict]]) -> None:
    service.respond(Message("Can I send the defence the witness's home address?"))
    assert noted == []


def test_what_already_went_wrong_is_an_incident_and_no_gap(service: Service, noted: list[tuple[str, Verdict]]) -> None:
    reply = service.respond(Message("I emailed the unredacted statement to the wrong solicitor this morning"))
    assert reply.verdict in (Verdict.ASK, Verdict.STOP)
    assert noted == []


def test_thanks_ask_nothing(service: Service, noted: list[tuple[str, Verdict]]) -> None:
    service.respond(Message("thanks"))
    assert noted == []
