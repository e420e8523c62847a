"""Units that file returns, and what a submission is the only one of

Revision: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATION = "tram-y-te"


def upgrade():
    op.create_table(
        "unit",
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unit")),
    )
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("unit", sa.String(32), nullable=True))
        table.create_index(op.f("ix_account_unit"), ["unit"])
    _stations_become_units()
    with op.batch_alter_table("account") as table:
        table.create_foreign_key(op.f("fk_account_unit_unit"), "unit", ["unit"], ["code"])
        table.create_check_constraint(
            op.f("ck_account_unit_account_has_unit"), "role <> 'unit' OR unit IS NOT NULL"
        )
    for name, length in (("unit", 32), ("period", 16), ("occasion", 255)):
        op.add_column("submission", sa.Column(name, sa.String(length), nullable=True))
    op.execute("UPDATE submission SET occasion = claim")
    op.create_index("ix_submission_owed", "submission", ["unit", "form", "period"])


def _stations_become_units():
    """An account had the role `station` before there were units."""
    there = sa.text("SELECT count(*) FROM account WHERE role = 'station'")
    if op.get_bind().execute(there).scalar():
        op.execute(
            sa.text("INSERT INTO unit VALUES (:code, 'station', 'Trạm Y tế', :active)").bindparams(
                code=STATION, active=True
            )
        )
        op.execute(
            sa.text(
                "UPDATE account SET role = 'unit', unit = :code WHERE role = 'station'"
            ).bindparams(code=STATION)
        )


def downgrade():
    op.drop_index("ix_submission_owed", "submission")
    for name in ("occasion", "period", "unit"):
        op.drop_column("submission", name)
    with op.batch_alter_table("account") as table:
        table.drop_constraint(op.f("ck_account_unit_account_has_unit"), type_="check")
        table.drop_constraint(op.f("fk_account_unit_unit"), type_="foreignkey")
        table.drop_index(op.f("ix_account_unit"))
        table.drop_column("unit")
    op.drop_table("unit")
