"""The check, one tiny form a feature: types, required, relevance, constraints, calculations."""

from __future__ import annotations

import pytest
from formkit import NOW, build, codes, leaf, model_form, run, run_xml

from forms.answers import check
from forms.instance import parse_xml

# -- types ----------------------------------------------------------------------------------------

TYPES = [
    ("integer", "12", 12),
    ("integer", "-0", 0),
    ("integer", "1.0", None),
    ("integer", "1,0", None),
    ("integer", "x", None),
    ("integer", "١٢", None),
    ("integer", "9" * 16, None),
    ("decimal", "1.5", 1.5),
    ("decimal", "1,5", 1.5),
    ("decimal", "1.5E-3", 0.0015),
    ("decimal", "1.500,5", None),
    ("decimal", "NaN", None),
    ("decimal", "inf", None),
    ("date", "2026-02-28", "2026-02-28"),
    ("date", "2026-02-29", None),
    ("date", "28/02/2026", None),
    ("date", "not-a-date", None),
    ("date", "2026-02-28T00:00:00.000+07:00", "2026-02-28"),
    ("time", "08:30", "08:30"),
    ("time", "08:30:00.000+07:00", "08:30:00.000+07:00"),
    ("time", "24:00", None),
    ("dateTime", "2026-02-28T08:30:00.000+07:00", "2026-02-28T08:30:00.000+07:00"),
    ("dateTime", "2026-02-30T08:30:00", None),
    ("dateTime", "2026-02-28 08:30", None),
    ("text", "Nguyễn <b>&", "Nguyễn <b>&"),
    ("text", "x" * 50_001, None),
    ("acknowledge", "OK", "OK"),
    ("acknowledge", "yes", None),
    ("image", "1.jpg", "1.jpg"),
    ("image", "../../etc/passwd", None),
    ("audio", ".", None),
]


@pytest.mark.parametrize(("type_", "text", "value"), TYPES)
def test_type(type_: str, text: str, value: object) -> None:
    checked = run(model_form(leaf("q", type_)), {"q": text})
    if value is None:
        assert codes(checked) == [("type", "/data/q")]
        assert checked.answers == {"thu": {}}
    else:
        assert codes(checked) == []
        assert checked.answers == {"thu": {"q": value}}


def test_blank_is_no_answer() -> None:
    form = model_form(leaf("a", "integer"), leaf("b"), leaf("c", required="true()"))
    checked = run_xml(form, "<a/><b>  \n </b><c> </c>")
    assert codes(checked) == [("required", "/data/c")]
    assert checked.answers == {"thu": {}}


def test_a_type_fault_says_what_is_expected_in_both_languages() -> None:
    fault = run(model_form(leaf("q", "integer")), {"q": "ba"}).faults[0]
    assert fault.message == {
        "vi": "Cần số nguyên, ví dụ 12, nhưng nhận được “ba”.",
        "en": "Expected a whole number such as 12, but got “ba”.",
    }
    assert fault.to_json()["label"] == {"vi": "q", "en": "q"}


# -- required, constraint, relevance --------------------------------------------------------------

RULES = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | required | required_message::Tiếng Việt (vi) | required_message::English (en) | relevant | constraint | constraint_message::Tiếng Việt (vi) | constraint_message::English (en) |
| | integer | age | Tuổi của ${who} | Age of ${who} | yes | Phải có tuổi. | Age is needed. | | . >= 0 and . <= 110 | ${who} không thể ${age} tuổi. | ${who} cannot be ${age}. |
| | text | who | Ai | Who | | | | | | | |
| | text | job | Nghề | Job | ${age} >= 15 | | | ${age} >= 5 | string-length(.) > 1 | | |
"""  # noqa: E501  a table


def test_required_with_the_sheets_message() -> None:
    checked = run(build(RULES), {"who": "An"})
    assert codes(checked) == [("required", "/data/age")]
    fault = checked.faults[0]
    assert fault.message == {"vi": "Phải có tuổi.", "en": "Age is needed."}
    assert fault.label == {"vi": "Tuổi của An", "en": "Age of An"}
    assert fault.name == "age"


def test_constraint_message_with_outputs() -> None:
    checked = run(build(RULES), {"who": "An", "age": "200", "job": "x1"})
    assert codes(checked) == [("constraint", "/data/age")]
    assert checked.faults[0].message["vi"] == "An không thể 200 tuổi."
    assert checked.faults[0].message["en"] == "An cannot be 200."
    assert checked.faults[0].value == "200"
    assert checked.answers["thu"]["age"] == 200


def test_every_fault_at_once_in_document_order() -> None:
    checked = run(build(RULES), {"age": "-1", "job": "thợ", "zzz": "1"})
    assert codes(checked) == [
        ("unknown_element", "/data/zzz"),
        ("constraint", "/data/age"),
        ("irrelevant", "/data/job"),
    ]


def test_required_may_be_an_expression() -> None:
    form = build(RULES)
    assert codes(run(form, {"age": "15"})) == [("required", "/data/job")]
    assert codes(run(form, {"age": "14"})) == []


def test_a_constraint_is_not_judged_without_answer() -> None:
    assert codes(run(build(RULES), {"age": "10"})) == []


def test_an_irrelevant_answer_is_a_fault_and_reads_as_blank() -> None:
    form = model_form(
        leaf("a"),
        leaf("b", relevant="/data/a = 'x'"),
        leaf("c", calculate="concat('[', /data/b, ']')"),
    )
    checked = run(form, {"a": "y", "b": "left over"})
    assert codes(checked) == [("irrelevant", "/data/b")]
    assert checked.answers == {"thu": {"a": "y", "c": "[]"}}


def test_relevance_of_a_group_hides_all_inside() -> None:
    form = build("""
| survey |
| | type | name | label | relevant | required | calculation |
| | text | a | A | | | |
| | begin_group | g | G | ${a} = 'x' | | |
| | begin_group | h | H | | | |
| | text | b | B | | yes | |
| | calculate | c | | | | 'k' |
| | end_group | | | | | |
| | end_group | | | | | |
""")
    assert codes(run(form, {"a": "x"})) == [("required", "/data/g/h/b")]
    hidden = run(form, {"a": "y", "g": {"h": {"b": "1", "c": "k"}}})
    assert codes(hidden) == [("irrelevant", "/data/g/h/b"), ("irrelevant", "/data/g/h/c")]
    assert hidden.answers == {"thu": {"a": "y"}}


def test_relevance_follows_what_it_depends_on_whatever_the_order() -> None:
    form = model_form(
        leaf("first", relevant="/data/second != ''"),
        leaf("second", relevant="/data/third = '1'"),
        leaf("third"),
    )
    assert codes(run(form, {"first": "a", "second": "b", "third": "1"})) == []
    assert codes(run(form, {"first": "a", "second": "b", "third": "2"})) == [
        ("irrelevant", "/data/first"),
        ("irrelevant", "/data/second"),
    ]


def test_readonly_questions_are_not_judged() -> None:
    form = model_form(
        leaf("a", "integer", readonly=True, required=True, constraint=". > 5"),
    )
    assert codes(run(form, {})) == []
    assert codes(run(form, {"a": "1"})) == []


def test_a_constraint_on_the_clock_is_judged_on_each_day_of_the_interview() -> None:
    form = model_form(
        leaf("today", "date", preload="today", kind="calculate"),
        leaf("end", "dateTime", preload="end", kind="calculate"),
        leaf("born", "date", constraint=". <= today()"),
    )
    over_night = {"today": "2026-01-10", "end": "2026-01-11T09:00:00.000+07:00"}
    assert codes(run(form, {**over_night, "born": "2026-01-11"})) == []
    assert codes(run(form, {**over_night, "born": "2026-01-12"})) == [("constraint", "/data/born")]


def test_today_is_the_interviews_own() -> None:
    form = model_form(
        leaf("today", "date", preload="today", kind="calculate"),
        leaf("d", calculate="today()"),
    )
    assert run(form, {"today": "2026-01-10"}).answers["thu"]["d"] == "2026-01-10"
    assert run(form, {}).answers["thu"]["d"] == "2026-11-22"
    assert run(form, {"today": "junk"}).answers["thu"]["d"] == "2026-11-22"


# -- calculations ---------------------------------------------------------------------------------


def test_a_differing_calculation_is_a_fault_and_ours_is_kept() -> None:
    form = model_form(leaf("a", "integer"), leaf("double", calculate="/data/a * 2"))
    checked = run(form, {"a": "4", "double": "9"})
    assert codes(checked) == [("calculation", "/data/double")]
    assert checked.faults[0].message["en"] == "The calculated value is “8”, but the form says “9”."
    assert checked.answers == {"thu": {"a": 4, "double": 8}}


def test_a_missing_calculation_is_filled_in() -> None:
    form = model_form(leaf("a", "integer"), leaf("double", calculate="/data/a * 2"))
    checked = run(form, {"a": "4"})
    assert codes(checked) == []
    assert checked.answers["thu"]["double"] == 8


SAME = [
    ("1 div 2", "0.50"),
    ("10 div 2", "5.0"),
    ("1 div 3", "0.3333333333"),
    ("1 div 100000", "1.0E-5"),
    ("1 = 1", "1"),
    ("1 = 2", "0"),
    ("1 = 1", "true"),
    ("today()", "2026-11-22T00:00:00.000+07:00"),
    ("concat('a', ' ')", "a"),
    ("number('')", ""),
]


@pytest.mark.parametrize(("expression", "given"), SAME)
def test_formatting_is_no_difference(expression: str, given: str) -> None:
    assert codes(run(model_form(leaf("c", calculate=expression)), {"c": given})) == []


DIFFERENT = [("1 div 2", "0.51"), ("1 = 1", "0"), ("'a'", "b"), ("1", ""), ("''", "1")]


@pytest.mark.parametrize(("expression", "given"), DIFFERENT)
def test_other_values_are_a_difference(expression: str, given: str) -> None:
    checked = run_xml(model_form(leaf("c", calculate=expression)), f"<c>{given}</c>")
    assert codes(checked) == [("calculation", "/data/c")]


@pytest.mark.parametrize("expression", ["random()", "uuid()", "once(1 + 1)", "now()"])
def test_what_cannot_be_done_again_is_the_clients(expression: str) -> None:
    form = model_form(
        leaf("kept", calculate=expression), leaf("next", calculate="concat(/data/kept, '!')")
    )
    checked = run(form, {"kept": "7", "next": "7!"})
    assert codes(checked) == []
    assert checked.answers["thu"]["next"] == "7!"
    assert codes(run(form, {"kept": "7", "next": "8!"})) == [("calculation", "/data/next")]


def test_a_calculation_made_before_midnight_stands() -> None:
    form = model_form(
        leaf("today", "date", preload="today", kind="calculate"),
        leaf("end", "dateTime", preload="end", kind="calculate"),
        leaf("made", calculate="today()"),
    )
    night = {"today": "2026-01-10", "end": "2026-01-11T00:05:00.000+07:00"}
    assert codes(run(form, {**night, "made": "2026-01-11"})) == []
    assert codes(run(form, {**night, "made": "2026-01-12"})) == [("calculation", "/data/made")]


def test_an_editable_calculated_question_keeps_the_answer() -> None:
    form = model_form(
        {**leaf("a", "integer", calculate="2"), "kind": "question"},
        {**leaf("b", "integer", calculate="2"), "kind": "question", "readonly": True},
    )
    assert codes(run(form, {"a": "3", "b": "2"})) == []
    assert codes(run(form, {"a": "3", "b": "3"})) == [("calculation", "/data/b")]


def test_calculations_store_by_the_type_of_the_node() -> None:
    form = model_form(
        leaf("whole", "integer", calculate="7 div 2"),
        leaf("part", "decimal", calculate="7 div 2"),
        leaf("day", "date", calculate="now()"),
        leaf("text", calculate="7 div 2"),
        leaf("flag", calculate="2 > 1"),
        leaf("nothing", "integer", calculate="number('')"),
        leaf("endless", calculate="1 div 0"),
    )
    assert run(form, {"day": "2026-11-21"}).answers == {
        "thu": {"whole": 3, "part": 3.5, "day": "2026-11-21", "text": 3.5, "flag": "true"}
    }


def test_a_chain_of_a_thousand_calculations() -> None:
    nodes = [leaf("c0", "integer")]
    nodes += [leaf(f"c{n}", calculate=f"/data/c{n - 1} + 1") for n in range(1, 1001)]
    form = model_form(*reversed(nodes))
    assert run(form, {"c0": "1"}).answers["thu"]["c1000"] == 1001


# -- the shape of the instance --------------------------------------------------------------------


def test_strays_are_reported_where_they_stand() -> None:
    form = model_form(leaf("a"), {"name": "g", "kind": "group", "children": [leaf("b")]})
    checked = run_xml(
        form, "junk<a>1<x>2</x></a><a>3</a><g>more<b>1</b>tail</g><g/><z><a>9</a></z>"
    )
    assert codes(checked) == [
        ("unknown_text", "/data"),
        ("unknown_element", "/data/a/x"),
        ("duplicate_element", "/data/a"),
        ("unknown_text", "/data/g"),
        ("unknown_text", "/data/g"),
        ("duplicate_element", "/data/g"),
        ("unknown_element", "/data/z"),
    ]
    assert checked.answers == {"thu": {"a": "1", "b": "1"}}


def test_another_version_or_form_is_a_fault() -> None:
    form = model_form(leaf("a"))
    body = "<a>1</a><meta><instanceID>uuid:1</instanceID></meta>"
    for id_, version, faults in [
        ("thu", "1", 0),
        ("thu", "2", 1),
        ("khac", "1", 1),
        ("thu", "", 1),
    ]:
        xml = f'<data id="{id_}" version="{version}">{body}</data>'.encode()
        checked = check(form, parse_xml(xml), now=NOW, media={})
        assert [f.code for f in checked.faults] == ["version"] * faults


def test_namespaces_of_collect_are_read() -> None:
    form = model_form(leaf("a"), {"name": "meta", "kind": "group",
                                  "children": [leaf("instanceID", preload="uid")]})  # fmt: skip
    xml = (
        b'<?xml version="1.0"?><data xmlns:jr="http://openrosa.org/javarosa" '
        b'xmlns:orx="http://openrosa.org/xforms" id="thu" version="1"><a>1</a>'
        b"<orx:meta><orx:instanceID>uuid:1</orx:instanceID>"
        b"<orx:deprecatedID>uuid:0</orx:deprecatedID></orx:meta></data>"
    )
    instance = parse_xml(xml)
    assert (instance.instance_id, instance.deprecated_id) == ("uuid:1", "uuid:0")
    checked = check(form, instance, now=NOW, media={})
    assert codes(checked) == []
    assert checked.answers == {"thu": {"a": "1"}}


def test_metadata_of_clients_is_no_stray_but_meta_elsewhere_is() -> None:
    form = model_form(
        leaf("a"),
        {"name": "meta", "kind": "group", "children": [leaf("instanceID", preload="uid")]},
        {"name": "g", "kind": "group", "children": [leaf("b")]},
    )
    checked = run_xml(form, "<g><meta>x</meta></g>")
    assert codes(checked) == [("unknown_element", "/data/g/meta")]
    xml = (
        b'<data id="thu" version="1"><meta><instanceID>u</instanceID><audit>a.csv</audit>'
        b"<deprecatedID>v</deprecatedID></meta></data>"
    )
    assert codes(check(form, parse_xml(xml), now=NOW, media={})) == []
