"""Presses, shortcuts, commands and sent forms that were acknowledged and are now worked off."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.domain.board import Download
from bot.domain.component import ActError, Press
from bot.domain.copy import CopyKind
from bot.domain.message import Message
from bot.domain.people import Person
from bot.platforms.chat.notes import Notes
from bot.platforms.chat.pressing import press_once
from bot.platforms.chat.words import FOR_STAFF_ONLY, LOOKED, wishes_for_help
from bot.platforms.slack import words
from bot.platforms.slack.answering import Asked, Status, Where, answer, begin_directly, direct, note
from bot.platforms.slack.blocks import ACT, SEPARATOR, Posting, asked_for, context
from bot.platforms.slack.client import call, failed, post
from bot.platforms.slack.files import FileError, fetch
from bot.platforms.slack.forms import uploaded, values
from bot.platforms.slack.incoming import Said, person
from bot.platforms.slack.outgoing import CLARIFY, COPY, NOT_PERSONAL, card_postings, reply_postings
from bot.platforms.slack.site import Site
from bot.platforms.slack.telling import channel_of, show, team_of, tell, thread_of, upload
from bot.platforms.slack.text import escape, plain
from bot.turns import Turn

PRIVATE_CHECK = "private_check"
CHECK_MESSAGE, CHECK_FORM = "check_message", "check"
Json = dict[str, Any]


def pressed(site: Site, payload: Json, turn: Turn) -> None:
    """Do what was pressed, typed or sent; raises DeliveryError."""
    kind = payload.get("type")
    if "command" not in payload and _from_outside(site, payload):
        site.count("outsider")
        client = site.clients.of(team_of(payload))
        channel = direct(client, payload["user"]["id"])
        post(client, channel, None, [note(FOR_STAFF_ONLY)], turn.accepted.id, again=turn.accepted.again)
        return
    if kind == "block_actions":
        _button(site, payload, turn)
    elif kind == "message_action":
        _check_message(site, payload, turn)
    elif kind == "view_submission":
        _check_form(site, payload, turn)
    elif "command" in payload:
        _command(site, payload, turn)


def _from_outside(site: Site, payload: Json) -> bool:
    team, user = team_of(payload), str(payload["user"]["id"])
    client = site.clients.of(team)
    return bool(call(lambda: site.gate.is_outsider(client, team, user)))


def _button(site: Site, payload: Json, turn: Turn) -> None:
    name, *rest, value = asked_for(payload["actions"][0])
    doers: dict[str, Callable[[], None]] = {
        CLARIFY: lambda: _chosen(site, payload, turn, rest[0], value),
        NOT_PERSONAL: lambda: _not_personal(site, payload, turn, *reversed(value.split(SEPARATOR))),
        COPY: lambda: _copy(site, payload, turn, CopyKind(rest[0]), rest[1]),
        ACT: lambda: _act(site, payload, turn, rest[0], value),
        PRIVATE_CHECK: lambda: _check_files(site, payload, turn, value.split(",")),
    }
    if name in doers:
        doers[name]()


def who(site: Site, payload: Json) -> Person:
    """Whoever pressed, and whether they act for the information team."""
    user = payload["user"]["id"]
    return person(team_of(payload), user, of_team=site.team.has(channel_of(payload), user))


def _said(payload: Json, text: str, files: tuple[Json, ...] = ()) -> Said:
    channel = channel_of(payload)
    return Said(
        team_of(payload), channel, payload["user"]["id"], thread_of(payload), thread_of(payload), text, files,
        direct=channel.startswith("D"),
    )  # fmt: skip


def _chosen(site: Site, payload: Json, turn: Turn, fact: str, term: str) -> None:
    """An answer to a clarifying question: the thread's facts with this one more."""
    action = payload["actions"][0]
    shown = action.get("text") or (action.get("selected_option") or {}).get("text") or {}
    asked = Asked(_said(payload, plain(str(shown.get("text") or term))), turn.accepted.id, turn.accepted.again)
    answer(site, replace(asked, answers=((fact, term),)))
    _settle(site, payload, asked.said.text)


def _settle(site: Site, payload: Json, chosen: str) -> None:
    """In the message with the question, the choice takes the place of the buttons."""
    message, pressed_block = payload.get("message") or {}, payload["actions"][0].get("block_id")
    blocks = list(message.get("blocks") or ())
    at = next((n for n, block in enumerate(blocks) if block.get("block_id") == pressed_block), None)
    if at is None:
        return
    hint = [block for block in blocks[at + 1 : at + 2] if block["type"] == "context"]
    blocks[at : at + 1 + len(hint)] = [context(f"You chose: *{escape(chosen)}*")]
    client = site.clients.of(team_of(payload))
    try:
        client.chat_update(channel=channel_of(payload), ts=message["ts"], text=str(message.get("text")), blocks=blocks)
    except (SlackClientError, OSError):
        # The answer is out; buttons that stay are no harm.
        site.count("choice_not_shown")


def _not_personal(site: Site, payload: Json, turn: Turn, digest: str, category: str) -> None:
    site.helper.not_personal_data(digest, category)
    client = site.clients.of(team_of(payload))
    tell(site, client, payload, [note(LOOKED)], turn)


def _copy(site: Site, payload: Json, turn: Turn, kind: CopyKind, file_id: str) -> None:
    """Fetch the file again, copy it, and upload the copy where only whoever asked reads it."""
    client = site.clients.of(team_of(payload))
    where = Where(channel_of(payload), thread_of(payload))
    try:
        attachment = fetch(client, {"id": file_id, "file_access": "check_file_info"}, site.most_bytes)
    except FileError as error:
        tell(site, client, payload, [note(f"The file is no longer there to be copied. {error}")], turn)
        return
    copy = site.helper.copy(attachment, kind, Status(client, where, "is making the copy…", shown=True))
    if not copy.content:
        tell(site, client, payload, [note(f"There is no copy: {copy.why}")], turn)
        return
    done = [*copy.removed, "checked again" if copy.verified else "not fully checked: look through it", copy.why]
    if not where.channel.startswith("D"):
        where = Where(direct(client, payload["user"]["id"]), None)
    upload(client, where, Download(copy.name, "application/octet-stream", copy.content), "; ".join(filter(None, done)))


def _act(site: Site, payload: Json, turn: Turn, act: str, about: str) -> None:
    client = site.clients.of(team_of(payload))
    press = Press(act, "" if about == "-" else about, site.now(), by=who(site, payload))
    try:
        outcome = press_once(site.desk, press, turn)
    except ActError as error:
        tell(site, client, payload, [note(str(error))], turn)
        return
    show(site, client, payload, outcome, turn)


def _check_message(site: Site, payload: Json, turn: Turn) -> None:
    """The shortcut on a message: its files and words are checked for whoever used it, in a direct message."""
    message = payload.get("message") or {}
    client = site.clients.of(team_of(payload))
    user = payload["user"]["id"]
    files = tuple(message.get("files") or ())
    channel = direct(client, user)
    text = plain(str(message.get("text") or ""))
    one = Said(team_of(payload), channel, user, "", "", text, files)
    _answer_directly(site, one, turn)


def _check_form(site: Site, payload: Json, turn: Turn) -> None:
    """The private form: files and a question that were posted nowhere."""
    view = payload["view"]
    typed = values(view, site.zone)
    client = site.clients.of(team_of(payload))
    channel = direct(client, payload["user"]["id"])
    files = tuple(uploaded(view))
    one = Said(team_of(payload), channel, payload["user"]["id"], "", "", " ".join(typed.get("text", ())), files)
    _answer_directly(site, one, turn, case=next(iter(typed.get("case", ())), None))


def _check_files(site: Site, payload: Json, turn: Turn, ids: list[str]) -> None:
    """Files posted in a channel, checked on the poster's wish where nobody else reads."""
    client = site.clients.of(team_of(payload))
    described = tuple({"id": id_, "file_access": "check_file_info"} for id_ in ids)
    channel = direct(client, payload["user"]["id"])
    _answer_directly(site, Said(team_of(payload), channel, payload["user"]["id"], "", "", "", described), turn)


def _answer_directly(site: Site, one: Said, turn: Turn, case: str | None = None) -> None:
    """Answer in a direct message, in a thread of its own so that it can be followed up."""
    client = site.clients.of(one.team)
    names = ", ".join(str(file.get("name")) for file in one.files if file.get("name"))
    begin = f"You asked me to check: {names or one.text or 'a file'}"[:300]
    root = str(begin_directly(client, one, turn.accepted.id, begin, again=turn.accepted.again).thread)
    threaded = Said(one.team, one.channel, one.user, root, root, one.text, one.files)
    answer(site, Asked(threaded, turn.accepted.id, turn.accepted.again, case=case))


def _command(site: Site, form: Json, turn: Turn) -> None:
    """`/cansend QUESTION`: the answer comes through the response address, to the asker alone, anywhere in Slack."""
    team, user = str(form["team_id"]), str(form["user_id"])
    client = site.clients.of(team)
    if call(lambda: site.gate.is_outsider(client, team, user)):
        postings: tuple[Posting, ...] = (note(FOR_STAFF_ONLY),)
    else:
        postings = _command_reply(site, team, user, plain(str(form.get("text") or "")))
    notes = Notes(turn)
    sent = int(notes.get("sent") or 0)
    sender = WebhookClient(str(form["response_url"]))
    for number, posting in enumerate(postings[sent:4], start=sent):
        answered = call(
            lambda posting=posting: sender.send(  # type: ignore[misc]
                text=posting.text, blocks=list(posting.blocks), response_type="ephemeral"
            )
        )
        if answered.status_code == 429 or answered.status_code >= 500:
            raise failed(ConnectionError())
        if answered.status_code != 200:
            # The response address is good for half an hour; after that the answer goes to them directly.
            channel = direct(client, user)
            post(client, channel, None, postings, turn.accepted.id, again=turn.accepted.again)
            return
        notes.put(sent=number + 1)


def _command_reply(site: Site, team: str, user: str, text: str) -> tuple[Posting, ...]:
    if wishes_for_help(text):
        return card_postings(words.help_card())
    # No thread: a command stands alone, and must not take facts from one that was typed yesterday.
    return reply_postings(site.helper.respond(Message(text, sender=person(team, user))))
