"""A SQLite database that is made once and copied for each service of the tests."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

DATABASE = "so-thon.sqlite"


def content(folder: Path) -> bytes:
    """What the database in a folder holds, its log included, once nobody has it open."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (folder / DATABASE).read_bytes()
