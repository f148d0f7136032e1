"""The exact words of a guidance document, and where they stand."""

from dataclasses import dataclass
from datetime import date

from knowledge import Document


@dataclass(frozen=True)
class Citation:
    """A quote that is a literal substring of the cited document."""

    document: str
    """Path of the document inside the guidance folder."""
    title: str
    section: str
    """Heading path below the title, joined with " › "."""
    quote: str
    url: str | None = None
    reviewed: date | None = None
    superseded: bool = False
    page: int | None = None
    """Where the document has pages."""
    version: str = ""
    owner: str = ""
    """The role that answers for the document."""


def cite(document: Document, section: tuple[str, ...], quote: str) -> Citation:
    """A citation of a literal part of a document."""
    return Citation(
        document=document.id,
        title=f"{document.title} (replaced by {document.superseded_by})" if document.superseded_by else document.title,
        section=" › ".join(section[1:] or section),
        quote=quote,
        url=document.url,
        reviewed=document.reviewed,
        superseded=document.superseded_by is not None,
        page=document.page_of(quote, section),
        version=document.version,
        owner=document.owner,
    )
