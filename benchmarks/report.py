"""The report of 10 000 households, from the officer's request to the file.

A database in a temporary folder is filled through the same door as the service's own
(`ingest.receive`), then the signed-in officer's request is answered by the application itself.
DATABASE_URL chooses another database, which must be empty.
"""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from benchmarks.household import household_form
from collector import create_app
from collector.database import session
from collector.demonstration import commune
from collector.demonstration.interviews import Filled, interviews
from collector.demonstration.send import media
from collector.demonstration.shape import filled
from collector.models import Channel, Role
from collector.service import service
from collector.settings import ROOT, Settings
from collector.store import accounts, ingest, territory
from collector.store.describing import Arrival
from forms.instance import render_xml

HOUSEHOLDS = int(os.environ.get("HOUSEHOLDS", "10000"))
GOAL = 2.0  # seconds
ROUNDS = 5
PLAN = "an-khanh-2026-2030"
BATCH = 500
PASSWORD = "benchmark-2026"


def main() -> None:
    """Print medians for each format, and of the officer's page."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                environment="testing",
                data_folder=Path(folder),
                database_url=os.environ.get("DATABASE_URL", ""),
                secret_key="benchmark " * 4,
                demonstration=True,
            )
        )
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            _fill(session())
        _measure(app)


def _fill(to: Session) -> None:
    """Copies of the demonstration's interviews, each with a household code of its own."""
    listed = {household.code: household for household in commune.households()}
    base = list(interviews(Random(commune.SEED)))
    names = {code: name for code, name, _ in commune.VILLAGES}
    rows = ["village,village_name,household,seed_f,seed_m"]
    for number in range(HOUSEHOLDS):
        old = listed[base[number % len(base)].answers["household"]]
        code = f"{old.village}-{number:06d}"
        rows.append(f"{old.village},{names[old.village]},{code},{old.seed_f},{old.seed_m}")
    territory.load(to, "\n".join(rows), iter(()))
    for name, role in (("officer", Role.OFFICER), ("collector", Role.COLLECTOR)):
        village = "AK01" if role is Role.COLLECTOR else None
        accounts.add_user(
            to, username=name, display_name=name, role=role, password=PASSWORD, village=village
        )
    to.commit()
    started = time.perf_counter()
    for number, text in enumerate(_texts(base), start=1):
        caller = accounts.by_username(to, "collector")
        assert caller is not None
        arrival = Arrival(Channel.OPENROSA, text, datetime.now(UTC))
        ingest.receive(to, service().desk, caller, arrival)
        if number % BATCH == 0 or number == HOUSEHOLDS:
            to.commit()
    print(f"filled with {HOUSEHOLDS:,} interviews in {time.perf_counter() - started:.0f} s")
    _accept_other_villages(to)


def _texts(base: list[Filled]) -> Iterator[bytes]:
    form, now, lists = household_form(), datetime.now(UTC), media()
    done = [filled(form, one.answers, lists, now)[0] for one in base]
    for number in range(HOUSEHOLDS):
        answers = done[number % len(base)]
        code = f"{answers['village']}-{number:06d}"
        yield render_xml(form, {**answers, "household": code}, f"uuid:benchmark-{number}")


def _accept_other_villages(to: Session) -> None:
    """One account sent everything, so all but its own village was flagged: count it again."""
    from sqlalchemy import update  # noqa: PLC0415 - only this benchmark writes past the store

    from collector.models import State, Submission  # noqa: PLC0415

    to.execute(update(Submission).values(state=State.STORED.value))
    to.commit()


def _measure(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    form = {"username": "officer", "password": PASSWORD, "csrf_token": token.group(1)}
    assert client.post("/sign-in", data=form).status_code == 303
    asked = {
        "the page of the plan": f"/plans/{PLAN}?period=2026",
        "an indicator's page": f"/plans/{PLAN}/indicators/WAGE_F?period=2026",
        "the page of collection": "/collection?period=2026",
    }
    for name in ("docx", "xlsx", "csv"):
        asked[name] = f"/plans/{PLAN}/report?period=2026&format={name}"
    for name, path in asked.items():
        first, *times = [_seconds(client, path) for _ in range(ROUNDS + 1)]
        print(
            f"{name:<22} first {first:5.2f} s, then {statistics.median(times):5.2f} s "
            f"(goal: under {GOAL:g} s)"
        )


def _seconds(client: object, path: str) -> float:
    started = time.perf_counter()
    reply = client.get(path)  # type: ignore[attr-defined]
    assert reply.status_code == 200, reply.get_data(as_text=True)[:500]
    reply.get_data()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
