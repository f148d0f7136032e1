"""What happens to answers afterwards, and what threads remember: the tables."""

from sqlalchemy import JSON, Boolean, Column, Date, Integer, String, Table, Text

from bot.store.tables.base import UtcDateTime, metadata

answers = Table(
    "answers",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("verdict", String(20), nullable=False),
    Column("basis", String(20), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("relied", JSON, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("stamp", String(64), nullable=False, index=True),
    Column("place", Text, nullable=True),  # sealed
    Column("told", Integer, nullable=False),
    Column("files", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

feedback = Table(
    "feedback",
    metadata,
    Column("answer", String(24), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("document", String(300), nullable=False),
    Column("section", String(300), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("reason", String(20), nullable=True),
    Column("scrubbed_text", Text, nullable=True),
    Column("removed", Integer, nullable=False),
    sqlite_with_rowid=False,
)

human_questions = Table(
    "human_questions",
    metadata,
    Column("receipt", String(16), primary_key=True),
    Column("scrubbed_question", Text, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("verdict", String(20), nullable=True),
    Column("document", String(300), nullable=False),
    Column("owner", String(200), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("due", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("place", Text, nullable=True),  # sealed
    Column("scrubbed_answer", Text, nullable=True),
    Column("answer_removed", Integer, nullable=False),
    Column("answered_at", UtcDateTime, nullable=True),
    Column("answered_by", Text, nullable=True),  # sealed
    Column("offered", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

misreadings = Table(
    "misreadings",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("scrubbed_question", Text, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("read_as", JSON, nullable=False),
    Column("meant", JSON, nullable=False),
    Column("day", Date, nullable=False, index=True),
    sqlite_with_rowid=False,
)

gaps_done = Table(
    "gaps_done",
    metadata,
    Column("gap", String(32), primary_key=True),
    Column("day", Date, nullable=False),
    sqlite_with_rowid=False,
)

threads = Table(
    "threads",
    metadata,
    Column("thread", String(64), primary_key=True),  # keyed digest
    Column("remembered", JSON, nullable=False),
    Column("day", Date, nullable=False, index=True),
    sqlite_with_rowid=False,
)
