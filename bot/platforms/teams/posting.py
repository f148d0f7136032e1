"""Posts answers once: a first message holds the place, its id is kept, and what follows is put in its place.

Teams lists no messages to an app, so what an earlier try has posted is known only from the note kept with the event.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.ports.post import DeliveryError
from bot.platforms.teams import words
from bot.platforms.teams.blocks import Posting, card_of, small
from bot.platforms.teams.client import message
from bot.platforms.teams.incoming import Chat
from bot.platforms.teams.references import ANSWERS, ASKED
from bot.platforms.teams.site import Site
from bot.turns import Turn

STATUS_SECONDS = 2.0
"""How often the progress is renewed at most."""


def holding(text: str) -> Posting:
    """What stands where the answer will be."""
    return Posting(text, card_of(small(text)))


@dataclass
class Places:
    """The messages that hold the answer to one event, over all tries."""

    site: Site
    turn: Turn
    _ids: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.turn.accepted.note:
            self._ids = json.loads(self.turn.accepted.note)

    def hold(self, name: str, chat: Chat, reply_to: str, text: str, number: int = 0) -> str:
        """The id of the message of that number, posted now unless an earlier try did; raises DeliveryError."""
        ids = self._ids.setdefault(name, [])
        while len(ids) <= number:
            ids.append(self.site.connectors.post(chat, message(holding(text)), reply_to))
            self.turn.note(json.dumps(self._ids))
        return ids[number]

    def mark(self, name: str) -> None:
        """Note that something was done."""
        self._ids[name] = []
        self.turn.note(json.dumps(self._ids))

    def marked(self, name: str) -> bool:
        """Whether it was done, by this try or an earlier one."""
        return name in self._ids

    def take(self, name: str, ids: Sequence[str]) -> None:
        """Use messages that are there already: those of the answer to a question that was edited."""
        if name not in self._ids:
            self._ids[name] = list(ids)
            self.turn.note(json.dumps(self._ids))

    def fill(self, name: str, chat: Chat, reply_to: str, postings: Sequence[Posting]) -> tuple[str, ...]:
        """Put the messages in their places, each once; gives their ids. Raises DeliveryError."""
        for number, posting in enumerate(postings):
            id_ = self.hold(name, chat, reply_to, words.READING, number)
            try:
                self.site.connectors.update(chat, id_, message(posting))
            except DeliveryError as error:
                if not error.permanent:
                    raise
                # Deleted by somebody in the meantime: the answer is posted anew.
                self._ids[name][number] = self.site.connectors.post(chat, message(posting), reply_to)
                self.turn.note(json.dumps(self._ids))
            if posting.answer:
                answered = {"answer": posting.answer}
                self.site.references.note(ANSWERS, chat.id + self._ids[name][number], answered, self.site.now())
        ids = self._ids.get(name, [])
        for extra in ids[len(postings) :]:
            self.site.connectors.delete(chat, extra)
        self._ids[name] = ids[: len(postings)]
        return tuple(self._ids[name])


def remember_answer(site: Site, asked: Chat, question: str, where: Chat, ids: Sequence[str]) -> None:
    """Keep which messages answer a question, for the day it is edited or deleted."""
    if question:
        value = {"chat": [where.service, where.id, where.tenant, where.kind], "ids": list(ids)}
        site.references.note(ASKED, asked.id + question, value, site.now())


def answers_to(site: Site, asked: Chat, question: str) -> tuple[Chat, tuple[str, ...]] | None:
    """The messages that answer a question."""
    found = site.references.noted(ASKED, asked.id + question, site.now())
    return (Chat(*found["chat"]), tuple(found["ids"])) if found else None


class Status:
    """The progress, in the message that will hold the answer."""

    def __init__(self, site: Site, chat: Chat, id_: str) -> None:
        self._site, self._chat, self._id = site, chat, id_
        self._last = time.monotonic()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Say how far a check has got, now and then."""
        if time.monotonic() - self._last < STATUS_SECONDS:
            return
        self._last = time.monotonic()
        try:
            self._site.connectors.update(self._chat, self._id, message(holding(f"Reading {what}…")))
        except DeliveryError:
            # Progress that cannot be shown is no reason not to answer.
            self._last = float("inf")


def typing(site: Site, chat: Chat) -> None:
    """Show that an answer is coming; where that fails, the answer comes all the same."""
    try:
        site.connectors.post(chat, {"type": "typing"})
    except DeliveryError:
        site.count("no_typing")
