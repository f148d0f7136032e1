"""A reply and a file report as plain text, for terminals, scripts and mail."""

from collections.abc import Iterable, Iterator

from bot.domain.card import Card, CardKind
from bot.domain.citation import Citation
from bot.domain.finding import FileReport, Finding
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.domain.words import CATEGORY_WORDS, CONDITIONS_HEADING, FILE_HEADLINES, confidence_words


def reply_text(reply: Reply) -> str:
    """The whole reply."""
    return "\n".join(_reply_lines(reply))


def report_text(report: FileReport) -> str:
    """What is in one file and what follows."""
    return "\n".join(_report_lines(report))


def card_text(card: Card) -> str:
    """A card without its buttons, which only a platform can show."""
    return "\n".join(_card_lines(card))


def _cards(cards: Iterable[Card]) -> Iterator[str]:
    for card in cards:
        yield ""
        yield from _card_lines(card)
        yield ""


def _card_lines(card: Card) -> Iterator[str]:
    yield card.title
    yield from card.lines
    for label, value in card.details:
        yield f"  {label}: {value}"
    for number, step in enumerate(card.steps, start=1):
        yield f"  {number}. {step}"


def _reply_lines(reply: Reply) -> Iterator[str]:
    yield f"{reply.headline}."
    # What has gone comes before what may go.
    yield from _cards([card for card in reply.cards if card.kind is CardKind.BREACH])
    if reply.understood:
        yield reply.understood
    for reason in reply.because:
        yield f"- {reason}"
    if reply.conditions:
        yield CONDITIONS_HEADING[reply.verdict]
        for condition in reply.conditions:
            yield f"  [ ] {condition}"
    if reply.clarify:
        yield reply.clarify.question
        yield f"  {' · '.join(words for _, words in reply.clarify.options)}"
    for report in reply.files:
        yield ""
        yield from _report_lines(report)
    for citation in reply.citations:
        yield _citation_line(citation)
    if reply.verdict is not Verdict.OK:
        yield f"Questions: {reply.contact}."
    yield from _cards([card for card in reply.cards if card.kind is not CardKind.BREACH])


def _citation_line(citation: Citation) -> str:
    """The quote and where it stands: title, version, section, page, owner, review date."""
    version = citation.version if not citation.version[:1].isdigit() else f"version {citation.version}"
    where = (
        " ".join(part for part in (citation.title, f"({version})" if version else "") if part),
        citation.section,
        f"page {citation.page}" if citation.page else "",
        f"owner: {citation.owner}" if citation.owner else "",
        f"reviewed {citation.reviewed.isoformat()}" if citation.reviewed else "",
    )
    old = " (superseded)" if citation.superseded else ""
    return f"“{' '.join(citation.quote.split())}” — {', '.join(part for part in where if part)}{old}"


def _report_lines(report: FileReport) -> Iterator[str]:
    inspection = report.inspection
    yield f"{inspection.name}: {FILE_HEADLINES[report.verdict]}"
    for reason in report.because:
        yield f"  - {reason}"
    for unread in inspection.unread:
        yield f"  Not checked: {unread.place or 'the file'} — {unread.detail}"
    for finding in inspection.findings:
        yield f"  {_finding_line(finding)}"


def _finding_line(finding: Finding) -> str:
    times = f" × {finding.count}" if finding.count > 1 else ""
    hidden = ", hidden" if finding.hidden else ""
    kind = CATEGORY_WORDS[finding.category]
    return f"{finding.place or 'file'}: {kind} {finding.masked}{times} ({confidence_words(finding.confidence)}{hidden})"
