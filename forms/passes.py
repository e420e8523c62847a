"""The pass that settles relevance and calculations, written as code once and compiled.

docs/decisions/0034-fast-road.md says why; forms/taking.py is the other half of a check.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from forms.lines import Code
from forms.rows import Run
from forms.settle import Settles, compare, loop_op

Pass = Callable[[Run], None]


def settling(groups: Sequence[list[Settles]]) -> Pass:
    """One pass over all rows in which everything is settled before it is read.

    groups: in that order; several steps in one are evaluated again until nothing changes. Steps of
    one table that read only their own row and those around it share one loop over its rows.
    """
    code = Code("def run_it(run):")
    code.add(1, "pass")
    table: int | None = None
    for group in groups:
        step = group[0]
        if len(group) > 1 or step.circular:
            code.add(1, "{again}(run)", again=loop_op(group))
            table = None
            continue
        if step.node.table.number != table or step.elsewhere:
            table = step.node.table.number
            code.add(1, "for s in run.tables[{}]:", table)
            code.add(2, "relevant, values, given = s.relevant, s.values, s.given")
        _settle(code, step)
        table = None if step.elsewhere else table
    return code.function()


def _settle(code: Code, step: Settles) -> None:
    slot = step.node.slot
    if step.relevant is not None:
        hide = step.hide.hide
        code.add(2, "if relevant[{}] and not {}: {hide}(s)", slot, step.relevant, hide=hide)
    if step.calculation is not None:
        code.add(2, "if relevant[{}]:", slot)
        code.add(3, "value = {}", step.calculation.fn)
        code.add(3, "if value != given[{}] and given[{}] is not None:", slot, slot)
        objects = {"compare": compare, "node": step.node, "calculation": step.calculation}
        different = "value = {compare}(run, s, {node}, {calculation}, value, given[{}])"
        code.add(4, different, slot, **objects)
        code.add(3, "values[{}] = value", slot)
