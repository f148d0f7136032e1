"""Joins Slack, where it has credentials."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.domain.ports.assistant import ActDesk, Helper
from bot.domain.ports.post import Courier

if TYPE_CHECKING:
    from bot.platforms.slack.client import Clients
    from bot.platforms.slack.installations import Installations
    from bot.platforms.slack.platform import SlackPlatform
    from bot.wiring import Loaded


def platform(loaded: "Loaded", helper: Helper, desk: ActDesk, count: Callable[[str], None]) -> "SlackPlatform | None":
    """Slack for this site; None when it has no credentials."""
    settings = loaded.settings
    if not settings.slack_on:
        return None
    from bot.platforms.slack.platform import Credentials, SlackPlatform
    from bot.platforms.slack.site import Site
    from bot.store.inbox import SqlInbox

    installed = installations(loaded)
    team = frozenset(place.id.rpartition("/")[2] for place in loaded.places(settings.team) if place.platform == "slack")
    site = Site(
        helper,
        desk,
        clients(loaded, installed),
        settings.check_max_bytes,
        team,
        ZoneInfo(settings.time_zone),
        count=count,
    )
    credentials = Credentials(
        _plain(settings.slack_signing_secret),
        _plain(settings.slack_app_token),
        settings.slack_client_id,
        _plain(settings.slack_client_secret),
    )
    return SlackPlatform(site, SqlInbox(loaded.engine, loaded.site_key), credentials, installed)


def courier(loaded: "Loaded") -> Courier | None:
    """Slack's courier; None when Slack is off."""
    if not loaded.settings.slack_on:
        return None
    from bot.platforms.slack.courier import SlackCourier

    return SlackCourier(clients(loaded, installations(loaded)))


def installations(loaded: "Loaded") -> "Installations":
    """The workspaces that this app is installed in."""
    from bot.platforms.slack.installations import Installations
    from bot.store.kept import SqlKept
    from bot.store.sealed import Sealer

    return Installations(SqlKept(loaded.engine, Sealer(loaded.site_key)), _plain(loaded.settings.slack_bot_token))


def clients(loaded: "Loaded", installed: "Installations") -> "Clients":
    """A client for each workspace."""
    from bot.platforms.slack.client import Clients

    return Clients(installed.token, loaded.settings.slack_api_url)


def _plain(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
