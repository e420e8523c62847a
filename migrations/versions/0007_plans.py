"""Plans that officers enter, and their decisions on odd words of plans

Revision: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "stored_plan",
        sa.Column("id", KEY, nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_plan")),
        sa.UniqueConstraint("plan", "revision", name=op.f("uq_stored_plan_plan_revision")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_stored_plan_account_id_account")
        ),
    )
    op.create_table(
        "plan_resolution",
        sa.Column("id", KEY, nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("target", sa.String(32), nullable=False),
        sa.Column("oddity", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("document", sa.String(128), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_resolution")),
        sa.UniqueConstraint(
            "plan",
            "target",
            "oddity",
            "revision",
            name=op.f("uq_plan_resolution_plan_target_oddity_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_plan_resolution_account_id_account")
        ),
    )


def downgrade():
    op.drop_table("plan_resolution")
    op.drop_table("stored_plan")
