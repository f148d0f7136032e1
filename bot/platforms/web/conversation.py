"""What the web chat remembers while a page is open: in memory only, bounded, and forgotten after a while."""

import hashlib
import hmac
import secrets
import threading
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.card import Card, Form
from bot.domain.component import Outcome
from bot.domain.message import Message, Remembered, Turn
from bot.domain.people import Person, Place
from bot.domain.reply import Reply

KEEP_SECONDS = 2 * 60 * 60.0
MOST_CONVERSATIONS = 500
MOST_EXCHANGES = 40
MOST_CARDS_UNDER_ONE = 20
MOST_FORMS = 30
TURNS_SENT_ALONG = 10
BEGUN_AGAIN = (
    "What stood here is gone: the page was left for two hours, or the service was started again. Codes you were given "
    "still open what they belong to."
)


@dataclass(frozen=True)
class Exchange:
    """One message and its reply, as the page shows them; the files themselves are not kept."""

    id: str
    text: str = field(repr=False)
    file_names: tuple[str, ...] = field(repr=False)
    answers: tuple[tuple[str, str], ...]
    """Facts chosen with buttons so far on the way to this reply."""
    reply: Reply = field(repr=False)
    at: datetime

    @classmethod
    def of(cls, message: Message, reply: Reply, at: datetime) -> "Exchange":
        """Pair a message with its reply, dropping the content of the attachments."""
        names = tuple(attachment.name for attachment in message.attachments)
        return cls(secrets.token_urlsafe(9), message.text, names, message.answers, reply, at)


@dataclass(frozen=True)
class Posted:
    """A card as it stands in a conversation."""

    id: str
    card: Card = field(repr=False)
    at: datetime
    under: str = ""
    """Id of the exchange it belongs to; empty when it stands by itself."""
    number: int = 0
    """Counts the cards that came by themselves; 0 for what the person did."""


@dataclass(frozen=True)
class OpenForm:
    """A form that is on the page, so that it can be shown again with what was typed."""

    form: Form = field(repr=False)
    source: str
    """Where the button stood that led to it."""


@dataclass
class Conversation:
    """What one browser sees, oldest first."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    """Apart from the key in the cookie: it may be kept with what is to be delivered, and opens nothing."""
    timeline: list[Exchange | Posted] = field(default_factory=list, repr=False)
    under: dict[str, list[Posted]] = field(default_factory=dict, repr=False)
    """Id of an exchange to the cards that belong to it."""
    notice: str = ""
    """One line to show once, after an action that led back to the page."""
    flash: dict[str, Outcome] = field(default_factory=dict, repr=False)
    """Name of a part of the site to what came of the last press there, to show once."""
    forms: OrderedDict[str, OpenForm] = field(default_factory=OrderedDict, repr=False)
    sent: OrderedDict[str, None] = field(default_factory=OrderedDict, repr=False)
    """Ids of forms that were sent, so that a second click does not send them again."""
    came: int = 0
    """How many cards came by themselves."""
    seen: int = 0
    """The number of the last of them that a page has shown."""
    _keys: set[str] = field(default_factory=set, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    @property
    def person(self) -> Person:
        """Whoever uses this browser; they can be written to as long as the conversation is open."""
        return Person("web", self.id, Place("web", self.id))

    @property
    def exchanges(self) -> list[Exchange]:
        """The messages and replies."""
        return [entry for entry in tuple(self.timeline) if isinstance(entry, Exchange)]

    @property
    def remembered(self) -> Remembered | None:
        """What the last reply asked the thread to keep."""
        return self.exchanges[-1].reply.remember if self.exchanges else None

    def add(self, exchange: Exchange) -> None:
        """Remember one exchange with its cards; the oldest gives way when there are too many."""
        with self._lock:
            self.timeline.append(exchange)
            for card in exchange.reply.cards:
                self._post(card, exchange.at, exchange.id)
            self._bound()

    def find(self, exchange_id: str) -> Exchange | None:
        """The exchange of that id, if it is still remembered."""
        return next((exchange for exchange in self.exchanges if exchange.id == exchange_id), None)

    def cards(self) -> list[Posted]:
        """All cards, wherever they stand."""
        alone = [entry for entry in tuple(self.timeline) if isinstance(entry, Posted)]
        return [*alone, *(posted for some in tuple(self.under.values()) for posted in tuple(some))]

    def show(self, card: Card, at: datetime, source: str) -> tuple[Posted, bool]:
        """Put a card where it belongs, after a press at `source` (a card or an exchange); True when it replaced one.

        It replaces the card that was pressed, or one of its kind, when both are about the same thing.
        """
        with self._lock:
            cards = self.cards()
            pressed = next((posted for posted in cards if posted.id == source), None)
            same = [posted for posted in cards if card.about and posted.card.about == card.about]
            old = pressed if pressed in same else next((one for one in same if one.card.kind is card.kind), None)
            if old is not None:
                fresh = replace(old, card=card, at=at)
                place: list[Exchange | Posted] | list[Posted] = self.under[old.under] if old.under else self.timeline
                place[place.index(old)] = fresh
                return fresh, True
            posted = self._post(card, at, self.exchange_of(source))
            self._bound()
            return posted, False

    def exchange_of(self, source: str) -> str:
        """Id of the exchange in which a button stood, on the reply itself or on a card under it; else empty."""
        pressed = next((posted for posted in self.cards() if posted.id == source), None)
        return pressed.under if pressed else source if self.find(source) else ""

    def deliver(self, card: Card, at: datetime, key: str) -> None:
        """Take a card that comes by itself; one of the same key comes once."""
        with self._lock:
            if key in self._keys:
                return
            self._keys.add(key)
            self.came += 1
            self._post(card, at, "", self.came)
            self._bound()

    def arrived(self, after: int) -> list[Posted]:
        """The cards that came by themselves after that number."""
        return [posted for posted in self.cards() if posted.number > after]

    def keep_form(self, form: Form, source: str) -> str:
        """Remember a form that is shown, under a new id."""
        form_id = secrets.token_urlsafe(9)
        self.forms[form_id] = OpenForm(form, source)
        while len(self.forms) > MOST_FORMS:
            self.forms.popitem(last=False)
        return form_id

    def mark_sent(self, form_id: str) -> bool:
        """Note that a form is being sent; False when it was sent already."""
        if form_id in self.sent:
            return False
        self.sent[form_id] = None
        while len(self.sent) > MOST_FORMS:
            self.sent.popitem(last=False)
        return True

    def history(self) -> tuple[Turn, ...]:
        """The latest turns, oldest first, as the flow expects them."""
        turns: list[Turn] = []
        for exchange in self.exchanges[-TURNS_SENT_ALONG:]:
            if exchange.text:
                turns.append(Turn("user", exchange.text))
            question = exchange.reply.clarify.question if exchange.reply.clarify else ""
            turns.append(Turn("assistant", f"{exchange.reply.headline} {question}".strip()))
        return tuple(turns)

    def take_notice(self) -> str:
        """The line to show once; it is gone afterwards."""
        notice, self.notice = self.notice, ""
        return notice

    def _post(self, card: Card, at: datetime, under: str, number: int = 0) -> Posted:
        posted = Posted(secrets.token_urlsafe(9), card, at, under, number)
        if under:
            cards = self.under.setdefault(under, [])
            cards.append(posted)
            del cards[:-MOST_CARDS_UNDER_ONE]
        else:
            self.timeline.append(posted)
        return posted

    def _bound(self) -> None:
        del self.timeline[:-MOST_EXCHANGES]
        kept = {exchange.id for exchange in self.exchanges}
        for gone in set(self.under) - kept:
            del self.under[gone]


class Conversations:
    """All open conversations by the random key in the browser's cookie; safe to use from any thread."""

    def __init__(self, clock: Callable[[], float], secret: bytes | None = None) -> None:
        """`clock` gives seconds that never go back, such as time.monotonic.

        With a `secret` that outlives the process a browser keeps its key, and what it shows can still be pressed, after
        a restart; what stood in the conversation is gone all the same.
        """
        self._clock = clock
        self.secret = secret or secrets.token_bytes(32)
        self._open: OrderedDict[str, tuple[float, Conversation]] = OrderedDict()
        self._lock = threading.RLock()

    def __len__(self) -> int:
        """How many conversations are remembered now."""
        return len(self._open)

    def open(self, key: str | None) -> tuple[str, Conversation]:
        """The conversation of that key, or a new one under a new key when it is unknown or too old."""
        with self._lock:
            self._drop_old()
            notice = ""
            if key is None or key not in self._open:
                notice = BEGUN_AGAIN if key and self._is_ours(key) else ""
                key = key if key and notice else self._new_key()
            _, conversation = self._open.pop(key, (0.0, Conversation(self._digest("place", key), notice=notice)))
            self._open[key] = (self._clock(), conversation)
            while len(self._open) > MOST_CONVERSATIONS:
                self._open.popitem(last=False)
            return key, conversation

    def known(self, key: str | None) -> Conversation | None:
        """The conversation of that key, if it is still open; being looked at keeps it open."""
        with self._lock:
            self._drop_old()
            if key is None or not (key in self._open or self._is_ours(key)):
                return None
            return self.open(key)[1]

    def at(self, place: str) -> Conversation | None:
        """The open conversation of that id, for a delivery; that alone does not keep it open."""
        with self._lock:
            self._drop_old()
            return next((one for _, one in self._open.values() if one.id == place), None)

    def forget(self, key: str) -> None:
        """Drop one conversation at once."""
        with self._lock:
            self._open.pop(key, None)

    def _new_key(self) -> str:
        random = secrets.token_urlsafe(24)
        return f"{random}.{self._digest('key', random)}"

    def _is_ours(self, key: str) -> bool:
        """Whether a key was given out here, by this process or one before it: nobody can bring one of their own."""
        random, _, signed = key.partition(".")
        return hmac.compare_digest(signed.encode(), self._digest("key", random).encode())

    def _digest(self, purpose: str, text: str) -> str:
        made = hmac.new(self.secret, f"conversation {purpose} {text}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(made[:18]).decode()

    def _drop_old(self) -> None:
        oldest_kept = self._clock() - KEEP_SECONDS
        while self._open and next(iter(self._open.values()))[0] < oldest_kept:
            self._open.popitem(last=False)
