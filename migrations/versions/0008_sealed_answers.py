"""The private form: codes and sealed answers, in no order that tells anything

Revision: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "private_link",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_private_link")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_answer",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sealed_answer")),
        sqlite_with_rowid=False,
    )


def downgrade():
    op.drop_table("sealed_answer")
    op.drop_table("private_link")
