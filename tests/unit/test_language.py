"""The language pipeline: loaded from checked data, and tolerant of capitals."""

import subprocess
import sys

import pytest

from bot import language
from bot.errors import SettingError


def test_importing_it_loads_no_spacy():
    code = "import sys, bot.language; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_in_capitals_are_read_like_others_and_offsets_hold():
    text = "We spoke to JOANNA KOWALSKA yesterday."
    [spans] = language.names([text])
    assert "JOANNA KOWALSKA" in [text[span.start : span.end] for span in spans if span.label == "PERSON"]


def test_the_same_text_twice_gives_the_same_names():
    one, two = language.names(["Mary Johnson lives in London."] * 2)
    assert one == two != []


@pytest.mark.parametrize("text", ["STRASSE ŁUKASZ İSTANBUL", "OKAFOR'S", "ẞIDI ǅAFER"])
def test_title_case_keeps_the_length(text):
    assert len(language.title_case(text)) == len(text)


def test_a_model_that_was_altered_is_refused(monkeypatch):
    monkeypatch.setattr(language, "SHA256", {"ner/model": "0" * 64})
    with pytest.raises(SettingError, match="ner/model"):
        language._load.__wrapped__()


def test_a_missing_model_is_named(monkeypatch):
    monkeypatch.setattr(language, "PACKAGE", "no_such_model")
    with pytest.raises(SettingError, match="no_such_model"):
        language._model_folder()
