"""Which accepted activities of Teams may take long: those that mean to read files."""

import json

from bot.platforms.teams.blocks import COPY
from bot.platforms.teams.events import CONSENTED
from bot.platforms.teams.incoming import is_file
from bot.platforms.teams.outgoing import pressed_with
from bot.platforms.teams.presses import carried


def reads_files(payload: bytes) -> bool:
    """Whether to work an activity off is to read files: attached, or fetched for a button or an accepted copy."""
    activity = json.loads(payload)
    if activity.get("name") == CONSENTED or (pressed_with(carried(activity)) or {}).get("do") == COPY:
        return True
    return any(isinstance(one, dict) and is_file(one) for one in activity.get("attachments") or ())
