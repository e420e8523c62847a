"""What a function of ODK XPath is to the compiler; the functions themselves are in functions.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from forms.parse import Tree
from forms.paths import Compiles, is_path
from forms.problems import ExpressionError
from forms.scope import Env, Expr, Scope


class Compiler(Compiles, Protocol):
    """What functions need of the compiler."""

    def number(self, tree: Tree, env: Env) -> Callable[[Scope], float]: ...
    def texts(self, tree: Tree, env: Env) -> Callable[[Scope], list[str]]: ...


Build = Callable[[Compiler, list[Tree], Env], Expr]


@dataclass(frozen=True, slots=True)
class XFunction:
    """How many arguments a function takes (most: None is any number), and how it compiles."""

    build: Build
    least: int
    most: int | None
    uses: str = ""  # see evaluate.Compiler.used

    def check(self, name: str, found: int) -> None:
        """Raises ExpressionError("arity")."""
        if found < self.least or (self.most is not None and found > self.most):
            if self.most is None:
                expected = f"≥ {self.least}"
            elif self.least == self.most:
                expected = str(self.least)
            else:
                expected = f"{self.least}-{self.most}"
            raise ExpressionError("arity", name=name, expected=expected, found=found)


def need_path(name: str, args: list[Tree], at: int) -> None:
    """Raises ExpressionError("path_needed") unless that argument is a path."""
    if not is_path(args[at]):
        raise ExpressionError("path_needed", name=name, position=at + 1)


def need_literal(name: str, args: list[Tree], at: int) -> str:
    """That argument, which must be a string written out. Raises ExpressionError."""
    if not isinstance(args[at], str):
        raise ExpressionError("literal_needed", name=name, position=at + 1)
    return str(args[at])
