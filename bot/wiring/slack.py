"""Joins Slack, where it has credentials."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.domain.component import Checked
from bot.domain.ports.assistant import ActDesk, Helper
from bot.domain.ports.post import Courier
from bot.wiring.team import team

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
    site = Site(
        helper,
        desk,
        clients(loaded, installed),
        settings.check_max_bytes,
        team(loaded, "slack"),
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


def checks(loaded: "Loaded") -> "Iterable[Checked]":
    """What `sendcheck doctor` says of Slack; nothing when it is off. Raises StoreError."""
    if not loaded.settings.slack_on:
        return ()
    from bot.platforms.slack.incoming import is_user
    from bot.platforms.slack.platform import doctor

    installed = installations(loaded)
    channels = sorted(place for place in team(loaded, "slack").places if not is_user(place))
    return doctor(clients(loaded, installed), installed, channels)


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
