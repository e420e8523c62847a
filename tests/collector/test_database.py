"""The database itself: migrations, what SQLite is told, transactions that write."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
import world
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from databases import MIGRATIONS, settings
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text, update
from sqlalchemy.orm import Session

from collector import create_app
from collector.database import db
from collector.models import Base, Household
from collector.models.base import NAMING


def test_the_migrations_make_what_the_models_say(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "render_as_batch": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    app = create_app(settings(f"sqlite:///{tmp_path / 'x.sqlite'}", tmp_path))
    with app.app_context():
        upgrade(directory=MIGRATIONS)
        downgrade(directory=MIGRATIONS, revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade(directory=MIGRATIONS)
        assert "submission" in inspect(db.engine).get_table_names()


def test_all_constraints_have_names_by_the_convention() -> None:
    assert set(NAMING) == {"ix", "uq", "ck", "fk", "pk"}
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, (table.name, constraint)


def test_no_uniqueness_or_duplicate_check_scans(app: Flask) -> None:
    """What each insert asks is answered by an index, on both databases."""
    questions = {
        "instance": "SELECT id FROM submission WHERE instance_id = 'x'",
        "claim": "SELECT instance_id FROM submission WHERE claim = 'x'",
        "text": "SELECT id FROM conflict WHERE submission_id = 1 AND digest = '\\x00'",
        "file": "SELECT id FROM attachment WHERE submission_id = 1 AND filename = 'x'",
        "token": "SELECT id FROM token WHERE digest = '\\x00'",
        "mine": "SELECT id FROM submission WHERE account_id = 1 ORDER BY id DESC LIMIT 200",
    }
    with app.app_context():
        sqlite = db.engine.dialect.name == "sqlite"
        if not sqlite:
            db.session.execute(text("SET enable_seqscan = off"))
        for name, question in questions.items():
            asked = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
            plan = "\n".join(str(row) for row in db.session.execute(text(asked + question)))
            assert ("USING" in plan and "INDEX" in plan) if sqlite else "Index" in plan, name
            assert "Seq Scan" not in plan, name


def test_what_sqlite_is_told(tmp_path: Path, sqlite_template: Path) -> None:
    app = create_app(settings(f"sqlite:///{sqlite_template}", tmp_path))
    with app.app_context(), db.engine.connect() as connection:
        told = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        db.engine.dispose()
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


def test_reading_first_and_writing_later_waits_for_another_writer(app: Flask) -> None:
    """A deferred transaction of SQLite would fail here at once ("database is locked")."""
    with app.app_context(), Session(db.engine) as first, Session(db.engine) as second:
        seed = select(Household.seed_f).where(Household.code == "AK01-001")
        add = update(Household).where(Household.code == "AK01-001")
        first.scalar(seed)
        second.scalar(seed)
        second.execute(add.values(seed_f=1))
        held = threading.Timer(0.3, second.commit)
        held.start()
        first.execute(add.values(seed_f=Household.seed_f + 1))
        first.commit()
        held.join()
        assert first.scalar(seed) == 2


def test_what_was_not_committed_is_not_there(app: Flask) -> None:
    with app.app_context():
        add = update(Household).where(Household.code == "AK01-001").values(seed_f=7)
        with Session(db.engine) as session:
            session.execute(add)
        with Session(db.engine) as session:
            found = session.scalar(select(Household.seed_f).where(Household.code == "AK01-001"))
    assert found == world.SEEDS[0]


def test_logs_hold_no_personal_data(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(settings(database_url, tmp_path, log_level="debug"))
    client: FlaskClient = app.test_client()
    client.post("/api/v1/session", json={"username": "thon1", "password": "sai-mat-khau"})
    token = client.post(
        "/api/v1/session", json={"username": "thon1", "password": world.PASSWORD}
    ).json["token"]
    client.get(f"/openrosa/key/{token}/formList")
    client.post(
        "/openrosa/submission",
        headers=world.basic(),
        **world.multipart(world.xml(world.refused("AK01-007"), "uuid:private")),
    )
    client.get("/nothing/thon1")
    said = capsys.readouterr().err
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert [line["status"] for line in lines if line["event"] == "request"] == [
        401,
        200,
        403,
        201,
        404,
    ]
    assert lines[-2]["endpoint"] == "openrosa.submission" and lines[-2]["role"] == "collector"
    for private in (
        "thon1",
        token,
        "sai-mat-khau",
        world.PASSWORD,
        "AK01",
        "uuid:private",
        "127.0.0.1",
    ):
        assert private not in said
    with app.app_context():
        db.engine.dispose()
