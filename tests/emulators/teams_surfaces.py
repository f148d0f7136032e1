"""Every surface of the app in Teams, made from fixed values: what people see, kept in tests/payloads/teams."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.card import Button
from bot.domain.message import Attachment
from bot.domain.nearmiss import Way
from bot.domain.verdict import Verdict
from bot.domain.words import headline
from bot.nearmiss.forms import first_form
from bot.platforms.teams import words
from bot.platforms.teams.blocks import Posting
from bot.platforms.teams.client import message
from bot.platforms.teams.events import welcome
from bot.platforms.teams.forms import card_dialog, dialog, form_card
from bot.platforms.teams.incoming import Chat
from bot.platforms.teams.outgoing import card_postings, reply_postings
from bot.platforms.teams.posting import holding
from tests.emulators.cards import BREACH, DIGEST, DISPATCH, RECEIPT, TRIAGE
from tests.web_assistant import CLARIFY, _reply, _report
from tests.web_component import EVERY_FIELD, picture

BUTTONS = (
    Button("answer.ask_human", "Ask a person", "A-1", opens_form=True),
    Button("answer.change", "Not what I meant", "A-1", opens_form=True),
    Button("answer.helpful", "Helpful", "A-1"),
    Button("answer.not_helpful", "Not helpful", "A-1", opens_form=True),
    Button("report.new", "Log a near miss", "A-1", opens_form=True),
)
HOSTILE = "[click](http://evil.example) **bold** <at>all</at> {{DATE(2026-11-20T17:55:00Z)}} & <b>.pdf"
ONCE = "0" * 32
LARGE = 40
"""Files of a reply that does not fit into one message."""


def surfaces() -> dict[str, list[dict[str, Any]]]:
    """Name to the activities or dialogs that it consists of."""
    reply = replace(_reply(Verdict.STOP, "Don't send it with the contact page.", ()), id="A-1", buttons=BUTTONS)
    made: dict[str, list[dict[str, Any]]] = {}
    for verdict in Verdict:
        made[f"reply_{verdict}"] = _sent(
            reply_postings(
                replace(
                    _reply(verdict, headline(verdict, "the disclosure lead"), ()), id="A-1", buttons=BUTTONS
                )
            )
        )  # fmt: skip
    many = replace(CLARIFY, options=tuple((f"r{number}", f"Recipient {number}") for number in range(12)))
    files = tuple(_report(Attachment(HOSTILE, b"x")) for _ in range(2))
    made |= {
        "reply_clarify": _sent(reply_postings(replace(reply, clarify=CLARIFY))),
        "reply_clarify_many": _sent(reply_postings(replace(reply, clarify=many))),
        "reply_file": _sent(reply_postings(replace(reply, files=files[:1]), ("f1",))),
        "reply_files": _sent(reply_postings(replace(reply, files=files), ("f1", "f2"))),
        "reply_breach": _sent(reply_postings(replace(reply, cards=(BREACH,)))),
        "reply_folded": _sent(reply_postings(replace(reply, files=files[:1] * LARGE))),
        "card_report": _sent(card_postings(TRIAGE)),
        "card_breach": _sent(card_postings(BREACH)),
        "card_digest": _sent(card_postings(replace(DIGEST, picture=picture()))),
        "card_dispatch": _sent(card_postings(DISPATCH)),
        "holding": _sent([holding(words.CHECKING)]),
        "welcome": _sent([welcome(Chat("", "a:x"))]),
        "welcome_team": _sent([welcome(Chat("", "19:x", kind="channel"))]),
        "near_miss_dialog": [_form(first_form("", None, Way.NAMED))],
        "every_field_dialog": [dialog(EVERY_FIELD.title, form_card(EVERY_FIELD, ONCE, {"where": "Say where."}))],
        "receipt_dialog": [card_dialog(RECEIPT)],
    }
    return made


def _form(form: Any) -> dict[str, Any]:
    return dialog(form.title, form_card(form, ONCE))


def _sent(postings: Sequence[Posting]) -> list[dict[str, Any]]:
    return [message(posting) for posting in postings]
