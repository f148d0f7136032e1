"""Joins Microsoft Teams, where it has credentials."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.domain.component import Checked, Component
from bot.domain.ports.assistant import ActDesk, Helper
from bot.domain.ports.post import Courier
from bot.settings import LOOPBACK, Settings
from bot.wiring.team import team

if TYPE_CHECKING:
    from bot.platforms.teams.client import Connectors
    from bot.platforms.teams.gate import Gate
    from bot.platforms.teams.platform import TeamsPlatform
    from bot.platforms.teams.references import References
    from bot.platforms.teams.tokens import Credentials
    from bot.wiring import Loaded


def platform(loaded: "Loaded", helper: Helper, desk: ActDesk, count: Callable[[str], None]) -> "TeamsPlatform | None":
    """Teams for this site; None when it has no credentials."""
    settings = loaded.settings
    if not settings.teams_on:
        return None
    from bot.platforms.teams.files import Files
    from bot.platforms.teams.platform import TeamsPlatform
    from bot.platforms.teams.site import Site

    joined = connectors(loaded)
    hosts = frozenset(host.strip().lower() for host in settings.teams_file_hosts.split(",") if host.strip())
    site = Site(
        helper,
        desk,
        joined,
        Files(hosts, settings.check_max_bytes, joined.token),
        references(loaded),
        gate(settings),
        team(loaded, "teams"),
        count=count,
    )
    return TeamsPlatform(site, loaded.inbox, credentials(settings), local=is_local(settings))


def courier(loaded: "Loaded") -> Courier | None:
    """Teams' courier; None when Teams is off."""
    if not loaded.settings.teams_on:
        return None
    from bot.platforms.teams.courier import TeamsCourier

    return TeamsCourier(connectors(loaded), references(loaded), lambda: datetime.now(UTC))


def component(loaded: "Loaded") -> Component:
    """What Teams purges: which message answers which, and where files were."""
    if not loaded.settings.teams_on:
        return Component()

    settings = loaded.settings

    def checks() -> Iterable[Checked]:
        from bot.platforms.teams.platform import doctor

        channels = sorted(place for place in team(loaded, "teams").places if place.startswith("19:"))
        yield from doctor(connectors(loaded), credentials(settings), references(loaded), gate(settings), channels)

    return Component(purge=lambda now: references(loaded).purge(now), doctor=checks)


def connectors(loaded: "Loaded") -> "Connectors":
    """What talks to the connector."""
    from bot.platforms.teams.client import Connectors, Sender, is_trusted
    from bot.platforms.teams.tokens import outbound

    settings = loaded.settings
    local = is_local(settings)
    app = Sender(f"28:{settings.teams_app_id}" if settings.teams_app_id else "28:sendcheck")
    return Connectors(outbound(credentials(settings)), app, lambda service: is_trusted(service, loopback=local))


def gate(settings: Settings) -> "Gate":
    """Who is of this organisation."""
    from bot.platforms.teams.gate import Gate

    return Gate((settings.teams_tenant or "") if settings.teams_app_type == "SingleTenant" else "")


def references(loaded: "Loaded") -> "References":
    """How conversations are reached."""
    from bot.platforms.teams.references import References
    from bot.store.kept import SqlKept
    from bot.store.sealed import Sealer

    return References(SqlKept(loaded.engine, Sealer(loaded.site_key)))


def credentials(settings: Settings) -> "Credentials":
    """What the operator set for Teams."""
    from bot.platforms.teams.tokens import Credentials

    return Credentials(
        settings.teams_app_id or "",
        settings.teams_app_password.get_secret_value() if settings.teams_app_password else "",
        settings.teams_tenant or "",
        settings.teams_app_type,
        settings.teams_channel_service or "",
        settings.teams_metadata_url or "",
        settings.teams_issuer or "",
        settings.teams_login_url or "",
        settings.teams_scope or "",
    )


def is_local(settings: Settings) -> bool:
    """Whether the connector is on this machine: a local client without tokens, or a test with its own keys."""
    named = urlsplit(settings.teams_metadata_url or "").hostname
    return settings.teams_anonymous or (named in LOOPBACK if named else False)
