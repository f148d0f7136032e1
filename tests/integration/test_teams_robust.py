"""What goes wrong around an answer in Teams: tries that end, refusals, repeats, several files at once."""

import threading

import pytest

from bot.domain.nearmiss import ScrubbedText
from bot.domain.ports.post import DeliveryError
from tests.emulators.teams import CHANNEL, Failure
from tests.emulators.teams_people import _actions, words_of
from tests.teams_site import ASHA, Tries, World, the_teams, the_world, until  # noqa: F401

CHAT = "a:asha"
ONCE_EACH = [(True, False, False), (False, True, False), (False, False, True)]
"""The first file, the second file, and the answer, each in a message of its own."""


def test_a_message_that_teams_sends_again_is_answered_once(world: World) -> None:
    message = world.people.write(ASHA, "Can I email the crime report?")
    for _ in range(3):
        world.people.send(message)
    world.people.wait(CHAT)
    assert world.asked() == ["Can I email the crime report?"]
    assert world.counted["repeated"] == 3


@pytest.mark.parametrize("status", [412, 429, 500, 502, 503, 504])
def test_a_refusal_that_passes_is_tried_again(world: World, status: int) -> None:
    world.teams.fail(Failure(status), Failure(status, retry_after=1))
    world.people.write(ASHA, "Can I email the crime report?")
    (answer,) = world.people.wait(CHAT)
    assert "Don't send it" in words_of(answer)


def test_each_of_several_files_is_told_of_as_it_is_ready(world: World) -> None:
    world.assistant.between = threading.Event()
    files = tuple(world.teams.add_file(f"{name}.pdf", b"x") for name in ("one", "two"))
    message = world.people.write(ASHA, "For the court", files)
    until(lambda: len(world.teams.of(CHAT)) == 2)
    first, progress = world.teams.of(CHAT)
    assert "one.pdf" in words_of(first)
    assert progress["summary"] == "Checking your file…"
    world.assistant.between.set()
    until(lambda: len(world.teams.of(CHAT)) == 3)
    said = [words_of(one) for one in world.people.wait(CHAT, 3)]
    assert [("one.pdf" in one, "two.pdf" in one, "Don't send it with" in one) for one in said] == ONCE_EACH
    assert world.people.wait(CHAT, 3)[0]["id"] == first["id"]
    # Deleted, the question takes all of it along.
    world.people.delete(message)
    until(lambda: world.teams.of(CHAT) == [])


def test_a_file_that_was_told_of_early_is_not_told_of_again_by_another_try(world: World) -> None:
    files = tuple(world.teams.add_file(f"{name}.pdf", b"x") for name in ("one", "two"))
    tries = Tries(world, world.people.activity(ASHA, "message", text="For the court", attachments=list(files)))
    # The reports go out, and the reply does not.
    world.teams.fail(*[Failure(0)] * 7, *[Failure(503)] * 4)
    with pytest.raises(DeliveryError):
        tries.next()
    tries.next()
    said = [words_of(one) for one in world.teams.of(CHAT)]
    assert [("one.pdf" in one, "two.pdf" in one, "Don't send it with" in one) for one in said] == ONCE_EACH
    assert len(said) == 3


def test_a_try_that_ended_while_it_posted_leaves_a_word_about_the_card_it_left(world: World) -> None:
    world.people.install(ASHA)
    world.people.wait(CHAT)
    tries = Tries(world, world.people.activity(ASHA, "message", text="Can I email the crime report?"))
    tries.note = '{"posting": true}'
    tries.next()
    assert "I was interrupted" in words_of(world.teams.of(CHAT)[-1])


def test_a_card_that_teams_took_without_saying_so_is_explained(world: World) -> None:
    world.people.install(ASHA)
    world.people.wait(CHAT)
    tries = Tries(world, world.people.activity(ASHA, "message", text="Can I email the crime report?"))
    world.teams.fail(Failure(0), Failure(0), Failure(502, kept=True))
    tries.next()
    said = [words_of(one) for one in world.teams.of(CHAT)[1:]]
    assert said[0] == "Reading the guidance…"
    assert "I was interrupted" in said[1]


def test_what_was_held_in_private_is_finished_there_when_it_is_given_up(world: World) -> None:
    world.assistant.preview = lambda text: ScrubbedText(text, 1)  # type: ignore[method-assign]
    tries = Tries(world, world.people.mentioning(ASHA, "break 07700 900123"))
    with pytest.raises(RuntimeError):
        tries.next()
    assert [one["summary"] for one in world.teams.of(CHAT)] == ["Reading the guidance…"]
    tries.give_up()
    assert ["went wrong on our side" in words_of(one) for one in world.teams.of(CHAT)] == [True]
    assert world.teams.of(f"{CHANNEL};messageid=1700") == []


def test_a_press_whose_outcome_could_not_be_shown_is_not_done_again(world: World) -> None:
    world.people.write(ASHA, "Can I email the crime report?")
    (answer,) = world.people.wait(CHAT)
    button = next(one for one in _actions(answer["attachments"]) if one["title"] == "It went: start the clock")
    value = {"action": {"type": "Action.Execute", "data": button["data"]}}
    tries = Tries(world, world.people.activity(ASHA, "invoke", name="adaptiveCard/action", value=value))
    world.teams.fail(*[Failure(503)] * 4)
    with pytest.raises(DeliveryError):
        tries.next()
    tries.next()
    assert "The clock is running" in words_of(world.teams.of(CHAT)[1])
    assert len(world.tried.presses) == 1


def test_a_message_that_somebody_deleted_meanwhile_is_posted_anew(world: World) -> None:
    file = world.teams.add_file("statement.pdf", b"a statement")
    world.assistant.go_on = threading.Event()
    world.people.write(ASHA, "For the court", (file,))
    until(lambda: len(world.assistant.asked) == 1)
    world.teams.activities[CHAT].clear()
    world.assistant.go_on.set()
    (answer,) = world.people.wait(CHAT)
    assert "statement.pdf" in words_of(answer)


def test_answers_in_one_conversation_come_in_the_order_of_the_questions(world: World) -> None:
    for number in range(6):
        world.people.write(ASHA, f"Can I email report {number}?")
    world.people.wait(CHAT, 6)
    assert world.asked() == [f"Can I email report {number}?" for number in range(6)]


def test_what_fails_again_and_again_is_said_where_the_answer_would_stand(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turns.MOST_TRIES", 1)
    world.people.write(ASHA, "break")
    (told,) = world.people.wait(CHAT)
    assert "Something went wrong on our side" in words_of(told)
