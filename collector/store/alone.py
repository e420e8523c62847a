"""One row inserted by the driver itself, durable by itself, in one round trip (PostgreSQL).

SQLAlchemy writes the statement, once, and lends the connection; what it would do anew for each
execution costs more than the insert (docs/decisions/0034-fast-road.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningInsert


class ConnectionGone(Exception):
    """The pool's connection was dead. Whether the row is in is not known: insert it again by the
    ordinary road, which wakes the whole pool up, and let the unique index decide."""


def insert_alone(
    engine: Engine, statement: ReturningInsert[tuple[int]], row: Mapping[str, Any]
) -> int | None:
    """The id of the new row, committed and on the disk; None where the statement inserts none.

    The statement returns one column; `row` has a value for each of its parameters, as the driver
    takes them. Raises ConnectionGone, and what SQLAlchemy would raise.
    """
    connection = engine.raw_connection()
    raw = connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    try:
        raw.autocommit = True
        found = raw.execute(_text(engine, statement, tuple(row)), row, prepare=True).fetchone()
        raw.autocommit = False
    except psycopg.Error as error:
        gone = raw.broken or raw.closed
        connection.invalidate()
        if gone:
            raise ConnectionGone from error
        raise DBAPIError.instance(
            None, None, error, psycopg.Error, hide_parameters=True, dialect=engine.dialect
        ) from error
    finally:
        connection.close()  # back to the pool
    return found[0] if found else None


@lru_cache(maxsize=32)
def _text(
    engine: Engine, statement: ReturningInsert[tuple[int]], columns: tuple[str, ...]
) -> bytes:
    """The statement in the driver's words."""
    return str(statement.compile(dialect=engine.dialect, column_keys=columns)).encode()
