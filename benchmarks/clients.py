"""Keep-alive clients that post prepared bytes, in processes of their own so that they are cheap.

One client is one connection in one thread: it sends a request, reads the reply to its end, and
sends the next. The bytes are made before the clock starts.
"""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

PROCESSES = 2
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a round did: requests a second, latencies in ms, replies by status."""

    rate: float
    p50: float
    p95: float
    statuses: dict[int, int]


def post_all(port: int, requests: Sequence[bytes], clients: int) -> Measured:
    """Post every request once, shared among `clients` connections."""
    processes = min(PROCESSES, clients)
    shares = [list(requests[at::processes]) for at in range(processes)]
    context = get_context("fork")
    workers = []
    for at, share in enumerate(shares):
        threads = clients // processes + (at < clients % processes)
        here, there = context.Pipe()
        worker = context.Process(target=_work, args=(port, share, threads, there))
        worker.start()
        workers.append((worker, here))
    for _, pipe in workers:
        pipe.recv()  # connected
    started = time.perf_counter()
    for _, pipe in workers:
        pipe.send("go")
    answers = [pipe.recv() for _, pipe in workers]
    took = time.perf_counter() - started
    for worker, _ in workers:
        worker.join()
    return _summary([one for answer in answers for one in answer], took)


def _summary(replies: list[tuple[int, float]], took: float) -> Measured:
    times = sorted(seconds * 1000 for _, seconds in replies)
    statuses: dict[int, int] = {}
    for status, _ in replies:
        statuses[status] = statuses.get(status, 0) + 1
    p95 = times[int(len(times) * 0.95) - 1]
    return Measured(len(replies) / took, statistics.median(times), p95, statuses)


def _work(port: int, requests: list[bytes], clients: int, pipe: Connection) -> None:
    lanes = [requests[at::clients] for at in range(clients)]
    found: list[list[tuple[int, float]]] = [[] for _ in lanes]
    sockets = [socket.create_connection((HOST, port)) for _ in lanes]
    pipe.send("ready")
    pipe.recv()
    threads = [
        threading.Thread(target=_lane, args=(sockets[at], lane, found[at]))
        for at, lane in enumerate(lanes)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pipe.send([one for replies in found for one in replies])


def _lane(connection: socket.socket, requests: list[bytes], found: list[tuple[int, float]]) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for request in requests:
        started = time.perf_counter()
        connection.sendall(request)
        status, keep = _reply(connection)
        found.append((status, time.perf_counter() - started))
        if not keep:
            connection.close()
            connection = socket.create_connection((HOST, connection_port(request)))
    connection.close()


def connection_port(request: bytes) -> int:
    """The port that a request's Host names."""
    return int(request.split(b"Host: 127.0.0.1:", 1)[1].split(b"\r\n", 1)[0])


def _reply(connection: socket.socket) -> tuple[int, bool]:
    """(status, whether the connection stays open); reads the reply to its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError("the server closed the connection before it replied")
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65536)
    return int(head[9:12]), b"connection: close" not in lines
