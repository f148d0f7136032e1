"""What waits for minutes or hours between two presses."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meanwhile",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_meanwhile"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_meanwhile_until", "meanwhile", ["until"])


def downgrade() -> None:
    op.drop_table("meanwhile")
