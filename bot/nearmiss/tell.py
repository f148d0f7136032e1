"""What the team and the reporter are told, whichever way it was reported."""

from bot.domain.card import Button, Card, CardKind, Style
from bot.domain.finding import Category
from bot.domain.nearmiss import AlreadySent, Report, Step, Way
from bot.domain.words import CATEGORY_WORDS
from bot.nearmiss.needs import Needs, day_words
from bot.nearmiss.taxonomy import FACTOR_WORDS, STAGE_WORDS, STATUS_WORDS, STOPPED_WORDS, kind_words, plain

NO_WORDS = "(No words: logged from a check.)"
WAYS = {
    Way.NAMED: "with a name",
    Way.CONFIDENTIAL: "confidentially; write to them with “Ask back”",
    Way.ANONYMOUS: "anonymously; they read what you write with their code",
}
_SENT = {
    AlreadySent.TRUE: "It reads as if it has gone: see the breach path",
    AlreadySent.UNCLEAR: "It may have gone: find out first",
    AlreadySent.FALSE: "Stopped in time",
}


def report_card(report: Report, title: str = "A near miss was reported") -> Card:
    """One report as the team sees it."""
    return Card(
        CardKind.REPORT,
        title,
        (report.filed.text.text or NO_WORDS,),
        details(report),
        buttons=team_buttons(report),
        about=report.filed.receipt,
    )


def details(report: Report) -> tuple[tuple[str, str], ...]:
    """What is known of a report, in words; nothing that was not said."""
    filed, around = report.filed, report.filed.around
    facts = [plain(fact) for fact in (around.material, around.recipient, around.channel) if fact]
    found = [CATEGORY_WORDS[Category(category)] for category in filed.finding_categories]
    factors = [words for factor, words in FACTOR_WORDS.items() if factor in around.factors]
    stage = next((words for stage, words in STAGE_WORDS.items() if stage == around.stage), "")
    stopped = next((words for what, words in STOPPED_WORDS.items() if what == around.stopped), "")
    pairs = (
        ("Report", filed.receipt),
        ("Kind", kind_words(filed.kind) + (" (a standing hazard)" if around.hazard else "")),
        ("Did it go?", _SENT[filed.already_sent]),
        ("Day", day_words(filed.reported_at.date())),
        ("Reported", WAYS[filed.way]),
        ("About", ", ".join(facts)),
        ("The check found", ", ".join(found)),
        ("Caught", stage),
        ("Stopped by", stopped),
        ("Contributed", ", ".join(factors)),
        ("Stands at", STATUS_WORDS[report.status]),
        ("Answer by", day_words(report.due) if report.due else ""),
        ("Grouped with", report.theme if report.theme != filed.receipt else ""),
    )
    return tuple(pair for pair in pairs if pair[1])


def team_buttons(report: Report) -> tuple[Button, ...]:
    """What the team can do with a report."""
    about = report.filed.receipt
    first = Button("report.acknowledge", "Acknowledge", about, Style.PRIMARY)
    return (
        *((first,) if report.status == "new" else ()),
        Button("report.ask_back", "Ask back", about, opens_form=True),
        Button("report.group", "Group with similar ones", about, opens_form=True),
        Button("report.decide", "Decide and answer", about, opens_form=True),
        Button("report.lesson", "Record a lesson", about, opens_form=True),
    )


class Teller:
    """Sends cards to the team and to reporters."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs

    def team(self, card: Card, key: str) -> None:
        """To the information team, once for ever by the key."""
        if self._needs.audience.team:
            self._needs.outbox.send(card, self._needs.audience.team, key)

    def reporter(self, receipt: str, title: str, lines: tuple[str, ...], key: str, kind: CardKind) -> bool:
        """To whoever reported, where they can be written to; whoever cannot be reads it with their code."""
        who = self._needs.reports.reporter(receipt)
        place = who.person.place if who and who.person else None
        if place is None:
            return False
        buttons = (Button("report.talk", "Write to the team", receipt, opens_form=True),)
        self._needs.outbox.send(Card(kind, title, lines, (("Report", receipt),), (), buttons, receipt), [place], key)
        return True


STEP_WORDS = {
    Step.SAID: "said",
    Step.ASKED: "asked",
    Step.ACKNOWLEDGED: "acknowledged",
    Step.GROUPED: "grouped",
    Step.DECIDED: "decided",
    Step.LESSON: "drew a lesson",
}
