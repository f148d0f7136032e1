"""Which accepted events of Slack may take long: those that mean to read files."""

import json

from bot.platforms.slack.blocks import asked_for
from bot.platforms.slack.forms import uploaded
from bot.platforms.slack.outgoing import COPY
from bot.platforms.slack.presses import PRIVATE_CHECK


def reads_files(payload: bytes) -> bool:
    """Whether to work an event off is to read files: attached, uploaded in a form, or fetched for a button."""
    envelope = json.loads(payload)
    event = envelope.get("event") or envelope
    if envelope.get("type") == "block_actions":
        return asked_for((envelope.get("actions") or [{}])[0])[0] in (COPY, PRIVATE_CHECK)
    if envelope.get("type") == "view_submission":
        return bool(uploaded(envelope["view"]))
    return bool(event.get("files") or (event.get("message") or {}).get("files"))
