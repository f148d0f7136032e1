"""The Teams part of `python -m bench chat`: fifty people write at once, while files are read."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from tests.emulators.teams import APP_ID, APP_SECRET, ISSUER, TENANT, Teams
from tests.emulators.teams_authority import TRUSTED, Authority
from tests.emulators.teams_people import People, words_of

Served = Callable[[dict[str, str]], AbstractContextManager[str]]
FIRST = "Can I email a witness statement to the defence?"
WAIT_SECONDS = 600.0


@contextmanager
def tenant(people: int, served: Served) -> Iterator[tuple[Teams, str]]:
    """An emulated Teams with so many people, and the address of the real server in front of it."""
    teams = Teams().start()
    for number in range(people):
        teams.add_person(f"person{number}")
    with Authority() as authority:
        teams.tokens = {authority.token}
        settings = {
            "MicrosoftAppId": APP_ID, "MicrosoftAppPassword": APP_SECRET, "MicrosoftAppTenantId": TENANT,
            "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL": teams.metadata_url,
            "TO_BOT_FROM_CHANNEL_TOKEN_ISSUER": ISSUER, "TO_CHANNEL_FROM_BOT_LOGIN_URL": authority.url,
            "TO_CHANNEL_FROM_BOT_OAUTH_SCOPE": "https://api.botframework.com",
            "SENDCHECK_TEAMS_FILE_HOSTS": "127.0.0.1", TRUSTED: os.environ[TRUSTED],
        }  # fmt: skip
        try:
            with served(settings) as address:
                yield teams, f"{address}/api/messages"
        finally:
            teams.stop()


def talk(
    teams: Teams, address: str, people: int, messages: int, questions: tuple[str, ...], scanned: tuple[str, bytes],
    scans: int,
) -> tuple[tuple[float, ...], list[int], float]:  # fmt: skip
    """Seconds to each acknowledgement, how many answers each chat has, and seconds until the last of them."""
    users = [f"29:person{number}" for number in range(people)]
    writers = [People(teams, address) for _ in users]
    writers[0].write(users[0], FIRST)
    writers[0].wait(teams.chat_of(users[0]), seconds=WAIT_SECONDS)
    for writer in writers:
        writer.seconds.clear()
    files = {user: teams.add_file(*scanned) for user in users[:scans]}

    def write(user: str, writer: People) -> None:
        for number in range(messages):
            with_file: tuple[dict[str, Any], ...] = (files[user],) if number == 0 and user in files else ()
            writer.write(user, questions[number % len(questions)], with_file)

    began = time.perf_counter()
    writing = [threading.Thread(target=write, args=pair) for pair in zip(users, writers, strict=True)]
    for one in writing:
        one.start()
    for one in writing:
        one.join()
    for user, writer in zip(users, writers, strict=True):
        writer.wait(teams.chat_of(user), messages + (user == users[0]), WAIT_SECONDS)
    taken = time.perf_counter() - began
    # Time for an answer that should not come.
    time.sleep(3)
    counted = [_answers(teams, user) - (user == users[0]) for user in users]
    for writer in writers:
        writer.close()
    return tuple(second for writer in writers for second in writer.seconds), counted, taken


def _answers(teams: Teams, user: str) -> int:
    """How many answers stand in a chat: one that continues another is part of it."""
    return sum(
        "(continued)" not in str(one.get("summary")) and bool(words_of(one)) for one in teams.of(teams.chat_of(user))
    )
