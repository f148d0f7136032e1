"""The breach path as a part of the product."""

from collections.abc import Callable, Iterable

from bot.domain.component import Answered, Checked, Component, Extras
from bot.incident.acts import BreachActs
from bot.incident.pages import BreachPages
from bot.incident.record import CLOCK, WATCH, Incidents


def component(incidents: Incidents, after: Callable[[Answered], Extras]) -> Component:
    """Acts, pages, files, alarms, the card under a reply, and what doctor says."""
    pages = BreachPages(incidents)
    return Component(
        acts=BreachActs(incidents).acts(),
        pages={"register": pages.register, "clocks": pages.clocks},
        downloads={"register": pages.file},
        alarms={CLOCK: incidents.remind, WATCH: incidents.watch},
        after=after,
        start=incidents.start,
        purge=incidents.purge,
        doctor=lambda: checked(incidents),
    )


def checked(incidents: Incidents) -> Iterable[Checked]:
    """Whether the register is as it was written, and who is alerted."""
    audit = incidents.needs.register.audit()
    if audit.problem:
        where = f"entry {audit.broken}" + (f" of {audit.incident}" if audit.incident else "")
        yield Checked("breach register", False, f"{where}: {audit.problem}")
    else:
        yield Checked("breach register", True, f"{audit.entries} entries, unbroken, head {audit.head}")
    # Without a lead everything works, and the board shows the clocks; so this is no fault.
    alerted = (
        "the lead is alerted" if incidents.needs.lead else "on the board alone: SENDCHECK_LEAD names who is alerted"
    )
    yield Checked("breach alerts", True, alerted)
