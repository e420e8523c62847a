"""A person who fills a form at random in the phone's engine, without a phone."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from random import Random
from typing import Any

from node_process import PhoneEngine

Reply = dict[str, Any]

TYPED = {
    "text": ("", "x", "Nguyễn", "AK03-M01", "2026-05", "7", "a b", "-3", "1,5"),
    "integer": ("", "0", "1", "2", "5", "15", "43", "110", "999", "-8", "-9", "1,5", "năm"),
    "decimal": ("", "0", "0.5", "1,5", "12", "-2.25", "x"),
    "range": ("", "0", "5", "10", "11"),
    "date": ("", "2026-11-22", "2024-02-29", "2026-11-23", "1990-05-01", "2026-02-30"),
    "time": ("", "07:30", "23:59:59.000+07:00", "25:00"),
    "dateTime": ("", "2026-11-22T07:30:00.000+07:00", "2026-11-22", "x"),
    "acknowledge": ("", "OK"),
}
USUAL_YEARS = ("1950", "1962", "1985", "1990", "2001", "2012", "2024")
SMALL = ("", "0", "1", "2", "4", "-1", "1,5", "năm")
MEMBERS = (0, 1, 2, 2, 3, 4)


def fill(
    engine: PhoneEngine, model: dict[str, Any], media: Mapping[str, str], now: str, rng: Random
) -> Reply:
    """Fill a form at random, mostly rightly: what the engine says after the last answer."""
    nodes = dict(_nodes(model["nodes"], f"/{model['root']}"))
    reply = engine.ask(model=model, media=media, now=now)
    counted = any("count" in node for node in nodes.values())
    members = [
        ["add", path.removesuffix("[1]"), ""]
        for path in reply["relevant"]
        if path.endswith("[1]") and "count" not in nodes[_bare(path)]
        for _ in range(rng.choice(MEMBERS))
    ]
    reply = engine.ask(now=now, answers=reply["draft"], do=members)
    for _ in range(12):
        steps = [
            step
            for path in reply["relevant"]
            for step in _steps(path, nodes[_bare(path)], reply, rng, counted)
        ]
        if not steps:
            break
        reply = engine.ask(now=now, answers=reply["draft"], do=steps)
    return engine.ask(now=now, answers=reply["draft"], do=[["finish", "", ""]])


def _steps(
    path: str, node: dict[str, Any], reply: Reply, rng: Random, counted: bool
) -> list[list[str]]:
    """What to do at a relevant node: seldom anything where there is an answer already."""
    if node["kind"] != "question" or (_answered(reply["draft"], path) and rng.random() > 0.03):
        return []
    if node["type"] in ("select_one", "select_multiple"):
        codes = reply["choices"].get(path) or ["1"]
        some = rng.sample(codes, rng.randint(1, min(3, len(codes))))
        wrong = ["nope"] if rng.random() < 0.01 else []
        value = (wrong or some)[0] if node["type"] == "select_one" else " ".join(some + wrong)
        return [["answer-if-there", path, value]]
    pool = (
        USUAL_YEARS
        if node["type"] == "integer" and "_y" in path
        else TYPED.get(node["type"], ("",))
    )
    if counted and node["type"] == "integer" and "_y" not in path:
        pool = SMALL  # it may say how many instances there are
    return [["answer-if-there", path, rng.choice(pool)]]


def _answered(draft: Any, path: str) -> bool:
    for step in path.split("/")[2:]:
        name, _, number = step.partition("[")
        draft = draft.get(name, "")
        if number:
            draft = draft[int(number[:-1]) - 1] if draft else {}
        if not draft:
            return False
    return True


def _bare(path: str) -> str:
    return "/".join(step.partition("[")[0] for step in path.split("/"))


def _nodes(nodes: list[dict[str, Any]], path: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for node in nodes:
        here = f"{path}/{node['name']}"
        found += [(here, node), *_nodes(node.get("children", []), here)]
    return found


def rows(text: str) -> list[dict[str, str]]:
    """A media file as the server reads it."""
    return [dict(row) for row in csv.DictReader(text.splitlines())]
