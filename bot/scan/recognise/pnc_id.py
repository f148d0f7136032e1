"""PNC IDs: year, serial, check letter over both (facts.md 4.9)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.checks import check_letter
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, leading

_NUMBER = regex.compile(
    r"(?<![\w/-])((?:19|20)?\d\d) ?/ ?(\d{1,7}) ?([A-Z])(?![\w/])|(?<![\w/-])((?:19|20)\d\d)(\d{7})([A-Z])(?![\w/])",
    regex.I,
)
_LABEL = regex.compile(r"\bP\.?N\.?C\.?|police national computer", regex.I)
_EXHIBIT = regex.compile(r"(page|pages|exhibit|para|paragraph|folder|doc|tab|item)[\w .:#]{0,6}$", regex.I)


class PncId(Page):
    """Recognise PNC IDs."""

    category = Category.PNC_ID

    def find(self, text: str) -> Iterator[Span]:
        """Right letter or a label; short serials need both, since "19/3B" is a page reference."""
        for match in _NUMBER.finditer(text):
            year, serial, letter = (match.group(index) or match.group(index + 3) for index in (1, 2, 3))
            before = leading(text, match.start(), 30)
            if _EXHIBIT.search(before):
                continue
            labelled = _LABEL.search(before) is not None
            right = check_letter(year[-2:] + serial.zfill(7)) == letter.upper()
            if labelled:
                yield self.span(match, HIGH if right else MEDIUM)
            elif right and len(serial) >= 5 and letter.isupper():
                yield self.span(match, 0.9 if match.group(1) else MEDIUM)
            elif match.group(1) and len(year) == 4 and len(serial) == 7 and letter.isupper():
                yield self.span(match, 0.6)  # real fixtures hold IDs that fail the rule: report the format alone
