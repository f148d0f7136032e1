"""A reply as the page shows it; nothing here does input or output, and templates escape every word of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.citation import Citation
from bot.domain.copy import copies_of
from bot.domain.finding import Category, FileReport, Finding, HazardKind, Inspection, Unread
from bot.domain.nearmiss import NearMissKind
from bot.domain.reply import Clarify, Reply
from bot.domain.words import CONDITIONS_HEADING, FILE_HEADLINES, HEADLINES, ROLE_WORDS, confidence_words, headline
from bot.platforms.web import words
from bot.platforms.web.conversation import Exchange

Sign = Callable[[Finding], str]
"""Makes the value that the "isn't personal data" button posts; empty when there is none."""

ROWS_SHOWN = 4
_FEWEST_CELLS = 3
_LEAD = 70


@dataclass(frozen=True)
class QuoteView:
    """One citation, with a table row split into its cells."""

    title: str
    section: str
    reviewed: str
    superseded: bool
    url: str
    text: str
    rows: tuple[tuple[str, ...], ...]
    lead: str
    """How the quote begins, to tell quotes of one section apart."""


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


@dataclass(frozen=True)
class ExchangeView:
    """One message and its reply card."""

    id: str
    text: str
    file_names: tuple[str, ...]
    at: str
    at_iso: str
    verdict: str
    label: str
    headline: str
    understood: str
    because: tuple[str, ...]
    conditions: tuple[str, ...]
    conditions_heading: str
    contact: str
    quotes: tuple[QuoteView, ...]
    clarify: Clarify | None
    files: tuple[FileView, ...]
    announcement: str
    """What a screen reader is told when the reply arrives."""


def exchange_view(exchange: Exchange, sign: Sign) -> ExchangeView:
    """Everything the template needs for one exchange."""
    reply = exchange.reply
    label, headline = _label_and_headline(reply)
    return ExchangeView(
        id=exchange.id,
        text=exchange.text,
        file_names=exchange.file_names,
        at=f"{exchange.at:%H:%M}",
        at_iso=exchange.at.isoformat(timespec="seconds"),
        verdict=reply.verdict.value,
        label=label,
        headline=headline,
        understood=reply.understood,
        because=_own_reasons(reply),
        conditions=reply.conditions,
        conditions_heading=CONDITIONS_HEADING[reply.verdict].rstrip(":"),
        contact=reply.contact,
        quotes=_quotes(reply.citations),
        clarify=reply.clarify,
        files=tuple(_file(report, sign, reply.citations) for report in reply.files),
        announcement=_announcement(reply, label, headline),
    )


def found_categories(reply: Reply) -> tuple[str, ...]:
    """The categories found in the files of a reply, each once, in the order found."""
    findings = [finding for report in reply.files for finding in report.inspection.findings]
    return tuple(dict.fromkeys(finding.category.value for finding in findings))


def likely_kind(reply: Reply) -> NearMissKind | None:
    """The kind of near miss that the findings point to, to save the reporter a choice; None when nothing does."""
    hazards = {hazard.kind for report in reply.files for hazard in report.inspection.hazards}
    categories = {finding.category for report in reply.files for finding in report.inspection.findings}
    hidden = any(finding.hidden for report in reply.files for finding in report.inspection.findings)
    signs = (
        (HazardKind.OTHER_CASE in hazards, NearMissKind.WRONG_CASE_MATERIAL),
        (HazardKind.FAILED_REDACTION in hazards, NearMissKind.FAILED_REDACTION),
        (hidden, NearMissKind.HIDDEN_DATA),
        (Category.CRIMINAL_RECORD in categories, NearMissKind.WRONG_CONVICTIONS),
        (bool(categories), NearMissKind.UNREDACTED_PERSONAL_DATA),
    )
    return next((kind for holds, kind in signs if holds), None)


def day(value: date | datetime) -> str:
    """A date as written in British English, such as 3 October 2026."""
    return f"{value.day} {value:%B %Y}"


def table_rows(quote: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a quoted table row; nothing for prose. Cells stand between upright bars or tabs."""
    rows = []
    for line in quote.strip().splitlines():
        bar = "\t" if "\t" in line else "|"
        cells = [cell.replace("\0", "|").strip() for cell in line.strip().replace("\\|", "\0").split(bar)]
        # The bars at both ends of a row are its border, and a quote may begin after the first of them.
        cells = cells[1:] if not cells[0] else cells
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) < _FEWEST_CELLS:
            return ()
        if not all(cell and set(cell) <= {"-", ":"} for cell in cells):
            rows.append(tuple(cells))
    return tuple(rows)


def _label_and_headline(reply: Reply) -> tuple[str, str]:
    """The verdict in words, and the headline unless it says the verdict already."""
    if reply.headline.casefold().startswith(HEADLINES[reply.verdict].casefold()):
        return reply.headline, ""
    return headline(reply.verdict, reply.contact), reply.headline


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _announcement(reply: Reply, label: str, headline: str) -> str:
    parts = [label, headline, *reply.because[:1]]
    if reply.clarify:
        parts.append(f"One question: {reply.clarify.question}")
    if reply.conditions:
        parts.append(f"{len(reply.conditions)} conditions listed.")
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def _own_reasons(reply: Reply) -> tuple[str, ...]:
    """The reasons of the reply without those that the report on a file gives in its own place."""
    given = {reason for report in reply.files for reason in report.because}
    given |= {f"{report.inspection.name}: {reason}" for report in reply.files for reason in report.because}
    return tuple(reason for reason in reply.because if reason not in given)


def _reasons_not_shown(report: FileReport) -> tuple[str, ...]:
    """The reasons of a file without those that its hazards and unread parts say already, and more clearly."""
    inspection = report.inspection
    details = [hazard.detail for hazard in inspection.hazards] + [part.detail for part in inspection.unread]
    shown = [detail.rstrip(".") for detail in details if detail]
    return tuple(reason for reason in report.because if not any(detail in reason for detail in shown))


def _quotes(citations: tuple[Citation, ...]) -> tuple[QuoteView, ...]:
    return tuple(_quote(citation) for citation in dict.fromkeys(citations))


def _quote(citation: Citation) -> QuoteView:
    rows = table_rows(citation.quote)
    begins = " · ".join(rows[0][:2]) if rows else citation.quote
    safe_url = citation.url if citation.url and citation.url.startswith(("https://", "http://")) else ""
    return QuoteView(
        title=citation.title,
        section=citation.section.removeprefix(citation.title).removeprefix(" › "),
        reviewed=day(citation.reviewed) if citation.reviewed else "",
        superseded=citation.superseded,
        url=safe_url or "",
        text=citation.quote,
        rows=rows,
        lead=begins if len(begins) <= _LEAD else begins[:_LEAD].rsplit(" ", 1)[0] + " …",
    )


def _file(report: FileReport, sign: Sign, cited: tuple[Citation, ...]) -> FileView:
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
        quotes=_quotes(tuple(citation for citation in report.citations if citation not in cited)),
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
