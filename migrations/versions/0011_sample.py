"""Household register by version, draws, weightings

Revision: 0011
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def reference(table, column, other):
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade():
    op.create_table(
        "register_version",
        sa.Column("id", KEY, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("filename", sa.String(128), nullable=False),
        sa.Column("villages", sa.Integer(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        reference("register_version", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_version")),
    )
    op.create_table(
        "draw",
        sa.Column("id", KEY, nullable=False),
        sa.Column("title", sa.String(128), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("census", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("register_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", KEY, nullable=True),
        sa.Column("withdrawn_why", sa.String(1000), nullable=False),
        reference("draw", "register_id", "register_version"),
        reference("draw", "account_id", "account"),
        reference("draw", "withdrawn_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
    )
    op.create_index("ix_draw_year", "draw", ["year"])
    op.create_table(
        "drawn_household",
        sa.Column("id", KEY, nullable=False),
        sa.Column("draw_id", KEY, nullable=False),
        sa.Column("village", sa.String(16), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("replacement", sa.Boolean(), nullable=False),
        sa.Column("issued", sa.Boolean(), nullable=False),
        sa.Column("stratum", sa.String(16), nullable=False),
        sa.Column("psu", sa.String(64), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("village_chance", sa.String(64), nullable=False),
        sa.Column("probability", sa.String(64), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        reference("drawn_household", "draw_id", "draw"),
        reference("drawn_household", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawn_household")),
    )
    for name, columns, unique in (
        ("uq_drawn_household_code", ["draw_id", "village", "code"], True),
        ("uq_drawn_household_position", ["draw_id", "village", "position"], True),
        ("ix_drawn_household_account", ["account_id", "draw_id"], False),
    ):
        op.create_index(name, "drawn_household", columns, unique=unique)
    op.create_table(
        "draw_event",
        sa.Column("id", KEY, nullable=False),
        sa.Column("drawn_id", KEY, nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("collaborator", KEY, nullable=True),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        reference("draw_event", "drawn_id", "drawn_household"),
        reference("draw_event", "collaborator", "account"),
        reference("draw_event", "account_id", "account"),
        sa.CheckConstraint("act IN ('issue', 'assign')", name=op.f("ck_draw_event_known_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_event")),
    )
    op.create_index(op.f("ix_draw_event_drawn_id"), "draw_event", ["drawn_id"])
    op.create_table(
        "weighting",
        sa.Column("id", KEY, nullable=False),
        sa.Column("draw_id", KEY, nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("weights", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        reference("weighting", "draw_id", "draw"),
        reference("weighting", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighting")),
    )
    op.create_index(op.f("ix_weighting_draw_id"), "weighting", ["draw_id"])


def downgrade():
    for table in ("weighting", "draw_event", "drawn_household", "draw", "register_version"):
        op.drop_table(table)
