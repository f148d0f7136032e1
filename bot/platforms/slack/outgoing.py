"""Replies and cards as Slack messages; nothing here does input or output."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.card import Card, CardKind
from bot.domain.citation import Citation
from bot.domain.copy import CopyKind, copies_of
from bot.domain.finding import Category, FileReport, Finding
from bot.domain.plain import reply_text, report_text
from bot.domain.reply import Clarify, Reply
from bot.domain.verdict import Verdict
from bot.domain.words import CATEGORY_WORDS, CONDITIONS_HEADING, FILE_HEADLINES, ROLE_WORDS, confidence_words
from bot.platforms.slack.blocks import (
    SEPARATOR,
    Block,
    Posting,
    act_buttons,
    actions,
    bullets,
    button,
    context,
    divider,
    header,
    packed,
    paragraphs,
    section,
)
from bot.platforms.slack.text import clip, escape

SIGNS = {
    Verdict.OK: "✅",
    Verdict.SAFEGUARDS: "🟡",
    Verdict.ASK: "🟠",
    Verdict.STOP: "⛔",
    Verdict.NOT_COVERED: "❔",
}
_CARD_SIGNS = {CardKind.BREACH: "🚨", CardKind.DISPATCH: "📦", CardKind.LESSON: "💡", CardKind.REMINDER: "⏰"}
CLARIFY, NOT_PERSONAL, COPY = "clarify", "not_personal", "copy"
_COPY_WORDS = {
    CopyKind.MARKED: "Marked copy, to review",
    CopyKind.REDACTED: "Redacted copy",
    CopyKind.CLEANED: "Copy without hidden data",
}
_BUTTONS_FOR_OPTIONS = 8
_PLACES_SHOWN = 6
_CATEGORIES = tuple(Category)


def reply_postings(reply: Reply, file_ids: tuple[str, ...] = ()) -> tuple[Posting, ...]:
    """A reply as one or more messages; `file_ids` are Slack's, in the order of the reply's files."""
    blocks = [header(f"{SIGNS[reply.verdict]} {reply.headline}")]
    if reply.understood:
        blocks.append(context(escape(reply.understood)))
    blocks += bullets(reply.because)
    if reply.conditions:
        blocks.append(section(f"*{escape(CONDITIONS_HEADING[reply.verdict])}*"))
        blocks += bullets(reply.conditions, "☐")
    if reply.clarify:
        blocks += clarify_blocks(reply.clarify)
    for number, one in enumerate(reply.files):
        # The reasons of a single file are those of the reply.
        report = replace(one, because=()) if len(reply.files) == 1 else one
        blocks += [divider(), *file_blocks(report, file_ids[number] if number < len(file_ids) else "")]
    blocks += [block for citation in reply.citations for block in citation_blocks(citation)]
    kept = [] if reply.verdict is Verdict.OK else [context(f"Questions: {escape(reply.contact)}")]
    kept += act_buttons(reply.buttons)
    for card in reply.cards:
        kept += [divider(), *card_blocks(card)]
    return packed(blocks, reply_text(reply), kept)


def report_postings(report: FileReport, file_id: str = "") -> tuple[Posting, ...]:
    """The report on one file by itself."""
    return packed(file_blocks(report, file_id), report_text(report))


def card_postings(card: Card) -> tuple[Posting, ...]:
    """A card as a message; its picture is uploaded beside it."""
    return packed(card_blocks(card), "\n".join((card.title, *card.lines)))


def card_blocks(card: Card) -> list[Block]:
    """A card inside a message, a dialog or the Home tab."""
    sign = _CARD_SIGNS.get(card.kind, "")
    blocks = [header(f"{sign} {card.title}".strip())]
    for line in card.lines:
        blocks += paragraphs(escape(line))
    blocks += paragraphs("\n".join(f"*{escape(label)}:* {escape(value)}" for label, value in card.details))
    if card.steps:
        blocks += paragraphs("\n".join(f"{number}. {escape(step)}" for number, step in enumerate(card.steps, start=1)))
    return blocks + act_buttons(card.buttons)


def clarify_blocks(clarify: Clarify) -> list[Block]:
    """The one question, with buttons, or with a list where there are many answers."""
    asked = section(f"*{escape(clarify.question)}*")
    if len(clarify.options) <= _BUTTONS_FOR_OPTIONS:
        buttons = [
            button(words, SEPARATOR.join((CLARIFY, clarify.fact, str(number))), term)
            for number, (term, words) in enumerate(clarify.options)
        ]
        return [asked, *actions(buttons), context("Or type your answer in this thread.")]
    options = [_option(words, term) for term, words in clarify.options[:100]]
    select = {
        "type": "static_select",
        "action_id": SEPARATOR.join((CLARIFY, clarify.fact, "0")),
        "placeholder": {"type": "plain_text", "text": "Choose one"},
        "options": options,
    }
    return [asked, {"type": "actions", "elements": [select]}, context("Or type your answer in this thread.")]


def file_blocks(report: FileReport, file_id: str = "") -> list[Block]:
    """What is in one file, what that means, and what can be done about it."""
    inspection = report.inspection
    sign = SIGNS[report.verdict]
    blocks = paragraphs(f"{sign} *{escape(clip(inspection.name, 200))}*: {escape(FILE_HEADLINES[report.verdict])}")
    blocks += bullets(report.because)
    if inspection.unread:
        lines = (f"{unread.place or 'the file'}: {unread.detail}" for unread in inspection.unread)
        blocks += [section("*Not checked*"), *bullets(lines)]
    if inspection.hazards:
        blocks += bullets(f"{hazard.place or 'the file'}: {hazard.detail}" for hazard in inspection.hazards)
    for category in _CATEGORIES:
        found = [finding for finding in inspection.findings if finding.category is category]
        if found:
            blocks.append(_finding_block(category, found))
    kinds = copies_of(inspection.media_type) if file_id and (inspection.findings or inspection.hazards) else ()
    # Ids are made by Slack, so nothing of the file stands in the button.
    return blocks + actions(
        [button(_COPY_WORDS[kind], SEPARATOR.join((COPY, kind.value, file_id)), file_id) for kind in kinds]
    )


def citation_blocks(citation: Citation) -> list[Block]:
    """The exact words, and where they stand."""
    quoted = "\n".join(f"> {escape(line)}" for line in citation.quote.splitlines() if line.strip())
    where = [citation.title, citation.section]
    if citation.reviewed:
        where.append(f"reviewed {citation.reviewed:%-d %B %Y}")
    if citation.superseded:
        where.append("superseded")
    if citation.url:
        where.append(citation.url)
    return [*paragraphs(quoted), context(escape(" · ".join(part for part in where if part)))]


def _finding_block(category: Category, found: list[Finding]) -> Block:
    total = sum(finding.count for finding in found)
    lines = [f"*{escape(CATEGORY_WORDS[category])}* × {total}"]
    lines += [f"• {escape(_finding_line(finding))}" for finding in found[:_PLACES_SHOWN]]
    if len(found) > _PLACES_SHOWN:
        lines.append(f"… and {len(found) - _PLACES_SHOWN} more")
    marked = [finding for finding in found if finding.digest][:100]
    if not marked:
        return section("\n".join(lines))
    options = {finding.digest: _option(f"{finding.masked}, {finding.place}", finding.digest) for finding in marked}
    select = {
        "type": "static_select",
        "action_id": SEPARATOR.join((NOT_PERSONAL, category.value)),
        "placeholder": {"type": "plain_text", "text": "Isn’t personal data…"},
        "options": list(options.values()),
        "confirm": {
            "title": {"type": "plain_text", "text": "Not personal data?"},
            "text": {"type": "plain_text", "text": "Later checks at this site will pass over this value."},
            "confirm": {"type": "plain_text", "text": "Pass over it"},
            "deny": {"type": "plain_text", "text": "Keep it"},
        },
    }
    return section("\n".join(lines), select)


def _finding_line(finding: Finding) -> str:
    parts: Iterable[str] = (
        finding.masked,
        finding.place or "file",
        ROLE_WORDS.get(finding.role, ""),
        "hidden" if finding.hidden else "",
        f"× {finding.count}" if finding.count > 1 else "",
        confidence_words(finding.confidence),
    )
    return ", ".join(part for part in parts if part)


def _option(words: str, value: str) -> Block:
    return {"text": {"type": "plain_text", "text": clip(words, 75)}, "value": value}
