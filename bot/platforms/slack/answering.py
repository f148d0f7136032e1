"""Answers a message: who may hear it, where the answer goes, the files checked, the reply posted once."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.domain.card import CardKind
from bot.domain.finding import FileReport
from bot.domain.message import Attachment, Message
from bot.platforms.chat.answering import about_a_person, not_yet_shown
from bot.platforms.chat.words import FOR_STAFF_ONLY, wishes_for_help
from bot.platforms.slack import words
from bot.platforms.slack.blocks import Posting, paragraphs
from bot.platforms.slack.client import call, keys_in, post
from bot.platforms.slack.files import FileError, fetch
from bot.platforms.slack.incoming import Said, person, thread_key
from bot.platforms.slack.outgoing import card_postings, reply_postings, report_postings
from bot.platforms.slack.site import Site
from bot.platforms.slack.text import escape

STATUS_SECONDS = 2.5
"""How often the status line is renewed at most: Slack limits how often it may be set."""


@dataclass(frozen=True)
class Asked:
    """A message with what is known beside it."""

    said: Said
    key: str
    """Marks the answer, so that it is posted once."""
    again: bool = False
    answers: tuple[tuple[str, str], ...] = ()
    case: str | None = None


@dataclass(frozen=True)
class Where:
    """Where an answer goes."""

    channel: str
    thread: str | None


def note(text: str) -> Posting:
    """One line of ours."""
    return Posting(escape(text), tuple(paragraphs(escape(text))))


def answer(site: Site, asked: Asked) -> None:
    """Answer one message, or say why not; raises DeliveryError."""
    said = asked.said
    client = site.clients.of(said.team)
    if call(lambda: site.gate.is_outsider(client, said.team, said.user)):
        site.count("outsider")
        if said.direct:
            post(client, said.channel, said.thread, [note(FOR_STAFF_ONLY)], asked.key, again=asked.again)
        return
    if not said.direct and call(lambda: site.gate.outsiders_listen(client, said.team, said.channel)):
        site.count("outsiders_listen")
        post(client, direct(client, said.user), None, [note(words.OUTSIDERS_LISTEN)], asked.key, again=asked.again)
        return
    if wishes_for_help(said.text) and not said.files:
        where = Where(said.channel, said.thread)
        post(client, where.channel, where.thread, card_postings(words.help_card()), asked.key, again=asked.again)
        return
    _answer(site, client, asked)


def direct(client: WebClient, user: str) -> str:
    """The direct conversation with somebody; raises DeliveryError."""
    return str(call(lambda: client.conversations_open(users=user))["channel"]["id"])


def begin_directly(client: WebClient, one: Said, key: str, text: str, *, again: bool) -> Where:
    """Begin a thread in the direct conversation with somebody, in which an answer can be gone on with."""
    channel, opened = direct(client, one.user), f"{key}/begin"
    post(client, channel, None, [note(text)], opened, again=again, of=one.ts)
    return Where(channel, keys_in(client, channel, None).get(f"{opened}/0", ""))


def _answer(site: Site, client: WebClient, asked: Asked) -> None:
    said = asked.said
    private = bool(said.files) or about_a_person(site.helper, said.text)
    where = Where(said.channel, said.thread)
    if private and not said.direct:
        where = begin_directly(client, said, asked.key, words.ASKED_IN_A_CHANNEL, again=asked.again)
    status = Status(client, where, words.CHECKING if said.files else words.READING, shown=said.direct or private)
    attachments, ids, missing = _attachments(site, client, said)
    ids += ("",) * len(missing)
    early: list[FileReport] = []

    def ready(report: FileReport) -> None:
        """Post what one file of several holds, while the others are still being checked."""
        number = len(early)
        early.append(report)
        postings = report_postings(report, ids[number])
        post(client, where.channel, where.thread, postings, f"{asked.key}/file{number}", again=asked.again, of=said.ts)

    message = Message(
        said.text,
        attachments,
        answers=asked.answers,
        case=asked.case,
        # Where the answer stands, it is gone on with.
        thread=thread_key(said.team, where.channel, where.thread or ""),
        sender=person(said.team, said.user, of_team=site.team.has(said.channel, said.user)),
        missing=missing,
    )
    reply = site.helper.respond(message, status, ready if len(attachments) > 1 else None)
    breach = any(card.kind is CardKind.BREACH for card in reply.cards)
    if breach and not said.direct and not private:
        private, where = True, Where(direct(client, said.user), None)
    shown, shown_ids = not_yet_shown(reply, early, ids)
    _post(client, where, reply_postings(shown, shown_ids), asked)
    if private and not said.direct:
        there = Where(said.channel, said.thread)
        post(
            client,
            there.channel,
            there.thread,
            [note(words.ANSWERED_PRIVATELY)],
            f"{asked.key}/told",
            again=asked.again,
            of=said.ts,
        )


def _post(client: WebClient, where: Where, postings: Sequence[Posting], asked: Asked) -> None:
    post(client, where.channel, where.thread, postings, asked.key, again=asked.again, of=asked.said.ts)


def _attachments(
    site: Site, client: WebClient, said: Said
) -> tuple[tuple[Attachment, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The files, their ids at Slack, and (name, why) of those that could not be had."""
    had: list[tuple[Attachment, str]] = []
    missing: list[tuple[str, str]] = []
    for described in said.files:
        try:
            had.append((fetch(client, described, site.most_bytes), str(described.get("id") or "")))
        except FileError as error:
            missing.append((str(described.get("name") or "a file"), str(error)))
    return tuple(one for one, _ in had), tuple(id_ for _, id_ in had), tuple(missing)


class Status:
    """The status line under the message while the answer is being made."""

    def __init__(self, client: WebClient, where: Where, first: str, *, shown: bool) -> None:
        self._client = client
        self._where = where
        self._shown = shown and where.thread is not None
        self._last = 0.0
        self._set(first)

    def __call__(self, done: int, total: int, what: str) -> None:
        """Say how far a check has got, now and then."""
        if time.monotonic() - self._last >= STATUS_SECONDS:
            self._set(f"is reading {what}…")

    def _set(self, status: str) -> None:
        self._last = time.monotonic()
        if not self._shown:
            return
        try:
            self._client.assistant_threads_setStatus(
                channel_id=self._where.channel, thread_ts=str(self._where.thread), status=status
            )
        except Exception:
            # A status line that cannot be shown is no reason not to answer; it is not tried again for this answer.
            self._shown = False
