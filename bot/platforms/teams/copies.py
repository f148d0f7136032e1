"""Copies of a checked file: offered with a consent card, made again and uploaded when it is accepted.

Nothing is kept in between but, sealed and for a day, how Teams gave the file out.
"""

from bot.domain.copy import Copy, CopyKind
from bot.platforms.teams import words
from bot.platforms.teams.blocks import KEY
from bot.platforms.teams.files import FileError
from bot.platforms.teams.incoming import Chat, Json, chat_of, user_of
from bot.platforms.teams.outgoing import card_postings
from bot.platforms.teams.posting import Places, Status
from bot.platforms.teams.references import FILES
from bot.platforms.teams.site import Site
from bot.turns import Turn

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"


def offer_copy(site: Site, chat: Chat, user: str, turn: Turn, asked: Json) -> None:
    """Make a copy, and ask whether it may be put into the person's OneDrive; raises DeliveryError."""
    places = Places(site, turn)
    where = site.chat_with(chat, user)
    held = places.hold("told", where, "", words.COPYING)
    copy = _made(site, where, held, user, asked)
    if isinstance(copy, str):
        _say(places, where, copy)
        return
    done = [*copy.removed, "checked again" if copy.verified else "not fully checked: look through it", copy.why]
    said = "; ".join(part for part in done if part)
    context = {KEY: {"do": "copy", "kind": str(asked.get("kind")), "file": str(asked.get("file"))}}
    content = {
        "description": said[:1000],
        "sizeInBytes": len(copy.content),
        "acceptContext": context,
        "declineContext": context,
    }
    card = {"contentType": CONSENT, "name": copy.name, "content": content}
    # A message with a consent card cannot take the place of another kind of message.
    if not places.marked("offered"):
        site.connectors.post(where, {"type": "message", "summary": copy.name, "attachments": [card]})
        places.mark("offered")
    site.connectors.delete(where, held)


def consented(site: Site, activity: Json, turn: Turn) -> None:
    """Deliver the copy, or leave it; raises DeliveryError."""
    chat, user = chat_of(activity), user_of(activity)
    value = _object(activity.get("value"))
    asked = _object(_object(value.get("context")).get(KEY))
    places = Places(site, turn)
    if value.get("action") != "accept":
        _say(places, chat, words.DECLINED)
        _take_back(site, chat, activity)
        return
    held = places.hold("told", chat, "", words.COPYING)
    upload = _object(value.get("uploadInfo"))
    if not places.marked("uploaded"):
        copy = _made(site, chat, held, user, asked)
        problem = copy if isinstance(copy, str) else _uploaded(site, upload, copy)
        if problem:
            _say(places, chat, problem)
            return
        places.mark("uploaded")
    if not places.marked("shown"):
        file = {"uniqueId": upload.get("uniqueId"), "fileType": upload.get("fileType")}
        card = {
            "contentType": INFO,
            "contentUrl": upload.get("contentUrl"),
            "name": upload.get("name"),
            "content": file,
        }
        site.connectors.post(chat, {"type": "message", "summary": words.DELIVERED, "attachments": [card]})
        places.mark("shown")
    site.connectors.delete(chat, held)
    _take_back(site, chat, activity)


def _say(places: Places, chat: Chat, text: str) -> None:
    """Say it where the progress stood."""
    places.fill("told", chat, "", card_postings(words.note(text)))


def _take_back(site: Site, chat: Chat, activity: Json) -> None:
    """The question has been answered; a second answer to it would do nothing."""
    asked = str(activity.get("replyToId") or "")
    if asked:
        site.connectors.delete(chat, asked)


def _made(site: Site, chat: Chat, held: str, user: str, asked: Json) -> Copy | str:
    """The copy, or why there is none."""
    noted = site.references.noted(FILES, str(asked.get("file")), site.now())
    if noted is None or noted.get("user") != user or str(asked.get("kind")) not in set(CopyKind):
        return words.FILE_GONE
    try:
        attachment = site.files.fetch(_object(noted["described"]), str(noted["service"]))
    except FileError:
        return words.FILE_GONE
    copy = site.helper.copy(attachment, CopyKind(str(asked["kind"])), Status(site, chat, held))
    return copy if copy.content else f"There is no copy: {copy.why}"


def _uploaded(site: Site, upload: Json, copy: Copy) -> str:
    """Why the copy could not be delivered; empty when it was."""
    try:
        site.files.upload(str(upload.get("uploadUrl") or ""), copy.content)
    except FileError as error:
        return str(error)
    return ""


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}
