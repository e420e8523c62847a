"""The type of a column of answers, also of a calculated one, whose bind mostly says only `string`.

`if(…, ${hours} * 7, '')` is a number, so statistics get numbers without the author's saying so.
"""

from __future__ import annotations

from forms.parse import Tree
from forms.question_types import column_type
from forms.schema import Node, Schema

_NUMBERS = frozenset(
    {"number", "int", "round", "abs", "floor", "ceiling", "pow", "random", "count",
     "count-non-empty", "sum", "min", "max", "position", "count-selected", "string-length",
     "decimal-date-time"}
)  # fmt: skip
_BOOLEANS = frozenset(
    {"=", "!=", "<", "<=", ">", ">=", "and", "or", "not", "true", "false", "boolean", "selected",
     "contains", "starts-with", "ends-with", "regex", "checklist"}
)  # fmt: skip
_SAME_AS = {"if": slice(1, 3), "coalesce": slice(0, None), "once": slice(0, 1),
            "indexed-repeat": slice(0, 1)}  # fmt: skip
_RESULTS = {
    **dict.fromkeys(_BOOLEANS, "boolean"), "today": "date", "date": "date", "now": "dateTime",
}  # fmt: skip
_ARITHMETIC = frozenset({"+", "-", "*", "div", "mod", "neg"})
_DEPTH = 20
_BLANK = "blank"


def column_of(node: Node, schema: Schema) -> str:
    """integer | decimal | date | dateTime | time | select_one | select_multiple | text."""
    found = _node(node, schema, 0)
    return "text" if found in (_BLANK, "boolean") else found


def _node(node: Node, schema: Schema, depth: int) -> str:
    calculation = node.model.get("calculate")
    if node.kind == "question" or node.type != "text" or calculation is None or depth > _DEPTH:
        return column_type(node.model) if node.leaf else "text"
    return _tree(calculation, node, schema, depth + 1)


def _tree(tree: Tree, node: Node, schema: Schema, depth: int) -> str:
    if isinstance(tree, str):
        return "text" if tree else _BLANK
    if not isinstance(tree, list):
        return "decimal"
    operation = tree[1] if tree[0] == "call" else tree[0]
    if tree[0] == "path":
        target = path_target(tree, node, schema)
        return _node(target, schema, depth) if target is not None else "text"
    if operation in _SAME_AS:
        parts = tree[2:][_SAME_AS[operation]]
        return _common({_tree(part, node, schema, depth) for part in parts})
    if operation in _NUMBERS or operation in _ARITHMETIC:
        return "decimal"
    return _RESULTS.get(operation, "text")


def _common(found: set[str]) -> str:
    """The one type of several values; a blank fits any, a whole number is also a decimal."""
    found = found - {_BLANK} or {_BLANK}
    if found == {"integer", "decimal"}:
        return "decimal"
    return found.pop() if len(found) == 1 else "text"


def path_target(tree: Tree, node: Node, schema: Schema) -> Node | None:
    """The node that a path leads to, predicates aside; None for other instances."""
    start, *steps = tree[1:]
    if start == "/":
        at: Node | None = schema.root if steps and steps[0] == schema.root.name else None
        steps = steps[1:]
    else:
        at = node if start in (".", "current") else None
    for step in steps:
        name = step[0] if isinstance(step, list) else step
        if at is not None and name != ".":
            at = at.parent if name == ".." else at.children.get(name)
    return at
