"""Reporting: two steps, or one when the check already knows what it was."""

from bot.domain.card import Button, Card, CardKind, Form
from bot.domain.component import Act, ActError, Outcome, Press
from bot.domain.finding import Category
from bot.domain.nearmiss import AlreadySent, Circumstances, Factor, NearMiss, Reporter, Stage, Stopped, Way
from bot.domain.words import CATEGORY_WORDS
from bot.nearmiss import forms
from bot.nearmiss.breach import already_sent, classify
from bot.nearmiss.drafts import Draft
from bot.nearmiss.filing import File
from bot.nearmiss.known import Known
from bot.nearmiss.needs import Needs, day_words
from bot.nearmiss.scrub import labels_in
from bot.nearmiss.taxonomy import WAITED_WORDS

TOO_LATE = (
    "That was begun more than an hour ago, and what you typed then is no longer kept. Copy the words that you see "
    "here, and start again."
)


class Reporting:
    """The acts of somebody who reports."""

    def __init__(self, needs: Needs, file: File) -> None:
        self._needs = needs
        self._file = file

    def acts(self) -> dict[str, Act]:
        """By name."""
        return {"report.new": Act(self.new, self.ask), "report.send": Act(self.send, self.show_again)}

    def ask(self, press: Press) -> Form:
        """The first form."""
        way = Way.CONFIDENTIAL if press.by else Way.ANONYMOUS
        said = self._needs.spoken.get(press.about, press.now)
        return forms.first_form(press.about, self._needs.memory.get(press.about, press.now), way, said)

    def new(self, press: Press) -> Outcome:
        """Read what was typed, and show it as it will be stored; without text, file what the check knows."""
        known = self._needs.memory.get(press.about, press.now)
        text = press.value("text")
        way = self._way(press)
        if not text:
            if not (known and known.files):
                raise ActError("Please say in a few words what happened.", wrong="text")
            return self._from_check(press, known, way)
        if len(text) > forms.LONGEST:
            raise ActError(f"That is {len(text):,} characters; the most is {forms.LONGEST:,}.", wrong="text")
        embed = self._needs.embed()
        mine = known if known and way is not Way.ANONYMOUS else Known()
        draft = Draft(
            pieces=self._needs.scrubber().stretches(text),
            kind=forms.kind_of(press.value("kind")) or mine.kind or classify(text, embed),
            way=way,
            sent=already_sent(text, embed),
            around=circumstances(press, known, way),
            categories=mine.categories,
            name=press.value("name") if way is Way.NAMED else "",
            by=None if way is Way.ANONYMOUS else press.by,
        )
        return forms.send_form(self._needs.drafts.keep(draft, press.now), draft)

    def show_again(self, press: Press) -> Form:
        """The draft as it would be stored, for a page that the server no longer remembers."""
        draft = self._needs.drafts.get(press.about, press.now)
        if draft is None:
            raise ActError(TOO_LATE)
        return forms.send_form(press.about, draft)

    def send(self, press: Press) -> Outcome:
        """Store it and give the receipt; pressed under a check, log what the check found with one click."""
        draft = self._needs.drafts.get(press.about, press.now)
        if draft is None:
            known = self._needs.memory.get(press.about, press.now)
            if known and known.files and not press.value("text"):
                return self._from_check(press, known, self._way(press))
            raise ActError(TOO_LATE)
        text = press.value("text")
        if not text:
            raise ActError("Please say in a few words what happened.", wrong="text")
        if len(text) > 2 * forms.LONGEST:
            raise ActError(f"That is {len(text):,} characters; the most is {2 * forms.LONGEST:,}.", wrong="text")
        restored, kept = put_back(text, draft, press.values.get("keep", ()))
        scrubbed = self._needs.scrubber().scrub(restored, kept)
        sent = press.value("sent")
        report = self._file.make(
            scrubbed,
            kind=forms.kind_of(press.value("kind")) or draft.kind,
            sent=AlreadySent(sent) if sent in set(AlreadySent) else draft.sent,
            way=draft.way,
            around=draft.around,
            categories=draft.categories,
            now=press.now,
        )
        reporter = None if draft.way is Way.ANONYMOUS else Reporter(draft.by, draft.name)
        card = self._file.file(report, reporter, press.now)
        self._needs.drafts.drop(press.about)
        return self._receipt(report, press, card)

    def _from_check(self, press: Press, known: Known, way: Way) -> Card:
        """One click: everything is filled in."""
        found = ", ".join(CATEGORY_WORDS[Category(category)] for category in known.categories) or "something"
        text = f"The check found {found} in a file before it was sent."
        report = self._file.make(
            self._needs.scrubber().scrub("" if way is Way.ANONYMOUS else text),
            kind=forms.kind_of(press.value("kind")) or known.kind or classify(text, self._needs.embed()),
            sent=AlreadySent.FALSE,
            way=way,
            around=circumstances(press, known, way),
            categories=() if way is Way.ANONYMOUS else known.categories,
            now=press.now,
        )
        name = press.value("name") if way is Way.NAMED else ""
        card = self._file.file(report, None if way is Way.ANONYMOUS else Reporter(press.by, name), press.now)
        return self._receipt(report, press, card)

    def _way(self, press: Press) -> Way:
        """How it is to be reported; by default so that an answer reaches them and nobody else knows."""
        chosen = press.value("way")
        if chosen and chosen not in set(Way):
            raise ActError("Please choose how you want to report.", wrong="way")
        if chosen == Way.NAMED and not press.value("name"):
            raise ActError(NO_NAME, wrong="name")
        return Way(chosen) if chosen else Way.CONFIDENTIAL if press.by else Way.ANONYMOUS

    def _receipt(self, report: NearMiss, press: Press, breach: Card | None) -> Card:
        """Thanks, the code, and what happens next; the breach path comes first where there is one."""
        due = day_words(self._needs.due(self._needs.day(press.now)))
        reached = report.way is not Way.ANONYMOUS and press.by is not None and press.by.place is not None
        keep = "It is not kept anywhere else, so write it down now."
        if reached:
            keep = HEAR_HERE if press.by and press.by.platform != "web" else HEAR_WHILE_OPEN
        details = (("Report", report.receipt), ("Your code", report.code), ("Answer by", due))
        lines = (
            "Thank you. With your code you can add to it and read the answer, wherever you can report.",
            keep,
        )
        buttons = (Button("report.read", "Read the answer later", opens_form=True),)
        if breach is None:
            told = "The information team has it." if report.way is not Way.ANONYMOUS else TOLD_TOMORROW
            return Card(
                CardKind.REPORT, "Your report is in", (*lines, told), details, (), buttons, private=report.anonymous
            )
        return Card(
            breach.kind,
            breach.title,
            (*breach.lines, *lines),
            (*breach.details, *details),
            breach.steps,
            (*breach.buttons, *buttons),
            about=breach.about,
            private=report.anonymous,
        )


HEAR_HERE = "You will hear here as well."
HEAR_WHILE_OPEN = "You will hear here as well while this page stays open. For later, write the code down now."
NO_NAME = "Please write your name, so that the team knows who to ring; or choose “Confidential”."
TOLD_TOMORROW = (
    "The information team gets anonymous reports on the next working morning, all of a day together, so that nobody "
    "can tell from the time whose it is."
)


def put_back(text: str, draft: Draft, chosen: tuple[str, ...]) -> tuple[str, list[tuple[int, int]]]:
    """The text with the chosen stretches back in their places, and where they now stand; raises ActError."""
    if not chosen:
        return text, []
    masked = forms.masked_in(draft.pieces)
    places = labels_in(text)
    if [text[slice(*place)] for place in places] != [piece.label for piece in masked]:
        raise ActError(
            "Labels were added to the text or removed from it, so it is not clear where to put those words back. "
            "Take the ticks away, or write the words back into the text with their label left as it is.",
            wrong="keep",
        )
    wanted = {int(number) for number in chosen if number.isdigit() and int(number) < len(masked)}
    pieces, kept, at, length = [], [], 0, 0
    for number, (start, end) in enumerate(places):
        piece = masked[number]
        word = piece.text if number in wanted and piece.removed else text[start:end]
        length += start - at
        pieces += [text[at:start], word]
        if number in wanted and piece.removed:
            kept.append((length, length + len(word)))
        length += len(word)
        at = end
    return "".join([*pieces, text[at:]]), kept


def circumstances(press: Press, known: Known | None, way: Way) -> Circumstances:
    """What is known around it; an anonymous report keeps only what its author fills in now.

    Facts of a kept answer together with the day could tie a report to whoever asked.
    """
    mine = known if known and way is not Way.ANONYMOUS else Known()
    waited = press.value("waited")
    return Circumstances(
        hazard=press.value("hazard") == "yes",
        material=mine.material,
        recipient=mine.recipient,
        channel=mine.channel,
        said=mine.said,
        stage=press.value("stage") if press.value("stage") in set(Stage) else "",
        stopped=press.value("stopped") if press.value("stopped") in set(Stopped) else "",
        factors=tuple(value for value in press.values.get("factors", ()) if value in set(Factor)),
        waited=int(waited) if waited in WAITED_WORDS else 0 if mine.files and not waited else None,
    )


REPORT_BUTTON = Button("report.new", "Log a near miss", opens_form=True)
