"""What Teams wants answered at once, in the body of the response: dialogs and message extensions."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import replace
from uuid import uuid4

import structlog

from bot.domain.card import Card, CardKind, Field, FieldKind, Form
from bot.domain.component import ActError, Outcome, Press
from bot.domain.message import Message, Remembered
from bot.domain.ports.post import DeliveryError, Inbox
from bot.domain.reply import Reply
from bot.errors import SendcheckError
from bot.logs import where
from bot.platforms.chat.forms import begun
from bot.platforms.chat.text import clip
from bot.platforms.chat.words import COULD_NOT, FOR_STAFF_ONLY, GONE_BUTTON
from bot.platforms.teams import words
from bot.platforms.teams.blocks import Block, card_of, packed, paragraphs, with_line
from bot.platforms.teams.client import CARD, message
from bot.platforms.teams.forms import card_dialog, dialog, form_card, sent_form, values
from bot.platforms.teams.incoming import PLATFORM, Chat, Json, chat_of, thread_key, user_of
from bot.platforms.teams.outgoing import card_blocks, pressed_with, reply_blocks
from bot.platforms.teams.presses import carried, outcome_postings, who
from bot.platforms.teams.site import Site
from bot.platforms.teams.text import from_html

WITHIN_SECONDS = 4.0
"""Teams gives a message extension five seconds, and then asks again."""
AT_ONCE = 8
NEW_REPORT, ASK = "report.new", "ask"
REPORT_MESSAGE, CHECK_MESSAGE, ASK_COMMAND = "reportMessage", "checkMessage", "askAndInsert"
"""Commands of the message extension; the manifest names them."""
log = structlog.get_logger("sendcheck.teams")


class Invokes:
    """Answers to invokes, each in a thread and within the time that Teams gives."""

    def __init__(self, site: Site, inbox: Inbox, clock: Callable[[], float] = time.monotonic) -> None:
        self._site = site
        self._inbox = inbox
        self._clock = clock
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="teams-invoke")
        self._known = {
            "task/fetch": self._fetch,
            "task/submit": self._submit,
            "composeExtension/fetchTask": self._extension,
            "composeExtension/submitAction": self._submit,
        }

    def answers(self, activity: Json) -> bool:
        """Whether this one is answered here rather than kept."""
        return activity.get("name") in self._known

    def answer(self, activity: Json) -> Json:
        """The body of the response; never raises, so that the client does not ask again."""
        chat, user = chat_of(activity), user_of(activity)
        future = self._pool.submit(self._safely, activity, chat, user)
        try:
            return future.result(WITHIN_SECONDS)
        except TooSlow:
            self._site.count("slow_invoke")
            future.add_done_callback(lambda done: self._bring(done, chat, user))
            return dialog("One moment", card_of(paragraphs(words.TAKES_LONGER)))

    def close(self) -> None:
        """Finish what is in hand."""
        self._pool.shutdown(wait=True)

    def _safely(self, activity: Json, chat: Chat, user: str) -> Json:
        try:
            if self._is_outsider(chat, user):
                self._site.count("outsider")
                return _said(FOR_STAFF_ONLY)
            return self._known[str(activity.get("name"))](activity)
        except SendcheckError as error:
            return _said(str(error))
        except Exception as error:  # the person gets an answer whatever went wrong, and the log no content
            log.error("invoke_failed", error=type(error).__name__, where=where(error))
            return _said(COULD_NOT)

    def _is_outsider(self, chat: Chat, user: str) -> bool:
        """A message extension also works where this app is no member, so the person's own chat is asked about."""
        site = self._site
        try:
            return site.gate.is_outsider(site.connectors, site.chat_with(chat, user), user)
        except DeliveryError as error:
            if not error.permanent:
                raise
            return not site.gate.is_of_tenant(chat)

    def _fetch(self, activity: Json) -> Json:
        """The form behind a button."""
        asked = pressed_with(carried(activity))
        if asked is None:
            return _said(GONE_BUTTON)
        return _form_dialog(self._form(str(asked.get("act")), str(asked.get("about") or ""), activity))

    def _form(self, act: str, about: str, activity: Json) -> Form:
        return self._site.desk.form(act, about, who(self._site, activity), self._site.now())

    def _extension(self, activity: Json) -> Json:
        """A command of the message extension: on a message, or in the compose box."""
        value = activity.get("value")
        value = value if isinstance(value, dict) else {}
        payload = value.get("messagePayload")
        body = payload.get("body") if isinstance(payload, dict) else None
        text = from_html(str(body.get("content") or "")) if isinstance(body, dict) else ""
        command = value.get("commandId")
        if command == REPORT_MESSAGE:
            return _form_dialog(begun(self._form(NEW_REPORT, "", activity), text))
        if command == CHECK_MESSAGE:
            if not text:
                return _said(words.NO_WORDS)
            reply = self._reply(text, activity, self._thread(activity))
            self._post(reply, activity)
            return _reply_dialog(reply)
        if command == ASK_COMMAND:
            return _form_dialog(_question(text))
        return _said(GONE_BUTTON)

    def _reply(self, text: str, activity: Json, thread: str = "") -> Reply:
        # It stands alone, and must not take facts from a question asked before.
        message = Message(text, remembered=Remembered(), thread=thread, sender=who(self._site, activity))
        return self._site.helper.respond(message)

    def _thread(self, activity: Json) -> str:
        """Where what is asked here can be gone on with: in the person's own chat, if they have one."""
        try:
            return thread_key(self._site.chat_with(chat_of(activity), user_of(activity)))
        except DeliveryError:
            return ""

    def _submit(self, activity: Json) -> Json:
        """A dialog that was sent: what is wrong at its fields, the next dialog, or what was done."""
        data = carried(activity)
        asked = pressed_with(data)
        if asked is None:
            return _said(GONE_BUTTON)
        typed = values(data)
        if asked.get("act") == ASK:
            return self._insert(typed, activity)
        once = f"once/{asked.get('once')}"
        if not self._inbox.accept(PLATFORM, once, b"{}", self._site.now()):
            return _said(words.SENT_ALREADY)
        self._inbox.done(PLATFORM, once)
        act, about = str(asked.get("act")), str(asked.get("about") or "")
        press = Press(act, about, self._site.now(), typed, who(self._site, activity))
        try:
            outcome = self._site.desk.press(press)
        except Exception as error:  # whatever went wrong, nothing has to be typed twice
            return _form_dialog(sent_form(asked, typed), _problem(error))
        return self._follow(outcome, activity)

    def _follow(self, outcome: Outcome, activity: Json) -> Json:
        if isinstance(outcome, Form):
            return _form_dialog(outcome)
        if isinstance(outcome, Reply):
            self._post(outcome, activity)
            return _reply_dialog(outcome)
        if outcome.buttons and not outcome.private:
            self._post(outcome, activity)
        return card_dialog(outcome)

    def _post(self, outcome: Outcome, activity: Json) -> None:
        """What can be gone on with stands in the chat too, when the dialog is closed."""
        chat, user = chat_of(activity), user_of(activity)

        def post() -> None:
            try:
                site = self._site
                there = chat if site.team.hears(chat.base) else site.chat_with(chat, user)
                for posting in outcome_postings(outcome):
                    site.connectors.post(there, message(posting))
            except SendcheckError as error:  # it was done, and the dialog said so
                log.warning("outcome_not_posted", error=type(error).__name__)

        self._pool.submit(post)

    def _insert(self, typed: Mapping[str, tuple[str, ...]], activity: Json) -> Json:
        """The answer as a card in the compose box, without buttons: whoever it is sent to may see it."""
        text = " ".join(typed.get("question", ())).strip()
        if not text:
            return _form_dialog(_question(""), {"question": "Type a question."})
        try:
            reply = self._reply(text, activity)
        except Exception as error:
            return _form_dialog(_question(text), _problem(error))
        if any(card.kind is CardKind.BREACH for card in reply.cards):
            # What to do now is for whoever asks, not for whoever gets the card.
            self._post(reply, activity)
        made = packed([*paragraphs(f"Asked: {text}"), *reply_blocks(reply, buttons=False)], reply.headline)
        card = with_line(made[0], words.NOT_ALL).card if len(made) > 1 else made[0].card
        preview = {
            "contentType": "application/vnd.microsoft.card.thumbnail",
            "content": {"title": clip(reply.headline, 120), "text": clip(" ".join(reply.because[:1]), 200)},
        }
        attachment = {"contentType": CARD, "content": card, "preview": preview}
        return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": [attachment]}}

    def _bring(self, done: "Future[Json]", chat: Chat, user: str) -> None:
        """What came too late for its dialog or for the compose box is posted in the person's chat."""
        body = done.result()
        if "composeExtension" in body:
            card = body["composeExtension"]["attachments"][0]["content"]
        else:
            card = body["task"]["value"]["card"]["content"]
        activity = {"type": "message", "summary": words.LATE, "attachments": [{"contentType": CARD, "content": card}]}
        try:
            self._site.connectors.post(self._site.chat_with(chat, user), activity)
        except SendcheckError as error:
            log.warning("outcome_not_posted", error=type(error).__name__)


def _form_dialog(form: Form | None, wrong: Mapping[str, str] | None = None) -> Json:
    """A form, with what is wrong in it; one that was too large to go along leaves only what is wrong."""
    if form is None:
        return _said(" ".join((wrong or {}).values()))
    return dialog(form.title, form_card(form, uuid4().hex, wrong))


def _problem(error: Exception) -> dict[str, str]:
    """What to say of an error, by the field that it is about; the log gets no content."""
    if isinstance(error, ActError):
        return {error.field: str(error)}
    if isinstance(error, SendcheckError):
        return {"": f"{error} {words.NOTHING_SENT}"}
    log.error("invoke_failed", error=type(error).__name__, where=where(error))
    return {"": f"{words.BROKEN} {words.NOTHING_SENT}"}


def _question(text: str) -> Form:
    """What the compose box asks for."""
    given = (text,) if text else ()
    asked = Field("question", words.ASK_SOMETHING, FieldKind.TEXT, required=True, value=given)
    hint = replace(asked, hint="The answer is put into your message as a card. No names are needed.")
    return Form(ASK, "Can I send this?", (hint,), submit="Answer")


def _reply_dialog(reply: Reply) -> Json:
    gone = [card for card in reply.cards if card.kind is CardKind.BREACH]
    blocks: list[Block] = [block for card in gone for block in card_blocks(card, buttons=False)]
    blocks += reply_blocks(reply, buttons=False)
    return dialog("Can I send this?", with_line(packed(blocks, reply.headline)[0], words.IN_CHAT_TOO).card)


def _said(text: str) -> Json:
    return card_dialog(Card(CardKind.NOTE, "Can I send this?", (text,)))
