"""What happens to answers afterwards, and what threads remember."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _answers()
    _human_questions()
    op.create_table(
        "misreadings",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("scrubbed_question", sa.Text(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("read_as", sa.JSON(), nullable=False),
        sa.Column("meant", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_misreadings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_misreadings_day", "misreadings", ["day"])
    op.create_table(
        "gaps_done",
        sa.Column("gap", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("gap", name="pk_gaps_done"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "threads",
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("remembered", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("thread", name="pk_threads"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_threads_day", "threads", ["day"])


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("relied", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stamp", sa.String(64), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("files", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_answers_day", "answers", ["day"])
    op.create_index("ix_answers_stamp", "answers", ["stamp"])
    op.create_table(
        "feedback",
        sa.Column("answer", sa.String(24), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("document", sa.String(300), nullable=False),
        sa.Column("section", sa.String(300), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("scrubbed_text", sa.Text(), nullable=True),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("answer", name="pk_feedback"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_day", "feedback", ["day"])


def _human_questions() -> None:
    op.create_table(
        "human_questions",
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("scrubbed_question", sa.Text(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=True),
        sa.Column("document", sa.String(300), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("scrubbed_answer", sa.Text(), nullable=True),
        sa.Column("answer_removed", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name="pk_human_questions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_human_questions_asked_at", "human_questions", ["asked_at"])
    op.create_index("ix_human_questions_state", "human_questions", ["state"])


def downgrade() -> None:
    pass
