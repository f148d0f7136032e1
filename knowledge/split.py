"""Cuts documents into passages that keep their heading path and stand literally in the document."""

import re
from collections.abc import Iterator

from langchain_text_splitters import RecursiveCharacterTextSplitter

from knowledge.markdown import sections, split_front_matter
from knowledge.model import Document, Passage

LONGEST = 700
"""Characters: about what a person reads at a glance, and inside the embedding model's 256 word pieces."""

_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
_FEWEST_WORDS = 3


def sentences(text: str) -> list[str]:
    """The sentences and list items of a passage, without those too short to say anything."""
    return [part for one in _SENTENCE_END.split(text) if len((part := one.strip()).split()) >= _FEWEST_WORDS]


def passages(document: Document) -> Iterator[Passage]:
    """The passages of a document in order; every text is a literal substring of the document."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=LONGEST,
        chunk_overlap=0,
        separators=["\n\n", "\n", ". ", " ", ""],
        keep_separator="end",
        strip_whitespace=True,
    )
    _, body = split_front_matter(document.text)
    number = 0
    for section in sections(body, document.title):
        for paragraph in section.paragraphs:
            for piece in [paragraph] if len(paragraph) <= LONGEST else splitter.split_text(paragraph):
                if piece in document.text:
                    number += 1
                    yield Passage(f"{document.id}#{number}", document.id, section.path, piece)
