"""What a path means once it is resolved: which rows (or list items) to take, and what to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from forms.lines import line
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
            return line("[item.get({}, '') for item in {}]", column, get)
        if not node.leaf or self.ghost:
            return line("[''] * len({})", self.rows())
        slot = node.slot
        if self.single:
            return line("[{}.values[{}]]", get, slot)
        return line("[row.values[{}] for row in {}]", slot, get)

    def first(self) -> Callable[[Scope], str]:
        """The text of the first node, "" where there is none."""
        get, column, node = self.get, self.column, self.node
        if node is None:
            return line("next((item.get({}, '') for item in {}), '')", column, get)
        if not node.leaf or self.ghost:
            return line("''")
        slot = node.slot
        if self.single:
            return line("{}.values[{}]", get, slot)
        return line("next((row.values[{}] for row in {}), '')", slot, get)

    def rows(self) -> Callable[[Scope], list[Any]]:
        """The rows (or items) as a list."""
        get = self.get
        if self.ghost:
            return line("[]")
        return line("[{}]", get) if self.single else get


same = line("s")
"""The scope is the row itself."""

root_row = line("s.run.root")
"""The root's row."""

of_candidate = line("s.row")
"""The row that a predicate judges."""

of_expression = line("s.base")
"""The row in which the whole expression stands."""


def distinct(get: Function) -> Function:
    """Each row once, in order."""
    return line("list(dict.fromkeys({}))", get)


def climb_to(get: Function, ups: int) -> Function:
    """The row `ups` tables above the one that `get` gives."""
    return line("{}" + ".parent" * ups, get) if ups else get
