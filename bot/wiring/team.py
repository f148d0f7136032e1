"""Who acts for the information team on a chat platform."""

from typing import TYPE_CHECKING

from bot.platforms.chat.team import Team

if TYPE_CHECKING:
    from bot.wiring import Loaded


def team(loaded: "Loaded", platform: str) -> Team:
    """The channels and people of SENDCHECK_TEAM and SENDCHECK_LEAD there."""
    settings = loaded.settings
    named = (*loaded.places(settings.team), *loaded.places(settings.lead))
    # Before the id may stand the workspace it is in, or "person".
    return Team(frozenset(place.id.rpartition("/")[2] for place in named if place.platform == platform))
