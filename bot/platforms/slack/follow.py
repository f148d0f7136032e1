"""What follows a dialog: the next one in its place, and what is posted in the chat."""

import asyncio
import json
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.card import Form
from bot.domain.component import Outcome
from bot.domain.reply import Reply
from bot.platforms.slack import forms
from bot.platforms.slack.blocks import Block, Posting
from bot.platforms.slack.outgoing import card_postings, reply_postings
from bot.platforms.slack.site import Site

Json = dict[str, Any]
log = structlog.get_logger("sendcheck.slack")


def back_from(body: Json) -> dict[str, str]:
    """Where a dialog was asked for (channel, thread), which is where its reply goes; a dialog carries it on."""
    view = body.get("view") or {}
    if view.get("private_metadata"):
        meta = json.loads(view["private_metadata"])
        return {"channel": str(meta.get("channel") or ""), "thread": str(meta.get("thread") or "")}
    message = body.get("message") or {}
    channel = str((body.get("channel") or {}).get("id") or "")
    return {"channel": channel, "thread": str(message.get("thread_ts") or message.get("ts") or "")}


class Following:
    """Shows and posts what followed."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._posting: set[asyncio.Task[None]] = set()

    def view(self, outcome: Outcome, meta: Json) -> Block | None:
        """The dialog that takes the place of the one that was sent; None where the chat shows it all."""
        back_to = {"channel": str(meta.get("channel", "")), "thread": str(meta.get("thread", ""))}
        if isinstance(outcome, Form):
            return forms.modal(outcome, back_to, self._site.zone)
        return None if isinstance(outcome, Reply) else forms.card_modal(outcome, back_to)

    def post(self, client: AsyncWebClient, outcome: Outcome, meta: Json, body: Json) -> None:
        """Post it: in the information team's channel for all of them, in a direct message for one person.

        A card for one look only (`private`) is in the dialog and is posted nowhere.
        """
        channel = str(meta.get("channel", ""))
        for_team = self._site.team.hears(channel)
        postings: tuple[Posting, ...] = ()
        if isinstance(outcome, Reply):
            postings = reply_postings(outcome)
        elif not isinstance(outcome, Form) and not outcome.private:
            postings = card_postings(outcome) if outcome.buttons or for_team or not channel else ()
        if not postings:
            return
        beside = channel.startswith("D") or for_team
        thread = str(meta.get("thread") or "") or None
        saying = self._say(client, channel if beside else body["user"]["id"], thread if beside else None, postings)
        task = asyncio.create_task(saying)
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)

    async def _say(
        self, client: AsyncWebClient, channel: str, thread: str | None, postings: tuple[Posting, ...]
    ) -> None:
        try:
            for one in postings:
                await client.chat_postMessage(
                    channel=channel,
                    thread_ts=thread,
                    text=one.text,
                    blocks=list(one.blocks),
                    unfurl_links=False,
                    unfurl_media=False,
                )
        except Exception as error:  # it was done and the dialog said so; the copy in the chat is a convenience
            log.warning("outcome_not_posted", error=type(error).__name__)
