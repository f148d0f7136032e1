"""Replies and cards as Slack messages; nothing here does input or output."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.card import Card, CardKind
from bot.domain.citation import Citation
from bot.domain.copy import copies_of
from bot.domain.finding import Category, FileReport, Finding
from bot.domain.plain import reply_text, report_text
from bot.domain.reply import Clarify, Reply
from bot.domain.verdict import Verdict
from bot.domain.words import CATEGORY_WORDS, CONDITIONS_HEADING, FILE_HEADLINES
from bot.platforms.chat.citing import quoted
from bot.platforms.chat.text import clip
from bot.platforms.chat.words import CARD_SIGNS, COPY_WORDS, VERDICT_SIGNS, finding_words, labelled
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
    reply_buttons,
    section,
)
from bot.platforms.slack.text import escape

CLARIFY, NOT_PERSONAL, COPY = "clarify", "not_personal", "copy"
_BUTTONS_FOR_OPTIONS = 8
_PLACES_SHOWN = 4
_CATEGORIES = tuple(Category)


def reply_postings(reply: Reply, file_ids: tuple[str, ...] = ()) -> tuple[Posting, ...]:
    """A reply as one or more messages; `file_ids` are Slack's, in the order of the reply's files."""
    # What has gone already cannot wait until an answer has been read.
    gone = [card for card in reply.cards if card.kind is CardKind.BREACH]
    blocks = [block for card in gone for block in (*card_blocks(card), divider())]
    blocks.append(header(f"{VERDICT_SIGNS[reply.verdict]} {reply.headline}"))
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
    blocks += citations_blocks(reply.citations)
    kept = [] if reply.verdict is Verdict.OK else [context(f"Questions: {escape(reply.contact)}")]
    kept += reply_buttons(reply.buttons)
    for card in (one for one in reply.cards if one not in gone):
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
    sign = CARD_SIGNS.get(card.kind, "")
    blocks = [header(f"{sign} {card.title}".strip())]
    for line in card.lines:
        blocks += paragraphs(escape(line))
    blocks += paragraphs("\n".join(f"*{escape(labelled(label))}* {escape(value)}" for label, value in card.details))
    if card.steps:
        blocks += paragraphs("\n".join(f"{number}. {escape(step)}" for number, step in enumerate(card.steps, start=1)))
    return blocks + act_buttons(card.buttons)


def citations_blocks(citations: Sequence[Citation]) -> list[Block]:
    """Each place once, with its quotations; beyond a few, only where to look."""
    found, more = quoted(citations)
    blocks: list[Block] = []
    for one in found:
        blocks += [*paragraphs("\n".join(f"> {escape(line)}" for line in one.lines)), context(escape(one.where))]
    return [*blocks, context(escape(more))] if more else blocks


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
    sign = VERDICT_SIGNS[report.verdict]
    blocks = paragraphs(f"{sign} *{escape(clip(inspection.name, 200))}*: {escape(FILE_HEADLINES[report.verdict])}")
    blocks += bullets(report.because)
    if inspection.hazards:
        blocks += bullets(f"{hazard.place or 'the file'}: {hazard.detail}" for hazard in inspection.hazards)
    by_kind = [[one for one in inspection.findings if one.category is category] for category in _CATEGORIES]
    blocks += paragraphs("\n".join(_found_line(found[0].category, found) for found in by_kind if found))
    if inspection.unread:
        lines = (f"{unread.place or 'the file'}: {unread.detail}" for unread in inspection.unread)
        blocks += [section("*Not checked*"), *bullets(lines)]
    kinds = copies_of(inspection.media_type) if file_id and (inspection.findings or inspection.hazards) else ()
    # Ids are made by Slack, so nothing of the file stands in the button.
    can = [button(COPY_WORDS[kind], SEPARATOR.join((COPY, kind.value, file_id)), file_id) for kind in kinds]
    passed_over = _pass_over(inspection.findings)
    return blocks + actions([*can, *([passed_over] if passed_over else [])])


def _found_line(category: Category, found: list[Finding]) -> str:
    """One kind of personal data: how often, and where the first few are."""
    total = sum(finding.count for finding in found)
    places = "; ".join(escape(finding_words(finding)) for finding in found[:_PLACES_SHOWN])
    left = len(found) - _PLACES_SHOWN
    return f"• *{escape(CATEGORY_WORDS[category])}* × {total}: {places}" + (f"; and {left} more" if left > 0 else "")


def _pass_over(findings: Iterable[Finding]) -> Block | None:
    """One list of everything found, to say of a value that it is no personal data."""
    marked = {
        finding.digest: _option(
            f"{CATEGORY_WORDS[finding.category]}: {finding.masked}, {finding.place}",
            SEPARATOR.join((finding.category.value, finding.digest)),
        )
        for finding in findings
        if finding.digest
    }
    if not marked:
        return None
    return {
        "type": "static_select",
        "action_id": NOT_PERSONAL,
        "placeholder": {"type": "plain_text", "text": "One of these isn’t personal data…"},
        "options": list(marked.values())[:100],
        "confirm": {
            "title": {"type": "plain_text", "text": "Not personal data?"},
            "text": {"type": "plain_text", "text": "Later checks at this site will pass over this value."},
            "confirm": {"type": "plain_text", "text": "Pass over it"},
            "deny": {"type": "plain_text", "text": "Keep it"},
        },
    }


def _option(words: str, value: str) -> Block:
    return {"text": {"type": "plain_text", "text": clip(words, 75)}, "value": value}
