"""Joins the dispatch of physical media and paper."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.component import Component
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.office_hours import OfficeHours

if TYPE_CHECKING:
    from bot.incident.record import Incidents
    from bot.store.dispatches import SqlDispatches
    from bot.store.post import SqlAlarms, SqlOutbox
    from bot.wiring import Loaded


class DispatchNeeds:
    """The parts, each loaded when it is first used."""

    def __init__(self, loaded: "Loaded") -> None:
        self._loaded = loaded

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

    @property
    def outbox(self) -> "SqlOutbox":
        """Cards on their way."""
        return self._loaded.outbox

    @property
    def alarms(self) -> "SqlAlarms":
        """Moments to come."""
        return self._loaded.alarms

    @property
    def scrub(self) -> Callable[[str], ScrubbedText]:
        """Takes personal data out of what is typed."""
        return lambda text: self._loaded.scrubber.scrub(text)

    @property
    def office(self) -> OfficeHours:
        """Working time."""
        return self._loaded.office

    @property
    def lead(self) -> tuple[Place, ...]:
        """The named lead, or else the information team."""
        settings = self._loaded.settings
        return self._loaded.places(settings.lead) or self._loaded.places(settings.team)


def component(loaded: "Loaded") -> Component:
    """Dispatches of a server."""
    from bot.dispatch.component import component as joined
    from bot.dispatch.record import Tracking

    return joined(Tracking(DispatchNeeds(loaded)))
