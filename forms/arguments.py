"""How the arguments of a function reach a plain Python function: as texts, numbers, node sets."""

from __future__ import annotations

from collections.abc import Callable

from forms.function import Build, Compiler, need_path
from forms.lines import line
from forms.parse import Tree
from forms.scope import Env, Expr, Function, Scope, constant
from forms.values import Value


def constantly(kind: str, value: Value) -> Build:
    """No argument, always the same value."""
    return lambda c, args, env: constant(kind, value)


def of_texts(kind: str, fn: Callable[..., Value]) -> Build:
    """Every argument as text."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        return Expr(kind, _called(fn, [c.text(arg, env) for arg in args]))

    return build


def of_numbers(fn: Callable[..., float]) -> Build:
    """Every argument as number."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        return Expr("num", _called(fn, [c.number(arg, env) for arg in args]))

    return build


def of_node_set(name: str, fn: Callable[[list[str]], float]) -> Build:
    """The one argument must be a path."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        need_path(name, args, 0)
        return Expr("num", line("{fn}({})", c.texts(args[0], env), fn=fn))

    return build


def of_all(kind: str, fn: Callable[[list[str]], Value]) -> Build:
    """All arguments as one list of texts, node sets giving one for each node."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        return Expr(kind, line("{fn}({})", flat(c, args, env), fn=fn))

    return build


def flat(c: Compiler, args: list[Tree], env: Env) -> Callable[[Scope], list[str]]:
    """The texts of all arguments, node sets giving one for each node."""
    lists = [c.texts(arg, env) for arg in args]
    if len(lists) == 1:
        return lists[0]
    return line("[" + ", ".join(["*{}"] * len(lists)) + "]", *lists)


def _called(fn: Callable[..., Value], parts: list[Function]) -> Function:
    return line("{fn}(" + ", ".join(["{}"] * len(parts)) + ")", *parts, fn=fn)
