"""What is noted with an event while it is answered, so that another try goes on from there."""

import json
from typing import Any

from bot.turns import Turn


class Notes:
    """Notes by name, kept sealed with the event until it is answered; all parts of a try share them."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def get(self, name: str) -> Any:
        """What was noted last under a name, by this try or an earlier one; None when nothing was."""
        return self._all().get(name)

    def put(self, **noted: Any) -> None:
        """Note these, beside what is noted already; raises StoreError."""
        self._turn.note(json.dumps(self._all() | noted))

    def _all(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._turn.noted() or "{}")
        return found
