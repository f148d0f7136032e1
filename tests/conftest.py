"""What tests of every kind share."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import bot  # noqa: F401 - it settles how numpy works before anything imports that
from knowledge import Library

NewData = Callable[[], Path]

# The same examples in every run, so that what passes here passes elsewhere; HYPOTHESIS_PROFILE=seeking tries others.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("seeking", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def starter_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the starter pack, made once in a run: its own lock lets one worker make it and the others wait."""
    own = tmp_path_factory.getbasetemp()
    data = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "starter"
    Library.open(data)
    return data / "index"


@pytest.fixture(scope="session")
def new_data(starter_index: Path, tmp_path_factory: pytest.TempPathFactory) -> NewData:
    """Makes data folders in which the starter pack is indexed already."""

    def made() -> Path:
        data = tmp_path_factory.mktemp("data")
        shutil.copytree(starter_index, data / "index")
        return data

    return made
