"""The team hears once a week what to write next, and nothing when there is nothing."""

from datetime import timedelta

from bot.domain.component import Alarm
from bot.domain.nearmiss import ScrubbedText
from bot.domain.verdict import Verdict
from bot.followup.weekly import WEEKLY
from tests.unit.followup.world import NOW, TEAM, Site

QUESTIONS = ("can the pub landlord have the cctv", "is it ok to send cctv to the pub landlord")


def go_off(site: Site, due_in: timedelta = timedelta(0)) -> None:
    due = NOW + due_in
    site.component.alarms[WEEKLY](Alarm(f"{WEEKLY}:{due:%Y-%m-%d}", WEEKLY, "gaps", due), due)


def test_new_gaps_of_the_week_are_told_once_and_the_next_week_is_set(site: Site) -> None:
    for question in QUESTIONS:
        site.gap_log.add(ScrubbedText(question), Verdict.NOT_COVERED, NOW)
    go_off(site)
    go_off(site)
    (card,) = site.post.to(TEAM)
    assert card.lines[0].startswith("2 × ")
    assert card.lines[0][4:] in QUESTIONS
    (alarm,) = site.alarms.coming("gaps")
    assert (alarm.kind, alarm.due) == (WEEKLY, NOW + timedelta(days=7))


def test_a_week_without_new_gaps_says_nothing(site: Site) -> None:
    site.gap_log.add(ScrubbedText(QUESTIONS[0]), Verdict.NOT_COVERED, NOW)
    go_off(site, timedelta(days=30))
    assert site.post.sent == {}
