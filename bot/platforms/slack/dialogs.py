"""Dialogs: opened within the three seconds that Slack allows, and answered when they are sent."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import anyio.to_thread
import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.card import Card, CardKind, FieldKind, Form
from bot.domain.component import ActError, Outcome, Press
from bot.domain.people import Person
from bot.errors import SendcheckError
from bot.platforms.slack import forms, words
from bot.platforms.slack.blocks import FORM, SEPARATOR
from bot.platforms.slack.home import OPEN_CHECK
from bot.platforms.slack.incoming import person
from bot.platforms.slack.outgoing import card_postings, reply_postings
from bot.platforms.slack.presses import who
from bot.platforms.slack.site import Site
from bot.platforms.slack.text import plain

NEW_REPORT = "report.new"
REPORTS = frozenset({"report_near_miss", "report_message"})
Json = dict[str, Any]
T = TypeVar("T")
log = structlog.get_logger("sendcheck.slack")


class Dialogs:
    """Bolt's listeners for what needs a dialog."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._posting: set[asyncio.Task[None]] = set()

    @staticmethod
    def is_filled_in(view: Json) -> bool:
        """Whether the private check holds anything to check."""
        given = forms.values(view, ZoneInfo("UTC"))
        return bool(forms.uploaded(view) or any(given.get("text", ())))

    async def command(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        """`/cansend check` and `/cansend report`."""
        await ack()
        somebody = person(str(body["team_id"]), str(body["user_id"]))
        wish = str(body.get("text") or "").strip().lower()
        await self._open(client, body, somebody, None if wish == "check" else (NEW_REPORT, ""))

    async def shortcut(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        """The shortcuts that open a dialog; on a message, its words begin the report."""
        await ack()
        report = body.get("callback_id") in REPORTS
        typed = plain(str((body.get("message") or {}).get("text") or ""))
        await self._open(client, body, who(self._site, body), (NEW_REPORT, "") if report else None, typed)

    async def action(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        """Buttons that open a dialog."""
        await ack()
        action = body["actions"][0]
        name, *rest = str(action.get("action_id") or "").split(SEPARATOR)
        about = str(action.get("value") or "-")
        if name == OPEN_CHECK:
            await self._open(client, body, who(self._site, body), None)
        elif name == FORM and rest:
            await self._open(client, body, who(self._site, body), (rest[0], "" if about == "-" else about))

    async def sent(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        """A dialog of the desk that was sent: errors at their fields, the next dialog, or what was done."""
        view = body["view"]
        if view.get("callback_id") != forms.FORM:
            await ack(response_action="errors", errors={"text": words.NOTHING_SAID})
            return
        meta = json.loads(view.get("private_metadata") or "{}")
        by = self._by(body, meta)
        press = Press(meta["act"], meta["about"], self._site.now(), forms.values(view, self._site.zone), by)
        try:
            outcome = await _in_thread(partial(self._site.desk.press, press))
        except ActError as error:
            fields = [block.get("block_id") for block in view["blocks"] if block["type"] == "input"]
            at = error.field if error.field in fields else (fields[0] if fields else None)
            if at:
                await ack(response_action="errors", errors={at: str(error)})
            else:
                await ack(response_action="update", view=forms.card_modal(_note(str(error))))
            return
        except SendcheckError as error:
            await ack(response_action="update", view=forms.card_modal(_note(str(error))))
            return
        await self._follow(ack, client, outcome, meta, body)

    async def _follow(self, ack: AsyncAck, client: AsyncWebClient, outcome: Outcome, meta: Json, body: Json) -> None:
        back_to = {"channel": meta.get("channel", ""), "thread": meta.get("thread", "")}
        if isinstance(outcome, Form):
            # In place of the dialog before, so that going back cannot send that one twice.
            await ack(response_action="update", view=forms.modal(outcome, back_to, self._site.zone))
            return
        if isinstance(outcome, Card):
            await ack(response_action="update", view=forms.card_modal(outcome))
            postings = card_postings(outcome) if outcome.buttons or not back_to["channel"] else ()
        else:
            await ack()
            postings = reply_postings(outcome)
        user = body["user"]["id"]
        private = not back_to["channel"].startswith("D")
        for posting in postings:
            task = asyncio.create_task(self._say(client, back_to, user, private, posting.text, list(posting.blocks)))
            self._posting.add(task)
            task.add_done_callback(self._posting.discard)

    async def _say(
        self, client: AsyncWebClient, back_to: Json, user: str, private: bool, text: str, blocks: list[Json]
    ) -> None:
        """Post what followed: where the button was pressed if that is a direct message, else in one."""
        try:
            if private:
                await client.chat_postMessage(channel=user, text=text, blocks=blocks)
            else:
                await client.chat_postMessage(
                    channel=back_to["channel"], thread_ts=back_to["thread"] or None, text=text, blocks=blocks
                )
        except Exception as error:  # it was done and the dialog said so; the copy in the chat is a convenience
            log.warning("outcome_not_posted", error=type(error).__name__)

    async def _open(
        self, client: AsyncWebClient, body: Json, by: Person, act: tuple[str, str] | None, typed: str = ""
    ) -> None:
        """Open the form of an act, or without one the private check."""
        message = body.get("message") or {}
        channel = str((body.get("channel") or {}).get("id") or "")
        back_to = {"channel": channel, "thread": str(message.get("thread_ts") or message.get("ts") or "")}
        if act is None:
            view = forms.check_modal(back_to)
        else:
            try:
                form = await _in_thread(partial(self._site.desk.form, *act, by, self._site.now()))
                view = forms.modal(_begun(form, typed), back_to, self._site.zone)
            except SendcheckError as error:
                view = forms.card_modal(_note(str(error)))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    def _by(self, body: Json, meta: Json) -> Person:
        team = str((body.get("team") or {}).get("id") or body["user"].get("team_id") or "")
        return person(team, body["user"]["id"], of_team=meta.get("channel") in self._site.team_channels)


def _begun(form: Form, typed: str) -> Form:
    """The form with its first free text begun with the words of a message."""
    if not typed:
        return form
    at = next((n for n, one in enumerate(form.fields) if one.kind is FieldKind.TEXT and not one.value), None)
    if at is None:
        return form
    begun = replace(form.fields[at], value=(typed[: form.fields[at].longest],))
    return replace(form, fields=(*form.fields[:at], begun, *form.fields[at + 1 :]))


def _note(text: str) -> Card:
    return Card(CardKind.NOTE, "That did not work", (text,))


async def _in_thread(work: Callable[[], T]) -> T:
    return await anyio.to_thread.run_sync(work)
