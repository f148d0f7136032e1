"""Presses and sent forms that were acknowledged and are now worked off."""

import json
from collections.abc import Callable
from uuid import uuid4

from bot.domain.card import Card, Form
from bot.domain.component import ActError, Outcome, Press
from bot.domain.people import Person
from bot.platforms.chat.pressing import press_once
from bot.platforms.chat.words import FOR_STAFF_ONLY, LOOKED
from bot.platforms.teams import words
from bot.platforms.teams.answering import Asked, answer, own_chat, tell
from bot.platforms.teams.blocks import ACT, CLARIFY, COPY, FORM, NOT_PERSONAL, SEND, Posting
from bot.platforms.teams.copies import offer_copy
from bot.platforms.teams.forms import form_card, sent_form, values
from bot.platforms.teams.incoming import Chat, Json, Said, chat_of, entra_of, person, user_of
from bot.platforms.teams.outgoing import HELPFUL, NOT_HELPFUL, card_postings, pressed_with, reply_postings
from bot.platforms.teams.posting import Places
from bot.platforms.teams.references import ANSWERS
from bot.platforms.teams.site import Site
from bot.turns import Turn


def carried(activity: Json) -> Json:
    """What a button and the fields beside it carry, however the client sent them."""
    value = activity.get("value")
    value = value if isinstance(value, dict) else {}
    action = value.get("action")
    if isinstance(action, dict):
        value = action.get("data")
    elif isinstance(value.get("data"), dict) and pressed_with(value) is None:
        value = value["data"]
    return value if isinstance(value, dict) else {}


def who(site: Site, activity: Json) -> Person:
    """Whoever pressed, and whether they act for the information team."""
    chat, user = chat_of(activity), user_of(activity)
    return person(chat.tenant, user, of_team=site.team.has(chat.base, user, entra_of(activity)))


def pressed(site: Site, activity: Json, turn: Turn) -> None:
    """Do what was pressed or sent; raises DeliveryError."""
    chat, user = chat_of(activity), user_of(activity)
    site.references.remember(chat, user)
    if site.gate.is_outsider(site.connectors, chat, user):
        site.count("outsider")
        alone = own_chat(site, chat, user)
        if alone is not None:
            tell(site, alone, turn, [words.note(FOR_STAFF_ONLY)])
        return
    data = carried(activity)
    asked = pressed_with(data) or {}
    doers: dict[str, Callable[[], None]] = {
        CLARIFY: lambda: _chosen(site, activity, turn, asked, data),
        NOT_PERSONAL: lambda: _not_personal(site, activity, turn, str(data.get(str(asked.get("input"))) or "")),
        COPY: lambda: offer_copy(site, chat, user, turn, asked),
        ACT: lambda: _press(site, activity, turn, asked, {}),
        SEND: lambda: _press(site, activity, turn, asked, values(data)),
        FORM: lambda: _show_form(site, activity, turn, asked),
    }
    doer = doers.get(str(asked.get("do")))
    if doer is None:
        site.count("unknown_press")
        return
    doer()


def felt(site: Site, activity: Json, turn: Turn) -> None:
    """What somebody pressed under an answer: that it helped, or not, with a word of why."""
    chat, user = chat_of(activity), user_of(activity)
    noted = site.references.noted(ANSWERS, chat.id + str(activity.get("replyToId") or ""), site.now())
    if noted is None or site.gate.is_outsider(site.connectors, chat, user):
        site.count("feedback_to_nothing")
        return
    value = _object(_object(activity.get("value")).get("actionValue"))
    liked = value.get("reaction") == "like"
    said = {} if liked else {"reason": ("other",), "text": (_typed(value.get("feedback")),)}
    press = Press(HELPFUL if liked else NOT_HELPFUL, noted["answer"], site.now(), said, who(site, activity))
    try:
        outcome = press_once(site.desk, press, turn)
    except ActError as error:
        tell(site, site.chat_with(chat, user), turn, [words.note(str(error))])
        return
    if isinstance(outcome, Form):
        # Something was taken out of the words: they are shown as they will be kept.
        show(site, site.chat_with(chat, user), outcome, Places(site, turn))


def _typed(feedback: object) -> str:
    """The words, which Teams sends as JSON inside JSON."""
    try:
        inside = json.loads(str(feedback or "{}"))
    except ValueError:
        return ""
    return str(_object(inside).get("feedbackText") or "")[:1000]


def _chosen(site: Site, activity: Json, turn: Turn, asked: Json, data: Json) -> None:
    """An answer to a clarifying question: the conversation's facts with this one more."""
    term = str(asked.get("term") or data.get(str(asked.get("input"))) or "")
    if not term:
        return
    chat = chat_of(activity)
    one = Said(chat, user_of(activity), entra_of(activity), "", str(asked.get("words") or term.replace("_", " ")))
    answer(site, Asked(one, turn, answers=((str(asked.get("fact")), term),)))


def _not_personal(site: Site, activity: Json, turn: Turn, chosen: str) -> None:
    digest, _, category = chosen.partition("|")
    if not digest:
        return
    site.helper.not_personal_data(digest, category)
    tell(site, _where(site, activity), turn, [words.note(LOOKED)])


def _press(site: Site, activity: Json, turn: Turn, asked: Json, typed: dict[str, tuple[str, ...]]) -> None:
    by = who(site, activity)
    act, about = str(asked.get("act")), str(asked.get("about") or "")
    try:
        outcome = press_once(site.desk, Press(act, about, site.now(), typed, by), turn)
    except ActError as error:
        if asked.get("do") == SEND:
            _correct(site, activity, turn, asked, typed, error)
        else:
            tell(site, _where(site, activity), turn, [words.note(str(error))])
        return
    show(site, _where(site, activity), outcome, Places(site, turn))


def _correct(
    site: Site, activity: Json, turn: Turn, asked: Json, typed: dict[str, tuple[str, ...]], error: ActError
) -> None:
    """The form once more in the chat, as it was filled in, with what is wrong."""
    where = _where(site, activity)
    form = sent_form(asked, typed)
    if form is None:
        tell(site, where, turn, [words.note(str(error))])
        return
    card = form_card(form, uuid4().hex, {error.field: str(error)})
    Places(site, turn).fill("shown", where, "", [Posting(form.title, card)])


def _show_form(site: Site, activity: Json, turn: Turn, asked: Json) -> None:
    """A form in the chat, for clients that open no dialogs."""
    try:
        form = site.desk.form(str(asked.get("act")), str(asked.get("about") or ""), who(site, activity), site.now())
    except ActError as error:
        tell(site, _where(site, activity), turn, [words.note(str(error))])
        return
    show(site, _where(site, activity), form, Places(site, turn))


def show(site: Site, where: Chat, outcome: Outcome, places: Places) -> None:
    """Post what followed a press; raises DeliveryError."""
    places.fill("shown", where, "", outcome_postings(outcome))


def outcome_postings(outcome: Outcome) -> tuple[Posting, ...]:
    """What followed a press, as messages."""
    if isinstance(outcome, Form):
        return (Posting(outcome.title, form_card(outcome, uuid4().hex)),)
    if isinstance(outcome, Card):
        return card_postings(outcome)
    return reply_postings(outcome)


def _where(site: Site, activity: Json) -> Chat:
    """Where what follows is shown: in a channel of the team beside the button, anywhere else to the presser alone."""
    chat = chat_of(activity)
    return chat if site.team.hears(chat.base) else site.chat_with(chat, user_of(activity))


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}
