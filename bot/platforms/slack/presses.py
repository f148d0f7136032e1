"""Presses, shortcuts, commands and sent forms that were acknowledged and are now worked off."""

from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.domain.board import Download
from bot.domain.card import Button, Card, CardKind, Form, Picture
from bot.domain.component import ActError, Outcome, Press
from bot.domain.copy import CopyKind
from bot.domain.message import Message
from bot.domain.people import Person
from bot.domain.reply import Reply
from bot.platforms.slack import words
from bot.platforms.slack.answering import Asked, Status, Where, answer, direct, note
from bot.platforms.slack.blocks import ACT, SEPARATOR, Posting
from bot.platforms.slack.client import call, failed, keys_in, post
from bot.platforms.slack.files import FileError, fetch
from bot.platforms.slack.forms import uploaded, values
from bot.platforms.slack.incoming import Said, person
from bot.platforms.slack.outgoing import CLARIFY, COPY, NOT_PERSONAL, card_postings, reply_postings
from bot.platforms.slack.site import Site
from bot.platforms.slack.text import plain
from bot.turns import Turn

PRIVATE_CHECK = "private_check"
CHECK_MESSAGE, CHECK_FORM = "check_message", "check"
Json = dict[str, Any]


def pressed(site: Site, payload: Json, turn: Turn) -> None:
    """Do what was pressed, typed or sent; raises DeliveryError."""
    kind = payload.get("type")
    if "command" not in payload and _from_outside(site, payload):
        site.count("outsider")
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
    team, user = _team(payload), str(payload["user"]["id"])
    client = site.clients.of(team)
    return bool(call(lambda: site.gate.is_outsider(client, team, user)))


def _button(site: Site, payload: Json, turn: Turn) -> None:
    action = payload["actions"][0]
    name, *rest = str(action.get("action_id") or "").split(SEPARATOR)
    value = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    doers: dict[str, Callable[[], None]] = {
        CLARIFY: lambda: _chosen(site, payload, turn, rest[0], value),
        NOT_PERSONAL: lambda: _not_personal(site, payload, turn, value, rest[0]),
        COPY: lambda: _copy(site, payload, turn, CopyKind(rest[0]), rest[1]),
        ACT: lambda: _act(site, payload, turn, rest[0], value),
        PRIVATE_CHECK: lambda: _check_files(site, payload, turn, value.split(",")),
    }
    if name in doers:
        doers[name]()


def who(site: Site, payload: Json) -> Person:
    """Whoever pressed; in a channel of the information team they act for it."""
    return person(_team(payload), payload["user"]["id"], of_team=_channel(payload) in site.team_channels)


def _team(payload: Json) -> str:
    return str((payload.get("team") or {}).get("id") or payload.get("team_id") or "")


def _channel(payload: Json) -> str:
    return str((payload.get("channel") or {}).get("id") or "")


def _thread(payload: Json) -> str:
    message = payload.get("message") or {}
    return str(
        message.get("thread_ts") or message.get("ts") or (payload.get("container") or {}).get("message_ts") or ""
    )


def _said(payload: Json, text: str, files: tuple[Json, ...] = ()) -> Said:
    channel = _channel(payload)
    return Said(
        _team(payload), channel, payload["user"]["id"], _thread(payload), _thread(payload), text, files,
        direct=channel.startswith("D"),
    )  # fmt: skip


def _chosen(site: Site, payload: Json, turn: Turn, fact: str, term: str) -> None:
    """An answer to a clarifying question: the thread's facts with this one more."""
    action = payload["actions"][0]
    shown = action.get("text") or (action.get("selected_option") or {}).get("text") or {}
    asked = Asked(_said(payload, plain(str(shown.get("text") or term))), turn.accepted.id, turn.accepted.again)
    answer(site, Asked(asked.said, asked.key, asked.again, answers=((fact, term),)))


def _not_personal(site: Site, payload: Json, turn: Turn, digest: str, category: str) -> None:
    site.helper.not_personal_data(digest, category)
    client = site.clients.of(_team(payload))
    tell(site, client, payload, [note(words.LOOKED)], turn)


def _copy(site: Site, payload: Json, turn: Turn, kind: CopyKind, file_id: str) -> None:
    """Fetch the file again, copy it, and upload the copy where only whoever asked reads it."""
    client = site.clients.of(_team(payload))
    where = Where(_channel(payload), _thread(payload))
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
    client = site.clients.of(_team(payload))
    press = Press(act, "" if about == "-" else about, site.now(), by=who(site, payload))
    try:
        outcome = site.desk.press(press)
    except ActError as error:
        tell(site, client, payload, [note(str(error))], turn)
        return
    show(site, client, payload, outcome, turn)


def show(site: Site, client: WebClient, payload: Json, outcome: Outcome, turn: Turn) -> None:
    """Post what followed a press: beside the message, and to the presser alone in an open channel."""
    if isinstance(outcome, Reply):
        post(
            client,
            _channel(payload),
            _thread(payload),
            reply_postings(outcome),
            turn.accepted.id,
            again=turn.accepted.again,
        )
        return
    if isinstance(outcome, Form):
        go_on = Button(outcome.act, outcome.submit, outcome.about, opens_form=True)
        outcome = Card(CardKind.NOTE, outcome.title, outcome.intro, buttons=(go_on,))
    tell(site, client, payload, card_postings(outcome), turn, unkept=outcome.private)
    if outcome.picture:
        picture(client, Where(_channel(payload), _thread(payload)), outcome.picture)


def tell(
    site: Site,
    client: WebClient,
    payload: Json,
    postings: tuple[Posting, ...] | list[Posting],
    turn: Turn,
    *,
    unkept: bool = False,
) -> None:
    """Say something where it was pressed: in a direct message for all to see, in a channel to the presser alone.

    In a channel of the information team everybody there sees what was done. What is `unkept` is shown to the presser
    for the moment, and Slack keeps no message of it.
    """
    channel, thread = _channel(payload), _thread(payload)
    user = payload["user"]["id"]
    if not channel:
        post(client, direct(client, user), None, postings, turn.accepted.id, again=turn.accepted.again)
    elif not unkept and (channel.startswith("D") or channel in site.team_channels):
        post(client, channel, thread, postings, turn.accepted.id, again=turn.accepted.again)
    else:
        for posting in postings:
            call(
                lambda posting=posting: client.chat_postEphemeral(  # type: ignore[misc]
                    channel=channel, user=user, thread_ts=thread, text=posting.text, blocks=list(posting.blocks)
                )
            )


def _check_message(site: Site, payload: Json, turn: Turn) -> None:
    """The shortcut on a message: its files and words are checked for whoever used it, in a direct message."""
    message = payload.get("message") or {}
    client = site.clients.of(_team(payload))
    user = payload["user"]["id"]
    files = tuple(message.get("files") or ())
    channel = direct(client, user)
    text = plain(str(message.get("text") or ""))
    one = Said(_team(payload), channel, user, "", "", text, files)
    _answer_directly(site, one, turn)


def _check_form(site: Site, payload: Json, turn: Turn) -> None:
    """The private form: files and a question that were posted nowhere."""
    view = payload["view"]
    typed = values(view, site.zone)
    client = site.clients.of(_team(payload))
    channel = direct(client, payload["user"]["id"])
    files = tuple(uploaded(view))
    one = Said(_team(payload), channel, payload["user"]["id"], "", "", " ".join(typed.get("text", ())), files)
    _answer_directly(site, one, turn, case=next(iter(typed.get("case", ())), None))


def _check_files(site: Site, payload: Json, turn: Turn, ids: list[str]) -> None:
    """Files posted in a channel, checked on the poster's wish where nobody else reads."""
    client = site.clients.of(_team(payload))
    described = tuple({"id": id_, "file_access": "check_file_info"} for id_ in ids)
    channel = direct(client, payload["user"]["id"])
    _answer_directly(site, Said(_team(payload), channel, payload["user"]["id"], "", "", "", described), turn)


def _answer_directly(site: Site, one: Said, turn: Turn, case: str | None = None) -> None:
    """Answer in a direct message, in a thread of its own so that it can be followed up."""
    client = site.clients.of(one.team)
    opened = f"{turn.accepted.id}/begin"
    names = ", ".join(str(file.get("name")) for file in one.files if file.get("name"))
    begin = note(f"You asked me to check: {names or one.text or 'a file'}"[:300])
    post(client, one.channel, None, [begin], opened, again=turn.accepted.again)
    root = keys_in(client, one.channel, None).get(f"{opened}/0", "")
    threaded = Said(one.team, one.channel, one.user, root, root, one.text, one.files)
    answer(site, Asked(threaded, turn.accepted.id, turn.accepted.again, case=case))


def _command(site: Site, form: Json, turn: Turn) -> None:
    """`/cansend QUESTION`: the answer comes through the response address, to the asker alone, anywhere in Slack."""
    team, user = str(form["team_id"]), str(form["user_id"])
    client = site.clients.of(team)
    if call(lambda: site.gate.is_outsider(client, team, user)):
        postings: tuple[Posting, ...] = (note(words.FOR_STAFF_ONLY),)
    else:
        postings = _command_reply(site, team, user, plain(str(form.get("text") or "")))
    if turn.accepted.note:
        return
    sender = WebhookClient(str(form["response_url"]))
    for posting in postings[:4]:
        answered = call(
            lambda posting=posting: sender.send(  # type: ignore[misc]
                text=posting.text, blocks=list(posting.blocks), response_type="ephemeral"
            )
        )
        if answered.status_code >= 500:
            raise failed(ConnectionError())
        turn.note("sent")


def _command_reply(site: Site, team: str, user: str, text: str) -> tuple[Posting, ...]:
    if not text:
        return card_postings(words.help_card())
    # No thread: a command stands alone, and must not take facts from one that was typed yesterday.
    return reply_postings(site.helper.respond(Message(text, sender=person(team, user))))


def upload(client: WebClient, where: Where, file: Download, comment: str) -> None:
    """Upload a file; raises DeliveryError."""
    call(
        lambda: client.files_upload_v2(
            channel=where.channel, thread_ts=where.thread, content=file.content, filename=file.name, title=file.name,
            initial_comment=comment or None,
        )
    )  # fmt: skip


def picture(client: WebClient, where: Where, one: Picture) -> None:
    """Upload a chart with its description; raises DeliveryError."""
    call(
        lambda: client.files_upload_v2(
            channel=where.channel, thread_ts=where.thread, content=one.png, filename="chart.png", alt_txt=one.alt,
        )
    )  # fmt: skip
