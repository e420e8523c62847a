"""Functions of texts, selects and dates; their table is in functions.py."""

from __future__ import annotations

import re
from math import isnan
from uuid import uuid4

from forms.arguments import flat
from forms.function import Compiler, need_literal
from forms.lines import line, ready
from forms.parse import Tree
from forms.patterns import compile_pattern
from forms.problems import ExpressionError
from forms.scope import Env, Expr, Scope
from forms.values import DATE_CODES, text_number
from forms.values import decimal_date_time as decimal_days


def selected(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """selected(list, name): whether a multiple answer holds the name."""
    chosen = c.text(args[0], env)
    if isinstance(args[1], str):
        wanted = args[1].strip()
        return Expr("bool", line("{} in {}.split()", wanted, chosen))
    return Expr("bool", line("{}.strip() in {}.split()", c.text(args[1], env), chosen))


def selected_at(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """selected-at(list, index): the index-th name, from 0; none there is ""."""
    chosen, index = ready(c.text(args[0], env)), ready(c.number(args[1], env))

    def at(s: Scope) -> str:
        words, number = chosen(s).split(), index(s)
        return words[int(number)] if 0 <= number < len(words) else ""  # false for NaN

    return Expr("str", at)


def join(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """join(glue, …): the texts with the glue between, node sets giving one for each node."""
    glue, texts = c.text(args[0], env), flat(c, args[1:], env)
    return Expr("str", line("{}.join({})", glue, texts))


def string_length(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """string-length(text): of the context node where no text is given."""
    text = c.text(args[0] if args else ["path", "."], env)
    return Expr("num", line("float(len({}))", text))


def substr(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """substr(text, start, end): from 0, negative from the end, without the character at `end`."""
    text, start = c.text(args[0], env), c.number(args[1], env)
    end = c.number(args[2], env) if len(args) == 3 else None

    def part(s: Scope) -> str:
        whole: str = text(s)
        return whole[_index(start(s)) : _index(end(s)) if end else None]

    return Expr("str", part)


def _index(number: float) -> int:
    """A number as a place in a text, which counts from 0, from the end if negative."""
    return 0 if isnan(number) else int(max(-1e9, min(1e9, number)))


def regex(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """regex(text, 'pattern'): whether the whole text matches."""
    matches = compile_pattern(need_literal("regex", args, 1))
    text = c.text(args[0], env)
    return Expr("bool", line("{matches}({})", text, matches=matches))


def format_date(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """format-date(date, '%Y-%m'): the codes are checked at publication."""
    pattern = args[1]
    if isinstance(pattern, str):
        for code in re.findall(r"%(.?)", pattern, re.DOTALL):
            if code not in (*DATE_CODES,):
                raise ExpressionError("date_format", format=pattern, found=f"%{code}")
    value, text = c.expr(args[0], env), c.text(pattern, env)
    if value.kind == "str":
        return Expr("str", line("format_date({}, {})", value.fn, text))
    return Expr("str", line("format_date(to_date({}), {})", value.fn, text))


def date(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """date(value): the date of a date, a moment or a number of days."""
    return Expr("str", line("to_date({})", c.expr(args[0], env).fn))


def decimal_date_time(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """decimal-date-time(value): days since 1970-01-01T00:00Z."""
    value = c.expr(args[0], env)
    if value.kind == "num":
        return value
    text = c.text(args[0], env)

    def moment(s: Scope) -> float:
        written = text(s)
        return decimal_days(written) if "-" in written[1:] else text_number(written)

    return Expr("num", moment)


def uuid(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """uuid(): a random identifier; the client's own is kept."""
    return Expr("str", lambda s: str(uuid4()))
