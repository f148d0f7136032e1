"""One run of Word paragraphs while it is read: the body, a header, a note, a text box."""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from bot.scan.extract.docx_runs import Styles
from bot.scan.extract.ooxml import Package


@dataclass
class Story:
    """One run of paragraphs while it is read: where it stands and what has been collected."""

    package: Package
    styles: Styles
    name: str
    """Empty for the body."""
    hidden: bool = False
    lines: list[str] = field(default_factory=list)
    paragraph: int = 0
    first: int = 1
    page: int = 1
    paged: bool = False
    tables: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where the lines collected so far stand."""
        if self.name:
            return self.name
        if self.paged:
            return f"page {self.page}"
        return (
            f"paragraphs {self.first} to {self.paragraph}" if self.paragraph > self.first else f"paragraph {self.first}"
        )

    @property
    def spot(self) -> str:
        """Where the paragraph being read stands."""
        return self.name or (f"page {self.page}" if self.paged else f"paragraph {max(1, self.paragraph)}")

    def flush(self) -> None:
        """Hand over the lines collected so far."""
        if self.lines:
            self.package.basket.text("\n".join(self.lines), self.place, hidden=self.hidden)
        self.lines = []
        self.first = self.paragraph + 1
