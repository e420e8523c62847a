"""What a path means once it is resolved: which rows (or list items) to take, and what to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from forms.rows import Row
from forms.schema import Node
from forms.scope import Function, Scope


class Nodes(NamedTuple):
    """The nodes that a path means: `get` gives the row (`single`) or the rows that hold `node`.

    For a list of items `node` is None, `get` gives the items and `column` says what is read.
    """

    node: Node | None
    get: Function
    single: bool = False
    column: str = ""
    ghost: bool = False

    def texts(self) -> Callable[[Scope], list[str]]:
        """The text of every node, in order."""
        get, column, node = self.get, self.column, self.node
        if node is None:
            return lambda s: [item.get(column, "") for item in get(s)]
        if not node.leaf or self.ghost:
            return lambda s: [""] * len(self.rows()(s))
        slot = node.slot
        if self.single:
            return lambda s: [get(s).values[slot]]
        return lambda s: [row.values[slot] for row in get(s)]

    def first(self) -> Callable[[Scope], str]:
        """The text of the first node, "" where there is none."""
        get, column, node = self.get, self.column, self.node
        if node is None:
            return lambda s: next((item.get(column, "") for item in get(s)), "")
        if not node.leaf or self.ghost:
            return lambda s: ""
        slot = node.slot
        if self.single:
            if get is same:
                return lambda s: s.values[slot]
            if get is root_row:
                return lambda s: s.run.root.values[slot]
            return lambda s: get(s).values[slot]
        return lambda s: next((row.values[slot] for row in get(s)), "")

    def rows(self) -> Callable[[Scope], list[Any]]:
        """The rows (or items) as a list."""
        get = self.get
        if self.ghost:
            return lambda s: []
        return (lambda s: [get(s)]) if self.single else get


def same(scope: Scope) -> Any:
    """The scope is the row itself."""
    return scope


def root_row(scope: Scope) -> Any:
    """The root's row."""
    return scope.run.root


def of_candidate(scope: Scope) -> Any:
    """The row that a predicate judges."""
    return scope.row


def of_expression(scope: Scope) -> Any:
    """The row in which the whole expression stands."""
    return scope.base


def distinct(get: Function) -> Callable[[Scope], list[Row]]:
    """Each row once, in order."""
    return lambda s: list(dict.fromkeys(get(s)))


def climb_to(get: Function, ups: int) -> Function:
    """The row `ups` tables above the one that `get` gives."""
    if ups == 0:
        return get
    if ups == 1:
        return lambda s: get(s).parent

    def climb(s: Scope) -> Any:
        row = get(s)
        for _ in range(ups):
            row = row.parent
        return row

    return climb
