"""Triage, lessons, digests and measures: everybody is told once, at the right moment, and nobody can be picked out."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk import TEAM_ONLY
from bot.domain.card import Card, CardKind
from bot.domain.component import ActError, Answered, Outcome, Press
from bot.domain.message import Message
from bot.domain.nearmiss import Status
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from knowledge import Facts, Vocabulary, find_defects
from tests.databases import (  # noqa: F401
    database_address,
    postgres_address,
    postgres_server,
    sqlite_address,
)
from tests.near_miss_world import ANNA, MONDAY, STAFF_PLACE, TEAM, TEAM_PLACE, World, at, of, world

TEXT = "Nearly sent the letter template with the old address to the wrong solicitor, stopped in time"


@pytest.fixture
def here(database_address: str, tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "guidance"
    folder.mkdir()
    made = world(database_address, guidance_dir=folder)
    yield made
    made.engine.dispose()


def anna_was_told(here: World) -> list[Card]:
    assert ANNA.place is not None
    return here.outbox.to(ANNA.place)


def test_each_step_of_the_team_tells_the_reporter_once(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    here.press("report.acknowledge", receipt, TEAM)
    again = here.press("report.acknowledge", receipt, TEAM)
    assert isinstance(again, Card)
    assert again.title == "It was acknowledged already"
    here.agree("report.ask_back", receipt, TEAM, text="Which template was it, and did Okafor see it?")
    here.press("report.decide", receipt, TEAM, decision="no_change", text="Thank you, it was a single slip.")
    titles = [card.title for card in anna_was_told(here)]
    assert titles == ["Your report was read", "A question about your report", "An answer to your report"]
    assert "did [name] see it?" in anna_was_told(here)[1].lines[0]
    report = here.needs.reports.find(receipt)
    assert report is not None
    assert (report.status, report.answered) == (Status.DECIDED, MONDAY.date())


@pytest.mark.parametrize(
    "act", ["report.acknowledge", "report.decide", "report.lesson", "lesson.approve", "lesson.row"]
)
def test_only_the_team_triages(here: World, act: str) -> None:
    with pytest.raises(ActError, match=TEAM_ONLY):
        here.press(act, "NM-2222-2222", ANNA)


def test_reminders_come_the_working_day_before_and_on_the_day_until_it_is_answered(here: World) -> None:
    # Reported on Thursday 17 December 2026: Christmas Day and the Monday after for Boxing Day do not count.
    thursday = datetime(2026, 12, 17, 15, tzinfo=UTC)
    late, answered = (of(here.report(TEXT, now=thursday), "Report") for _ in range(2))
    here.press("report.decide", answered, TEAM, thursday, decision="share", text="Thank you.")
    assert [alarm.due for alarm in here.alarms.coming(late)] == [
        datetime(2026, 12, 23, 9, tzinfo=UTC),
        datetime(2026, 12, 24, 9, tzinfo=UTC),
    ]
    for day in (22, 23, 24, 28, 29):
        here.ring(datetime(2026, 12, day, 9, 1, tzinfo=UTC))
    reminders = [card.title for card in here.outbox.to(TEAM_PLACE) if card.kind is CardKind.REMINDER]
    assert reminders == [f"To be answered soon: {late}", f"To be answered today: {late}"]
    page = at(here, datetime(2026, 12, 29, 12, tzinfo=UTC)).desk.page("reports/overdue", {})
    assert [row[0].words for row in page.tables[0].rows] == [late]
    assert page.tables[0].rows[0][4].overdue


def test_the_due_day_is_right_over_the_change_of_the_clocks(here: World) -> None:
    friday = datetime(2026, 10, 23, 22, 30, tzinfo=UTC)  # half past eleven at night, summer time
    card = here.report(TEXT, now=friday)
    assert of(card, "Answer by") == "Friday 30 October"
    assert [alarm.due.hour for alarm in here.alarms.coming(of(card, "Report"))] == [9, 9]


def test_anonymous_reports_reach_the_team_together_on_the_next_working_morning(here: World) -> None:
    saturday = datetime(2026, 11, 14, 13, 7, tzinfo=UTC)
    assert here.part.start is not None
    here.part.start(saturday)
    receipts = {of(here.report(TEXT, "anonymous", None, saturday), "Report") for _ in range(3)}
    here.ring(saturday + timedelta(hours=1))
    assert here.outbox.to(TEAM_PLACE) == []
    here.ring(datetime(2026, 11, 16, 9, 1, tzinfo=UTC))
    told = here.outbox.to(TEAM_PLACE)
    assert [card.about for card in told] == sorted(receipts)
    here.ring(datetime(2026, 11, 17, 9, 1, tzinfo=UTC))
    assert len(here.outbox.to(TEAM_PLACE)) == 3
    report = here.needs.reports.find(told[0].about)
    assert report is not None
    assert report.due == date(2026, 11, 20)  # five working days from the Saturday: Monday to Friday


def test_similar_reports_are_offered_nearest_first_and_grouped(here: World) -> None:
    first = of(here.report(TEXT), "Report")
    of(here.report("A disc was left in the shared reception at night"), "Report")
    second = of(here.report("The letter template with the old address nearly went to the wrong solicitor"), "Report")
    options = here.form("report.group", second, TEAM).fields[0].options
    assert options[0][0] == first
    here.press("report.group", second, TEAM, **{"with": first})
    grouped = here.needs.reports.find(second)
    assert grouped is not None
    assert grouped.theme == first
    assert "Your report is not the only one" in [card.title for card in anna_was_told(here)]


def lesson_of(here: World, receipt: str, now: datetime = MONDAY) -> str:
    draft = here.press(
        "report.lesson",
        receipt,
        TEAM,
        now,
        learned="The letter template kept old addresses.",
        changed="It is blank now.",
    )
    assert isinstance(draft, Card)
    return draft.about


def test_a_lesson_is_published_when_a_person_approves_it_and_reaches_whoever_reported(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    lesson = lesson_of(here, receipt)
    assert "You said, we changed" not in [card.title for card in anna_was_told(here)]
    here.press("lesson.approve", lesson, TEAM)
    here.press("lesson.approve", lesson, TEAM)
    assert [card.title for card in anna_was_told(here)] == ["You said, we changed"]


def test_when_a_pattern_comes_back_after_its_lesson_the_team_is_told_that_the_change_did_not_work(here: World) -> None:
    lesson = lesson_of(here, of(here.report(TEXT), "Report"))
    here.press("lesson.approve", lesson, TEAM)
    here.report(TEXT)  # on the same day: it may have come before the change
    later = MONDAY + timedelta(days=8)
    again = of(here.report(TEXT, now=later), "Report")
    told = [card for card in here.outbox.to(TEAM_PLACE) if card.title == "It happened again after a change"]
    assert [card.about for card in told] == [again]
    assert of(told[0], "Since the lesson") == "1 more"
    assert "It is blank now." in told[0].lines[1]


def test_a_lesson_shows_under_answers_it_concerns_with_a_number_only_when_many_caught_it(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    here.needs.reports.mark(receipt, material="template_letter", recipient="victim")
    here.press("lesson.approve", lesson_of(here, receipt), TEAM)
    facts = Facts(materials=("template_letter",), recipients=("victim",), channels=("post",))
    reply = Reply(Verdict.SAFEGUARDS, "Only with these safeguards", (), (), (), "", facts, id="r1")
    assert here.part.after is not None
    (card,) = here.part.after(Answered(Message("q"), reply, MONDAY)).cards
    assert "What changed: It is blank now." in card.lines
    assert not any("colleagues" in line for line in card.lines)
    other = Reply(Verdict.OK, "OK", (), (), (), "", Facts(materials=("call_recording",)), id="r2")
    assert here.part.after(Answered(Message("q"), other, MONDAY)).cards == ()
    for _ in range(4):
        more = of(here.report(TEXT), "Report")
        here.needs.reports.mark(more, material="template_letter", recipient="victim")
    later = MONDAY + timedelta(days=1)
    (card,) = here.part.after(Answered(Message("q"), reply, later)).cards
    assert "5 colleagues caught this last month." in card.lines


def press_row(here: World, lesson: str, filled: dict[str, str]) -> Outcome:
    values = {name: (value,) for name, value in filled.items()}
    return here.desk.press(Press("lesson.row", lesson, MONDAY, values, TEAM))


def test_a_lesson_becomes_a_guidance_row_and_a_file_only_when_a_person_presses(here: World, tmp_path: Path) -> None:
    lesson = lesson_of(here, of(here.report(TEXT), "Report"))
    filled = {
        "sending": "template letter", "to": "victim", "by": "any", "answer": "only with safeguards",
        "only_if": "the address was compared | twice",
    }  # fmt: skip
    shown = press_row(here, lesson, filled)
    assert isinstance(shown, Card)
    assert (
        "| template letter | victim | any | only with safeguards | the address was compared / twice |" in shown.lines[0]
    )
    assert list((tmp_path / "guidance").iterdir()) == []
    press_row(here, lesson, {**filled, "write": "yes"})
    (file,) = (tmp_path / "guidance").iterdir()
    defects = find_defects(tmp_path / "guidance", Vocabulary.load(None), MONDAY.date())
    assert [defect.problem for defect in defects if defect.document] == []
    again = press_row(here, lesson, {**filled, "write": "yes"})
    assert isinstance(again, Card)
    assert "left as it is" in again.lines[1]
    download = here.desk.download(f"lessons/{lesson}.md", {})
    assert download.name == file.name


def test_the_weekly_digest_goes_out_once_on_the_first_working_morning(here: World) -> None:
    assert here.part.start is not None
    here.part.start(MONDAY)
    here.ring(MONDAY)
    assert here.outbox.to(STAFF_PLACE) == []  # nothing was reported in the week before
    for _ in range(6):
        here.report(TEXT)
    here.press("lesson.approve", lesson_of(here, of(here.report(TEXT), "Report")), TEAM)
    for minutes in (0, 29, 31, 60):
        here.ring(datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(minutes=minutes))
    (card,) = here.outbox.to(STAFF_PLACE)
    assert card.kind is CardKind.DIGEST
    assert card.lines[0].startswith("7 near misses were reported")
    assert "1. A wrongly addressed letter" in card.lines
    assert "Changed: It is blank now." in card.lines
    assert card.picture is not None
    assert card.picture.png.startswith(b"\x89PNG")
    assert "16 Nov 7" in card.picture.alt


def test_a_digest_over_a_bank_holiday_comes_on_the_tuesday_and_the_month_follows(here: World) -> None:
    thursday = datetime(2027, 3, 25, 10, tzinfo=UTC)
    assert here.part.start is not None
    here.part.start(thursday)
    here.press(
        "lesson.approve", lesson_of(here, of(here.report(TEXT, now=thursday), "Report"), thursday), TEAM, thursday
    )
    here.ring(datetime(2027, 3, 29, 9, tzinfo=UTC))  # Easter Monday, in summer time
    assert here.outbox.to(STAFF_PLACE) == []
    here.ring(datetime(2027, 3, 30, 8, 29, tzinfo=UTC))
    assert here.outbox.to(STAFF_PLACE) == []
    here.ring(datetime(2027, 3, 30, 8, 31, tzinfo=UTC))  # 09:31 at the office
    here.ring(datetime(2027, 4, 1, 8, 31, tzinfo=UTC))
    week, month = here.outbox.to(STAFF_PLACE)
    assert week.lines[0].startswith("Fewer than five near misses were reported")
    assert month.title == "You said, we changed: March 2027"
    assert "We changed: It is blank now." in month.lines[0]


def test_measures_hide_small_groups_in_the_view_and_in_the_export(here: World) -> None:
    for number in range(9):
        here.report(TEXT, now=MONDAY + timedelta(hours=number), stopped="colleague" if number < 7 else "chance")
    board = at(here, MONDAY + timedelta(days=1)).desk
    page = board.page("measures/2026-11", {})
    stopped = next(table for table in page.tables if table.title == "What stopped it")
    assert {row[1].words for row in stopped.rows} == {"hidden"}
    file = board.download("measures/2026-11.csv", {}).content.decode("utf-8-sig")
    assert "what stopped it,Luck,hidden" in file
    months = board.page("measures", {}).tables[0]
    assert months.rows[0][0].to == "measures/2026-11"


def test_the_board_lists_finds_and_pages(here: World) -> None:
    receipts = [of(here.report(f"{TEXT} number {word}"), "Report") for word in ("alpha", "beta", "gamma")]
    found = here.desk.page("reports", {"q": "beta number"})
    assert [row[0].words for row in found.tables[0].rows] == [receipts[1]]
    assert [row[0].words for row in here.desk.page("reports", {"q": receipts[2]}).tables[0].rows] == [receipts[2]]
    assert here.desk.page("reports", {"q": "100%"}).tables[0].rows == ()
    one = here.desk.page(f"reports/{receipts[0]}", {})
    assert "report.decide" in [button.act for button in one.cards[0].buttons]
    assert here.desk.page("reports/kind/misaddressed_letter", {}).tables[0].rows
    assert here.desk.page("reports/status/decided", {}).tables[0].rows == ()
    with pytest.raises(ActError):
        here.desk.page("reports/status/nonsense", {})


def test_a_list_that_goes_on_shows_every_report_once(here: World) -> None:
    made = {of(here.report(TEXT, now=MONDAY + timedelta(minutes=n)), "Report") for n in range(53)}
    first = here.desk.page("reports", {})
    query = dict(pair.split("=", 1) for pair in first.following.split("&"))
    second = here.desk.page("reports", query)
    shown = [row[0].words for page in (first, second) for row in page.tables[0].rows]
    assert len(shown) == 53
    assert set(shown) == made
    assert second.following == ""


def test_decided_reports_are_purged_after_their_time_with_all_that_belongs_to_them(here: World) -> None:
    gone, kept = (of(here.report(TEXT), "Report") for _ in range(2))
    here.press("report.decide", gone, TEAM, decision="no_change", text="Thank you.")
    assert here.part.purge is not None
    assert here.part.purge(MONDAY + timedelta(days=700)) == 0
    assert here.part.purge(MONDAY + timedelta(days=750)) == 1
    assert here.needs.reports.find(gone) is None
    assert here.needs.reports.notes(gone) == ()
    assert here.needs.reports.reporter(gone) is None
    assert here.needs.reports.find(kept) is not None


def test_a_decision_made_in_the_same_moment_is_not_undone_by_an_acknowledgement(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    assert here.needs.reports.mark(receipt, status=str(Status.DECIDED))
    heard = (Status.ACKNOWLEDGED, Status.ASKED, Status.DECIDED)
    assert not here.needs.reports.mark(receipt, unless=heard, status=str(Status.ACKNOWLEDGED))
    assert (report := here.needs.reports.find(receipt)) is not None
    assert report.status is Status.DECIDED
