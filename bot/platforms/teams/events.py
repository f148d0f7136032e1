"""Works off accepted activities: messages, edits, deletions, installations, and presses that can wait."""

import json
from uuid import uuid4

from bot.platforms.teams import words
from bot.platforms.teams.answering import Asked, answer, give_up
from bot.platforms.teams.blocks import Block, Posting, actions, card_of
from bot.platforms.teams.copies import consented
from bot.platforms.teams.incoming import Chat, Json, chat_of, from_a_person, mentions_me, said, user_of
from bot.platforms.teams.outgoing import card_blocks, pressed_with
from bot.platforms.teams.posting import Places, answers_to
from bot.platforms.teams.presses import carried, felt, pressed
from bot.platforms.teams.site import Site
from bot.turns import Turn

FEEDBACK, CONSENTED, EXECUTED = "message/submitAction", "fileConsent/invoke", "adaptiveCard/action"


class Events:
    """Everything that was acknowledged before it was answered."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def handle(self, turn: Turn) -> None:
        """Answer one activity; raises DeliveryError."""
        activity: Json = json.loads(turn.accepted.payload)
        kind = activity.get("type")
        if kind == "invoke":
            self._invoked(activity, turn)
        elif kind == "message":
            self._message(activity, turn)
        elif kind == "messageUpdate":
            self._changed(activity, turn)
        elif kind == "messageDelete":
            self._deleted(activity)
        elif kind in ("installationUpdate", "conversationUpdate"):
            self._members(activity, turn)

    def give_up(self, turn: Turn) -> None:
        """Tell whoever wrote that it could not be done; raises DeliveryError."""
        activity: Json = json.loads(turn.accepted.payload)
        if activity.get("type") in ("message", "messageUpdate", "invoke") and from_a_person(activity):
            give_up(self._site, said(activity), turn)

    def _invoked(self, activity: Json, turn: Turn) -> None:
        name = activity.get("name")
        if name == EXECUTED:
            pressed(self._site, activity, turn)
        elif name == CONSENTED:
            consented(self._site, activity, turn)
        elif name == FEEDBACK:
            felt(self._site, activity, turn)

    def _message(self, activity: Json, turn: Turn) -> None:
        if not from_a_person(activity):
            return
        if pressed_with(carried(activity)):
            pressed(self._site, activity, turn)
        elif chat_of(activity).personal or mentions_me(activity):
            answer(self._site, Asked(said(activity), turn))

    def _changed(self, activity: Json, turn: Turn) -> None:
        """An edited question is answered anew, in place of the old answer; one that is back is answered again."""
        if not from_a_person(activity):
            return
        if chat_of(activity).personal or mentions_me(activity):
            answer(self._site, Asked(said(activity), turn, edited=True))

    def _deleted(self, activity: Json) -> None:
        """With the question its answer goes: it may say what the question was about."""
        for chat, ids in answers_to(self._site, chat_of(activity), str(activity.get("id") or "")):
            for id_ in ids:
                self._site.connectors.delete(chat, id_)

    def _members(self, activity: Json, turn: Turn) -> None:
        chat, site = chat_of(activity), self._site
        if activity.get("action") == "remove" or _has_me(activity, "membersRemoved"):
            site.references.forget(chat, user_of(activity))
            return
        site.references.remember(chat, user_of(activity) if from_a_person(activity) else "")
        Places(site, turn).fill("welcome", chat, "", [welcome(chat)])


def is_welcome(activity: Json) -> bool:
    """Whether the app was added somewhere: Teams tells of it twice, and of other members joining as well."""
    if activity.get("type") == "installationUpdate":
        return str(activity.get("action") or "").startswith("add")
    return activity.get("type") == "conversationUpdate" and _has_me(activity, "membersAdded")


def is_farewell(activity: Json) -> bool:
    """Whether the app was removed."""
    if activity.get("type") == "installationUpdate":
        return str(activity.get("action") or "").startswith("remove")
    return activity.get("type") == "conversationUpdate" and _has_me(activity, "membersRemoved")


def welcome(chat: Chat) -> Posting:
    """How to use it, with questions to begin with where one person is alone with it."""
    if not chat.personal:
        return Posting("Can I send this?", card_of(card_blocks(words.team_card())))
    prompts: list[Block] = [
        {"type": "Action.Submit", "title": title, "data": {"msteams": {"type": "imBack", "value": said_for_them}}}
        for title, said_for_them in words.PROMPTS
    ]
    return Posting("Can I send this?", card_of([*card_blocks(words.help_card()), *actions(prompts)]))


def key_of(activity: Json) -> str:
    """What tells an activity from all others, the same when Teams sends it again."""
    chat, kind, id_ = chat_of(activity).id, activity.get("type"), str(activity.get("id") or "")
    if is_welcome(activity):
        return f"welcome/{chat}"
    if kind == "message" and id_:
        return f"message/{chat}/{id_}"
    # An edited or deleted message keeps its id; the moment tells one edit from the next.
    return f"{kind}/{chat}/{id_ or uuid4().hex}/{activity.get('timestamp')}"


def _has_me(activity: Json, where: str) -> bool:
    recipient = activity.get("recipient")
    me = recipient.get("id") if isinstance(recipient, dict) else None
    return any(isinstance(one, dict) and one.get("id") == me for one in activity.get(where) or ())
