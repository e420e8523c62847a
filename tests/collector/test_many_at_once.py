"""Many clients on a real gunicorn: the same submission at once, and a kill under load."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException

import pytest
import world
from databases import DATABASES, engine_of, resettle
from servers import PATIENCE, Server
from sqlalchemy import text


@dataclass(frozen=True, slots=True)
class Place:
    """A running server and the address of its database."""

    server: Server
    url: str


@pytest.fixture(scope="module", params=DATABASES)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """One server on each kind of database for all tests here: they use households of their own."""
    folder = tmp_path_factory.mktemp("many")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "so-thon.sqlite")
        url = f"sqlite:///{folder / 'so-thon.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_url")
        resettle(url)
    server = Server(url, folder).start()
    server.post(world.xml(world.refused("AK01-040")))  # everybody is known, every list is made
    yield Place(server, url)
    server.stop()


def query(url: str, statement: str) -> list[tuple[object, ...]]:
    """Rows of a statement, on a connection of its own."""
    engine = engine_of(url)
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


def test_the_same_submission_at_the_same_moment(place: Place) -> None:
    for n in (8, 16, 32):
        one = world.xml(world.refused("AK01-001"), instance_id=f"uuid:at-once-{n}")
        assert at_once(n, lambda _, sent=one: place.server.post(sent)[0]) == {201: n}
    found = query(place.url, "SELECT count(*) FROM submission WHERE instance_id LIKE 'uuid:at-%'")
    assert found == [(3,)]
    assert query(place.url, "SELECT count(*) FROM conflict") == [(0,)]


def test_one_id_with_many_texts_at_the_same_moment(place: Place) -> None:
    n = 12
    texts = [
        world.xml(world.refused(f"AK01-{number:03}"), instance_id="uuid:one")
        for number in range(1, n + 1)
    ]
    statuses = at_once(n, lambda number: place.server.post(texts[number])[0])
    assert statuses == {201: 1, 409: n - 1}
    counted = "SELECT count(*) FROM submission WHERE instance_id = 'uuid:one'"
    assert query(place.url, counted) == [(1,)]
    assert query(place.url, "SELECT count(*) FROM conflict") == [(n - 1,)]


def test_interviews_of_one_household_at_the_same_moment(place: Place) -> None:
    n = 12
    texts = [world.xml(world.completed("AK01-020")) for _ in range(n)]
    assert at_once(n, lambda number: place.server.post(texts[number])[0]) == {201: n}
    found = query(
        place.url,
        "SELECT state, count(*) FROM submission WHERE household = 'AK01-020' GROUP BY 1 ORDER BY 1",
    )
    assert found == [("flagged", n - 1), ("stored", 1)]


def test_edits_of_one_submission_at_the_same_moment(place: Place) -> None:
    n = 8
    answers = world.refused("AK01-021")
    place.server.post(world.xml(answers, instance_id="uuid:first"))
    texts = [world.xml(answers, deprecated_id="uuid:first") for _ in range(n)]
    assert at_once(n, lambda number: place.server.post(texts[number])[0]) == {201: n}
    found = query(
        place.url,
        "SELECT superseded, state, count(*) FROM submission WHERE household = 'AK01-021' "
        "GROUP BY 1, 2 ORDER BY 1, 2",
    )
    assert [(bool(old), state, many) for old, state, many in found] == [
        (False, "flagged", n - 1),
        (False, "stored", 1),
        (True, "stored", 1),
    ]


def test_a_chunked_post_is_taken(place: Place) -> None:
    body, headers = world.body(world.xml(world.refused("AK01-030")))
    connection = place.server.connect()
    chunks = (body[at : at + 100] for at in range(0, len(body), 100))
    connection.request(
        "POST", "/openrosa/submission", chunks, {**headers, **world.basic()}, encode_chunked=True
    )
    assert connection.getresponse().status == 201
    connection.close()


def test_junk_is_refused_on_a_connection_that_goes_on(place: Place) -> None:
    """10 MB that nobody reads: a clear answer, and the next request on the connection works."""
    for kind in ("application/octet-stream", "multipart/form-data; boundary=x"):
        connection = place.server.connect()
        headers = {"Content-Type": kind, **world.basic()}
        connection.request("POST", "/openrosa/submission", b"\x9f" * 10_000_000, headers)
        reply = connection.getresponse()
        assert reply.status in (400, 413) and "OpenRosaResponse" in reply.read().decode()
        assert place.server.post(world.xml(world.refused("AK01-031")), connection)[0] == 201
        connection.close()


def test_kill_9_loses_nothing_that_was_acknowledged(place: Place) -> None:
    """32 clients post without pause; the server is killed twice. What was answered 201 is there
    after each restart, and what had no answer can be sent again: everything once."""
    acknowledged: set[str] = set()
    there: set[object] = set()
    for _ in range(2):
        acknowledged |= _load_until_killed(place.server)
        place.server.start()
        there = {row[0] for row in query(place.url, "SELECT instance_id FROM submission")}
        assert acknowledged <= there
    assert len(acknowledged) >= 64
    lost_replies = [name for name in there - acknowledged if str(name).startswith("uuid:kill-")]
    for name in lost_replies:  # stored, but the phone was not told: it sends again
        assert place.server.post(world.xml(instance_id=str(name)))[0] == 201
    (rows,) = query(place.url, "SELECT count(*), count(DISTINCT instance_id) FROM submission")
    assert rows == (len(there), len(there))


def _load_until_killed(server: Server, clients: int = 32, posts: int = 200) -> set[str]:
    acknowledged: set[str] = set()
    enough, stop = threading.Event(), threading.Event()

    def client() -> None:
        try:
            connection = server.connect()
            while not stop.is_set():
                name = world.new_id().replace("uuid:", "uuid:kill-")
                if server.post(world.xml(instance_id=name), connection)[0] == 201:
                    acknowledged.add(name)
                if len(acknowledged) >= posts:
                    enough.set()
        except (OSError, HTTPException):
            return  # the server is gone

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    enough.wait(PATIENCE)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()
    return acknowledged
