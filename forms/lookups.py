"""Functions that look values up: in node sets, other repeat instances, lists, files and labels."""

from __future__ import annotations

from collections.abc import Callable

from forms.function import Compiler, need_literal, need_path
from forms.lines import line, ready
from forms.parse import Tree, parse
from forms.paths import is_path, resolve
from forms.problems import ExpressionError
from forms.rows import Row
from forms.schema import Node
from forms.scope import Env, Expr, Scope, constant
from forms.texts import choice_labels, itexts


def count(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """count(nodes): how many there are."""
    need_path("count", args, 0)
    rows = [nodes.rows() for nodes in resolve(args[0], env, c)]
    return Expr("num", line("float(" + " + ".join(["len({})"] * len(rows)) + ")", *rows))


def position(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """position(): of a predicate's candidate; position(..): of the repeat instance, from 1."""
    if not args:
        return Expr("num", line("float(s.position)") if env.level else line("1.0"))
    need_path("position", args, 0)
    nodes = resolve(args[0], env, c)[0]
    rows = nodes.rows()
    if nodes.node is None or nodes.node.kind != "repeat":
        return Expr("num", line("1.0 if {} else NAN", rows))
    return Expr("num", line("next((float(row.index) for row in {}), NAN)", rows))


def indexed_repeat(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """The value in the index-th instance of each named repeat; none there is ""."""
    if len(args) % 2 == 0:
        raise ExpressionError("arity", name="indexed-repeat", expected="3, 5, 7", found=len(args))
    for at in (0, *range(1, len(args), 2)):
        need_path("indexed-repeat", args, at)
    target = _target(c, args[0], env)
    indexes: dict[Node, Callable[[Scope], float]] = {}
    for at in range(1, len(args), 2):
        indexes[_target(c, args[at], env)] = ready(c.number(args[at + 1], env))
    chain = [node for node in (*reversed([*target.ancestors()]), target) if node.kind == "repeat"]
    for repeat in indexes:
        if repeat not in chain:
            raise ExpressionError("unknown_path", path=repeat.path)
    own = {node: up for up, node in enumerate(_tables_around(env))}
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


def _tables_around(env: Env) -> list[Node]:
    """The repeats around the context, nearest first; a ghost stands in the row around it."""
    found: list[Node] = []
    table = env.origin.table.parent if env.ghost else env.origin.table
    while table is not None and table.parent is not None:
        found.append(table.node)
        table = table.parent
    return found


def _pick(rows: list[Row], number: float | None, base: Row, up: int | None) -> Row | None:
    """The row of that position; without a number, the one around the context, else the first."""
    if number is not None:
        present = [row for row in rows if row.relevant[0]]
        at = int(number) - 1 if abs(number) < 1e9 else -1  # NaN gives -1
        return present[at] if 0 <= at < len(present) and number == at + 1 else None
    if up is not None:
        row: Row | None = base
        for _ in range(up):
            row = row.parent if row is not None else None
        return row
    return rows[0] if rows else None


def choice_name(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """jr:choice-name(value, 'path'): the labels of the chosen, joined by a comma."""
    path = parse(need_literal("jr:choice-name", args, 1).strip())
    if not is_path(path):
        raise ExpressionError("path_needed", name="jr:choice-name", position=2)
    question = resolve(path, env, c)[0].node
    if question is None or "choices" not in question.model:
        raise ExpressionError("path_needed", name="jr:choice-name", position=2)
    value, label = c.text(args[0], env), choice_labels(question, c.schema)
    labels = "', '.join([{label}(s.run, name) for name in {}.split()])"
    return Expr("str", line(labels, value, label=label))


def itext(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """jr:itext(id): the text of that id in the run's language."""
    name, texts = c.text(args[0], env), itexts(c.schema)
    found = "{texts}.get({}, {{}}).get(s.run.language, '')"
    return Expr("str", line(found, name, texts=texts))


def pulldata(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """pulldata('file', column, key column, key): a cell of the first row that fits."""
    file = need_literal("pulldata", args, 0).removesuffix(".csv")
    if file not in c.schema.model.get("files", {}):
        raise ExpressionError("unknown_instance", name=file)
    column, key = ready(c.text(args[1], env)), ready(c.text(args[2], env))
    value = ready(c.text(args[3], env))

    def pull(s: Scope) -> str:
        rows = s.run.media.get(file).by(key(s)).get(value(s), ())
        return str(rows[0].get(column(s), "")) if rows else ""

    return Expr("str", pull)


def instance(c: Compiler, args: list[Tree], env: Env) -> Expr:
    """instance('list') by itself has no value; its paths do."""
    resolve(["path", ["call", "instance", *args]], env, c)
    return constant("str", "")
