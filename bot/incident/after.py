"""What a question adds to its reply when it says that something already went."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.card import Button, Card
from bot.domain.component import Answered, Extras
from bot.domain.reply import Reply
from bot.errors import SendcheckError
from bot.incident import cards
from bot.incident.record import Incidents, scrubbed, tokens
from bot.incident.steps import channel_name
from bot.incident.went import Left, is_thought, left, told_as
from bot.nearmiss.breach import classify
from bot.nearmiss.nearest import Embed

DATA = {
    "name_contact": "person_name date_of_birth address postcode phone email",
    "identifiers": "nhs_number ni_number passport driving_licence vehicle_registration pnc_id cro_number asn "
    "prison_number",
    "convictions": "criminal_record",
    "health": "health",
    "sex_life": "sexual_offence",
    "other_special": "special_category",
    "financial": "bank_account payment_card",
    "location": "gps_location",
}
"""Categories of the regulator's form to categories of findings."""


HAPPENED = frozenset({"sent_in_error", "lost_item"})
"""Terms of the vocabulary for what has already happened; who asks about it in other words is asked whether it left."""


def read(answered: Answered, embed: Callable[[], Embed]) -> Left:
    """Whether it went: by the words, by what the reply understood, by likeness to reports."""
    text = answered.message.text
    said = left(text, answered.reply.verdict)
    if said is not Left.NOT_SAID or not text.strip():
        return said
    if HAPPENED & set(answered.reply.facts.materials) and not is_thought(text):
        return Left.UNCLEAR
    return told_as(text, embed())


@dataclass(frozen=True)
class AtTheTerminal:
    """The same card where nothing is kept: a single command has no register and no clock."""

    contact: Callable[[], str]
    """Whom to ring; not the owner of the page that the question touched."""
    zone: ZoneInfo
    embed: Callable[[], Embed]

    def __call__(self, answered: Answered) -> Extras:
        """The first hour."""
        said = read(answered, self.embed)
        if said is Left.NOT_SAID:
            return Extras()
        return Extras((cards.first_hour(_channels(answered.reply), self.contact(), answered.now, self.zone),))


class BreachPath:
    """Opens the breach at once where the words are plain, and asks where they are not."""

    def __init__(self, incidents: Incidents, warn: Callable[[str], None], embed: Callable[[], Embed]) -> None:
        self._incidents = incidents
        self._embed = embed
        self._warn = warn

    def __call__(self, answered: Answered) -> Extras:
        """Never raises: where the register cannot be reached, the first hour is shown all the same."""
        said = read(answered, self._embed)
        if said is Left.NOT_SAID:
            return Extras()
        if said is Left.UNCLEAR:
            return Extras((cards.question(answered.reply.id),))
        try:
            return Extras((self._opened(answered),))
        except SendcheckError as error:
            self._warn(type(error).__name__)
            needs = self._incidents.needs
            channels, zone = _channels(answered.reply), needs.office.zone
            return Extras((cards.first_hour(channels, needs.contact, answered.now, zone),))

    def _opened(self, answered: Answered) -> Card:
        reply, text, now = answered.reply, answered.message.text, answered.now
        facts = {"origin": "question", "kind": str(classify(text)), "channel": channel_name(_channels(reply))}
        found = {str(finding.category) for one in reply.files for finding in one.inspection.findings}
        facts["data"] = tokens([name for name, those in DATA.items() if found & set(those.split())])
        incident = self._incidents.open(
            now,
            {name: value for name, value in facts.items() if value},
            scrubbed({"what": text[:3000]}, self._incidents.needs.scrub),
            source=self._source(answered, now),
        )
        card = self._incidents.card(incident, now)
        if incident.opened_at == now:
            return card
        # Said again, it is the same breach; a second one on the same day must not vanish in the first.
        other = Button("breach.open", "This is another one", reply.id, opens_form=True)
        return replace(card, buttons=(*card.buttons, other))

    def _source(self, answered: Answered, now: datetime) -> str:
        """Who says it again in the same conversation on the same day means the same breach."""
        if answered.message.thread:
            return f"thread:{answered.message.thread}:{self._incidents.needs.office.local(now).date()}"
        return f"answer:{answered.reply.id}" if answered.reply.id else ""


def _channels(reply: Reply) -> tuple[str, ...]:
    return reply.facts.channels
