"""Phones: codes that take one into use, the key of an account, a phone that was given up for lost

Revision: 0010
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _account():
    return sa.Column("account_id", KEY, nullable=False)


def _belongs(table):
    return (
        sa.PrimaryKeyConstraint("account_id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f(f"fk_{table}_account_id_account"),
            ondelete="CASCADE",
        ),
    )


def upgrade():
    op.create_table(
        "account_key",
        _account(),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        *_belongs("account_key"),
        sa.UniqueConstraint("name", name=op.f("uq_account_key_name")),
    )
    op.create_table(
        "enrolment_code",
        _account(),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("label", sa.String(128), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_by", sa.LargeBinary(32), nullable=True),
        sa.Column("token_id", KEY, nullable=True),
        *_belongs("enrolment_code"),
        sa.UniqueConstraint("digest", name=op.f("uq_enrolment_code_digest")),
    )
    with op.batch_alter_table("token") as token:
        token.add_column(sa.Column("wipe_asked_at", MOMENT, nullable=True))
        token.add_column(sa.Column("wiped_at", MOMENT, nullable=True))


def downgrade():
    with op.batch_alter_table("token") as token:
        token.drop_column("wiped_at")
        token.drop_column("wipe_asked_at")
    op.drop_table("enrolment_code")
    op.drop_table("account_key")
