"""The chat platforms beside the web, each joined in a file of its own beside this one."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.domain.ports.assistant import ActDesk, Helper
from bot.wiring import slack, teams

if TYPE_CHECKING:
    from bot.metrics import ChatPlatform
    from bot.wiring import Loaded


def platforms(
    loaded: "Loaded", helper: Helper, desk: ActDesk, count: Callable[[str, str], None]
) -> "Sequence[ChatPlatform]":
    """Those that have credentials; `count` is told the platform and what was refused or ignored."""
    found = (
        slack.platform(loaded, helper, desk, lambda what: count("slack", what)),
        teams.platform(loaded, helper, desk, lambda what: count("teams", what)),
    )
    return tuple(one for one in found if one is not None)
