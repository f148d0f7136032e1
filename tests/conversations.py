"""Conversations with the whole assistant, a message after the other."""

from collections.abc import Iterator

import pytest

from bot.domain.message import Message
from bot.domain.reply import Reply
from bot.respond import Assistant
from bot.settings import read_settings
from bot.wiring import build
from tests.conftest import NewData

STATEMENT = "can I send the witness statement to the defence by CJSM"


@pytest.fixture(scope="module")
def assistant(new_data: NewData) -> Iterator[Assistant]:
    service = build(read_settings(data_dir=new_data(), guidance_dir=None, vocabulary_file=None))
    yield service
    service.close()


def conversation(assistant: Assistant, *texts: str) -> Reply:
    """The reply to the last text, each reply's memory being handed to the next message."""
    reply = assistant.respond(Message(texts[0]))
    for text in texts[1:]:
        reply = assistant.respond(Message(text, remembered=reply.remember))
    return reply
