"""Files that phones send in parts

Revision: 0013
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "partial_upload",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(128), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_partial_upload_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partial_upload")),
    )
    op.create_index(
        "uq_partial_upload_file", "partial_upload", ["account_id", "digest"], unique=True
    )
    op.create_index("ix_partial_upload_touched", "partial_upload", ["touched_at"])
    op.create_table(
        "upload_part",
        sa.Column("upload_id", KEY, autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["partial_upload.id"],
            name=op.f("fk_upload_part_upload_id_partial_upload"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("upload_id", "start", name=op.f("pk_upload_part")),
    )


def downgrade():
    op.drop_table("upload_part")
    op.drop_index("ix_partial_upload_touched", table_name="partial_upload")
    op.drop_index("uq_partial_upload_file", table_name="partial_upload")
    op.drop_table("partial_upload")
