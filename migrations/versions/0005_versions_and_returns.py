"""Questions of a return, files of second texts, and the way from a version to its corrections

Revision: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.add_column(
        "decision", sa.Column("questions", sa.Text(), nullable=False, server_default="[]")
    )
    op.add_column("conflict", sa.Column("became", sa.String(249), nullable=True))
    edits = sa.text("deprecated_id IS NOT NULL")
    op.create_index(
        "ix_submission_edits",
        "submission",
        ["deprecated_id"],
        postgresql_where=edits,
        sqlite_where=edits,
    )
    op.create_table(
        "conflict_file",
        sa.Column("id", KEY, nullable=False),
        sa.Column("conflict_id", KEY, nullable=False),
        sa.Column("filename", sa.String(255), nullable=False),
        sa.Column("media_type", sa.String(128), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conflict_id"], ["conflict.id"], name=op.f("fk_conflict_file_conflict_id_conflict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_file")),
    )
    op.create_index(
        "uq_conflict_file_name", "conflict_file", ["conflict_id", "filename"], unique=True
    )


def downgrade():
    op.drop_table("conflict_file")
    op.drop_index("ix_submission_edits", "submission")
    op.drop_column("conflict", "became")
    op.drop_column("decision", "questions")
