"""A site in a process of its own, so that a test can kill it: `python -m tests.emulators.slack_process URL DATABASE`.

It prints its address. A third argument is how many seconds a check takes, a fourth by how many its clock is ahead.
"""

import sys
import threading
from datetime import UTC, datetime, timedelta

from tests.emulators.slack import Slack
from tests.emulators.slack_site import Acts, Running, SlackAssistant


class _SlowCheck(threading.Event):
    """Lets a check go on after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(self._seconds)


def main() -> None:
    """Serve until killed."""
    address, database, seconds, ahead = sys.argv[1:5]
    assistant = SlackAssistant(go_on=_SlowCheck(float(seconds)))
    begun = Running(
        Slack(url=address), database, assistant, Acts(), now=lambda: datetime.now(UTC) + timedelta(seconds=float(ahead))
    )
    print(begun.url, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
