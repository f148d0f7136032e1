"""Joins the dispatch of physical media and paper."""

from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.component import Component
from bot.wiring.needs import LateNeeds

if TYPE_CHECKING:
    from bot.incident.record import Incidents
    from bot.store.dispatches import SqlDispatches
    from bot.wiring import Loaded


class DispatchNeeds(LateNeeds):
    """The parts, each loaded when it is first used."""

    @cached_property
    def dispatches(self) -> "SqlDispatches":
        """Where dispatches are kept; raises StoreError."""
        from bot.store.dispatches import SqlDispatches
        from bot.store.sealed import Sealer

        return SqlDispatches(self._loaded.engine, Sealer(self._loaded.site_key))

    @cached_property
    def incidents(self) -> "Incidents":
        """What a lost one becomes."""
        from bot.wiring.incidents import incidents

        return incidents(self._loaded)


def component(loaded: "Loaded") -> Component:
    """Dispatches of a server."""
    from bot.dispatch.component import component as joined
    from bot.dispatch.record import Tracking

    return joined(Tracking(DispatchNeeds(loaded)))
