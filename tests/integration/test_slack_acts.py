"""Buttons, dialogs, shortcuts, commands, the Home tab, and what the information team does in its channel."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.card import Button, Card, CardKind, Picture, Style
from bot.platforms.slack.courier import SlackCourier
from tests.emulators.slack_site import (
    ASHA,
    BEN,
    GUEST,
    LEAD,
    OPEN,
    TEAM_CHANNEL,
    World,
    actions,
    chosen,
    filled,
    wait_for,
    words,
    world,
)
from tests.web_component import picture


@pytest.fixture
def site(tmp_path: Path) -> Iterator[World]:
    made = world(tmp_path).start()
    yield made
    made.close()


def report_of(site: World, text: str, way: str = "named") -> None:
    """Fill in both steps of a report from the global shortcut."""
    site.people.shortcut(ASHA, "report_near_miss")
    first = site.opened("Log a near miss")
    answer = site.people.submit(ASHA, first, {"text": filled(text), "way": chosen(way)})
    assert answer["response_action"] == "update"
    site.people.submit(ASHA, site.opened("Check before sending"), {})


# Buttons of an answer


def test_an_answer_has_at_most_five_buttons(site: World) -> None:
    (answer,) = site.ask("May I send it?")
    assert len(actions([answer])) <= 5


def test_helpful_is_noted_in_the_thread(site: World) -> None:
    (answer,) = site.ask("May I send it?")
    site.people.press(ASHA, answer, site.dm(), "rate", option="act|answer.helpful|A-1")
    site.settle()
    assert "Noted: answer.helpful" in words(site.slack.of(site.dm(), answer["thread_ts"]))
    assert [(press.act, press.about) for press in site.acts.pressed] == [("answer.helpful", "A-1")]


def test_in_a_channel_a_press_is_answered_to_whoever_pressed(site: World) -> None:
    site.people.mention(ASHA, OPEN, "may I send it?")
    site.settle()
    site.people.press(BEN, site.slack.of(OPEN)[0], OPEN, "rate", option="act|answer.helpful|A-1")
    site.settle()
    assert len(site.slack.of(OPEN)) == 1
    assert [(one["user"], one["channel"]) for one in site.slack.ephemeral] == [(BEN, OPEN)]


@pytest.mark.parametrize(
    ("action", "option", "act"),
    [
        ("form|answer.ask_human|0", "", "answer.ask_human"),
        ("form|report.new|3", "", "report.new"),
        ("rate", "form|answer.not_helpful|A-1", "answer.not_helpful"),
    ],
)
def test_a_button_with_a_question_opens_its_dialog(site: World, action: str, option: str, act: str) -> None:
    (answer,) = site.ask("May I send it?")
    site.people.press(ASHA, answer, site.dm(), action, option=option)
    wait_for(lambda: site.slack.views)
    assert f'"act": "{act}"' in site.view()["private_metadata"]


def test_what_is_seldom_wanted_stands_behind_three_dots(site: World) -> None:
    (answer,) = site.ask("May I send it?")
    site.people.press(ASHA, answer, site.dm(), "more", option="act|answer.mute|A-1")
    site.settle()
    assert [press.act for press in site.acts.pressed] == ["answer.mute"]


def test_a_corrected_fact_gives_a_new_answer_in_the_thread(site: World) -> None:
    (answer,) = site.ask("May I send it?")
    site.people.press(ASHA, answer, site.dm(), "form|answer.change|1")
    site.people.submit(ASHA, site.opened("One question"), {"text": filled("the court")})
    wait_for(lambda: len(site.slack.of(site.dm(), answer["thread_ts"])) == 2)
    assert "OK to send after all." in words(site.slack.of(site.dm()))


def test_a_value_that_is_no_personal_data_is_remembered(site: World) -> None:
    (answer,) = site.ask("", (site.slack.add_file("statement.pdf", b"%PDF"),))
    digest = {"value": "nhs_number|digest-nhs", "text": {"type": "plain_text", "text": "•••"}}
    site.people.press(ASHA, answer, site.dm(), "not_personal", selected_option=digest)
    site.settle()
    assert site.assistant.allowed == [("digest-nhs", "nhs_number")]
    assert "Remembered" in words(site.slack.of(site.dm()))


def test_a_copy_is_handed_over_in_the_thread(site: World) -> None:
    file = site.slack.add_file("statement.pdf", b"%PDF")
    (answer,) = site.ask("", (file,))
    site.people.press(ASHA, answer, site.dm(), f"copy|redacted|{file['id']}")
    site.settle()
    handed = site.slack.of(site.dm())[-1]
    assert site.slack.contents[handed["files"][0]["id"]] == b"%PDF copied"
    assert "10 places painted over" in handed["text"]


def test_a_guest_who_presses_is_told_that_this_is_for_staff(site: World) -> None:
    site.people.mention(ASHA, OPEN, "may I send it?")
    site.settle()
    site.people.press(GUEST, site.slack.of(OPEN)[0], OPEN, "rate", option="act|answer.helpful|A-1")
    site.people.press(GUEST, site.slack.of(OPEN)[0], OPEN, "form|report.new|3")
    site.settle()
    assert site.acts.pressed == []
    assert site.opened("Only for staff")


# Dialogs


def test_a_report_takes_two_steps_and_ends_with_a_receipt(site: World) -> None:
    report_of(site, "A page of another case was in the bundle.")
    assert "7QK2-MM4X" in words([site.opened("Done")])
    assert [press.act for press in site.acts.pressed] == ["report.new", "report.send"]
    wait_for(lambda: "7QK2-MM4X" in words(site.slack.of(site.dm())))


def test_an_anonymous_receipt_is_in_the_dialog_alone_and_its_button_works_there(site: World) -> None:
    report_of(site, "A page of another case was in the bundle.", "anonymous")
    done = site.opened("Done")
    assert "7QK2-MM4X" in words([done])
    site.people.press_modal(ASHA, done, "form|report.talk|0")
    assert site.opened("One question")
    site.settle()
    assert site.slack.of(site.dm()) == []
    assert "7QK2" not in str(site.slack.ephemeral)


def test_what_is_wrong_stands_at_its_field_and_the_dialog_stays(site: World) -> None:
    site.people.shortcut(ASHA, "report_near_miss")
    answer = site.people.submit(ASHA, site.opened("Log a near miss"), {"text": filled("???")})
    assert answer == {"response_action": "errors", "errors": {"text": "Please say in a few words what happened."}}


def test_a_slow_form_opens_a_dialog_that_says_so_and_then_changes(site: World) -> None:
    site.acts.slow = threading.Event()
    site.people.shortcut(ASHA, "report_near_miss")
    assert site.opened("One moment")
    site.acts.slow.set()
    assert "Nobody is blamed." in words([site.opened("Log a near miss")])


def test_a_slow_act_is_acknowledged_in_time_and_its_outcome_follows(site: World) -> None:
    site.people.shortcut(ASHA, "report_near_miss")
    first = site.opened("Log a near miss")
    site.acts.slow = threading.Event()
    answer = site.people.submit(ASHA, first, {"text": filled("A page of another case")})
    assert answer["view"]["title"]["text"] == "One moment"
    site.acts.slow.set()
    wait_for(lambda: "This is what will be kept" in words([site.slack.views[first["id"]]]))


@pytest.mark.parametrize(
    "text, why", [("store is down", "The database cannot be reached."), ("it crashes", "That did not work")]
)
def test_whatever_goes_wrong_no_words_are_lost(site: World, text: str, why: str) -> None:
    site.people.shortcut(ASHA, "report_near_miss")
    shown = site.opened("Log a near miss")
    for _ in range(2):
        shown = {**shown, **site.people.submit(ASHA, shown, {"text": filled(text)})["view"]}
        assert words([shown]).count(why) == 1
        (typed,) = [block["element"] for block in shown["blocks"] if block.get("block_id") == "text"]
        assert typed["initial_value"] == text


def test_after_a_slow_refusal_nothing_has_to_be_typed_again(site: World) -> None:
    site.people.shortcut(ASHA, "report_near_miss")
    first = site.opened("Log a near miss")
    site.acts.slow = threading.Event()
    site.people.submit(ASHA, first, {"text": filled("What is it???"), "way": chosen("named")})
    site.acts.slow.set()
    wait_for(lambda: "Please say in a few words" in words([site.slack.views[first["id"]]]))
    again = next(block for block in site.slack.views[first["id"]]["blocks"] if block.get("block_id") == "text")
    assert again["element"]["initial_value"] == "What is it???"


# Shortcuts, commands


def test_the_shortcut_on_a_message_checks_it_where_nobody_else_reads(site: World) -> None:
    message = site.people.write(BEN, OPEN, "draft for court", (site.slack.add_file("draft.pdf", b"%PDF", user=BEN),))
    site.settle()
    site.people.shortcut(ASHA, "check_message", message, OPEN)
    site.settle()
    assert site.slack.of(OPEN) == []
    assert "*draft.pdf*" in words(site.slack.of(site.dm()))
    assert "draft for court" in site.assistant.asked[-1].text


def test_the_shortcut_on_a_message_begins_a_report_with_its_words(site: World) -> None:
    message = site.people.write(BEN, OPEN, "I nearly sent the wrong list")
    site.people.shortcut(ASHA, "report_message", message, OPEN)
    form = site.opened("Log a near miss")
    (asked,) = [block for block in form["blocks"] if block.get("block_id") == "text"]
    assert asked["element"]["initial_value"] == "I nearly sent the wrong list"


@pytest.mark.parametrize("way", ["shortcut", "command", "home"])
def test_the_private_form_checks_a_file_that_is_posted_nowhere(site: World, way: str) -> None:
    if way == "shortcut":
        site.people.shortcut(ASHA, "check_before_send")
    elif way == "command":
        site.people.command(ASHA, OPEN, "check")
    else:
        site.people.open_home(ASHA)
        site.settle()
        site.people.press_home(ASHA, "open_check")
    given = {"type": "file_input", "files": [site.slack.add_file("list.xlsx", b"PK")]}
    site.people.submit(ASHA, site.opened("Check before I send"), {"files": given, "text": filled("to the court")})
    site.settle()
    said = site.slack.of(site.dm())
    assert "*list.xlsx*" in words(said)
    assert said[-1]["thread_ts"] == said[0]["ts"]
    assert site.slack.messages[OPEN] == []


def test_an_empty_private_form_says_what_is_missing(site: World) -> None:
    site.people.shortcut(ASHA, "check_before_send")
    answer = site.people.submit(ASHA, site.opened("Check before I send"), {})
    assert "Type a question" in answer["errors"]["text"]


@pytest.mark.parametrize(
    ("text", "said"), [("may I send it?", "Don't send it"), ("help", "/cansend check"), ("", "/cansend")]
)
def test_the_command_answers_to_the_asker_alone(site: World, text: str, said: str) -> None:
    site.people.command(ASHA, "C0ELSEWHERE", text)
    site.settle()
    ((_, answer),) = site.slack.deferred
    assert answer["response_type"] == "ephemeral"
    assert said in words([answer])


def test_cansend_report_opens_the_report(site: World) -> None:
    site.people.command(ASHA, OPEN, " Report ")
    assert site.opened("Log a near miss")


def test_a_command_answered_too_late_is_answered_in_a_direct_message(site: World) -> None:
    site.slack.responses_left.clear()
    original = site.slack.response_address
    site.slack.response_address = lambda: original().replace("/response/", "/response/old")  # type: ignore[method-assign]
    site.people.command(ASHA, OPEN, "may I send it?")
    site.settle()
    assert "Don't send it" in words(site.slack.of(site.dm()))


def test_a_guests_command_is_refused(site: World) -> None:
    site.people.command(GUEST, OPEN, "may I send it?")
    site.settle()
    assert "only help members" in words([answer for _, answer in site.slack.deferred])


# Home


def test_the_home_tab_shows_how_to_use_it_what_is_mine_and_how_data_is_handled(site: World) -> None:
    site.people.open_home(ASHA)
    site.settle()
    home = words([site.slack.homes[ASHA]])
    for part in ("Ask in your own words", "NM-7 of U0ASHA", "How your data is handled"):
        assert part in home


def test_a_guest_sees_no_home_of_others(site: World) -> None:
    site.people.open_home(GUEST)
    site.settle()
    assert "NM-7" not in words([site.slack.homes[GUEST]])


# The information team


TRIAGE = Card(
    CardKind.REPORT, "NM-7F3K-92QD", ("Material from another case.",), (("Answer by", "Friday"),),
    buttons=(
        Button("report.acknowledge", "Seen", "R-1", Style.PRIMARY),
        Button("report.decide", "Decide", "R-1", opens_form=True),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    "who, place", [(BEN, TEAM_CHANNEL), (LEAD, f"T0SITE/{LEAD}")], ids=["the team's channel", "the lead's own messages"]
)
def test_where_the_team_or_its_lead_is_told_they_can_act_at_once(site: World, who: str, place: str) -> None:
    SlackCourier(site.run.clients).deliver(TRIAGE, place, "key-1")
    channel = place if place == TEAM_CHANNEL else site.dm(who)
    (card,) = site.slack.of(channel)
    site.people.press(who, card, channel, "act|report.acknowledge|0")
    site.people.press(who, card, channel, "form|report.decide|1")
    site.people.submit(who, site.opened("One question"), {"text": filled("a lesson")})
    site.settle()
    wait_for(lambda: "Noted: report.acknowledge" in words(site.slack.of(channel, card["ts"])))
    assert {press.act for press in site.acts.pressed} == {"report.acknowledge", "report.decide"}
    assert all(press.by and press.by.team for press in site.acts.pressed)


def test_the_same_press_outside_the_teams_channel_is_refused(site: World) -> None:
    SlackCourier(site.run.clients).deliver(TRIAGE, OPEN, "key-1")
    site.people.press(BEN, site.slack.of(OPEN)[0], OPEN, "act|report.acknowledge|0")
    site.settle()
    assert site.acts.pressed == []
    assert "Only the information team" in words(site.slack.ephemeral)


def test_a_digest_comes_with_its_picture_and_a_second_try_posts_nothing_again(site: World) -> None:
    chart: Picture = picture()
    digest = Card(CardKind.DIGEST, "Near misses last week", ("Eleven.",), picture=chart)
    courier = SlackCourier(site.run.clients)
    for _ in range(2):
        courier.deliver(digest, TEAM_CHANNEL, "digest-47")
    cards = [one for one in site.slack.of(TEAM_CHANNEL) if one.get("blocks")]
    files = [file for one in site.slack.of(TEAM_CHANNEL) for file in one.get("files", ())]
    assert len(cards) == 1
    assert [site.slack.contents[file["id"]] for file in files] == [chart.png]
    assert files[0]["alt_txt"] == chart.alt


def test_an_alert_for_one_person_goes_to_them_directly(site: World) -> None:
    overdue = Card(CardKind.REMINDER, "Three discs have not arrived")
    SlackCourier(site.run.clients).deliver(overdue, f"T0SITE/{BEN}", "late-1")
    assert "Three discs" in words(site.slack.of(site.dm(BEN)))


def test_a_question_to_the_bot_in_the_teams_channel_is_asked_as_one_of_the_team(site: World) -> None:
    site.people.mention(BEN, TEAM_CHANNEL, "may I send it?")
    site.settle()
    assert site.assistant.asked[-1].sender is not None
    assert site.assistant.asked[-1].sender.team
