"""Text on its way to and from Teams (learn.microsoft.com, text features in Adaptive Cards)."""

import html
import re

LONGEST_PART = 6000
"""Characters of one paragraph; a longer one is cut into several."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#~|])")
_LIST_SIGN = re.compile(r"(?m)^(\s*)([-+]|\d+\.)(\s)")
_MENTION = re.compile(r"<at[^>]*>.*?</at>", re.I | re.S)
_BREAK = re.compile(r"</(p|div|li|h\d|tr)>|<br\s*/?>", re.I)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\u00a0]+")


def escape(text: str) -> str:
    """Text that a TextBlock shows as it stands: a file called `[click](http://…)` is no link."""
    # "{{DATE(…)}}" is taken for a date unless its braces are apart.
    return _LIST_SIGN.sub(r"\1\\\2\3", _MARKDOWN.sub(r"\\\1", text))


def plain(text: str) -> str:
    """What somebody typed, with mentions left out."""
    return _SPACES.sub(" ", html.unescape(_MENTION.sub("", text))).strip()


def from_html(text: str) -> str:
    """The words of a message that comes as HTML; whatever markup it has is dropped."""
    return plain(_TAG.sub("", _BREAK.sub("\n", _MENTION.sub("", text))))
