"""Emails: every header, the words, the conversation quoted below them, and the attachments."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import getaddresses

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, shown_name
from bot.scan.extract.html import add_html
from bot.scan.extract.interface import Extract, Watch

_SHOWN = {"from", "to", "cc", "subject", "date", "reply-to"}
_ROUTING = re.compile(
    r"^(received|dkim-|arc-|authentication-results|mime-version|content-|message-id|x-ms-|x-google|list-|return-path|references|in-reply-to|thread-index)"
)
_QUOTE_STARTS = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|forwarded message|forwarded by .*)\s*-*|begin forwarded message:?|_{20,}"
    r"|on .{6,120} wrote:|(?:>\s?.*\n){2,}|from:\s.+\n(?:.*\n){0,2}(?:sent|date|to|subject):\s)",
    re.IGNORECASE | re.MULTILINE,
)


def read_eml(attachment: Attachment, watch: Watch) -> Extract:
    """Read an email file."""
    basket = Gathered("message/rfc822")
    message = email.message_from_bytes(attachment.content, policy=email.policy.default)
    if isinstance(message, EmailMessage):
        _add_headers(basket, message)
        _add_parts(basket, message)
    return basket.extract()


def _add_headers(basket: Gathered, message: EmailMessage) -> None:
    for name, value in message.raw_items():
        try:
            text = str(email.policy.default.header_fetch_parse(name, value))
        except Exception:  # the header parser raises many kinds on broken headers; the raw words are still there
            text = str(value)
        add_header(basket, name, text)
    hops = message.get_all("Received", [])
    if hops:
        # The first hop is the sender's own machine: its name and address can be those of a home.
        basket.metadata("Received", hops[-1], "header Received")
    add_recipients(
        basket, str(message.get("From", "")), [str(value) for key in ("To", "Cc") for value in message.get_all(key, [])]
    )


def add_header(basket: Gathered, name: str, text: str) -> None:
    """Keep one header: as seen, or as what lies behind the message; what only machines read is left out."""
    kind, place = name.lower(), f"header {shown_name(name)}"
    if kind == "bcc" and text.strip():
        basket.hazard(HazardKind.MANY_RECIPIENTS, place, "The copy still lists the blind-copy recipients.")
    if kind in _SHOWN:
        basket.text(f"{name}: {text}", place)
    elif not _ROUTING.match(kind):
        basket.metadata(name, text, place)


def add_recipients(basket: Gathered, sender: str, receivers: list[str]) -> None:
    """Note a message that shows many people of other organisations to one another (facts 3.1: Bcc was wanted)."""
    own = {address.rpartition("@")[2].lower() for _, address in getaddresses([sender]) if "@" in address}
    outside = {
        address.lower()
        for _, address in getaddresses(receivers)
        if "@" in address and address.rpartition("@")[2].lower() not in own
    }
    if len(outside) > limits.OUTSIDE_RECIPIENTS:
        basket.hazard(
            HazardKind.MANY_RECIPIENTS, "To and Cc", "Everyone addressed sees everyone else's address.", len(outside)
        )


def _add_parts(basket: Gathered, message: EmailMessage) -> None:
    plain = html = ""
    for number, part in enumerate(_leaves(message), 1):
        if number > limits.MEMBERS:
            basket.unreadable("message", UnreadReason.TOO_LARGE, "There are more parts than one check reads.")
            break
        kind, name, content = part.get_content_type(), part.get_filename(), _content(part)
        if kind == "message/rfc822":
            _add_message(basket, part, number)
        elif name or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            _add_attachment(basket, name or f"part {number}", content, kind)
        elif kind == "text/html":
            html += _decoded(part, content)
        else:
            plain += _decoded(part, content)
    add_words(basket, plain, html)


def _leaves(part: Message, depth: int = 0) -> Iterator[Message]:
    """Parts that hold something; an attached message is one part, to be read as a file of its own."""
    payload = part.get_payload()
    if part.get_content_type() != "message/rfc822" and isinstance(payload, list) and depth < 50:
        for one in payload:
            if isinstance(one, Message):
                yield from _leaves(one, depth + 1)
    else:
        yield part


def _add_message(basket: Gathered, part: Message, number: int) -> None:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, Message):
        basket.hazard(HazardKind.FORWARDED_CHAIN, "attached message", "Another email is attached.")
        basket.child(
            "attached message.eml", inner.as_bytes(policy=email.policy.compat32), f"attachment {number} (email)"
        )


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: Message, content: bytes) -> str:
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset, errors="replace")
    except LookupError:
        return content.decode("utf-8", errors="replace")


def _add_attachment(basket: Gathered, name: str, content: bytes, kind: str) -> None:
    if not content:
        return
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        basket.unreadable(
            f"attachment {shown_name(name)}",
            UnreadReason.UNSUPPORTED,
            "Outlook's own wrapper (winmail.dat) is not read.",
        )
        return
    basket.child(name, content, f"attachment {shown_name(name)}")


def add_words(basket: Gathered, plain: str, html: str) -> None:
    """Add the words of a message; what is quoted from earlier messages is set apart."""
    if html and len(html) > 20 and not plain.strip():
        before = len(basket.parts)
        add_html(basket, html, "message, ")
        if _QUOTE_STARTS.search("\n".join(getattr(part, "text", "") for part in basket.parts[before:])):
            basket.hazard(HazardKind.FORWARDED_CHAIN, "message", "Earlier messages are quoted below.")
        return
    own, quoted = split_quoted(plain)
    basket.text(own, "message")
    if quoted:
        basket.hazard(
            HazardKind.FORWARDED_CHAIN, "quoted messages", "Earlier messages are quoted below.", _depth(quoted)
        )
        basket.text(quoted, "quoted messages")
    if html:
        _add_more_of_html(basket, html, plain)


def _add_more_of_html(basket: Gathered, html: str, plain: str) -> None:
    """The two versions of a message should say the same; what only the HTML says is read too."""
    other = Gathered("text/html")
    add_html(other, html, "message, ")
    known = " ".join(plain.split()).lower()
    for part in other.parts:
        text = getattr(part, "text", None)
        if text is None:
            basket.parts.append(part)
            continue
        new = [line for line in text.splitlines() if " ".join(line.split()).lower() not in known]
        if new:
            basket.text("\n".join(new), part.place, hidden=bool(getattr(part, "hidden", False)))
    for hazard in other.extract().hazards:
        basket.hazard(hazard.kind, hazard.place, hazard.detail, hazard.count)


def split_quoted(text: str) -> tuple[str, str]:
    """The words of the message itself, and what it quotes or forwards."""
    text = text.replace("\r\n", "\n")
    start = _QUOTE_STARTS.search(text)
    if start is None:
        return text, ""
    return text[: start.start()], text[start.start() :]


def _depth(quoted: str) -> int:
    return max(1, len(re.findall(r"^[>\s]*(?:from|sent):\s", quoted, re.IGNORECASE | re.MULTILINE)) // 2)
