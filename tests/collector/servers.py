"""A real gunicorn on a free port, for what a test client cannot show."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import world

PATIENCE = 120  # seconds; a loaded machine imports slowly
TRIES = 3  # a port that was free may be gone when gunicorn comes to it


def free_port() -> int:
    """A port of this machine that nobody has at this moment."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Server:
    """gunicorn with this project's configuration; `start` again after `kill`, on another port."""

    def __init__(self, url: str, folder: Path, **environment: str) -> None:
        self.port = 0
        self.folder = folder
        self.environment = {
            **os.environ,
            "ENVIRONMENT": "production",
            "SECRET_KEY": world.SECRET,
            "DATABASE_URL": url,
            "DATA_FOLDER": str(folder),
            "LOG_LEVEL": "warning",
            "DATABASE_WAIT": "50",  # 32 posts at once wait for a slow disk, and none is refused
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start and wait until it answers."""
        for _ in range(TRIES):
            self.port = free_port()
            if self._answers():
                return self
        raise RuntimeError("gunicorn does not answer")

    def _answers(self) -> bool:
        """Start on the port; False where it ended, as it does where the port is taken."""
        command = [sys.executable, "-m", "gunicorn", "--log-level", "critical", "wsgi:application"]
        environment = {**self.environment, "PORT": str(self.port)}
        self.process = subprocess.Popen(
            command, env=environment, cwd=world.ROOT, start_new_session=True
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.get("/api/v1/status")
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            else:
                return self.process.poll() is None  # else it was somebody else's answer
        if self.process.poll() is None:
            self.kill()
        return False

    def kill(self) -> None:
        """kill -9 of the master and every worker at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def connect(self) -> http.client.HTTPConnection:
        """A keep-alive connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path: str) -> tuple[int, bytes]:
        """(status, body) of one GET."""
        connection = self.connect()
        try:
            connection.request("GET", path)
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def post(
        self, text: bytes, connection: http.client.HTTPConnection | None = None
    ) -> tuple[int, bytes]:
        """(status, body) of one submission over OpenRosa."""
        used = connection or self.connect()
        body, headers = world.body(text)
        used.request("POST", "/openrosa/submission", body, {**headers, **world.basic()})
        reply = used.getresponse()
        found = reply.status, reply.read()
        if connection is None:
            used.close()
        return found
