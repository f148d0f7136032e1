"""Every surface is kept as JSON, is one that Teams takes, and shows nobody's markup.

After a wanted change: `python -m tests.unit.test_teams_surfaces`, then look at what changed.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.teams.blocks import MOST_MESSAGES
from tests.emulators.teams_limits import card_faults, dialog_faults, message_faults
from tests.emulators.teams_people import _actions
from tests.emulators.teams_surfaces import surfaces

KEPT = Path(__file__).parents[1] / "payloads" / "teams"
MADE = surfaces()
FOLDED = "reply_folded"
"""Too large to be kept; it is checked and not compared."""


def kept(name: str) -> Any:
    return json.loads(re.sub(r"base64,[A-Za-z0-9+/=]+", "base64,…", json.dumps(MADE[name])))


@pytest.mark.parametrize("name", sorted(set(MADE) - {FOLDED}))
def test_a_surface_is_as_it_was_last_looked_at(name: str) -> None:
    assert json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8")) == kept(name)


@pytest.mark.parametrize("name", MADE)
def test_teams_takes_it(name: str) -> None:
    for one in MADE[name]:
        assert (dialog_faults(one) if "task" in one else message_faults(one)) == []


@pytest.mark.parametrize("name", MADE)
def test_text_that_is_not_ours_stands_in_no_element_that_knows_markup(name: str) -> None:
    marked = re.findall(r'"type": "TextBlock", "text": "([^"]*)"', json.dumps(MADE[name], ensure_ascii=False))
    assert not any("](" in text or "**" in text for text in marked)


@pytest.mark.parametrize("name", MADE)
def test_buttons_beside_one_another_fit_on_a_telephone(name: str) -> None:
    rows = re.findall(r'"type": "ActionSet", "actions": (\[.*?\]), "spacing"', json.dumps(MADE[name]))
    for row in rows:
        titles = [one["title"] for one in _actions(json.loads(row))]
        assert len(titles) == 1 or sum(map(len, titles)) <= 36 - 4 * len(titles)


def test_a_reply_that_is_too_large_is_folded_and_says_so() -> None:
    folded = MADE[FOLDED]
    assert len(folded) == MOST_MESSAGES
    assert "more parts are not shown here" in json.dumps(folded[-1])
    assert "Ask a person" in json.dumps(folded[-1])


def test_nothing_is_kept_that_is_no_longer_shown() -> None:
    assert {path.stem for path in KEPT.glob("*.json")} == set(MADE) - {FOLDED}


@pytest.mark.parametrize(
    "body",
    [
        [{"type": "Carousel"}],
        [{"type": "TextBlock", "text": 1}],
        [{"type": "TextBlock", "text": "a", "colour": "red"}],
        [{"type": "Input.Text", "label": "x"}],
        [{"type": "Input.Text", "id": "x"}],
        [{"type": "Input.Text", "id": "x", "label": "x"}, {"type": "Input.Text", "id": "x", "label": "x"}],
        [{"type": "ActionSet", "actions": [{"type": "Action.Execute", "id": "a", "title": "A", "data": {}}]}],
        [{"type": "ActionSet", "actions": [{"type": "Action.Submit", "id": f"{n}", "title": "A"} for n in range(7)]}],
        [{"type": "TextBlock", "text": "x" * 30_000}],
        [{"type": "Container", "style": "red", "items": []}],
    ],
)
def test_what_teams_would_not_take_is_seen_by_the_emulator(body: list[dict[str, Any]]) -> None:
    assert card_faults({"type": "AdaptiveCard", "version": "1.5", "body": body}) != []


if __name__ == "__main__":
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in set(MADE) - {FOLDED}:
        text = json.dumps(kept(name), indent=1, ensure_ascii=False)
        (KEPT / f"{name}.json").write_text(text + "\n", encoding="utf-8")
