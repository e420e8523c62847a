"""The functions of ODK XPath that a form may use: name -> arity and how it compiles.

FUNCTIONS is the one list: an expression that calls anything else is refused at publication, and
the phone's table has the same names. Meanings follow ODK Collect (JavaRosa) where ODK's two
engines differ; docs/model.md, "Meaning".
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Callable
from math import isnan

from forms.function import Build, Compiler, XFunction, need_literal, need_path
from forms.lookups import choice_name, count, indexed_repeat, instance, itext, position, pulldata
from forms.parse import Tree
from forms.paths import is_path
from forms.patterns import compile_pattern
from forms.problems import ExpressionError
from forms.scope import Env, Expr, Function, Scope, constant
from forms.values import (
    DATE_CODES,
    NAN,
    Value,
    decimal_date_time,
    format_date,
    power,
    round_half_up,
    text_number,
    to_boolean,
    to_date,
    truncate,
)

# -- builders: how arguments reach a plain Python function ---------------------------------------


def _constant(kind: str, value: Value) -> Build:
    return lambda c, args, env: constant(kind, value)


def _of_texts(kind: str, fn: Callable[..., Value]) -> Build:
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


def _of_numbers(fn: Callable[..., float]) -> Build:
    """Every argument as number."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        numbers = [c.number(arg, env) for arg in args]
        if len(numbers) == 1:
            one = numbers[0]
            return Expr("num", lambda s: fn(one(s)))
        return Expr("num", lambda s: fn(*[number(s) for number in numbers]))

    return build


def _of_node_set(name: str, fn: Callable[[list[str]], float]) -> Build:
    """The one argument must be a path."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        need_path(name, args, 0)
        texts = c.texts(args[0], env)
        return Expr("num", lambda s: fn(texts(s)))

    return build


def _of_all(kind: str, fn: Callable[[list[str]], Value]) -> Build:
    """All arguments as one list of texts, node sets giving one for each node."""

    def build(c: Compiler, args: list[Tree], env: Env) -> Expr:
        flat = _flat(c, args, env)
        return Expr(kind, lambda s: fn(flat(s)))

    return build


def _flat(c: Compiler, args: list[Tree], env: Env) -> Callable[[Scope], list[str]]:
    lists = [c.texts(arg, env) for arg in args]
    if len(lists) == 1:
        return lists[0]
    return lambda s: [text for texts in lists for text in texts(s)]


# -- logic ----------------------------------------------------------------------------------------


def _not(c: Compiler, args: list[Tree], env: Env) -> Expr:
    test = c.boolean(args[0], env)
    return Expr("bool", lambda s: not test(s))


def _boolean(c: Compiler, args: list[Tree], env: Env) -> Expr:
    return Expr("bool", c.boolean(args[0], env))


def _if(c: Compiler, args: list[Tree], env: Env) -> Expr:
    test = c.boolean(args[0], env)
    yes, no = c.expr(args[1], env), c.expr(args[2], env)
    kind = yes.kind if yes.kind == no.kind else "any"
    one, other = yes.fn, no.fn
    return Expr(kind, lambda s: one(s) if test(s) else other(s))


def _coalesce(c: Compiler, args: list[Tree], env: Env) -> Expr:
    texts = [c.text(arg, env) for arg in args]

    def first(s: Scope) -> str:
        for text in texts:
            found: str = text(s)
            if found not in ("", "NaN"):
                return found
        return ""

    return Expr("str", first)


def _once(c: Compiler, args: list[Tree], env: Env) -> Expr:
    own = c.text(["path", "current"], env)
    value = c.text(args[0], env)
    return Expr("str", lambda s: own(s) or value(s))


def _checklist(c: Compiler, args: list[Tree], env: Env) -> Expr:
    low, high = c.number(args[0], env), c.number(args[1], env)
    factors = [
        c.texts(arg, env) if is_path(arg) else _boolean_text(c.boolean(arg, env))
        for arg in args[2:]
    ]

    def check(s: Scope) -> bool:
        count = sum(to_boolean(text) for texts in factors for text in texts(s))
        least, most = low(s), high(s)
        return (least < 0 or count >= least) and (most < 0 or count <= most)

    return Expr("bool", check)


def _boolean_text(test: Function) -> Callable[[Scope], list[str]]:
    return lambda s: ["1"] if test(s) else [""]


# -- numbers --------------------------------------------------------------------------------------


def _number(c: Compiler, args: list[Tree], env: Env) -> Expr:
    return Expr("num", c.number(args[0], env))


def _string(c: Compiler, args: list[Tree], env: Env) -> Expr:
    return Expr("str", c.text(args[0], env))


def _amounts(texts: list[str]) -> list[float]:
    """The numbers among texts; blanks and words are skipped, as ODK Collect does."""
    return [number for text in texts if text and not isnan(number := text_number(text))]


def _sum(texts: list[str]) -> float:
    return float(sum(_amounts(texts)))


def _min(texts: list[str]) -> float:
    return min(_amounts(texts), default=NAN)


def _max(texts: list[str]) -> float:
    return max(_amounts(texts), default=NAN)


def _random(s: Scope) -> float:
    return random.random()  # noqa: S311  chooses nothing: the client's value is kept


# -- selects --------------------------------------------------------------------------------------


def _selected(c: Compiler, args: list[Tree], env: Env) -> Expr:
    chosen = c.text(args[0], env)
    if isinstance(args[1], str):
        wanted = args[1].strip()
        return Expr("bool", lambda s: wanted in chosen(s).split())
    name = c.text(args[1], env)
    return Expr("bool", lambda s: name(s).strip() in chosen(s).split())


def _selected_at(c: Compiler, args: list[Tree], env: Env) -> Expr:
    chosen, index = c.text(args[0], env), c.number(args[1], env)

    def at(s: Scope) -> str:
        words, number = chosen(s).split(), index(s)
        return words[int(number)] if 0 <= number < len(words) else ""  # false for NaN

    return Expr("str", at)


# -- texts and dates ------------------------------------------------------------------------------


def _join(c: Compiler, args: list[Tree], env: Env) -> Expr:
    glue, texts = c.text(args[0], env), _flat(c, args[1:], env)
    return Expr("str", lambda s: glue(s).join(texts(s)))


def _string_length(c: Compiler, args: list[Tree], env: Env) -> Expr:
    text = c.text(args[0] if args else ["path", "."], env)
    return Expr("num", lambda s: float(len(text(s))))


def _substr(c: Compiler, args: list[Tree], env: Env) -> Expr:
    text, start = c.text(args[0], env), c.number(args[1], env)
    end = c.number(args[2], env) if len(args) == 3 else None

    def part(s: Scope) -> str:
        whole: str = text(s)
        return whole[_index(start(s)) : _index(end(s)) if end else None]

    return Expr("str", part)


def _index(number: float) -> int:
    """A number as a place in a text, which counts from 0, from the end if negative."""
    return 0 if isnan(number) else int(max(-1e9, min(1e9, number)))


def _regex(c: Compiler, args: list[Tree], env: Env) -> Expr:
    matches = compile_pattern(need_literal("regex", args, 1))
    text = c.text(args[0], env)
    return Expr("bool", lambda s: matches(text(s)))


def _format_date(c: Compiler, args: list[Tree], env: Env) -> Expr:
    pattern = args[1]
    if isinstance(pattern, str):
        for code in re.findall(r"%(.?)", pattern, re.DOTALL):
            if code not in (*DATE_CODES,):
                raise ExpressionError("date_format", format=pattern, found=f"%{code}")
    value, text = c.expr(args[0], env), c.text(pattern, env)
    if value.kind == "str":
        return Expr("str", lambda s: format_date(value.fn(s), text(s)))
    return Expr("str", lambda s: format_date(to_date(value.fn(s)), text(s)))


def _date(c: Compiler, args: list[Tree], env: Env) -> Expr:
    value = c.expr(args[0], env).fn
    return Expr("str", lambda s: to_date(value(s)))


def _decimal_date_time(c: Compiler, args: list[Tree], env: Env) -> Expr:
    value = c.expr(args[0], env)
    if value.kind == "num":
        return value
    text = c.text(args[0], env)

    def moment(s: Scope) -> float:
        written = text(s)
        return decimal_date_time(written) if "-" in written[1:] else text_number(written)

    return Expr("num", moment)


def _uuid(c: Compiler, args: list[Tree], env: Env) -> Expr:
    return Expr("str", lambda s: str(uuid.uuid4()))


FUNCTIONS: dict[str, XFunction] = {
    # logic
    "true": XFunction(_constant("bool", True), 0, 0),
    "false": XFunction(_constant("bool", False), 0, 0),
    "not": XFunction(_not, 1, 1),
    "boolean": XFunction(_boolean, 1, 1),
    "if": XFunction(_if, 3, 3),
    "coalesce": XFunction(_coalesce, 2, None),
    "once": XFunction(_once, 1, 1, uses="once"),
    "checklist": XFunction(_checklist, 2, None),
    # numbers
    "number": XFunction(_number, 1, 1),
    "int": XFunction(_of_numbers(truncate), 1, 1),
    "round": XFunction(_of_numbers(round_half_up), 1, 2),
    "abs": XFunction(_of_numbers(abs), 1, 1),
    "floor": XFunction(_of_numbers(lambda x: x // 1), 1, 1),
    "ceiling": XFunction(_of_numbers(lambda x: -(-x // 1)), 1, 1),
    "pow": XFunction(_of_numbers(power), 2, 2),
    "random": XFunction(lambda c, args, env: Expr("num", _random), 0, 0, uses="random"),
    # node sets
    "count": XFunction(count, 1, 1),
    "count-non-empty": XFunction(
        _of_node_set("count-non-empty", lambda texts: float(sum(t != "" for t in texts))), 1, 1
    ),
    "sum": XFunction(_of_node_set("sum", _sum), 1, 1),
    "min": XFunction(_of_all("num", _min), 1, None),
    "max": XFunction(_of_all("num", _max), 1, None),
    "position": XFunction(position, 0, 1),
    "indexed-repeat": XFunction(indexed_repeat, 3, 11),
    "instance": XFunction(instance, 1, 1),
    "pulldata": XFunction(pulldata, 4, 4),
    # selects
    "selected": XFunction(_selected, 2, 2),
    "selected-at": XFunction(_selected_at, 2, 2),
    "count-selected": XFunction(_of_texts("num", lambda t: float(len(t.split()))), 1, 1),
    "jr:choice-name": XFunction(choice_name, 2, 2, uses="language"),
    "jr:itext": XFunction(itext, 1, 1, uses="language"),
    # texts
    "string": XFunction(_string, 1, 1),
    "string-length": XFunction(_string_length, 0, 1),
    "concat": XFunction(_of_all("str", "".join), 1, None),
    "join": XFunction(_join, 2, None),
    "substr": XFunction(_substr, 2, 3),
    "contains": XFunction(_of_texts("bool", lambda a, b: b in a), 2, 2),
    "starts-with": XFunction(_of_texts("bool", lambda a, b: a.startswith(b)), 2, 2),
    "ends-with": XFunction(_of_texts("bool", lambda a, b: a.endswith(b)), 2, 2),
    "regex": XFunction(_regex, 2, 2),
    "uuid": XFunction(_uuid, 0, 1, uses="uuid"),
    # dates
    "today": XFunction(lambda c, args, env: Expr("str", lambda s: s.run.today), 0, 0, "today"),
    "now": XFunction(lambda c, args, env: Expr("str", lambda s: s.run.now), 0, 0, "now"),
    "date": XFunction(_date, 1, 1),
    "decimal-date-time": XFunction(_decimal_date_time, 1, 1),
    "format-date": XFunction(_format_date, 2, 2),
    "format-date-time": XFunction(_format_date, 2, 2),
}
