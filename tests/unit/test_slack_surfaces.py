"""Every surface is kept as JSON, is one that Slack takes, and has no more to press than a tired person can survey.

After a wanted change: `python -m tests.unit.test_slack_surfaces`, then look at what changed, rendered with
tests/emulators/slack_render.py.
"""

import json
from pathlib import Path

import pytest

from tests.emulators.slack_limits import faults, view_faults
from tests.emulators.slack_surfaces import surfaces

KEPT = Path(__file__).parents[1] / "payloads" / "slack"
MADE = surfaces()


@pytest.mark.parametrize("name", MADE)
def test_a_surface_is_as_it_was_last_looked_at(name: str) -> None:
    assert json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8")) == list(MADE[name])


@pytest.mark.parametrize("name", MADE)
def test_slack_takes_it(name: str) -> None:
    for one in MADE[name]:
        assert (view_faults(one) if "type" in one else faults(one["blocks"], "message")) == []


@pytest.mark.parametrize("name", MADE)
def test_a_row_has_at_most_five_things_to_press(name: str) -> None:
    rows = [block for one in MADE[name] for block in one["blocks"] if block["type"] == "actions"]
    assert all(len(row["elements"]) <= 5 for row in rows)


def test_nothing_is_kept_that_is_no_longer_shown() -> None:
    assert {path.stem for path in KEPT.glob("*.json")} == set(MADE)


if __name__ == "__main__":
    KEPT.mkdir(parents=True, exist_ok=True)
    for name, shown in MADE.items():
        (KEPT / f"{name}.json").write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
