"""Weights by step

Revision: 0018
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("weighting") as table:
        table.add_column(sa.Column("households", sa.Text(), nullable=False, server_default=""))


def downgrade():
    with op.batch_alter_table("weighting") as table:
        table.drop_column("households")
