"""Outlook messages: headers, words, quoted conversation, attachments."""

from oxmsg import Message
from oxmsg.attachment import Attachment as OutlookAttachment

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.eml import add_recipients, add_words
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Extract, Watch


def read_msg(attachment: Attachment, watch: Watch) -> Extract:
    """Read an Outlook message file."""
    basket = Gathered("application/vnd.ms-outlook")
    try:
        message = Message.load(attachment.content)
        sender, receivers = message.sender or "", [f"{one.name} <{one.email_address}>" for one in message.recipients]
        basket.text(f"From: {sender}", "header From")
        basket.text(f"To: {', '.join(receivers)}", "header To")
        basket.text(f"Subject: {message.subject or ''}", "header Subject")
        for name, value in message.message_headers.items():
            if name.lower() in ("cc", "bcc", "reply-to", "x-originating-ip"):
                basket.metadata(name, value, f"header {name}")
        add_recipients(basket, sender, receivers)
        add_words(basket, message.body or "", message.html_body or "")
        for number, one in enumerate(message.attachments, 1):
            _add_attachment(basket, one, number)
    except MemoryError:
        raise
    except Exception:  # the library passes on whatever a broken container provokes
        basket.unreadable("message", UnreadReason.CORRUPT, "Parts of the message are broken.")
    return basket.extract()


def _add_attachment(basket: Gathered, one: OutlookAttachment, number: int) -> None:
    name = one.file_name or f"attachment {number}"
    content = one.file_bytes
    if content:
        basket.child(name, content, f"attachment {name}")
    else:
        basket.hazard(HazardKind.FORWARDED_CHAIN, f"attachment {number}", "Another message is attached.")
        basket.unreadable(
            f"attachment {name}", UnreadReason.UNSUPPORTED, "A message attached as an Outlook item is not read."
        )
