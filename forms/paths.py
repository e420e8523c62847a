"""Location paths, resolved once against the schema and turned into closures.

pyxform writes only paths whose target is known from the form alone, so the walk from name to name
happens at load; what is left for each submission is picking rows and reading their slots.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from forms.choices import LAST_SAVED
from forms.lines import line, ready
from forms.media import Item
from forms.nodes import (
    Nodes,
    climb_to,
    distinct,
    of_candidate,
    of_expression,
    root_row,
    same,
)
from forms.parse import Tree
from forms.problems import ExpressionError
from forms.rows import Row
from forms.schema import Node, Schema
from forms.scope import At, Env, Expr, Function, Scope


class Compiles(Protocol):
    """What paths need of the compiler (forms/evaluate.py)."""

    schema: Schema

    def expr(self, tree: Tree, env: Env) -> Expr: ...
    def boolean(self, tree: Tree, env: Env) -> Function: ...
    def text(self, tree: Tree, env: Env) -> Function: ...
    def depends(self, node: Node, *, direct: bool) -> None: ...
    def uses(self, what: str) -> None: ...


def resolve(tree: Tree, env: Env, compiler: Compiles) -> list[Nodes]:
    """The node sets of a path or of a union of paths. Raises ExpressionError("unknown_path")."""
    if tree[0] == "|":
        return [*resolve(tree[1], env, compiler), *resolve(tree[2], env, compiler)]
    return _Walk(tree, env, compiler).all()


def is_path(tree: Tree) -> bool:
    """Whether a tree gives a node set."""
    return isinstance(tree, list) and tree[0] in ("path", "|")


class _Walk:
    """One path on its way from start to end."""

    def __init__(self, tree: Tree, env: Env, compiler: Compiles) -> None:
        self.tree, self.env, self.compiler = tree, env, compiler
        self.base = same if env.level == 0 else of_expression

    def all(self) -> list[Nodes]:
        start, steps = self.tree[1], self.tree[2:]
        if start == "/":
            found = self.absolute(steps)
        elif start == "current":
            found = self.steps([Nodes(self.env.origin, self.base, True, "", self.env.ghost)], steps)
        elif start == ".":
            found = self.steps([self.here()], steps)
        else:
            return self.secondary(start, steps)
        for nodes in found:
            if nodes.node is not None:
                direct = nodes.single and (self.env.level == 0 or start == "current")
                self.compiler.depends(nodes.node, direct=direct)
        return found

    def unknown(self) -> ExpressionError:
        return ExpressionError("unknown_path", path=path_text(self.tree))

    def here(self) -> Nodes:
        env = self.env
        if env.here is None:
            return Nodes(None, line("[s.item]"), False, "")
        get = same if env.level == 0 else of_candidate
        return Nodes(env.here, get, True, "", env.ghost)

    def steps(self, start: list[Nodes], steps: list[Tree]) -> list[Nodes]:
        found = start
        for step in steps:
            found = [after for nodes in found for after in self.step(nodes, step)]
        return found

    def step(self, nodes: Nodes, step: Tree) -> list[Nodes]:
        name, *predicates = step if isinstance(step, list) else [step]
        if nodes.node is None:
            return [self.item_column(nodes, name, predicates)]
        found = [nodes] if name == "." else self.move(nodes, name)
        for predicate in predicates:
            found = [self.keep(one, predicate) for one in found]
        return found

    def move(self, nodes: Nodes, name: str) -> list[Nodes]:
        node = nodes.node
        assert node is not None
        if name == "..":
            return [self.up(nodes, node)]
        if name == "*":
            return [self.down(nodes, child) for child in node.children.values()]
        if name not in node.children:
            raise self.unknown()
        return [self.down(nodes, node.children[name])]

    def up(self, nodes: Nodes, node: Node) -> Nodes:
        parent, get = node.parent, nodes.get
        if parent is None:
            raise self.unknown()
        if nodes.ghost or node.table.node is not node:  # stays in the same row
            return Nodes(parent, get if nodes.single else distinct(get), nodes.single)
        if nodes.single:
            return Nodes(parent, line("{}.parent", get), True)
        return Nodes(parent, distinct(line("[row.parent for row in {}]", get)))

    def down(self, nodes: Nodes, child: Node) -> Nodes:
        get = nodes.get
        if nodes.ghost:
            return Nodes(child, line("[]"))
        if child.kind != "repeat":
            return Nodes(child, get, nodes.single)
        at = child.index
        if nodes.single:
            if not child.conditional:
                return Nodes(child, line("{}.repeats[{}]", get, at))
            present = "[r for r in {}.repeats[{}] if r.relevant[0]]"
            return Nodes(child, line(present, get, at))
        inside = "[r for row in {} for r in row.repeats[{}] if r.relevant[0]]"
        return Nodes(child, line(inside, get, at))

    def keep(self, nodes: Nodes, predicate: Tree) -> Nodes:
        """The nodes for which the predicate holds; a number means a position."""
        env = Env(nodes.node, self.env.origin, self.env.level + 1)
        test = self.test(predicate, env)
        rows, base = ready(nodes.rows()), ready(self.base)

        def kept(s: Scope) -> list[Row]:
            outer = base(s)
            return [
                row for at, row in enumerate(rows(s), start=1) if test(At(outer, row, None, at))
            ]

        return Nodes(nodes.node, kept)

    def test(self, predicate: Tree, env: Env) -> Function:
        expr = self.compiler.expr(predicate, env)
        if expr.kind == "num":
            number = expr.fn
            return line("{} == s.position", number).ready()
        return ready(self.compiler.boolean(predicate, env))

    def absolute(self, steps: list[Tree]) -> list[Nodes]:
        """From the root; a repeat around the context means the context's own instance."""
        root = self.compiler.schema.root
        if not steps or steps[0] != root.name:
            raise self.unknown()
        around = self.env.here or self.env.origin
        chain = {around, *around.ancestors()}
        found = [Nodes(root, root_row, True)]
        contextual = True
        for at, step in enumerate(steps[1:], start=2):
            found = [after for nodes in found for after in self.step(nodes, step)]
            plain = isinstance(step, str) and contextual
            contextual = plain
            node = found[0].node if len(found) == 1 else None
            if plain and node in chain and node is not None and at < len(steps):
                found = [self.own(node)] if node.kind == "repeat" else found
        return found

    def own(self, repeat: Node) -> Nodes:
        """The instance of a repeat in which the context sits."""
        env = self.env
        around = env.here or env.origin
        get = self.base if env.here is None or env.level == 0 else of_candidate
        table = around.table
        if env.ghost and around is table.node and env.level == 0:
            assert table.parent is not None
            if repeat is around:
                return Nodes(repeat, get, True, "", True)
            table = table.parent
        ups = 0
        while table.node is not repeat:
            assert table.parent is not None
            table, ups = table.parent, ups + 1
        return Nodes(repeat, climb_to(get, ups), True)

    def secondary(self, start: Tree, steps: list[Tree]) -> list[Nodes]:
        """`instance('list')/root/item[…]/column`."""
        if not (isinstance(start, list) and start[:2] == ["call", "instance"]):
            raise self.unknown()
        name = start[2] if len(start) == 3 and isinstance(start[2], str) else None
        if name == LAST_SAVED:
            self.compiler.uses("last-saved")
            return [Nodes(None, line("[]"), False, "name")]
        model = self.compiler.schema.model
        if name not in {*model.get("lists", ()), *model.get("files", ())}:
            raise ExpressionError("unknown_instance", name=name)
        shape = [step[0] if isinstance(step, list) else step for step in steps]
        if shape[:1] != ["root"] or shape[1:2] not in ([], ["item"]) or len(shape) > 3:
            raise self.unknown()
        if len(steps) < 2:
            return [Nodes(None, line("[{{}}]"))]
        predicates = steps[1][1:] if isinstance(steps[1], list) else []
        nodes = Nodes(None, self.filtered(str(name), predicates))
        if len(steps) == 3:
            column, *more = steps[2] if isinstance(steps[2], list) else [steps[2]]
            nodes = self.item_column(nodes, column, more)
        return [nodes]

    def item_column(self, nodes: Nodes, column: str, predicates: list[Tree]) -> Nodes:
        if predicates or nodes.column or column in ("..", "*"):
            raise self.unknown()
        return nodes if column == "." else nodes._replace(column=column)

    def filtered(self, name: str, predicates: list[Tree]) -> Callable[[Scope], list[Item]]:
        """The items of a list that pass all predicates; equality on a column uses its index."""
        items: Function = line("s.run.media.get({}).items", name)
        rest = predicates
        key = self.index_key(predicates[0]) if predicates else None
        if key is not None:
            column, value = key
            items = line("s.run.media.get({}).by({}).get({}, ())", name, column, value)
            rest = predicates[1:]
        for predicate in rest:
            items = self.keep_items(items, predicate, name)
        return items

    def keep_items(
        self, items: Callable[[Scope], Any], predicate: Tree, name: str
    ) -> Callable[[Scope], list[Item]]:
        test = self.test(predicate, self.item_env(name))
        base, items = ready(self.base), ready(items)

        def kept(s: Scope) -> list[Item]:
            outer = base(s)
            return [
                item
                for at, item in enumerate(items(s), start=1)
                if test(At(outer, outer, item, at))
            ]

        return kept

    def item_env(self, name: str) -> Env:
        return Env(None, self.env.origin, self.env.level + 1, name)

    def index_key(self, predicate: Tree) -> tuple[str, Function] | None:
        """(column, value) of a predicate `column = value` whose value does not ask the item."""
        if not isinstance(predicate, list) or predicate[0] != "=":
            return None
        for column, value in ((predicate[1], predicate[2]), (predicate[2], predicate[1])):
            if _is_column(column) and not _asks_item(value) and self.env.level == 0:
                expr = self.compiler.expr(value, self.env)
                if expr.kind == "str":
                    return column[2], expr.fn
        return None


def _is_column(tree: Tree) -> bool:
    return (
        isinstance(tree, list) and len(tree) == 3 and tree[:2] == ["path", "."]
        and isinstance(tree[2], str) and tree[2] not in ("..", "*")
    )  # fmt: skip


def _asks_item(tree: Tree) -> bool:
    """Whether a tree depends on the item that is judged: it holds `.`, a column or position()."""
    if not isinstance(tree, list):
        return False
    if tree[:2] == ["path", "."] or tree == ["call", "position"]:
        return True
    return any(_asks_item(part) for part in tree[1:])


def path_text(tree: Tree) -> str:
    """A path tree as an author would write it, predicates as […]."""
    start, *steps = tree[1:]
    names = [f"{s[0]}[…]" if isinstance(s, list) else str(s) for s in steps]
    if start == "/":
        return "/" + "/".join(names)
    if start == ".":
        return "/".join(names) or "."
    first = "current()" if start == "current" else f"instance('{start[-1]}')"
    return "/".join([first, *names])
