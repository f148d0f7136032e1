"""The report on a file as the page shows it; nothing here does input or output."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.citation import Citation
from bot.domain.copy import copies_of
from bot.domain.finding import Category, FileReport, Finding, Inspection, Unread
from bot.domain.words import FILE_HEADLINES, ROLE_WORDS, confidence_words
from bot.platforms.web import words
from bot.platforms.web.quotes import QuoteView, quotes_of

Sign = Callable[[Finding], str]
"""Makes the value that the "isn't personal data" button posts; empty when there is none."""

ROWS_SHOWN = 4


@dataclass(frozen=True)
class FindingView:
    """One finding with the words that go with it."""

    masked: str
    place: str
    how_sure: str
    hidden: bool
    whose: str
    count: int
    token: str


@dataclass(frozen=True)
class GroupView:
    """All findings of one category in one file."""

    label: str
    count: int
    shown: tuple[FindingView, ...]
    folded: tuple[FindingView, ...]


@dataclass(frozen=True)
class FileView:
    """The report on one file."""

    name: str
    size: str
    verdict: str
    label: str
    because: tuple[str, ...]
    inspected: str
    groups: tuple[GroupView, ...]
    found: int
    hazards: tuple[tuple[str, str, str, int], ...]
    """(words, place, detail, count)."""
    unread: tuple[tuple[str, str], ...]
    """(place, why in a sentence)."""
    quotes: tuple[QuoteView, ...]
    copies: tuple[tuple[str, str], ...]
    """(kind, words) of the copies that can be made of it."""


def file_view(report: FileReport, sign: Sign, cited: tuple[Citation, ...]) -> FileView:
    """Everything the template needs for one file; what the reply as a whole cites is left out."""
    inspection = report.inspection
    return FileView(
        name=inspection.name,
        size=words.size(inspection.size),
        verdict=report.verdict.value,
        label=_capital(FILE_HEADLINES[report.verdict]),
        because=_reasons_not_shown(report),
        inspected=_inspected(inspection),
        groups=_groups(inspection.findings, sign),
        found=sum(finding.count for finding in inspection.findings),
        hazards=tuple(
            (words.HAZARDS[hazard.kind], hazard.place, hazard.detail, hazard.count) for hazard in inspection.hazards
        ),
        unread=tuple(
            (_unread_place(part), part.detail or words.UNREAD_REASONS[part.reason]) for part in inspection.unread
        ),
        # What the reply quotes as a whole is not quoted again for each file.
        quotes=quotes_of(tuple(citation for citation in report.citations if citation not in cited)),
        copies=_copies(inspection),
    )


def _copies(inspection: Inspection) -> tuple[tuple[str, str], ...]:
    """What is offered fits the format and what was found; of a file that could not be opened there is no copy."""
    if inspection.inspected == "none" or not (inspection.findings or inspection.hazards):
        return ()
    return tuple((kind.value, words.COPIES[kind]) for kind in copies_of(inspection.media_type))


def _unread_place(part: Unread) -> str:
    return "the whole file" if part.place in {"", "file"} else part.place


def _inspected(inspection: Inspection) -> str:
    """Whether everything was looked at, said so that "not checked" never reads as clean."""
    if inspection.inspected == "none":
        return "Not checked at all"
    if inspection.inspected == "partial" or inspection.unread:
        return "Only partly checked"
    return "Every part was checked"


def _groups(findings: tuple[Finding, ...], sign: Sign) -> tuple[GroupView, ...]:
    groups: dict[Category, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.category, []).append(finding)
    # A case number names a case and no person, so it comes after what does.
    order = sorted(groups, key=lambda category: category is Category.CASE_URN)
    return tuple(_group(category, groups[category], sign) for category in order)


def _group(category: Category, members: list[Finding], sign: Sign) -> GroupView:
    # Surest first, since these are what the sender must act on.
    ordered = sorted(members, key=lambda finding: -finding.confidence)
    views = tuple(
        FindingView(
            masked=finding.masked,
            place=finding.place,
            how_sure=_capital(confidence_words(finding.confidence)),
            hidden=finding.hidden,
            whose=" · ".join(part for part in (ROLE_WORDS.get(finding.role, ""), finding.about) if part),
            count=finding.count,
            token=sign(finding),
        )
        for finding in ordered
    )
    # One leftover row is shown rather than folded: the fold would take as much room.
    cut = len(views) if len(views) <= ROWS_SHOWN + 1 else ROWS_SHOWN
    total = sum(finding.count for finding in members)
    return GroupView(words.CATEGORIES[category], total, views[:cut], views[cut:])


def _reasons_not_shown(report: FileReport) -> tuple[str, ...]:
    """The reasons of a file without those that its hazards and unread parts say already, and more clearly."""
    inspection = report.inspection
    details = [hazard.detail for hazard in inspection.hazards] + [part.detail for part in inspection.unread]
    shown = [detail.rstrip(".") for detail in details if detail]
    return tuple(reason for reason in report.because if not any(detail in reason for detail in shown))


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
