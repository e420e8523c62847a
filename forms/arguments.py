"""How the arguments of a function reach a plain Python function: as texts, numbers, node sets."""

from __future__ import annotations

from collections.abc import Callable

from forms.function import Build, Compiler, need_path
from forms.parse import Tree
from forms.scope import Env, Expr, Scope, constant
from forms.values import Value


def constantly(kind: str, value: Value) -> Build:
    """No argument, always the same value."""
    return lambda c, args, env: constant(kind, value)


def of_texts(kind: str, fn: Callable[..., Value]) -> Build:
    """Every argument as text."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        texts = [c.text(arg, env) for arg in args]
        if len(texts) == 1:
            one = texts[0]
            return Expr(kind, lambda s: fn(one(s)))
        if len(texts) == 2:
            one, two = texts
            return Expr(kind, lambda s: fn(one(s), two(s)))
        return Expr(kind, lambda s: fn(*[text(s) for text in texts]))

    return build


def of_numbers(fn: Callable[..., float]) -> Build:
    """Every argument as number."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        numbers = [c.number(arg, env) for arg in args]
        if len(numbers) == 1:
            one = numbers[0]
            return Expr("num", lambda s: fn(one(s)))
        return Expr("num", lambda s: fn(*[number(s) for number in numbers]))

    return build


def of_node_set(name: str, fn: Callable[[list[str]], float]) -> Build:
    """The one argument must be a path."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        need_path(name, args, 0)
        texts = c.texts(args[0], env)
        return Expr("num", lambda s: fn(texts(s)))

    return build


def of_all(kind: str, fn: Callable[[list[str]], Value]) -> Build:
    """All arguments as one list of texts, node sets giving one for each node."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        texts = flat(c, args, env)
        return Expr(kind, lambda s: fn(texts(s)))

    return build


def flat(c: Compiler, args: list[Tree], env: Env) -> Callable[[Scope], list[str]]:
    """The texts of all arguments, node sets giving one for each node."""
    lists = [c.texts(arg, env) for arg in args]
    if len(lists) == 1:
        return lists[0]
    return lambda s: [text for texts in lists for text in texts(s)]
