"""A form made ready to run: relevance and calculations in an order that settles them in one pass.

The order comes from what each expression reads. Only where nodes of different repeat instances
read each other (a running total) is a group of nodes evaluated again until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from forms.evaluate import Compiler
from forms.lines import line
from forms.media import own_lists
from forms.order import components
from forms.parse import Tree
from forms.passes import Pass, settling
from forms.problems import ExpressionError
from forms.rows import Row, Run
from forms.schema import Model, Node, Schema
from forms.scope import Env, Expr, Function
from forms.settle import Calculation, Hide, Settles

KEPT = frozenset({"random", "uuid", "once", "now", "last-saved"})
"""A calculation that uses one of these is the client's: it cannot be done again."""


class Fault(NamedTuple):
    """An expression that cannot be compiled: its node, the XLSForm column, the error."""

    path: str
    column: str
    error: ExpressionError


class Step(NamedTuple):
    """The compiled relevance and calculation of one node, and what they read."""

    node: Node
    relevant: Function | None
    calculation: Calculation | None
    direct: set[Node]
    others: set[Node]


class Program:
    """A model compiled to lines of code. Immutable after construction; threads may share it.

    `faults` holds every expression that the runner does not have; publication refuses a form with
    faults, so a published form has none. `reads`: of each expression its node, its column, and the
    nodes that it reads.
    """

    def __init__(self, model: Model) -> None:
        self.schema = Schema(model)
        self.lists = own_lists(model)
        self.files: dict[str, str] = model.get("files", {})
        self.faults: list[Fault] = []
        self.reads: list[tuple[Node, str, frozenset[Node]]] = []
        steps = [step for node in self.schema.nodes if (step := self._step(node)) is not None]
        self.groups = self._order(steps)
        self._pass: Pass | None = None
        self._check_cycles(steps)

    def evaluate(self, run: Run) -> None:
        """Settle relevance and calculated values of all rows; notes what the client had else."""
        if self._pass is None:  # a form that is only published or listed needs none
            self._pass = settling(self.groups)
        self._pass(run)

    def compile(
        self, tree: Tree, env: Env, column: str, want: str = "boolean"
    ) -> tuple[Expr, Compiler] | None:
        """One expression; None where it is faulty (then it is in `faults`)."""
        compiler = Compiler(self.schema)
        try:
            if want == "boolean":
                found = Expr("bool", compiler.boolean(tree, env))
            elif want == "number":
                found = Expr("num", compiler.number(tree, env))
            else:
                found = compiler.expr(tree, env)
        except ExpressionError as error:
            self.faults.append(Fault(env.origin.path, column, error))
            return None
        self.reads.append((env.origin, column, frozenset(compiler.direct | compiler.others)))
        return found, compiler

    def _step(self, node: Node) -> Step | None:
        model, env = node.model, Env(node, node)
        relevant, calculation = None, None
        direct: set[Node] = set()
        others: set[Node] = set()
        if "relevant" in model:
            found = self.compile(model["relevant"], env, "relevant")
            if found is not None:
                relevant = found[0].fn
                direct, others = found[1].direct, found[1].others
        if "calculate" in model:
            found = self.compile(model["calculate"], env, "calculation", "value")
            if found is not None and not found[1].used & KEPT and not _editable(node):
                calculation = Calculation(_store(node, found[0]), frozenset(found[1].used))
                direct, others = direct | found[1].direct, others | found[1].others
        if relevant is None and calculation is None:
            return None
        return Step(node, relevant, calculation, direct - {node}, others)

    def _order(self, steps: list[Step]) -> list[list[Settles]]:
        """Steps in an order in which everything is settled before it is read; those that read each
        other stand together."""
        by_node = {step.node: step for step in steps}

        def reads(node: Node) -> Iterable[Node]:
            step = by_node[node]
            return _with_ancestors(node, step.direct | step.others, by_node)

        found = components(list(by_node), reads)
        return [[_settles(by_node[node]) for node in group] for group in found]

    def _check_cycles(self, steps: list[Step]) -> None:
        """A circle within one row can never settle."""
        by_node = {step.node: step for step in steps}

        def reads(node: Node) -> Iterable[Node]:
            return _with_ancestors(node, by_node[node].direct, by_node)

        for group in components(list(by_node), reads):
            if len(group) > 1:
                names = ", ".join(node.name for node in group)
                column = "relevant" if by_node[group[0]].relevant else "calculation"
                error = ExpressionError("cycle", names=names)
                self.faults.append(Fault(group[0].path, column, error))


def _editable(node: Node) -> bool:
    """A calculated question that a person may overwrite keeps what the person wrote."""
    return node.kind == "question" and node.model.get("readonly") is not True


def _with_ancestors(node: Node, read: set[Node], known: dict[Node, Step]) -> list[Node]:
    """What is read, with the groups whose relevance decides over it, as far as they have a step."""
    found = dict.fromkeys(a for a in node.ancestors() if a in known)
    for other in read:
        for one in (other, *other.ancestors()):
            if one in known and one is not node:
                found[one] = None
    return sorted(found, key=lambda n: n.path)


def _settles(step: Step) -> Settles:
    node = step.node
    return Settles(
        node, step.relevant, step.calculation, Hide(node), bool(step.others), node in step.others
    )


def _store(node: Node, expr: Expr) -> Callable[[Row], str]:
    """The expression as the text that the node holds, by the node's type."""
    fn = expr.fn
    if node.type in ("integer", "decimal", "range"):
        number = {"num": "{}", "str": "NUMBERS[{}]"}.get(expr.kind, "to_number({})")
        text = "integer_text" if node.type == "integer" else "decimal_text"
        return line(f"{text}({number})", fn)
    if node.type == "date":
        return line("to_date({})", fn)
    if expr.kind == "str":
        return fn
    return line("decimal_text({})" if expr.kind == "num" else "stored({})", fn)
