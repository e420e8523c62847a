"""Repeats: counts, references in and out, positions, predicates, nesting."""

from __future__ import annotations

from typing import Any

import pytest
from formkit import build, codes, leaf, model_form, repeat, run, run_xml

ROSTER = """
| survey |
| | type | name | label | relevant | calculation | repeat_count | constraint |
| | begin_repeat | member | M | | | | |
| | integer | age | A | | | | . >= 0 |
| | text | name | N | ${age} > 5 | | | |
| | calculate | no | | | position(..) | | |
| | begin_group | g | G | | | | |
| | calculate | others | | | count(${member}) - 1 | | |
| | calculate | before | | | sum(${member}[position() < position(current()/../..)]/age) | | |
| | calculate | last | | | indexed-repeat(${age}, ${member}, ${no} - 1) | | |
| | calculate | first | | | ${member}[position() = 1]/age | | |
| | end_group | | | | | | |
| | end_repeat | | | | | | |
| | calculate | n | | | count(${member}) | | |
| | calculate | total | | | sum(${age}) | | |
| | calculate | oldest | | | max(${age}) | | |
| | calculate | youngest | | | min(${age}) | | |
| | calculate | adults | | | count(${member}[age >= 18]) | | |
| | calculate | named | | | count-non-empty(${name}) | | |
| | calculate | ages | | | join(' ', ${age}) | | |
| | calculate | second | | | indexed-repeat(${age}, ${member}, 2) | | |
| | calculate | fifth | | | indexed-repeat(${age}, ${member}, 5) | | |
| | calculate | none | | | indexed-repeat(${age}, ${member}, ${fifth}) | | |
| | calculate | child | | | join(' ', ${no}[../age < 18]) | | |
| | begin_repeat | visit | V | | | ${adults} | |
| | calculate | adult | | | indexed-repeat(${age}, ${member}, selected-at(${adultnos}, position(..) - 1)) | | |
| | end_repeat | | | | | | |
| | calculate | adultnos | | | join(' ', ${no}[../age >= 18]) | | |
"""  # noqa: E501  a table


def members(*ages: str) -> list[dict[str, Any]]:
    return [{"age": age} for age in ages]


def test_references_in_and_out_of_a_repeat() -> None:
    checked = run(build(ROSTER), {"member": members("40", "3", "", "20"), "visit": [{}, {}]})
    assert codes(checked) == []
    assert checked.answers["thu"] == {
        "n": 4, "total": 63, "oldest": 40, "youngest": 3, "adults": 2, "named": 0,
        "ages": "40 3  20", "second": 3, "child": "2", "adultnos": "1 4",
    }  # fmt: skip
    assert checked.answers["thu.member"] == [
        {"_index": 1, "age": 40, "no": 1, "others": 3, "before": 0, "first": 40},
        {"_index": 2, "age": 3, "no": 2, "others": 3, "before": 40, "last": 40, "first": 40},
        {"_index": 3, "no": 3, "others": 3, "before": 43, "last": 3, "first": 40},
        {"_index": 4, "age": 20, "no": 4, "others": 3, "before": 43, "first": 40},
    ]
    assert checked.answers["thu.visit"] == [{"_index": 1, "adult": 40}, {"_index": 2, "adult": 20}]


def test_no_instance_at_all() -> None:
    checked = run(build(ROSTER), {})
    assert codes(checked) == []
    assert checked.answers["thu"] == {"n": 0, "total": 0, "adults": 0, "named": 0}
    assert checked.answers["thu.member"] == checked.answers["thu.visit"] == []


def test_faults_name_the_instance() -> None:
    checked = run(build(ROSTER), {"member": [{"age": "1"}, {"age": "-1", "name": "x"}]})
    assert codes(checked) == [
        ("constraint", "/data/member[2]/age"),
        ("irrelevant", "/data/member[2]/name"),
    ]


@pytest.mark.parametrize(("visits", "faults"), [(0, 1), (1, 0), (2, 1)])
def test_repeat_count(visits: int, faults: int) -> None:
    checked = run(build(ROSTER), {"member": members("40"), "visit": [{}] * visits})
    assert codes(checked) == [("repeat_count", "/data/visit")] * faults
    if faults:
        assert checked.faults[0].message["en"] == f"There must be 1 of “V”, but there are {visits}."


def test_repeat_count_may_be_a_number_or_an_expression() -> None:
    form = build("""
| survey |
| | type | name | label | repeat_count |
| | integer | n | N | |
| | begin_repeat | fixed | F | 2 |
| | text | a | A | |
| | end_repeat | | | |
| | begin_repeat | more | M | ${n} + 1 |
| | text | b | B | |
| | begin_repeat | inner | I | count(${more}) |
| | text | c | C | |
| | end_repeat | | | |
| | end_repeat | | | |
""")
    two = [{"a": "1"}, {"a": "2"}]
    inner = [{"inner": [{"c": "1"}, {"c": "2"}]}, {"inner": [{"c": "1"}]}]
    assert codes(run(form, {"n": "1", "fixed": two, "more": inner})) == [
        ("repeat_count", "/data/more[2]/inner")
    ]
    assert codes(run(form, {"n": "-7", "fixed": two})) == []
    assert codes(run(form, {"n": "", "fixed": two})) == []


def test_the_count_of_a_nested_repeat_looks_into_its_own_instance() -> None:
    form = build("""
| survey |
| | type | name | label | repeat_count |
| | begin_repeat | house | H | |
| | begin_repeat | room | R | |
| | integer | beds | B | |
| | end_repeat | | | |
| | begin_repeat | bed | D | indexed-repeat(${beds}, ${room}, 1) |
| | text | who | W | |
| | end_repeat | | | |
| | end_repeat | | | |
""")
    houses = [
        {"room": [{"beds": "1"}], "bed": [{"who": "a"}]},
        {"room": [{"beds": "2"}, {"beds": "9"}], "bed": [{"who": "a"}]},
    ]
    assert codes(run(form, {"house": houses})) == [("repeat_count", "/data/house[2]/bed")]


def test_the_count_of_an_irrelevant_repeat_is_not_asked() -> None:
    form = build("""
| survey |
| | type | name | label | repeat_count | relevant |
| | text | a | A | | |
| | begin_repeat | r | R | 2 | ${a} = 'x' |
| | text | b | B | | |
| | end_repeat | | | | |
""")
    assert codes(run(form, {"a": "y"})) == []
    assert codes(run(form, {"a": "x"})) == [("repeat_count", "/data/r")]
    assert codes(run(form, {"a": "y", "r": [{"b": "1"}]})) == [("irrelevant", "/data/r[1]/b")]


def test_irrelevant_instances_are_absent_from_node_sets() -> None:
    form = model_form(
        leaf("drop"),
        repeat("r", leaf("v", "integer"), relevant="/data/drop != position(.)"),
        leaf("n", calculate="count(/data/r)"),
        leaf("sum", calculate="sum(/data/r/v)"),
        leaf("second", calculate="indexed-repeat(/data/r/v, /data/r, 2)"),
    )
    rows = [{"v": "1"}, {"v": "2"}, {"v": "4"}]
    checked = run(form, {"drop": "2", "r": rows})
    assert codes(checked) == [("irrelevant", "/data/r[2]/v")]
    assert checked.answers["thu"] == {"drop": "2", "n": 2, "sum": 5, "second": 4}
    assert checked.answers["thu.r"] == [{"_index": 1, "v": 1}, {"_index": 3, "v": 4}]
    assert run(form, {"drop": "9", "r": rows}).answers["thu"]["sum"] == 7


def test_nested_repeats() -> None:
    form = build("""
| survey |
| | type | name | label | calculation |
| | begin_repeat | house | H | |
| | integer | floor | F | |
| | begin_repeat | room | R | |
| | integer | area | A | |
| | calculate | share | | ${area} div sum(${room}/area) |
| | calculate | where | | concat(position(../..), '.', position(..), '/', ${floor}) |
| | calculate | same | | sum(${area}) |
| | end_repeat | | | |
| | calculate | rooms | | count(${room}) |
| | calculate | space | | sum(${area}) |
| | end_repeat | | | |
| | calculate | all | | sum(${area}) |
| | calculate | roomsall | | count(${room}) |
| | calculate | pick | | indexed-repeat(${area}, ${house}, 2, ${room}, 1) |
| | calculate | big | | count(${house}[space > 20]/room[area > 5]) |
""")
    houses = [
        {"floor": "1", "room": [{"area": "10"}, {"area": "30"}]},
        {"floor": "2", "room": [{"area": "4"}]},
        {"floor": "3"},
    ]
    checked = run(form, {"house": houses})
    assert codes(checked) == []
    assert checked.answers["thu"] == {"all": 44, "roomsall": 3, "pick": 4, "big": 2}
    assert [row["rooms"] for row in checked.answers["thu.house"]] == [2, 1, 0]
    assert [row["space"] for row in checked.answers["thu.house"]] == [40, 4, 0]
    rooms = checked.answers["thu.room"]
    assert [(row["_parent"], row["_index"], row["where"]) for row in rooms] == [
        (1, 1, "1.1/1"), (1, 2, "1.2/1"), (2, 1, "2.1/2"),
    ]  # fmt: skip
    assert [row["same"] for row in rooms] == [10, 30, 4]


def test_a_running_total_across_instances_settles() -> None:
    running = "/data/r[position() = position(current()/..) - 1]/total + ../v"
    form = model_form(
        repeat(
            "r",
            leaf("v", "integer"),
            leaf("total", "integer", calculate=f"if(position(..) = 1, ../v, {running})"),
        ),
        leaf("last", calculate="indexed-repeat(/data/r/total, /data/r, count(/data/r))"),
    )
    rows = [{"v": str(v)} for v in (1, 2, 3, 4)]
    assert run(form, {"r": rows}).answers["thu"]["last"] == 10
    wrong = [{**row, "total": t} for row, t in zip(rows, ("1", "3", "6", "11"), strict=True)]
    assert codes(run(form, {"r": wrong})) == [("calculation", "/data/r[4]/total")]


def test_relevance_that_instances_give_each_other_settles() -> None:
    """A row counts only while the row before it does."""
    before = "count(/data/r[position() = position(current()/..) - 1][v = 'go']) = 1"
    form = model_form(
        repeat("r", leaf("v", relevant=f"position(..) = 1 or {before}")),
    )
    go, stop = {"v": "go"}, {"v": "stop"}
    assert codes(run(form, {"r": [go, go, stop]})) == []
    assert codes(run(form, {"r": [stop, go, go, go]})) == [
        ("irrelevant", "/data/r[2]/v"),
        ("irrelevant", "/data/r[3]/v"),
        ("irrelevant", "/data/r[4]/v"),
    ]


def test_five_hundred_instances_and_not_one_more() -> None:
    form = model_form(repeat("r", leaf("v", "integer")), leaf("n", calculate="count(/data/r)"))
    checked = run_xml(form, "<r><v>1</v></r>" * 503)
    assert codes(checked) == [("too_many", "/data/r")]
    assert checked.answers["thu"]["n"] == 500


def test_the_absolute_path_of_ones_own_repeat_is_ones_own_instance() -> None:
    form = model_form(
        repeat(
            "r",
            leaf("v", "integer"),
            leaf("own", calculate="/data/r/v"),
            leaf("all", calculate="sum(/data/r[true()]/v)"),
            leaf("many", calculate="count(/data/r)"),
        ),
        leaf("first", calculate="/data/r/v"),
    )
    checked = run(form, {"r": [{"v": "1"}, {"v": "2"}]})
    assert checked.answers["thu.r"] == [
        {"_index": 1, "v": 1, "own": 1, "all": 3, "many": 2},
        {"_index": 2, "v": 2, "own": 2, "all": 3, "many": 2},
    ]
    assert checked.answers["thu"] == {"first": 1}


def test_wildcards_and_unions() -> None:
    form = model_form(
        {"name": "g", "kind": "group", "children": [leaf("a"), leaf("b")]},
        leaf("c"),
        leaf("n", calculate="count(/data/g/*)"),
        leaf("sum", calculate="sum(/data/g/* | /data/c)"),
        leaf("any", calculate="/data/c | /data/g/a"),
        leaf("filled", calculate="count-non-empty(/data/g/*)"),
        leaf("over", calculate="count(/data/g/*[. > 1])"),
    )
    checked = run(form, {"g": {"a": "1", "b": "2"}, "c": "4"})
    assert checked.answers["thu"] | {} == {
        "a": "1", "b": "2", "c": "4", "n": 2, "sum": 7, "any": "4", "filled": 2, "over": 1,
    }  # fmt: skip
