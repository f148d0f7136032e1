"""Reports in full: talk, triage, lessons, good catches: the tables.

Days, never moments, and no hidden row numbers: the order of arrival would tie an anonymous report to somebody.
"""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, Text, false

from bot.store.tables.base import metadata

report_people = Table(
    "report_people",
    metadata,
    Column("receipt", String(16), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

report_notes = Table(
    "report_notes",
    metadata,
    Column("receipt", String(16), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("by", String(10), nullable=False),
    Column("step", String(20), nullable=False),
    Column("scrubbed_text", Text, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("told", Boolean, nullable=False, server_default=false()),
    Index("ix_report_notes_told", "told", "day"),
    sqlite_with_rowid=False,
)

report_vectors = Table(
    "report_vectors",
    metadata,
    Column("receipt", String(16), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

lessons = Table(
    "lessons",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("learned", Text, nullable=False),
    Column("learned_removed", Integer, nullable=False),
    Column("changed", Text, nullable=False),
    Column("changed_removed", Integer, nullable=False),
    Column("made", Date, nullable=False),
    Column("material", String(60), nullable=False),
    Column("recipient", String(60), nullable=False),
    Column("channel", String(60), nullable=False),
    Column("state", String(20), nullable=False),
    Column("approved", Date, nullable=True),
    Column("theme", String(16), nullable=False),
    Column("recurred", Integer, nullable=False),
    Index("ix_lessons_state", "state", "kind"),
    sqlite_with_rowid=False,
)

good_catches = Table(
    "good_catches",
    metadata,
    Column("day", Date, primary_key=True),
    Column("category", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)
