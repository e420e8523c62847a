"""Answers that a question might get: plausible ones, boundaries, and ones just beyond them.

Every choice goes through a `random.Random`, of which only whole numbers are drawn: hypothesis then
shrinks them, and a plain `Random(seed)` gives demonstration and benchmark data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

Node = dict[str, Any]
Tree = Any
WORDS = ("a", "no", "yes", "ab", "abc", "thôn", "AK03", "abcdefgh", "x y", "7", "1,5")


class Candidates:
    """Draws answers for the questions of one model. `today` is the day of the interview."""

    def __init__(
        self, model: dict[str, Any], media: Mapping[str, Sequence[Mapping[str, str]]], today: date
    ) -> None:
        self.model = model
        self.media = media
        self.today = today

    def draw(self, node: Node, rng: Random) -> str:
        """One answer, never empty, not always a valid one."""
        return DRAWS[node["type"]](self, node, rng)

    def integer(self, node: Node, rng: Random) -> str:
        pools: list[Sequence[float]] = [
            range(10),
            range(110),
            range(self.today.year - 110, self.today.year + 2),
        ]
        edges = [round(n) + d for n in numbers_in(node.get("constraint")) for d in (-1, 0, 1)]
        steps = [n * rng.randrange(1, 9) for n in numbers_in(node.get("constraint")) if n > 1]
        pools += [edges, steps]
        pool = rng.choice([pool for pool in pools if pool])
        return str(round(rng.choice(pool)))

    def decimal(self, node: Node, rng: Random) -> str:
        edges = [n + d for n in numbers_in(node.get("constraint")) for d in (-0.5, 0, 0.5)]
        pools: list[Sequence[float]] = [range(24), [n / 4 for n in range(-8, 60)], edges or (0,)]
        return f"{rng.choice(rng.choice(pools)):g}"

    def range(self, node: Node, rng: Random) -> str:
        limits = node["range"]
        steps = int((limits["end"] - limits["start"]) / limits["step"])
        return f"{limits['start'] + rng.randrange(steps + 1) * limits['step']:g}"

    def text(self, node: Node, rng: Random) -> str:
        patterns = strings_in(node.get("constraint"), "regex")
        if patterns and rng.randrange(2):
            found = matching(rng.choice(patterns), rng)
            return found if found.strip() else rng.choice(WORDS)  # blanks alone are no answer
        return self.month(rng) if patterns else rng.choice(WORDS)

    def month(self, rng: Random) -> str:
        """A month of the last two years, `YYYY-MM`."""
        return (self.today - timedelta(rng.randrange(700))).isoformat()[:7]

    def date(self, node: Node, rng: Random) -> str:
        spans = ((-3, 3), (-400, 400), (-36_500, 0), (-45_000, 800))
        first, last = rng.choice(spans)
        return (self.today + timedelta(rng.randrange(first, last + 1))).isoformat()

    def time(self, node: Node, rng: Random) -> str:
        return f"{rng.randrange(24):02}:{rng.randrange(60):02}:00.000+07:00"

    def date_time(self, node: Node, rng: Random) -> str:
        return f"{self.date(node, rng)}T{self.time(node, rng)}"

    def select_one(self, node: Node, rng: Random) -> str:
        return rng.choice(self.choices(node))

    def select_multiple(self, node: Node, rng: Random) -> str:
        names = self.choices(node)
        few = {rng.choice(names) for _ in range(rng.choice((1, 1, 2, 3)))}
        return " ".join(name for name in names if name in few)  # in the list's order, as engines do

    def choices(self, node: Node) -> list[str]:
        """The names of a question's whole list, whatever its filter leaves of it."""
        source = node["choices"]
        if "list" in source:
            return [item["name"] for item in self.model["lists"][source["list"]]]
        rows = self.media[self.model["files"][source["file"]]]
        return [row[source["value"]] for row in rows]


DRAWS: dict[str, Callable[[Candidates, Node, Random], str]] = {
    "integer": Candidates.integer,
    "decimal": Candidates.decimal,
    "range": Candidates.range,
    "text": Candidates.text,
    "date": Candidates.date,
    "time": Candidates.time,
    "dateTime": Candidates.date_time,
    "select_one": Candidates.select_one,
    "select_multiple": Candidates.select_multiple,
    "acknowledge": lambda candidates, node, rng: "OK",
}


def numbers_in(tree: Tree) -> list[float]:
    """Every number that stands in an expression."""
    if isinstance(tree, list):
        return [number for part in tree for number in numbers_in(part)]
    return [tree] if isinstance(tree, (int, float)) and not isinstance(tree, bool) else []


def functions_in(tree: Tree) -> set[str]:
    """The names of all functions that an expression calls."""
    if not isinstance(tree, list):
        return set()
    called = {tree[1]} if tree[:1] == ["call"] else set()
    return called.union(*map(functions_in, tree))


def strings_in(tree: Tree, function: str) -> list[str]:
    """Every literal second argument of `function` in an expression."""
    if not isinstance(tree, list):
        return []
    found = [text for part in tree for text in strings_in(part, function)]
    if tree[:2] == ["call", function] and isinstance(tree[3], str):
        found.append(tree[3])
    return found


def matching(pattern: str, rng: Random) -> str:
    """A text that matches a regular expression (literals, classes, groups, repeats)."""
    return _some(sre_parser.parse(pattern, re.ASCII), rng)


def _some(parts: Any, rng: Random) -> str:
    return "".join(_one(operation, argument, rng) for operation, argument in parts)


def _one(operation: Any, argument: Any, rng: Random) -> str:
    if operation is sre.LITERAL:
        return chr(argument)
    if operation is sre.IN:
        return _of_class(argument, rng)
    if operation is sre.SUBPATTERN:
        return _some(argument[3], rng)
    if operation is sre.BRANCH:
        return _some(rng.choice(argument[1]), rng)
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, inner = argument
        return "".join(
            _some(inner, rng) for _ in range(rng.randrange(least, min(most, least + 3) + 1))
        )
    if operation is sre.AT:  # ^ and $
        return ""
    raise ValueError(f"no text can be made for {operation} in a pattern: teach _one() about it")


def _of_class(parts: Any, rng: Random) -> str:
    if parts[0][0] is sre.NEGATE:  # such as [^0-9@]: letters of any language
        return rng.choice("aữ B")
    kind, value = rng.choice(parts)
    return chr(rng.randrange(value[0], value[1] + 1) if kind is sre.RANGE else value)
