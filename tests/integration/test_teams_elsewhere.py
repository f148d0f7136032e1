"""The message extension of Teams, and cards that come by themselves."""

import pytest

from bot.domain.card import CardKind
from bot.domain.ports.post import DeliveryError
from bot.platforms.teams.gate import Gate
from bot.platforms.teams.platform import doctor
from bot.platforms.teams.tokens import Credentials
from tests.emulators.teams import CHANNEL, TENANT, Failure
from tests.emulators.teams_people import titles
from tests.teams_site import ASHA, BEN, TEAM_CHANNEL, World, answered, the_teams, the_world  # noqa: F401
from tests.web_component import card_of

CHAT = "a:asha"


def test_the_words_of_a_message_begin_the_report_about_it(world: World) -> None:
    world.site.desk._acts["report.new"] = world.site.desk._acts["tried.tell"]  # type: ignore[attr-defined]
    form = world.people.extension(ASHA, "reportMessage", "I <b>nearly</b> sent it")
    assert "'value': 'I nearly sent it'" in str(form)
    assert "Kept: I nearly sent it" in str(world.people.submit(ASHA, form, name="composeExtension/submitAction"))


@pytest.mark.parametrize("question, why", [("store is down", "cannot be reached"), ("break it", "went wrong")])
def test_a_question_of_the_compose_box_that_fails_is_still_there(world: World, question: str, why: str) -> None:
    form = world.people.extension(ASHA, "askAndInsert", context="compose")
    again = world.people.submit(ASHA, form, name="composeExtension/submitAction", question=question)
    assert why in str(again)
    assert f"'value': '{question}'" in str(again)


def test_a_message_is_asked_about_in_a_dialog(world: World) -> None:
    body = world.people.extension(ASHA, "checkMessage", "Can I email <i>the crime report</i>?")
    assert "Don't send it with the contact page." in str(body)
    assert world.asked() == ["Can I email the crime report?"]
    assert "Ask that again" in titles(world.people.wait(CHAT)[0])
    assert world.assistant.asked[0].thread == f"teams:{CHAT}"


def test_a_message_that_tells_of_a_breach_starts_its_path(world: World) -> None:
    body = world.people.extension(ASHA, "checkMessage", "I fear it went to the wrong person: it went")
    assert "It went: do this now" in str(body)
    assert "Tell us what happened" in titles(world.people.wait(CHAT)[0])


def test_a_message_of_two_people_is_asked_about_in_the_chat_with_the_app(world: World) -> None:
    between = "19:asha_ben@unq.gbl.spaces"
    payload = {"commandId": "checkMessage", "messagePayload": {"body": {"content": "Can I email the crime report?"}}}
    activity = world.people.activity(ASHA, "invoke", chat=between, name="composeExtension/fetchTask", value=payload)
    activity["conversation"] |= {"conversationType": "personal", "isGroup": False}
    assert "Don't send it" in world.people.post(activity).text
    world.people.wait(CHAT)
    assert world.teams.of(between) == []


def test_a_message_without_words_is_not_asked_about(world: World) -> None:
    assert "no words" in str(world.people.extension(ASHA, "checkMessage", ""))


def test_an_answer_is_inserted_into_the_compose_box_without_buttons(world: World) -> None:
    form = world.people.extension(ASHA, "askAndInsert", context="compose")
    body = world.people.submit(
        ASHA, form, name="composeExtension/submitAction", chat="19:elsewhere@thread.v2", question="May I email it?"
    )  # fmt: skip
    (attachment,) = body["composeExtension"]["attachments"]
    assert "Don't send it" in str(attachment["content"])
    assert titles({"attachments": [attachment]}) == []


def test_a_guest_gets_nothing_from_the_message_extension(world: World) -> None:
    eve = world.teams.add_person("eve", userRole="guest")
    body = world.people.extension(eve, "checkMessage", "Can I email the crime report?")
    assert "only help members" in str(body)
    assert world.asked() == []


def test_a_card_is_delivered_once_to_a_channel_and_to_a_person(world: World) -> None:
    answered(world)
    for place in (CHANNEL, f"person/{BEN}"):
        for _ in range(2):
            world.courier.deliver(card_of(CardKind.REMINDER), place, "alarm-1")
    assert len(world.teams.of(CHANNEL)) == 1
    assert len(world.teams.of("a:ben")) == 1


def test_a_digest_carries_its_picture(world: World) -> None:
    answered(world)
    world.courier.deliver(card_of(CardKind.DIGEST), CHANNEL, "digest")
    (digest,) = world.teams.of(CHANNEL)
    image = next(one for one in digest["attachments"][0]["content"]["body"] if one["type"] == "Image")
    assert image["url"].startswith("data:image/png;base64,")
    assert image["altText"].startswith("Near misses: 6")


def test_nobody_can_be_written_to_before_teams_was_met(world: World) -> None:
    with pytest.raises(DeliveryError, match="never added") as caught:
        world.courier.deliver(card_of(CardKind.REMINDER), CHANNEL, "k")
    assert not caught.value.permanent


def test_what_teams_asks_to_wait_for_is_told_to_whoever_delivers(world: World) -> None:
    answered(world)
    world.teams.fail(Failure(429, retry_after=90))
    with pytest.raises(DeliveryError) as caught:
        world.courier.deliver(card_of(CardKind.REMINDER), CHANNEL, "k")
    assert (caught.value.permanent, caught.value.retry_after) == (False, 90.0)


def test_the_doctor_looks_for_the_keys_and_who_reads_the_teams_channel(world: World) -> None:
    world.people.mention(ASHA, "Can I email the crime report?", chat=TEAM_CHANNEL)
    world.people.wait(TEAM_CHANNEL)
    world.people.mention(ASHA, "Can I email the crime report?")
    world.people.wait(f"{CHANNEL};messageid=1700")
    world.teams.add_person("guest", CHANNEL, userRole="guest")
    given = Credentials(metadata_url=world.teams.metadata_url, app_id="x")
    channels = (TEAM_CHANNEL, CHANNEL, "19:never@thread.tacv2")
    found = list(doctor(world.site.connectors, given, world.site.references, Gate(TENANT), channels))
    assert [one.fine for one in found] == [True, True, True, False, False]
    assert "guests" in found[3].said
    assert "not joined by the app" in found[4].said
    world.teams.keys_away = True
    assert not list(doctor(world.site.connectors, given, world.site.references, Gate(TENANT), ()))[1].fine
