"""Dispatch of physical media and paper as a part of the product."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

from bot.dispatch import cards
from bot.dispatch.acts import GONE, DispatchActs
from bot.dispatch.planned import Planned, planned
from bot.dispatch.record import DUE, Tracking
from bot.domain.board import Cell, Page, Table
from bot.domain.component import ActError, Answered, Component, Extras
from bot.domain.dispatch import Dispatch
from bot.domain.verdict import Verdict
from bot.errors import StoreError
from bot.incident.clock import when
from bot.incident.went import Left, left

A_PAGE = 50


def component(tracking: Tracking) -> Component:
    """Acts, the page, the alarm, and the card under an answer."""
    pages = DispatchPages(tracking)
    plans = Planned(tracking.needs.meanwhile)

    def noting(answered: Answered) -> Extras:
        extras = after(answered)
        if extras.cards:
            channel = next((one for one in answered.reply.facts.channels if one in cards.CHANNELS), "")
            said = planned(answered.message.text, channel, tracking.needs.scrub)
            with suppress(StoreError):  # the form is then filled in by hand; the answer itself must go out
                plans.keep(answered.reply.id, said, answered.now)
        return extras

    return Component(
        acts=DispatchActs(tracking, plans).acts(),
        pages={"dispatches": pages.page},
        alarms={DUE: tracking.due},
        after=noting,
        start=tracking.start,
        purge=tracking.purge,
    )


def after(answered: Answered) -> Extras:
    """Something physical is about to go: the checklist, and the offer to track it."""
    reply = answered.reply
    physical = any(channel in cards.CHANNELS for channel in reply.facts.channels)
    if not physical or not reply.id or reply.verdict is Verdict.STOP:
        return Extras()
    if left(answered.message.text, reply.verdict) is not Left.NOT_SAID:
        return Extras()
    return Extras((cards.before(reply.conditions, reply.id),))


class DispatchPages:
    """The board: what is on its way, and one dispatch."""

    def __init__(self, tracking: Tracking) -> None:
        self._needs = tracking.needs
        self._zone = tracking.needs.office.zone

    def page(self, rest: str, query: Mapping[str, str]) -> Page:
        """The list, or one dispatch; the moment is read here, because a page is shown for now."""
        now = datetime.now(UTC)
        return self._one(rest, now) if rest else self.list_at(now, query.get("skip", ""))

    def list_at(self, now: datetime, skip: str = "") -> Page:
        """The open ones first, those that are overdue marked."""
        start = int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 8 else 0
        found = self._needs.dispatches.listed(A_PAGE + 1, start)
        columns = ("Code", "How it stands", "Expected", "What", "To", "By")
        rows = tuple(self._row(one, now) for one in found[:A_PAGE])
        table = Table("Dispatches", columns, rows, "Nothing is on its way.")
        following = f"skip={start + A_PAGE}" if len(found) > A_PAGE else ""
        return Page("Dispatches", ("Discs, sticks and papers on their way.",), (table,), following=following)

    def _row(self, one: Dispatch, now: datetime) -> tuple[Cell, ...]:
        late = one.overdue(now)
        return (
            Cell(one.code, f"dispatches/{one.code}"),
            Cell("not confirmed" if late else cards.STATES[one.state], overdue=late),
            Cell(when(one.expected_at, self._zone), overdue=late),
            Cell(one.what.text),
            Cell(one.destination.text),
            Cell(cards.CHANNELS.get(one.channel, one.channel)),
        )

    def _one(self, code: str, now: datetime) -> Page:
        dispatch = self._needs.dispatches.get(code)
        if dispatch is None:
            raise ActError(GONE)
        rows = tuple((Cell(label), Cell(value)) for label, value in cards.facts(dispatch, self._zone))
        state = "not confirmed" if dispatch.overdue(now) else cards.STATES[dispatch.state]
        table = Table("What is known", ("Field", "Now"), rows)
        return Page(f"Dispatch {code}", (state,), (table,), buttons=cards.buttons(dispatch))
