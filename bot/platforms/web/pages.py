"""Pages and fragments of the web chat, made from templates that escape every value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.domain.card import Button, Card, Form
from bot.platforms.web import outgoing, words
from bot.platforms.web.cards import ButtonView, CardView, FormView, announcement, button_view, card_view, form_view
from bot.platforms.web.conversation import Conversation, Conversations, Exchange, Posted
from bot.platforms.web.outgoing import ExchangeView
from bot.platforms.web.pictures import Pictures
from bot.platforms.web.surfaces import CHAT, Surface
from bot.platforms.web.tokens import Shown, Tokens

COOKIE = "sendcheck_chat"
NEW_REPORT = Button("report.new", "Log a near miss", opens_form=True)
EXAMPLES = (
    "Can I email a witness’s MG11 to the defence? It has the contact page on the back.",
    "Can I post an unencrypted DVD of an interview to the court?",
    "A journalist has asked for the case summary. Can I send it?",
)


class Pages:
    """Renders the chat for one browser at a time, and knows its conversation by a cookie."""

    def __init__(
        self,
        conversations: Conversations,
        secret: bytes,
        max_bytes: int,
        now: Callable[[], datetime],
        offers: Callable[[str], bool] = lambda act: False,
    ) -> None:
        """`secret` signs what comes back, `max_bytes` is the most a message carries; `now` is the office's time."""
        self.max_bytes = max_bytes
        self.tokens = Tokens(secret)
        self.pictures = Pictures()
        self.offers = offers
        self._now = now
        self._conversations = conversations
        self._templates = Environment(
            loader=PackageLoader("bot.platforms.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(recipients=words.RECIPIENTS)

    def conversation(self, request: Request) -> tuple[str, Conversation]:
        """The key and the conversation of the browser that asks."""
        return self._conversations.open(request.cookies.get(COOKIE))

    def known(self, request: Request) -> Conversation | None:
        """The conversation of the browser that asks, unless there is none yet."""
        return self._conversations.known(request.cookies.get(COOKIE))

    def forget(self, key: str) -> None:
        """Drop a conversation."""
        self._conversations.forget(key)

    def chat(
        self, key: str, conversation: Conversation, *, error: str = "", text: str = "", status: int = 200
    ) -> Response:
        """The whole chat page."""
        timeline = [self._entry(conversation, entry) for entry in tuple(conversation.timeline)]
        conversation.seen = conversation.came
        return self.page(
            "chat.html",
            key,
            status=status,
            timeline=timeline,
            examples=EXAMPLES,
            notice=conversation.take_notice(),
            error=error,
            text=text,
            came=conversation.came,
            max_bytes=self.max_bytes,
            max_words=words.size(self.max_bytes),
        )

    def page(self, template: str, key: str, *, status: int = 200, **values: Any) -> Response:
        """Any page or fragment."""
        return self.keep(HTMLResponse(self.fragment(template, key, **values), status_code=status), key)

    def fragment(self, template: str, key: str | None = None, **values: Any) -> str:
        """A template as text; the key of a conversation goes with a whole page."""
        values.setdefault("new_report", self._new_report(key) if key else None)
        return self._templates.get_template(template).render(**values)

    def exchange(self, conversation: Conversation, exchange: Exchange) -> dict[str, str]:
        """One exchange for the script to put into the page, and what to say to a screen reader."""
        view = self.exchange_view(conversation, exchange)
        return {"id": view.id, "html": self.fragment("exchange.html", x=view), "announce": view.announcement}

    def exchange_view(
        self, conversation: Conversation, exchange: Exchange, surface: Surface = CHAT, source: str | None = None
    ) -> ExchangeView:
        """One exchange with its cards and buttons; `source` is where they stand, by default the exchange itself."""
        cards = tuple(self.posted(conversation, posted) for posted in tuple(conversation.under.get(exchange.id, ())))
        if surface is not CHAT:
            shown = exchange.reply.cards
            cards = tuple(self.card(conversation, card, surface, source or "", level=4) for card in shown)
        source = exchange.id if source is None else source
        buttons = tuple(self.button(conversation, one, surface, source) for one in exchange.reply.buttons)
        return outgoing.exchange_view(exchange, self.tokens.finding, cards, buttons)

    def posted(self, conversation: Conversation, posted: Posted) -> CardView:
        """A card of the conversation; one that came by itself is new until a page has shown it."""
        return self.card(
            conversation,
            posted.card,
            CHAT,
            posted.id,
            card_id=posted.id,
            at=posted.at.astimezone(self._now().tzinfo),
            new=posted.number > conversation.seen,
            level=4 if posted.under else 3,
        )

    def arrival(self, conversation: Conversation, posted: Posted) -> dict[str, str]:
        """A card for the script to put into the page, and what to say to a screen reader."""
        html = self.fragment("card_alone.html", card=self.posted(conversation, posted))
        return {"id": posted.id, "under": posted.under, "html": html, "announce": announcement(posted.card)}

    def card(
        self,
        conversation: Conversation,
        card: Card,
        surface: Surface,
        source: str,
        *,
        card_id: str = "",
        at: datetime | None = None,
        new: bool = False,
        level: int = 3,
    ) -> CardView:
        """A card as shown in a part of the site, its buttons signed for those who see it there."""
        sign = partial(self.tokens.button, audience=surface.audience(conversation), source=source)
        return card_view(card, card_id, at, sign, self.pictures.keep, surface.acts, new=new, level=level)

    def button(self, conversation: Conversation, button: Button, surface: Surface, source: str) -> ButtonView:
        """A button that stands outside a card."""
        sign = partial(self.tokens.button, audience=surface.audience(conversation), source=source)
        return button_view(button, sign, surface.acts)

    def form(
        self,
        conversation: Conversation,
        form: Form,
        surface: Surface,
        shown: Shown,
        typed: Mapping[str, tuple[str, ...]] | None = None,
        problems: Mapping[str, str] | None = None,
    ) -> FormView:
        """A form; it is remembered, so that it can be shown again with what was typed."""
        form_id = shown.form_id or conversation.keep_form(form, shown.source)
        given = Shown(form.act, form.about, shown.words, shown.source)
        token = self.tokens.form(given, surface.audience(conversation), form_id)
        return form_view(form, token, surface.acts, typed, problems)

    def keep(self, response: Response, key: str) -> Response:
        """Set the cookie that finds the conversation again; it ends with the browser session."""
        response.set_cookie(COOKIE, key, httponly=True, samesite="strict", path="/")
        return response

    def buttons(
        self, conversation: Conversation, buttons: Sequence[Button], surface: Surface, source: str
    ) -> tuple[ButtonView, ...]:
        """Several buttons outside cards."""
        return tuple(self.button(conversation, one, surface, source) for one in buttons)

    def _entry(self, conversation: Conversation, entry: Exchange | Posted) -> tuple[str, ExchangeView | CardView]:
        if isinstance(entry, Exchange):
            return "exchange", self.exchange_view(conversation, entry)
        return "card", self.posted(conversation, entry)

    def _new_report(self, key: str) -> ButtonView | None:
        """The button that starts a near-miss report, where reports are taken."""
        if not self.offers(NEW_REPORT.act):
            return None
        return self.button(self._conversations.open(key)[1], NEW_REPORT, CHAT, "")


def wants_fragment(request: Request) -> bool:
    """True when the script asks, which puts the answer into the page itself."""
    return request.headers.get("x-requested-with") == "fetch"
