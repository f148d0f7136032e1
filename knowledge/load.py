"""Reads the guidance folder into documents."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import GuidanceError
from knowledge.markdown import split_front_matter
from knowledge.model import Document

READ = frozenset({".md", ".markdown", ".txt"})
_IGNORED = frozenset({".ds_store", "thumbs.db", ".gitkeep"})


@dataclass(frozen=True)
class Folder:
    """A guidance folder as found."""

    documents: tuple[Document, ...]
    skipped: tuple[tuple[str, str], ...]
    """(path, why) of every file that is not indexed, so that nobody thinks it is."""


def starter_pack() -> Path:
    """The guidance folder that ships with the product."""
    return Path(__file__).with_name("guidance")


def load(folder: Path) -> Folder:
    """Read every document below the folder; raises GuidanceError when there is none."""
    documents: list[Document] = []
    skipped: list[tuple[str, str]] = []
    for name, path in files(folder):
        try:
            documents.append(read_file(name, path.read_bytes()))
        except GuidanceError as error:
            skipped.append((name, str(error)))
    if not documents:
        raise GuidanceError(f"{folder} holds no guidance that can be read (Markdown or text files)")
    return Folder(tuple(documents), tuple(skipped))


def files(folder: Path) -> tuple[tuple[str, Path], ...]:
    """Every file of the folder by its path inside it, in order; raises GuidanceError when it is no folder."""
    return tuple((path.relative_to(folder).as_posix(), path) for path in sorted(_files(folder)))


def read_file(name: str, content: bytes) -> Document:
    """One file's document, from nothing but its name and content, so that a reading can be kept; raises GuidanceError."""
    suffix = Path(name).suffix.lower()
    if suffix not in READ:
        raise GuidanceError(f"{suffix or 'this'} files are not read as guidance yet; save it as Markdown or text")
    try:
        return parse(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise GuidanceError("not UTF-8 text") from error


def parse(name: str, text: str) -> Document:
    """One document from its text; raises GuidanceError when its front matter is broken."""
    text = text.replace("\r\n", "\n")
    head, body = split_front_matter(text)
    fields = _front_matter(head)
    return Document(
        id=name,
        title=str(fields.get("title") or _first_heading(body) or Path(name).stem.replace("-", " ").capitalize()),
        text=text,
        owner=str(fields.get("owner") or ""),
        contact=str(fields.get("contact") or ""),
        reviewed=_date(fields.get("reviewed")),
        review_due=_date(fields.get("review_due")),
        version=str(fields.get("version") or ""),
        url=str(fields["url"]) if fields.get("url") else None,
        sources=tuple(str(source) for source in _list(fields.get("sources"))),
        superseded_by=str(fields["superseded_by"]) if fields.get("superseded_by") else None,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def fingerprint(folder: Path) -> str:
    """A hash that changes when any file of the folder changes."""
    digest = hashlib.sha256()
    for path in sorted(_files(folder)):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise GuidanceError(f"{folder} is not a folder")
    return (
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.name.lower() not in _IGNORED
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _front_matter(head: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(head) if head else {}
    except yaml.YAMLError as error:
        raise GuidanceError(f"its front matter is not valid YAML: {str(error).splitlines()[0]}") from error
    return {str(key).lower(): value for key, value in fields.items()} if isinstance(fields, dict) else {}


def _first_heading(body: str) -> str:
    return next((line.lstrip("# ").strip() for line in body.splitlines() if line.startswith("#")), "")


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value] if value else []
