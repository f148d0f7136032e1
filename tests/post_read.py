"""The real outbox, from which a test takes the cards as a courier would."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from bot.domain.card import Card
from bot.domain.people import Place
from bot.store.post import SqlOutbox

LATER = datetime(2100, 1, 1, tzinfo=UTC)


class ReadOutbox(SqlOutbox):
    """Keeps what was delivered, by key and place."""

    def __init__(self, engine: Engine, site_key: bytes) -> None:
        super().__init__(engine, site_key)
        self._delivered: dict[tuple[str, Place], Card] = {}

    @property
    def sent(self) -> dict[tuple[str, Place], Card]:
        """Everything sent so far, each place's cards in their order."""
        while parcels := self.claim(LATER, 1000):
            for parcel in parcels:
                self._delivered[parcel.key, parcel.place] = parcel.card
                self.delivered(parcel)
        return self._delivered

    @property
    def cards(self) -> list[Card]:
        """The same without keys and places."""
        return list(self.sent.values())

    def to(self, place: Place) -> list[Card]:
        """The cards for one place, in order."""
        return [card for (_, where), card in self.sent.items() if where == place]
