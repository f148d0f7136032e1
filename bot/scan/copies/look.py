"""The check inside the making of a copy: the same reading and recognising, with the values at hand."""

from dataclasses import dataclass, field

from bot.domain.finding import Hazard, Unread
from bot.domain.message import Attachment
from bot.scan.contents import collect
from bot.scan.copies.interface import Finds, Value
from bot.scan.copies.locate import folded
from bot.scan.extract.interface import Table, Text, Watch


@dataclass(frozen=True)
class Look:
    """What a file holds, as a check sees it."""

    values: tuple[Value, ...] = field(repr=False)
    in_tables: int
    """Findings in tables, which no copy of a page holds."""
    hazards: tuple[Hazard, ...]
    unread: tuple[Unread, ...]

    read: str = field(repr=False)
    """Letters and digits of all text that was read."""

    @property
    def left(self) -> int:
        """How many findings there are."""
        return len(self.values) + self.in_tables


@dataclass(frozen=True)
class Looker:
    """Looks into files for one copy."""

    finder: Finds
    allowed: frozenset[str] = field(repr=False)
    watch: Watch

    def look(self, attachment: Attachment) -> Look:
        """Read a file as the examiner does, and find what is in it."""
        contents = collect(attachment, self.watch)
        texts = [part for part in contents.parts if isinstance(part, Text)]
        tables = [part for part in contents.parts if isinstance(part, Table)]
        in_tables = self.finder.recognise(tables).findings if tables else ()
        left = sum(finding.digest not in self.allowed for finding in in_tables)
        read = folded("\x1e".join(part.text for part in texts))
        return Look(self.values(texts), left, contents.hazards, contents.unread, read)

    def values(self, texts: list[Text]) -> tuple[Value, ...]:
        """The values in some texts, each once a place."""
        found = (
            Value(span.category, part.text[span.start : span.end], part.place, part.hidden, part.source == "ocr")
            for part, spans in zip(texts, self.finder.spans_in(texts, self.allowed), strict=True)
            for span in spans
        )
        return tuple(dict.fromkeys(found))
