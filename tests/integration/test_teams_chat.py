"""Asking in Teams: in the chat with the app alone, in channels, with files, edited and deleted."""

from dataclasses import replace

import pytest

from bot.domain.message import Message
from bot.domain.nearmiss import ScrubbedText
from bot.domain.reply import Clarify
from tests.emulators.teams import CHANNEL, GROUP, OTHER_TENANT
from tests.emulators.teams_people import titles, words_of
from tests.teams_site import ASHA, BEN, TEAM_CHANNEL, World, answered, the_teams, the_world, until  # noqa: F401
from tests.web_component import OPEN_CLOCK, short_reply

CHAT = "a:asha"


def test_a_question_is_answered_where_the_progress_stood(world: World) -> None:
    world.people.write(ASHA, "Can I email the crime report to the defence?")
    (answer,) = world.people.wait(CHAT)
    assert "Don't send it with the contact page." in words_of(answer)
    assert "A witness's address never goes to the defence." in words_of(answer)
    first, last = [one for chat, one in world.teams.history if chat == CHAT]
    assert (first["id"], first["summary"]) == (last["id"], "Reading the guidance…")
    assert world.teams.typing == [CHAT]


def test_only_what_a_language_model_worded_is_labelled_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.people.write(ASHA, "Can I email the crime report?")
    (plain,) = world.people.wait(CHAT)
    assert "entities" not in plain
    respond = world.assistant.respond
    monkeypatch.setattr(world.assistant, "respond", lambda *asked: replace(respond(*asked), by_model=True))
    world.people.write(ASHA, "Can I email the crime report?")
    labelled = world.people.wait(CHAT, 2)[1]
    assert labelled["entities"][0]["additionalType"] == ["AIGeneratedContent"]
    assert labelled["entities"][0]["@type"] == "Message"


def test_a_message_without_words_gets_help(world: World) -> None:
    world.people.write(ASHA, " ")
    answer = world.people.wait(CHAT, 2)[0]
    assert "Log a near miss" in titles(answer)
    assert world.asked() == []


def test_a_choice_carries_the_conversation_on(world: World) -> None:
    world.people.write(ASHA, "Can I send the statement?")
    (asked,) = world.people.wait(CHAT)
    body = world.people.press(ASHA, asked, "The defence")
    assert body["statusCode"] == 200
    world.people.wait(CHAT, 2)
    last = world.assistant.asked[-1]
    assert (last.text, last.answers) == ("The defence", (("recipient", "defence"),))
    assert last.thread == world.assistant.asked[0].thread == f"teams:{CHAT}"


def test_a_question_back_with_many_answers_hinders_no_other_button(world: World) -> None:
    options = tuple((f"r{number}", f"Recipient {number}") for number in range(12))
    many = short_reply("That depends on who it is for.")
    many = replace(many, clarify=Clarify("recipient", "Who is it going to?", options), buttons=(OPEN_CLOCK,))
    world.assistant.respond = lambda *asked: many  # type: ignore[method-assign]
    world.people.write(ASHA, "Can I send the statement?")
    (asked,) = world.people.wait(CHAT)
    world.people.press(ASHA, asked, "It went: start the clock")
    assert "The clock is running" in words_of(world.people.wait(CHAT, 2)[1])
    del world.assistant.respond
    world.people.press(ASHA, asked, "Choose", **{"choice-recipient": "r7"})
    world.people.wait(CHAT, 3)
    assert world.assistant.asked[-1].answers == (("recipient", "r7"),)


def test_a_file_is_fetched_without_our_token_and_checked(world: World) -> None:
    file = world.teams.add_file("statement.pdf", b"a statement")
    world.people.write(ASHA, "For the court", (file,))
    (answer,) = world.people.wait(CHAT)
    (attachment,) = world.assistant.asked[0].attachments
    assert (attachment.name, attachment.content) == ("statement.pdf", b"a statement")
    assert "statement.pdf" in words_of(answer)


def test_a_pasted_picture_is_read_with_our_token(world: World) -> None:
    picture = world.teams.add_picture(b"a picture")
    world.people.write(ASHA, "", (picture,))
    world.people.wait(CHAT)
    (attachment,) = world.assistant.asked[0].attachments
    assert attachment.content == b"a picture"


@pytest.mark.parametrize(
    "address, why",
    [
        ("https://files.example/statement.pdf", "may not read"),
        ("http://169.254.169.254/latest", "may not read"),
        ("http://site.sharepoint.com/plain", "may not read"),
        ("https://sharepoint.com.evil.example/x", "may not read"),
    ],
)
def test_a_file_elsewhere_is_not_fetched_and_that_is_said(world: World, address: str, why: str) -> None:
    file = world.teams.add_file("statement.pdf", b"a statement", downloadUrl=address)
    world.people.write(ASHA, "For the court", (file,))
    world.people.wait(CHAT)
    ((name, said),) = world.assistant.asked[0].missing
    assert name == "statement.pdf"
    assert why in said


def test_a_link_that_leads_elsewhere_is_not_followed(world: World) -> None:
    file = world.teams.add_file("statement.pdf", b"a statement")
    world.teams.redirects[file["content"]["uniqueId"]] = "http://localhost:1/elsewhere"
    world.people.write(ASHA, "For the court", (file,))
    world.people.wait(CHAT)
    assert "may not read" in world.assistant.asked[0].missing[0][1]


def test_an_expired_link_asks_for_the_file_again(world: World) -> None:
    file = world.teams.add_file("statement.pdf", b"a statement")
    world.teams.files.clear()
    world.people.write(ASHA, "For the court", (file,))
    world.people.wait(CHAT)
    assert "Attach the file again" in world.assistant.asked[0].missing[0][1]


def test_a_file_that_is_too_large_is_not_read_to_its_end(world: World) -> None:
    file = world.teams.add_file("video.mp4", b"x" * (2 * 1024 * 1024))
    world.people.write(ASHA, "For the court", (file,))
    world.people.wait(CHAT)
    assert "larger than the 1 MB" in world.assistant.asked[0].missing[0][1]


def test_a_picture_elsewhere_is_not_shown_our_token(world: World) -> None:
    picture = {"contentType": "image/png", "contentUrl": f"{world.teams.url.replace('127.0.0.1', 'localhost')}/files/x"}
    world.people.write(ASHA, "", (picture,))
    world.people.wait(CHAT)
    assert "Attach it as a file" in world.assistant.asked[0].missing[0][1]


def test_a_mention_in_a_channel_is_answered_in_its_thread(world: World) -> None:
    world.people.mention(ASHA, "Can I email the crime report?")
    (answer,) = world.people.wait(f"{CHANNEL};messageid=1700")
    assert "Don't send it" in words_of(answer)
    assert world.asked() == ["Can I email the crime report?"]


def test_what_is_said_in_a_channel_without_a_mention_is_left_alone(world: World) -> None:
    world.people.send(world.people.activity(ASHA, "message", chat=f"{CHANNEL};messageid=1", text="Lunch?"))
    world.people.mention(ASHA, "Can I email the crime report?")
    world.people.wait(f"{CHANNEL};messageid=1700")
    assert world.asked() == ["Can I email the crime report?"]


def test_a_file_in_a_channel_leads_to_the_private_chat_with_the_question(world: World) -> None:
    words = {"contentType": "text/html", "content": '<div>x</div><attachment id="1"></attachment>'}
    world.people.mention(ASHA, "May this go to the defence?", attachments=[words])
    (answer,) = world.people.wait(f"{CHANNEL};messageid=1700")
    link = answer["attachments"][0]["content"]["body"][-1]["actions"][0]["url"]
    assert link.startswith("https://teams.microsoft.com/l/chat/0/0?users=28:")
    assert link.endswith("message=May%20this%20go%20to%20the%20defence%3F")
    assert world.asked() == []


def test_where_outsiders_listen_it_is_silent_and_says_so_in_private(world: World) -> None:
    world.teams.add_person("guest", CHANNEL, userRole="guest")
    world.people.mention(ASHA, "Can I email the crime report?")
    (told,) = world.people.wait(CHAT)
    assert "I stay silent" in words_of(told)
    assert world.teams.of(f"{CHANNEL};messageid=1700") == []
    assert world.asked() == []


@pytest.mark.parametrize(
    "more",
    [
        {"userRole": "guest"},
        {"userPrincipalName": "eve_other.example#EXT#@site.example"},
        {"userRole": "anonymous"},
        {"tenantId": OTHER_TENANT},
    ],
)
def test_an_outsider_is_told_and_not_read(world: World, more: dict[str, str]) -> None:
    eve = world.teams.add_person("eve", **more)
    world.people.write(eve, "Can I email the crime report?")
    (told,) = world.people.wait("a:eve")
    assert "only help members" in words_of(told)
    assert world.asked() == []


def test_somebody_that_teams_does_not_know_is_an_outsider(world: World) -> None:
    world.people.write("29:nobody", "Can I email the crime report?")
    world.people.wait("a:nobody")
    assert world.asked() == []


def test_the_help_brings_what_is_mine(world: World) -> None:
    world.people.write(ASHA, "Help")
    helped, mine = world.people.wait(CHAT, 2)
    assert "Ask in your own words" in words_of(helped)
    assert "Your reports" in words_of(mine)
    assert world.asked() == []


def test_what_is_about_a_person_is_gone_on_with_where_it_is_answered(world: World) -> None:
    world.assistant.preview = lambda text: ScrubbedText(text, 1)  # type: ignore[method-assign]
    world.people.mention(ASHA, "Can I send the statement of 07700 900123?")
    (asked,) = world.people.wait(CHAT)
    world.people.press(ASHA, asked, "The defence")
    world.people.wait(CHAT, 2)
    assert [message.thread for message in world.assistant.asked] == [f"teams:{CHAT}"] * 2


@pytest.mark.parametrize("text", ["Can I send it? 07700 900123", "I fear it went to the wrong person: it went"])
def test_whoever_has_no_chat_with_the_app_is_led_there_and_told_nothing_in_public(world: World, text: str) -> None:
    world.assistant.preview = lambda said: ScrubbedText(said, int("07700" in said))  # type: ignore[method-assign]
    world.teams.uninstalled.add(ASHA)
    world.people.mention(ASHA, text)
    (told,) = world.people.wait(f"{CHANNEL};messageid=1700")
    assert "no chat of our own yet" in words_of(told)
    assert "07700" not in str(told)
    assert "It went" not in words_of(told)


def test_where_outsiders_listen_it_is_silent_even_if_it_can_tell_nobody(world: World) -> None:
    world.teams.add_person("guest", CHANNEL, userRole="guest")
    world.teams.uninstalled.add(ASHA)
    world.people.mention(ASHA, "Can I email the crime report?")
    until(lambda: world.counted["no_chat_of_their_own"] == 1)
    assert world.teams.history == []


def test_a_guest_who_presses_a_button_is_told_in_private(world: World) -> None:
    world.people.mention(ASHA, "Can I email the crime report?")
    (answer,) = world.people.wait(f"{CHANNEL};messageid=1700")
    eve = world.teams.add_person("eve", CHANNEL, userRole="guest")
    world.people.press(eve, answer, "It went: start the clock", chat=f"{CHANNEL};messageid=1700")
    (told,) = world.people.wait("a:eve")
    assert "only help members" in words_of(told)
    assert world.tried.presses == []


def test_a_group_chat_is_answered_when_it_mentions_the_app(world: World) -> None:
    world.people.mention(BEN, "Can I email the crime report?", chat=GROUP)
    world.people.wait(GROUP)
    assert world.asked() == ["Can I email the crime report?"]


def test_an_edited_question_is_answered_in_place_of_the_old_answer(world: World) -> None:
    message = world.people.write(ASHA, "Can I email cake?")
    (old,) = world.people.wait(CHAT)
    world.people.edit(message, "Can I email the crime report?")
    until(lambda: "Don't send it" in words_of(world.teams.of(CHAT)[0]))
    assert [one["id"] for one in world.teams.of(CHAT)] == [old["id"]]


def test_an_edited_question_about_a_person_leaves_one_answer_and_one_word_about_it(world: World) -> None:
    world.assistant.preview = lambda text: ScrubbedText(text, int("07700" in text))  # type: ignore[method-assign]
    thread = f"{CHANNEL};messageid=1700"
    message = world.people.mention(ASHA, "Can I email cake to 07700 900123?")
    world.people.wait(CHAT)
    world.people.wait(thread)
    message = world.people.edit(message, "<at>Check</at> Can I email the crime report to 07700 900123?")
    until(lambda: "Don't send it" in words_of(world.teams.of(CHAT)[0]))
    assert [len(world.people.wait(chat)) for chat in (CHAT, thread)] == [1, 1]
    message = world.people.edit(message, "<at>Check</at> Can I email the crime report?")
    until(lambda: "Don't send it" in words_of(world.teams.of(thread)[-1]))
    until(lambda: world.teams.of(CHAT) == [])
    world.people.delete(message)
    until(lambda: world.teams.of(thread) == [])


def test_a_deleted_question_takes_its_answer_along(world: World) -> None:
    message = world.people.write(ASHA, "Can I email the crime report?")
    world.people.wait(CHAT)
    world.people.delete(message)
    until(lambda: world.teams.of(CHAT) == [])
    assert world.asked() == ["Can I email the crime report?"]


def test_a_reaction_and_our_own_echo_are_left_alone(world: World) -> None:
    message = world.people.write(ASHA, "Can I email the crime report?")
    (answer,) = world.people.wait(CHAT)
    world.people.react(ASHA, answer)
    echo = world.people.activity("28:other-app", "message", text="Can I email the crime report?")
    world.people.send({**echo, "conversation": message["conversation"]})
    world.people.write(ASHA, "And the cake?")
    world.people.wait(CHAT, 2)
    assert world.asked() == ["Can I email the crime report?", "And the cake?"]
    assert (world.counted["ignored"], world.counted["own_echo"]) == (1, 1)


def test_an_install_welcomes_once_with_questions_to_begin_with(world: World) -> None:
    world.people.install(ASHA)
    (welcome,) = world.people.wait(CHAT)
    assert "Can I email this?" in titles(welcome)
    assert world.counted["repeated"] == 1


def test_other_members_joining_get_no_welcome(world: World) -> None:
    world.people.send(world.people.activity(ASHA, "conversationUpdate", chat=CHANNEL, membersAdded=[{"id": BEN}]))
    assert world.teams.of(CHANNEL) == []
    assert world.counted["ignored"] == 1


def test_a_breach_told_of_in_a_channel_is_answered_in_private(world: World) -> None:
    world.people.mention(ASHA, "I fear it went to the wrong person: it went")
    (private,) = world.people.wait(CHAT)
    assert "It went: do this now" in words_of(private)
    (public,) = world.people.wait(f"{CHANNEL};messageid=1700")
    assert "answered you in our own chat" in words_of(public)


def test_a_member_of_the_team_acts_for_it_in_its_channel(world: World) -> None:
    world.people.mention(ASHA, "Can I email the crime report?", chat=TEAM_CHANNEL)
    world.people.wait(TEAM_CHANNEL)
    asked: Message = world.assistant.asked[0]
    assert asked.sender is not None
    assert asked.sender.team
