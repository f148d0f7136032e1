"""Joins the post office: who delivers, what the worker does, what is purged, and how much waits."""

import socket
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.domain.component import Checked
from bot.domain.ports.post import Courier
from bot.errors import SettingError
from bot.jobs.purge import Purge, daily
from bot.jobs.queues import LOOK_BACK, Queues, checked, waiting_for_nobody
from bot.jobs.worker import Duties, Worker
from bot.wiring import slack, teams

if TYPE_CHECKING:
    from bot.wiring import Loaded

AREAS = {
    "followup": "answers and questions",
    "nearmiss": "near-miss reports",
    "incident": "breaches",
    "dispatch": "dispatches",
    "wiring": "links of answers and files in Teams",
}
"""What is purged, in words, by the package of the component."""


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def couriers(loaded: "Loaded") -> dict[str, Courier]:
    """Who delivers on each platform that is on; raises SettingError. A new platform is one line here."""
    made = (
        mail(loaded),
        slack.courier(loaded),
        teams.courier(loaded),
        web(loaded),
    )
    return {one.platform: one for one in made if one}


def mail(loaded: "Loaded") -> Courier | None:
    """The courier of mail; None when there is no mail server. Raises SettingError."""
    from bot.platforms.mail.address import mail_server
    from bot.platforms.mail.courier import MailCourier

    settings = loaded.settings
    if settings.smtp_url is None:
        return None
    try:
        server = mail_server(settings.smtp_url)
    except ValueError as error:
        raise SettingError(f"SENDCHECK_SMTP_URL: {error}") from None
    sender = settings.mail_from or f"sendcheck@{socket.getfqdn()}"
    return MailCourier(server, sender, now, board=settings.board_url or "")


def web(loaded: "Loaded") -> Courier:
    """The courier of the web chat, whose conversations live in this process."""
    from bot.platforms.web.courier import WebCourier

    return WebCourier(loaded.conversations, now)


def worker(loaded: "Loaded") -> Worker:
    """The worker of a process that does nothing else: all but the web chat, which lives in the server."""
    served = {platform: one for platform, one in loaded.couriers.items() if platform != "web"}
    return Worker(_duties(loaded, served))


def worker_inside(loaded: "Loaded") -> Worker:
    """The worker of a server; where another process works, it delivers to its own conversations and no more."""
    if loaded.settings.worker == "inside":
        return Worker(_duties(loaded, loaded.couriers))
    return Worker(Duties(loaded.alarms, loaded.outbox, {"web": loaded.couriers["web"]}))


def _duties(loaded: "Loaded", served: Mapping[str, Courier]) -> Duties:
    everyday = daily(loaded.alarms, purges(loaded))
    return Duties(loaded.alarms, loaded.outbox, served, (*loaded.components, everyday))


def rehearse(loaded: "Loaded") -> None:
    """From now on this process keeps nothing in the database: for a purge that only says what would go."""
    from bot.store.engine import rehearse as undo

    undo(loaded.engine)


def purges(loaded: "Loaded") -> dict[str, Purge]:
    """Who deletes what is past its time, by what it is in words."""
    found: dict[str, list[Purge]] = {}
    for component in loaded.components:
        if component.purge:
            found.setdefault(_area(component.purge), []).append(component.purge)
    found["what waited between two presses"] = [loaded.meanwhile.purge]
    found["digests of what was sent and answered"] = [loaded.outbox.purge, loaded.alarms.purge, loaded.inbox.purge]
    return {what: _together(some) for what, some in found.items()}


def _together(some: list[Purge]) -> Purge:
    return lambda moment: sum(purge(moment) for purge in some)


def _area(purge: Purge) -> str:
    package = getattr(purge, "__module__", type(purge).__module__).split(".")[1]
    return AREAS.get(package, package)


def queues(loaded: "Loaded") -> Queues:
    """How much waits; raises StoreError."""
    moment = now()
    return Queues(
        parcels=loaded.outbox.waiting(),
        given_up=loaded.outbox.given_up((moment - LOOK_BACK).date()),
        alarms=loaded.alarms.waiting(),
        late=loaded.alarms.stuck(moment),
        events=loaded.inbox.waiting_by_platform(),
    )


def states(loaded: "Loaded") -> Iterator[tuple[str, str]]:
    """What a start and /readyz say of the post office; raises StoreError."""
    off = "off: `sendcheck work` runs elsewhere"
    yield "worker", "inside" if loaded.settings.worker == "inside" else off
    yield "mail", "on" if "mail" in loaded.couriers else "off: no mail server"
    waiting = waiting_for_nobody(Queues(parcels=loaded.outbox.waiting()), loaded.couriers)
    if waiting:
        yield "cards", "; ".join(waiting)


def checks(loaded: "Loaded") -> Iterator[Checked]:
    """What `sendcheck doctor` says of the components and the post office; raises StoreError."""
    for component in loaded.components:
        if component.doctor:
            yield from component.doctor()
    yield from checked(queues(loaded), loaded.couriers)
    yield from slack.checks(loaded)
