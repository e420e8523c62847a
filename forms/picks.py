"""Whether an answer of a select question is among its choices, filter and file included."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from forms.messages import Text, message
from forms.program import Program
from forms.rows import Row
from forms.schema import Node
from forms.scope import At, Env

ChoiceTest = Callable[[Row, str], tuple[str, Text | None] | None]


def choice_test(node: Node, program: Program) -> ChoiceTest:
    """A function: the first name in an answer that is not a choice now, or stands twice.

    It gives the name and the message (None: that of the code `choice`), or None if all is well.
    """
    choices = node.model.get("choices")
    if choices is None:
        return lambda row, text: None
    known = _known(node, choices, program)
    if node.type == "select_one":
        return lambda row, text: None if known(row, text.strip()) else (text, None)

    def many(row: Row, text: str) -> tuple[str, Text | None] | None:
        names = text.split()
        for at, name in enumerate(names):
            if not known(row, name):
                return name, None
            if name in names[:at]:
                return name, message("choice_twice", value=name)
        return None

    return many


def fixed_names(node: Node, program: Program) -> frozenset[str] | None:
    """The names of a select_one whose list stands in the sheet and has no filter, as an answer
    that is in order holds them; None for other questions."""
    choices = node.model.get("choices", {})
    if node.type != "select_one" or "list" not in choices or "filter" in choices:
        return None
    known = program.lists[choices["list"]].by("name") if choices["list"] in program.lists else ()
    return frozenset(name for name in known if name.split() == [name])


def _known(node: Node, choices: dict[str, Any], program: Program) -> Callable[[Row, str], bool]:
    source = choices.get("list", choices.get("file", ""))
    column = choices.get("value", "name")
    tree = choices.get("filter")
    if tree is None and "list" in choices:
        names = frozenset(program.lists[source].by("name")) if source in program.lists else ()
        return lambda row, name: name in names
    if tree is None:
        return lambda row, name: name in row.run.media.get(source).by(column)
    found = program.compile(tree, Env(None, node, 1, source), "choice_filter")
    if found is None:
        return lambda row, name: False
    test = found[0].fn

    def known(row: Row, name: str) -> bool:
        items: Iterable[Any] = row.run.media.get(source).by(column).get(name, ())
        return any(test(At(row, row, item, 1)) for item in items)

    return known
