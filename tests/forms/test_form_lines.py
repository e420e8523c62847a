"""Expressions as lines of code: what stands in a form stays text, and depth has no end."""

from __future__ import annotations

import pytest
from formkit import Answers, evaluate, leaf, model_form, run

from forms.lines import DEEPEST, line


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{x}",
        "')(",
        "\\",
        "\\n",
        "s.values[0]",
        "%s",
        "1 or 1",
        "__import__('os')",
        "a\tb",
        "Thôn",
    ],
)
def test_a_text_of_the_form_is_never_code(text: str) -> None:
    quote = '"' if "'" in text else "'"
    assert evaluate(f"concat({quote}{text}{quote}, a)", a="!") == f"{text}!"
    node = leaf("out", calculate=f"if(/data/a = {quote}{text}{quote}, 'same', 'other')")
    form = model_form(leaf("a"), node)
    assert run(form, {"a": text}).answers["thu"]["out"] == "same"
    assert run(form, {"a": "x"}).answers["thu"]["out"] == "other"


@pytest.mark.parametrize("terms", [2, DEEPEST - 1, DEEPEST, DEEPEST + 1, 300])
def test_long_chains(terms: int) -> None:
    assert evaluate(" + ".join(["a"] * terms), a="2") == str(2 * terms)
    assert evaluate(" and ".join(["a = 2"] * terms), a="2") == "true"


def test_deep_brackets() -> None:
    nested = "a"
    for _ in range(40):
        nested = f"if({nested} = '', 'x', string(number({nested}) * 1))" if len(nested) < 60 else (
            f"string(if(a = 7, {nested}, '0'))"
        )  # fmt: skip
    assert evaluate(nested, a="7") == "7"


def test_a_name_belongs_to_one_object() -> None:
    one, two = line("{fn}()", fn=lambda: 1), line("{fn}()", fn=lambda: 2)
    assert line("{} - {}", one, two)(None) == -1


ANSWERS: list[tuple[Answers, set[str]]] = [
    ({"n": "3", "d": "1,5", "c": "1"}, set()),
    ({"n": "3.0", "d": "x", "c": "9"}, {"n", "d", "c"}),
    ({"n": "12", "d": "", "c": " 1"}, {"n"}),
    ({"d": "2", "c": ""}, {"n", "c"}),
]


@pytest.mark.parametrize(("answers", "wrong"), ANSWERS)
def test_what_is_not_in_order_is_told_by_its_judge(answers: Answers, wrong: set[str]) -> None:
    lists = {"l": [{"name": "1", "label": {"vi": "Một", "en": "One"}}]}
    form = model_form(
        leaf("n", "integer", required=True, constraint=". < 10"),
        leaf("d", "decimal"),
        leaf("c", "select_one", required=True, choices={"list": "l"}),
        lists=lists,
    )
    checked = run(form, answers)
    assert {fault.name for fault in checked.faults} == wrong
    assert "d" in wrong or not answers.get("d") or checked.answers["thu"]["d"] > 1
