"""Draws of interviews to be asked again

Revision: 0014
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def reference(table, column, other):
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade():
    op.create_table(
        "backcheck_draw",
        sa.Column("id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        reference("backcheck_draw", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backcheck_draw")),
    )
    op.create_table(
        "backcheck",
        sa.Column("id", KEY, nullable=False),
        sa.Column("draw_id", KEY, nullable=False),
        sa.Column("submission_id", KEY, nullable=False),
        reference("backcheck", "draw_id", "backcheck_draw"),
        reference("backcheck", "submission_id", "submission"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backcheck")),
    )
    op.create_index("uq_backcheck_submission_id", "backcheck", ["submission_id"], unique=True)


def downgrade():
    op.drop_table("backcheck")
    op.drop_table("backcheck_draw")
