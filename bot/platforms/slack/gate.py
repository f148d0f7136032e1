"""Who may hear an answer: nobody from outside the organisation, and only those of the workspaces this app serves."""

import time
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.platforms.chat.believed import Believed
from bot.platforms.slack.client import failed

MOST_MEMBERS = 200
"""Of a larger channel nobody can say who listens, so answers go to the asker alone."""

_OUTSIDE = ("is_stranger", "is_restricted", "is_ultra_restricted", "deleted")
_SHARED = ("is_ext_shared", "is_pending_ext_shared", "is_shared")


class Gate:
    """Asks Slack about people and channels, and remembers the answers for a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._believed = Believed(clock)

    def is_outsider(self, client: WebClient, team: str, user: str) -> bool:
        """Whether somebody is a guest, from another organisation, or no longer there; raises SlackApiError."""

        def ask() -> bool:
            found: dict[str, Any] = client.users_info(user=user)["user"]
            other = found.get("team_id") not in (team, None) and not found.get("enterprise_user")
            return other or any(found.get(sign) for sign in _OUTSIDE)

        return self._believed.ask((team, user), ask)

    def outsiders_listen(self, client: WebClient, team: str, channel: str) -> bool:
        """Whether a channel is shared with others or has guests; true also where that cannot be told.

        Raises SlackApiError when Slack cannot say it now.
        """

        def ask() -> bool:
            try:
                found: dict[str, Any] = client.conversations_info(channel=channel)["channel"]
                if any(found.get(sign) for sign in _SHARED):
                    return True
                listed = client.conversations_members(channel=channel, limit=MOST_MEMBERS)
            except SlackApiError as error:
                if failed(error).permanent:
                    return True
                raise
            if (listed.get("response_metadata") or {}).get("next_cursor"):
                return True
            return any(self._listens_from_outside(client, team, member) for member in listed["members"])

        return self._believed.ask((team, channel), ask)

    def _listens_from_outside(self, client: WebClient, team: str, user: str) -> bool:
        try:
            return self.is_outsider(client, team, user)
        except SlackApiError as error:
            if failed(error).permanent:
                return True
            raise
