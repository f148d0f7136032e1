"""Pages and fragments of the web chat, made from templates that escape every value."""

from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.domain.finding import Finding
from bot.platforms.web import outgoing, words
from bot.platforms.web.conversation import Conversation, Conversations, Exchange

COOKIE = "sendcheck_chat"
TOKEN_SECONDS = 24 * 60 * 60
EXAMPLES = (
    "Can I email a witness’s MG11 to the defence? It has the contact page on the back.",
    "Can I post an unencrypted DVD of an interview to the court?",
    "A journalist has asked for the case summary. Can I send it?",
)


class Pages:
    """Renders the chat for one browser at a time, and knows its conversation by a cookie."""

    def __init__(self, conversations: Conversations, secret: bytes, max_bytes: int) -> None:
        """`secret` signs what comes back from the page; `max_bytes` is the most a message may carry."""
        self.max_bytes = max_bytes
        self._conversations = conversations
        self._signer = URLSafeTimedSerializer(secret, salt="not-personal-data")
        self._templates = Environment(
            loader=PackageLoader("bot.platforms.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(recipients=words.RECIPIENTS, kinds=words.NEAR_MISS_KINDS)

    def conversation(self, request: Request) -> tuple[str, Conversation]:
        """The key and the conversation of the browser that asks."""
        return self._conversations.open(request.cookies.get(COOKIE))

    def forget(self, key: str) -> None:
        """Drop a conversation."""
        self._conversations.forget(key)

    def chat(
        self, key: str, conversation: Conversation, *, error: str = "", text: str = "", status: int = 200
    ) -> Response:
        """The whole chat page."""
        return self.page(
            "chat.html",
            key,
            status=status,
            exchanges=[outgoing.exchange_view(exchange, self.sign) for exchange in conversation.exchanges],
            examples=EXAMPLES,
            notice=conversation.take_notice(),
            error=error,
            text=text,
            max_bytes=self.max_bytes,
            max_words=words.size(self.max_bytes),
        )

    def page(self, template: str, key: str, *, status: int = 200, **values: Any) -> Response:
        """Any page or fragment."""
        return self.keep(HTMLResponse(self.fragment(template, **values), status_code=status), key)

    def fragment(self, template: str, **values: Any) -> str:
        """A template as text."""
        return self._templates.get_template(template).render(**values)

    def exchange(self, exchange: Exchange) -> dict[str, str]:
        """One exchange for the script to put into the page, and what to say to a screen reader."""
        view = outgoing.exchange_view(exchange, self.sign)
        return {"id": view.id, "html": self.fragment("exchange.html", x=view), "announce": view.announcement}

    def sign(self, finding: Finding) -> str:
        """What the "isn't personal data" button posts: it cannot be made up, and it works for a day."""
        return self._signer.dumps([finding.digest, finding.category.value]) if finding.digest else ""

    def signed(self, token: str) -> tuple[str, str] | None:
        """The digest and category of a button's value, or None when it was not made here or is too old."""
        try:
            digest, category = self._signer.loads(token, max_age=TOKEN_SECONDS)
        except (BadData, ValueError, TypeError):
            return None
        return str(digest), str(category)

    def keep(self, response: Response, key: str) -> Response:
        """Set the cookie that finds the conversation again; it ends with the browser session."""
        response.set_cookie(COOKIE, key, httponly=True, samesite="strict", path="/")
        return response


def wants_fragment(request: Request) -> bool:
    """True when the script asks, which puts the answer into the page itself."""
    return request.headers.get("x-requested-with") == "fetch"
