"""Expression trees -> lines of Python, once for each form.

Each line (forms/lines.py) takes a scope (forms/scope.py) and gives a value of a kind known
beforehand, so that conversions are chosen here and not at each evaluation.
"""

from __future__ import annotations

from collections.abc import Callable

from forms.functions import FUNCTIONS
from forms.lines import line
from forms.parse import Tree
from forms.paths import is_path, resolve
from forms.problems import ExpressionError
from forms.schema import Node, Schema
from forms.scope import Env, Expr, Function, Scope, constant


class Compiler:
    """Compiles the expressions of one node; afterwards says what they depend on.

    `direct` holds the nodes read in the context's own rows, `others` those read elsewhere (so a
    circle through `direct` alone can never settle). `used` holds random, uuid, once, now, today,
    language, last-saved: what a server cannot or need not know.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.direct: set[Node] = set()
        self.others: set[Node] = set()
        self.used: set[str] = set()

    def depends(self, node: Node, *, direct: bool) -> None:
        """Note that the expression reads a node."""
        (self.direct if direct else self.others).add(node)

    def uses(self, what: str) -> None:
        """Note something that the answers alone do not decide."""
        self.used.add(what)

    def text(self, tree: Tree, env: Env) -> Callable[[Scope], str]:
        """The expression as string()."""
        expr = self.expr(tree, env)
        fn = expr.fn
        return fn if expr.kind == "str" else line("to_text({})", fn)

    def number(self, tree: Tree, env: Env) -> Callable[[Scope], float]:
        """The expression as number()."""
        expr = self.expr(tree, env)
        fn = expr.fn
        if expr.kind == "num":
            return fn
        return line("NUMBERS[{}]" if expr.kind == "str" else "to_number({})", fn)

    def boolean(self, tree: Tree, env: Env) -> Callable[[Scope], bool]:
        """The expression as boolean()."""
        expr = self.expr(tree, env)
        fn = expr.fn
        if expr.kind == "bool":
            return fn
        return line("{} != ''" if expr.kind == "str" else "to_boolean({})", fn)

    def texts(self, tree: Tree, env: Env) -> Callable[[Scope], list[str]]:
        """A node set's texts; of anything else, the list of its one text."""
        if is_path(tree):
            sets = [nodes.texts() for nodes in resolve(tree, env, self)]
            if len(sets) == 1:
                return sets[0]
            return line("[" + ", ".join(["*{}"] * len(sets)) + "]", *sets)
        return line("[{}]", self.text(tree, env))

    def expr(self, tree: Tree, env: Env) -> Expr:
        """Compile a tree. Raises ExpressionError for what the runner does not have."""
        if isinstance(tree, str):
            return constant("str", tree)
        if not isinstance(tree, list):
            return constant("num", float(tree))
        operation = tree[0]
        if operation in ("path", "|"):
            return self.path(tree, env)
        if operation == "call":
            return self.call(tree, env)
        if operation == "neg":
            return Expr("num", line("-{}", self.number(tree[1], env)))
        return OPERATORS[operation](self, tree[1], tree[2], env)

    def path(self, tree: Tree, env: Env) -> Expr:
        sets = resolve(tree, env, self)
        if len(sets) == 1:
            return Expr("str", sets[0].first())
        return Expr("str", line("next(iter({}), '')", self.texts(tree, env)))

    def call(self, tree: Tree, env: Env) -> Expr:
        name, arguments = tree[1], tree[2:]
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError("unknown_function", name=name, advice=_advice(name))
        function.check(name, len(arguments))
        if function.uses:
            self.uses(function.uses)
        return function.build(self, arguments, env)


def _advice(name: str) -> str:
    """The functions whose names are nearest, or all."""
    near = [known for known in FUNCTIONS if known[:3] == name[:3]]
    return "→ " + ", ".join(sorted(near or FUNCTIONS))


def _or(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
    return Expr("bool", line("{} or {}", c.boolean(a, env), c.boolean(b, env)))


def _and(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
    return Expr("bool", line("{} and {}", c.boolean(a, env), c.boolean(b, env)))


def _equal(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
    return Expr("bool", _equality(c, a, b, env))


def _unequal(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
    return Expr("bool", line("not {}", _equality(c, a, b, env)))


def _equality(c: Compiler, a: Tree, b: Tree, env: Env) -> Function:
    """`=` for the kinds of its sides; an infinity equals itself, NaN nothing."""
    if isinstance(a, str) or type(a) in (int, float):
        a, b = b, a  # a constant goes to the right
    kinds = {c.expr(a, env).kind, c.expr(b, env).kind}
    if kinds == {"str"}:
        return line("{} == {}", c.text(a, env), c.text(b, env))
    if "bool" in kinds:
        return line("{} == {}", c.boolean(a, env), c.boolean(b, env))
    if "num" in kinds:
        return _same_number(c, a, b, env)
    return line("equal({}, {})", c.expr(a, env).fn, c.expr(b, env).fn)


def _same_number(c: Compiler, a: Tree, b: Tree, env: Env) -> Function:
    kinds = (c.expr(a, env).kind, c.expr(b, env).kind)
    if "any" in kinds:  # the other side may turn out to be a boolean
        return line("equal({}, {})", c.expr(a, env).fn, c.expr(b, env).fn)
    left, right = c.number(a, env), c.number(b, env)
    if type(b) in (int, float):
        return line("abs({} - {}) < 1e-12", left, right)
    return line("same_number({}, {})", left, right)


def _numbers(kind: str, template: str) -> Callable[[Compiler, Tree, Tree, Env], Expr]:
    """An operator whose sides are numbers."""

    def compile_it(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
        return Expr(kind, line(template, c.number(a, env), c.number(b, env)))

    return compile_it


OPERATORS: dict[str, Callable[[Compiler, Tree, Tree, Env], Expr]] = {
    "or": _or,
    "and": _and,
    "=": _equal,
    "!=": _unequal,
    "<": _numbers("bool", "{} < {}"),
    "<=": _numbers("bool", "{} <= {}"),
    ">": _numbers("bool", "{} > {}"),
    ">=": _numbers("bool", "{} >= {}"),
    "+": _numbers("num", "{} + {}"),
    "-": _numbers("num", "{} - {}"),
    "*": _numbers("num", "{} * {}"),
    "div": _numbers("num", "divide({}, {})"),
    "mod": _numbers("num", "modulo({}, {})"),
}
