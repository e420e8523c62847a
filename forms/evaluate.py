"""Expression trees -> Python closures, once for each form.

Each closure takes a scope (forms/scope.py) and returns a value of a kind known beforehand, so that
conversions are chosen here and not at each evaluation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forms.functions import FUNCTIONS
from forms.parse import Tree
from forms.paths import is_path, resolve
from forms.problems import ExpressionError
from forms.schema import Node, Schema
from forms.scope import Env, Expr, Function, Scope, constant
from forms.values import (
    divide,
    equal,
    modulo,
    text_number,
    to_boolean,
    to_number,
    to_text,
)

_SMALL = 1e-12


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
        return fn if expr.kind == "str" else lambda s: to_text(fn(s))

    def number(self, tree: Tree, env: Env) -> Callable[[Scope], float]:
        """The expression as number()."""
        expr = self.expr(tree, env)
        fn = expr.fn
        if expr.kind == "num":
            return fn
        return (lambda s: text_number(fn(s))) if expr.kind == "str" else lambda s: to_number(fn(s))

    def boolean(self, tree: Tree, env: Env) -> Callable[[Scope], bool]:
        """The expression as boolean()."""
        expr = self.expr(tree, env)
        fn = expr.fn
        if expr.kind == "bool":
            return fn
        return (lambda s: fn(s) != "") if expr.kind == "str" else lambda s: to_boolean(fn(s))

    def texts(self, tree: Tree, env: Env) -> Callable[[Scope], list[str]]:
        """A node set's texts; of anything else, the list of its one text."""
        if is_path(tree):
            sets = [nodes.texts() for nodes in resolve(tree, env, self)]
            if len(sets) == 1:
                return sets[0]
            return lambda s: [text for texts in sets for text in texts(s)]
        text = self.text(tree, env)
        return lambda s: [text(s)]

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
            number = self.number(tree[1], env)
            return Expr("num", lambda s: -number(s))
        return OPERATORS[operation](self, tree[1], tree[2], env)

    def path(self, tree: Tree, env: Env) -> Expr:
        sets = resolve(tree, env, self)
        if len(sets) == 1:
            return Expr("str", sets[0].first())
        texts = self.texts(tree, env)
        return Expr("str", lambda s: next(iter(texts(s)), ""))

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
    left, right = c.boolean(a, env), c.boolean(b, env)
    return Expr("bool", lambda s: left(s) or right(s))


def _and(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
    left, right = c.boolean(a, env), c.boolean(b, env)
    return Expr("bool", lambda s: left(s) and right(s))


def _equal(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
    return Expr("bool", _equality(c, a, b, env))


def _unequal(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
    same = _equality(c, a, b, env)
    return Expr("bool", lambda s: not same(s))


def _equality(c: Compiler, a: Tree, b: Tree, env: Env) -> Function:
    """`=` for the kinds of its sides; an infinity equals itself, NaN nothing."""
    if isinstance(a, str) or type(a) in (int, float):
        a, b = b, a  # a constant goes to the right
    kinds = {c.expr(a, env).kind, c.expr(b, env).kind}
    if kinds == {"str"}:
        left = c.text(a, env)
        if isinstance(b, str):
            return lambda s: left(s) == b
        right = c.text(b, env)
        return lambda s: left(s) == right(s)
    if "bool" in kinds:
        yes, other = c.boolean(a, env), c.boolean(b, env)
        return lambda s: yes(s) == other(s)
    if "num" in kinds:
        return _same_number(c, a, b, env)
    one, two = c.expr(a, env).fn, c.expr(b, env).fn
    return lambda s: equal(one(s), two(s))


def _same_number(c: Compiler, a: Tree, b: Tree, env: Env) -> Function:
    kinds = (c.expr(a, env).kind, c.expr(b, env).kind)
    if "any" in kinds:  # the other side may turn out to be a boolean
        one, two = c.expr(a, env).fn, c.expr(b, env).fn
        return lambda s: equal(one(s), two(s))
    left, right = c.number(a, env), c.number(b, env)
    if type(b) in (int, float):
        value = float(b)
        return lambda s: abs(left(s) - value) < _SMALL
    return lambda s: (x := left(s)) == (y := right(s)) or abs(x - y) < _SMALL


def _compared(build: Callable[[Function, Function], Function]) -> Any:
    """An operator whose sides are numbers; `build` makes its closure."""

    def compile_it(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
        return Expr("bool", build(c.number(a, env), c.number(b, env)))

    return compile_it


def _arithmetic(build: Callable[[Function, Function], Function]) -> Any:
    def compile_it(c: Compiler, a: Tree, b: Tree, env: Env) -> Expr:
        return Expr("num", build(c.number(a, env), c.number(b, env)))

    return compile_it


OPERATORS: dict[str, Callable[[Compiler, Tree, Tree, Env], Expr]] = {
    "or": _or,
    "and": _and,
    "=": _equal,
    "!=": _unequal,
    "<": _compared(lambda a, b: lambda s: a(s) < b(s)),
    "<=": _compared(lambda a, b: lambda s: a(s) <= b(s)),
    ">": _compared(lambda a, b: lambda s: a(s) > b(s)),
    ">=": _compared(lambda a, b: lambda s: a(s) >= b(s)),
    "+": _arithmetic(lambda a, b: lambda s: a(s) + b(s)),
    "-": _arithmetic(lambda a, b: lambda s: a(s) - b(s)),
    "*": _arithmetic(lambda a, b: lambda s: a(s) * b(s)),
    "div": _arithmetic(lambda a, b: lambda s: divide(a(s), b(s))),
    "mod": _arithmetic(lambda a, b: lambda s: modulo(a(s), b(s))),
}
