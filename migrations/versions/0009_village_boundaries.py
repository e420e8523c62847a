"""Village boundaries

Revision: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "village_boundaries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("filename", sa.String(128), nullable=False),
        sa.Column("shapes", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_village_boundaries_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_boundaries")),
    )


def downgrade():
    op.drop_table("village_boundaries")
