"""Physical media and paper on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispatches",
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("bag", sa.String(40), nullable=False),
        sa.Column("encrypted", sa.String(10), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("expected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("watch", sa.String(10), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delays", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("incident", sa.String(12), nullable=False),
        sa.Column("sender", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_dispatches"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_dispatches_state", "dispatches", ["state"])
    op.create_index("ix_dispatches_expected_at", "dispatches", ["expected_at"])
    op.create_index("ix_dispatches_settled_at", "dispatches", ["settled_at"])
