"""Many clients on a real gunicorn: the same submission at once, and a kill under load."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest
import world
from servers import Server
from sqlalchemy import create_engine, text

from collector.settings import Settings

PORTS = {"sqlite": 8401, "postgresql": 8402}


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    kind = database_url.split(":", 1)[0]
    made = Server(database_url, tmp_path, PORTS[kind]).start()
    yield made
    made.stop()


def query(url: str, statement: str) -> list[tuple[object, ...]]:
    """Rows of a statement, on a connection of its own."""
    engine = create_engine(Settings(database_url=url).sqlalchemy_url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()
    return rows


def at_once(n: int, work: Callable[[int], int]) -> Counter[int]:
    """Statuses of n calls that begin at the same moment."""
    barrier = threading.Barrier(n)

    def one(number: int) -> int:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(n) as pool:
        return Counter(pool.map(one, range(n)))


def test_the_same_submission_at_the_same_moment(server: Server, database_url: str) -> None:
    server.post(world.xml())  # everybody is known, every list is made
    for n in (8, 16, 32):
        one = world.xml(world.refused("AK01-002"), instance_id=f"uuid:at-once-{n}")
        assert at_once(n, lambda _, sent=one: server.post(sent)[0]) == {201: n}
    found = query(
        database_url, "SELECT instance_id, count(*) FROM submission GROUP BY 1 HAVING count(*) > 1"
    )
    assert found == []
    assert query(database_url, "SELECT count(*) FROM submission") == [(4,)]
    assert query(database_url, "SELECT count(*) FROM conflict") == [(0,)]


def test_one_id_with_many_texts_at_the_same_moment(server: Server, database_url: str) -> None:
    n = 12
    texts = [
        world.xml(world.refused(f"AK01-{number + 1:03}"), instance_id="uuid:one")
        for number in range(n)
    ]
    statuses = at_once(n, lambda number: server.post(texts[number])[0])
    assert statuses == {201: 1, 409: n - 1}
    assert query(database_url, "SELECT count(*) FROM submission") == [(1,)]
    assert query(database_url, "SELECT count(*) FROM conflict") == [(n - 1,)]


def test_interviews_of_one_household_at_the_same_moment(server: Server, database_url: str) -> None:
    n = 12
    texts = [world.xml(world.completed()) for _ in range(n)]
    assert at_once(n, lambda number: server.post(texts[number])[0]) == {201: n}
    found = query(database_url, "SELECT state, count(*) FROM submission GROUP BY 1 ORDER BY 1")
    assert found == [("flagged", n - 1), ("stored", 1)]


def test_edits_of_one_submission_at_the_same_moment(server: Server, database_url: str) -> None:
    n = 8
    server.post(world.xml(instance_id="uuid:first"))
    texts = [world.xml(deprecated_id="uuid:first") for _ in range(n)]
    assert at_once(n, lambda number: server.post(texts[number])[0]) == {201: n}
    found = query(
        database_url,
        "SELECT superseded, state, count(*) FROM submission GROUP BY 1, 2 ORDER BY 1, 2",
    )
    assert [(bool(old), state, many) for old, state, many in found] == [
        (False, "flagged", n - 1),
        (False, "stored", 1),
        (True, "stored", 1),
    ]


def test_kill_9_loses_nothing_that_was_acknowledged(server: Server, database_url: str) -> None:
    """32 clients post without pause; the server is killed twice; each then sends again what had
    no answer. What was answered 201 before a kill is there after it, and everything once."""
    acknowledged: set[str] = set()
    for _ in range(2):
        acknowledged |= _load_until_killed(server)
        server.start()
        there = {row[0] for row in query(database_url, "SELECT instance_id FROM submission")}
        assert acknowledged <= there
    assert len(acknowledged) >= 32
    unanswered = there - acknowledged
    for name in unanswered:  # stored, but the phone was not told: it sends again
        assert server.post(world.xml(instance_id=name))[0] == 201
    rows = query(database_url, "SELECT count(*), count(DISTINCT instance_id) FROM submission")
    assert rows[0][0] == rows[0][1] == len(there)


def _load_until_killed(server: Server, clients: int = 32, posts: int = 400) -> set[str]:
    acknowledged: set[str] = set()
    enough, stop = threading.Event(), threading.Event()

    def client() -> None:
        try:
            connection = server.connect()
            while not stop.is_set():
                name = world.new_id()
                if server.post(world.xml(instance_id=name), connection)[0] == 201:
                    acknowledged.add(name)
                if len(acknowledged) >= posts:
                    enough.set()
        except (OSError, HTTPException):
            return  # the server is gone

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    enough.wait(20)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()
    return acknowledged
