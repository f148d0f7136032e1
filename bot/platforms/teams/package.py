"""The app package that a tenant administrator uploads: manifest and icons, checked before they are written."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from PIL import Image, ImageDraw

from bot.errors import SettingError
from bot.platforms.teams import words
from bot.platforms.teams.invokes import ASK_COMMAND, CHECK_MESSAGE, REPORT_MESSAGE

MANIFEST_VERSION = "1.17"
SCOPES = ("personal", "team", "groupChat")
_NAMESPACE = UUID("6e0f9c8a-6d0b-4b6a-9f57-5b2f8f0c1d11")
"""Makes the id of the package from that of the app, so that it stays the same and is another."""
_GREEN, _WHITE = (20, 80, 122, 255), (255, 255, 255, 255)
_SCALE = 8


@dataclass(frozen=True)
class Publisher:
    """Who runs the app, as Teams shows it."""

    name: str
    website: str
    """Where its privacy notice and terms of use are found too, unless they are named."""
    privacy: str = ""
    terms: str = ""


def manifest(app_id: str, publisher: Publisher, version: str = "1.0.0") -> dict[str, Any]:
    """The manifest (learn.microsoft.com, app manifest schema)."""
    prompts = [{"title": title, "description": text} for title, text in words.PROMPTS]
    host = urlsplit(publisher.website).hostname or ""
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{MANIFEST_VERSION}/MicrosoftTeams.schema.json",
        "manifestVersion": MANIFEST_VERSION,
        "version": version,
        "id": str(uuid5(_NAMESPACE, app_id)),
        "developer": {
            "name": publisher.name,
            "websiteUrl": publisher.website,
            "privacyUrl": publisher.privacy or publisher.website,
            "termsOfUseUrl": publisher.terms or publisher.website,
        },
        "name": {"short": "Can I send this?", "full": "Can I send this? Check before it leaves"},
        "description": {
            "short": "Ask before you send, check files, and log near misses without blame.",
            "full": " ".join((*words.HELP_LINES, words.PRIVACY_LINE)),
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#14507A",
        "bots": [
            {
                "botId": app_id,
                "scopes": list(SCOPES),
                "supportsFiles": True,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": ["personal"], "commands": prompts}],
            }
        ],
        "composeExtensions": [{"botId": app_id, "commands": _commands()}],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [host],
    }


def _commands() -> list[dict[str, Any]]:
    def command(id_: str, title: str, description: str, context: str) -> dict[str, Any]:
        return {
            "id": id_, "type": "action", "title": title, "description": description, "context": [context],
            "fetchTask": True,
        }  # fmt: skip

    return [
        command(REPORT_MESSAGE, "Report a near miss", "Log what nearly went wrong with this message.", "message"),
        command(CHECK_MESSAGE, "Can this be sent?", "Ask whether what this message says may be sent.", "message"),
        command(ASK_COMMAND, "Ask and insert", "Ask whether something may be sent, and insert the answer.", "compose"),
    ]


def icons() -> dict[str, bytes]:
    """An envelope with a tick: in colour, and as a white outline on nothing."""
    return {"color.png": _icon(192, _WHITE, _GREEN), "outline.png": _icon(32, _WHITE, (255, 255, 255, 0))}


def _icon(side: int, line: tuple[int, int, int, int], ground: tuple[int, int, int, int]) -> bytes:
    large = side * _SCALE
    made = Image.new("RGBA", (large, large), ground)
    pen = ImageDraw.Draw(made)

    def at(*points: float) -> list[float]:
        return [point * large for point in points]

    stroke = round(large * (0.045 if side > 100 else 0.07))
    pen.rounded_rectangle(at(0.16, 0.28, 0.84, 0.72), radius=large * 0.04, outline=line, width=stroke)
    pen.line(at(0.18, 0.31, 0.5, 0.54, 0.82, 0.31), fill=line, width=stroke, joint="curve")
    pen.line(at(0.56, 0.74, 0.66, 0.84, 0.86, 0.6), fill=ground if ground[3] else line, width=stroke * 3, joint="curve")
    pen.line(at(0.56, 0.74, 0.66, 0.84, 0.86, 0.6), fill=line, width=stroke, joint="curve")
    out = io.BytesIO()
    made.resize((side, side), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def package(app_id: str, publisher: Publisher, version: str = "1.0.0") -> bytes:
    """The zip; raises SettingError that says what Teams would not take."""
    made, drawn = manifest(app_id, publisher, version), icons()
    found = faults(made, drawn)
    if found:
        raise SettingError("; ".join(found))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in {"manifest.json": _json(made), **drawn}.items():
            # A fixed moment, so that the same settings make the same package.
            zipped.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def faults(made: dict[str, Any], drawn: dict[str, bytes]) -> list[str]:
    """What the rules of the manifest schema forbid."""
    developer, bot = made["developer"], made["bots"][0]
    found = [f"{what}: “{id_}” is not a GUID" for what, id_ in (("MicrosoftAppId", bot["botId"]),) if not _is_guid(id_)]
    found += [f"{name} must be an https:// address" for name in _addresses(developer) if name]
    lengths = (
        ("the publisher's name", developer["name"], 32),
        ("name.short", made["name"]["short"], 30),
        ("name.full", made["name"]["full"], 100),
        ("description.short", made["description"]["short"], 80),
        ("description.full", made["description"]["full"], 4000),
    )
    found += [f"{what} must have 1 to {most} characters" for what, text, most in lengths if not 0 < len(text) <= most]
    for one in bot["commandLists"][0]["commands"]:
        if len(one["title"]) > 32 or len(one["description"]) > 128:
            found.append(f"the prompt “{one['title']}” is too long")
    for one in made["composeExtensions"][0]["commands"]:
        if len(one["title"]) > 32 or len(one["description"]) > 128 or len(one["id"]) > 64:
            found.append(f"the command “{one['title']}” is too long")
    if not re.fullmatch(r"\d+\.\d+\.\d+", made["version"]):
        found.append(f"“{made['version']}” is not a version like 1.0.0")
    for name, side in (("color.png", 192), ("outline.png", 32)):
        with Image.open(io.BytesIO(drawn[name])) as icon:
            if icon.size != (side, side):
                found.append(f"{name} must be {side} by {side}")
    return found


def _addresses(developer: dict[str, str]) -> list[str]:
    named = {"websiteUrl": "--website", "privacyUrl": "--privacy", "termsOfUseUrl": "--terms"}
    return [
        option
        for name, option in named.items()
        if urlsplit(developer[name]).scheme != "https" or not urlsplit(developer[name]).hostname
    ]


def _is_guid(text: str) -> bool:
    return re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text) is not None


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
