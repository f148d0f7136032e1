"""Slack messages, dialogs and Home tabs as a page, roughly as Slack draws them, so that a person can look at them."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
_STYLE = """
body{font:15px/1.46 Lato,Helvetica,Arial,sans-serif;background:#eee;margin:16px;color:#1d1c1d}
.frame{background:#fff;border:1px solid #ccc;border-radius:8px;padding:12px 16px;margin:0 0 18px;width:600px}
.name{font:12px monospace;color:#777}.header{font-size:18px;font-weight:900;margin:8px 0}
.context{font-size:13px;color:#616061;margin:4px 0}.section{margin:6px 0;display:flex;gap:8px}
.section>div:first-child{flex:1}.button,.select{display:inline-block;border:1px solid #bbb;border-radius:4px;
padding:3px 10px;margin:3px 6px 3px 0;font-weight:700;font-size:13px;white-space:nowrap;height:fit-content}
.primary{background:#007a5a;color:#fff}.danger{background:#e01e5a;color:#fff}blockquote{border-left:4px solid #ddd;
margin:2px 0;padding-left:8px}.label{font-weight:700;margin-top:10px}.input{border:1px solid #bbb;border-radius:4px;
padding:6px;min-height:20px;white-space:pre-wrap}.small{font-size:12px;color:#616061}.title{font-weight:900;
font-size:18px;border-bottom:1px solid #ddd;padding-bottom:8px}
hr{border:0;border-top:1px solid #ddd}.message{border-top:1px dashed #bbb}
"""


def page(surfaces: Mapping[str, Sequence[Json]]) -> str:
    """One page with every surface: a name, and the messages or the view that it shows."""
    frames = "".join(
        f'<div class="frame"><div class="name">{html.escape(name)}</div>{"".join(_whole(one) for one in shown)}</div>'
        for name, shown in surfaces.items()
    )
    return f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style>{frames}'


def _whole(one: Json) -> str:
    blocks = "".join(_block(block) for block in one.get("blocks") or ())
    if one.get("type") not in ("modal", "home"):
        return f'<div class="message">{blocks}</div>'
    title = f'<div class="title">{_plain(one.get("title"))}</div>' if one.get("title") else ""
    ends = "".join(f'<span class="button">{_plain(one[part])}</span>' for part in ("close", "submit") if part in one)
    return f"{title}{blocks}<hr>{ends}"


def _block(block: Json) -> str:
    kind = block["type"]
    if kind == "header":
        return f'<div class="header">{_plain(block["text"])}</div>'
    if kind == "divider":
        return "<hr>"
    if kind == "section":
        beside = _element(block["accessory"]) if "accessory" in block else ""
        return f'<div class="section"><div>{_text(block["text"])}</div>{beside}</div>'
    if kind == "context":
        return f'<div class="context">{" ".join(_text(one) for one in block["elements"])}</div>'
    if kind in ("actions", "context_actions"):
        return f"<div>{''.join(_element(one) for one in block['elements'])}</div>"
    optional = " <span class=small>(optional)</span>" if block.get("optional") else ""
    hint = f'<div class="small">{_plain(block["hint"])}</div>' if "hint" in block else ""
    return f'<div class="label">{_plain(block["label"])}{optional}</div>{_element(block["element"])}{hint}'


def _element(element: Json) -> str:
    kind = element["type"]
    if kind == "button":
        return f'<span class="button {element.get("style", "")}">{_plain(element["text"])}</span>'
    if kind in ("radio_buttons", "checkboxes"):
        chosen = [element.get("initial_option"), *element.get("initial_options", [])]
        return "".join(
            f"<div>{'◉' if one in chosen else '○'} {_plain(one['text'])}"
            f'<div class="small">{_plain(one.get("description"))}</div></div>'
            for one in element["options"]
        )
    if kind.endswith("select"):
        shown = element.get("initial_option") or {"text": element.get("placeholder")}
        return f'<span class="select">{_plain(shown["text"])} ▾ {len(element["options"])}</span>'
    if kind == "overflow":
        return f'<span class="select">⋯ {" / ".join(_plain(one["text"]) for one in element["options"])}</span>'
    if kind == "feedback_buttons":
        thumbs = (("+", "positive_button"), ("-", "negative_button"))
        return "".join(f'<span class="select">{sign} {_plain(element[part]["text"])}</span>' for sign, part in thumbs)
    shown = element.get("initial_value") or _plain(element.get("placeholder"))
    return f'<div class="input">{html.escape(str(shown or ""))}</div>'


def _plain(text: Json | None) -> str:
    return html.escape(str((text or {}).get("text", "")), quote=False)


def _text(text: Json) -> str:
    if text["type"] == "plain_text":
        return _plain(text)
    lines = []
    for line in str(text["text"]).split("\n"):
        marked = re.sub(r"\*([^*\n]+)\*", r"<b>\1</b>", line)
        marked = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", marked)
        # Slack escapes & < > only; a quotation begins a line with the sign itself.
        lines.append(f"<blockquote>{marked[2:]}</blockquote>" if marked.startswith("> ") else f"{marked}<br>")
    return "".join(lines)
