"""Answers a message: who may hear it, where the answer goes, the files checked, the reply posted once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import uuid4

from bot.domain.card import Card, CardKind
from bot.domain.finding import FileReport
from bot.domain.message import Attachment, Message
from bot.domain.ports.post import DeliveryError
from bot.domain.reply import Reply
from bot.platforms.chat.answering import about_a_person, not_yet_shown
from bot.platforms.chat.words import COULD_NOT, FOR_STAFF_ONLY, wishes_for_help
from bot.platforms.teams import words
from bot.platforms.teams.blocks import Posting, actions, card_of, link, paragraphs
from bot.platforms.teams.files import FileError
from bot.platforms.teams.incoming import FILE, Chat, Said, person, thread_key
from bot.platforms.teams.outgoing import card_postings, reply_postings, report_postings
from bot.platforms.teams.posting import Places, Status, answers_to, remember_answer, typing
from bot.platforms.teams.references import FILES
from bot.platforms.teams.site import Site
from bot.turns import Turn

MOST_OF_MINE = 4
"""Cards with receipts, answers from the team and lessons that follow the help."""
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
        alone = own_chat(site, said.chat, said.user)
        if alone is not None:
            tell(site, alone, asked.turn, [words.note(words.OUTSIDERS_LISTEN)])
        return
    if said.lost_files:
        _point_to_chat(site, asked, words.FILES_HERE, said.text)
    elif said.files or asked.answers or not wishes_for_help(said.text):
        _answer(site, asked)
    elif said.chat.personal:
        me = person(said.chat.tenant, said.user)
        tell(site, said.chat, asked.turn, [words.help_card(), *site.desk.home(me, site.now())[:MOST_OF_MINE]])
    else:
        tell(site, said.chat, asked.turn, [words.team_card()], said.id)


def tell(site: Site, chat: Chat, turn: Turn, cards: Sequence[Card], reply_to: str = "") -> None:
    """Post cards of ours; raises DeliveryError."""
    postings = [posting for card in cards for posting in card_postings(card)]
    Places(site, turn).fill("told", chat, reply_to, postings)


def deep_link(app_id: str, question: str) -> str:
    """An address that opens the chat with this app and carries a question along (Teams deep links)."""
    return f"https://teams.microsoft.com/l/chat/0/0?users=28:{app_id}&message={quote(question[:LONGEST_LINKED])}"


def own_chat(site: Site, near: Chat, user: str) -> Chat | None:
    """The chat with one person alone; None when the app is not installed for them. Raises DeliveryError."""
    try:
        return site.chat_with(near, user)
    except DeliveryError as error:
        if not error.permanent:
            raise
        site.count("no_chat_of_their_own")
        return None


def _point_to_chat(site: Site, asked: Asked, why: str, question: str = "", name: str = "told") -> None:
    said = asked.said
    address = deep_link(site.connectors.app.id.removeprefix("28:"), question)
    card = card_of([*paragraphs(why), *actions([link(words.OPEN_CHAT, address)])])
    Places(site, asked.turn).fill(name, said.chat, said.id, [Posting(why, card)])


def _answer(site: Site, asked: Asked) -> None:
    said = asked.said
    private = not said.chat.personal and about_a_person(site.helper, said.text)
    where = own_chat(site, said.chat, said.user) if private else said.chat
    if where is None:
        _point_to_chat(site, asked, words.NO_CHAT_YET)
        return
    places = Places(site, asked.turn)
    if asked.edited and not asked.turn.accepted.again:
        _reuse(site, asked, places, where)
    typing(site, where)
    reply, early, ids = _reply(site, asked, places, where)
    shown, shown_ids = not_yet_shown(reply, early, ids)
    postings = reply_postings(shown, shown_ids)
    if not where.personal and any(card.kind is CardKind.BREACH for card in reply.cards):
        # What went wrong is for whoever tells of it, not for the channel.
        public, alone = where, own_chat(site, said.chat, said.user)
        if alone is None:
            _point_to_chat(site, asked, words.NO_CHAT_YET, name="reply")
            return
        where = alone
        posted = places.fill("private", where, "", postings)
        told = places.fill("reply", public, said.id, card_postings(words.note(words.ANSWERED_PRIVATELY)))
    else:
        posted, told = places.fill("reply", where, _reply_to(said, where), postings), ()
        if private:
            told = places.fill("told", said.chat, said.id, card_postings(words.note(words.ANSWERED_PRIVATELY)))
    above = places.ids(*(early_name(number) for number in range(len(early))))
    remember_answer(site, said.chat, said.id, (where, (*above, *posted)), (said.chat, told))


def _reply(site: Site, asked: Asked, places: Places, where: Chat) -> tuple[Reply, Sequence[FileReport], Sequence[str]]:
    """The answer, the files of several that were told of on the way, and the ids of all files; progress is shown."""
    said, reply_to = asked.said, _reply_to(asked.said, where)
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
        # Where the answer stands, it is gone on with.
        thread=thread_key(where),
        sender=person(said.chat.tenant, said.user, of_team=site.team.has(said.chat.base, said.user, said.entra)),
        missing=missing,
    )
    return site.helper.respond(message, status, ready if len(attachments) > 1 else None), early, ids


def _reply_to(said: Said, where: Chat) -> str:
    return said.id if where.id == said.chat.id else ""


def early_name(number: int) -> str:
    """What the report on one file of several is called among the places."""
    return f"file{number}"


def _reuse(site: Site, asked: Asked, places: Places, where: Chat) -> None:
    """Put the answer to edited words in place of the old one; what stood elsewhere is taken back."""
    for chat, ids in answers_to(site, asked.said.chat, asked.said.id):
        if chat.id == where.id and ids:
            places.take("reply", chat, ids)
        elif where.id != asked.said.chat.id and chat.id == asked.said.chat.id:
            places.take("told", chat, ids)
        else:
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
    unfinished = places.unfinished()
    if unfinished is None:
        # Whether anybody may read it there was perhaps not found out yet.
        places.fill("sorry", site.chat_with(said.chat, said.user), "", postings)
        return
    name, where = unfinished
    places.fill(name, where, _reply_to(said, where), postings)
