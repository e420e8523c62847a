"""Choices: lists, filters, files, labels in expressions."""

from __future__ import annotations

import pytest
from formkit import build, codes, run

TABLES = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | choice_filter | calculation |
| | select_one region | region | Miền | Region | | |
| | select_one town | town | Xã | Town | region = ${region} | |
| | select_multiple town | towns | Các xã | Towns | region = ${region} or name = 'x' | |
| | select_one_from_file homes.csv | home | Hộ | Home | village = ${village} and size > 1 | |
| | select_multiple_from_file homes.csv | homes | Các hộ | Homes | | |
| | text | village | Thôn | Village | | |
| | calculate | named | | | | jr:choice-name(${town}, '${town}') |
| | calculate | namedall | | | | jr:choice-name(${towns}, '${towns}') |
| | calculate | homename | | | | jr:choice-name(${home}, '${home}') |
| | calculate | looked | | | | instance('town')/root/item[name = ${town}]/region |
| | calculate | labelled | | | | jr:itext(instance('town')/root/item[name = ${town}]/itextId) |
| | calculate | sized | | | | pulldata('homes', 'size', 'name', ${home}) |
| | calculate | biggest | | | | max(instance('homes')/root/item[village = ${village}]/size) |
| | calculate | howmany | | | | count(instance('homes')/root/item) |
| | calculate | big | | | | join(' ', instance('homes')/root/item[size > 2][village = 'a']/name) |
| | calculate | second | | | | instance('homes')/root/item[2]/name |
| | calculate | none | | | | instance('homes')/root/item[name = 'zz']/size |
| choices |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) | region |
| | region | n | Bắc | North | |
| | region | s | Nam | South | |
| | town | a | An Khánh | An Khanh | n |
| | town | b | Bình Lư | Binh Lu | n |
| | town | k | Kon Tum | Kon Tum | s |
| | town | x | Khác | Other | |
"""
HOMES = [
    {"name": "h1", "label": "Hộ 1", "village": "a", "size": "5"},
    {"name": "h2", "label": "Hộ 2", "village": "a", "size": "1"},
    {"name": "h3", "label": "Hộ 3", "village": "b", "size": "3"},
    {"name": "h1", "label": "Hộ 1b", "village": "b", "size": "4"},
]
MEDIA = {"homes.csv": HOMES}


@pytest.fixture(scope="module")
def form():
    return build(TABLES)


GOOD = [
    {"region": "n", "town": "a", "towns": "a b x"},
    {"region": "s", "town": "k", "towns": "k"},
    {"village": "a", "home": "h1", "homes": "h1 h2 h3"},
    {"village": "b", "home": "h1"},
    {"region": "s", "towns": "x"},
]
BAD = [
    ({"region": "w"}, "/data/region", "w"),
    ({"region": "n", "town": "k"}, "/data/town", "k"),
    ({"town": "a"}, "/data/town", "a"),
    ({"region": "s", "towns": "k a"}, "/data/towns", "a"),
    ({"region": "s", "towns": "k k"}, "/data/towns", "k"),
    ({"village": "a", "home": "h2"}, "/data/home", "h2"),
    ({"village": "b", "home": "zz"}, "/data/home", "zz"),
    ({"homes": "h1 zz"}, "/data/homes", "zz"),
]


@pytest.mark.parametrize("answers", GOOD)
def test_allowed(form, answers) -> None:
    assert codes(run(form, answers, MEDIA)) == []


@pytest.mark.parametrize(("answers", "path", "value"), BAD)
def test_not_allowed(form, answers, path, value) -> None:
    checked = run(form, answers, MEDIA)
    assert codes(checked) == [("choice", path)]
    assert checked.faults[0].value == value


def test_two_choices_in_a_select_one_are_a_type_fault(form) -> None:
    assert codes(run(form, {"region": "n s"}, MEDIA)) == [("type", "/data/region")]


def test_lookups(form) -> None:
    answers = {"region": "n", "town": "b", "towns": "a x", "village": "b", "home": "h3"}
    found = run(form, answers, MEDIA).answers["thu"]
    assert {k: v for k, v in found.items() if k not in answers} == {
        "named": "Bình Lư", "namedall": "An Khánh, Khác", "homename": "Hộ 3", "looked": "n",
        "labelled": "Bình Lư", "sized": "3", "biggest": 4, "howmany": 4, "big": "h1",
        "second": "h2",
    }  # fmt: skip


def test_a_label_in_a_calculation_may_be_in_the_phones_language(form) -> None:
    answers = {"region": "n", "town": "b"}
    assert codes(run(form, {**answers, "named": "Binh Lu"}, MEDIA)) == []
    assert codes(run(form, {**answers, "named": "Bình Lư"}, MEDIA)) == []
    assert codes(run(form, {**answers, "named": "An Khánh"}, MEDIA)) == [
        ("calculation", "/data/named")
    ]


def test_a_missing_file_is_said_once(form) -> None:
    checked = run(form, {"village": "a", "home": "h1", "homes": "h1"}, {})
    assert codes(checked) == [
        ("choice", "/data/home"), ("choice", "/data/homes"), ("media", "/data"),
    ]  # fmt: skip


def test_the_index_of_a_file_follows_a_new_list(form) -> None:
    answers = {"village": "a", "home": "h9"}
    assert codes(run(form, answers, MEDIA)) == [("choice", "/data/home")]
    more = [*HOMES, {"name": "h9", "label": "Hộ 9", "village": "a", "size": "2"}]
    assert codes(run(form, answers, {"homes.csv": more})) == []
    assert codes(run(form, answers, MEDIA)) == [("choice", "/data/home")]


def test_choices_in_a_repeat_ask_their_own_instance() -> None:
    form = build("""
| survey |
| | type | name | label | choice_filter |
| | begin_repeat | r | R | |
| | select_one region | region | Miền | |
| | begin_group | g | G | |
| | select_one town | town | Xã | region = current()/../../region |
| | select_one town | twin | Xã | region = ${region} and name != ${town} |
| | end_group | | | |
| | end_repeat | | | |
| choices |
| | list_name | name | label | region |
| | region | n | Bắc | |
| | region | s | Nam | |
| | town | a | An Khánh | n |
| | town | b | Bình Lư | n |
| | town | k | Kon Tum | s |
""")
    rows = [
        {"region": "n", "g": {"town": "a", "twin": "b"}},
        {"region": "s", "g": {"town": "k", "twin": "k"}},
        {"region": "s", "g": {"town": "a"}},
    ]
    assert codes(run(form, {"r": rows})) == [
        ("choice", "/data/r[2]/g/twin"),
        ("choice", "/data/r[3]/g/town"),
    ]
