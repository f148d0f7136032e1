"""Dialogs: opened within the three seconds that Slack allows, and answered when they are sent."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import anyio.to_thread
import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.component import ActError, Outcome, Press
from bot.domain.people import Person
from bot.domain.ports.post import DeliveryError
from bot.errors import SendcheckError
from bot.logs import where
from bot.platforms.chat.forms import begun
from bot.platforms.chat.words import FOR_STAFF_ONLY
from bot.platforms.slack import forms, words
from bot.platforms.slack.blocks import FORM, Block, asked_for
from bot.platforms.slack.client import call
from bot.platforms.slack.follow import Following, back_from
from bot.platforms.slack.home import OPEN_CHECK
from bot.platforms.slack.incoming import person
from bot.platforms.slack.site import Site
from bot.platforms.slack.text import plain

NEW_REPORT = "report.new"
REPORTS = frozenset({"report_near_miss", "report_message"})
PATIENCE = 1.8
"""Seconds until a dialog says that it takes longer; after three Slack calls it failed."""
Json = dict[str, Any]
T = TypeVar("T")
log = structlog.get_logger("sendcheck.slack")


class Dialogs:
    """Bolt's listeners for what needs a dialog."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._following = Following(site)

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
        await self._open(client, body, self._by(body), (NEW_REPORT, "") if report else None, typed)

    async def action(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        """Buttons that open a dialog."""
        await ack()
        name, *rest = asked_for(body["actions"][0])
        if name == OPEN_CHECK:
            await self._open(client, body, self._by(body), None)
        elif name == FORM and len(rest) > 1:
            await self._open(client, body, self._by(body), (rest[0], "" if rest[1] == "-" else rest[1]))

    async def sent(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        """A dialog of the desk that was sent: errors at their fields, the next dialog, or what was done."""
        view = body["view"]
        if view.get("callback_id") != forms.FORM:
            await ack(response_action="errors", errors={"text": words.NOTHING_SAID})
            return
        meta = json.loads(view.get("private_metadata") or "{}")
        press = Press(meta["act"], meta["about"], self._site.now(), forms.values(view, self._site.zone), self._by(body))
        task = asyncio.ensure_future(_in_thread(partial(self._press, press, body)))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if done:
            await self._answer(ack, task.result(), client, meta, body)
            return
        await ack(response_action="update", view=forms.notice("One moment", words.STILL_WORKING))
        await self._answer_late(await task, client, meta, body)

    def _press(self, press: Press, body: Json) -> Outcome | SendcheckError:
        try:
            if self._is_outsider(press.by, body):
                return ActError(FOR_STAFF_ONLY)
            return self._site.desk.press(press)
        except SendcheckError as error:
            return error
        except Exception as error:  # whatever went wrong, nothing has to be typed twice
            log.error("form_failed", error=type(error).__name__, where=where(error))
            return SendcheckError(words.BROKEN)

    async def _answer(
        self, ack: AsyncAck, outcome: Outcome | SendcheckError, client: AsyncWebClient, meta: Json, body: Json
    ) -> None:
        if isinstance(outcome, SendcheckError):
            fields = [block.get("block_id") for block in body["view"]["blocks"] if block["type"] == "input"]
            wrong = outcome.field if isinstance(outcome, ActError) else ""
            if wrong in fields or (fields and isinstance(outcome, ActError)):
                await ack(response_action="errors", errors={wrong if wrong in fields else fields[0]: str(outcome)})
            else:
                await ack(response_action="update", view=forms.refilled(body["view"], f"{words.LATE_ERROR} {outcome}"))
            return
        view = self._following.view(outcome, meta)
        if view is None:
            await ack()
        else:
            # In place of the dialog before, so that going back cannot send that one twice.
            await ack(response_action="update", view=view)
        self._following.post(client, outcome, meta, body)

    async def _answer_late(
        self, outcome: Outcome | SendcheckError, client: AsyncWebClient, meta: Json, body: Json
    ) -> None:
        """The dialog that said to wait is changed; whoever closed it finds what followed in the chat."""
        view: Block | None
        if isinstance(outcome, SendcheckError):
            view = forms.refilled(body["view"], f"{words.LATE_ERROR} {outcome}")
        else:
            view = self._following.view(outcome, meta) or forms.notice("Done", "The answer is in your messages.")
            self._following.post(client, outcome, meta, body)
        await self._update(client, str(body["view"]["id"]), view)

    async def _open(
        self, client: AsyncWebClient, body: Json, by: Person, act: tuple[str, str] | None, typed: str = ""
    ) -> None:
        """Open the form of an act, or without one the private check; on a slow day a dialog that says to wait first."""
        task = asyncio.ensure_future(_in_thread(partial(self._form, body, by, act, typed)))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        view = task.result() if done else forms.notice("One moment", words.STILL_WORKING)
        # From inside a dialog, the next one goes on top of it.
        show = client.views_push if (body.get("container") or {}).get("type") == "view" and _in_modal(body) else None
        opened = await (show or client.views_open)(trigger_id=body["trigger_id"], view=view)
        if not done:
            await self._update(client, str(opened["view"]["id"]), await task)

    def _form(self, body: Json, by: Person, act: tuple[str, str] | None, typed: str) -> Block:
        back_to = back_from(body)
        try:
            if self._is_outsider(by, body):
                return forms.notice("Only for staff", FOR_STAFF_ONLY)
            if act is None:
                return forms.check_modal(back_to)
            form = self._site.desk.form(*act, by, self._site.now())
            return forms.modal(begun(form, typed), back_to, self._site.zone)
        except SendcheckError as error:
            return forms.notice("That did not work", str(error))
        except Exception as error:  # whoever waits gets a word at once; the content stays out of the log
            log.error("form_failed", error=type(error).__name__, where=where(error))
            return forms.notice("That did not work", words.BROKEN)

    def _is_outsider(self, by: Person | None, body: Json) -> bool:
        """Whether somebody from outside is here; where Slack cannot say it now, nothing is opened for them."""
        team, _, user = by.id.partition("/") if by else ("", "", "")
        client = self._site.clients.of(team)
        try:
            outside: bool = call(lambda: self._site.gate.is_outsider(client, team, user))
        except DeliveryError as error:
            raise ActError(words.BROKEN) from error
        if outside:
            self._site.count("outsider")
        return outside

    async def _update(self, client: AsyncWebClient, view_id: str, view: Block) -> None:
        try:
            await client.views_update(view_id=view_id, view=view)
        except Exception as error:  # closed meanwhile: what was done is done
            log.warning("dialog_not_updated", error=type(error).__name__)

    def _by(self, body: Json) -> Person:
        team = str((body.get("team") or {}).get("id") or body["user"].get("team_id") or "")
        user = body["user"]["id"]
        return person(team, user, of_team=self._site.team.has(back_from(body)["channel"], user))


def _in_modal(body: Json) -> bool:
    return bool((body.get("view") or {}).get("type") == "modal")


async def _in_thread(work: Callable[[], T]) -> T:
    return await anyio.to_thread.run_sync(work)
