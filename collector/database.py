"""The database: one `db`, and what SQLite and PostgreSQL need to be told when they connect.

SQLite reads outside any transaction (each statement sees what is committed, as PostgreSQL's
READ COMMITTED does) and the first statement that writes opens one with BEGIN IMMEDIATE. A
transaction that reads first and writes later would fail at once when another process has written
in between, without waiting for the busy timeout.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session

from collector.models import Base
from collector.settings import Settings, SettingsRefused

db = SQLAlchemy(model_class=Base)

MILLISECONDS = 1000


def session() -> Session:
    """The request's (or command's) session, closed with its application context."""
    current: Session = db.session()
    return current


def engine_options(settings: Settings) -> dict[str, Any]:
    """What `create_engine` is given beside the address."""
    url = make_url(settings.sqlalchemy_url)
    pool = {"pool_size": settings.database_connections, "max_overflow": 0}
    if url.database in (None, "", ":memory:") and url.get_backend_name() == "sqlite":
        pool = {}
    options: dict[str, Any] = {**pool, "connect_args": _connect_args(url, settings)}
    if pool:
        options["pool_timeout"] = settings.database_wait
    return options


def _connect_args(url: URL, settings: Settings) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"timeout": settings.database_wait, "check_same_thread": False}
    wait = int(settings.database_wait * MILLISECONDS)
    return {
        "connect_timeout": max(2, int(settings.database_wait)),
        "application_name": "so-thon",
        "options": f"-c lock_timeout={wait} -c timezone=UTC",
    }


def prepare(engine: Engine) -> None:
    """Attach the connection rules to `engine`; makes the folder of a SQLite file.

    Raises SettingsRefused where that folder cannot be made.
    """
    if engine.dialect.name != "sqlite":
        return
    if engine.url.database and engine.url.database != ":memory:":
        _make(Path(engine.url.database).parent)
    event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "before_cursor_execute", _sqlite_begin)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsRefused(_NO_FOLDER.format(folder=folder)) from error


_NO_FOLDER = (
    "Không tạo được thư mục {folder}: kiểm tra DATA_FOLDER (hoặc DATABASE_URL) và quyền ghi.\n"
    "Cannot make the folder {folder}: check DATA_FOLDER (or DATABASE_URL) and the permission to "
    "write."
)


def _sqlite_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is never IMMEDIATE
    cursor = connection.cursor()
    # FULL: a commit in WAL mode is on the disk before it returns, so that 201 is a promise
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(
    connection: Connection,
    cursor: Any,
    statement: str,
    _parameters: Any,
    _context: Any,
    _many: bool,
) -> None:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    if not raw.in_transaction and not statement.lstrip()[:6].upper().startswith(_READING):
        cursor.execute("BEGIN IMMEDIATE")


_READING = ("SELECT", "PRAGMA", "EXPLAI")
