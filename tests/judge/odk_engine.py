"""ODK's own engine, in a Node process that lives as long as the `Engine` (judge.mjs)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from node_process import NodeProcess

HERE = Path(__file__).parent


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


class Engine(NodeProcess):
    """The process as a context manager; what the engine throws is a NodeError with its stack."""

    def __init__(self) -> None:
        super().__init__(HERE / "judge.mjs")

    def load(self, key: str, xform: bytes, media: Mapping[str, str]) -> None:
        """Load a form; `media` holds the text of each CSV file by name."""
        self.ask(op="load", form=key, xform=xform.decode(), media=dict(media))

    def fill(self, key: str, now: str, steps: list[tuple[str, str | None]]) -> Filled:
        """Open a new form at `now` (ISO 8601) and answer node by node."""
        return _filled(self.ask(op="fill", form=key, now=now, steps=steps))

    def restore(self, key: str, now: str, xml: str) -> Filled:
        """Open a submitted instance again."""
        return _filled(self.ask(op="restore", form=key, now=now, xml=xml))


def _filled(reply: dict[str, Any]) -> Filled:
    nodes = {node["ref"]: EngineNode(**node) for node in reply["nodes"]}
    return Filled(nodes, reply["xml"], frozenset(reply.get("skipped", ())))
