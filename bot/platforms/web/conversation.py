"""What the web chat remembers while a page is open: in memory only, bounded, and forgotten after a while."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.message import Message, Turn
from bot.domain.reply import Reply

KEEP_SECONDS = 2 * 60 * 60.0
MOST_CONVERSATIONS = 500
MOST_EXCHANGES = 40
TURNS_SENT_ALONG = 10


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


@dataclass
class Conversation:
    """The exchanges of one browser, oldest first."""

    exchanges: list[Exchange] = field(default_factory=list, repr=False)
    notice: str = ""
    """One line to show once, after an action that led back to the page."""

    def add(self, exchange: Exchange) -> None:
        """Remember one exchange; the oldest gives way when there are too many."""
        self.exchanges.append(exchange)
        del self.exchanges[:-MOST_EXCHANGES]

    def find(self, exchange_id: str) -> Exchange | None:
        """The exchange of that id, if it is still remembered."""
        return next((exchange for exchange in self.exchanges if exchange.id == exchange_id), None)

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


class Conversations:
    """All open conversations by the random key in the browser's cookie."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that never go back, such as time.monotonic."""
        self._clock = clock
        self._open: OrderedDict[str, tuple[float, Conversation]] = OrderedDict()

    def __len__(self) -> int:
        """How many conversations are remembered now."""
        return len(self._open)

    def open(self, key: str | None) -> tuple[str, Conversation]:
        """The conversation of that key, or a new one under a new key when it is unknown or too old."""
        self._drop_old()
        if key is None or key not in self._open:
            key = secrets.token_urlsafe(32)
        _, conversation = self._open.pop(key, (0.0, Conversation()))
        self._open[key] = (self._clock(), conversation)
        while len(self._open) > MOST_CONVERSATIONS:
            self._open.popitem(last=False)
        return key, conversation

    def forget(self, key: str) -> None:
        """Drop one conversation at once."""
        self._open.pop(key, None)

    def _drop_old(self) -> None:
        oldest_kept = self._clock() - KEEP_SECONDS
        while self._open and next(iter(self._open.values()))[0] < oldest_kept:
            self._open.popitem(last=False)
