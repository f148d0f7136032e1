"""What comes back from a page, signed: it cannot be made up, works for a day, and only where it was shown."""

from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.domain.card import Button
from bot.domain.finding import Finding
from bot.platforms.web.fields import TooOldError

TOKEN_SECONDS = 24 * 60 * 60
TOO_OLD = "That is too old to use. If you typed something, copy it first; then reload the page and start from there."


@dataclass(frozen=True)
class Shown:
    """A button or a form as it was shown."""

    act: str
    about: str
    words: str
    source: str
    """Where it stood: the id of a card or an exchange, or an address of the board."""
    form_id: str = ""


class Tokens:
    """Signs and reads what buttons and forms post."""

    def __init__(self, secret: bytes) -> None:
        self._findings = URLSafeTimedSerializer(secret, salt="not-personal-data")
        self._shown = URLSafeTimedSerializer(secret, salt="button")

    def finding(self, finding: Finding) -> str:
        """What the "isn't personal data" button posts; empty when there is nothing to remember."""
        return self._findings.dumps([finding.digest, finding.category.value]) if finding.digest else ""

    def read_finding(self, token: object) -> tuple[str, str] | None:
        """The digest and category of such a value, or None when it was not made here or is too old."""
        try:
            digest, category = self._findings.loads(str(token), max_age=TOKEN_SECONDS)
        except (BadData, ValueError, TypeError):
            return None
        return str(digest), str(category)

    def button(self, button: Button, audience: str, source: str) -> str:
        """What a button posts; `audience` is the conversation or the part of the site that it is shown in."""
        return self._shown.dumps([audience, button.act, button.about, button.words, source])

    def form(self, shown: Shown, audience: str, form_id: str) -> str:
        """What a form posts along with its fields."""
        return self._shown.dumps([audience, shown.act, shown.about, shown.words, shown.source, form_id])

    def read(self, token: object, audience: str) -> Shown:
        """The button or form that was shown to that audience; raises TooOldError."""
        try:
            given, *rest = self._shown.loads(str(token), max_age=TOKEN_SECONDS)
            shown = Shown(*map(str, rest))
        except (BadData, ValueError, TypeError) as error:
            raise TooOldError(TOO_OLD) from error
        if given != audience:
            raise TooOldError(TOO_OLD)
        return shown
