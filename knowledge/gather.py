"""Reads the guidance folder into everything the index holds; a file that did not change is not read again."""

import hashlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from knowledge.editions import in_force
from knowledge.index import Content, code
from knowledge.keep import Progress, Readings
from knowledge.load import files
from knowledge.readers import Allowed, nothing_in, read_files, seconds_for
from knowledge.reading import READ_FILE, ReadFile
from knowledge.vocabulary import Vocabulary


def gather(
    folder: Path,
    vocabulary: Vocabulary,
    words: str,
    kept: Readings,
    progress: Progress,
    vocabulary_file: Path | None = None,
    allowed: Allowed = seconds_for,
) -> Content:
    """Everything the folder's documents say, editions sorted out; raises GuidanceError when it holds none.

    `words` names the vocabulary, on which the reading of rows depends.
    """
    there = files(folder)
    found: dict[str, ReadFile] = {}
    keys: list[str] = []
    for name, path in there:
        key = _key(name, _sha256(path), words)
        reading = kept.get(key)
        if reading is not None:
            keys.append(key)
            found[name] = READ_FILE.validate_json(reading)
    unread = [(name, path) for name, path in there if name not in found]
    with closing(read_files(unread, vocabulary, vocabulary_file, allowed)) as reading_now:
        for done in reading_now:
            found[done.name] = done.reading
            if not done.reading.passing:
                keys.append(_key(done.name, done.sha256, words))
                kept.put(keys[-1], READ_FILE.dump_json(done.reading))
            progress(len(found), len(there), "reading the guidance: files")
    kept.forget_others(keys)
    if not any(one.document for one in found.values()):
        raise nothing_in(folder)
    return _in_force({name: found[name] for name, _ in there})


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _key(name: str, sha256: str, words: str) -> str:
    return hashlib.sha256(f"{words}\n{code()}\n{name}\n{sha256}".encode()).hexdigest()


def _in_force(found: dict[str, ReadFile]) -> Content:
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
