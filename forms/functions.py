"""The functions of ODK XPath that a form may use: name -> arity and how it compiles.

FUNCTIONS is the one list: an expression that calls anything else is refused at publication, and
the phone's table has the same names. Meanings follow ODK Collect (JavaRosa) where ODK's two
engines differ; docs/model.md, "Meaning".
"""

from __future__ import annotations

import random
from collections.abc import Callable
from math import isnan

from forms import lookups, text_functions
from forms.arguments import constantly, of_all, of_node_set, of_numbers, of_texts
from forms.function import Compiler, XFunction
from forms.lines import line
from forms.parse import Tree
from forms.paths import is_path
from forms.scope import Env, Expr, Function, Scope
from forms.values import (
    NAN,
    ceiling,
    floor,
    power,
    round_half_up,
    text_number,
    to_boolean,
    truncate,
)

# -- logic ----------------------------------------------------------------------------------------


def _not(c: Compiler, args: list[Tree], env: Env) -> Expr:
    return Expr("bool", line("not {}", c.boolean(args[0], env)))


def _boolean(c: Compiler, args: list[Tree], env: Env) -> Expr:
    return Expr("bool", c.boolean(args[0], env))


def _if(c: Compiler, args: list[Tree], env: Env) -> Expr:
    test = c.boolean(args[0], env)
    yes, no = c.expr(args[1], env), c.expr(args[2], env)
    kind = yes.kind if yes.kind == no.kind else "any"
    return Expr(kind, line("{} if {} else {}", yes.fn, test, no.fn))


def _coalesce(c: Compiler, args: list[Tree], env: Env) -> Expr:
    *texts, last = (line("answered({})", c.text(arg, env)) for arg in args)
    return Expr("str", line("{} or " * len(texts) + "{}", *texts, last))


def _once(c: Compiler, args: list[Tree], env: Env) -> Expr:
    own = c.text(["path", "current"], env)
    value = c.text(args[0], env)
    return Expr("str", line("{} or {}", own, value))


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
    return line("['1' if {} else '']", test)


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


FUNCTIONS: dict[str, XFunction] = {
    # logic
    "true": XFunction(constantly("bool", True), 0, 0),
    "false": XFunction(constantly("bool", False), 0, 0),
    "not": XFunction(_not, 1, 1),
    "boolean": XFunction(_boolean, 1, 1),
    "if": XFunction(_if, 3, 3),
    "coalesce": XFunction(_coalesce, 2, None),
    "once": XFunction(_once, 1, 1, uses="once"),
    "checklist": XFunction(_checklist, 2, None),
    # numbers
    "number": XFunction(_number, 1, 1),
    "int": XFunction(of_numbers(truncate), 1, 1),
    "round": XFunction(of_numbers(round_half_up), 1, 2),
    "abs": XFunction(of_numbers(abs), 1, 1),
    "floor": XFunction(of_numbers(floor), 1, 1),
    "ceiling": XFunction(of_numbers(ceiling), 1, 1),
    "pow": XFunction(of_numbers(power), 2, 2),
    "random": XFunction(lambda c, args, env: Expr("num", _random), 0, 0, uses="random"),
    # node sets
    "count": XFunction(lookups.count, 1, 1),
    "count-non-empty": XFunction(
        of_node_set("count-non-empty", lambda texts: float(sum(t != "" for t in texts))), 1, 1
    ),
    "sum": XFunction(of_node_set("sum", _sum), 1, 1),
    "min": XFunction(of_all("num", _min), 1, None),
    "max": XFunction(of_all("num", _max), 1, None),
    "position": XFunction(lookups.position, 0, 1),
    "indexed-repeat": XFunction(lookups.indexed_repeat, 3, 11),
    "instance": XFunction(lookups.instance, 1, 1),
    "pulldata": XFunction(lookups.pulldata, 4, 4),
    # selects
    "selected": XFunction(text_functions.selected, 2, 2),
    "selected-at": XFunction(text_functions.selected_at, 2, 2),
    "count-selected": XFunction(of_texts("num", lambda t: float(len(t.split()))), 1, 1),
    "jr:choice-name": XFunction(lookups.choice_name, 2, 2, uses="language"),
    "jr:itext": XFunction(lookups.itext, 1, 1, uses="language"),
    # texts
    "string": XFunction(_string, 1, 1),
    "string-length": XFunction(text_functions.string_length, 0, 1),
    "concat": XFunction(of_all("str", "".join), 1, None),
    "join": XFunction(text_functions.join, 2, None),
    "substr": XFunction(text_functions.substr, 2, 3),
    "contains": XFunction(of_texts("bool", lambda a, b: b in a), 2, 2),
    "starts-with": XFunction(of_texts("bool", lambda a, b: a.startswith(b)), 2, 2),
    "ends-with": XFunction(of_texts("bool", lambda a, b: a.endswith(b)), 2, 2),
    "regex": XFunction(text_functions.regex, 2, 2),
    "uuid": XFunction(text_functions.uuid, 0, 1, uses="uuid"),
    # dates
    "today": XFunction(lambda c, args, env: Expr("str", line("s.run.today")), 0, 0, "today"),
    "now": XFunction(lambda c, args, env: Expr("str", line("s.run.now")), 0, 0, "now"),
    "date": XFunction(text_functions.date, 1, 1),
    "decimal-date-time": XFunction(text_functions.decimal_date_time, 1, 1),
    "format-date": XFunction(text_functions.format_date, 2, 2),
    "format-date-time": XFunction(text_functions.format_date, 2, 2),
}
