"""The door of `/api/messages`: what is not from Teams, or is no activity at all, is refused and counted."""

import json
from collections.abc import Callable
from functools import partial

import anyio
import anyio.to_thread
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.errors import SendcheckError
from bot.platforms.chat.refusing import Refusals
from bot.platforms.chat.words import GONE_BUTTON
from bot.platforms.teams import words
from bot.platforms.teams.events import CONSENTED, EXECUTED, FEEDBACK, is_farewell, is_welcome, key_of
from bot.platforms.teams.incoming import PLATFORM, Json, from_a_person
from bot.platforms.teams.invokes import Invokes
from bot.platforms.teams.outgoing import pressed_with
from bot.platforms.teams.presses import carried
from bot.platforms.teams.tokens import Refusal, Tokens
from bot.turns import Turns

MOST_BYTES = 1024 * 1024
"""Teams' own payloads stay far below; files come by address."""
AT_ONCE = 16
_KEPT_INVOKES = frozenset({EXECUTED, CONSENTED, FEEDBACK})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "testclient"})
log = structlog.get_logger("sendcheck.teams")


class Door:
    """The handler of `/api/messages`."""

    def __init__(
        self,
        tokens: Tokens,
        turns: Turns,
        invokes: Invokes,
        trusted: Callable[[str], bool],
        count: Callable[[str], None],
        *,
        loopback_only: bool,
    ) -> None:
        self._tokens = tokens
        self._turns = turns
        self._invokes = invokes
        self._trusted = trusted
        self._count = count
        self._loopback_only = loopback_only
        self._refusals = Refusals(PLATFORM, count)
        self._limiter: anyio.CapacityLimiter | None = None

    async def __call__(self, request: Request) -> Response:
        """Check size, shape and token before anything is done about it; then keep it or answer it."""
        if self._loopback_only and (request.client is None or request.client.host not in _LOOPBACK):
            return self._refuse("not_from_this_machine", 401)
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return self._refuse("too_large", 413)
        body = await request.body()
        if len(body) > MOST_BYTES:
            return self._refuse("too_large", 413)
        activity = _activity(body)
        if activity is None:
            return self._refuse("not_an_activity", 400)
        # Made here, because a limiter belongs to the event loop that it is used in.
        self._limiter = self._limiter or anyio.CapacityLimiter(AT_ONCE)
        header = request.headers.get("authorization")
        return await anyio.to_thread.run_sync(partial(self._checked, activity, body, header), limiter=self._limiter)

    def _checked(self, activity: Json, body: bytes, header: str | None) -> Response:
        refusal = self._tokens.refusal(activity, header)
        if refusal is not None:
            # What cannot be judged now is not kept: Teams sends it again.
            return self._refuse(refusal, 503 if refusal is Refusal.KEYS_UNREACHABLE else 401)
        if not self._trusted(str(activity.get("serviceUrl") or "")):
            return self._refuse("bad_service_url", 401)
        try:
            return self._known(activity, body)
        except SendcheckError as error:
            # Not kept, so not acknowledged: Teams sends it again.
            log.error("activity_not_kept", error=type(error).__name__)
            return PlainTextResponse("try again\n", status_code=503)

    def _known(self, activity: Json, body: bytes) -> Response:
        kind = activity.get("type")
        if kind == "invoke":
            return self._invoke(activity, body)
        members = kind in ("installationUpdate", "conversationUpdate")
        wanted = is_welcome(activity) or is_farewell(activity) if members else kind in _MESSAGES
        if kind == "message" and not from_a_person(activity):
            self._count("own_echo")
        elif wanted:
            self._keep(activity, body)
        else:
            # Reactions, typing and what is new in later versions: heard, and nothing to do.
            self._count("ignored")
        return Response(status_code=200)

    def _invoke(self, activity: Json, body: bytes) -> Response:
        if self._invokes.answers(activity):
            return JSONResponse(self._invokes.answer(activity))
        name = activity.get("name")
        if name not in _KEPT_INVOKES:
            self._count("unknown_invoke")
            return Response(status_code=501)
        if name != EXECUTED:
            self._keep(activity, body)
            return Response(status_code=200)
        known = pressed_with(carried(activity)) is not None
        if known:
            self._keep(activity, body)
        said = words.HEARD if known else GONE_BUTTON
        return JSONResponse(
            {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": said}
        )  # fmt: skip

    def _keep(self, activity: Json, body: bytes) -> None:
        """Keep it before it is acknowledged; what Teams sends again is kept once."""
        if not self._turns.accept(key_of(activity), body):
            self._count("repeated")

    def _refuse(self, why: str, status: int) -> Response:
        self._refusals.note(why)
        return PlainTextResponse(f"{why}\n", status_code=status)


_MESSAGES = frozenset({"message", "messageUpdate", "messageDelete"})


def _activity(body: bytes) -> Json | None:
    """A JSON object with a type and a conversation, or nothing."""
    try:
        made = json.loads(body)
    except ValueError:
        return None
    except RecursionError:
        return None
    if not isinstance(made, dict) or not isinstance(made.get("type"), str):
        return None
    conversation = made.get("conversation")
    return made if isinstance(conversation, dict) and isinstance(conversation.get("id"), str) else None
