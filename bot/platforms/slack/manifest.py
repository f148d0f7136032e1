"""The app as Slack is told of it: `python -m bot.platforms.slack.manifest [--socket | https://ADDRESS]` prints it."""

import json
import sys
from typing import Any

from bot.platforms.slack.scopes import BOT_SCOPES, OPTIONAL_SCOPES
from bot.platforms.slack.words import PROMPTS

EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")
OPTIONAL_EVENTS = ("message.channels", "message.groups")
"""With the optional scopes: a file posted in a channel can then be offered a private check."""
HOST = "https://sendcheck.example.org"
"""Stands for the site's own address."""
SHORTCUTS = (
    ("global", "check_before_send", "Check before I send", "Check files and ask, in private"),
    ("global", "report_near_miss", "Report a near miss", "Tell what nearly went wrong"),
    ("message", "check_message", "Check before I send", "Check this message's files and words"),
    ("message", "report_message", "Report a near miss", "Begin a report with these words"),
)
DESCRIPTION = "Answers “can I send this?” from your guidance, checks files before they go, and logs near misses."


def manifest(*, socket: bool = False, host: str = HOST) -> dict[str, Any]:
    """The manifest that a person pastes into Slack (docs.slack.dev/reference/app-manifest)."""
    address = {} if socket else {"request_url": f"{host}/slack/events"}
    url = {} if socket else {"url": f"{host}/slack/events"}
    command = {
        "command": "/cansend",
        "description": "Can I send this?",
        "usage_hint": "QUESTION, check or report",
    }
    return {
        "display_information": {
            "name": "Can I Send This?",
            "description": DESCRIPTION,
            "background_color": "#14507a",
        },
        "features": {
            "agent_view": {
                "agent_description": DESCRIPTION,
                "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
            },
            "app_home": {
                "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Can I Send This?", "always_online": True},
            "slash_commands": [{**command, "should_escape": False, **url}],
            "shortcuts": [
                {"type": kind, "callback_id": id_, "name": name, "description": said}
                for kind, id_, name, said in SHORTCUTS
            ],
        },
        "oauth_config": {
            "scopes": {"bot": sorted((*BOT_SCOPES, *OPTIONAL_SCOPES)), "bot_optional": sorted(OPTIONAL_SCOPES)},
            **({} if socket else {"redirect_urls": [f"{host}/slack/oauth_redirect"]}),
        },
        "settings": {
            "event_subscriptions": {**address, "bot_events": sorted((*EVENTS, *OPTIONAL_EVENTS))},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }  # fmt: skip


def written(*, socket: bool = False, host: str = HOST) -> str:
    """The manifest as text to be pasted into Slack, in JSON."""
    return json.dumps(manifest(socket=socket, host=host), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    address = next((one.rstrip("/") for one in sys.argv[1:] if one.startswith("https://")), HOST)
    sys.stdout.write(written(socket="--socket" in sys.argv[1:], host=address))
