"""Good catches: the check found something and the sender fixed it. Counted by day and category, and nothing else."""

from datetime import datetime

from bot.domain.card import Button, Card, CardKind
from bot.domain.component import Act, ActError, Answered, Outcome, Press
from bot.domain.verdict import Verdict
from bot.nearmiss.known import Known, known_of
from bot.nearmiss.needs import Needs

FIXED = "catch.fixed"
ALL = "all"
"""The bucket of every good catch."""


class Catches:
    """Counts what people fix."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs

    def acts(self) -> dict[str, Act]:
        """By name."""
        return {FIXED: Act(self.fixed)}

    def fixed(self, press: Press) -> Outcome:
        """Somebody says that they put it right."""
        known = self._needs.memory.get(press.about, press.now)
        if known is None:
            raise ActError("That check is too long ago to be counted. Thank you for fixing it all the same.")
        if self._needs.memory.catch(press.about, press.now):
            self._count(known, press.now)
        return Card(CardKind.NOTE, "Good catch", ("Counted, without your name or anything of the file. Thank you.",))

    def button(self, reply_id: str, known: Known) -> tuple[Button, ...]:
        """Under a reply with something found in a file."""
        found = known.files and (known.categories or known.kind) and known.said != "ok"
        return (Button(FIXED, "Fixed it", reply_id),) if found else ()

    def noticed(self, answered: Answered) -> None:
        """A file with less in it, in the same conversation, is the corrected one of before."""
        reply, thread = answered.reply, answered.message.thread
        earlier = self._needs.memory.checked(thread, reply.id, answered.now) if reply.files else ""
        before = self._needs.memory.get(earlier, answered.now)
        now = known_of(reply)
        if (
            before is None
            or not (before.categories or before.kind)
            or reply.verdict.strictness >= Verdict(before.said).strictness
        ):
            return
        if set(now.categories) <= set(before.categories) and self._needs.memory.catch(earlier, answered.now):
            self._count(before, answered.now)

    def _count(self, known: Known, now: datetime) -> None:
        """One for the catch, and one for its kind."""
        buckets = (ALL, str(known.kind)) if known.kind else (ALL,)
        self._needs.catches.count_one(self._needs.day(now), buckets)
