"""Who may hear an answer: nobody from outside the organisation, and no guest."""

import time
from collections.abc import Callable

from bot.domain.ports.post import DeliveryError
from bot.platforms.chat.believed import Believed
from bot.platforms.teams.client import Connectors
from bot.platforms.teams.incoming import Chat, Json

MOST_PAGES = 4
"""Of 500 members each; of a larger conversation nobody can say who listens."""


class Gate:
    """Asks the connector about people and conversations, and remembers the answers for a while."""

    def __init__(self, tenant: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Without a `tenant` (an app of several tenants, or a local client) that of the conversation counts."""
        self._tenant = tenant
        self._believed = Believed(clock)

    def is_outsider(self, connectors: Connectors, chat: Chat, user: str) -> bool:
        """Whether somebody is a guest, from another organisation, or unknown to Teams; raises DeliveryError."""
        if self._tenant and chat.tenant and chat.tenant != self._tenant and chat.personal:
            return True

        def ask() -> bool:
            try:
                return self._is_from_outside(connectors.member(chat, user), chat)
            except DeliveryError as error:
                if error.permanent:
                    return True
                raise

        return self._believed.ask((chat.base, user), ask)

    def is_of_tenant(self, chat: Chat) -> bool:
        """Whether a conversation is of this organisation, as far as its tenant tells."""
        return bool(chat.tenant) and chat.tenant == self._tenant

    def outsiders_listen(self, connectors: Connectors, chat: Chat) -> bool:
        """Whether a conversation has guests or people of others in it; true also where that cannot be told."""

        def ask() -> bool:
            after: str | None = None
            for _ in range(MOST_PAGES):
                page = connectors.members(chat, after)
                if any(self._is_from_outside(one, chat) for one in page.get("members") or ()):
                    return True
                after = page.get("continuationToken")
                if not after:
                    return False
            return True

        try:
            return self._believed.ask((chat.base, ""), ask)
        except DeliveryError as error:
            if error.permanent:
                return True
            raise

    def _is_from_outside(self, member: Json, chat: Chat) -> bool:
        ours = self._tenant or chat.tenant
        named = str(member.get("userPrincipalName") or "")
        role = str(member.get("userRole") or "user").lower()
        other = bool(ours and member.get("tenantId") and member["tenantId"] != ours)
        return other or "#ext#" in named.lower() or role not in ("user", "owner", "bot")
