"""What can be done with an answer."""

from bot.domain.card import Button, Style
from bot.domain.people import Person, Place
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict

_ASKABLE = frozenset({Verdict.ASK, Verdict.NOT_COVERED, Verdict.STOP})


def lasting(person: Person | None) -> Place | None:
    """Where a person can still be told of something days later; a conversation of the web chat lives for hours only."""
    place = person.place if person is not None else None
    return place if place is not None and place.platform != "web" else None


def buttons(reply: Reply, *, reachable: bool) -> tuple[Button, ...]:
    """What can be done with an answer, at most five: what helps the person now comes first."""
    askable = reply.verdict in _ASKABLE
    settled = reply.clarify is None
    first = Style.PRIMARY if settled and reply.verdict in (Verdict.ASK, Verdict.NOT_COVERED) else Style.PLAIN
    offered = (
        (askable, Button("answer.ask_human", "Ask a person", reply.id, first, opens_form=True)),
        (_stated(reply), Button("answer.change", "Not what I meant", reply.id, opens_form=True)),
        (settled, Button("answer.helpful", "Helpful", reply.id)),
        (settled, Button("answer.not_helpful", "Not helpful", reply.id, opens_form=True)),
        (settled and reachable, Button("answer.mute", "Don't tell me of changes", reply.id)),
    )
    return tuple(button for shown, button in offered if shown)


def _stated(reply: Reply) -> bool:
    facts = reply.facts
    return bool(facts.materials or facts.recipients or facts.channels)
