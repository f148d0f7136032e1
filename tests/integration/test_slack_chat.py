"""What staff do in Slack: ask, follow up, attach, mention; and who may not hear an answer."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulators.slack import BOT_USER
from tests.emulators.slack_site import (
    ASHA,
    BEN,
    GUEST,
    OPEN,
    SHARED,
    STRANGER,
    WITH_GUEST,
    World,
    actions,
    wait_for,
    words,
    world,
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[World]:
    made = world(tmp_path).start()
    yield made
    made.close()


# Direct messages


def test_a_question_is_answered_in_its_thread(site: World) -> None:
    answers = site.ask("May I send it?")
    assert len(answers) == 1
    assert "Don't send it with the contact page." in words(answers)
    assert "A witness's address never goes to the defence." in words(answers)


def test_a_follow_up_is_answered_with_what_the_thread_knows(site: World) -> None:
    first = site.people.dm(ASHA, "Can I email a witness statement?")
    site.settle()
    asked = site.slack.of(site.dm(), first["ts"])
    assert "Who is it going to?" in words(asked)
    answers = site.ask("to the defence", thread=first["ts"])
    assert "Don't send it" in words(answers[-1:])
    assert site.assistant.asked[-1].answers == (("recipient", "defence"),)
    assert site.assistant.asked[0].thread == site.assistant.asked[1].thread


def test_a_question_in_another_thread_knows_nothing_of_the_first(site: World) -> None:
    site.ask("This goes to the defence")
    site.ask("May I send it?")
    assert site.assistant.asked[-1].answers == ()


def test_a_clarifying_button_answers_and_then_shows_the_choice(site: World) -> None:
    (asked,) = site.ask("Can I email a witness statement?")
    site.people.press(ASHA, asked, site.dm(), "clarify|recipient|0")
    site.settle()
    answers = site.slack.of(site.dm())
    assert len(answers) == 2
    assert "You chose: *The defence*" in words(answers[:1])
    assert "clarify|recipient|0" not in actions(answers[:1])
    assert site.assistant.asked[-1].answers == (("recipient", "defence"),)


def test_a_file_is_checked_with_a_status_line_and_a_report(site: World) -> None:
    file = site.slack.add_file("statement.pdf", b"%PDF text")
    site.assistant.go_on = threading.Event()
    site.people.dm(ASHA, "", (file,))
    wait_for(lambda: site.slack.statuses)
    assert site.slack.statuses[0]["status"] == "is checking your file…"
    site.assistant.go_on.set()
    site.settle()
    said = words(site.slack.of(site.dm()))
    assert "*statement.pdf*" in said
    assert "page 7: The handwriting is faint." in said
    assert site.assistant.asked[-1].attachments[0].content == b"%PDF text"


def test_a_pasted_screenshot_is_a_file_like_any_other(site: World) -> None:
    file = site.slack.add_file("image.png", b"\x89PNG", mimetype="image/png", title="Image from clipboard")
    assert "*image.png*" in words(site.ask("", (file,)))


def test_each_of_several_files_is_reported_as_it_is_ready(site: World) -> None:
    site.assistant.between = threading.Event()
    files = tuple(site.slack.add_file(f"{name}.pdf", b"%PDF") for name in ("one", "two", "three"))
    message = site.people.dm(ASHA, "", files)
    wait_for(lambda: site.slack.of(site.dm(), message["ts"]))
    early = site.slack.of(site.dm(), message["ts"])
    assert "*one.pdf*" in words(early)
    assert "*two.pdf*" not in words(early)
    site.assistant.between.set()
    site.settle()
    answers = site.slack.of(site.dm(), message["ts"])
    assert [words([one]).count(".pdf*") for one in answers] == [1, 1, 1, 0]
    assert "Don't send" in words(answers[-1:])


def test_hello_is_answered_with_how_it_works(site: World) -> None:
    site.people.dm(ASHA, f"<@{BOT_USER}>")
    site.settle()
    assert "Ask in your own words" in words(site.slack.of(site.dm()))


def test_the_first_opening_greets_and_every_one_offers_prompts(site: World) -> None:
    for _ in range(2):
        site.people.open_home(ASHA, "messages")
        site.settle()
    assert len(site.slack.of(site.dm())) == 1
    assert len(site.slack.prompts) == 2
    assert len(site.slack.prompts[0]["prompts"]) == 4


def test_an_edited_question_is_answered_anew_in_place_of_the_old_answer(site: World) -> None:
    message = site.people.dm(ASHA, "A piece of cake?")
    site.settle()
    site.people.edit(message, site.dm(), "May I send it?")
    site.settle()
    answers = site.slack.of(site.dm())
    assert len(answers) == 1
    assert "Don't send it" in words(answers)


def test_an_edited_reply_in_a_thread_replaces_only_its_own_answer(site: World) -> None:
    root = site.people.dm(ASHA, "May I send it?")
    follow = site.people.dm(ASHA, "And a cake?", thread=root["ts"])
    site.settle()
    site.people.edit(follow, site.dm(), "And to the court?")
    site.settle()
    answers = site.slack.of(site.dm())
    assert len(answers) == 2
    assert "isn’t about sending" not in words(answers)


def test_with_a_deleted_question_its_answer_goes(site: World) -> None:
    message = site.people.dm(ASHA, "May I send it?")
    site.settle()
    site.people.delete(message, site.dm())
    site.settle()
    assert site.slack.of(site.dm()) == []


def test_its_own_and_other_bots_messages_are_left_alone(site: World) -> None:
    site.people.write(ASHA, site.dm(), "Build 7 passed", bot_id="B0OTHER")
    site.people.write(BOT_USER, site.dm(), "My own words")
    site.people.write("USLACKBOT", site.dm(), "Reminder")
    site.settle()
    assert [one["text"] for one in site.slack.of(site.dm())] == ["My own words"]
    assert site.assistant.asked == []


# Channels


def test_a_mention_is_answered_once_in_the_thread_for_all_to_see(site: World) -> None:
    message = site.people.mention(ASHA, OPEN, "may I send it?")
    site.settle()
    answers = site.slack.of(OPEN)
    assert [one["thread_ts"] for one in answers] == [message["ts"]]
    assert "Don't send it" in words(answers)


def test_a_mention_with_a_file_is_answered_to_the_asker_alone_and_the_thread_says_so(site: World) -> None:
    site.people.mention(ASHA, OPEN, "may I send it?", (site.slack.add_file("statement.pdf", b"%PDF"),))
    site.settle()
    assert (
        words(site.slack.of(OPEN))
        == "I have answered you in a direct message, because this is about a file or a person."
    )
    assert "*statement.pdf*" in words(site.slack.of(site.dm()))


def test_a_mention_about_a_person_is_answered_to_the_asker_alone(site: World) -> None:
    site.people.mention(ASHA, OPEN, "may I send 07700 900123 to the court?")
    site.settle()
    assert "Don't send" not in words(site.slack.of(OPEN))
    assert "Don't send" in words(site.slack.of(site.dm()))


def test_a_breach_is_never_laid_out_in_a_channel(site: World) -> None:
    site.people.mention(ASHA, OPEN, "it went to the wrong solicitor")
    site.settle()
    assert "BR-1" not in words(site.slack.of(OPEN))
    assert "BR-1" in words(site.slack.of(site.dm()))


@pytest.mark.parametrize(("channel", "why"), [(SHARED, "another organisation"), (WITH_GUEST, "a guest")])
def test_where_outsiders_read_it_is_silent_and_says_why_in_a_direct_message(
    site: World, channel: str, why: str
) -> None:
    site.people.mention(ASHA, channel, "may I send it?")
    site.settle()
    assert site.slack.of(channel) == [], why
    assert "I stay silent in that channel" in words(site.slack.of(site.dm()))
    assert site.assistant.asked == []


@pytest.mark.parametrize("outsider", [GUEST, STRANGER])
def test_somebody_from_outside_is_told_that_nothing_was_read(site: World, outsider: str) -> None:
    site.people.dm(outsider, "May I send it?")
    site.settle()
    assert "only help members of this organisation" in words(site.slack.of(site.dm(outsider)))
    assert site.assistant.asked == []


def test_an_outsiders_mention_is_not_answered(site: World) -> None:
    site.people.mention(STRANGER, SHARED, "may I send it?")
    site.settle()
    assert site.slack.of(SHARED) == []
    assert site.assistant.asked == []


def test_an_unchecked_file_in_a_channel_is_offered_a_private_check(site: World) -> None:
    site.people.write(BEN, OPEN, "here it is", (site.slack.add_file("statement.pdf", b"%PDF", user=BEN),))
    site.settle()
    assert site.slack.of(OPEN) == []
    (offer,) = site.slack.ephemeral
    assert offer["user"] == BEN
    site.people.press(BEN, offer, OPEN, "private_check")
    site.settle()
    assert site.slack.of(OPEN) == []
    assert "*statement.pdf*" in words(site.slack.of(site.dm(BEN)))


def test_no_offer_is_made_where_outsiders_read(site: World) -> None:
    site.people.write(ASHA, SHARED, "here it is", (site.slack.add_file("statement.pdf", b"%PDF"),))
    site.settle()
    assert site.slack.ephemeral == []


def test_an_edited_mention_is_answered_once_in_place_of_the_old_answer(site: World) -> None:
    message = site.people.mention(ASHA, OPEN, "a piece of cake?")
    site.settle()
    site.people.edit(message, OPEN, f"<@{BOT_USER}> may I send it?")
    site.settle()
    answers = site.slack.of(OPEN)
    assert len(answers) == 1
    assert "Don't send it" in words(answers)


def test_a_private_answer_to_a_mention_is_gone_on_with_in_its_thread(site: World) -> None:
    site.people.mention(ASHA, OPEN, "Can I send the statement of 07700 900123?")
    site.settle()
    begun, asked = site.slack.of(site.dm())
    assert asked["thread_ts"] == begun["ts"]
    site.people.press(ASHA, asked, site.dm(), "clarify|recipient|0")
    site.settle()
    assert "Don't send it" in words(site.slack.of(site.dm(), begun["ts"]))
    first, second = (message.thread for message in site.assistant.asked)
    assert first == second


def test_with_a_deleted_mention_the_private_answer_goes_too(site: World) -> None:
    message = site.people.mention(ASHA, OPEN, "may I send 07700 900123?")
    site.settle()
    site.people.delete(message, OPEN)
    site.settle()
    assert site.slack.of(OPEN) == site.slack.of(site.dm()) == []


def test_a_file_named_after_a_command_pings_nobody(site: World) -> None:
    said = words(site.ask("", (site.slack.add_file("<!channel>.pdf", b"%PDF"),)))
    assert "&lt;!channel&gt;.pdf" in said
    assert "<!channel>" not in said
