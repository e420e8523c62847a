"""What of a form's rules a spreadsheet can say or hold: simple bounds, and conditions in words.

A constraint that only compares the answer with numbers becomes a validation of the cell. Whatever
else stands in it is judged at the upload, by the one check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from forms.library import Form
from forms.schema import Node, Schema
from forms.values import number_text
from forms.workbook.layout import words

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_JOINED = {"and": {"vi": " và ", "en": " and "}, "or": {"vi": " hoặc ", "en": " or "}}
_IS = {
    "=": {"vi": "“{label}” là “{value}”", "en": "“{label}” is “{value}”"},
    "!=": {"vi": "“{label}” không phải “{value}”", "en": "“{label}” is not “{value}”"},
    ">": {"vi": "“{label}” lớn hơn {value}", "en": "“{label}” is more than {value}"},
    ">=": {"vi": "“{label}” từ {value} trở lên", "en": "“{label}” is at least {value}"},
    "<": {"vi": "“{label}” nhỏ hơn {value}", "en": "“{label}” is less than {value}"},
    "<=": {"vi": "“{label}” từ {value} trở xuống", "en": "“{label}” is at most {value}"},
}
_LONGEST = 200
_SOMETIMES = {
    "vi": "Chỉ ghi trong một số trường hợp; khi không cần, lúc tải lên sẽ báo.",
    "en": "Only in some cases; the upload tells where it does not apply.",
}
_ONLY_IF = {"vi": "Chỉ ghi khi {condition}.", "en": "Only if {condition}."}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The numbers between which an answer must lie, both ends allowed; None is no bound."""

    low: float | None = None
    high: float | None = None


def bounds(node: Node) -> Bounds:
    """The bounds that a question's constraint sets by itself; those of a range are its own."""
    if "range" in node.model:
        given = node.model["range"]
        return Bounds(float(given["start"]), float(given["end"]))
    found = Bounds()
    whole = node.type == "integer"
    for part in _parts(node.model.get("constraint")):
        found = _narrow(found, part, whole)
    return found


def _parts(tree: Any) -> list[Any]:
    """The conditions that must all hold."""
    if isinstance(tree, list) and tree and tree[0] == "and":
        return _parts(tree[1]) + _parts(tree[2])
    return [tree]


def _narrow(found: Bounds, tree: Any, whole: bool) -> Bounds:
    if not isinstance(tree, list) or len(tree) != 3 or tree[0] not in _FLIPPED:
        return found
    operator, left, right = tree
    if _number(left) is not None and right == ["path", "."]:
        operator, left, right = _FLIPPED[operator], right, left
    limit = _number(right)
    if left != ["path", "."] or limit is None:
        return found
    step = 1 if whole and operator in "<>" else 0
    low, high = found.low, found.high
    if operator in (">", ">=", "="):
        low = limit + step if low is None else max(low, limit + step)
    if operator in ("<", "<=", "="):
        high = limit - step if high is None else min(high, limit - step)
    return Bounds(low, high)


def _number(tree: Any) -> float | None:
    if isinstance(tree, list) and len(tree) == 2 and tree[0] == "neg":
        inner = _number(tree[1])
        return None if inner is None else -inner
    return float(tree) if isinstance(tree, int | float) and not isinstance(tree, bool) else None


def asked_when(node: Node, form: Form, language: str, within: Node | None = None) -> str:
    """In words, when a question (or group) is asked; "" where it always is. What the group
    `within` and all around it ask is left out: it is said there."""
    schema = Schema(form.model)
    here = schema.by_path[node.path]
    chain = list(takewhile(lambda one: not within or one.path != within.path, _around(here)))
    trees = [
        around.model["relevant"]
        for around in chain
        if "relevant" in around.model and (around is here or around.kind != "repeat")
    ]
    if not trees:
        return ""
    told = [_told(tree, here, schema, form, language) for tree in reversed(trees)]
    condition = _JOINED["and"][language].join(part for part in told if part)
    if not all(told) or len(condition) > _LONGEST:
        return _SOMETIMES[language]
    return _ONLY_IF[language].format(condition=condition)


def _around(node: Node) -> Iterator[Node]:
    yield node
    yield from node.ancestors()


def _told(tree: Any, here: Node, schema: Schema, form: Form, language: str) -> str:
    """A condition in words; "" where it is not a simple one."""
    if not isinstance(tree, list) or len(tree) < 3:
        return ""
    if tree[0] in _JOINED:
        sides = [_told(side, here, schema, form, language) for side in tree[1:3]]
        return _JOINED[tree[0]][language].join(sides) if all(sides) else ""
    if tree[:2] == ["call", "selected"]:
        tree = ["=", *tree[2:4]]
    if tree[0] not in _IS:
        return ""
    asked = _question(tree[1], here, schema)
    if asked is None or isinstance(tree[2], list) or tree[2] == "":
        return ""
    label = words(asked.model.get("label"), language)
    value = _value(tree[2], asked, form, language)
    return _IS[tree[0]][language].format(label=label, value=value) if label else ""


def _question(tree: Any, here: Node, schema: Schema) -> Node | None:
    """The question that a path without predicates names."""
    if not isinstance(tree, list) or tree[:1] != ["path"]:
        return None
    steps = tree[2:]
    if not all(isinstance(step, str) for step in steps):
        return None
    if tree[1] == "/":
        return schema.by_path.get("/" + "/".join(steps))
    if tree[1] not in (".", "current"):
        return None
    path = here.path.split("/")
    for step in steps:
        path = path[:-1] if step == ".." else [*path, step]
    return schema.by_path.get("/".join(path))


def _value(value: Any, asked: Node, form: Form, language: str) -> str:
    text = number_text(value) if isinstance(value, float) else str(value)
    items = form.model.get("lists", {}).get(asked.model.get("choices", {}).get("list"), ())
    return next((words(item["label"], language) for item in items if item["name"] == text), text)
