"""Answers a message: who may hear it, where the answer goes, the files checked, the reply posted once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import uuid4

from bot.domain.card import Card, CardKind
from bot.domain.finding import FileReport
from bot.domain.message import Attachment, Message
from bot.domain.ports.post import DeliveryError
from bot.platforms.chat.answering import about_a_person, not_yet_shown
from bot.platforms.chat.words import COULD_NOT, FOR_STAFF_ONLY
from bot.platforms.teams import words
from bot.platforms.teams.blocks import Posting, actions, card_of, link, paragraphs
from bot.platforms.teams.files import FileError
from bot.platforms.teams.incoming import FILE, Chat, Said, person, thread_key
from bot.platforms.teams.outgoing import card_postings, reply_postings, report_postings
from bot.platforms.teams.posting import Places, Status, answers_to, remember_answer, typing
from bot.platforms.teams.references import FILES
from bot.platforms.teams.site import Site
from bot.turns import Turn

LONGEST_LINKED = 800
"""Characters of a question that a link carries."""


@dataclass(frozen=True)
class Asked:
    """A message with what is known beside it."""

    said: Said
    turn: Turn
    answers: tuple[tuple[str, str], ...] = ()
    """Facts chosen with buttons."""
    edited: bool = field(default=False)
    """True when an answer to its earlier words may stand there."""


def answer(site: Site, asked: Asked) -> None:
    """Answer one message, or say why not; raises DeliveryError."""
    said = asked.said
    site.references.remember(said.chat, said.user)
    if site.gate.is_outsider(site.connectors, said.chat, said.user):
        site.count("outsider")
        if said.chat.personal:
            tell(site, said.chat, asked.turn, [words.note(FOR_STAFF_ONLY)])
        return
    if not said.chat.personal and site.gate.outsiders_listen(site.connectors, said.chat):
        site.count("outsiders_listen")
        tell(site, site.chat_with(said.chat, said.user), asked.turn, [words.note(words.OUTSIDERS_LISTEN)])
        return
    if said.lost_files:
        _point_to_chat(site, asked)
    elif said.text or said.files:
        _answer(site, asked)
    else:
        card = words.help_card() if said.chat.personal else words.team_card()
        tell(site, said.chat, asked.turn, [card], said.id)


def tell(site: Site, chat: Chat, turn: Turn, cards: Sequence[Card], reply_to: str = "") -> None:
    """Post cards of ours; raises DeliveryError."""
    postings = [posting for card in cards for posting in card_postings(card)]
    Places(site, turn).fill("told", chat, reply_to, postings)


def deep_link(app_id: str, question: str) -> str:
    """An address that opens the chat with this app and carries a question along (Teams deep links)."""
    return f"https://teams.microsoft.com/l/chat/0/0?users=28:{app_id}&message={quote(question[:LONGEST_LINKED])}"


def _point_to_chat(site: Site, asked: Asked) -> None:
    said = asked.said
    address = deep_link(site.connectors.app.id.removeprefix("28:"), said.text)
    card = card_of([*paragraphs(words.FILES_HERE), *actions([link(words.OPEN_CHAT, address)])])
    Places(site, asked.turn).fill("told", said.chat, said.id, [Posting(words.FILES_HERE, card)])


def _answer(site: Site, asked: Asked) -> None:
    said, places = asked.said, Places(site, asked.turn)
    private = not said.chat.personal and about_a_person(site.helper, said.text)
    where = site.chat_with(said.chat, said.user) if private else said.chat
    if asked.edited and not asked.turn.accepted.again:
        _reuse(site, asked, places, where)
    typing(site, where)
    reply_to = said.id if where.id == said.chat.id else ""
    held = places.hold("reply", where, reply_to, words.CHECKING if said.files else words.READING)
    status = Status(site, where, held)
    attachments, ids, missing = _attachments(site, said)
    early: list[FileReport] = []

    def ready(report: FileReport) -> None:
        """Show what one file of several holds, while the others are still being checked."""
        number = len(early)
        early.append(report)
        places.pass_on("reply", early_name(number), where, reply_to, report_postings(report, ids[number]))
        status.id = places.hold("reply", where, reply_to, words.CHECKING)

    message = Message(
        said.text,
        attachments,
        answers=asked.answers,
        thread=thread_key(said.chat),
        sender=person(said.chat.tenant, said.user, of_team=site.team.has(said.chat.base, said.user, said.entra)),
        missing=missing,
    )
    reply = site.helper.respond(message, status, ready if len(attachments) > 1 else None)
    shown, shown_ids = not_yet_shown(reply, early, ids)
    breach = any(card.kind is CardKind.BREACH for card in reply.cards)
    if breach and not where.personal:
        # What went wrong is for whoever tells of it, not for the channel.
        public, where, reply_to = where, site.chat_with(said.chat, said.user), ""
        places.fill("reply", public, said.id, card_postings(words.note(words.ANSWERED_PRIVATELY)))
        posted = places.fill("private", where, "", reply_postings(shown, shown_ids))
    else:
        posted = places.fill("reply", where, reply_to, reply_postings(shown, shown_ids))
        if private:
            places.fill("told", said.chat, said.id, card_postings(words.note(words.ANSWERED_PRIVATELY)))
    above = places.ids(*(early_name(number) for number in range(len(early))))
    remember_answer(site, said.chat, said.id, where, (*above, *posted))


def early_name(number: int) -> str:
    """What the report on one file of several is called among the places."""
    return f"file{number}"


def _reuse(site: Site, asked: Asked, places: Places, where: Chat) -> None:
    """Put the answer to edited words in place of the old one; one that stood elsewhere is taken back."""
    old = answers_to(site, asked.said.chat, asked.said.id)
    if old is None:
        return
    chat, ids = old
    if chat.id == where.id:
        places.take("reply", chat, ids)
        return
    for id_ in ids:
        site.connectors.delete(chat, id_)


def _attachments(site: Site, said: Said) -> tuple[tuple[Attachment, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The files, the ids under which they can be had again, and (name, why) of those that could not be had."""
    had: list[tuple[Attachment, str]] = []
    missing: list[tuple[str, str]] = []
    for described in said.files:
        try:
            had.append((site.files.fetch(described, said.chat.service), _keep_link(site, described, said)))
        except FileError as error:
            missing.append((str(described.get("name") or "a picture"), str(error)))
    ids = tuple(id_ for _, id_ in had) + ("",) * len(missing)
    return tuple(one for one, _ in had), ids, tuple(missing)


def _keep_link(site: Site, described: dict[str, object], said: Said) -> str:
    """Keep how a file can be had again, sealed and for a day: a copy of it may be asked for, and it is not kept."""
    if described.get("contentType") != FILE and not described.get("contentUrl"):
        return ""
    id_ = uuid4().hex
    value = {"described": dict(described), "service": said.chat.service, "user": said.user}
    site.references.note(FILES, id_, value, site.now())
    return id_


def give_up(site: Site, said: Said, turn: Turn) -> None:
    """Tell whoever wrote that it could not be done; raises DeliveryError."""
    places = Places(site, turn)
    postings = card_postings(words.note(COULD_NOT))
    # Where something says that it is being worked on, it is said there.
    name, where = places.unfinished() or ("reply", said.chat)
    try:
        places.fill(name, where, said.id if where.id == said.chat.id else "", postings)
    except DeliveryError:
        if not said.chat.personal:
            places.fill("told", site.chat_with(said.chat, said.user), "", postings)
