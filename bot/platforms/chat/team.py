"""Who acts for the information team in a chat."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Team:
    """The information team and its lead, as SENDCHECK_TEAM and SENDCHECK_LEAD name them on one platform."""

    places: frozenset[str] = field(default=frozenset(), repr=False)
    """Ids of channels and of people, the platform's own."""

    def hears(self, channel: str) -> bool:
        """Whether a channel is one of theirs: what is done there is shown to all of them."""
        return channel in self.places

    def has(self, channel: str, *person: str) -> bool:
        """Whether somebody, by any of their ids, acts for the team: in its channel, or told of things themselves."""
        return self.hears(channel) or not self.places.isdisjoint(person)
