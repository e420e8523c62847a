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
from dataclasses import dataclass
from typing import Protocol

from forms.parse import Tree, parse
from forms.patterns import compile_pattern
from forms.paths import Compiles, is_path, resolve
from forms.problems import ExpressionError
from forms.schema import Node
from forms.scope import Env, Expr, Function, Scope, constant
from forms.texts import choice_labels, itexts
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
        _need_path(name, args, 0)
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


def _need_path(name: str, args: list[Tree], at: int) -> None:
    if not is_path(args[at]):
        raise ExpressionError("path_needed", name=name, position=at + 1)


def _need_literal(name: str, args: list[Tree], at: int) -> str:
    if not isinstance(args[at], str):
        raise ExpressionError("literal_needed", name=name, position=at + 1)
    return str(args[at])


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
            found = text(s)
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
    return [number for text in texts if text and (number := text_number(text)) == number]


def _sum(texts: list[str]) -> float:
    return float(sum(_amounts(texts)))


def _min(texts: list[str]) -> float:
    return min(_amounts(texts), default=NAN)


def _max(texts: list[str]) -> float:
    return max(_amounts(texts), default=NAN)


def _random(s: Scope) -> float:
    return random.random()  # noqa: S311  chooses nothing: the client's value is kept


# -- node sets ------------------------------------------------------------------------------------


def _count(c: Compiler, args: list[Tree], env: Env) -> Expr:
    _need_path("count", args, 0)
    rows = [nodes.rows() for nodes in resolve(args[0], env, c)]
    return Expr("num", lambda s: float(sum(len(get(s)) for get in rows)))


def _position(c: Compiler, args: list[Tree], env: Env) -> Expr:
    if not args:
        return Expr("num", (lambda s: float(s.position)) if env.level else (lambda s: 1.0))
    _need_path("position", args, 0)
    nodes = resolve(args[0], env, c)[0]
    if nodes.node is None or nodes.node.kind != "repeat" or nodes.ghost:
        return constant("num", 1.0)
    rows = nodes.rows()
    return Expr("num", lambda s: next((float(row.index) for row in rows(s)), NAN))


def _indexed_repeat(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """The value in the index-th instance of each named repeat; none there is ""."""
    if len(args) % 2 == 0:
        raise ExpressionError("arity", name="indexed-repeat", expected="3, 5, 7", found=len(args))
    for at in (0, *range(1, len(args), 2)):
        _need_path("indexed-repeat", args, at)
    target = _target(c, args[0], env)
    indexes: dict[Node, Callable[[Scope], float]] = {}
    for at in range(1, len(args), 2):
        indexes[_target(c, args[at], env)] = c.number(args[at + 1], env)
    chain = [node for node in (*reversed([*target.ancestors()]), target) if node.kind == "repeat"]
    for repeat in indexes:
        if repeat not in chain:
            raise ExpressionError("unknown_path", path=repeat.path)
    around = env.origin
    own = {node: up for up, node in enumerate(_tables_around(around))}
    steps = [(repeat.index, indexes.get(repeat), own.get(repeat)) for repeat in chain]
    slot = target.slot

    def value(s: Scope) -> str:
        base = s.base if env.level else s
        row = base.run.root
        for index, number, up in steps:
            row = _pick(row.repeats[index], number(s) if number else None, base, up)
            if row is None:
                return ""
        return str(row.values[slot])

    return Expr("str", value)


def _target(c: Compiler, tree: Tree, env: Env) -> Node:
    nodes = resolve(tree, env, c)[0]
    if nodes.node is None:
        raise ExpressionError("path_needed", name="indexed-repeat", position=1)
    c.depends(nodes.node, direct=False)
    return nodes.node


def _tables_around(node: Node) -> list[Node]:
    found, table = [], node.table
    while table.parent is not None:
        found.append(table.node)
        table = table.parent
    return found


def _pick(rows: list, number: float | None, base: object, up: int | None):  # type: ignore[no-untyped-def, type-arg]
    """The row of that position; without a number, the one around the context, else the first."""
    if number is not None:
        present = [row for row in rows if row.relevant[0]]
        at = int(number) - 1 if number == number and abs(number) < 1e9 else -1
        return present[at] if 0 <= at < len(present) and number == at + 1 else None
    if up is not None:
        row = base
        for _ in range(up):
            row = row.parent  # type: ignore[attr-defined]
        return row
    return rows[0] if rows else None


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


def _choice_name(c: Compiler, args: list[Tree], env: Env) -> Expr:
    path = parse(_need_literal("jr:choice-name", args, 1).strip())
    if not is_path(path):
        raise ExpressionError("path_needed", name="jr:choice-name", position=2)
    question = resolve(path, env, c)[0].node
    if question is None or "choices" not in question.model:
        raise ExpressionError("path_needed", name="jr:choice-name", position=2)
    value, label = c.text(args[0], env), choice_labels(question, c.schema)
    return Expr("str", lambda s: ", ".join(label(s.run, name) for name in value(s).split()))


def _itext(c: Compiler, args: list[Tree], env: Env) -> Expr:
    name, texts = c.text(args[0], env), itexts(c.schema)
    return Expr("str", lambda s: texts.get(name(s), {}).get(s.run.language, ""))


def _pulldata(c: Compiler, args: list[Tree], env: Env) -> Expr:
    file = _need_literal("pulldata", args, 0).removesuffix(".csv")
    if file not in c.schema.model.get("files", {}):
        raise ExpressionError("unknown_instance", name=file)
    column, key = c.text(args[1], env), c.text(args[2], env)
    value = c.text(args[3], env)

    def pull(s: Scope) -> str:
        rows = s.run.media.get(file).by(key(s)).get(value(s), ())
        return str(rows[0].get(column(s), "")) if rows else ""

    return Expr("str", pull)


def _instance(c: Compiler, args: list[Tree], env: Env) -> Expr:
    resolve(["path", ["call", "instance", *args]], env, c)
    return constant("str", "")


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
        whole = text(s)
        return whole[_index(start(s)):_index(end(s)) if end else None]

    return Expr("str", part)


def _index(number: float) -> int:
    """A number as a place in a text, which counts from 0, from the end if negative."""
    return int(max(-1e9, min(1e9, number))) if number == number else 0


def _regex(c: Compiler, args: list[Tree], env: Env) -> Expr:
    matches = compile_pattern(_need_literal("regex", args, 1))
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
    "count": XFunction(_count, 1, 1),
    "count-non-empty": XFunction(
        _of_node_set("count-non-empty", lambda texts: float(sum(t != "" for t in texts))), 1, 1
    ),
    "sum": XFunction(_of_node_set("sum", _sum), 1, 1),
    "min": XFunction(_of_all("num", _min), 1, None),
    "max": XFunction(_of_all("num", _max), 1, None),
    "position": XFunction(_position, 0, 1),
    "indexed-repeat": XFunction(_indexed_repeat, 3, 11),
    "instance": XFunction(_instance, 1, 1),
    "pulldata": XFunction(_pulldata, 4, 4),
    # selects
    "selected": XFunction(_selected, 2, 2),
    "selected-at": XFunction(_selected_at, 2, 2),
    "count-selected": XFunction(_of_texts("num", lambda t: float(len(t.split()))), 1, 1),
    "jr:choice-name": XFunction(_choice_name, 2, 2, uses="language"),
    "jr:itext": XFunction(_itext, 1, 1, uses="language"),
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
