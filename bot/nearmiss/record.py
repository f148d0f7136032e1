"""From what somebody typed to a stored report: scrub, read, store."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import NotRequired, TypedDict

from bot.domain.finding import Category
from bot.domain.nearmiss import AlreadySent, NearMiss, NearMissKind, ScrubbedText
from bot.domain.ports import NearMissStore
from bot.errors import SendcheckError
from bot.nearmiss import codes
from bot.nearmiss.breach import already_sent, classify
from bot.nearmiss.codes import LETTERS, new_receipt
from bot.nearmiss.nearest import Embed
from bot.nearmiss.scrub import Scrubber

__all__ = ["LETTERS", "MAX_CHARACTERS", "ReportError", "ReportJson", "file_report", "new_receipt", "preview", "to_json"]

MAX_CHARACTERS = 10_000
"""Longest text of one report."""


class ReportError(SendcheckError):
    """The text of a report cannot be taken as it is."""


class ReportJson(TypedDict):
    """What `sendcheck report --json` prints (DESIGN section 5); an anonymous report has a `code` besides."""

    id: str
    receipt: str
    stored_text: str
    already_sent: bool | str
    category: str
    code: NotRequired[str]


def preview(text: str, scrubber: Scrubber) -> ScrubbedText:
    """What would be stored, for the reporter to see first; raises ReportError."""
    return scrubber.scrub(_checked(text))


def file_report(
    text: str,
    kind: NearMissKind | None,
    anonymous: bool,
    finding_categories: Sequence[str],
    store: NearMissStore,
    scrubber: Scrubber,
    now: datetime,
    receipt: Callable[[], str] = new_receipt,
    reporter: str | None = None,
    embed: Embed | None = None,
    site_key: bytes | None = None,
) -> NearMiss:
    """Scrub, read and store one report, and give it back as stored; raises ReportError, StoreError.

    An anonymous report keeps no reporter and of the time only the day; with the site key it gets a code.
    """
    scrubbed = preview(text, scrubber)
    if now.tzinfo is None:
        raise TypeError("The moment of a report needs a time zone.")
    now = now.astimezone(UTC)
    number = receipt()
    code = codes.new_code(number) if site_key and anonymous else ""
    report = NearMiss(
        receipt=number,
        kind=kind or classify(text, embed),
        text=scrubbed,
        already_sent=already_sent(text, embed),
        anonymous=anonymous,
        reported_at=datetime.combine(now.date(), time(0), UTC) if anonymous else now,
        reporter=None if anonymous else reporter,
        finding_categories=tuple(sorted({Category(category).value for category in finding_categories})),
        code_digest=codes.digest(code, site_key) if site_key and code else "",
        code=code,
    )
    store.add(report)
    return report


def to_json(report: NearMiss, id: str | None = None) -> ReportJson:  # noqa: A002 - the field's name
    """The report for scripts; `id` is the caller's own when a batch gave one, else the receipt."""
    sent: bool | str = report.already_sent == AlreadySent.TRUE
    printed: ReportJson = {
        "id": id or report.receipt,
        "receipt": report.receipt,
        "stored_text": report.text.text,
        "already_sent": "unclear" if report.already_sent == AlreadySent.UNCLEAR else sent,
        "category": str(report.kind),
    }
    if report.code:
        printed["code"] = report.code
    return printed


def _checked(text: str) -> str:
    if not text.strip():
        raise ReportError("Please say in a few words what happened.")
    if len(text) > MAX_CHARACTERS:
        raise ReportError(f"That is {len(text):,} characters; the most is {MAX_CHARACTERS:,}. A few sentences will do.")
    return text.strip()
