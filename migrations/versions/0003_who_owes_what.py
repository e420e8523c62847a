"""People of units and their hand-overs, local assignments of targets, marks, reminders

Revision: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _account(table, name, nullable=False):
    return (
        sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=nullable),
        sa.ForeignKeyConstraint([name], ["account.id"], name=op.f(f"fk_{table}_{name}_account")),
    )


def _unit(table):
    return (
        sa.Column("unit", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"], name=op.f(f"fk_{table}_unit_unit")),
    )


def upgrade():
    with op.batch_alter_table("unit") as table:
        table.add_column(sa.Column("since", sa.Date(), nullable=True))
        table.add_column(sa.Column("until", sa.Date(), nullable=True))
        table.create_check_constraint(op.f("ck_unit_since_before_until"), "since <= until")
    _focal()
    _hand_over()
    _assignment()
    _plan_mark()
    op.create_table(
        "reminder",
        sa.Column("id", KEY, nullable=False),
        sa.Column("duty", sa.String(200), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(32), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index("uq_reminder_once", "reminder", ["duty", "due", "recipient"], unique=True)


def _focal():
    op.create_table(
        "focal",
        sa.Column("id", KEY, nullable=False),
        *_unit("focal"),
        sa.Column("title", sa.String(128), nullable=False),
        sa.Column("phone", sa.String(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focal")),
    )
    op.create_index(op.f("ix_focal_unit"), "focal", ["unit"])
    now = sa.text("until IS NULL")
    op.create_index(
        "uq_focal_unit", "focal", ["unit"], unique=True, postgresql_where=now, sqlite_where=now
    )


def _hand_over():
    op.create_table(
        "hand_over",
        sa.Column("id", KEY, nullable=False),
        *_unit("hand_over"),
        sa.Column("day", sa.Date(), nullable=False),
        *_account("hand_over", "from_account"),
        *_account("hand_over", "to_account"),
        sa.Column("reason", sa.String(1000), nullable=False),
        *_account("hand_over", "noted_by"),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.CheckConstraint("from_account <> to_account", name=op.f("ck_hand_over_two_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_unit"), "hand_over", ["unit"])


def _assignment():
    op.create_table(
        "assignment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("target", sa.String(32), nullable=False),
        *_unit("assignment"),
        sa.Column("document", sa.String(128), nullable=False),
        *_account("assignment", "account_id"),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        *_account("assignment", "ended_by", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_unit"), "assignment", ["unit"])
    now = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_assignment_now",
        "assignment",
        ["plan", "target", "unit"],
        unique=True,
        postgresql_where=now,
        sqlite_where=now,
    )


def _plan_mark():
    op.create_table(
        "plan_mark",
        sa.Column("id", KEY, nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("period", sa.String(16), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(128), nullable=False),
        *_account("plan_mark", "account_id"),
        sa.Column("marked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_mark")),
    )
    op.create_index(
        "uq_plan_mark_item", "plan_mark", ["plan", "item", "unit", "period"], unique=True
    )


def downgrade():
    for table in ("reminder", "plan_mark", "assignment", "hand_over", "focal"):
        op.drop_table(table)
    with op.batch_alter_table("unit") as table:
        table.drop_constraint(op.f("ck_unit_since_before_until"), type_="check")
        table.drop_column("until")
        table.drop_column("since")
