"""Near misses, allowed values and gaps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "near_misses",
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("scrubbed_text", sa.Text(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("already_sent", sa.String(10), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reporter", sa.String(200), nullable=True),
        sa.Column("finding_categories", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name="pk_near_misses"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_near_misses_reported_at", "near_misses", ["reported_at"])
    op.create_table(
        "allowed_values",
        sa.Column("digest", sa.String(128), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("added", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_allowed_values"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "gaps",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("scrubbed_question", sa.Text(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_gaps_day", "gaps", ["day"])
