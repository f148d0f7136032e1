"""Reads the guidance folder into everything the index holds; a file that did not change is not read again."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.editions import in_force
from knowledge.errors import GuidanceError
from knowledge.index import Content, code
from knowledge.keep import Progress, Readings
from knowledge.load import files, read_file
from knowledge.model import Document, Example, Passage, Rule
from knowledge.rules import read
from knowledge.split import passages
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True)
class _File:
    """What one file came to."""

    document: Document | None
    passages: tuple[Passage, ...] = ()
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
    problem: str = ""
    """Why it is not indexed."""


_FILE: TypeAdapter[_File] = TypeAdapter(_File)


def gather(folder: Path, vocabulary: Vocabulary, words: str, kept: Readings, progress: Progress) -> Content:
    """Everything the folder's documents say, editions sorted out; raises GuidanceError when it holds none.

    `words` names the vocabulary, on which the reading of rows depends.
    """
    there = files(folder)
    read_with = f"{words}\n{code()}"
    found: dict[str, _File] = {}
    keys = []
    for done, (name, path) in enumerate(there, start=1):
        content = path.read_bytes()
        key = hashlib.sha256(f"{read_with}\n{name}\n{hashlib.sha256(content).hexdigest()}".encode()).hexdigest()
        keys.append(key)
        reading = kept.get(key)
        if reading is None:
            found[name] = _read(name, content, vocabulary)
            kept.put(key, _FILE.dump_json(found[name]))
            progress(done, len(there), "reading the guidance: files")
        else:
            found[name] = _FILE.validate_json(reading)
    kept.forget_others(keys)
    if not any(one.document for one in found.values()):
        raise GuidanceError(f"{folder} holds no guidance that can be read")
    return _in_force(found)


def _read(name: str, content: bytes, vocabulary: Vocabulary) -> _File:
    try:
        document = read_file(name, content)
    except GuidanceError as error:
        return _File(None, problem=str(error))
    reading = read(document, vocabulary)
    return _File(document, tuple(passages(document)), reading.rules, reading.examples)


def _in_force(found: dict[str, _File]) -> Content:
    """All documents, and what those in force say: an older edition is listed, but neither searched nor ruled by.

    Its rows still rule, with a note that they are superseded, where the successor was left without any.
    """
    read_well = [one.document for one in found.values() if one.document]
    current = in_force(read_well)
    documents = tuple(replace(one, superseded_by=current.get(one.id, one.superseded_by)) for one in read_well)
    silent = set(current)
    mute = {older for older, newer in current.items() if found[newer].rules}
    said = [(name, one) for name, one in found.items() if one.document]
    return Content(
        documents,
        tuple(passage for name, one in said if name not in silent for passage in one.passages),
        tuple(rule for name, one in said if name not in mute for rule in one.rules),
        tuple(example for name, one in said if name not in mute for example in one.examples),
        tuple((name, one.problem) for name, one in found.items() if one.problem),
    )
