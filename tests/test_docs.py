"""The documents say what the program does: every setting, command, kind of personal data and file format."""

import re
from pathlib import Path

import pytest
import typer.main

from bot.cli import app
from bot.domain.finding import Category, HazardKind
from bot.domain.words import CATEGORY_WORDS
from bot.scan.extract.registry import EXTRACTORS
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = {str(field.validation_alias): field for field in Settings.model_fields.values()}
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{page.name}" for page in ROOT.glob("docs/*.md"))]
PROTECTION = {"locked", "ole"}
"""Kinds that are a state of a file rather than a format that people know by name."""


def commands() -> dict[str, set[str]]:
    """Every command as it is typed, with its options."""
    top = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    found = {}
    for name, command in top.items():
        for below, inner in getattr(command, "commands", {"": command}).items():
            found[f"{name} {below}".strip()] = {
                option for one in inner.params for option in one.opts if option.startswith("--")
            }
    return found


def paragraph(start: str) -> str:
    """The paragraph of the README that starts with these words, as one line."""
    return next(" ".join(part.split()) for part in README.split("\n\n") if part.startswith(start))


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_in_the_table_with_its_default(name: str) -> None:
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{name}` \| (.+?) \| (.+) \|$", table, re.M)
    assert row is not None
    default = SETTINGS[name].default
    assert default is None or row[1] == f"`{default}`"


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_in_the_example_with_its_default(name: str) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    line = re.search(rf"^#{name}=(.+)$", example, re.M)
    assert line is not None
    default = SETTINGS[name].default
    assert default is None or line[1] == str(default)


def test_no_setting_is_documented_that_does_not_exist() -> None:
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Za-z_]+)`", table, re.M)) == set(SETTINGS)
    assert set(re.findall(r"^#([A-Za-z_]+)=", example, re.M)) == set(SETTINGS)


@pytest.mark.parametrize("command", commands())
def test_a_command_is_in_the_readme(command: str) -> None:
    assert f"`sendcheck {command}" in README


def test_the_readme_names_no_command_or_option_that_does_not_exist() -> None:
    known = commands()
    for line in re.findall(r"(?:^\| `|^    \$ |`)sendcheck ([^`\n]+)", README, re.M):
        name = next((name for name in sorted(known, key=len, reverse=True) if f"{line} ".startswith(f"{name} ")), None)
        assert name is not None, line
        assert set(re.findall(r"--[a-z-]+", line)) <= known[name], line
    options = {option for one in known.values() for option in one}
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= options


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"^    make ([a-z-]+)", README, re.M))
    assert {"run", "test", "lint", "bench"} <= named <= targets


@pytest.mark.parametrize("category", Category)
def test_a_kind_of_personal_data_is_in_the_readme(category: Category) -> None:
    assert CATEGORY_WORDS[category].lower() in paragraph("**Personal data it finds**").lower()


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in EXTRACTORS} - PROTECTION))
def test_a_file_format_is_in_the_readme(kind: str) -> None:
    assert re.search(rf"\b{kind}\b", paragraph("**Files it reads**"), re.I)


@pytest.mark.parametrize("hazard", HazardKind)
def test_a_hazard_is_in_the_readme(hazard: HazardKind) -> None:
    listed = paragraph("**What can be wrong with a file**")
    assert all(word[:5] in listed for word in hazard.split("_"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_to_what_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    for link in links:
        assert ((ROOT / page).parent / link.partition("#")[0]).exists(), link


def test_no_lock_file_names_a_registry() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "models.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"index-url|find-links|https?://", text), name
