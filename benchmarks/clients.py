"""Keep-alive clients, in processes of their own.

Two kinds. `library`: a requests.Session each, threads of one process, building the multipart for
every post as a usual load generator does. `bytes`: a bare socket each that sends prepared bytes
from two processes and costs next to nothing, so that the processors belong to the server.
"""

from __future__ import annotations

import base64
import socket
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

import requests

PROCESSES = {"library": 1, "bytes": 2}
HOST = "127.0.0.1"
PATH = "/openrosa/submission?deviceID=benchmark"
BOUNDARY = "so-thon-benchmark"
PART = "xml_submission_file"


@dataclass(frozen=True, slots=True)
class Post:
    """One submission to be sent: whose it is and its XML."""

    username: str
    password: str
    xml: bytes


@dataclass(frozen=True, slots=True)
class Measured:
    """What a round did: requests a second, latencies in ms, replies by status."""

    rate: float
    p50: float
    p95: float
    statuses: dict[int, int]


Replies = list[tuple[int, float]]
Send = Callable[[Post], int]


def post_all(kind: str, port: int, posts: Sequence[Post], clients: int) -> Measured:
    """Send every post once, shared among `clients` connections of a kind of KINDS."""
    processes = min(PROCESSES[kind], clients)
    context = get_context("fork")
    workers = []
    for at in range(processes):
        threads = clients // processes + (at < clients % processes)
        here, there = context.Pipe()
        given = (kind, port, list(posts[at::processes]), threads, there)
        worker = context.Process(target=_work, args=given)
        worker.start()
        workers.append((worker, here))
    for _, pipe in workers:
        pipe.recv()  # ready
    started = time.perf_counter()
    for _, pipe in workers:
        pipe.send("go")
    replies = [one for _, pipe in workers for one in pipe.recv()]
    took = time.perf_counter() - started
    for worker, _ in workers:
        worker.join()
    return _summary(replies, took)


def _summary(replies: Replies, took: float) -> Measured:
    times = sorted(seconds * 1000 for _, seconds in replies)
    statuses: dict[int, int] = {}
    for status, _ in replies:
        statuses[status] = statuses.get(status, 0) + 1
    p95 = times[int(len(times) * 0.95) - 1]
    return Measured(len(replies) / took, statistics.median(times), p95, statuses)


def _work(kind: str, port: int, posts: list[Post], clients: int, pipe: Connection) -> None:
    """One process: `clients` threads, each with its connection."""
    found: list[Replies] = [[] for _ in range(clients)]
    lanes = [KINDS[kind](port, posts[at::clients]) for at in range(clients)]
    threads = [
        threading.Thread(target=_lane, args=(*lane, out))
        for lane, out in zip(lanes, found, strict=True)
    ]
    pipe.send("ready")
    pipe.recv()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pipe.send([one for replies in found for one in replies])


def _lane(send: Callable[[object], int], items: Sequence[object], out: Replies) -> None:
    for item in items:
        started = time.perf_counter()
        status = send(item)
        out.append((status, time.perf_counter() - started))


def _library(port: int, posts: Sequence[Post]) -> tuple[Callable[[Post], int], Sequence[Post]]:
    session = requests.Session()
    session.trust_env = False
    address = f"http://{HOST}:{port}{PATH}"
    headers = {"X-OpenRosa-Version": "1.0"}

    def send(post: Post) -> int:
        reply = session.post(
            address,
            files={PART: ("household.xml", post.xml, "text/xml")},
            headers=headers,
            auth=(post.username, post.password),
        )
        return reply.status_code

    return send, posts


def _bytes(port: int, posts: Sequence[Post]) -> tuple[Callable[[bytes], int], Sequence[bytes]]:
    connection = socket.create_connection((HOST, port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(request: bytes) -> int:
        connection.sendall(request)
        return _status(connection)

    return send, [prepared(post, port) for post in posts]


KINDS: dict[str, Callable[..., tuple[Callable[..., int], Sequence[object]]]] = {
    "library": _library,
    "bytes": _bytes,
}


def prepared(post: Post, port: int) -> bytes:
    """The whole request of a post as bytes."""
    proof = base64.b64encode(f"{post.username}:{post.password}".encode()).decode()
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{PART}"; '
        'filename="household.xml"\r\nContent-Type: text/xml\r\n\r\n'
    ).encode()
    body += post.xml + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAuthorization: Basic {proof}\r\n"
        f"X-OpenRosa-Version: 1.0\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _status(connection: socket.socket) -> int:
    """The status of a reply, read to its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
    while len(body) < length:
        body += _more(connection)
    return int(head[9:12])


def _more(connection: socket.socket) -> bytes:
    more = connection.recv(65536)
    if not more:
        raise ConnectionError("the server closed the connection before its reply was whole")
    return more
