"""Expression text -> trees, and what is refused with which code."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.parse import parse
from forms.problems import ExpressionError

TREES = [
    ("5", 5),
    ("1.50", 1.5),
    (".5", 0.5),
    ("'a\"b'", 'a"b'),
    ("-1", -1),
    ("- ../a", ["neg", ["path", ".", "..", "a"]]),
    (".", ["path", "."]),
    ("../age", ["path", ".", "..", "age"]),
    ("./a", ["path", ".", "a"]),
    (" /data/a ", ["path", "/", "data", "a"]),
    ("current()/../a", ["path", "current", "..", "a"]),
    ("current()", ["path", "current"]),
    ("*", ["path", ".", "*"]),
    ("../*", ["path", ".", "..", "*"]),
    ("child::a/parent::node()", ["path", ".", "a", ".."]),
    ("1 + 2 * 3", ["+", 1, ["*", 2, 3]]),
    ("1 - 2 - 3", ["-", ["-", 1, 2], 3]),
    ("2 * -3", ["*", 2, -3]),
    ("-a * b", ["*", ["neg", ["path", ".", "a"]], ["path", ".", "b"]]),
    ("a or b and c", ["or", ["path", ".", "a"], ["and", ["path", ".", "b"], ["path", ".", "c"]]]),
    ("a = b < c", ["=", ["path", ".", "a"], ["<", ["path", ".", "b"], ["path", ".", "c"]]]),
    ("div div mod", ["div", ["path", ".", "div"], ["path", ".", "mod"]]),
    ("and and and", ["and", ["path", ".", "and"], ["path", ".", "and"]]),
    ("* * *", ["*", ["path", ".", "*"], ["path", ".", "*"]]),
    ("a-b", ["path", ".", "a-b"]),
    ("a -b", ["-", ["path", ".", "a"], ["path", ".", "b"]]),
    ("a | b", ["|", ["path", ".", "a"], ["path", ".", "b"]]),
    ("today()", ["call", "today"]),
    ("selected(., 'x')", ["call", "selected", ["path", "."], "x"]),
    ("jr:choice-name( /d/a , ' /d/a ')",
     ["call", "jr:choice-name", ["path", "/", "d", "a"], " /d/a "]),
    ("instance('l')/root/item[name = 'x'][1]/label",
     ["path", ["call", "instance", "l"], "root",
      ["item", ["=", ["path", ".", "name"], "x"], 1], "label"]),
    ("count(/data/m [. > 1])",
     ["call", "count", ["path", "/", "data", ["m", [">", ["path", "."], 1]]]]),
    (".[. > 1]", ["path", ".", [".", [">", ["path", "."], 1]]]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "tree"), TREES, ids=[source for source, _ in TREES])
def test_tree(source: str, tree: Any) -> None:
    assert parse(source) == tree


REFUSED = [
    ("", "expression_empty"),
    ("   ", "expression_empty"),
    ("1 +", "expression_syntax"),
    ("(1", "expression_syntax"),
    ("1)", "expression_syntax"),
    ("a b", "expression_syntax"),
    ("f(1,", "expression_syntax"),
    ("'open", "expression_syntax"),
    ("a = = b", "expression_syntax"),
    ("${a}", "expression_syntax"),
    ("#", "expression_syntax"),
    ("//a", "axis"),
    ("/data//a", "axis"),
    ("@a", "axis"),
    ("a/@b", "axis"),
    ("$x", "axis"),
    ("ancestor::a", "axis"),
    ("text()", "unknown_function"),
    ("a/text()", "axis"),
    ("following-sibling::a", "axis"),
    ("(a)[1]", "path_start"),
    ("concat('a')/b", "path_start"),
    ("(" * 150 + "1" + ")" * 150, "expression_deep"),
    ("-" * 5000 + "1", "expression_deep"),
]


@pytest.mark.parametrize(("source", "code"), REFUSED, ids=[s[:20] or "empty" for s, _ in REFUSED])
def test_refused(source: str, code: str) -> None:
    if code == "unknown_function":  # reads as a call; the compiler does not know it
        assert parse(source) == ["call", "text"]
        return
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert caught.value.code == code
    assert caught.value.message["vi"] != caught.value.message["en"]


names = st.from_regex(r"[a-z_][a-z0-9_.-]{0,5}", fullmatch=True)
paths = st.builds(
    lambda start, steps: ["path", *start, *steps],
    st.sampled_from([["/"], ["."], ["current"], [".", ".."]]),
    st.lists(names, min_size=1, max_size=3),
)
atoms = st.one_of(
    st.integers(0, 10**6), st.text("abc dé'", max_size=5).map(lambda t: t.replace("'", "")), paths
)
trees = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(
            lambda op, a, b: [op, a, b],
            st.sampled_from(
                ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]
            ),
            inner,
            inner,
        ),
        st.builds(lambda name, args: ["call", name, *args], names, st.lists(inner, max_size=3)),
    ),
    max_leaves=12,
)


def written(tree: Any) -> str:
    """A tree as an expression, every operation in brackets."""
    if isinstance(tree, str):
        return f"'{tree}'"
    if not isinstance(tree, list):
        return str(tree)
    if tree[0] == "path":
        start = {"/": "/", ".": "", "current": "current()/"}[tree[1]]
        return start + "/".join(tree[2:])
    if tree[0] == "call":
        return f"{tree[1]}({', '.join(map(written, tree[2:]))})"
    return f"({written(tree[1])} {tree[0]} {written(tree[2])})"


@given(trees)
def test_every_tree_reads_back(tree: Any) -> None:
    assert parse(written(tree)) == tree


@given(st.text("ab1.,'\"()[]/*+-<>=!| $@:\tđ", max_size=40))
def test_any_text_is_a_tree_or_an_expression_error(source: str) -> None:
    try:
        parse(source)
    except ExpressionError as error:
        assert error.message["vi"]
