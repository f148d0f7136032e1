"""THE FLOW: a message in, a reply out. Read this first."""

from dataclasses import dataclass, field

from bot.domain.message import Message
from bot.domain.ports import AllowList, Examiner, Progress
from bot.domain.reply import Reply


@dataclass(frozen=True)
class Assistant:
    """Everything a platform needs to serve a person; built by `bot.wiring`."""

    examiner: Examiner
    allow_list: AllowList = field(repr=False)

    def respond(self, message: Message, progress: Progress | None = None) -> Reply:
        """Check the attachments, read the question, decide by the guidance, and answer."""
        raise NotImplementedError
