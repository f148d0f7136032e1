"""What every part that tells people things later stands on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.office_hours import OfficeHours

if TYPE_CHECKING:
    from bot.store.meanwhile import SqlMeanwhile
    from bot.store.post import SqlAlarms, SqlOutbox
    from bot.wiring import Loaded


class LateNeeds:
    """The shared parts, each loaded when it is first used."""

    def __init__(self, loaded: "Loaded") -> None:
        self._loaded = loaded

    @property
    def outbox(self) -> "SqlOutbox":
        """Cards on their way."""
        return self._loaded.outbox

    @property
    def alarms(self) -> "SqlAlarms":
        """Moments to come."""
        return self._loaded.alarms

    @property
    def meanwhile(self) -> "SqlMeanwhile":
        """What waits between two presses."""
        return self._loaded.meanwhile

    @property
    def scrub(self) -> Callable[[str], ScrubbedText]:
        """Takes personal data out of what is typed."""
        return lambda text: self._loaded.scrubber.scrub(text)

    @property
    def office(self) -> OfficeHours:
        """Working time, in the office's zone."""
        return self._loaded.office

    @property
    def lead(self) -> tuple[Place, ...]:
        """The named lead, or else the information team."""
        settings = self._loaded.settings
        return self._loaded.places(settings.lead) or self._loaded.places(settings.team)
