"""What a form of the web chat says, as a Message; nothing here does input or output."""

import re
from collections.abc import Iterable

from starlette.datastructures import FormData

from bot.domain.message import Attachment, Message
from bot.errors import SendcheckError
from bot.platforms.web.conversation import Conversation
from bot.platforms.web.words import RECIPIENTS

LONGEST_TEXT = 10_000
LONGEST_CASE = 40
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class FormError(SendcheckError):
    """What was typed cannot be used as it is; the text says what to do about it."""


def message(form: FormData, attachments: Iterable[Attachment], conversation: Conversation) -> Message:
    """The message a form stands for; raises FormError with one line for the person."""
    files = tuple(attachments)
    text = _text(form, "text")
    option = _text(form, "option")
    answered = conversation.find(_text(form, "answering"))
    answers = dict(answered.answers) if answered else {}
    if option and answered and answered.reply.clarify:
        words = dict(answered.reply.clarify.options).get(option)
        if words is None:
            raise FormError("That answer is not one of those offered. Choose one, or type your own.")
        text = words
        answers[answered.reply.clarify.fact] = option
    recipient = _text(form, "recipient")
    if recipient in dict(RECIPIENTS):
        answers["recipient"] = recipient
    if not text and not files:
        raise FormError("Type a question, or attach a file to check.")
    case = _text(form, "case")[:LONGEST_CASE] or None
    return Message(
        text,
        files,
        conversation.history(),
        tuple(answers.items()),
        case,
        remembered=conversation.remembered,
        thread=conversation.id,
        sender=conversation.person,
    )


def file_name(raw: str) -> str:
    """The last part of a file name, without control characters; browsers and pastes send odd ones."""
    return _CONTROL.sub("", raw.replace("\\", "/")).rsplit("/", 1)[-1][:255] or "unnamed file"


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > LONGEST_TEXT:
        raise FormError(f"That is longer than {LONGEST_TEXT:,} characters. Send the part your question is about.")
    return _UNPRINTABLE.sub(" ", text.replace("\r\n", "\n"))
