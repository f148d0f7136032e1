"""What every request to the web chat must pass: the right host name, and for a change the same origin.

The chat has no sign-in, so a page of another site must be able neither to post to it nor, by pointing a name of
its own at this address (DNS rebinding), to read from it.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FORWARDING = frozenset(
    {
        b"forwarded",
        b"via",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-proto",
        b"x-forwarded-server",
        b"x-real-ip",
        b"cf-connecting-ip",
        b"true-client-ip",
    }
)
_SAFE_METHODS = frozenset({"GET", "HEAD"})

# No inline script or style, nothing from elsewhere, no framing. https://www.w3.org/TR/CSP3/
SECURITY_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class SecurityHeaders:
    """Adds the headers that keep a browser from doing more than the page needs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message.get("headers", [])}
                added = [header for header in SECURITY_HEADERS if header[0] not in present]
                if b"cache-control" not in present:
                    added.append((b"cache-control", b"no-store"))
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class OnlyThisHost:
    """Refuses a request whose Host is not a name this server is known by."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400."""
        if scope["type"] != "http" or _host_name(Headers(scope=scope).get("host", "")) in self.hosts:
            await self.app(scope, receive, send)
            return
        text = "This chat answers only at the address it was started on, for example http://127.0.0.1:8080."
        await PlainTextResponse(text, status_code=400)(scope, receive, send)


class OnlySameOrigin:
    """Refuses a change that did not come from a page of this server (cross-site request forgery)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS or _same_origin(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        text = "This came from another page, so nothing was done. Open the chat in its own tab and try again there."
        await PlainTextResponse(text, status_code=403)(scope, receive, send)


def forwarded(scope: Scope) -> bool:
    """True when a proxy passed the request on (RFC 7239, and the headers that were usual before it).

    nginx adds no such header unless it is told to, but speaks HTTP/1.0 then, as no browser does any more.
    """
    return scope.get("http_version") == "1.0" or any(name in _FORWARDING for name, _ in scope["headers"])


async def sorry(_: Request, __: Exception) -> Response:
    """A plain answer where nothing better could be said; it shows no inner details."""
    return PlainTextResponse("Something went wrong on our side. Go back and try again in a minute.\n", status_code=500)


def _same_origin(headers: Headers) -> bool:
    """By Fetch Metadata where the browser sends it, else by Origin; with neither it is no browser's, and is refused.

    "none" is a request the person started, such as a reload. https://www.w3.org/TR/fetch-metadata/
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = urlsplit(headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == headers.get("host")


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""
