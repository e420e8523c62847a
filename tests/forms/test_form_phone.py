"""The phone's engine (TypeScript) and this one: same functions, same values, same verdicts.

Both run the trees of docs/model.md; what the phone lets a collector send must be what the server
finds right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from formkit import ID, NOW, absolute, leaf, model_form
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from node_process import PHONE, PhoneEngine
from test_form_fuzz import FILES, LISTS, expressions, texts
from test_form_values import CASES

from forms import runner
from forms.expressions import FUNCTIONS, Compiler, Env, parse
from forms.instance import parse_xml, render_xml
from forms.library import Form
from forms.question_types import QUESTION_TYPES, WrongType
from forms.survey import INVISIBLE, SIMPLE_TYPES
from forms.values import stored, text_number


class Phone(PhoneEngine):
    """The phone's engine at the time of the tests."""

    def fill(self, **request: Any) -> dict[str, Any]:
        """Fill a form as the request says."""
        return self.ask(now=NOW.isoformat(), **request)


@pytest.fixture(scope="module")
def phone() -> Iterator[Phone]:
    with Phone() as engine:
        yield engine


def test_the_same_functions() -> None:
    source = (PHONE / "src" / "engine" / "functions.ts").read_text(encoding="utf-8")
    table = source[source.index("export const FUNCTIONS") :]
    table = table[: table.index("\n};")]
    names = re.findall(r'^  (?:"([^"]+)"|(\w+))(?=[:,(])', table, re.MULTILINE)
    assert sorted(a or b for a, b in names) == sorted(FUNCTIONS)


def test_the_same_types_and_appearances() -> None:
    """What publication lets through is what the phone's runner has."""
    controls = (PHONE / "src" / "runner" / "controls" / "index.ts").read_text(encoding="utf-8")
    table = controls[controls.index("export const CONTROLS") :]
    names = re.findall(r"^  (\w+):", table[: table.index("\n};")], re.MULTILINE)
    assert sorted(names) == sorted(runner.TYPES)
    published = set(SIMPLE_TYPES.values()) - INVISIBLE - {"note"}
    assert published | {"select_one", "select_multiple"} == set(runner.TYPES)
    sources = "".join(
        file.read_text(encoding="utf-8") for file in (PHONE / "src" / "runner").rglob("*.ts*")
    )
    for word in runner.APPEARANCES:
        assert re.search(rf"[\"/^(|b]{word}\b", sources), f"the phone does nothing with {word}"
    beside = (PHONE / "src" / "beside" / "Beside.tsx").read_text(encoding="utf-8")
    assert set(re.findall(r'fileBeside\(model, files, "(\w+)"', beside)) == set(runner.MEDIA)


def test_the_same_values(phone: Phone) -> None:
    """Every case of test_form_values, in one form."""
    nodes, answers = [], {}
    for at, (expression, given_, _) in enumerate(CASES):
        own = re.sub(r"/data/([ab])\b", rf"/data/\g<1>{at}", absolute(expression))
        nodes += [leaf(f"a{at}"), leaf(f"b{at}"), leaf(f"out{at}", calculate=own)]
        answers.update({f"{name}{at}": value for name, value in given_.items()})
    draft = phone.fill(model=model_form(*nodes).model, answers=answers)["draft"]
    found = {CASES[at][0]: draft.get(f"out{at}", "") for at in range(len(CASES))}
    assert found == {expression: expected for expression, _, expected in CASES}


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(expressions, texts, texts, st.lists(texts, max_size=3))
def test_any_expression_gives_the_same(
    phone: Phone, expression: str, a: str, b: str, rows: list[str]
) -> None:
    tree = parse(expression)
    assume(not re.search(r"\b(random|uuid|once|instance|pulldata|itext|choice)\b", expression))
    assume(not _reads_itself(tree))
    assume(not any(text.isspace() for text in (a, b, *rows)))  # no answer, on the server
    model = {
        "form": "thu", "version": "1", "title": {"vi": "t", "en": "t"}, "languages": ["vi", "en"],
        "root": "data", "lists": LISTS, "files": FILES,
        "nodes": [
            leaf("a"), leaf("b"), {"name": "g", "kind": "group", "children": [leaf("n")]},
            {"name": "r", "kind": "repeat", "children": [
                leaf("v"), {"name": "s", "kind": "repeat", "children": [leaf("w")]},
            ]},
            {"name": "out", "kind": "calculate", "type": "text", "calculate": tree},
        ],
    }  # fmt: skip
    form = Form(model, b"", b"")
    assume(not form.checker.program.faults)
    answers = {"a": a, "b": b, "r": [{"v": v, "s": [{"w": v}]} for v in rows]}
    theirs = phone.fill(model=model, answers=answers)["draft"].get("out", "")
    data = parse_xml(render_xml(form, answers, ID))
    row = form.checker.evaluate(data, now=NOW, media={}).root
    out = form.checker.schema.nodes[-1]
    ours = stored(Compiler(form.checker.schema).expr(tree, Env(out, out)).fn(row))
    assert _same(ours, theirs), (expression, answers, ours, theirs)


def _reads_itself(tree: Any) -> bool:
    """Whether a calculation reads its own value, which each engine has from another moment."""
    if not isinstance(tree, list):
        return False
    if tree == ["call", "string-length"]:
        return True
    if tree[0] == "path" and (tree[1:] in (["."], ["current"]) or "*" in tree[2:]):
        return True
    if tree[:2] == ["path", "."] and isinstance(tree[2], list) and tree[2][0] == ".":
        return True
    return any(_reads_itself(part) for part in tree)


def _same(ours: str, theirs: str) -> bool:
    one, two = text_number(ours), text_number(theirs)
    return ours == theirs or abs(one - two) <= 1e-9 * max(1.0, abs(one))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["integer", "decimal", "date", "time", "dateTime", "acknowledge", "text"]),
    texts | st.text("0123456789-:.,TZ+", max_size=20),
)
def test_any_text_is_of_a_type_on_both(phone: Phone, type_: str, text: str) -> None:
    assume(text.strip() == text != "")
    form = model_form(leaf("q", type_))
    faults = phone.fill(model=form.model, answers={"q": text})["faults"]
    try:
        QUESTION_TYPES[type_].read(text)
        expected = []
    except WrongType:
        expected = [{"code": "type", "path": "/data/q"}]
    assert faults == expected, (type_, text)
