"""A birth register as an Excel file: 1,000 rows from template to the database, and once more.

Usage: python -m benchmarks.excel [--rows 1000]
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
from flask_migrate import upgrade
from sqlalchemy import insert
from sqlalchemy.orm import Session

from collector import MIGRATIONS, create_app
from collector.database import db
from collector.models import Role, TerritoryRevision, Unit, Village
from collector.service import NAME
from collector.settings import Settings
from collector.store import accounts, imports
from forms.library import Form
from forms.workbook import Reading, read, template

ROUNDS = 5
NOW = datetime.now(UTC)
ROW = ("2026-05", "Có", "Gái", "Sinh một", 1990, "Kinh", "Con thứ nhất", "Thôn 1", "Bệnh viện")


def main(rows: int) -> None:
    """Print medians in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                environment="testing", secret_key="x" * 40, data_folder=Path(folder),
                log_level="error",
            )
        )  # fmt: skip
        with app.app_context():
            upgrade(directory=str(MIGRATIONS))
            _measure(app.extensions[NAME], db.session(), rows)
            db.session.remove()
            db.engine.dispose()


def _measure(service: Any, session: Session, rows: int) -> None:
    sender = _station(session)
    form = service.library.versions("births")[-1]
    media = service.media.rows(session, form, sender)
    print(f"make the template:            {_median(lambda: template(form, media)):6.2f} s")
    data = _filled(form, media, rows)
    print(f"a file of {rows} rows, {len(data) / 1000:.0f} KB")

    def look() -> Reading:
        return read(service.library, form, data, media, now=NOW)

    found = look()
    assert len(found.entries) == rows and not found.faults
    print(f"read and check every row:     {_median(look):6.2f} s")
    stored, again = _once(service, session, sender, found), _once(service, session, sender, found)
    print(f"store, one transaction:       {stored:6.2f} s  (SQLite)")
    print(f"the same file once more:      {again:6.2f} s  (nothing is added)")


def _once(service: Any, session: Session, sender: accounts.Caller, found: Reading) -> float:
    assert found.form is not None
    started = time.perf_counter()
    plan = imports.plan(session, found.form, found, sender)
    imports.store(session, service.desk, sender, found, plan, NOW)
    session.commit()
    return time.perf_counter() - started


def _station(session: Session) -> accounts.Caller:
    session.execute(insert(TerritoryRevision), [{"id": 1, "revision": 1}])
    session.execute(insert(Village), [{"code": "1", "name": "Thôn 1"}])
    session.execute(
        insert(Unit), [{"code": "tram", "kind": "station", "name": "Trạm", "active": True}]
    )
    account = accounts.add_user(
        session, username="tram", display_name="", role=Role.UNIT, password="x" * 12, unit="tram"
    )
    session.commit()
    found = accounts.by_id(session, account)
    assert found is not None
    return replace(found)


def _filled(form: Form, media: Any, rows: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template(form, media)))
    page = book["Số liệu"]
    for at in range(rows):
        for column, value in enumerate(ROW, start=2):
            page.cell(4 + at, column, value + at % 20 if isinstance(value, int) else value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1000)
    main(parser.parse_args().rows)
