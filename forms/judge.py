"""One question judged in one row: relevance, required, type, choices, constraint.

Each question becomes one closure at load; it writes the typed answer and reports its faults. What
is in order does not come here (forms/taking.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from forms.evaluate import Compiler
from forms.faults import shown
from forms.infer import column_of
from forms.lines import line
from forms.messages import Text, message
from forms.parse import Tree
from forms.picks import ChoiceTest, choice_test, fixed_names
from forms.problems import ExpressionError
from forms.program import Program
from forms.question_types import QUESTION_TYPES, WrongType
from forms.rows import Row
from forms.schema import Node
from forms.scope import Env, Function
from forms.values import text_number, to_text

Answers = dict[str, Any]
Report = Callable[..., None]  # report(row, node, code, value, message=None)
Judge = Callable[[Row, Answers, Report], None]


class Rules(NamedTuple):
    """The compiled rules of one question."""

    required: Function | None
    constraint: Function | None
    clocked: bool  # the constraint reads today() or now()
    readonly: Function | None
    allowed: ChoiceTest


class Judged(NamedTuple):
    """A leaf with its judge, and what it need not be asked about (forms/taking.py).

    names: of a select with a fixed list, all that it takes. read: the text as a value; None where
    the judge is always to be asked. skip: the value is no answer of the table.
    """

    node: Node
    judge: Judge
    read: Callable[[str], Any] | None
    skip: bool
    required: bool = False
    constraint: Function | None = None
    allowed: ChoiceTest | None = None
    names: frozenset[str] | None = None


def judge_of(node: Node, program: Program) -> Judged:
    """The judge of a leaf. Faulty expressions are left in `program.faults`."""
    read = QUESTION_TYPES[node.type].read
    if node.kind != "question":
        column, skip = column_of(node, program.schema), _in_meta(node) or node.kind == "note"
        judge = _calculated(node, column in _NUMERIC, skip)
        ready = column not in _NUMERIC or QUESTION_TYPES[node.type].column in _NUMERIC
        return Judged(node, judge, read if ready else None, skip)
    rules, selects = _rules(node, program), "choices" in node.model
    return Judged(
        node, _question(node, rules), read, _in_meta(node), rules.required is not None,
        rules.constraint, rules.allowed if selects else None, fixed_names(node, program),
    )  # fmt: skip


_NUMERIC = ("decimal", "integer")


def _rules(node: Node, program: Program) -> Rules:
    env, model = Env(node, node), node.model

    def condition(key: str) -> tuple[Function | None, bool]:
        tree = model.get(key)
        if tree is None:
            return None, False
        if tree is True:
            return line("True"), False
        found = program.compile(tree, env, key)
        return (found[0].fn, bool(found[1].used & {"today", "now"})) if found else (None, False)

    constraint, clocked = condition("constraint")
    return Rules(
        condition("required")[0], constraint, clocked, condition("readonly")[0],
        choice_test(node, program),
    )  # fmt: skip


def _question(node: Node, rules: Rules) -> Judge:
    slot, name, in_meta = node.slot, node.name, _in_meta(node)
    calculated = "calculate" in node.model
    kind = QUESTION_TYPES[node.type]
    read, allowed = kind.read, rules.allowed
    required, constraint, readonly = rules.required, rules.constraint, rules.readonly

    def judge(row: Row, answers: Answers, report: Report) -> None:
        if calculated and row.run.mismatches:
            _mismatch(row, node, report)
        text = row.values[slot]
        if not text:
            if not row.relevant[slot]:
                _irrelevant(row, node, report)
            elif required is not None and required(row) and not (readonly and readonly(row)):
                report(row, node, "required", "", node.model.get("required_msg"))
            return
        try:
            value = read(text)
        except WrongType:
            report(row, node, "type", text, message("type", expected=kind.expected, value=text))
            return
        wrong = allowed(row, text)
        if wrong is not None:
            report(row, node, "choice", *wrong)
        if constraint is not None and not constraint(row) and _counts(rules, constraint, row):
            report(row, node, "constraint", text, node.model.get("constraint_msg"))
        if not in_meta:
            answers[name] = value

    return judge


def _counts(rules: Rules, constraint: Function, row: Row) -> bool:
    """Whether a failed constraint is a fault: not of a readonly question, nor on another day."""
    if rules.readonly and rules.readonly(row):
        return False
    return not (rules.clocked and row.run.otherwise(lambda: constraint(row)))


def _calculated(node: Node, number: bool, skip: bool) -> Judge:
    """A calculated value, hidden field or metadata: its type is checked, numbers become numbers."""
    slot, name = node.slot, node.name
    kind = QUESTION_TYPES[node.type]
    read = kind.read

    def judge(row: Row, answers: Answers, report: Report) -> None:
        if row.run.mismatches:
            _mismatch(row, node, report)
        text = row.values[slot]
        if not text:
            if not row.relevant[slot]:
                _irrelevant(row, node, report)
            return
        try:
            value = read(text)
        except WrongType:
            report(row, node, "type", text, message("type", expected=kind.expected, value=text))
            return
        if number and type(value) is str:
            amount = text_number(text)
            if amount - amount != 0:  # NaN or infinite: no number to store
                return
            value = int(amount) if amount == int(amount) else amount
        if not skip:
            answers[name] = value

    return judge


def _mismatch(row: Row, node: Node, report: Report) -> None:
    value = row.run.mismatches.get((row, node.slot))
    if value is not None and row.relevant[node.slot]:
        given = row.given[node.slot] or ""
        text = message("calculation", expected=shown(value), value=shown(given))
        report(row, node, "calculation", given, text)


def _irrelevant(row: Row, node: Node, report: Report) -> None:
    given = row.given[node.slot]
    if given:
        report(row, node, "irrelevant", given)


def _in_meta(node: Node) -> bool:
    return any(a.name == "meta" and a.depth == 1 for a in node.ancestors())


def render(text: dict[str, Any] | None, row: Row, node: Node, program: Program) -> Text | None:
    """A sheet's text with its `${…}` filled in from the row, in both languages."""
    if not text:
        return None
    run = row.run
    before, found = run.language, {}
    for language in ("vi", "en"):
        run.language = language
        part = text.get(language, text.get("vi", ""))
        found[language] = part if isinstance(part, str) else _filled(part, row, node, program)
    run.language = before
    return {"vi": found["vi"], "en": found["en"]}


def _filled(parts: list[Any], row: Row, node: Node, program: Program) -> str:
    return "".join(
        part if isinstance(part, str) else _output(part[1], row, node, program) for part in parts
    )


def _output(tree: Tree, row: Row, node: Node, program: Program) -> str:
    """The value of an output; compiled here, since only faults need it."""
    try:
        return to_text(Compiler(program.schema).expr(tree, Env(node, node)).fn(row))
    except ExpressionError:
        return ""
