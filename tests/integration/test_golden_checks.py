"""The product, through its sandbox, finds in the made files what matters most, and is quiet where nothing is wrong."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from bench.score import Checked, digest_with, found
from bench.verdicts import judged
from bot.domain.finding import Inspection
from bot.domain.message import Attachment
from bot.scan.sandbox import Sandbox
from bot.settings import Settings
from tests.conftest import NewData
from tests.files.make_files import all_files
from tests.files.truth import Made

SITE_KEY = b"the site key of these tests alone"
MADE = {one.file: one for one in all_files()}
digest = digest_with(SITE_KEY)
Inspect = Callable[[Made], Inspection]


@pytest.fixture(scope="module")
def inspected() -> Iterator[Inspect]:
    """Looks into a made file through the sandbox, each file once."""
    checking = Sandbox(SITE_KEY, max_bytes=100_000_000, seconds=60, memory_mb=1500, workers=1)
    yield cache(lambda made: checking.examine(Attachment(made.file, made.content)))
    checking.close()


@pytest.fixture(scope="module")
def settings(new_data: NewData) -> Settings:
    return Settings(data_dir=new_data())


def missing(made: Made, inspection: Inspection) -> list[tuple[str, str]]:
    """Category and place of what was not found; no value."""
    checked = Checked(made, inspection, 0.0)
    return [(one.category, one.place) for one in made.findings if not found(one, checked, digest)]


@pytest.mark.parametrize("turn", ["0", "90", "180", "270", "15", "small"])
def test_a_wristband_in_a_photograph_is_read_at_every_turn_and_at_small_size(inspected: Inspect, turn: str) -> None:
    made = MADE[f"wristband_{turn}.jpg"]
    unseen = {category for category, _ in missing(made, inspected(made))}
    assert len(unseen) < 3, "none of name, date of birth and NHS number was found"


@pytest.mark.parametrize(
    "file",
    [
        "mg11_reverse_pub.pdf",
        "mg5_caller_pub.pdf",
        "foi_very_hidden_sheet.xlsx",
        "box_over_text.pdf",
        "pnc_mixed_people.pdf",
    ],
)
def test_everything_planted_in_the_papers_of_real_breaches_is_found(inspected: Inspect, file: str) -> None:
    assert not missing(MADE[file], inspected(MADE[file]))


@pytest.mark.parametrize(
    "file", [one.file for one in all_files() if one.hazards and not {"other_case", "protected"} & set(one.hazards)]
)
def test_what_is_wrong_with_the_file_itself_is_reported(inspected: Inspect, file: str) -> None:
    said = {hazard.kind.value for hazard in inspected(MADE[file]).hazards}
    # White text on white paper may rightly be called a failed redaction too.
    wanted = set(MADE[file].hazards) - ({"hidden_text"} if "failed_redaction" in said else set())
    assert wanted <= said


@pytest.mark.parametrize("file", [one.file for one in all_files() if one.unread])
def test_a_file_that_cannot_be_read_says_so_and_is_never_clean(inspected: Inspect, file: str) -> None:
    inspection = inspected(MADE[file])
    assert set(MADE[file].unread) <= {part.reason.value for part in inspection.unread}
    assert inspection.inspected != "full"


@pytest.mark.parametrize("file", ["entity.docx", "entity.svg", "entity.html"])
def test_an_external_entity_is_not_followed(inspected: Inspect, file: str) -> None:
    # The entity names /etc/passwd: had it been read, its users' home folders would be among the text.
    inspection = inspected(MADE[file])
    assert not inspection.findings
    assert not inspection.materials


def test_no_clean_file_is_stopped_on_its_way_to_the_defence(inspected: Inspect, settings: Settings) -> None:
    results = [Checked(made, inspected(made), 0.0) for made in all_files() if made.clean]
    stopped = [one.made.file for one in judged(results, settings) if one.verdict == "stop"]
    assert not stopped


@pytest.mark.parametrize("file", ["letter_two_urns.docx", "certificate_wrong_case.pdf", "pnc_wrong_person.pdf"])
def test_material_of_another_case_is_stopped(inspected: Inspect, file: str, settings: Settings) -> None:
    made = MADE[file]
    (result,) = judged([Checked(made, inspected(made), 0.0)], settings)
    assert result.verdict == "stop"
