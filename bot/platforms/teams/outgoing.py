"""Replies and cards as Adaptive Cards; nothing here does input or output."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.card import Button, Card, CardKind
from bot.domain.citation import Citation
from bot.domain.copy import copies_of
from bot.domain.finding import Category, FileReport, Finding
from bot.domain.plain import card_text, reply_text, report_text
from bot.domain.reply import Clarify, Reply
from bot.domain.verdict import Verdict
from bot.domain.words import CATEGORY_WORDS, CONDITIONS_HEADING, FILE_HEADLINES
from bot.platforms.chat.citing import quoted
from bot.platforms.chat.text import clip
from bot.platforms.chat.words import CARD_SIGNS, COPY_WORDS, VERDICT_SIGNS, finding_words, labelled
from bot.platforms.teams.blocks import (
    CLARIFY,
    COPY,
    KEY,
    NOT_PERSONAL,
    Block,
    Posting,
    act_buttons,
    actions,
    bold,
    bullets,
    container,
    execute,
    heading,
    packed,
    paragraphs,
    rich,
    run,
    small,
    steps,
)
from bot.platforms.teams.pictures import data_address

_GROUNDS = {
    Verdict.OK: "good",
    Verdict.SAFEGUARDS: "warning",
    Verdict.ASK: "warning",
    Verdict.STOP: "attention",
    Verdict.NOT_COVERED: "emphasis",
}
_CARD_GROUNDS = {CardKind.BREACH: "attention", CardKind.DISPATCH: "accent", CardKind.LESSON: "good"}
HELPFUL, NOT_HELPFUL = "answer.helpful", "answer.not_helpful"
"""Acts that Teams has buttons of its own for, under the message."""
_BUTTONS_FOR_OPTIONS = 6
_PLACES_SHOWN = 6
_CATEGORIES = tuple(Category)


def reply_postings(reply: Reply, file_ids: Sequence[str] = ()) -> tuple[Posting, ...]:
    """A reply as one or more messages; `file_ids` are those under which the files can be had again, in their order."""
    urgent = [card for card in reply.cards if card.kind is CardKind.BREACH]
    blocks = [block for card in urgent for block in card_blocks(card)]
    blocks += _answer_blocks(reply, file_ids, buttons=True)
    kept = _last_blocks(reply, buttons=True)
    kept += [block for card in reply.cards if card not in urgent for block in card_blocks(card)]
    made = packed(blocks, reply_text(reply), reply.id if has_feedback(reply.buttons) else "", kept)
    return tuple(replace(one, by_model=True) for one in made) if reply.by_model else made


def has_feedback(buttons: Iterable[Button]) -> bool:
    """Whether somebody may say that it helped."""
    return any(one.act == HELPFUL for one in buttons)


def reply_blocks(reply: Reply, file_ids: Sequence[str] = (), *, buttons: bool = True) -> list[Block]:
    """A reply without the cards that go with it; without `buttons`, as it may be shown to anybody."""
    return [*_answer_blocks(reply, file_ids, buttons=buttons), *_last_blocks(reply, buttons=buttons)]


def _answer_blocks(reply: Reply, file_ids: Sequence[str], *, buttons: bool) -> list[Block]:
    title = [heading(f"{VERDICT_SIGNS[reply.verdict]} {reply.headline}", "Large")]
    if reply.understood:
        title += small(reply.understood)
    blocks = [container(title, _GROUNDS[reply.verdict], bleed=True), *bullets(reply.because)]
    if reply.conditions:
        blocks += [bold(CONDITIONS_HEADING[reply.verdict]), *bullets(reply.conditions, "☐")]
    if reply.clarify and buttons:
        blocks += clarify_blocks(reply.clarify)
    for number, one in enumerate(reply.files):
        # The reasons of a single file are those of the reply.
        report = replace(one, because=()) if len(reply.files) == 1 else one
        blocks += file_blocks(report, file_ids[number] if number < len(file_ids) else "", number)
    return blocks + citations_blocks(reply.citations)


def _last_blocks(reply: Reply, *, buttons: bool) -> list[Block]:
    """Whom to ask, and what can be done."""
    blocks = [] if reply.verdict is Verdict.OK else small(f"Questions: {reply.contact}")
    if buttons:
        blocks += act_buttons([one for one in reply.buttons if one.act not in (HELPFUL, NOT_HELPFUL)])
    return blocks


def report_postings(report: FileReport, file_id: str = "") -> tuple[Posting, ...]:
    """The report on one file by itself."""
    return packed(file_blocks(report, file_id), report_text(report))


def card_postings(card: Card) -> tuple[Posting, ...]:
    """A card as a message, with its picture inside."""
    return packed(card_blocks(card), card_text(card))


def card_blocks(card: Card, *, buttons: bool = True) -> list[Block]:
    """A card inside a message or a dialog."""
    title = heading(f"{CARD_SIGNS.get(card.kind, '')} {card.title}".strip())
    ground = _CARD_GROUNDS.get(card.kind)
    blocks = [container([title], ground, bleed=True, spacing="Medium") if ground else title]
    for line in card.lines:
        blocks += paragraphs(line)
    blocks += [rich(run(f"{labelled(label)} ", weight="Bolder"), run(value)) for label, value in card.details]
    blocks += steps(card.steps)
    address = data_address(card.picture.png) if card.picture else ""
    if card.picture and address:
        blocks.append({"type": "Image", "url": address, "altText": clip(card.picture.alt, 1000), "size": "Stretch"})
    if card.picture:
        blocks += small(card.picture.alt)
    return blocks + (act_buttons(card.buttons) if buttons else [])


def clarify_blocks(clarify: Clarify) -> list[Block]:
    """The one question, with buttons, or with a list where there are many answers."""
    blocks = [bold(clarify.question)]
    if len(clarify.options) <= _BUTTONS_FOR_OPTIONS:
        made = [
            execute(words, {"do": CLARIFY, "fact": clarify.fact, "term": term, "words": words})
            for term, words in clarify.options
        ]
        return [*blocks, *actions(made), *small("Or type your answer.")]
    name = f"choice-{clarify.fact}"
    choices = [{"title": clip(words, 200), "value": term} for term, words in clarify.options[:100]]
    select = {
        "type": "Input.ChoiceSet", "id": name, "style": "compact", "choices": choices,
        "label": "Choose one", "placeholder": "Choose one", "isRequired": True, "errorMessage": "Choose one.",
    }  # fmt: skip
    choose = execute("Choose", {"do": CLARIFY, "fact": clarify.fact, "input": name}, gathers=True)
    # In one block, so that no end of a message comes between the list and its button.
    return [*blocks, container([select, *actions([choose])]), *small("Or type your answer.")]


def file_blocks(report: FileReport, file_id: str = "", number: int = 0) -> list[Block]:
    """What is in one file, what that means, and what can be done about it."""
    inspection = report.inspection
    name = run(clip(inspection.name, 200), weight="Bolder")
    title = rich(run(f"{VERDICT_SIGNS[report.verdict]} "), name, run(f": {FILE_HEADLINES[report.verdict]}"))
    blocks = [container([title], "emphasis", spacing="Medium"), *bullets(report.because)]
    if inspection.unread:
        blocks += [bold("Not checked")]
        blocks += bullets(f"{unread.place or 'the file'}: {unread.detail}" for unread in inspection.unread)
    blocks += bullets((f"{hazard.place or 'the file'}: {hazard.detail}" for hazard in inspection.hazards), "⚠")
    for category in _CATEGORIES:
        found = [finding for finding in inspection.findings if finding.category is category]
        if found:
            blocks += _finding_blocks(category, found)
    kinds = copies_of(inspection.media_type) if file_id and (inspection.findings or inspection.hazards) else ()
    buttons = [execute(COPY_WORDS[kind], {"do": COPY, "kind": kind.value, "file": file_id}) for kind in kinds]
    return blocks + _pass_over(inspection.findings, number) + actions(buttons)


def citations_blocks(citations: Sequence[Citation]) -> list[Block]:
    """Each place once, with its quotations; beyond a few, only where to look."""
    found, more = quoted(citations)
    blocks = [container([*_quotes(one.lines), *small(one.where)], "emphasis", spacing="Small") for one in found]
    return blocks + (small(more) if more else [])


def _quotes(lines: Sequence[str]) -> list[Block]:
    return [block for line in lines for block in paragraphs(f"“{line}”", italic=True)]


def _finding_blocks(category: Category, found: list[Finding]) -> list[Block]:
    total, name = sum(finding.count for finding in found), CATEGORY_WORDS[category]
    lines = [finding_words(finding) for finding in found[:_PLACES_SHOWN]]
    if len(found) > _PLACES_SHOWN:
        lines.append(f"… and {len(found) - _PLACES_SHOWN} more")
    return [bold(f"{name[:1].upper()}{name[1:]} × {total}"), *bullets(lines)]


def _pass_over(findings: Sequence[Finding], number: int) -> list[Block]:
    """A list to choose a finding from that is no personal data at this site, shown on demand."""
    marked = {finding.digest: finding for finding in findings if finding.digest}
    if not marked:
        return []
    name, place = f"passed-{number}", f"pass-over-{number}"
    choices = [
        {
            "title": clip(f"{CATEGORY_WORDS[one.category]} {one.masked}, {one.place}", 200),
            "value": f"{digest}|{one.category.value}",
        }
        for digest, one in list(marked.items())[:50]
    ]
    select = {
        "type": "Input.ChoiceSet", "id": name, "style": "compact", "choices": choices, "placeholder": "Choose one",
        "label": "Which one isn’t personal data? Later checks at this site will pass over it.",
    }  # fmt: skip
    passing = execute("Pass over it", {"do": NOT_PERSONAL, "input": name}, gathers=True)
    hidden = container([select, *actions([passing])], id=place, isVisible=False)
    toggle = {"type": "Action.ToggleVisibility", "title": "Something isn’t personal data", "targetElements": [place]}
    return [container([*actions([toggle]), hidden])]


def pressed_with(value: object) -> Block | None:
    """What a button of ours carries, None for anything else."""
    data = value.get(KEY) if isinstance(value, dict) else None
    return data if isinstance(data, dict) and isinstance(data.get("do"), str) else None
