"""Outlook messages: headers, words, quoted conversation, attachments, and messages attached as Outlook items."""

from dataclasses import replace

from oxmsg import Message
from oxmsg.attachment import Attachment as OutlookAttachment
from oxmsg.storage import Storage, Stream

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.eml import add_header, add_recipients, add_words
from bot.scan.extract.gather import INSIDE, Gathered, shown_name
from bot.scan.extract.interface import Extract, Text, Watch
from bot.scan.extract.msg_rtf import unpacked_rtf
from bot.scan.extract.ole import note_damage
from bot.scan.extract.rtf import words_of

_RECIPIENT_TYPE, _RTF = 0x0C15, 0x1009
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
"""Values of PidTagRecipientType ([MS-OXOMSG] 2.2.3.1.2)."""
_ITEM = "__substg1.0_3701000D"
"""A message attached as an item is a storage of this name ([MS-OXMSG] 2.2.2.1)."""
_PROPERTIES = "__properties_version1.0"
_ALREADY_READ = ("from", "to", "cc", "bcc", "subject")


def read_msg(attachment: Attachment, watch: Watch) -> Extract:
    """Read an Outlook message file."""
    basket = Gathered("application/vnd.ms-outlook")
    note_damage(basket, attachment.content)
    _guarded(basket, attachment.content, "", 0)
    return basket.extract()


def _guarded(basket: Gathered, source: bytes | Storage, prefix: str, depth: int) -> None:
    try:
        message = Message.load(source) if isinstance(source, bytes) else Message(source)
        _read_message(basket, message, prefix, depth)
    except MemoryError:
        raise
    except Exception:  # the library passes on whatever a broken container provokes
        basket.unreadable(f"{prefix}message", UnreadReason.CORRUPT, "Parts of the message are broken.")


def _read_message(basket: Gathered, message: Message, prefix: str, depth: int) -> None:
    inner = Gathered(basket.media_type)
    _add_people(inner, message)
    inner.text(f"Subject: {message.subject or ''}", "header Subject")
    for name, value in message.message_headers.items():
        if name.lower() not in _ALREADY_READ:
            add_header(inner, name, value)
    plain, html = message.body or "", message.html_body or ""
    packed = message.properties.binary_prop_value(_RTF)
    if not (plain.strip() or html.strip()) and packed:
        plain = words_of(unpacked_rtf(packed).decode("latin-1"))
    add_words(inner, plain, html)
    _join(basket, inner, prefix)
    for number, one in enumerate(message.attachments, 1):
        _add_attachment(basket, one, number, prefix, depth)


def _join(basket: Gathered, inner: Gathered, prefix: str) -> None:
    extract = inner.extract()
    basket.parts += [replace(part, place=prefix + part.place) for part in extract.parts]
    for hazard in extract.hazards:
        basket.hazard(hazard.kind, prefix + hazard.place, hazard.detail, hazard.count)
    basket.unread += [replace(one, place=prefix + one.place) for one in extract.unread]


def _add_people(basket: Gathered, message: Message) -> None:
    sender = message.sender or ""
    basket.text(f"From: {sender}", "header From")
    receivers: dict[str, list[str]] = {}
    for one in message.recipients:
        kind = _KINDS.get(one.properties.int_prop_value(_RECIPIENT_TYPE) or 1, "To")
        receivers.setdefault(kind, []).append(f"{one.name} <{one.email_address}>")
    for kind, people in receivers.items():
        if kind == "Bcc":
            basket.hazard(HazardKind.MANY_RECIPIENTS, "header Bcc", "The copy still lists the blind-copy recipients.")
            basket.parts.append(Text(f"Bcc: {', '.join(people)}", "header Bcc", True, "metadata"))
        else:
            basket.text(f"{kind}: {', '.join(people)}", f"header {kind}")
    add_recipients(basket, sender, receivers.get("To", []) + receivers.get("Cc", []))


def _add_attachment(basket: Gathered, one: OutlookAttachment, number: int, prefix: str, depth: int) -> None:
    name = one.file_name or f"attachment {number}"
    place = f"{prefix}attachment {shown_name(name)}"
    folder: Storage = one._storage  # type: ignore[assignment]  # the library has no public way to a storage inside
    item = next((storage for storage in folder.storages if storage.name == _ITEM), None)
    if item is not None:
        _add_item(basket, item, f"{prefix}attachment {number} (message)", depth + 1)
    elif one.file_bytes:
        basket.child(name, one.file_bytes, place)
    else:
        basket.unreadable(
            place, UnreadReason.UNSUPPORTED, "It is only a link to a file, or holds nothing that is read."
        )


def _add_item(basket: Gathered, item: Storage, place: str, depth: int) -> None:
    basket.hazard(HazardKind.FORWARDED_CHAIN, place, "Another message is attached.")
    if depth > limits.ARCHIVE_DEPTH:
        basket.unreadable(place, UnreadReason.TOO_LARGE, "It lies deeper inside other files than one check looks.")
        return
    # Inside a message the head of the properties is eight bytes shorter than on its own ([MS-OXMSG] 2.4.1).
    streams = tuple(
        Stream(stream.path, stream.bytes_[:24] + bytes(8) + stream.bytes_[24:])
        if stream.name == _PROPERTIES
        else stream
        for stream in item.streams
    )
    _guarded(basket, Storage(item.path, streams, item.storages), f"{place}{INSIDE}", depth)
