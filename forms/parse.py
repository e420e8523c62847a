"""ODK XPath text -> expression trees (docs/model.md, "Trees").

The grammar is XPath 1.0 as pyxform emits it and ODK's engines read it: child, parent and self
steps, predicates, the operators, function calls. What ODK's engines themselves do not read
(`//`, other axes, variables, attributes) is an ExpressionError, so it is refused at publication.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from forms.problems import ExpressionError

Tree = Any
"""JSON: a number, a string, or a list whose first item names the operation."""

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<string>"[^"]*"|'[^']*')
    | (?P<name>{_NAME}(?::(?!:){_NAME})?)
    | (?P<op>::|//|\.\.|!=|<=|>=|[-+*/|=<>()\[\],.@$])
    )""",
    re.VERBOSE,
)
_WORD_OPERATORS = frozenset({"and", "or", "div", "mod"})
_BINDING = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_NEGATION = 7
_MAX_DEPTH = 100
_AXES = {"child": None, "parent": "..", "self": "."}


class Token(NamedTuple):
    """One lexical unit; `kind` is number, string, name, op or end."""

    kind: str
    text: str
    at: int


def tokenize(source: str) -> list[Token]:
    """Split `source`; a name or `*` after an operand is an operator (XPath 1.0, 3.7)."""
    tokens: list[Token] = []
    at = 0
    end = len(source.rstrip())
    while at < end:
        match = _TOKEN.match(source, at)
        if match is None or match.lastgroup is None:
            raise ExpressionError(
                "expression_syntax", expression=source, found=source[at : at + 20]
            )
        kind, text = match.lastgroup, match.group(match.lastgroup)
        if (kind == "name" and text in _WORD_OPERATORS and _operand(tokens)) or (
            text == "*" and kind == "op" and not _operand(tokens)
        ):
            kind = "op" if kind == "name" else "name"
        tokens.append(Token(kind, text, match.start(match.lastgroup)))
        at = match.end()
    tokens.append(Token("end", "", len(source)))
    return tokens


def _operand(tokens: list[Token]) -> bool:
    """Whether the token before ends an operand, so that what follows is an operator."""
    if not tokens:
        return False
    last = tokens[-1]
    return last.kind != "op" or last.text in {")", "]", ".", ".."}


@lru_cache(maxsize=4096)
def parse(source: str) -> Tree:
    """Parse one expression. Raises ExpressionError; the tree must not be changed (it is cached)."""
    return _Parser(source).whole()


class _Parser:
    """Precedence climbing over the tokens; one instance an expression."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.at = 0
        self.depth = 0

    def whole(self) -> Tree:
        if self.now.kind == "end":
            raise ExpressionError("expression_empty")
        tree = self.binary(0)
        if self.now.kind != "end":
            raise self.unexpected()
        return tree

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def unexpected(self) -> ExpressionError:
        if self.is_op("//", "@", "$"):
            return ExpressionError("axis", axis=self.now.text, expression=self.source.strip())
        found = self.source[self.now.at : self.now.at + 20] or "…"
        return ExpressionError("expression_syntax", expression=self.source.strip(), found=found)

    def take(self, text: str | None = None) -> Token:
        token = self.now
        if text is not None and (token.kind != "op" or token.text != text):
            raise self.unexpected()
        self.at += 1
        return token

    def is_op(self, *texts: str) -> bool:
        return self.now.kind == "op" and self.now.text in texts

    def binary(self, limit: int) -> Tree:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ExpressionError("expression_deep", limit=_MAX_DEPTH)
        left = self.unary()
        while self.now.kind == "op" and _BINDING.get(self.now.text, 0) > limit:
            operator = self.take().text
            left = [operator, left, self.binary(_BINDING[operator])]
        self.depth -= 1
        return left

    def unary(self) -> Tree:
        signs = 0
        while self.is_op("-"):
            self.take()
            signs += 1
        if signs > _MAX_DEPTH:
            raise ExpressionError("expression_deep", limit=_MAX_DEPTH)
        tree = self.binary(_NEGATION - 1) if signs else self.primary()
        for _ in range(signs):
            tree = -tree if type(tree) in (int, float) else ["neg", tree]
        return tree

    def primary(self) -> Tree:
        token = self.now
        if token.kind == "number":
            self.take()
            return float(token.text) if "." in token.text else int(token.text)
        if token.kind == "string":
            self.take()
            return token.text[1:-1]
        if self.is_op("("):
            self.take()
            inner = self.binary(0)
            self.take(")")
            if self.is_op("[", "/"):
                raise ExpressionError("path_start", expression=self.source.strip())
            return inner
        if token.kind == "name" and self.following("("):
            return self.call()
        return self.path()

    def following(self, text: str) -> bool:
        after = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        return after.kind == "op" and after.text == text

    def call(self) -> Tree:
        name = self.take().text
        self.take("(")
        arguments: list[Tree] = []
        while not self.is_op(")"):
            arguments.append(self.binary(0))
            if not self.is_op(")"):
                self.take(",")
        self.take(")")
        if name == "current" and not arguments:
            return self.steps(["path", "current"], start=False)
        call = ["call", name, *arguments]
        if self.is_op("/", "["):
            if name != "instance":
                raise ExpressionError("path_start", expression=self.source.strip())
            return self.steps(["path", call], start=False)
        return call

    def path(self) -> Tree:
        if self.is_op("/"):
            self.take()
            return self.steps(["path", "/"], start=True)
        return self.steps(["path", "."], start=True)

    def steps(self, tree: list[Tree], *, start: bool) -> Tree:
        """The steps of a location path; `start` says that a step must come right here."""
        if not start:
            if self.is_op("["):
                raise ExpressionError("path_start", expression=self.source.strip())
            if not self.is_op("/"):
                return tree
            self.take()
        while True:
            step = self.step()
            if step != ".":  # a plain self step changes nothing
                tree.append(step)
            if not self.is_op("/"):
                return tree
            self.take()

    def step(self) -> Tree:
        name = self.node_test()
        predicates: list[Tree] = []
        while self.is_op("["):
            self.take()
            predicates.append(self.binary(0))
            self.take("]")
        return [name, *predicates] if predicates else name

    def node_test(self) -> str:
        token = self.now
        if self.is_op(".", ".."):
            return self.take().text
        if token.kind == "op" and token.text in {"//", "@", "$", "/"}:
            raise ExpressionError("axis", axis=token.text, expression=self.source.strip())
        if token.kind != "name":
            raise self.unexpected()
        self.take()
        if self.is_op("::"):
            return self.axis(token.text)
        if self.is_op("("):  # node(), text() and their like
            raise ExpressionError("axis", axis=f"{token.text}()", expression=self.source.strip())
        return token.text

    def axis(self, axis: str) -> str:
        self.take("::")
        if axis not in _AXES:
            raise ExpressionError("axis", axis=f"{axis}::", expression=self.source.strip())
        name = self.take().text
        if axis == "child" and not self.is_op("("):
            return name
        if name != "node":
            raise ExpressionError("axis", axis=f"{axis}::{name}", expression=self.source.strip())
        self.take("(")
        self.take(")")
        short = _AXES[axis]
        if short is None:
            raise ExpressionError("axis", axis="child::node()", expression=self.source.strip())
        return short
