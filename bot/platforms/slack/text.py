"""Text on its way to and from Slack's markup (docs.slack.dev/messaging/formatting-message-text)."""

import html
import re

LONGEST_SECTION = 3000
LONGEST_FALLBACK = 3500
"""Characters of the text beside blocks, which notifications show; Slack advises at most 4,000."""

_TOKEN = re.compile(r"<([^<>]*)>")
_MAILTO = "mailto:"


def escape(text: str) -> str:
    """Text that Slack shows as it stands: a file named `<!channel>.pdf` calls nobody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """What somebody typed, without Slack's markup: links as their words, mentions of people left out."""
    return html.unescape(_TOKEN.sub(_words, text)).strip()


def _words(found: re.Match[str]) -> str:
    inside = found[1]
    target, _, label = inside.partition("|")
    if target.startswith(("@", "!")):
        return label if target.startswith("!") else ""
    if target.startswith("#"):
        return f"#{label}" if label else ""
    return label or target.removeprefix(_MAILTO)
