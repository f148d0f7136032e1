"""What every store checks before it keeps anything, whatever stands behind it."""

import re
from datetime import time

from bot.domain.nearmiss import NearMiss, ScrubbedText


def require_scrubbed(text: object) -> ScrubbedText:
    """Refuse free text that has not been scrubbed; the type checker says so first, this says so at run time."""
    if not isinstance(text, ScrubbedText):
        raise TypeError("Only scrubbed text can be stored.")
    return text


def require_storable(report: NearMiss) -> None:
    """Refuse a report with raw text, or an anonymous one that could be tied to its author."""
    require_scrubbed(report.text)
    if report.reported_at.tzinfo is None:
        raise TypeError("A stored moment needs a time zone.")
    if report.anonymous and (report.reporter is not None or report.reported_at.time() != time(0)):
        raise ValueError("An anonymous report keeps no reporter and only the day.")


_TOKEN = re.compile(r"[\w.,:+/-]{0,200}")


def require_token(value: str) -> str:
    """Refuse anything but a short token where no free text may stand: a kind, a moment, a number, yes or no."""
    if not _TOKEN.fullmatch(value):
        raise TypeError("Only a token can be stored here; free text is scrubbed first.")
    return value
