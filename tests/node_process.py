"""Node processes that read a line of JSON and answer with one: the phone's engine, and ODK's."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PHONE = Path(__file__).parents[1] / "collector" / "phone"
PATIENCE = 60  # seconds that a process may take to end on a busy machine
ENGINE = PHONE / "build" / "node" / "src" / "engine" / "node.js"


class NodeError(Exception):
    """What the process said went wrong, or that it has ended."""


class NodeProcess:
    """A context manager around a script in Node that lives as long as it.

    `zone`: where its clock stands, by default the fixed UTC+7 and not Asia/Ho_Chi_Minh, which was
    another one before 1975.
    """

    def __init__(self, script: Path, zone: str = "Etc/GMT-7") -> None:
        self.script, self.zone = script, zone

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [shutil.which("node") or "node", self.script.name],
            cwd=self.script.parent,
            env={**os.environ, "TZ": self.zone},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE)

    def ask(self, **request: Any) -> dict[str, Any]:
        """The reply to one request. Raises NodeError for {"error": …} and for an ended process."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            status = self._process.wait(timeout=PATIENCE)
            said = "its last words are on stderr"
            raise NodeError(f"{self.script.name} ended with status {status}; {said}")
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise NodeError(reply["error"])
        return reply


class PhoneEngine(NodeProcess):
    """collector/phone/src/engine, the very modules that run in the browser.

    collector/phone/src/engine/node.ts says what may be asked.
    """

    def __init__(self, zone: str = "Asia/Ho_Chi_Minh") -> None:
        super().__init__(ENGINE, zone)

    def __enter__(self) -> Self:
        with (PHONE / "package.json").open() as held:
            fcntl.flock(held, fcntl.LOCK_EX)  # one of the test processes builds, the others wait
            _build_engine()
        return super().__enter__()


def _build_engine() -> None:
    """Compile the engine for Node where a source is newer than it."""
    sources = max(file.stat().st_mtime for file in (PHONE / "src").rglob("*.ts"))
    if not ENGINE.exists() or ENGINE.stat().st_mtime < sources:
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "run", "--silent", "engine"], cwd=PHONE, check=True)
