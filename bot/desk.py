"""The desk: whatever a button or a form asks for is done here, the same way for every platform."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.board import Download, Page
from bot.domain.card import Card, Form
from bot.domain.component import Act, ActError, Component, Outcome, Press
from bot.domain.people import Person

GONE = "That is no longer here. Reload, and start from what is shown now."
TEAM_ONLY = "Only the information team can do that."


class Desk:
    """All acts, pages and downloads of the components, by name."""

    def __init__(self, components: Sequence[Component]) -> None:
        self._acts: dict[str, Act] = {name: act for one in components for name, act in one.acts.items()}
        self._pages = {name: page for one in components for name, page in one.pages.items()}
        self._homes = [one.home for one in components if one.home]
        self._downloads = {name: make for one in components for name, make in one.downloads.items()}

    def offers(self, act: str) -> bool:
        """Whether some component offers that act."""
        return act in self._acts

    def for_team(self, act: str) -> bool:
        """Whether only the information team can do that act."""
        return act in self._acts and self._acts[act].team

    @property
    def pages(self) -> tuple[str, ...]:
        """The first parts of the addresses of the board, in the order of the components."""
        return tuple(self._pages)

    def form(self, act: str, about: str, by: Person | None, now: datetime) -> Form:
        """The form that comes before an act; raises ActError."""
        chosen = self._allowed(act, by)
        if chosen.form is None:
            raise ActError(GONE)
        return chosen.form(Press(act, about, now, by=by))

    def press(self, press: Press) -> Outcome:
        """Do what was asked; raises ActError."""
        return self._allowed(press.act, press.by).run(press)

    def home(self, person: Person, now: datetime) -> tuple[Card, ...]:
        """What a person sees on a page of their own."""
        return tuple(card for home in self._homes for card in home(person, now))

    def page(self, address: str, query: Mapping[str, str]) -> Page:
        """A page of the board by its address below /board/; raises ActError."""
        name, _, rest = address.partition("/")
        if name not in self._pages:
            raise ActError("There is no such page on the board.")
        return self._pages[name](rest, query)

    def download(self, address: str, query: Mapping[str, str]) -> Download:
        """A file of the board; raises ActError."""
        name, _, rest = address.partition("/")
        if name not in self._downloads:
            raise ActError("There is no such file on the board.")
        return self._downloads[name](rest, query)

    def _allowed(self, act: str, by: Person | None) -> Act:
        if act not in self._acts:
            raise ActError(GONE)
        chosen = self._acts[act]
        if chosen.team and not (by and by.team):
            raise ActError(TEAM_ONLY)
        return chosen
