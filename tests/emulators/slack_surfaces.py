"""Every surface of the app in Slack, made from fixed values: what people see, kept in tests/payloads/slack."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.message import Attachment
from bot.domain.nearmiss import Way
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.domain.words import headline
from bot.nearmiss.forms import first_form
from bot.platforms.chat.words import ABOVE
from bot.platforms.slack import forms, home, words
from bot.platforms.slack.answering import note
from bot.platforms.slack.blocks import Posting
from bot.platforms.slack.outgoing import card_postings, reply_postings, report_postings
from tests.emulators.cards import BREACH, DIGEST, DISPATCH, RECEIPT, TRIAGE
from tests.emulators.slack_site import BUTTONS
from tests.web_assistant import CLARIFY, _reply, _report

LONDON = ZoneInfo("Europe/London")


def surfaces() -> Mapping[str, tuple[dict[str, Any], ...]]:
    """Name to the messages or the view."""
    return {name: make() for name, make in _MAKERS.items()}


def _messages(*postings: Posting) -> tuple[dict[str, Any], ...]:
    return tuple({"text": one.text, "blocks": list(one.blocks)} for one in postings)


def _answer(verdict: Verdict) -> Reply:
    reply = replace(_reply(verdict, "", ()), headline=headline(verdict, "the disclosure lead"), buttons=BUTTONS)
    return replace(reply, conditions=reply.conditions if verdict in (Verdict.SAFEGUARDS, Verdict.ASK) else ())


def _file(name: str) -> Any:
    return _report(Attachment(name, b"%PDF"))


def _verdict(verdict: Verdict) -> Callable[[], tuple[dict[str, Any], ...]]:
    return lambda: _messages(*reply_postings(_answer(verdict)))


def _clarifying() -> Reply:
    return replace(_answer(Verdict.ASK), clarify=CLARIFY, conditions=(), citations=(), buttons=BUTTONS[:2])


def _one_file() -> Reply:
    return replace(_answer(Verdict.STOP), files=(_file("statement.pdf"),))


_MAKERS: Mapping[str, Callable[[], tuple[dict[str, Any], ...]]] = {
    **{f"reply_{verdict.name.lower()}": _verdict(verdict) for verdict in Verdict},
    "reply_clarify": lambda: _messages(*reply_postings(_clarifying())),
    "reply_breach": lambda: _messages(*reply_postings(replace(_answer(Verdict.ASK), cards=(BREACH,)))),
    "reply_file": lambda: _messages(*reply_postings(_one_file(), ("F1",))),
    "reply_files": lambda: _messages(
        *report_postings(_file("<!channel>.pdf"), "F1"),
        *report_postings(_file("list.pdf"), "F2"),
        *reply_postings(replace(_answer(Verdict.STOP), because=(ABOVE,))),
    ),
    "channel_thread": lambda: _messages(note(words.ANSWERED_PRIVATELY)),
    "greeting": lambda: _messages(*card_postings(words.help_card())),
    "check_modal": lambda: (forms.check_modal({"channel": "", "thread": ""}),),
    "near_miss_modal": lambda: (forms.modal(first_form("", None, Way.CONFIDENTIAL), {}, LONDON),),
    "near_miss_receipt_modal": lambda: (forms.card_modal(replace(RECEIPT, private=True), {}),),
    "home": lambda: (home.home_view((RECEIPT, DIGEST)),),
    "home_of_an_outsider": lambda: (home.closed_view(),),
    "card_triage": lambda: _messages(*card_postings(TRIAGE)),
    "card_breach": lambda: _messages(*card_postings(BREACH)),
    "card_dispatch": lambda: _messages(*card_postings(DISPATCH)),
    "card_digest": lambda: _messages(*card_postings(DIGEST)),
}
