"""Communes in time: codes that are used again, homonyms, what became of a unit that is no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.evaluate import load_plan
from analysis.places import BadPlaces, Extent, places, read
from analysis.places.attribution import attribute, older
from analysis.plans import available
from analysis.reports.place_text import history_note, note_of

NOW = date(2026, 11, 22)
BEFORE = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("11668", BEFORE, "Xã Mỹ Đức"),
        ("11668", NOW, "Xã An Khánh"),
        ("03390", BEFORE, "Thị trấn Tam Đường"),
        ("03390", date(2025, 7, 1), "Xã Bình Lư"),
        ("03412", BEFORE, "Xã Bình Lư"),
        ("23305", BEFORE, "Phường Nguyễn Trãi"),
        ("23302", NOW, "Phường Đăk Bla"),
    ],
)
def test_a_code_names_a_unit_for_a_time(code: str, day: date, name: str) -> None:
    found = places().on(code, day)
    assert found is not None
    assert (found.code, found.name) == (code, name)


@pytest.mark.parametrize(
    ("code", "day"), [("23305", NOW), ("03412", NOW), ("23302", BEFORE), ("3390", NOW)]
)
def test_no_unit_outside_its_time_and_no_code_without_its_zero(code: str, day: date) -> None:
    assert places().on(code, day) is None


def test_names_are_not_unique() -> None:
    assert {(one.code, one.valid_to) for one in places().named("bình lư")} == {
        ("03412", BEFORE),
        ("03390", None),
    }
    assert len(places().named("PHƯỜNG LƯU KIẾM")) == 2


def test_the_territory_of_a_unit_is_made_of_named_parts() -> None:
    table = places()
    now = table.on("11668", NOW)
    assert now is not None
    parts = {(one.before.code, one.extent) for one in table.predecessors(now)}
    assert parts == {
        ("11668", Extent.WHOLE),
        ("11665", Extent.WHOLE),
        ("11662", Extent.PART),
    }
    old = table.on("11668", BEFORE)
    assert old is not None
    assert [one.after for one in table.successors(old)] == [now]


def test_a_report_of_nguyen_trai_belongs_to_the_ward_then_and_to_its_successor_now() -> None:
    found = attribute("23305", 2025, NOW, "phường Nguyễn Trãi")
    assert found.then is not None
    assert found.then.code == "23305"
    assert [(one.code, one.name) for one in found.now] == [("23302", "Phường Đăk Bla")]
    for language, words in (("vi", "không cộng, không so"), ("en", "neither added to nor")):
        note = note_of(found, 2025, language)
        for text in ("23305", "Phường Nguyễn Trãi", "23302", "Phường Đăk Bla", words):
            assert text in note


def test_a_report_made_while_the_ward_stood_needs_no_note() -> None:
    found = attribute("23305", 2025, BEFORE)
    assert found.then is not None
    assert found.now == (found.then,)
    assert note_of(found, 2025) == ""


@pytest.mark.parametrize(
    ("code", "year", "name", "then", "noted"),
    [
        ("11668", 2026, "xã An Khánh", "Xã An Khánh", False),
        ("11668", 2025, "xã An Khánh", "Xã An Khánh", True),
        ("11668", 2025, "xã Mỹ Đức", "Xã Mỹ Đức", True),
        ("23317", 2025, "xã Ngọk Bay", "Xã Ngọk Bay", True),
        ("99999", 2026, "xã Lạ", None, False),
    ],
)
def test_the_unit_of_a_year(code: str, year: int, name: str, then: str | None, noted: bool) -> None:
    found = attribute(code, year, NOW, name)
    assert (found.then.name if found.then else None) == then
    assert bool(note_of(found, year)) is noted


def test_figures_from_before_the_boundary_changed_are_said_to_be_of_others() -> None:
    plan = replace(load_plan(next(iter(available()))), unit_code="03390", unit_name="Bình Lư")
    note = history_note(plan, 2024, NOW)
    for part in ("Thị trấn Tam Đường (mã 03390)", "Xã Bình Lư (mã 03412)", "Xã Sơn Bình"):
        assert part in note
    assert history_note(plan, 2026, NOW) == ""
    assert older("23302", 2024, NOW)[0].extent is Extent.UNKNOWN


def test_every_plan_names_a_unit_of_the_table() -> None:
    for name in available():
        plan = load_plan(name)
        unit = places().during(plan.unit_code, plan.first_year, plan.unit_name)
        assert unit is not None, name
        assert plan.unit_name in unit.name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[unit]]\ncode = 3390\nname = "A"', "năm chữ số"),
        ('[[unit]]\ncode = "00001"\nname = "A"\n[[unit]]\ncode = "00001"\nname = "B"', "A và B"),
        (
            '[[unit]]\ncode = "00001"\nname = "A"\nvalid_from = 2025-07-01\n'
            'from = [{ code = "00002" }]',
            "không có 00002",
        ),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadPlaces, match=says):
        read(text)
