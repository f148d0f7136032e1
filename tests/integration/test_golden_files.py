"""The made files and the truth about them agree, and the product finds in them what matters most."""

import io
import json

import pytest
from PIL import Image

from tests.files.make_files import TRUTH, all_files, truth_text
from tests.files.reading import everything, letters
from tests.files.truth import Made

READABLE = [one for one in all_files() if one.findings and not one.drawn]


def _by_name(one: Made) -> str:
    return one.file


def test_the_set_is_large_and_a_quarter_of_it_is_clean() -> None:
    assert len(all_files()) >= 120
    assert sum(one.clean for one in all_files()) >= len(all_files()) / 4


def test_the_committed_truth_is_the_truth_that_the_maker_writes() -> None:
    assert json.loads(TRUTH.read_text(encoding="utf-8")) == json.loads(truth_text())


def test_every_format_that_can_be_made_is_in_the_set() -> None:
    formats = {one.truth()["format"] for one in all_files()}
    documents = {
        "txt",
        "csv",
        "tsv",
        "md",
        "html",
        "rtf",
        "docx",
        "xlsx",
        "pptx",
        "odt",
        "pdf",
        "eml",
        "doc",
        "xls",
        "ppt",
        "msg",
    }
    assert formats >= documents | {"png", "jpg", "heic", "tiff", "webp", "gif", "bmp", "zip", "7z"}


@pytest.mark.parametrize("made", READABLE, ids=_by_name)
def test_every_planted_value_really_is_in_the_made_file(made: Made) -> None:
    text = letters(everything(made.file, made.content))
    missing = [
        (planted.category, planted.place)
        for planted in made.findings
        if planted.category != "gps_location" and letters(planted.value) not in text
    ]
    assert not missing


def test_a_clean_file_holds_no_personal_data_but_what_the_truth_names() -> None:
    from tests.files.world import CASES

    people = [person for case in CASES for person in (case.victim, case.witness, case.caller)]
    for made in (one for one in all_files() if one.clean and not one.drawn):
        text = letters(everything(made.file, made.content))
        named = {letters(planted.value) for planted in made.findings}
        values = [v for p in people for v in (p.name, p.home, p.postcode, p.phone, p.email, p.nhs)]
        leaked = sum(letters(value) in text and letters(value) not in named for value in values)
        assert leaked == 0, made.file


def test_the_photograph_with_a_position_says_where_it_was_taken() -> None:
    (made,) = [one for one in all_files() if one.file == "photo_with_position.jpg"]
    position = Image.open(io.BytesIO(made.content)).getexif().get_ifd(0x8825)
    assert round(float(position[2][0]) + float(position[2][1]) / 60, 2) == 53.12
