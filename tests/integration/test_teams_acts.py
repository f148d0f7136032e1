"""Buttons, dialogs, message extensions, copies, feedback and cards that come by themselves, in Teams."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form
from bot.platforms.teams.forms import form_card, sent_form
from bot.platforms.teams.references import ANSWERS, FILES
from tests.emulators.teams import CHANNEL
from tests.emulators.teams_people import words_of
from tests.teams_site import ASHA, BEN, LEAD, LEAD_IN_ENTRA, TEAM_CHANNEL, World, answered, the_teams, the_world, until  # noqa: F401

CHAT = "a:asha"
THREAD = f"{CHANNEL};messageid=1700"


def test_a_button_is_acknowledged_and_what_follows_is_posted(world: World) -> None:
    body = world.people.press(ASHA, answered(world), "It went: start the clock")
    assert body["type"] == "application/vnd.microsoft.activity.message"
    (_, clock) = world.people.wait(CHAT, 2)
    assert "The clock is running" in words_of(clock)
    (press,) = world.tried.presses
    assert press.by is not None
    assert (press.act, press.about, press.by.team) == ("tried.clock", "A-1", False)


def test_a_button_pressed_by_an_old_client_is_done_as_well(world: World) -> None:
    answer = answered(world)
    execute = next(one for one in _buttons(answer) if one["title"] == "It went: start the clock")
    world.people.submit_in_chat(ASHA, execute["fallback"]["data"])
    assert len(world.people.wait(CHAT, 2)) == 2


def test_an_invoke_that_comes_again_is_done_once(world: World) -> None:
    answer = answered(world)
    execute = next(one for one in _buttons(answer) if one["title"] == "It went: start the clock")
    value = {"action": {"type": "Action.Execute", "verb": "act", "data": execute["data"]}}
    activity = world.people.activity(ASHA, "invoke", name="adaptiveCard/action", value=value)
    for _ in range(3):
        assert world.people.post(activity).status_code == 200
    world.people.wait(CHAT, 2)
    assert len(world.tried.presses) == 1


@pytest.mark.parametrize("value", [None, {}, {"action": {}}, {"action": {"data": {"sendcheck": 1}}}, [1]])
def test_a_press_that_is_none_of_ours_is_answered_and_not_done(world: World, value: object) -> None:
    body = world.people.invoke(ASHA, "adaptiveCard/action", value)  # type: ignore[arg-type]
    assert "too old" in body["value"]


def test_an_invoke_that_nobody_knows_is_said_to_be_unknown(world: World) -> None:
    activity = world.people.activity(ASHA, "invoke", name="signin/verifyState", value={})
    assert world.people.post(activity).status_code == 501


def test_a_press_in_an_open_channel_is_answered_to_the_presser_alone(world: World) -> None:
    world.people.mention(ASHA, "Can I email the crime report?")
    (answer,) = world.people.wait(THREAD)
    world.people.press(BEN, answer, "It went: start the clock", chat=THREAD)
    assert "The clock is running" in words_of(world.people.wait("a:ben")[0])
    assert len(world.teams.of(THREAD)) == 1


@pytest.mark.parametrize(
    "who, place, chat",
    [(ASHA, TEAM_CHANNEL, TEAM_CHANNEL), (LEAD, f"person/{LEAD_IN_ENTRA}", "a:lead")],
    ids=["the team's channel", "the lead's own chat"],
)
def test_where_the_team_or_its_lead_is_told_they_can_act_at_once(world: World, who: str, place: str, chat: str) -> None:
    answered(world)
    note, close = Button("tried.note", "Close with a note", "R-1", opens_form=True), Button("tried.close", "Close it")
    world.courier.deliver(Card(CardKind.REPORT, "A report", buttons=(close, note)), place, "k")
    (report,) = world.people.wait(chat)
    world.people.press(who, report, "Close it", chat=chat)
    assert "Closed." in words_of(world.people.wait(chat, 2)[1])
    form = world.people.press(who, report, "Close with a note", chat=chat)
    assert "Closed." in str(world.people.submit(who, form, chat, why="Dealt with"))


def test_the_same_press_by_somebody_else_is_refused(world: World) -> None:
    answered(world)
    close = Button("tried.close", "Close it")
    world.courier.deliver(Card(CardKind.REPORT, "A report", buttons=(close,)), f"person/{BEN}", "k")
    (report,) = world.people.wait("a:ben")
    world.people.press(BEN, report, "Close it")
    assert "Only the information team" in words_of(world.people.wait("a:ben", 2)[1])


def test_a_question_of_the_lead_is_asked_as_one_of_the_team(world: World) -> None:
    world.people.write(LEAD, "Can I email the crime report?")
    world.people.wait("a:lead")
    assert world.assistant.asked[0].sender is not None
    assert world.assistant.asked[0].sender.team


def test_a_form_opens_as_a_dialog_and_keeps_what_was_typed_when_something_is_wrong(world: World) -> None:
    form = world.people.press(ASHA, answered(world), "Tell us what happened")
    again = world.people.submit(ASHA, form, story="I rang 07700 900123")
    card = again["task"]["value"]["card"]["content"]
    assert "Leave phone numbers out." in str(card)
    assert "I rang 07700 900123" in str(card)
    second = world.people.submit(ASHA, again, story="I nearly sent it to the wrong person")
    assert second["task"]["value"]["title"] == "Check it"
    wrong = world.people.submit(ASHA, second, how="")
    assert wrong["task"]["value"]["title"] == "Check it"
    assert "Choose how it should be kept." in str(wrong)
    assert "Kept: I nearly sent it to the wrong person" in str(wrong)
    second = wrong
    done = world.people.submit(ASHA, second, how="open")
    assert "Logged. Thank you." in str(done)
    assert world.tried.presses[-1].value("how") == "open"


def test_a_dialog_that_is_sent_twice_is_done_once(world: World) -> None:
    form = world.people.press(ASHA, answered(world), "Tell us what happened")
    world.people.submit(ASHA, form, story="Nearly")
    twice = world.people.submit(ASHA, form, story="Nearly")
    assert "not sent a second time" in str(twice)
    assert len(world.tried.presses) == 1


@pytest.mark.parametrize(
    "story, why", [("store is down", "The database cannot be reached."), ("it crashes", "Something went wrong")]
)
def test_whatever_goes_wrong_no_words_are_lost(world: World, story: str, why: str) -> None:
    form = world.people.press(ASHA, answered(world), "Tell us what happened")
    again = world.people.submit(ASHA, form, story=story)
    assert why in str(again)
    assert "Nothing was sent yet; what you wrote is still here." in str(again)
    assert f"'value': '{story}'" in str(again)


def test_a_form_too_large_to_go_along_says_what_is_wrong(world: World) -> None:
    options = tuple((f"{number}", "words " * 40) for number in range(100))
    large = Form("tried.every", "Large", (Field("where", "Where?", FieldKind.CHOICE, options=options),))
    assert sent_form(form_card(large, "0")["body"][-1]["actions"][0]["data"]["sendcheck"], {}) is None


def test_what_must_not_be_kept_is_shown_in_the_dialog_alone(world: World) -> None:
    form = world.people.press(ASHA, answered(world), "Tell us what happened")
    second = world.people.submit(ASHA, form, story="Nearly")
    done = world.people.submit(ASHA, second, how="code")
    assert "NM-7F3K-92QD" in str(done)
    assert not any("NM-7F3K-92QD" in str(version) for _, version in world.teams.history)


def test_a_client_without_dialogs_gets_the_form_in_the_chat(world: World) -> None:
    button = next(one for one in _buttons(answered(world)) if one["title"] == "Tell us what happened")
    world.people.submit_in_chat(ASHA, button["data"])
    form = world.people.wait(CHAT, 2)[1]
    send = _buttons(form)[0]
    world.people.submit_in_chat(ASHA, {**send["data"], "field-story": "I rang 07700 900123"})
    wrong = world.people.wait(CHAT, 3)[2]
    assert "Leave phone numbers out." in words_of(wrong)
    world.people.submit_in_chat(ASHA, {**_buttons(wrong)[0]["data"], "field-story": "Nearly"})
    assert "Kept: Nearly" in words_of(world.people.wait(CHAT, 4)[3])


def test_every_kind_of_field_goes_out_and_comes_back(world: World) -> None:
    world.people.install(ASHA)
    world.people.wait(CHAT)
    world.courier.deliver(
        Card(CardKind.QUESTION, "All", buttons=(Button("tried.every", "Answer", "A-1", opens_form=True),)),
        f"person/{ASHA}",
        "k",
    )
    card = world.people.wait(CHAT, 2)[1]
    form = world.people.press(ASHA, card, "Answer")
    more = {"causes.several": "rush,names", "when.date": "2026-11-20", "when.time": "17:55"}
    world.people.submit(ASHA, form, where="court", story="s", kind="post", office="o3", seen="yes", **more)
    (press,) = world.tried.presses
    assert dict(press.values) == {
        "where": ("court",), "story": ("s",), "kind": ("post",), "office": ("o3",), "causes": ("rush", "names"),
        "seen": ("yes",), "when": ("2026-11-20T17:55",),
    }  # fmt: skip


def test_a_reply_that_follows_a_form_is_shown_and_stands_in_the_chat(world: World) -> None:
    form = world.people.press(ASHA, answered(world), "Correct this")
    done = world.people.submit(ASHA, form, recipient="court")
    assert "OK to send to the court." in str(done)
    assert "OK to send to the court." in words_of(world.people.wait(CHAT, 2)[1])


def test_a_finding_is_passed_over_on_request(world: World) -> None:
    world.people.write(ASHA, "For the court", (world.teams.add_file("a.pdf", b"x"),))
    (answer,) = world.people.wait(CHAT)
    world.people.press(ASHA, answer, "Pass over it", **{"passed-0": "digest-3|phone"})
    assert "Remembered" in words_of(world.people.wait(CHAT, 2)[1])
    assert world.assistant.allowed == [("digest-3", "phone")]


def test_a_copy_is_offered_and_put_where_teams_says(world: World) -> None:
    world.people.write(ASHA, "For the court", (world.teams.add_file("a.pdf", b"x"),))
    (answer,) = world.people.wait(CHAT)
    world.people.press(ASHA, answer, "Redacted copy")
    until(lambda: len(world.teams.of(CHAT)) == 2 and "consent" in str(world.teams.of(CHAT)[1]))
    consent = world.teams.of(CHAT)[1]
    assert consent["attachments"][0]["name"] == "a (redacted).pdf"
    upload = world.teams.add_upload()
    world.people.consent(ASHA, consent, "accept", upload)
    until(lambda: "file.info" in str(world.teams.of(CHAT)[-1]))
    assert world.teams.uploads[upload["uniqueId"]] == b"x copied"
    until(lambda: consent["id"] not in [one["id"] for one in world.teams.of(CHAT)])


def test_a_copy_that_is_declined_goes_nowhere(world: World) -> None:
    world.people.write(ASHA, "For the court", (world.teams.add_file("a.pdf", b"x"),))
    (answer,) = world.people.wait(CHAT)
    world.people.press(ASHA, answer, "Redacted copy")
    until(lambda: "consent" in str(world.teams.of(CHAT)[-1]))
    world.people.consent(ASHA, world.teams.of(CHAT)[-1], "decline")
    until(lambda: "not kept" in words_of(world.teams.of(CHAT)[-1]))
    assert world.teams.uploads == {}


def test_a_copy_of_a_file_whose_link_has_expired_asks_for_it_again(world: World) -> None:
    world.people.write(ASHA, "For the court", (world.teams.add_file("a.pdf", b"x"),))
    (answer,) = world.people.wait(CHAT)
    world.teams.files.clear()
    world.people.press(ASHA, answer, "Redacted copy")
    assert "Attach it again" in words_of(world.people.wait(CHAT, 2)[1])


def test_nobody_else_gets_a_copy_of_a_file(world: World) -> None:
    world.people.write(ASHA, "For the court", (world.teams.add_file("a.pdf", b"x"),))
    (answer,) = world.people.wait(CHAT)
    world.people.press(BEN, answer, "Redacted copy")
    assert "no longer there" in words_of(world.people.wait("a:ben")[0])
    assert world.assistant.copied == []


def test_an_upload_elsewhere_is_not_made(world: World) -> None:
    world.people.write(ASHA, "For the court", (world.teams.add_file("a.pdf", b"x"),))
    (answer,) = world.people.wait(CHAT)
    world.people.press(ASHA, answer, "Redacted copy")
    until(lambda: "consent" in str(world.teams.of(CHAT)[-1]))
    upload = {**world.teams.add_upload(), "uploadUrl": "https://evil.example/put"}
    world.people.consent(ASHA, world.teams.of(CHAT)[-1], "accept", upload)
    until(lambda: "not on the list of file hosts" in words_of(world.teams.of(CHAT)[-1]))
    assert world.teams.uploads[upload["uniqueId"]] is None


def test_the_thumb_under_an_answer_says_that_it_helped(world: World) -> None:
    answer = answered(world)
    assert answer["channelData"] == {"feedbackLoop": {"type": "default"}}
    assert "Helpful" not in [
        one["title"] for one in _buttons(answer) if one["data"]["sendcheck"]["act"] == "answer.helpful"
    ]
    world.people.feel(ASHA, answer, "like")
    until(lambda: len(world.felt) == 1)
    assert (world.felt[0].act, world.felt[0].about) == ("answer.helpful", "A-1")


def test_the_other_thumb_carries_a_word_of_why(world: World) -> None:
    world.people.feel(ASHA, answered(world), "dislike", "out of date")
    until(lambda: len(world.felt) == 1)
    assert (world.felt[0].act, world.felt[0].value("text")) == ("answer.not_helpful", "out of date")


def test_links_of_files_are_forgotten_after_a_day_and_answers_after_a_month(world: World) -> None:
    world.people.write(ASHA, "For the court", (world.teams.add_file("a.pdf", b"x"),))
    (answer,) = world.people.wait(CHAT)
    kept, now = world.site.references, datetime.now(UTC)
    until(lambda: kept.noted(ANSWERS, CHAT + answer["id"], now) is not None)
    assert kept.purge(now) == 0
    assert kept.purge(now + timedelta(days=2)) == 1
    assert kept.kept.keys(FILES) == ()
    assert kept.purge(now + timedelta(days=32)) == 2


def test_a_removed_app_forgets_the_chat(world: World) -> None:
    world.people.install(ASHA)
    world.people.wait(CHAT)
    assert world.site.references.with_person(ASHA) is not None
    world.people.send(world.people.activity(ASHA, "installationUpdate", action="remove"))
    until(lambda: world.site.references.with_person(ASHA) is None)


def test_no_words_of_people_lie_open_in_the_database(world: World, tmp_path: object) -> None:
    world.people.write(ASHA, "A very telling question", (world.teams.add_file("telling-name.pdf", b"x"),))
    world.people.wait(CHAT)
    for file in tmp_path.iterdir():  # type: ignore[attr-defined]
        content = file.read_bytes()
        assert b"telling" not in content
        assert b"29:asha" not in content


def _buttons(message: dict[str, object]) -> list[dict[str, object]]:
    from tests.emulators.teams_people import _actions

    return _actions(message["attachments"])
