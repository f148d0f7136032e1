"""A card as a mail: plain text, and the same as simple HTML with the picture in its place."""

from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from bot.domain.card import Card, CardKind

NAME = "Can I Send This?"

SUBJECTS = {
    CardKind.NOTE: "A message for you",
    CardKind.REPORT: "A near-miss report",
    CardKind.QUESTION: "A question for the information team",
    CardKind.ANSWER: "An answer to your question",
    CardKind.CHANGED: "The guidance has changed",
    CardKind.LESSON: "A lesson learned",
    CardKind.BREACH: "A possible breach: please read this now",
    CardKind.DISPATCH: "Something on its way",
    CardKind.DIGEST: "What we learned",
    CardKind.REMINDER: "A reminder",
}
"""Subjects are fixed words: they show on locked screens and in the logs of every server on the way."""


def mail(card: Card, to: str, sender: str, key: str, now: datetime, board: str = "") -> EmailMessage:
    """The mail that carries a card; raises ValueError for an address that is none.

    The Message-ID comes from the key and the mailbox (RFC 5322 section 3.6.4), so that a mail that was sent twice
    because its receipt got lost is known by mailboxes as the same one.
    """
    recipient, author = _address(to), _address(sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(NAME, addr_spec=author.addr_spec)
    message["To"] = recipient
    message["Subject"] = f"{NAME} {SUBJECTS[card.kind]}"
    message["Date"] = format_datetime(now)
    name = sha256("\n".join((key, to)).encode()).hexdigest()[:40]
    message["Message-ID"] = f"<{name}@{author.domain}>"
    # RFC 3834: nobody's out-of-office note is to come back.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content("\n".join(_text(card, board)) + "\n")
    content_id = f"picture-{name}@{author.domain}"
    message.add_alternative("\n".join(_html(card, board, content_id)), subtype="html")
    if card.picture:
        html = message.get_payload()[1]  # type: ignore[index]
        picture = card.picture.png
        html.add_related(picture, "image", "png", cid=f"<{content_id}>", disposition="inline")  # type: ignore[union-attr]
    return message


def _address(text: str) -> Address:
    """One plain mailbox address; raises ValueError for anything that could be read as more."""
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError, AttributeError) as error:
        raise ValueError("not a mail address") from error
    if not (address.username and address.domain) or not text.isprintable() or " " in text:
        raise ValueError("not a mail address")
    return address


def _text(card: Card, board: str) -> Iterator[str]:
    yield card.title
    for line in card.lines:
        yield f"\n{line}"
    if card.details:
        yield ""
        yield from (f"{label}: {value}" for label, value in card.details)
    if card.steps:
        yield ""
        yield from (f"{number}. {step}" for number, step in enumerate(card.steps, start=1))
    if card.picture:
        yield f"\n{card.picture.alt}"
    if card.buttons:
        yield f"\n{_what_to_do(card, board)}"


def _html(card: Card, board: str, content_id: str) -> Iterator[str]:
    yield f"<html><body><h2>{escape(card.title)}</h2>"
    yield from (f"<p>{escape(line)}</p>" for line in card.lines)
    if card.details:
        yield "<table>"
        for label, value in card.details:
            yield f'<tr><th align="left">{escape(label)}</th><td>{escape(value)}</td></tr>'
        yield "</table>"
    if card.steps:
        yield f"<ol>{''.join(f'<li>{escape(step)}</li>' for step in card.steps)}</ol>"
    if card.picture:
        yield f'<p><img src="cid:{content_id}" alt="{escape(card.picture.alt)}"></p>'
    if card.buttons:
        yield f"<p>{escape(_what_to_do(card, board))}</p>"
    yield "</body></html>"


def _what_to_do(card: Card, board: str) -> str:
    """Buttons cannot be pressed in a mail; it says what can be done, and where."""
    words = ", ".join(f"“{button.words}”" for button in card.buttons)
    where = f"on the board: {board}" if board else f"on the board of {NAME}, or in your chat with it"
    return f"You can choose {words} {where}"
