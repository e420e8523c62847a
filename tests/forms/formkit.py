"""Tiny forms for tests: from a survey table (through pyxform), or straight from expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from forms.answers import Checked, check
from forms.compile import compile_form
from forms.expressions import Compiler, Env, parse
from forms.instance import parse_xml, render_xml
from forms.library import Form
from forms.problems import FormRefused, SheetProblem
from forms.values import stored

NOW = datetime.fromisoformat("2026-11-22T09:30:00+07:00")
ID = "uuid:0f0e0d0c-0000-4000-8000-000000000000"
SETTINGS = """
| settings |
| | form_title | form_id | version |
| | Thử | thu | 1 |
"""

Answers = Mapping[str, Any]
Media = Mapping[str, Sequence[Mapping[str, str]]]


def build(tables: str, settings: str = SETTINGS) -> Form:
    """Compile survey (and choices) tables; settings are added."""
    compiled = compile_form((tables + settings).encode(), "thu.md")
    return Form(compiled.model, compiled.model_json, compiled.xform)


def problems(tables: str, settings: str = SETTINGS, filename: str = "thu.md") -> list[SheetProblem]:
    """The problems of a form that must be refused."""
    try:
        compile_form((tables + settings).encode(), filename)
    except FormRefused as refused:
        return list(refused.problems)
    raise AssertionError("the form was accepted")


def run(form: Form, answers: Answers, media: Media | None = None) -> Checked:
    """Check answers as the phone sends them."""
    xml = render_xml(form, answers, ID)
    return check(form, parse_xml(xml), now=NOW, media=media or {})


def run_xml(form: Form, body: str, media: Media | None = None) -> Checked:
    """Check an instance written out: `body` stands inside the root element."""
    model = form.model
    xml = (
        f'<{model["root"]} id="{model["form"]}" version="{model["version"]}">{body}'
        f"<meta><instanceID>{ID}</instanceID></meta></{model['root']}>"
    )
    return check(form, parse_xml(xml.encode()), now=NOW, media=media or {})


def codes(checked: Checked) -> list[tuple[str, str]]:
    """(code, path) of every fault."""
    return [(fault.code, fault.path) for fault in checked.faults]


def leaf(name: str, type_: str = "text", **more: Any) -> dict[str, Any]:
    """A question of a model; expressions are given as text."""
    kind = "calculate" if "calculate" in more else "question"
    node = {"name": name, "kind": kind, "type": type_, **more}
    for key in ("relevant", "constraint", "calculate", "required", "count"):
        if isinstance(node.get(key), str):
            node[key] = parse(node[key])
    return node


def repeat(name: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A repeat of a model."""
    return {**leaf(name, **more), "kind": "repeat", "children": list(children)}


def model_form(*nodes: dict[str, Any], **more: Any) -> Form:
    """A form straight from nodes, without pyxform. Asserts that every expression compiles."""
    model = {
        "form": "thu", "version": "1", "title": {"vi": "Thử", "en": "Try"},
        "languages": ["vi", "en"], "root": "data", "nodes": list(nodes), **more,
    }  # fmt: skip
    form = Form(model, b"", b"")
    assert form.checker.program.faults == []
    return form


def absolute(expression: str) -> str:
    """An expression with `a` and `b` as paths to the questions of these names."""
    return re.sub(
        r"'[^']*'|\b[ab]\b", lambda m: m[0] if m[0][0] == "'" else f"/data/{m[0]}", expression
    )


def evaluate(expression: str, /, **answers: str) -> str:
    """What a calculation stores; `a` and `b` in it are text questions, answered or not."""
    form = model_form(leaf("a"), leaf("b"), leaf("out"))
    checker, out = form.checker, form.checker.schema.nodes[-1]
    row = checker.evaluate(parse_xml(render_xml(form, answers, ID)), now=NOW, media={}).root
    tree = parse(absolute(expression))
    return stored(Compiler(checker.schema).expr(tree, Env(out, out)).fn(row))
