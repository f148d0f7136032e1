"""Says what followed a press: where it was pressed, or to the presser alone."""

from typing import Any

from slack_sdk import WebClient

from bot.domain.board import Download
from bot.domain.card import Button, Card, CardKind, Form, Picture
from bot.domain.component import Outcome
from bot.domain.reply import Reply
from bot.platforms.slack.answering import Where, direct
from bot.platforms.slack.blocks import Posting
from bot.platforms.slack.client import call, post
from bot.platforms.slack.outgoing import card_postings, reply_postings
from bot.platforms.slack.site import Site
from bot.turns import Turn

Json = dict[str, Any]


def team_of(payload: Json) -> str:
    """The workspace of a press."""
    return str((payload.get("team") or {}).get("id") or payload.get("team_id") or "")


def channel_of(payload: Json) -> str:
    """Where it was pressed; empty in the Home tab and in dialogs."""
    return str((payload.get("channel") or {}).get("id") or "")


def thread_of(payload: Json) -> str:
    """The thread it was pressed in."""
    message = payload.get("message") or {}
    return str(
        message.get("thread_ts") or message.get("ts") or (payload.get("container") or {}).get("message_ts") or ""
    )


def show(site: Site, client: WebClient, payload: Json, outcome: Outcome, turn: Turn) -> None:
    """Post what followed a press: beside the message, and to the presser alone in an open channel."""
    if isinstance(outcome, Reply):
        post(
            client,
            channel_of(payload),
            thread_of(payload),
            reply_postings(outcome),
            turn.accepted.id,
            again=turn.accepted.again,
        )
        return
    if isinstance(outcome, Form):
        go_on = Button(outcome.act, outcome.submit, outcome.about, opens_form=True)
        outcome = Card(CardKind.NOTE, outcome.title, outcome.intro, buttons=(go_on,))
    if outcome.private:
        whisper(client, payload, card_postings(outcome))
        return
    tell(site, client, payload, card_postings(outcome), turn)
    if outcome.picture:
        picture(client, Where(channel_of(payload), thread_of(payload)), outcome.picture)


def tell(
    site: Site, client: WebClient, payload: Json, postings: tuple[Posting, ...] | list[Posting], turn: Turn
) -> None:
    """Say something where it was pressed: in a direct message for all to see, in a channel to the presser alone.

    In a channel of the information team everybody there sees what was done.
    """
    channel, thread = channel_of(payload), thread_of(payload)
    user = payload["user"]["id"]
    if not channel:
        post(client, direct(client, user), None, postings, turn.accepted.id, again=turn.accepted.again)
    elif channel.startswith("D") or site.team.hears(channel):
        post(client, channel, thread, postings, turn.accepted.id, again=turn.accepted.again)
    else:
        whisper(client, payload, postings)


def whisper(client: WebClient, payload: Json, postings: tuple[Posting, ...] | list[Posting]) -> None:
    """Show something to the presser alone; Slack keeps no such message."""
    user, thread = payload["user"]["id"], thread_of(payload) or None
    channel = channel_of(payload) or direct(client, user)
    for posting in postings:
        call(
            lambda posting=posting: client.chat_postEphemeral(  # type: ignore[misc]
                channel=channel, user=user, thread_ts=thread, text=posting.text, blocks=list(posting.blocks)
            ),
            waits=(),
        )


def upload(client: WebClient, where: Where, file: Download, comment: str) -> None:
    """Upload a file; raises DeliveryError."""
    call(
        lambda: client.files_upload_v2(
            channel=where.channel, thread_ts=where.thread, content=file.content, filename=file.name, title=file.name,
            initial_comment=comment or None,
        ),
        waits=(),
    )  # fmt: skip


def picture(client: WebClient, where: Where, one: Picture, name: str = "chart.png") -> None:
    """Upload a chart with its description; raises DeliveryError."""
    call(
        lambda: client.files_upload_v2(
            channel=where.channel, thread_ts=where.thread, content=one.png, filename=name, alt_txt=one.alt,
        )
    )  # fmt: skip
