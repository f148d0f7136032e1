"""Posts answers once: a first message holds the place, its id is kept, and what follows is put in its place.

Teams lists no messages to an app, so what an earlier try has posted is known only from the notes kept with the event.
"""

import time
from collections.abc import Sequence

from bot.domain.ports.post import DeliveryError
from bot.platforms.chat.notes import Notes
from bot.platforms.teams import words
from bot.platforms.teams.blocks import Posting, card_of, small, with_line
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


class Places:
    """The messages that hold the answer to one event, over all tries.

    Noted with the event: `places` (name to chat and ids), `held` (the name of what only holds a place yet), `posting`
    (that a place is being taken: a try that ends just then leaves a message that nobody can find), and `doubt`.
    """

    def __init__(self, site: Site, turn: Turn) -> None:
        self._site = site
        self._notes = Notes(turn)

    def hold(self, name: str, chat: Chat, reply_to: str, text: str, number: int = 0) -> str:
        """The id of the message of that number, posted now unless an earlier try did; raises DeliveryError."""
        ids = self._ids_in(name, chat)
        while len(ids) <= number:
            doubt = bool(self._notes.get("posting") or self._notes.get("doubt"))
            self._notes.put(posting=True)
            posted = self._site.connectors.post(chat, message(holding(text)), reply_to)
            ids.append(posted.id)
            self._keep(name, chat, ids, held=name, posting=False, doubt=doubt or posted.perhaps_twice)
        return ids[number]

    def mark(self, name: str) -> None:
        """Note that something was done."""
        self._notes.put(**{f"did_{name}": True})

    def marked(self, name: str) -> bool:
        """Whether it was done, by this try or an earlier one."""
        return bool(self._notes.get(f"did_{name}"))

    def take(self, name: str, chat: Chat, ids: Sequence[str]) -> None:
        """Use messages that are there already: those of the answer to a question that was edited."""
        if name not in self._kept():
            self._keep(name, chat, ids)

    def fill(self, name: str, chat: Chat, reply_to: str, postings: Sequence[Posting]) -> tuple[str, ...]:
        """Put the messages in their places, each once; gives their ids. Raises DeliveryError."""
        made: list[str] = []
        for number, posting in enumerate(postings):
            id_ = self.hold(name, chat, reply_to, words.READING, number)
            if number == len(postings) - 1 and self._notes.get("doubt"):
                posting = with_line(posting, words.INTERRUPTED)
            made.append(self._put(name, chat, reply_to, number, id_, posting))
            if posting.answer:
                answered = {"answer": posting.answer}
                self._site.references.note(ANSWERS, chat.id + made[-1], answered, self._site.now())
        for extra in self._ids_in(name, chat)[len(made) :]:
            self._site.connectors.delete(chat, extra)
        self._keep(name, chat, made, held="", doubt=False)
        return tuple(made)

    def pass_on(self, name: str, to: str, chat: Chat, reply_to: str, postings: Sequence[Posting]) -> None:
        """Put something final where `name` is held, and call it `to`; what is held next stands below it."""
        if to in self._kept():
            self.fill(to, chat, reply_to, postings)
            self._notes.put(held=name)
            return
        ids = self.fill(name, chat, reply_to, postings)
        places = {key: value for key, value in self._kept().items() if key != name}
        self._notes.put(places={**places, to: {"chat": _whole(chat), "ids": list(ids)}})

    def ids(self, *names: str) -> tuple[str, ...]:
        """The ids of the messages under these names, in order."""
        kept = self._kept()
        return tuple(id_ for name in names if name in kept for id_ in kept[name]["ids"])

    def unfinished(self) -> tuple[str, Chat] | None:
        """What only holds a place yet, and where."""
        name = self._notes.get("held")
        return (name, Chat(*self._kept()[name]["chat"])) if name in self._kept() else None

    def _put(self, name: str, chat: Chat, reply_to: str, number: int, id_: str, posting: Posting) -> str:
        try:
            self._site.connectors.update(chat, id_, message(posting))
        except DeliveryError as error:
            if not error.permanent:
                raise
            # Deleted by somebody in the meantime: the answer is posted anew.
            id_ = self._site.connectors.post(chat, message(posting), reply_to).id
            ids = self._ids_in(name, chat)
            self._keep(name, chat, [*ids[:number], id_, *ids[number + 1 :]])
        return id_

    def _ids_in(self, name: str, chat: Chat) -> list[str]:
        """The ids under a name; messages that stand in another conversation are taken back first."""
        kept = self._kept().get(name)
        if kept is None:
            return []
        elsewhere = Chat(*kept["chat"])
        if elsewhere.id == chat.id:
            return list(kept["ids"])
        for id_ in kept["ids"]:
            self._site.connectors.delete(elsewhere, id_)
        return []

    def _kept(self) -> dict[str, dict[str, list[str]]]:
        return self._notes.get("places") or {}

    def _keep(self, name: str, chat: Chat, ids: Sequence[str], **more: object) -> None:
        self._notes.put(places={**self._kept(), name: {"chat": _whole(chat), "ids": list(ids)}}, **more)


def _whole(chat: Chat) -> list[str]:
    return [chat.service, chat.id, chat.tenant, chat.kind]


Standing = tuple[Chat, Sequence[str]]
"""Messages of ours in one conversation."""


def remember_answer(site: Site, asked: Chat, question: str, *answers: Standing) -> None:
    """Keep which messages answer a question, for the day it is edited or deleted."""
    if question:
        value = {"answers": [{"chat": _whole(chat), "ids": list(ids)} for chat, ids in answers]}
        site.references.note(ASKED, asked.id + question, value, site.now())


def answers_to(site: Site, asked: Chat, question: str) -> tuple[Standing, ...]:
    """The messages that answer a question: the answer, and the word in the channel that it stands elsewhere."""
    found = site.references.noted(ASKED, asked.id + question, site.now()) or {}
    return tuple((Chat(*one["chat"]), tuple(one["ids"])) for one in found.get("answers", ()))


class Status:
    """The progress, in the message that will hold the answer."""

    def __init__(self, site: Site, chat: Chat, id_: str) -> None:
        self._site, self._chat = site, chat
        self.id = id_
        """The message, which may become another one on the way."""
        self._last = time.monotonic()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Say how far a check has got, now and then."""
        if time.monotonic() - self._last < STATUS_SECONDS:
            return
        self._last = time.monotonic()
        try:
            self._site.connectors.update(self._chat, self.id, message(holding(f"Reading {what}…")))
        except DeliveryError:
            # Progress that cannot be shown is no reason not to answer.
            self._last = float("inf")


def typing(site: Site, chat: Chat) -> None:
    """Show that an answer is coming; where that fails, the answer comes all the same."""
    try:
        site.connectors.post(chat, {"type": "typing"})
    except DeliveryError:
        site.count("no_typing")
