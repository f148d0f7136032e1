"""The cards of Teams in the public renderer of Adaptive Cards, in a real browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.emulators.teams_render import WIDTHS, Drawn, draw

MODULES = os.environ.get("SENDCHECK_NODE_MODULES")


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_card_is_drawn_without_complaint_without_links_and_within_its_width(
    chromium: Browser,
    width: str,
    dark: bool,
) -> None:
    if MODULES is None:
        pytest.skip("SENDCHECK_NODE_MODULES names no folder with adaptivecards and markdown-it, so no card was drawn")
    kept = os.environ.get("SENDCHECK_SCREENSHOTS")
    out = Path(kept) / "teams" if kept else None
    found = draw(chromium, Path(MODULES), out, dark=dark, width=width)
    assert {name: drawn for name, drawn in found.items() if drawn != Drawn((), 0, False)} == {}
