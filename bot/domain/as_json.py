"""Replies and file reports as the JSON of DESIGN section 5; the schemas ship in `schemas/`."""

from typing import Any

from bot.domain.citation import Citation
from bot.domain.finding import FileReport
from bot.domain.plain import reply_text
from bot.domain.reply import Reply

REPLY_SCHEMA = "sendcheck.reply/1"
FILE_SCHEMA = "sendcheck.file/1"


def reply_json(reply: Reply) -> dict[str, Any]:
    """A reply for scripts."""
    facts = reply.facts
    return {
        "schema": REPLY_SCHEMA,
        "verdict": reply.verdict.value,
        "headline": reply.headline,
        "because": list(reply.because),
        "conditions": list(reply.conditions),
        "citations": [_citation(citation) for citation in reply.citations],
        "clarify": {
            "fact": reply.clarify.fact,
            "question": reply.clarify.question,
            "options": [words for _, words in reply.clarify.options],
        }
        if reply.clarify
        else None,
        "contact": reply.contact,
        "facts": {
            "material": list(facts.materials),
            "recipient": facts.recipients[0] if facts.recipients else None,
            "channel": facts.channels[0] if facts.channels else None,
            "protections": sorted(facts.protections),
        },
        "files": [file_json(report) for report in reply.files],
        "text": reply_text(reply),
        "seconds": round(reply.seconds, 3),
    }


def file_json(report: FileReport) -> dict[str, Any]:
    """A file report for scripts; masked values only."""
    inspection = report.inspection
    return {
        "schema": FILE_SCHEMA,
        "name": inspection.name,
        "media_type": inspection.media_type,
        "bytes": inspection.size,
        "sha256": inspection.sha256,
        "verdict": report.verdict.value,
        "inspected": inspection.inspected,
        "because": list(report.because),
        "findings": [
            {
                "category": finding.category.value,
                "place": finding.place,
                "masked": finding.masked,
                "count": finding.count,
                "confidence": round(finding.confidence, 2),
                "hidden": finding.hidden,
                "role": finding.role.value,
                "about": finding.about,
            }
            for finding in inspection.findings
        ],
        "hazards": [
            {"kind": hazard.kind.value, "place": hazard.place, "detail": hazard.detail, "count": hazard.count}
            for hazard in inspection.hazards
        ],
        "unread": [
            {"place": unread.place, "reason": unread.reason.value, "detail": unread.detail}
            for unread in inspection.unread
        ],
        "case_refs": list(inspection.case_refs),
        "citations": [_citation(citation) for citation in report.citations],
        "seconds": round(inspection.seconds, 3),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document,
        "title": citation.title,
        "section": citation.section,
        "quote": citation.quote,
        "url": citation.url,
        "reviewed": citation.reviewed.isoformat() if citation.reviewed else None,
        "superseded": citation.superseded,
        "page": citation.page,
        "version": citation.version or None,
        "owner": citation.owner or None,
    }
