"""What is to be delivered, what is due, what was accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "post_keys",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("sort", sa.String(10), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("given_up", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("mark", name="pk_post_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_post_keys_settled_on", "post_keys", ["settled_on"])
    op.create_table(
        "parcels",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_parcels"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_parcels_place", "parcels", ["place"])
    op.create_table(
        "alarms",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_alarms"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alarms_about", "alarms", ["about"])
    op.create_index("ix_alarms_due", "alarms", ["due"])
    op.create_table(
        "inbox",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("mark", name="pk_inbox"),
        sqlite_with_rowid=False,
    )
