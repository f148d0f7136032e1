"""The loaded recogniser, once for all tests of this folder."""

from datetime import date

import pytest

from bot.scan.recognise.engine import Recogniser


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    return Recogniser.load(b"a key for tests", date(2026, 11, 22))
