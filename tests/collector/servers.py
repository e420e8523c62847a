"""A real gunicorn on a port of its own, for what a test client cannot show."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import world

PATIENCE = 60  # seconds; a loaded machine imports slowly


class Server:
    """gunicorn with this project's configuration; `start` again after `kill`."""

    def __init__(self, url: str, folder: Path, port: int, **environment: str) -> None:
        self.port = port
        self.folder = folder
        self.environment = {
            **os.environ,
            "ENVIRONMENT": "production",
            "SECRET_KEY": world.SECRET,
            "DATABASE_URL": url,
            "DATA_FOLDER": str(folder),
            "LOG_LEVEL": "warning",
            "PORT": str(port),
            "DATABASE_WAIT": "10",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "--log-level", "critical", "wsgi:application"]
        self.process = subprocess.Popen(
            command, env=self.environment, cwd=world.ROOT, start_new_session=True
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.get("/api/v1/status")
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError("gunicorn does not answer")

    def kill(self) -> None:
        """kill -9 of the master and every worker at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def connect(self) -> http.client.HTTPConnection:
        """A keep-alive connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

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
