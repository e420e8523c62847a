"""Operations of a program: hide what is irrelevant, calculate what is calculated, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from forms.rows import Row, Run
from forms.schema import Node
from forms.scope import Function
from forms.values import text_number

MOST_PASSES = 10
_JAVA_NUMBER = re.compile(r"-?\d+(\.\d+)?[eE]-?\d{1,3}", re.ASCII)
_BOOLEANS = {("true", "1"), ("false", "0")}


class Calculation(NamedTuple):
    """A calculated node's text, and what of `today` and `language` it depends on."""

    fn: Callable[[Row], str]
    used: frozenset[str]


class Hide:
    """Makes a node and all inside it irrelevant in a row, or takes that back."""

    __slots__ = ("inner", "slots")

    def __init__(self, node: Node) -> None:
        self.slots: list[int] = []
        self.inner: list[tuple[int, Hide]] = []
        self._collect(node, node)

    def _collect(self, node: Node, top: Node) -> None:
        if node.kind == "repeat" and node is not top:
            self.inner.append((node.index, Hide(node)))
            return
        self.slots.append(node.slot)
        for child in node.children.values():
            self._collect(child, top)

    def hide(self, row: Row) -> None:
        """Irrelevant, and empty for every expression."""
        relevant, values = row.relevant, row.values
        for slot in self.slots:
            relevant[slot] = False
            values[slot] = ""
        for index, inner in self.inner:
            for instance in row.repeats[index]:
                inner.hide(instance)

    def show(self, row: Row) -> None:
        """Relevant again, with what was given; conditions inside are evaluated after this."""
        for slot in self.slots:
            row.relevant[slot] = True
            row.values[slot] = row.given[slot] or ""
        for index, inner in self.inner:
            for instance in row.repeats[index]:
                inner.show(instance)


def compare(
    run: Run, row: Row, node: Node, calculation: Calculation, value: str, given: str
) -> str:
    """The value to go on with; a real difference is noted for the check."""
    if same_value(value, given):
        return value
    if calculation.used & {"today", "language"} and run.otherwise(
        lambda: same_value(calculation.fn(row), given)
    ):
        return given
    run.mismatches[row, node.slot] = value
    return value


def same_value(value: str, given: str) -> bool:
    """Whether two texts are the same value: `5` and `5.0`, `true` and ODK Collect's `1`,
    a date and the moment it begins, blanks at the ends."""
    given = given.strip()
    if value.strip() == given or (value, given) in _BOOLEANS:
        return True
    one = text_number(value)
    two = float(given) if _JAVA_NUMBER.fullmatch(given) else text_number(given)
    return abs(one - two) <= 1e-9 * max(1.0, abs(one))  # false for NaN


class Settles(NamedTuple):
    """How one node is settled. `elsewhere`: it reads other rows than its own and those around it;
    `circular`: among them its own node, so that it is evaluated again until nothing changes."""

    node: Node
    relevant: Function | None
    calculation: Calculation | None
    hide: Hide
    elsewhere: bool
    circular: bool


def loop_op(steps: list[Settles]) -> Callable[[Run], None]:
    """Evaluate a group of nodes in document order until nothing changes (at most 10 passes)."""

    def operate(run: Run) -> None:
        for _ in range(MOST_PASSES):
            changes = [_settle(step, row) for step in steps for row in _rows(run, step)]
            if True not in changes:
                break
        for step in steps:
            _compare_all(run, step)

    return operate


def _rows(run: Run, step: Settles) -> list[Row]:
    return run.tables[step.node.table.number]


def _settle(step: Settles, row: Row) -> bool:
    """One node in one row; whether anything changed."""
    slot, changed = step.node.slot, False
    if step.relevant is not None:
        relevant = _around(step.node, row) and bool(step.relevant(row))
        changed = relevant != row.relevant[slot]
        if changed:
            (step.hide.show if relevant else step.hide.hide)(row)
    if step.calculation is not None and row.relevant[slot]:
        value = step.calculation.fn(row)
        changed = changed or value != row.values[slot]
        row.values[slot] = value
    return changed


def _around(node: Node, row: Row) -> bool:
    """Whether the group or row around a node is relevant."""
    if node.parent is None:
        return True
    if node.kind == "repeat":
        return row.parent is None or row.parent.relevant[node.parent.slot]
    return row.relevant[node.parent.slot]


def _compare_all(run: Run, step: Settles) -> None:
    if step.calculation is None:
        return
    slot = step.node.slot
    for row in _rows(run, step):
        given = row.given[slot]
        if row.relevant[slot] and given is not None and row.values[slot] != given:
            row.values[slot] = compare(
                run, row, step.node, step.calculation, row.values[slot], given
            )
