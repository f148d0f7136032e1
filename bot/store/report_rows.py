"""Reports as rows, and rows as reports."""

from typing import Any

from sqlalchemy import Row

from bot.domain.nearmiss import (
    AlreadySent,
    Circumstances,
    Lesson,
    LessonState,
    NearMiss,
    NearMissKind,
    Note,
    Report,
    ScrubbedText,
    Status,
    Step,
)


def row_of(report: NearMiss) -> dict[str, Any]:
    """The columns that a report fills in when it is filed."""
    around = report.around
    return {
        "receipt": report.receipt,
        "kind": str(report.kind),
        "scrubbed_text": report.text.text,
        "removed": report.text.removed,
        "already_sent": str(report.already_sent),
        "anonymous": report.anonymous,
        "reported_at": report.reported_at,
        "reporter": report.reporter,
        "finding_categories": list(report.finding_categories),
        "confidential": report.confidential,
        "hazard": around.hazard,
        "material": around.material,
        "recipient": around.recipient,
        "channel": around.channel,
        "said": around.said,
        "stage": around.stage,
        "stopped": around.stopped,
        "factors": " ".join(around.factors),
        "waited": around.waited,
        "code_digest": report.code_digest,
    }


def near_miss_of(row: Row[Any]) -> NearMiss:
    """The report as it was filed."""
    return NearMiss(
        receipt=row.receipt,
        kind=NearMissKind(row.kind),
        text=ScrubbedText(row.scrubbed_text, row.removed),
        already_sent=AlreadySent(row.already_sent),
        anonymous=row.anonymous,
        reported_at=row.reported_at,
        reporter=row.reporter,
        finding_categories=tuple(row.finding_categories),
        confidential=row.confidential,
        around=Circumstances(
            hazard=row.hazard,
            material=row.material,
            recipient=row.recipient,
            channel=row.channel,
            said=row.said,
            stage=row.stage,
            stopped=row.stopped,
            factors=tuple(row.factors.split()),
            waited=row.waited,
        ),
        code_digest=row.code_digest,
    )


def report_of(row: Row[Any]) -> Report:
    """The report with what has been done about it."""
    return Report(
        filed=near_miss_of(row),
        status=Status(row.status),
        due=row.due,
        theme=row.theme,
        decision=row.decision,
        answered=row.answered,
        lesson=row.lesson,
        announced=row.announced,
    )


def note_row(receipt: str, turn: int, note: Note) -> dict[str, Any]:
    """One line of the talk as a row."""
    return {
        "receipt": receipt,
        "turn": turn,
        "by": note.by,
        "step": str(note.step),
        "scrubbed_text": note.text.text,
        "removed": note.text.removed,
        "day": note.day,
        "told": note.told,
    }


def note_of(row: Row[Any]) -> Note:
    """One line of the talk."""
    return Note(row.by, Step(row.step), ScrubbedText(row.scrubbed_text, row.removed), row.day, row.told, row.turn)


def lesson_row(lesson: Lesson) -> dict[str, Any]:
    """A lesson as a row."""
    return {
        "id": lesson.id,
        "kind": str(lesson.kind),
        "learned": lesson.learned.text,
        "learned_removed": lesson.learned.removed,
        "changed": lesson.changed.text,
        "changed_removed": lesson.changed.removed,
        "made": lesson.made,
        "material": lesson.material,
        "recipient": lesson.recipient,
        "channel": lesson.channel,
        "state": str(lesson.state),
        "approved": lesson.approved,
        "theme": lesson.theme,
        "recurred": lesson.recurred,
    }


def lesson_of(row: Row[Any]) -> Lesson:
    """A lesson."""
    return Lesson(
        id=row.id,
        kind=NearMissKind(row.kind),
        learned=ScrubbedText(row.learned, row.learned_removed),
        changed=ScrubbedText(row.changed, row.changed_removed),
        made=row.made,
        material=row.material,
        recipient=row.recipient,
        channel=row.channel,
        state=LessonState(row.state),
        approved=row.approved,
        theme=row.theme,
        recurred=row.recurred,
    )
