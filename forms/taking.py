"""The answers of a row taken where they are in order, by code written and compiled once.

Whatever is not in order is handed to the question's judge (forms/judge.py), which decides and
tells: no fault is found or worded here (docs/decisions/0034-fast-road.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from forms.judge import Judged
from forms.lines import Code, line
from forms.question_types import WrongType, decimal, integer, iso_date
from forms.rows import Row
from forms.schema import Node
from forms.values import Remembered

_READ: dict[Callable[[str], Any], Remembered] = {
    read: Remembered(read) for read in (integer, decimal, iso_date)
}


class Takes(Protocol):
    """Who is told of faults, and looks into the repeats of a row."""

    def report(self, row: Row, node: Node, code: str, value: str, text: Any = None) -> None: ...
    def repeat(self, repeat: Any, row: Row) -> None: ...


Accept = Callable[[Row, dict[str, Any], Takes], None]


def accepting(items: Sequence[Judged | Any]) -> Accept:
    """A function that goes through a row in document order; items that are no questions are its
    repeats."""
    code = Code("def run_it(s, answers, check):")
    code.add(1, "relevant, values, given = s.relevant, s.values, s.given")
    for item in items:
        if isinstance(item, Judged):
            _accept(code, item)
        else:
            code.add(1, "check.repeat({repeat}, s)", repeat=item)
    return code.function()


def _accept(code: Code, item: Judged) -> None:
    slot, names = item.node.slot, item.names
    code.add(1, "t = values[{}]", slot)
    if names is not None and item.constraint is None:
        code.add(1, "if t in {names}:", names=names)
        _take(code, 2, "t", item)
    elif item.read is not None:
        code.add(1, "if t:")
        code.add(2, "try:")
        remembered = _READ.get(item.read)
        if remembered is not None:
            code.add(3, "value = {read}[t]", read=remembered)
        else:
            code.add(3, "value = {read}(t)", read=item.read)
        code.add(2, "except {wrong}:", wrong=WrongType)
        _ask(code, 3, item)
        code.add(2, "else:")
        _limits(code, item)
    else:
        code.add(1, "if t:")
        _ask(code, 2, item)
    seen = "relevant[{0}] or given[{0}]" if item.required else "given[{0}] and not relevant[{0}]"
    others = "t or " if names is not None and item.constraint is None else ""
    code.add(1, f"elif {others}{seen}:", slot)
    _ask(code, 2, item)


def _limits(code: Code, item: Judged) -> None:
    """The answer is of its type: is it among the choices, and within the constraint?"""
    tests = []
    if item.allowed is not None:
        tests.append(line("{allowed}(s, t) is None", allowed=item.allowed))
    if item.constraint is not None:
        tests.append(line("{}", item.constraint))
    if not tests:
        _take(code, 3, "value", item)
        return
    code.add(3, "if " + " and ".join(["{}"] * len(tests)) + ":", *tests)
    _take(code, 4, "value", item)
    code.add(3, "else:")
    _ask(code, 4, item)


def _take(code: Code, depth: int, value: str, item: Judged) -> None:
    code.add(depth, "pass" if item.skip else f"answers[{{}}] = {value}", item.node.name)


def _ask(code: Code, depth: int, item: Judged) -> None:
    code.add(depth, "{judge}(s, answers, check.report)", judge=item.judge)
