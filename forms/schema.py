"""A compact model as a schema: every node knows its table and its place in a row of it.

A *table* is the root of the form or one repeat; a *row* is one instance of it (forms/rows.py).
Groups are flattened: a leaf inside a group has its slot in the row of the table around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Model = dict[str, Any]


class Node:
    """One node of the form. `slot` is its place in the rows of `table`."""

    __slots__ = (
        "children", "conditional", "depth", "index", "kind", "model", "name", "parent", "path",
        "slot", "table", "type",
    )  # fmt: skip

    def __init__(self, model: dict[str, Any], parent: Node | None, path: str) -> None:
        self.model = model
        self.name: str = model["name"]
        self.kind: str = model["kind"]
        self.type: str = model.get("type", "")
        self.parent = parent
        self.path = path
        self.children: dict[str, Node] = {}
        self.table: Table
        self.slot = 0
        self.index = -1  # of a repeat: its place in `repeats` of the rows of the table around it
        self.depth: int = 0 if parent is None else parent.depth + 1
        # Whether the node can be irrelevant: it or something around it has a condition.
        self.conditional: bool = "relevant" in model or (parent is not None and parent.conditional)

    @property
    def leaf(self) -> bool:
        """Whether it holds an answer."""
        return self.kind not in ("group", "repeat")

    def __repr__(self) -> str:
        return f"Node({self.path})"

    def ancestors(self) -> Iterator[Node]:
        """The nodes around it, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class Table:
    """The root of the form or a repeat, with the nodes that have a slot in its rows."""

    __slots__ = ("name", "node", "nodes", "number", "parent", "repeats")

    def __init__(self, node: Node, parent: Table | None, name: str, number: int) -> None:
        self.node = node
        self.parent = parent
        self.name = name
        self.number = number
        self.nodes: list[Node] = []  # by slot; slot 0 is the table's own element
        self.repeats: list[Table] = []  # the tables directly inside, by Node.index


class Schema:
    """All nodes and tables of a model. Tables stand in document order, parents first."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.tables: list[Table] = []
        self.nodes: list[Node] = []
        root = {"name": model["root"], "kind": "group", "children": model["nodes"]}
        self.root = Node(root, None, f"/{model['root']}")
        self._table(self.root, None, model["form"])
        self.by_path = {node.path: node for node in self.nodes}

    def _table(self, node: Node, parent: Table | None, name: str) -> None:
        table = Table(node, parent, name, len(self.tables))
        self.tables.append(table)
        if parent is not None:
            node.index = len(parent.repeats)
            parent.repeats.append(table)
        self._place(node, table)
        self._children(node, table)

    def _place(self, node: Node, table: Table) -> None:
        node.table = table
        node.slot = len(table.nodes)
        table.nodes.append(node)
        self.nodes.append(node)

    def _children(self, node: Node, table: Table) -> None:
        for model in node.model.get("children", ()):
            child = Node(model, node, f"{node.path}/{model['name']}")
            node.children[child.name] = child
            if child.kind == "repeat":
                self._table(child, table, f"{self.model['form']}.{child.name}")
            else:
                self._place(child, table)
                self._children(child, table)
