"""What stays on the phone: marked in the sheet, never asked by Collect, removed by the server."""

from __future__ import annotations

import pytest
from formkit import ID, build, codes, problems, run
from lxml import etree

from forms.instance import parse_xml, render_xml
from forms.on_device import stripped

ROSTER = """
| survey |
| | type | name | label | calculation | required | constraint | on_device |
| | begin_repeat | member | Thành viên | | | | |
| | text | called | Tên gọi | | yes | string-length(.) < 9 | yes |
| | calculate | dash | | concat(' – ', ${called}) | | | yes |
| | begin_group | person | Người này${dash} | | | | |
| | integer | age | ${called} bao nhiêu tuổi? | | yes | . < 130 | |
| | end_group | | | | | | |
| | end_repeat | | | | | | |
"""
HIDDEN = frozenset({"/data/member/called", "/data/member/dash"})
SENT = {"member": [{"person": {"age": "30"}}, {"person": {"age": "4"}}]}


def test_the_model_says_what_stays() -> None:
    form = build(ROSTER)
    member = form.model["nodes"][0]["children"]
    assert [node["name"] for node in member if node.get("on_device")] == ["called", "dash"]
    assert form.on_device == HIDDEN
    assert member[0]["required"] is True  # the phone asks for it all the same


def test_collect_never_asks_it() -> None:
    binds = {b.get("nodeset"): b for b in etree.fromstring(build(ROSTER).xform).iter("{*}bind")}
    for path in HIDDEN:
        assert binds[path].get("relevant") == "false()"
        assert not {"required", "calculate", "constraint"} & set(binds[path].attrib)
    assert binds["/data/member/person/age"].get("relevant") is None


def test_the_server_misses_nothing_without_it() -> None:
    checked = run(build(ROSTER), SENT)
    assert codes(checked) == []
    assert checked.answers["thu.member"] == [{"_index": 1, "age": 30}, {"_index": 2, "age": 4}]


def test_it_is_no_column() -> None:
    columns = build(ROSTER).tables()["thu.member"]
    assert [column.name for column in columns] == ["age"]


def test_what_comes_all_the_same_is_taken_out() -> None:
    form = build(ROSTER)
    members = [{"called": "Lan", "dash": " – Lan", **SENT["member"][0]},
               {"called": "Bình", **SENT["member"][1]}]  # fmt: skip
    instance = parse_xml(render_xml(form, {"member": members}, ID))
    text = stripped(instance.root, form.on_device)
    assert text is not None
    assert "Lan" not in text.decode() and "Bình" not in text.decode()
    clean = parse_xml(render_xml(form, SENT, ID))
    assert instance.canonical() == clean.canonical() == parse_xml(text).canonical()


@pytest.mark.parametrize("members", [[{}], [{"called": ""}], [{"called": "  "}]])
def test_a_clean_submission_is_kept_byte_for_byte(members: list[dict[str, str]]) -> None:
    form = build(ROSTER)
    instance = parse_xml(render_xml(form, {"member": members}, ID))
    assert stripped(instance.root, form.on_device) is None


def test_text_that_stands_behind_it_stays() -> None:
    """It is a fault of its own, which must not go unseen."""
    form = build(ROSTER)
    xml = render_xml(form, {"member": [{"called": "Lan"}]}, ID).replace(
        b"</called>", b"</called>rest"
    )
    text = stripped(parse_xml(xml).root, form.on_device)
    assert text is not None and b"<member>rest</member>" in text


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("calculate | c | | | ${own}", "calculation"),
        ("text | c | C | ${own} != '' |", "relevant"),
        ("calculate | c | | | count-non-empty(../own)", "calculation"),
    ],
)
def test_what_is_sent_must_not_read_it(row: str, column: str) -> None:
    table = f"""
| survey |
| | type | name | label | relevant | calculation | on_device |
| | text | own | Riêng | | | yes |
| | {row} | |
"""
    assert [(p.row, p.column, p.code) for p in problems(table)] == [(3, column, "reads_on_device")]


def test_the_name_of_an_instance_must_not_read_it() -> None:
    settings = """
| settings |
| | form_title | form_id | version | instance_name |
| | Thử | thu | 1 | ${own} |
"""
    table = "\n| survey |\n| | type | name | label | on_device |\n| | text | own | O | yes |\n"
    found = problems(table, settings)
    assert [(p.sheet, p.code) for p in found] == [("settings", "reads_on_device")]


def test_a_log_of_times_is_part_of_meta() -> None:
    table = "\n| survey |\n| | type | name | label |\n| | text | a | A |\n| | audit | audit | |\n"
    form = build(table)
    meta = form.model["nodes"][-1]
    assert [node["name"] for node in meta["children"]] == ["audit", "instanceID"]
    xml = render_xml(form, {"a": "x"}, ID, audit="audit.csv")
    assert b"<meta><audit>audit.csv</audit><instanceID>" in xml
    assert codes(run(form, {"a": "x"})) == []
