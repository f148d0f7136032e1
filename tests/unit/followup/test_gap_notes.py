"""Questions the guidance did not settle are kept without personal data, and nobody waits for it."""

from datetime import UTC, datetime

from bot.domain.verdict import Verdict
from bot.followup.gap_notes import LONGEST, GapNotes
from bot.nearmiss.scrub import Scrubber
from bot.store.memory import MemoryGapLog

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


class Broken:
    """A store that is down."""

    def add(self, *_: object) -> None:
        raise OSError("down")

    def latest(self, limit: int) -> list[object]:
        return []


def notes(log: MemoryGapLog) -> GapNotes:
    return GapNotes(lambda: Scrubber(lambda text: []), lambda: log, lambda: NOW)


def test_a_gap_is_scrubbed_and_dated_by_day() -> None:
    log = MemoryGapLog()
    noting = notes(log)
    noting("may I give 07700 900123 to the wombat keeper?", Verdict.NOT_COVERED)
    noting.close()
    (gap,) = log.latest(10)
    assert "900123" not in gap.question.text
    assert (gap.verdict, gap.day) == (Verdict.NOT_COVERED, NOW.date())


def test_a_very_long_question_is_kept_short() -> None:
    log = MemoryGapLog()
    noting = notes(log)
    noting("word " * 10_000, Verdict.ASK)
    noting.close()
    assert len(log.latest(1)[0].question.text) <= LONGEST


def test_a_store_that_is_down_disturbs_nobody() -> None:
    log = MemoryGapLog()
    stores = iter([Broken(), log])
    noting = GapNotes(lambda: Scrubber(lambda text: []), lambda: next(stores), lambda: NOW)  # type: ignore[arg-type,return-value]
    noting("one", Verdict.ASK)
    noting("two", Verdict.ASK)
    noting.close()
    assert [gap.question.text for gap in log.latest(10)] == ["two"]
