"""The small site, with a database of its own for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import migrate, open_engine
from knowledge import Library
from tests.unit.followup.world import Site, guidance, opened


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("small")
    return opened(guidance(folder / "guidance"), folder / "data")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "sendcheck.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def site(library: Library, empty_database: Path, tmp_path: Path) -> Iterator[Site]:
    path = tmp_path / "sendcheck.db"
    shutil.copy(empty_database, path)
    engine = open_engine(f"sqlite:///{path}")
    site = Site(engine, library)
    yield site
    site.recorder.close()
    engine.dispose()
