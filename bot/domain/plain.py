"""A reply and a file report as plain text, for terminals, scripts and mail."""

from collections.abc import Iterator

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


def _reply_lines(reply: Reply) -> Iterator[str]:
    yield f"{reply.headline}."
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
        reviewed = f", reviewed {citation.reviewed.isoformat()}" if citation.reviewed else ""
        old = " (superseded)" if citation.superseded else ""
        yield f"“{' '.join(citation.quote.split())}” — {citation.title}, {citation.section}{reviewed}{old}"
    if reply.verdict is not Verdict.OK:
        yield f"Questions: {reply.contact}."


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
