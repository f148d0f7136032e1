"""Who writes, and where somebody can be written to; ids are a platform's own and show in no log."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """Where a card can be delivered: a channel, a direct conversation, a mailbox."""

    platform: str
    """"slack", "teams", "web" or "mail"; names the courier."""
    id: str = field(repr=False)
    """Understood by that platform's courier alone."""


@dataclass(frozen=True)
class Person:
    """Somebody as a platform vouches for them."""

    platform: str
    id: str = field(repr=False)
    """The platform's own id, unique across its workspaces or tenants."""
    place: Place | None = field(repr=False, default=None)
    """Where they can be written to privately."""
    team: bool = False
    """True when the platform vouches that they act for the information team: in its channel, or on the board."""
