"""A reply as the page shows it; nothing here does input or output, and templates escape every word of it."""

from dataclasses import dataclass

from bot.domain.card import CardKind
from bot.domain.reply import Clarify, Reply
from bot.domain.words import CONDITIONS_HEADING, HEADLINES, headline
from bot.platforms.web.cards import ButtonView, CardView
from bot.platforms.web.conversation import Exchange
from bot.platforms.web.outgoing_files import FileView, Sign, file_view
from bot.platforms.web.quotes import QuoteView, quotes_of

CORRECT = "answer.change"
"""The act that corrects what was understood."""


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
    urgent: tuple[CardView, ...]
    """Cards to see before the reply itself."""
    cards: tuple[CardView, ...]
    buttons: tuple[ButtonView, ...]
    correct: ButtonView | None
    """Corrects what was understood; stands beside it."""
    announcement: str
    """What a screen reader is told when the reply arrives."""


def exchange_view(
    exchange: Exchange, sign: Sign, cards: tuple[CardView, ...] = (), buttons: tuple[ButtonView, ...] = ()
) -> ExchangeView:
    """Everything the template needs for one exchange with the cards and buttons that go with it."""
    reply = exchange.reply
    urgent = tuple(card for card in cards if card.kind == CardKind.BREACH)
    correct = next((button for button in buttons if button.act == CORRECT), None) if reply.understood else None
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
        quotes=quotes_of(reply.citations),
        clarify=reply.clarify,
        files=tuple(file_view(report, sign, reply.citations) for report in reply.files),
        urgent=urgent,
        cards=tuple(card for card in cards if card not in urgent),
        buttons=tuple(button for button in buttons if button != correct),
        correct=correct,
        announcement=" ".join((*(f"{card.title}." for card in urgent), _announcement(reply, label, headline))),
    )


def _label_and_headline(reply: Reply) -> tuple[str, str]:
    """The verdict in words, and the headline unless it says the verdict already."""
    if reply.headline.casefold().startswith(HEADLINES[reply.verdict].casefold()):
        return reply.headline, ""
    return headline(reply.verdict, reply.contact), reply.headline


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
