"""Reports in full: talk, triage, lessons, good catches."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in _new_columns():
        op.add_column("near_misses", column)
    op.create_index("ix_near_misses_status", "near_misses", ["status", "due"])
    op.create_index("ix_near_misses_kind", "near_misses", ["kind", "reported_at"])
    op.create_index("ix_near_misses_theme", "near_misses", ["theme"])
    measured = ["kind", "already_sent", "channel", "stopped", "waited", "answered", "due", "material", "recipient"]
    op.create_index("ix_near_misses_measured", "near_misses", ["reported_at", *measured])
    op.create_index("ix_near_misses_announced", "near_misses", ["announced", "reported_at"])
    op.create_table(
        "report_people",
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name="pk_report_people"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_notes",
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by", sa.String(10), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("scrubbed_text", sa.Text(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", "turn", name="pk_report_notes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_notes_told", "report_notes", ["told", "day"])
    op.create_table(
        "report_vectors",
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name="pk_report_vectors"),
        sqlite_with_rowid=False,
    )
    _lessons_and_catches()


def _new_columns() -> list[sa.Column]:  # type: ignore[type-arg]
    words = [("material", 60), ("recipient", 60), ("channel", 60), ("said", 20), ("stage", 20), ("stopped", 20)]
    words += [("code_digest", 64), ("theme", 16), ("decision", 20), ("lesson", 32), ("factors", 300)]
    return [
        *(
            sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            for name in ("confidential", "hazard", "announced")
        ),
        *(sa.Column(name, sa.String(length), server_default=sa.text("''"), nullable=False) for name, length in words),
        sa.Column("status", sa.String(20), server_default="new", nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("waited", sa.Integer(), nullable=True),
        sa.Column("answered", sa.Date(), nullable=True),
    ]


def _lessons_and_catches() -> None:
    op.create_table(
        "lessons",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("learned_removed", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("changed_removed", sa.Integer(), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("material", sa.String(60), nullable=False),
        sa.Column("recipient", sa.String(60), nullable=False),
        sa.Column("channel", sa.String(60), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("approved", sa.Date(), nullable=True),
        sa.Column("theme", sa.String(16), nullable=False),
        sa.Column("recurred", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lessons"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lessons_state", "lessons", ["state", "kind"])
    op.create_table(
        "good_catches",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "category", name="pk_good_catches"),
        sqlite_with_rowid=False,
    )
