"""Draws every surface of Teams with the public renderer of Adaptive Cards: -m tests.emulators.teams_render MODULES OUT.

MODULES is a folder `node_modules` with the npm packages `adaptivecards` and `markdown-it`; OUT gets a picture of each
surface, light and dark, wide and narrow.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.emulators.teams_surfaces import surfaces

WIDTHS = {"wide": 680, "narrow": 340}
_DRAW = """([cards, host]) => {
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        result.outputHtml = window.markdownit().render(text);
        result.didProcess = true;
    };
    return Object.fromEntries(Object.entries(cards).map(([name, made]) => {
        const card = new AdaptiveCards.AdaptiveCard();
        card.hostConfig = new AdaptiveCards.HostConfig(host);
        const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
        card.parse(made, context);
        const box = document.createElement('div');
        box.id = name;
        box.appendChild(card.render());
        document.body.append(box, document.createElement('br'));
        const events = Array.from({length: context.eventCount}, (_, number) => context.getEventAt(number).message);
        const labels = Array.from(box.querySelectorAll('.ac-pushButton *'));
        const isCut = one => one.clientWidth > 0 && one.scrollWidth > one.clientWidth;
        const cut = labels.filter(isCut).map(one => one.innerText);
        return [name, [events, box.querySelectorAll('a, script').length, box.scrollWidth > box.clientWidth, cut]];
    }));
}"""


@dataclass(frozen=True)
class Drawn:
    """How one surface came out."""

    complaints: tuple[str, ...]
    """What the renderer says of the card."""
    links: int
    """Links and scripts in it; there should be none."""
    too_wide: bool
    cut_buttons: tuple[str, ...] = ()
    """Words on buttons that cannot be read to their end."""


def cards() -> dict[str, dict[str, Any]]:
    """Each card of each surface."""
    found: dict[str, dict[str, Any]] = {}
    for name, shown in surfaces().items():
        for number, one in enumerate(shown):
            attachment = one["task"]["value"]["card"] if "task" in one else one["attachments"][0]
            found[f"{name}-{number}" if number else name] = attachment["content"]
    return found


def draw(browser: Browser, modules: Path, out: Path | None, *, dark: bool, width: str) -> dict[str, Drawn]:
    """Draw all of them; without `out` no pictures are kept."""
    page = browser.new_page(viewport={"width": WIDTHS[width] + 40, "height": 800})
    ground = "#1f1f1f" if dark else "#f0f0f0"
    style = (modules / "adaptivecards/dist/adaptivecards.css").read_text(encoding="utf-8")
    page.set_content(f"<style>{style} body {{ margin: 20px; background: {ground} }} {_buttons(dark=dark)}</style>")
    page.add_script_tag(path=next((modules / "markdown-it/dist").rglob("*.umd.min.js"), None) or _umd(modules))
    page.add_script_tag(path=modules / "adaptivecards/dist/adaptivecards.js")
    made = cards()
    found = page.evaluate(_DRAW, [made, _host(dark=dark)])
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name in made:
            picture = out / f"{name}-{'dark' if dark else 'light'}-{width}.png"
            page.locator(f"[id='{name}']").screenshot(path=picture)
    page.close()
    return {name: Drawn(tuple(events), links, wide, tuple(cut)) for name, (events, links, wide, cut) in found.items()}


def _umd(modules: Path) -> Path:
    return modules / "markdown-it/dist/markdown-it.min.js"


def _buttons(*, dark: bool) -> str:
    return (
        ".ac-pushButton { border: 1px solid #888; border-radius: 4px; padding: 6px 12px; font-weight: 600;"
        f"background: {'#333' if dark else '#fff'}; color: {'#fff' if dark else '#222'} }}"
        ".ac-pushButton.style-positive { background: #5b5fc7; color: #fff }"
        ".ac-pushButton.style-destructive { background: #c4314b; color: #fff }"
    )


def _host(*, dark: bool) -> dict[str, Any]:
    """Colours and sizes like those of Teams."""
    text, quiet, ground = ("#fff", "#adadad", "#292929") if dark else ("#242424", "#616161", "#fff")
    colours = {
        "default": {"default": text, "subtle": quiet},
        "accent": {"default": "#7f85f5" if dark else "#5b5fc7", "subtle": "#7f85f5"},
        "attention": {"default": "#f9526b" if dark else "#c4314b", "subtle": "#c4314b"},
        "good": {"default": "#92c353" if dark else "#237b4b", "subtle": "#237b4b"},
        "warning": {"default": "#f8d22a" if dark else "#835c00", "subtle": "#835c00"},
    }
    grounds = {
        "default": ground,
        "emphasis": "#1f1f1f" if dark else "#f5f5f5",
        "good": "#1e3a1e" if dark else "#e7f2da",
        "attention": "#4a1c22" if dark else "#fcf4f6",
        "warning": "#463100" if dark else "#fbf6d9",
        "accent": "#2f2f4a" if dark else "#e8ebfa",
    }
    return {
        "fontFamily": "Segoe UI, DejaVu Sans, sans-serif",
        "fontSizes": {"small": 12, "default": 14, "medium": 14, "large": 18, "extraLarge": 24},
        "spacing": {"small": 8, "default": 12, "medium": 16, "large": 20, "extraLarge": 24, "padding": 16},
        "actions": {"maxActions": 6, "buttonSpacing": 8, "actionAlignment": "Left", "actionsOrientation": "Horizontal"},
        "containerStyles": {
            name: {"backgroundColor": one, "foregroundColors": colours} for name, one in grounds.items()
        },
    }


def main(modules: Path, out: Path) -> None:
    """Draw everything, and say what the renderer complains of."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for width in WIDTHS:
            for dark in (False, True):
                for name, drawn in draw(browser, modules, out, dark=dark, width=width).items():
                    if drawn != Drawn((), 0, False):
                        print(width, "dark" if dark else "light", name, drawn)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
