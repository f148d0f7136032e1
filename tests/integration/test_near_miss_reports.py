"""Reporting from end to end: two steps, three ways, the code, putting back, and the breach path."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.domain.card import Card, CardKind, Form
from bot.domain.component import ActError, Answered
from bot.domain.finding import Category, FileReport, Finding, Inspection
from bot.domain.message import Message
from bot.domain.nearmiss import NearMissKind, Way
from bot.domain.people import Person, Place
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.nearmiss.codes import LETTERS, MOST_TRIES
from bot.nearmiss.filing import File
from bot.nearmiss.record import file_report
from bot.store.reports import SqlReports
from knowledge import Facts
from tests.databases import sqlite_address  # noqa: F401
from tests.near_miss_world import ANNA, MONDAY, TEAM, TEAM_PLACE, World, at, of, world

TEXT = "Nearly sent the MG11 of Bronwen Pryce, 07700 900451, to the wrong solicitor. A colleague stopped me"


@pytest.fixture
def here(sqlite_address: str) -> Iterator[World]:
    made = world(sqlite_address)
    yield made
    made.engine.dispose()


def scan_reply(id: str = "reply1", verdict: Verdict = Verdict.STOP) -> Reply:  # noqa: A002
    finding = Finding(Category.ADDRESS, "page 2", "1* *****", 1, 0.9)
    found = (finding,) if verdict is not Verdict.OK else ()
    inspection = Inspection("mg11.docx", "", 10, "", "full", findings=found)
    facts = Facts(materials=("witness_statement",), recipients=("defence",), channels=("email",))
    return Reply(verdict, "Don't send", (), (), (), "", facts, files=(FileReport(inspection, verdict),), id=id)


def told(here: World, reply: Reply, thread: str = "t1") -> None:
    assert here.part.after is not None
    here.part.after(Answered(Message("can this go", thread=thread, sender=ANNA), reply, MONDAY))


def test_a_report_needs_at_most_three_answers_and_shows_what_will_be_kept(here: World) -> None:
    form = here.form("report.new", by=ANNA)
    assert len([field for field in form.fields if field.required]) <= 3
    shown = here.press("report.new", "", ANNA, text=TEXT, way="confidential")
    assert isinstance(shown, Form)
    text = next(field for field in shown.fields if field.name == "text").value[0]
    assert text == "Nearly sent the MG11 of [name], [number], to the wrong solicitor. A colleague stopped me"
    assert "[name], [number]" in shown.intro[0]
    card = here.press("report.send", shown.about, ANNA, text=text, kind="wrong_recipient", sent="false")
    assert isinstance(card, Card)
    kept = here.needs.reports.find(of(card, "Report"))
    assert kept is not None
    assert (kept.filed.text.text, kept.filed.way) == (text, Way.CONFIDENTIAL)
    assert of(card, "Answer by") == "Monday 23 November"


def test_what_was_taken_out_by_mistake_can_be_put_back_before_sending(here: World) -> None:
    shown = here.press(
        "report.new", "", ANNA, text="The Falconbridge template and Okafor were in it", way="named", name="Anna Okoro"
    )
    assert isinstance(shown, Form)
    keep = next(field for field in shown.fields if field.name == "keep")
    assert [words.split(" in:")[0] for _, words in keep.options] == ["“Falconbridge”", "“Okafor”"]
    text = next(field for field in shown.fields if field.name == "text").value[0]
    edited = text.replace("were in it", "were nearly in it, with 07700 900452")
    card = here.press("report.send", shown.about, ANNA, text=edited, kind="other", sent="false", keep=("0",))
    assert isinstance(card, Card)
    kept = here.needs.reports.find(of(card, "Report"))
    assert kept is not None
    assert kept.filed.text.text == "The Falconbridge template and [name] were nearly in it, with [number]"
    with pytest.raises(ActError, match="start again"):
        here.press("report.send", shown.about, ANNA, text=edited, kind="other", sent="false", keep=("1",))


def test_labels_that_were_moved_cannot_be_put_back_blindly(here: World) -> None:
    shown = here.press("report.new", "", ANNA, text="It was Okafor and 07700 900451", way="named", name="Anna Okoro")
    assert isinstance(shown, Form)
    with pytest.raises(ActError) as caught:
        here.press("report.send", shown.about, ANNA, text="[number] was in it", sent="false", keep=("0",))
    assert caught.value.field == "keep"


def test_a_draft_that_waited_too_long_is_gone(here: World) -> None:
    shown = here.press("report.new", "", ANNA, text=TEXT, way="named", name="Anna Okoro")
    assert isinstance(shown, Form)
    with pytest.raises(ActError, match="more than an hour ago"):
        here.press("report.send", shown.about, ANNA, MONDAY + timedelta(hours=2), text="x", sent="false")


def test_from_a_scan_one_click_and_one_choice_are_enough(here: World) -> None:
    told(here, scan_reply())
    form = here.form("report.new", "reply1", ANNA)
    assert [field.name for field in form.fields if field.required] == ["way"]
    assert next(field.value for field in form.fields if field.name == "kind") == ("unredacted_personal_data",)
    filled = {field.name: field.value for field in form.fields if field.value}
    card = here.press("report.new", "reply1", ANNA, **filled)
    assert isinstance(card, Card)
    kept = here.needs.reports.find(of(card, "Report"))
    assert kept is not None
    assert kept.filed.finding_categories == ("address",)
    around = kept.filed.around
    assert (around.material, around.recipient, around.channel, around.said) == (
        "witness_statement",
        "defence",
        "email",
        "stop",
    )
    assert (around.stage, around.stopped, around.waited) == ("checking", "check", 0)
    one_click = here.press("report.send", "reply1", ANNA)
    assert isinstance(one_click, Card)
    assert of(one_click, "Report") != kept.filed.receipt


def test_an_anonymous_report_keeps_nothing_of_the_conversation_it_came_from(here: World) -> None:
    told(here, scan_reply())
    card = here.press("report.new", "reply1", ANNA, way="anonymous", factors=("template",))
    assert isinstance(card, Card)
    assert card.private
    kept = here.needs.reports.find(of(card, "Report"))
    assert kept is not None
    assert kept.filed.finding_categories == ()
    assert (kept.filed.around.material, kept.filed.around.said, kept.filed.around.factors) == ("", "", ("template",))
    assert here.needs.reports.reporter(kept.filed.receipt) is None


def test_the_team_hears_of_a_confidential_report_at_once_and_not_from_whom(here: World) -> None:
    here.report(TEXT)
    (card,) = here.outbox.to(TEAM_PLACE)
    assert card.kind is CardKind.REPORT
    assert "report.acknowledge" in [button.act for button in card.buttons]
    assert ANNA.id not in repr(card) + str(card.details) + str(card.lines)


def test_a_report_that_it_went_starts_the_breach_path_at_once(here: World) -> None:
    here.report("I emailed the bundle to the wrong firm and they opened it")
    (breach,) = here.breaches
    assert breach.kind is NearMissKind.WRONG_RECIPIENT
    assert breach.code == ""
    here.report("I nearly emailed the bundle to the wrong firm")
    assert len(here.breaches) == 1


def test_with_the_code_the_reporter_adds_and_reads_and_the_team_answers(here: World) -> None:
    card = here.report(TEXT, way="anonymous", by=None)
    receipt, code = of(card, "Report"), of(card, "Your code")
    assert code.startswith(receipt)
    assert len(code) == len("NM-7F3K-92QD-8KWP-3M6T")
    added = here.agree("report.talk", "", None, code=code.lower().replace("-", " "), text="It was Okafor's template")
    assert "It was [name]'s template" in added.lines[1]
    here.press("report.ask_back", receipt, TEAM, text="Which template was it?")
    here.press("report.decide", receipt, TEAM, decision="change", text="We took the address out of it.")
    read = here.press("report.read", "", None, code=code)
    assert isinstance(read, Card)
    assert "Which template was it?" in " ".join(read.lines)
    assert "We took the address out of it." in " ".join(read.lines)
    assert of(read, "Decided") == "Something will change because of it"


def test_the_number_alone_opens_nothing_and_guessing_the_code_of_one_report_locks_no_other(here: World) -> None:
    card, other = (here.report(TEXT, way="anonymous", by=None) for _ in range(2))
    receipt, code = of(card, "Report"), of(card, "Your code")
    for guess in [receipt, *(f"{receipt}-2222-222{letter}" for letter in LETTERS[: MOST_TRIES - 1])]:
        with pytest.raises(ActError, match="No report has that code"):
            here.press("report.read", "", None, code=guess)
    with pytest.raises(ActError, match="wait an hour"):
        here.press("report.read", "", None, code=code)
    assert here.press("report.read", "", None, code=of(other, "Your code"))
    assert here.press("report.read", "", None, MONDAY + timedelta(hours=1, minutes=1), code=code)


def test_whoever_types_numbers_that_there_are_not_locks_nobody_out_however_many(here: World) -> None:
    code = of(here.report(TEXT, way="anonymous", by=None), "Your code")
    for number in range(300):
        with pytest.raises(ActError, match="No report has that code"):
            here.press("report.read", "", None, code=f"NM-2222-2{2 + number % 8}{number:02}2222-2222".replace("0", "Z"))
    assert here.press("report.read", "", None, code=code)


def test_whoever_reported_confidentially_needs_no_code_where_the_platform_knows_them(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    assert [field.name for field in here.form("report.talk", receipt, ANNA).fields] == ["text"]
    assert [field.name for field in here.form("report.talk", receipt, TEAM).fields] == ["code", "text"]
    here.press("report.talk", receipt, ANNA, text="It happens every week")
    assert "It happens every week" in here.outbox.to(TEAM_PLACE)[-1].lines


def test_a_good_catch_is_counted_once_without_anything_of_whom_or_what(here: World) -> None:
    told(here, scan_reply())
    here.press("catch.fixed", "reply1", ANNA)
    here.press("catch.fixed", "reply1", ANNA)
    day = MONDAY.date()
    assert here.needs.catches.between(day, day) == {"all": 1, "unredacted_personal_data": 1}


def test_a_corrected_file_in_the_same_conversation_is_a_good_catch(here: World) -> None:
    told(here, scan_reply("reply1"))
    told(here, scan_reply("reply2", Verdict.OK), thread="another")
    day = MONDAY.date()
    assert here.needs.catches.between(day, day) == {}
    told(here, scan_reply("reply3", Verdict.OK))
    here.press("catch.fixed", "reply1", ANNA)
    assert here.needs.catches.between(day, day)["all"] == 1


def test_what_happened_is_not_taken_for_what_it_happened_to(here: World) -> None:
    facts = Facts(materials=("near_miss", "witness_statement"), recipients=("defence",), channels=("email",))
    told(here, Reply(Verdict.SAFEGUARDS, "-", (), (), (), "", facts, id="r2"))
    shown = here.press("report.new", "r2", ANNA, text=TEXT, way="confidential")
    assert isinstance(shown, Form)
    card = here.press("report.send", shown.about, ANNA, text="Nearly sent", kind="wrong_recipient", sent="false")
    assert isinstance(card, Card)
    kept = here.needs.reports.find(of(card, "Report"))
    assert kept is not None
    assert kept.filed.around.material == "witness_statement"


def test_a_report_with_a_name_needs_one_and_says_so_beside_the_field(here: World) -> None:
    with pytest.raises(ActError, match="write your name") as told:
        here.press("report.new", "", ANNA, text=TEXT, way="named", name=" ")
    assert told.value.field == "name"


def test_the_page_of_the_web_chat_is_not_promised_to_last(here: World) -> None:
    browser = Person("web", "b1", Place("web", "b1"))
    assert "You will hear here as well." in here.report(TEXT, by=ANNA).lines
    assert any("while this page stays open" in line for line in here.report(TEXT, by=browser).lines)


def test_whoever_reports_anonymously_that_it_went_is_told_that_the_time_shows(here: World) -> None:
    gone = here.press("report.new", "", None, text="I sent the letter to the wrong solicitor", way="anonymous")
    stopped = here.press("report.new", "", None, text="Caught the letter in time, nothing was sent", way="anonymous")
    assert isinstance(gone, Form)
    assert isinstance(stopped, Form)
    assert ["knows about when" in " ".join(form.intro) for form in (gone, stopped)] == [True, False]


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_report_from_the_terminal_reaches_the_team_at_once_and_once_unless_it_is_anonymous(
    here: World, anonymous: bool
) -> None:
    assert here.part.start is not None
    here.part.start(MONDAY)
    store = here.needs.reports
    assert isinstance(store, SqlReports)
    filed = file_report(TEXT, None, anonymous, (), store, here.needs.scrubber(), MONDAY, site_key=b"key")
    File(here.needs).announce_filed(filed, MONDAY)
    assert [card.about for card in here.outbox.to(TEAM_PLACE)] == ([] if anonymous else [filed.receipt])
    here.ring(MONDAY + timedelta(days=1))
    assert [card.about for card in here.outbox.to(TEAM_PLACE)] == [filed.receipt]
    kept = store.find(filed.receipt)
    assert kept is not None
    assert (kept.announced, kept.due) == (True, date(2026, 11, 23))


def test_a_report_that_was_begun_before_a_restart_is_sent_after_it_and_its_form_is_shown_again(here: World) -> None:
    told(here, scan_reply())
    shown = here.press("report.new", "reply1", ANNA, text="The Falconbridge template", way="confidential")
    assert isinstance(shown, Form)
    elsewhere = at(here, MONDAY)  # another process on the same database
    assert elsewhere.form("report.send", shown.about, ANNA) == shown
    card = elsewhere.press("report.send", shown.about, ANNA, text=shown.fields[0].value[0], keep=("0",))
    assert isinstance(card, Card)
    kept = here.needs.reports.find(of(card, "Report"))
    assert kept is not None
    assert kept.filed.text.text == "The Falconbridge template"
    assert kept.filed.finding_categories == ("address",)
    assert isinstance(elsewhere.press("report.send", "reply1", ANNA), Card)  # one click from a check of the first


def test_a_good_catch_is_counted_once_over_all_processes(here: World) -> None:
    told(here, scan_reply())
    for one in (here, at(here, MONDAY)):
        one.press("catch.fixed", "reply1", ANNA)
        told(one, scan_reply("reply2", Verdict.OK))
    assert here.needs.catches.between(MONDAY.date(), MONDAY.date())["all"] == 1


def test_the_draft_of_an_anonymous_report_names_nobody(here: World) -> None:
    shown = here.press("report.new", "", ANNA, text=TEXT, way="anonymous")
    assert isinstance(shown, Form)
    draft = here.needs.drafts.get(shown.about, MONDAY)
    assert draft is not None
    assert draft.by is None


def test_whether_it_has_gone_is_chosen_beforehand_only_where_the_words_say_so(here: World) -> None:
    chosen = {}
    for text in ("I sent the letter to the wrong solicitor", "Caught it in time, nothing was sent", "The third drawer"):
        shown = here.press("report.new", "", ANNA, text=text, way="confidential")
        assert isinstance(shown, Form)
        chosen[next(one.value for one in shown.fields if one.name == "sent")] = "please say" in " ".join(shown.intro)
    assert chosen == {("true",): False, ("false",): False, (): True}
