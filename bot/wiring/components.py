"""The parts beyond asking and checking, each joined in a file of its own beside this one."""

from typing import TYPE_CHECKING

from bot.domain.component import Component

if TYPE_CHECKING:
    from bot.wiring import Loaded


def components(loaded: "Loaded") -> tuple[Component, ...]:
    """All of them, in the order in which they add to a reply."""
    from bot.wiring import answers, dispatches, incidents, reports, teams

    return (
        incidents.component(loaded),
        dispatches.component(loaded),
        answers.component(loaded),
        reports.component(loaded),
        teams.component(loaded),
    )


def at_the_terminal(loaded: "Loaded") -> tuple[Component, ...]:
    """What a single command adds to a reply; it keeps nothing."""
    from bot.wiring import incidents

    return (incidents.at_the_terminal(loaded),)
