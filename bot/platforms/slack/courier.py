"""Delivers cards in Slack: to a channel, or to somebody in a direct message."""

from hashlib import sha256

from bot.domain.card import Card
from bot.platforms.slack.answering import Where, direct
from bot.platforms.slack.client import Clients, files_in, post
from bot.platforms.slack.incoming import PLATFORM, is_user
from bot.platforms.slack.outgoing import card_postings
from bot.platforms.slack.telling import picture


class SlackCourier:
    """The courier of Slack; a place is a channel, with or without the id of its workspace before it ("T01/C02")."""

    platform = PLATFORM

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def deliver(self, card: Card, place: str, key: str) -> None:
        """Post the card; raises DeliveryError. Tried again, it posts nothing that is there already."""
        team, _, where = place.rpartition("/")
        client = self._clients.of(team)
        channel = direct(client, where) if is_user(where) else where
        # Whether an earlier try got through cannot be known here, so what is there already is always looked up.
        post(client, channel, None, card_postings(card), key, again=True)
        if card.picture:
            name = f"chart-{sha256(key.encode()).hexdigest()[:12]}.png"
            if name not in files_in(client, channel):
                picture(client, Where(channel, None), card.picture, name)
