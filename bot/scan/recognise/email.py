# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Email addresses of people; shared mailboxes of organisations are not findings."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, Page, Span

_ADDRESS = regex.compile(
    r"(?<![\w.+%-])[\w+%-][\w.+%'-]{0,63} ?@ ?(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w-]|\.\w)", regex.I
)
_SPELLED = regex.compile(
    r"(?<![\w.])[\w.+-]{2,40} ?(?:\(at\)|\[at\]| at ) ?[\w-]{2,40} ?(?:\(dot\)|\[dot\]| dot ) ?(?:co ?(?:dot|\.) ?uk|com|org|net|uk)\b",
    regex.I,
)
_SHARED = regex.compile(
    r"(info|enquiries|enquiry|contact|office|admin|reception|help|helpdesk|support|noreply|no-reply|donotreply|postmaster|feedback|complaints|foi|press|"
    r"data\.?protection|dpo|witness\.?care|general|mail|mailbox|court|listing|customer\.?services?|hello|team|enquiries\.\w+)(?=@)",
    regex.I,
)


class Email(Page):
    """Recognise email addresses."""

    category = Category.EMAIL

    def find(self, text: str) -> Iterator[Span]:
        """Any address but a shared mailbox; message ids in headers are not addresses."""
        for match in _ADDRESS.finditer(text):
            line = text[: match.start()].rpartition("\n")[2].lower()
            if (
                _SHARED.match(match.group())
                or line.startswith(("message-id", "in-reply-to", "references"))
                or line.endswith("cid:")
            ):
                continue
            yield self.span(match, HIGH)
        for match in _SPELLED.finditer(text):
            yield self.span(match, 0.7)
