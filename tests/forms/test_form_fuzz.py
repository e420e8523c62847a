"""The check raises nothing on a well-formed instance, whatever the form and the answers."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from formkit import ID, NOW, SETTINGS, leaf, model_form, repeat
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from forms.answers import Checked, Checker, check
from forms.compile import compile_form
from forms.expressions import FUNCTIONS, parse
from forms.instance import parse_xml, render_xml
from forms.library import Form, Library
from forms.problems import FormRefused

LIBRARY = Library(Path(__file__).parents[2] / "forms" / "published")
LISTS = {"l": [{"name": "1", "label": {"vi": "Một", "en": "One"}, "col": "x"}, {"name": "2"}]}
MEDIA = {"f.csv": [{"name": "1", "label": "a", "col": "1"}, {"name": "2", "col": ""}, {}]}
FILES = {"f": "f.csv"}

# -- any expression -------------------------------------------------------------------------------

PATHS = [
    ".", "..", "../a", "../b", "/data/a", "/data/r", "/data/r/v", "/data/r/s/w", "/data/r[1]/v",
    "/data/r[v > 1]/s", "/data/*", "../*", "current()/../a", "/data/r[position() = 2]/v",
    "/data/a | /data/b", "/data/g/n", "instance('l')/root/item[col = 'x']/name",
    "instance('f')/root/item[name = /data/a]/col", "instance('f')/root/item", ".[. = 1]",
    "/data/r[v = current()/../a]/s/w", "instance('f')/root/item[number(col) >= position()]/name",
]  # fmt: skip
LITERALS = [
    "''", "'1'", "'x y'", "0", "1", "-1", "2.5", "1e".replace("e", "0000000000000"), "'2026-11-22'",
    "'f'", "'l'", "'name'", "'col'", "'%Y-%m-%d'", "'[0-9]+'", "' /data/q '", "true()", "today()",
    "now()", "1 div 0", "0 div 0", "'2026-11-22T08:00:00Z'",
]  # fmt: skip
OPERATORS = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]


def _call(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def arguments(name: str) -> st.SearchStrategy[str]:
        function = FUNCTIONS[name]
        most = function.least + 2 if function.most is None else min(function.most, 5)
        lists = st.lists(inner, min_size=function.least, max_size=most)
        return lists.map(lambda args: f"{name}({', '.join(args)})")

    return st.sampled_from(sorted(FUNCTIONS)).flatmap(arguments)


expressions = st.recursive(
    st.sampled_from([*PATHS, *LITERALS]),
    lambda inner: st.one_of(
        _call(inner),
        _call(inner),
        st.builds(lambda a, op, b: f"({a} {op} {b})", inner, st.sampled_from(OPERATORS), inner),
        inner.map(lambda a: f"(- {a})"),
    ),
    max_leaves=6,
)
texts = st.one_of(
    st.sampled_from(
        ["", "0", "1", "2", "-3", "1.5", "1,5", "x", "1 2", "2026-11-22", "NaN", "1e9", "9" * 400,
         "2026-11-22T23:59:59.999+07:00", "0000-00-00", "9999-12-31", " "]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=6),
)  # fmt: skip


def _form(first: str, second: str, third: str) -> Form | None:
    """A form that uses three expressions wherever one can stand; None if they cannot be used."""
    x, y, z = parse(first), parse(second), parse(third)

    def question(name: str, type_: str = "text", **more: Any) -> dict[str, Any]:
        return {"name": name, "kind": "question", "type": type_, **more}

    def calculated(name: str, tree: Any, type_: str = "text") -> dict[str, Any]:
        return {"name": name, "kind": "calculate", "type": type_, "calculate": tree}

    inner = {"name": "s", "kind": "repeat", "count": x, "children": [
        question("w", relevant=y), calculated("x", z, "date"),
    ]}  # fmt: skip
    model = {
        "form": "thu", "version": "1", "title": {"vi": "t", "en": "t"}, "languages": ["vi", "en"],
        "root": "data", "lists": LISTS, "files": FILES,
        "nodes": [
            question("a"),
            question("b", "integer"),
            question("q", "select_one", choices={"list": "l", "filter": x},
                     label={"vi": ["?", ["out", y]], "en": "?"}),
            question("qq", "select_multiple", relevant=z,
                     choices={"file": "f", "value": "name", "label": "label"}),
            question("c", "decimal", constraint=x, required=y,
                     constraint_msg={"vi": [["out", z]], "en": "!"}),
            {"name": "g", "kind": "group", "relevant": x, "children": [calculated("n", y)]},
            {"name": "r", "kind": "repeat", "count": y, "children": [
                question("v", "integer", required=z), calculated("m", x, "integer"), inner,
            ]},
            calculated("last", z),
        ],
    }  # fmt: skip
    form = Form(model, b"", b"")
    return None if form.checker.program.faults else form


def _judged(form: Form, data: bytes, media: dict[str, Any]) -> Checked:
    """The check, which must be the same where every question's judge is asked: what is taken
    without asking (forms/taking.py) is only what no judge objects to."""
    instance = parse_xml(data)
    found = check(form, instance, now=NOW, media=media)
    tables = form.checker.tables
    taking = [rules._accept for rules in tables]
    try:
        for rules in tables:
            rules._accept = rules.ask
        assert check(form, instance, now=NOW, media=media) == found
    finally:
        for rules, accept in zip(tables, taking, strict=True):
            rules._accept = accept
    return found


def _sane(checked: Checked) -> None:
    json.dumps(checked.answers)
    for fault in checked.faults:
        assert fault.path.startswith("/data")
        assert set(fault.to_json()) == {"code", "path", "name", "label", "message", "value"}
        assert isinstance(fault.message["vi"], str)
        assert isinstance(fault.message["en"], str)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(expressions, expressions, expressions, st.lists(texts, min_size=10, max_size=10))
def test_any_expression_that_compiles_evaluates(
    one: str, two: str, three: str, words: list[str]
) -> None:
    form = _form(one, two, three)
    assume(form is not None)
    assert form is not None
    a, b, q, qq, c, n, v, w, m, x = words
    answers = {
        "a": a, "b": b, "q": q, "qq": qq, "c": c, "g": {"n": n}, "last": x,
        "r": [{"v": v, "s": [{"w": w}, {"x": x}]}, {"v": b, "m": m}, {}],
    }  # fmt: skip
    data = render_xml(form, answers, ID)
    drawn = "random" in one + two + three or "uuid" in one + two + three
    _sane(
        check(form, parse_xml(data), now=NOW, media=MEDIA) if drawn else _judged(form, data, MEDIA)
    )


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_compiles_with_some_arguments(name: str) -> None:
    """So that the fuzzing above, which skips what does not compile, leaves no function out."""
    good = {
        "regex": "regex(../a, '[0-9]+')", "pulldata": "pulldata('f', 'col', 'name', ../a)",
        "jr:choice-name": "jr:choice-name(../q, '../q')",
        "instance": "instance('l')/root/item/name",
        "indexed-repeat": "indexed-repeat(/data/r/v, /data/r, 1)", "if": "if(../a, 1, 2)",
        "count": "count(/data/r)", "sum": "sum(/data/r/v)", "position": "position(..)",
        "count-non-empty": "count-non-empty(/data/r/v)", "checklist": "checklist(1, 2, ../a)",
        "format-date": "format-date(today(), '%d')",
        "format-date-time": "format-date-time(now(), '%H')",
    }  # fmt: skip
    least = FUNCTIONS[name].least
    expression = good.get(name, f"{name}({', '.join(['../a'] * least)})")
    form = model_form(
        leaf("a"),
        leaf("q", "select_one", choices={"list": "l"}),
        repeat("r", leaf("v")),
        leaf("out", calculate=expression),
        lists=LISTS,
        files=FILES,
    )
    _sane(check(form, parse_xml(render_xml(form, {"a": "1"}, ID)), now=NOW, media=MEDIA))


# -- any sheet ------------------------------------------------------------------------------------

TYPES = [
    "text", "integer", "decimal", "date", "time", "dateTime", "range", "note", "image", "today",
    "acknowledge", "calculate", "hidden", "select_one l", "select_multiple l",
    "select_one_from_file f.csv", "username",
]  # fmt: skip
COLUMNS = [
    "hint::English (en)", "required", "relevant", "constraint", "constraint_message", "calculation",
    "choice_filter", "appearance", "default", "repeat_count", "trigger", "parameters",
    "media::image", "bind::type", "readonly",
]  # fmt: skip
CELLS = [
    "", "", "", "${q0}", "${q1} + 1", "now()", "uuid()", "yes", "1", "count(${r})", "x", ".",
    "${q2} = 1", "../q0", "start=0 end=5 step=1", "seed=${q0}", "sum(${q1})", "minimal", "int", "'",
    "${last-saved#q0}", "once(random())", "position(..)", "indexed-repeat(${q2}, ${r}, 1)",
    "jr:choice-name(${q0}, '${q0}')", "name = ${q1}", "pulldata('f', 'a', 'b', ${q0})",
    "**b** ${q2}",
]  # fmt: skip
rows = st.tuples(
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(CELLS), max_size=3),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(rows, min_size=3, max_size=5))
def test_any_sheet_is_compiled_or_refused(sheet: list[tuple[str, dict[str, str]]]) -> None:
    lines = [["type", "name", "label::Tiếng Việt (vi)", *COLUMNS]]
    lines += [
        [type_, f"q{at}", "Nhãn", *(cells.get(column, "") for column in COLUMNS)]
        for at, (type_, cells) in enumerate(sheet)
    ]
    blank = [""] * len(COLUMNS)
    lines[2:2] = [["begin_repeat", "r", "Lặp", *blank]]
    lines.append(["end_repeat", "", "", *blank])
    text = "| survey |\n" + "".join(f"| | {' | '.join(line)} |\n" for line in lines)
    text += "| choices |\n| | list_name | name | label |\n| | l | 1 | Một |\n" + SETTINGS
    try:
        compiled = compile_form(text.encode(), "thu.md")
    except FormRefused as refused:
        assert all(p.message["vi"] and p.sheet for p in refused.problems)
        return
    form = Form(compiled.model, compiled.model_json, compiled.xform)
    data = render_xml(form, {"q0": "1", "r": [{"q1": "2"}, {"q2": "x"}]}, ID)
    _sane(check(form, parse_xml(data), now=NOW, media={}))


# -- any damage to a published form ---------------------------------------------------------------


def _random_answers(nodes: list[dict[str, Any]], rng: Random, lists: dict[str, Any]) -> Any:
    answers: dict[str, Any] = {}
    for node in nodes:
        if node["name"] == "meta" or rng.random() < 0.1:
            continue
        if node["kind"] == "repeat":
            answers[node["name"]] = [
                _random_answers(node["children"], rng, lists) for _ in range(rng.randrange(4))
            ]
        elif node["kind"] == "group":
            answers[node["name"]] = _random_answers(node["children"], rng, lists)
        else:
            names = [item["name"] for item in lists.get(node.get("choices", {}).get("list"), [])]
            words = [*names, "1", "0", "-9", "35", "1985", "", "x", "2026-11-22", "1 3", "2026-11"]
            answers[node["name"]] = rng.choice(words)
    return answers


@pytest.mark.parametrize("form", list(LIBRARY), ids=repr)
def test_random_answers_to_published_forms(form: Form) -> None:
    for seed in range(60):
        rng = Random(seed)
        answers = _random_answers(form.model["nodes"], rng, form.model.get("lists", {}))
        root = etree.fromstring(render_xml(form, answers, f"uuid:{seed}"))
        for element in rng.sample([e for e in root.iter() if e.getparent() is not None], 3):
            parent = element.getparent()
            if parent is not None and element.tag not in ("meta", "instanceID"):
                copy = deepcopy(rng.choice([element, root[0]]))
                parent.insert(rng.randrange(len(parent) + 1), copy)
        _sane(_judged(form, etree.tostring(root), {}))


def test_a_checker_is_shared_by_threads() -> None:
    from concurrent.futures import ThreadPoolExecutor

    form = LIBRARY.forms()[0]
    model, results = form.model, []
    checker = Checker(model)
    data = []
    for seed in range(20):
        answers = _random_answers(model["nodes"], Random(seed), model.get("lists", {}))
        data.append(parse_xml(render_xml(form, answers, f"uuid:{seed}")))

    def judge(at: int) -> str:
        checked = checker.check(data[at], now=NOW, media={})
        return json.dumps([f.to_json() for f in checked.faults])

    alone = [judge(at) for at in range(20)]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(judge, [*range(20)] * 5))
    assert results == alone * 5
