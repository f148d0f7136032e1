"""Reads the guidance folder into documents."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.control import stated
from knowledge.dates import read_date
from knowledge.errors import GuidanceError
from knowledge.formats.interface import Read
from knowledge.formats.registry import read
from knowledge.markdown import split_front_matter
from knowledge.model import Document

_IGNORED = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep"})
_WITH_FRONT_MATTER = frozenset({"Markdown", "text"})


@dataclass(frozen=True)
class Folder:
    """A guidance folder as found."""

    documents: tuple[Document, ...]
    skipped: tuple[tuple[str, str], ...]
    """(path, why) of every file that is not indexed, so that nobody thinks it is."""


def starter_pack() -> Path:
    """The guidance folder that ships with the product."""
    return Path(__file__).with_name("guidance")


def files(folder: Path) -> tuple[tuple[str, Path], ...]:
    """Every file of the folder by its path inside it, in order; raises GuidanceError when it is no folder."""
    return tuple((_name(path, folder), path) for path in sorted(_files(folder)))


def _name(path: Path, folder: Path) -> str:
    # A name in an old encoding is no text: its odd letters are written as numbers.
    return path.relative_to(folder).as_posix().encode(errors="backslashreplace").decode()


def read_file(name: str, content: bytes) -> Document:
    """One file's document, from only its name and content, so that a reading can be kept; raises GuidanceError."""
    try:
        return _document(name, read(name, content))
    except GuidanceError:
        raise
    except MemoryError as error:
        raise GuidanceError("reading it takes more memory than it may; leave its pictures out, or split it") from error
    except RecursionError as error:
        raise GuidanceError("its parts are nested too deeply; save it anew, or as plain text") from error
    # Whatever a damaged or hostile file makes a library raise, the file is named and the others are read.
    except Exception as error:
        raise GuidanceError(
            f"it could not be read ({type(error).__name__}); open it in its program and save it anew"
        ) from error


def parse(name: str, text: str) -> Document:
    """One document from Markdown text."""
    return _document(name, Read(text.replace("\r\n", "\n"), "Markdown"))


def _document(name: str, made: Read) -> Document:
    head, body = split_front_matter(made.text) if made.format in _WITH_FRONT_MATTER else ("", made.text)
    fields, broken = front_matter(head)
    said = stated(body, name, made.fields)
    says = {**said, **{key: str(value) for key, value in fields.items() if value}}
    return Document(
        id=name,
        title=str(fields.get("title") or _title(body, made.format, said) or _name_in_words(name)),
        text=made.text,
        owner=says.get("owner", ""),
        contact=says.get("contact", ""),
        reviewed=read_date(fields.get("reviewed") or said.get("reviewed")),
        review_due=read_date(fields.get("review_due") or said.get("review_due"), last_day=True),
        version=says.get("version", ""),
        url=says.get("url") or None,
        sources=tuple(str(source) for source in _list(fields.get("sources"))),
        superseded_by=says.get("superseded_by") or None,
        sha256=hashlib.sha256(made.text.encode()).hexdigest(),
        format=made.format,
        page_starts=made.page_starts,
        notes=made.notes + ((broken,) if broken else ()),
        approved_by=says.get("approved_by", ""),
        supersedes=says.get("supersedes", ""),
        status=says.get("status", ""),
    )


def _title(body: str, format_name: str, said: Mapping[str, str]) -> str:
    """A chapter's number is no title: then the control table or the properties know better."""
    level = r"#{1,6}" if format_name == "Markdown" else "#"
    match = re.search(rf"^{level} +(.+)$", body, re.MULTILINE)
    heading = match.group(1).strip(" #*_") if match else ""
    return heading if heading and not re.match(r"\d", heading) else said.get("title", "") or heading


def _name_in_words(name: str) -> str:
    return re.sub(r"[-_ ]+", " ", Path(name).stem).strip().capitalize()


def fingerprint(folder: Path) -> str:
    """A hash that changes when any file of the folder changes."""
    digest = hashlib.sha256()
    for name, path in files(folder):
        digest.update(name.encode() + b"\0")
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:  # it is listed as not read, with the reason
            digest.update(f"{error.errno}".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise GuidanceError(f"{folder} is not a folder")
    inside = folder.resolve()
    return (
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.resolve().is_relative_to(inside)  # a link must not bring in what lies outside
        and path.name.lower() not in _IGNORED
        and not path.name.startswith("~$")  # what Word leaves beside an open document
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def front_matter(head: str) -> tuple[dict[str, Any], str]:
    """The fields of a front matter, and what is wrong with it; broken YAML is read line by line as far as it goes."""
    if not head.strip():
        return {}, ""
    try:
        # An alias can stand for itself many times over and fill the memory; front matter has no need of any.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(head, yaml.SafeLoader)):
            raise GuidanceError("it has an alias (*name)")
        fields = yaml.safe_load(head)
    except (yaml.YAMLError, GuidanceError, ValueError) as error:
        lines = (line.split(":", 1) for line in head.splitlines() if re.match(r"[A-Za-z_]+:", line))
        fields = {key.strip().lower(): words.strip().strip("\"'") for key, words in lines}
        return fields, f"its front matter is not valid YAML: {str(error).splitlines()[0]}"
    if not isinstance(fields, dict):
        return {}, "its front matter has no fields: write one `name: words` a line"
    return {str(key).lower(): value for key, value in fields.items()}, ""


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value] if value else []
