"""The parts beyond asking and checking, each joined in a file of its own beside this one."""

from typing import TYPE_CHECKING

from bot.domain.component import Component

if TYPE_CHECKING:
    from bot.wiring import Loaded


def components(loaded: "Loaded") -> tuple[Component, ...]:
    """All of them, in the order in which they add to a reply."""
    from bot.wiring import answers

    return (answers.component(loaded),)
