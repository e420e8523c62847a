"""ODK's own engine, in a Node process that lives as long as the `Engine` (judge.mjs)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).parent


class EngineError(Exception):
    """The engine threw; the text is its own, with the stack."""


@dataclass(frozen=True)
class EngineNode:
    """What the engine says of one node. `value` is None where the node holds none (a group)."""

    ref: str
    type: str
    relevant: bool
    value: str | None
    constraint: bool
    required: bool


@dataclass(frozen=True)
class Filled:
    """A filled form as the engine has it: its nodes by reference, and the instance it would send.

    `skipped` are the steps for which it had no node or no setter (a repeat instance beyond the
    count, a calculated node).
    """

    nodes: dict[str, EngineNode]
    xml: str
    skipped: frozenset[str]


class Engine:
    """A context manager around the process, in the zone of the phones.

    The zone is the fixed UTC+7 and not Asia/Ho_Chi_Minh, which was another one before 1975.
    """

    def __enter__(self) -> Engine:
        self._process = subprocess.Popen(
            ["node", "judge.mjs"],
            cwd=HERE,
            env={**os.environ, "TZ": "Etc/GMT-7"},
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
        self._process.communicate(timeout=10)

    def load(self, key: str, xform: bytes, media: Mapping[str, str]) -> None:
        """Load a form; `media` holds the text of each CSV file by name."""
        self._ask({"op": "load", "form": key, "xform": xform.decode(), "media": dict(media)})

    def fill(self, key: str, now: str, steps: list[tuple[str, str | None]]) -> Filled:
        """Open a new form at `now` (ISO 8601) and answer node by node."""
        return _filled(self._ask({"op": "fill", "form": key, "now": now, "steps": steps}))

    def restore(self, key: str, now: str, xml: str) -> Filled:
        """Open a submitted instance again."""
        return _filled(self._ask({"op": "restore", "form": key, "now": now, "xml": xml}))

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise EngineError("the engine has ended; its last words are on stderr") from None
        line = self._process.stdout.readline()
        if not line:
            raise EngineError(f"the engine ended with status {self._process.wait(timeout=10)}")
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise EngineError(reply["error"])
        return reply


def _filled(reply: dict[str, Any]) -> Filled:
    nodes = {node["ref"]: EngineNode(**node) for node in reply["nodes"]}
    return Filled(nodes, reply["xml"], frozenset(reply.get("skipped", ())))
