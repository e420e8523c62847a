"""Where an expression stands while it is evaluated.

The outermost scope is a Row. Each predicate adds an At around it: the node or item that is judged,
its position, and the scope outside. What a path means is resolved once, at load (forms/paths.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from forms.lines import line
from forms.media import Item
from forms.rows import Row, Run
from forms.schema import Node
from forms.values import Value


class At:
    """One candidate of a predicate: a node's row, or an item of a list."""

    __slots__ = ("base", "item", "position", "row", "run")

    def __init__(self, base: Row, row: Row, item: Item | None, position: int) -> None:
        self.base = base  # the row in which the whole expression stands
        self.row = row
        self.item = item
        self.position = position
        self.run: Run = base.run


Scope = Any  # Row, or At within a predicate
Function = Callable[[Scope], Any]


class Expr(NamedTuple):
    """A compiled expression: `kind` says what `fn` returns: str, num (float), bool or any Value."""

    kind: str
    fn: Function


class Env(NamedTuple):
    """What an expression sees while it is compiled.

    here: the context node, or None where the context is an item of a list (`items` names it)
    origin: the node of `current()`
    level: the number of predicates around
    ghost: the context is a repeat that may have no instance; the scope is its parent's row
    """

    here: Node | None
    origin: Node
    level: int = 0
    items: str = ""
    ghost: bool = False


def constant(kind: str, value: Value) -> Expr:
    """An expression that is always `value`."""
    return Expr(kind, line("{}", value))
