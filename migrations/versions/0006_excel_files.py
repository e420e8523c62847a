"""Excel files that wait for a yes, and the lines that became submissions

Revision: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "pending_workbook",
        sa.Column("token", sa.String(43), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("filename", sa.String(128), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_pending_workbook_account_id_account")
        ),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"], name=op.f("fk_pending_workbook_unit_unit")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_pending_workbook")),
    )
    for column in ("account_id", "received_at"):
        op.create_index(op.f(f"ix_pending_workbook_{column}"), "pending_workbook", [column])
    op.create_table(
        "workbook_line",
        sa.Column("id", KEY, nullable=False),
        sa.Column("template", sa.String(36), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("number", sa.String(8), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("instance_id", sa.String(249), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"], name=op.f("fk_workbook_line_unit_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workbook_line")),
        sa.UniqueConstraint("instance_id", name=op.f("uq_workbook_line_instance_id")),
    )
    for columns in (["template", "unit"], ["content", "unit"]):
        name = op.f(f"ix_workbook_line_{'_'.join(columns)}")
        op.create_index(name, "workbook_line", columns)


def downgrade():
    op.drop_table("workbook_line")
    op.drop_table("pending_workbook")
