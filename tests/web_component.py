"""A small part of the product with every kind of act, card, form and page, to try the web with."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PIL import Image, ImageDraw

from bot.domain.board import Cell, Download, Page, Table
from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form, Picture, Style
from bot.domain.component import Act, ActError, Answered, Component, Extras, Outcome, Press
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.errors import StoreError
from knowledge import Facts

HOSTILE = "</h3></textarea></option><script>alert(1)</script><img src=x onerror=alert(1)>\"'"
HELPFUL = Button("tried.helpful", "Helpful")
TELL = Button("tried.tell", "Tell us what happened", "A-1", Style.PRIMARY, opens_form=True)
CORRECT = Button("answer.change", "Correct this", "A-1", opens_form=True)
AGAIN = Button("tried.again", "Ask that again", "A-1")
OPEN_CLOCK = Button("tried.clock", "It went: start the clock", "A-1", Style.DANGER)
EVERY = Button("tried.every", "Answer", "A-1", opens_form=True)
STEPS = (
    "Ask the recipient to delete it and to confirm that in writing.",
    "Ring the information team on 020 7946 0123.",
    "Note who received it, what it held, and when you found out.",
)
EVERY_FIELD = Form(
    "tried.every",
    "Every kind of question",
    (
        Field("where", "Where was it going?", FieldKind.LINE, required=True, hint="A role, not a name.", longest=60),
        Field("story", "What happened?", FieldKind.TEXT, required=True, hint="Names are taken out.", longest=200),
        Field("kind", "What kind of thing?", FieldKind.CHOICE, True, (("post", "By post"), ("email", "By email"))),
        Field("office", "Which office?", FieldKind.CHOICE, options=tuple((f"o{n}", f"Office {n}") for n in range(9))),
        Field(
            "causes",
            "What played a part?",
            FieldKind.CHOICES,
            options=(("rush", "Time pressure"), ("names", "Similar names"), ("template", "The template")),
        ),
        Field("seen", "Was it opened?", FieldKind.YES_NO, required=True),
        Field("when", "When did you find out?", FieldKind.MOMENT, required=True, value=("2026-11-20T17:55",)),
    ),
    about="A-1",
    intro=("Nobody is blamed.", "It takes less than a minute."),
    submit="Send it",
)


def picture() -> Picture:
    """A chart of three bars."""
    chart = Image.new("RGB", (420, 180), "white")
    pen = ImageDraw.Draw(chart)
    for place, height in enumerate((60, 110, 40)):
        pen.rectangle((60 + place * 110, 150 - height, 120 + place * 110, 150), fill="#14507a")
    stream = io.BytesIO()
    chart.save(stream, "PNG")
    return Picture(stream.getvalue(), "Near misses: 6 in September, 11 in October, 4 in November.")


def card_of(kind: CardKind, title: str = "") -> Card:
    """A card of a kind with everything that a card can hold."""
    return Card(
        kind,
        title or f"A card for a {kind.value}",
        ("One paragraph that says what it is about.", "A second one, with what to do next."),
        (("Filed", "Friday 20 November 2026, 17:55"), ("Answer by", "Friday 27 November 2026")),
        STEPS if kind in (CardKind.BREACH, CardKind.DISPATCH) else (),
        (HELPFUL, TELL, OPEN_CLOCK) if kind in (CardKind.BREACH, CardKind.REPORT) else (),
        about=f"{kind.value}-1",
        picture=picture() if kind is CardKind.DIGEST else None,
    )


def short_reply(text: str) -> Reply:
    """A reply that says one thing."""
    return Reply(
        Verdict.SAFEGUARDS, text, (), ("Encrypt it",), (), "the disclosure lead", Facts(), "You send it to a court."
    )


@dataclass
class Tried:
    """The part, and what it was asked to do."""

    presses: list[Press] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)

    def component(self) -> Component:
        """What it offers."""
        return Component(
            acts={
                "tried.helpful": Act(self._helpful),
                "tried.tell": Act(self._tell, self._tell_form),
                "tried.send": Act(self._sent),
                "tried.every": Act(self._every, lambda press: EVERY_FIELD),
                "tried.again": Act(self._again),
                "tried.clock": Act(self._clock),
                "tried.breaks": Act(self._breaks),
                "tried.close": Act(self._close, team=True),
                "tried.note": Act(self._close, self._note_form, team=True),
                "answer.change": Act(self._corrected, self._correct_form),
                "report.read": Act(self._read, self._read_form),
            },
            pages={"reports": self._reports, "clocks": self._clocks, "lessons": self._empty},
            downloads={"reports": self._download},
            after=self._after,
        )

    def _after(self, answered: Answered) -> Extras:
        if "it went" in answered.message.text:
            return Extras((card_of(CardKind.BREACH, "It went: do this now"),), (TELL,))
        return Extras((card_of(CardKind.LESSON),), (HELPFUL, TELL, CORRECT, AGAIN, OPEN_CLOCK))

    def _helpful(self, press: Press) -> Outcome:
        self.presses.append(press)
        return Card(CardKind.NOTE, "Thank you. That is noted.", about=press.about)

    def _tell_form(self, press: Press) -> Form:
        return Form(
            "tried.tell", "Tell us", (Field("story", "What happened?", FieldKind.TEXT, required=True),), press.about
        )

    def _tell(self, press: Press) -> Outcome:
        self.presses.append(press)
        if "07700" in press.value("story"):
            raise ActError("Leave phone numbers out.", "story")
        if "store is down" in press.value("story"):
            raise StoreError("The database cannot be reached.")
        if "it crashes" in press.value("story"):
            raise RuntimeError(f"could not keep {press.value('story')}")
        how = Field(
            "how", "How should it be kept?", FieldKind.CHOICE, True, (("open", "Openly"), ("code", "With a code"))
        )
        return Form(
            "tried.send", "Check it", (how,), press.about, (f"Kept: {press.value('story')}",), "Send this report"
        )

    def _sent(self, press: Press) -> Outcome:
        self.presses.append(press)
        if press.value("how") == "":
            raise ActError("Choose how it should be kept.", "how")
        details = (("Receipt", "NM-7F3K-92QD"),)
        secret = press.value("how") == "code"
        return Card(CardKind.REPORT, "Logged. Thank you.", details=details, about="NM-1", private=secret)

    def _every(self, press: Press) -> Outcome:
        self.presses.append(press)
        return Card(CardKind.NOTE, "Every answer arrived.")

    def _again(self, press: Press) -> Outcome:
        self.presses.append(press)
        return replace(short_reply("Only with these safeguards."), buttons=(HELPFUL,))

    def _clock(self, press: Press) -> Outcome:
        self.presses.append(press)
        return card_of(CardKind.BREACH, "The clock is running")

    def _breaks(self, press: Press) -> Outcome:
        raise RuntimeError(f"could not do {press.about}")

    def _close(self, press: Press) -> Outcome:
        self.presses.append(press)
        return Card(CardKind.REPORT, "Closed.", (press.value("why") or "Without a word.",), about=press.about)

    def _note_form(self, press: Press) -> Form:
        return Form("tried.note", "Close with a note", (Field("why", "Why?", required=True),), press.about)

    def _correct_form(self, press: Press) -> Form:
        who = Field(
            "recipient", "Who is it for?", FieldKind.CHOICE, True, (("court", "The court"), ("police", "The police"))
        )
        return Form("answer.change", "Correct it", (who,), press.about)

    def _corrected(self, press: Press) -> Outcome:
        self.presses.append(press)
        return short_reply("OK to send to the court.")

    def _read_form(self, press: Press) -> Form:
        return Form("report.read", "Your receipt", (Field("code", "Receipt code", required=True, longest=40),))

    def _read(self, press: Press) -> Outcome:
        self.presses.append(press)
        if press.value("code") != "NM-7F3K-92QD":
            raise ActError("No report has that code. Check each letter.", "code")
        return Card(CardKind.REPORT, "The template was changed.", ("Thank you for telling us.",), private=True)

    def _reports(self, rest: str, query: Mapping[str, str]) -> Page:
        self.searched.append(query.get("q", ""))
        if rest:
            return self._report(rest)
        rows = tuple(
            (
                Cell(f"NM-{number}", f"reports/NM-{number}"),
                Cell("Wrong person"),
                Cell("18 November 2026", overdue=number == 7),
            )
            for number in range(1, 9)
        )
        return Page(
            "Reports",
            ("The newest first. Answer each within five working days.",),
            (Table("Open reports", ("Report", "Kind", "Answer by"), rows),),
            buttons=(Button("tried.note", "Close several", "all", opens_form=True),),
            downloads=(("reports/all.csv", "All reports (CSV)"),),
            search="Search the reports",
            following="after=8",
        )

    def _report(self, name: str) -> Page:
        if not name.startswith("NM-"):
            raise ActError("There is no such report.")
        card = replace(
            card_of(CardKind.REPORT, f"Report {name}"),
            buttons=(
                Button("tried.close", "Close it", name, Style.PRIMARY),
                Button("tried.note", "Close with a note", name, opens_form=True),
                Button("tried.breaks", "Break", name),
            ),
        )
        talk = Table("What was said", ("When", "Who", "Words"), ((Cell("Today"), Cell("Reporter"), Cell("Hello")),))
        return Page(f"Report {name}", (), (talk,), (card,))

    def _clocks(self, rest: str, query: Mapping[str, str]) -> Page:
        row = (Cell("IN-1", "clocks/IN-1"), Cell("Decide by 22 November 2026, 09:00", overdue=True))
        return Page("Clocks", (), (Table("Running", ("Incident", "Due"), (row,)),), (card_of(CardKind.BREACH),))

    def _empty(self, rest: str, query: Mapping[str, str]) -> Page:
        return Page("Lessons", ("What changed.",), (Table("Lessons", ("Lesson",), (), "No lesson is published yet."),))

    def _download(self, rest: str, query: Mapping[str, str]) -> Download:
        if rest != "all.csv":
            raise ActError("There is no such file.")
        return Download("réports.csv", "text/html", b"<script>alert(1)</script>")
