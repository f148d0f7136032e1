"""The same message has the same answer in the web chat, in Slack and in Teams: verdict, words, buttons."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from starlette.testclient import TestClient

from bot.desk import Desk
from bot.domain.component import Press
from bot.domain.message import Message
from bot.domain.reply import Reply
from bot.platforms.web.app import create_app
from tests.emulators import slack_site
from tests.emulators.slack import Json
from tests.emulators.slack_site import Acts, SlackAssistant
from tests.emulators.teams_people import titles, words_of
from tests.teams_site import ASHA, World, the_teams, the_world  # noqa: F401  (the_… are fixtures)

STOP, CLARIFIES, NOT_COVERED, WENT = (
    "Can I email the crime report?", "Can I send the statement?", "A cake for the office?", "I fear it went: it went",
)  # fmt: skip
HOSTILE = "[click](http:evil.example) <!channel> *b* & <b>.pdf"
"""A name that is markup to one platform or another."""


@dataclass
class Shown:
    """What somebody sees of an answer."""

    words: str
    buttons: list[str]


class Chat(Protocol):
    """One person's conversation with the app on one platform."""

    def ask(self, text: str, file: tuple[str, bytes] | None = None) -> Shown:
        """Write to the app, and wait for what it says."""

    def press(self, button: str) -> Shown:
        """Press a button of the last answer, and wait for what follows."""


@dataclass
class Web:
    """The web chat over HTTP, without script."""

    client: TestClient
    page: str = ""

    def ask(self, text: str, file: tuple[str, bytes] | None = None) -> Shown:
        return self._seen(self.client.post("/ask", data={"text": text}, files={"files": file} if file else None).text)

    def press(self, button: str) -> Shown:
        option = re.search(rf'name="option" value="([^"]+)"[^>]*>\s*{re.escape(button)}', self.page)
        exchange = re.findall(r'name="answering" value="([^"]+)"', self.page)
        assert option
        return self._seen(self.client.post("/ask", data={"answering": exchange[-1], "option": option[1]}).text)

    def _seen(self, page: str) -> Shown:
        self.page = page
        last = page[page.rindex('<article class="exchange" id=') :].partition("<template")[0]
        buttons = [_text(one) for one in re.findall(r"<button[^>]*>(.*?)</button>", last, re.S)]
        return Shown(_text(last), buttons)


@dataclass
class InSlack:
    """A direct message in Slack."""

    world: slack_site.World
    last: list[Json] = field(default_factory=list)
    thread: str | None = None

    def ask(self, text: str, file: tuple[str, bytes] | None = None) -> Shown:
        files = (self.world.slack.add_file(*file),) if file else ()
        self.last = self.world.ask(text, files)
        return self._seen()

    def press(self, button: str) -> Shown:
        message = self.last[-1]
        action = next(one for one in _slack_buttons(self.last) if one[0] == button)[1]
        before = len(self.world.slack.of(self.world.dm()))
        self.world.people.press(slack_site.ASHA, message, self.world.dm(), action)
        self.world.settle()
        self.last = self.world.slack.of(self.world.dm())[before:]
        return self._seen()

    def _seen(self) -> Shown:
        said = html.unescape(slack_site.words(self.last))
        return Shown(_plain(said), [words for words, _ in _slack_buttons(self.last)])


@dataclass
class InTeams:
    """The chat with the app in Teams."""

    world: World
    seen: int = 0

    def ask(self, text: str, file: tuple[str, bytes] | None = None) -> Shown:
        files = (self.world.teams.add_file(*file),) if file else ()
        self.world.people.write(ASHA, text, files)
        return self._seen()

    def press(self, button: str) -> Shown:
        last = self.world.teams.of("a:asha")[-1]
        self.world.people.press(ASHA, last, button)
        return self._seen()

    def _seen(self) -> Shown:
        found = self.world.people.wait("a:asha", self.seen + 1)[self.seen :]
        self.seen += len(found)
        felt = ["Helpful"] if any("feedbackLoop" in one.get("channelData", {}) for one in found) else []
        buttons = [title for one in found for title in titles(one)]
        return Shown(_plain(" ".join(words_of(one).replace("\\", "") for one in found)), [*buttons, *felt])


@dataclass
class Platform:
    """A chat, and what reached the assistant and the desk behind it."""

    chat: Chat
    assistant: SlackAssistant
    acts: Acts

    @property
    def asked(self) -> list[Message]:
        return self.assistant.asked

    @property
    def pressed(self) -> list[Press]:
        return self.acts.pressed


@pytest.fixture(params=["web", "slack", "teams"])
def platform(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    """Each platform as it runs, with the same assistant."""
    assistant, acts = SlackAssistant(), Acts()
    if request.param == "web":
        app = create_app(assistant, loopback_only=True, max_bytes=200_000, desk=Desk((acts.component(),)))
        headers = {"sec-fetch-site": "same-origin"}
        with TestClient(app, base_url="http://127.0.0.1:8080", headers=headers) as client:
            yield Platform(Web(client), assistant, acts)
    elif request.param == "slack":
        made = slack_site.world(tmp_path)
        made.assistant, made.acts = assistant, acts
        made.start()
        yield Platform(InSlack(made), assistant, acts)
        made.close()
    else:
        world: World = request.getfixturevalue("world")
        object.__setattr__(world.site, "helper", assistant)
        object.__setattr__(world.site, "desk", Desk((acts.component(),)))
        yield Platform(InTeams(world), assistant, acts)
        assert world.teams.refused == []


def expected(reply: Reply) -> list[str]:
    """What an answer must say."""
    said = [reply.headline, reply.understood, *reply.because, *reply.conditions]
    said += [citation.title for citation in reply.citations]
    said += [part for citation in reply.citations for part in citation.quote.split("|")]
    if reply.clarify:
        said.append(reply.clarify.question)
    for report in reply.files:
        said += [report.inspection.name, *(one.detail for one in report.inspection.unread)]
        said += [finding.masked for finding in report.inspection.findings[-2:]]
    return [_plain(one) for one in said if one.strip()]


@pytest.mark.parametrize("question", [STOP, CLARIFIES, NOT_COVERED])
def test_an_answer_says_the_same_everywhere(platform: Platform, question: str) -> None:
    shown = platform.chat.ask(question)
    reply = SlackAssistant().respond(Message(question))
    assert [one for one in expected(reply) if one not in shown.words] == []
    assert [message.text for message in platform.asked] == [question]


@pytest.mark.parametrize("question", [STOP, NOT_COVERED])
def test_an_answer_offers_the_same_everywhere(platform: Platform, question: str) -> None:
    buttons = platform.chat.ask(question).buttons
    assert {"Ask a person", "Not what I meant", "Helpful", "Log a near miss"} <= set(buttons)


def test_a_question_back_is_answered_by_a_button_everywhere(platform: Platform) -> None:
    asked = platform.chat.ask(CLARIFIES)
    assert {"The defence", "The court", "The police"} <= set(asked.buttons)
    after = platform.chat.press("The defence")
    assert "Don't send it with the contact page." in after.words
    assert platform.asked[-1].answers == (("recipient", "defence"),)
    assert platform.asked[-1].text == "The defence"


def test_a_file_is_checked_and_told_of_the_same_everywhere(platform: Platform) -> None:
    shown = platform.chat.ask(STOP, ("statement.pdf", b"a statement"))
    (attachment,) = platform.asked[0].attachments
    assert (attachment.name, attachment.content) == ("statement.pdf", b"a statement")
    reply = SlackAssistant().respond(Message(STOP, (attachment,)))
    assert [one for one in expected(reply) if one not in shown.words] == []


def test_a_name_that_is_markup_is_shown_as_it_stands_everywhere(platform: Platform) -> None:
    shown = platform.chat.ask(STOP, (HOSTILE, b"a statement"))
    assert HOSTILE in shown.words.replace("\u200b", "") or _plain(HOSTILE) in shown.words


def test_what_has_gone_comes_before_what_may_go_everywhere(platform: Platform) -> None:
    words = platform.chat.ask(WENT).words
    assert 0 <= words.index("It has already gone: breach BR-1") < words.index("Ask first: the disclosure lead")


def test_nobody_is_told_more_than_the_masked_value_anywhere(platform: Platform) -> None:
    shown = platform.chat.ask(STOP, ("statement.pdf", b"07700 900123"))
    assert "07700 900123" not in shown.words


def _text(page: str) -> str:
    return _plain(html.unescape(re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", page, flags=re.S)))


def _plain(text: str) -> str:
    """The words alone: signs of lists, quotes and marks differ from platform to platform."""
    return re.sub(r"[\s*_>|“”☐•·]+", " ", text).strip()


def _slack_buttons(messages: Sequence[Json]) -> list[tuple[str, str]]:
    """The words and the action ids of what can be pressed; a pair of thumbs counts as its first."""
    rows = [block for one in messages for block in one["blocks"] if block["type"] in ("actions", "context_actions")]
    found = []
    for one in (element for row in rows for element in row["elements"]):
        if one["type"] == "button":
            found.append((str(one["text"]["text"]), str(one["action_id"])))
        elif one["type"] == "feedback_buttons":
            found.append((str(one["positive_button"]["text"]["text"]), str(one["action_id"])))
    return found
