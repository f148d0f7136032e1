"""Joins the breach path."""

from functools import cached_property
from typing import TYPE_CHECKING

import structlog

from bot.domain.component import Component
from bot.wiring.needs import LateNeeds

if TYPE_CHECKING:
    from bot.incident.record import Incidents
    from bot.store.incidents import SqlRegister
    from bot.wiring import Loaded

log = structlog.get_logger("sendcheck.incident")

HEADS = "register.heads"
"""File in DATA_DIR that remembers the heads of the register."""


class BreachNeeds(LateNeeds):
    """The parts, each loaded when it is first used."""

    @cached_property
    def register(self) -> "SqlRegister":
        """Where breaches are kept; raises StoreError."""
        from bot.store.incidents import SqlRegister

        loaded = self._loaded
        return SqlRegister(loaded.engine, loaded.site_key, loaded.settings.data_dir / HEADS)

    @property
    def site_key(self) -> bytes:
        """The key under which sources and people are told apart."""
        return self._loaded.site_key

    @property
    def contact(self) -> str:
        """Whom to ring."""
        return whom_to_ring(self._loaded)

    @property
    def keep_months(self) -> int:
        """Months after which a closed breach is purged."""
        return self._loaded.settings.keep_incidents_months


SENT_IN_ERROR = "sent_in_error"
"""Term of the vocabulary for what has already gone to the wrong person."""


def whom_to_ring(loaded: "Loaded") -> str:
    """The role that the guidance names for something sent in error, else whoever is asked about everything."""
    named = (rule.ask_whom for rule in loaded.library.rules if SENT_IN_ERROR in rule.materials and rule.ask_whom)
    role = next(named, None)
    return f"the {role.removeprefix('the ')}" if role else loaded.settings.contact


def incidents(loaded: "Loaded") -> "Incidents":
    """For parts that hand a breach over: `incidents(loaded).on_report(report, now)`; nothing is loaded yet."""
    from bot.incident.record import Incidents

    return Incidents(BreachNeeds(loaded))


def component(loaded: "Loaded") -> Component:
    """The breach path of a server."""
    from bot.incident.after import BreachPath
    from bot.incident.component import component as joined

    made = incidents(loaded)
    path = BreachPath(
        made, lambda error: log.error("a breach could not be recorded", error=error), lambda: loaded.embed
    )
    return joined(made, path)


def at_the_terminal(loaded: "Loaded") -> Component:
    """The first hour under a reply of a single command, which keeps nothing."""
    from bot.incident.after import AtTheTerminal

    return Component(after=AtTheTerminal(lambda: whom_to_ring(loaded), loaded.office.zone, lambda: loaded.embed))
