"""The days of the five plans: reports, activities, who owes them, when they are late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.plans import FOLDER, load
from collector.duties import Standing, Worker
from collector.occasions import OFFICE, Mark, Occasion, occasions

PLANS = {path.stem: load(path) for path in sorted(FOLDER.glob("*.toml"))}
UNITS = [
    Worker("tram-y-te", "station", None, None),
    Worker("tieu-hoc", "school", None, None),
    Worker("thcs", "school", date(2028, 9, 1), None),
]


def of(plan: str, year: int, day: date, marks=None) -> list[Occasion]:
    return occasions(PLANS[plan], UNITS, year, day, marks or {})


def test_binh_lu_s_report_is_due_before_30_november_of_each_year() -> None:
    for year in range(2026, 2031):
        found = [one for one in of("binh-lu-2026-2030", year, date(year, 6, 1)) if one.report]
        assert found and {one.due for one in found} == {date(year, 11, 29)}
        assert {one.unit for one in found} >= {OFFICE, "tram-y-te", "tieu-hoc"}
        assert any(one.unit == "thcs" for one in found) == (year >= 2028), "the school began then"


def test_nguyen_trai_s_report_is_due_before_3_december_2025() -> None:
    found = [one for one in of("nguyen-trai-2025", 2025, date(2025, 12, 2)) if one.report]
    assert {one.due for one in found} == {date(2025, 12, 2)}
    assert all(one.standing is Standing.DUE for one in found), "the last day is in time"
    late = [one for one in of("nguyen-trai-2025", 2025, date(2025, 12, 3)) if one.report]
    assert all(one.is_overdue(date(2025, 12, 3)) for one in late)


@pytest.mark.parametrize("plan", PLANS)
def test_each_plan_has_its_action_month(plan: str) -> None:
    year = PLANS[plan].first_year
    spans = {(one.opens, one.due) for one in of(plan, year, date(year, 1, 1)) if not one.report}
    assert (date(year, 11, 15), date(year, 12, 15)) in spans


@pytest.mark.parametrize(
    ("plan", "days"),
    [
        ("an-khanh-2026-2030", {(20, 3), (28, 6), (25, 11)}),
        ("binh-lu-2026-2030", {(8, 3), (28, 6), (20, 10)}),
        ("luu-kiem-2026", {(28, 6), (20, 10)}),
        ("nguyen-trai-2025", {(20, 10)}),
        ("ngok-bay-2025", set()),
    ],
)
def test_the_days_that_a_plan_names(plan: str, days: set[tuple[int, int]]) -> None:
    year = PLANS[plan].first_year
    single = [one for one in of(plan, year, date(year, 1, 1)) if one.opens == one.due]
    assert {(one.due.day, one.due.month) for one in single} == days


def test_news_of_every_quarter_and_a_column_of_every_month() -> None:
    found = of("binh-lu-2026-2030", 2027, date(2027, 1, 1))
    assert [one.period for one in found if one.at_least == 4] == [
        *("2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4")
    ]
    assert len([one for one in found if one.period.count("-") and "Q" not in one.period]) == 12
    quarters = [one for one in of("nguyen-trai-2025", 2025, date(2025, 1, 1)) if one.at_least == 3]
    assert quarters[0].due == date(2025, 3, 31) and len(quarters) == 4


@given(st.sampled_from(sorted(PLANS)), st.integers(min_value=2020, max_value=2035))
def test_a_plan_asks_for_nothing_outside_its_years(plan: str, year: int) -> None:
    held = PLANS[plan]
    found = of(plan, year, date(year, 7, 1))
    assert bool(found) == (held.first_year <= year <= held.last_year)
    assert len({one.key for one in found}) == len(found), "each has a name of its own"
    for one in found:
        assert one.opens <= one.due and one.opens.year == year
        assert one.is_overdue(one.due + timedelta(days=1)) and not one.is_overdue(one.due)


def test_what_was_noted_is_done() -> None:
    day = date(2026, 12, 20)
    month = next(one for one in of("luu-kiem-2026", 2026, day) if one.opens != one.due)
    assert month.is_overdue(day) and month.open_on(day)
    mark = Mark(date(2026, 12, 16), "9/BC-UBND")
    marks = {(month.plan, month.item, month.unit, month.period): mark}
    again = next(one for one in of("luu-kiem-2026", 2026, day, marks) if one.key == month.key)
    assert again.mark == mark and not again.is_overdue(day) and not again.open_on(day)
    assert again.days_late(day) == 1
