"""What other libraries say in the log names no content."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import WithoutContent, where

PERSON = "Asha Example of 4 Sample Road"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    to = io.StringIO()
    handler = logging.StreamHandler(to)
    handler.setFormatter(WithoutContent("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    yield to
    logging.getLogger().removeHandler(handler)


def broken() -> None:
    raise ValueError(PERSON)


@pytest.mark.parametrize("name", ["slack_bolt:AsyncApp", "asyncio", "uvicorn.error", "any.other"])
def test_an_error_is_told_by_its_kind_and_place_alone(written: io.StringIO, name: str) -> None:
    try:
        broken()
    except ValueError as error:
        logging.getLogger(name).exception("Failed (error: %s)", error)
    assert "ValueError at test_logs.py:" in written.getvalue()
    assert PERSON not in written.getvalue()


def test_a_warning_of_a_chat_library_is_told_by_its_place_alone(written: io.StringIO) -> None:
    logging.getLogger("slack_bolt:AsyncApp").warning("Unhandled: %s", PERSON)
    assert "WARNING slack_bolt:AsyncApp: test_logs.py:" in written.getvalue()
    assert PERSON not in written.getvalue()


def test_a_warning_of_another_library_is_kept(written: io.StringIO) -> None:
    logging.getLogger("chromadb").warning("The index is old.")
    assert "The index is old." in written.getvalue()


def test_a_place_is_file_and_line() -> None:
    with pytest.raises(ValueError, match="Asha") as caught:
        broken()
    assert where(caught.value).endswith("test_logs.py:25")
