"""What one guidance file comes to."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from knowledge.errors import GuidanceError
from knowledge.load import read_file
from knowledge.model import Document, Example, Passage, Rule
from knowledge.rules import read
from knowledge.split import passages
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True)
class ReadFile:
    """A file's document with everything in it, or why it is not indexed."""

    document: Document | None
    passages: tuple[Passage, ...] = ()
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
    problem: str = ""
    """Why it is not indexed."""
    passing: bool = False
    """True when the same file may well be read the next time."""


READY = b"+"
"""What a reading process says first."""
READ_FILE: TypeAdapter[ReadFile] = TypeAdapter(ReadFile)


def read_whole(name: str, content: bytes, vocabulary: Vocabulary) -> ReadFile:
    """Everything one file says; a file that cannot be read says why."""
    try:
        document = read_file(name, content)
    except GuidanceError as error:
        return ReadFile(None, problem=str(error))
    reading = read(document, vocabulary)
    return ReadFile(document, tuple(passages(document)), reading.rules, reading.examples)
