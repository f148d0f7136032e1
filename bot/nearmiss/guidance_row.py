"""A lesson as a drafted row of the guidance, which a person puts right and puts in (DESIGN section 3)."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.domain.card import Field, FieldKind, Form
from bot.domain.component import ActError, Press
from bot.domain.nearmiss import Lesson
from bot.nearmiss.taxonomy import kind_words, plain

ANSWERS = ("only with safeguards", "don't send", "ask first", "ok")
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Row:
    """The five columns of a rule."""

    sending: str
    to: str
    by: str
    answer: str
    only_if: str


def drafted(lesson: Lesson) -> Row:
    """What the lesson says by itself."""
    return Row(
        sending=plain(lesson.material) or "personal data",
        to=plain(lesson.recipient) or "any",
        by=plain(lesson.channel) or "any",
        answer=ANSWERS[0],
        only_if=" ".join(lesson.changed.text.split()).rstrip("."),
    )


def form(lesson: Lesson, writable_folder: bool) -> Form:
    """The drafted row, to be put right."""
    row = drafted(lesson)
    fields = [
        Field("sending", "Sending", required=True, value=(row.sending,), longest=200),
        Field("to", "To", required=True, value=(row.to,), longest=200),
        Field("by", "By", required=True, value=(row.by,), longest=200),
        Field("answer", "Answer", FieldKind.CHOICE, True, tuple((one, one) for one in ANSWERS), (row.answer,)),
        Field("only_if", "Only if", FieldKind.TEXT, value=(row.only_if,), longest=600),
    ]
    if writable_folder:
        fields.append(Field("write", "Write it into the guidance folder now", FieldKind.YES_NO, value=("no",)))
    intro = ("Use the words of the guidance; “sendcheck guidance lint” says which are not known.",)
    return Form("lesson.row", "A guidance row", tuple(fields), lesson.id, intro, "Make the row")


def row_of(press: Press) -> Row:
    """The row as it was put right; raises ActError."""
    for name in ("sending", "to", "by"):
        if not press.value(name):
            raise ActError("Please fill this in; “any” stands for everything.", wrong=name)
    if press.value("answer") not in ANSWERS:
        raise ActError("Please choose one of the answers.", wrong="answer")
    return Row(*(_cell(press.value(name)) for name in ("sending", "to", "by", "answer", "only_if")))


def table(row: Row) -> str:
    """The row as Markdown, under its heading."""
    return (
        "| Sending | To | By | Answer | Only if |\n| --- | --- | --- | --- | --- |\n"
        f"| {row.sending} | {row.to} | {row.by} | {row.answer} | {row.only_if} |"
    )


def document(lesson: Lesson, row: Row, owner: str, today: date) -> str:
    """A whole guidance document with the lesson and its row."""
    title = f"Lesson: {kind_words(lesson.kind).lower()}"
    return (
        f'---\ntitle: "{title}"\nowner: "{_quoted(owner)}"\ncontact: "{_quoted(owner)}"\nreviewed: {today}\n'
        f'review_due: {today + _YEAR}\nversion: "1.0"\nsources:\n  - "Near misses reported by staff"\n---\n'
        f"# {title}\n\n{_prose(lesson.learned.text)}\n\n{_prose(lesson.changed.text)}\n\n{table(row)}\n"
    )


def writable(folder: Path) -> bool:
    """Whether a file could be put there."""
    return folder.is_dir() and os.access(folder, os.W_OK)


_MARKS = str.maketrans({"|": "/", "<": "‹", ">": "›"})
"""What begins a column or, in Markdown as well, an HTML table, which would be read as rules."""


def _cell(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())


def _prose(text: str) -> str:
    """One paragraph: nothing a reporter or a colleague typed becomes a heading, a table or a rule."""
    return _cell(text).lstrip("#-*›+=` ")


def _quoted(text: str) -> str:
    return " ".join(text.replace('"', "'").replace("\\", "/").split())
