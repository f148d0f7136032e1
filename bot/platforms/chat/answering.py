"""What has to be thought of before and after an answer, whichever chat carries it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.finding import FileReport
from bot.domain.ports.assistant import Helper
from bot.domain.reply import Reply
from bot.errors import SendcheckError
from bot.platforms.chat.words import ABOVE


def about_a_person(helper: Helper, text: str) -> bool:
    """Whether words hold personal data; where that cannot be told, they count as if they did."""
    if not text:
        return False
    try:
        return helper.preview(text).removed > 0
    except SendcheckError:
        return True


def not_yet_shown(reply: Reply, early: Sequence[FileReport], ids: Sequence[str]) -> tuple[Reply, tuple[str, ...]]:
    """The reply without the reports that stand above it already; comparing the files may have changed some.

    `ids` are those of the reply's files, in their order; those of the files that are left come back.
    """
    if not early:
        return reply, tuple(ids)
    left = [
        (report, id_)
        for report, id_ in zip(reply.files, ids, strict=True)
        if not any(one.verdict is report.verdict and one.because == report.because for one in early)
    ]
    said = {f"{one.inspection.name}: {reason}" for one in early for reason in one.because}
    new = tuple(reason for reason in reply.because if reason not in said)
    above = (ABOVE,) if len(new) < len(reply.because) else ()
    shown = replace(reply, because=(*above, *new), files=tuple(report for report, _ in left))
    return shown, tuple(id_ for _, id_ in left)
