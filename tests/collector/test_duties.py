"""Periods, due days and states: properties that hold in every year, and cases by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.duties import (
    Arrived,
    Every,
    Order,
    Standing,
    Worker,
    due_day,
    duties,
    every,
    named,
    opening_day,
    owed,
    owes,
    periods,
    span,
    standing,
    today,
)

DAY = timedelta(days=1)
YEARS = st.integers(min_value=1900, max_value=2200)
EVERIES = st.sampled_from(list(Every))
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
APPROVED = ("accepted",)


def came(state: str = "stored", *, nil: bool = False, at: datetime | None = None) -> Arrived:
    return Arrived(1, state, nil, at or datetime(2026, 2, 3, 4, tzinfo=UTC))


@given(YEARS, EVERIES)
def test_the_periods_of_a_year_fill_it_without_gap_or_overlap(year: int, how: Every) -> None:
    spans = [span(period) for period in periods(how, year)]
    assert spans[0][0] == date(year, 1, 1) and spans[-1][1] == date(year, 12, 31)
    for (_, end), (start, _) in pairwise(spans):
        assert start == end + DAY
    assert len(spans) == {"month": 12, "quarter": 4, "year": 1}[how]


@given(YEARS, EVERIES)
def test_a_period_knows_how_long_it_is(year: int, how: Every) -> None:
    assert {every(period) for period in periods(how, year)} == {how}


@given(YEARS)
def test_a_quarter_is_its_three_months(year: int) -> None:
    months = [span(period) for period in periods("month", year)]
    for n, period in enumerate(periods("quarter", year)):
        assert span(period) == (months[3 * n][0], months[3 * n + 2][1])


@pytest.mark.parametrize(
    ("year", "last"), [(2024, 29), (2026, 28), (2000, 29), (1900, 28), (2100, 28)]
)
def test_february_ends_with_its_leap_year(year: int, last: int) -> None:
    assert span(f"{year}-02")[1] == date(year, 2, last)


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-5"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2026-Q2"):
        span(text)


@given(YEARS, EVERIES, st.integers(min_value=0, max_value=366))
def test_the_due_day_counts_from_the_period_s_last_day(year: int, how: Every, days: int) -> None:
    for period in periods(how, year):
        assert due_day(period, days) - span(period)[1] == days * DAY


@given(YEARS, EVERIES, st.integers(min_value=-200, max_value=366))
def test_it_can_be_done_before_it_is_due(year: int, how: Every, days: int) -> None:
    for period in periods(how, year):
        opens = opening_day(period, days)
        assert opens <= due_day(period, days)
        assert (opens == span(period)[1] + DAY) == (days > 0), "the figures are complete"


def test_due_days_by_hand() -> None:
    assert due_day("2026", -32) == date(2026, 11, 29), "before 30 November"
    assert opening_day("2026", -32) == date(2026, 10, 30)
    assert due_day("2026-05", 5) == date(2026, 6, 5)
    assert due_day("2026-12", 10) == date(2027, 1, 10)
    assert due_day("2024-02", 1) == date(2024, 3, 1)
    assert due_day("2026-Q3", 15) == date(2026, 10, 15)
    assert due_day("2026", 0) == date(2026, 12, 31)


@given(YEARS, EVERIES, DAYS)
def test_a_unit_owes_from_when_it_began(year: int, how: Every, begins: date) -> None:
    for period in periods(how, year):
        assert owes(period, begins, None) == (begins <= span(period)[1])


@given(YEARS, EVERIES, DAYS)
def test_a_unit_owes_until_it_ended(year: int, how: Every, ended: date) -> None:
    for period in periods(how, year):
        assert owes(period, None, ended) == (span(period)[1] <= ended)


@given(YEARS, EVERIES, DAYS, st.integers(min_value=-60, max_value=60))
def test_of_a_unit_and_its_successor_exactly_one_owes_a_period(
    year: int, how: Every, changed: date, days: int
) -> None:
    for period in periods(how, year):
        assert owes(period, None, changed, days) != owes(period, changed + DAY, None, days)


def test_a_year_s_report_due_in_november_is_owed_by_who_is_there_then() -> None:
    assert owes("2026", None, date(2026, 12, 15), -32)
    assert not owes("2026", date(2026, 12, 1), None, -32)


@given(YEARS, EVERIES)
def test_a_period_is_named_by_itself_alone(year: int, how: Every) -> None:
    for period in periods(how, year):
        assert named(period, how) == period
    assert named(None, how) is None and named("", how) is None


def test_a_day_names_its_month_and_its_year() -> None:
    assert named("2026-05-01", "month") == "2026-05" and named("2026-05-01", "year") == "2026"
    assert named("2026", "month") is None and named("2026-05", "quarter") is None


def test_a_unit_of_half_a_year() -> None:
    order = Order("f", frozenset({"school"}), "month", 5, 2026)
    worker = Worker("thcs", "school", date(2026, 3, 20), date(2026, 6, 29))
    found = [period for _, period in owed(order, [worker], 2026)]
    assert found == ["2026-03", "2026-04", "2026-05"]
    assert owed(order, [worker], 2025) == [], "the form did not exist"
    assert owed(order, [Worker("ca", "police", None, None)], 2026) == [], "another kind"


@given(DAYS, st.integers(min_value=1, max_value=400), st.integers(min_value=0, max_value=100))
def test_without_a_submission_the_day_alone_decides(opens: date, late: int, in_time: int) -> None:
    due = opens + in_time * DAY

    def on(day: date) -> Standing:
        return standing(opens=opens, due=due, today=day, arrived=None, approved=APPROVED)

    assert on(opens - DAY) is Standing.NOT_DUE
    assert on(opens) is Standing.DUE and on(due) is Standing.DUE, "the due day is still in time"
    assert on(due + late * DAY) is Standing.LATE


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        (came(), Standing.RECEIVED),
        (came("flagged"), Standing.RECEIVED),
        (came("accepted"), Standing.APPROVED),
        (came("returned"), Standing.RETURNED),
        (came(nil=True), Standing.NIL),
        (came("accepted", nil=True), Standing.NIL),
        (came("returned", nil=True), Standing.RETURNED),
    ],
)
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2030, 1, 1)])
def test_what_came_decides_before_the_day(arrived: Arrived, expected: Standing, day: date) -> None:
    opens, due = date(2026, 2, 1), date(2026, 2, 5)
    assert standing(opens=opens, due=due, today=day, arrived=arrived, approved=APPROVED) is expected


def january(arrived: Arrived | None, day: date):
    order = Order("f", frozenset({"station"}), "month", 5, 2026)
    arrivals = {} if arrived is None else {("f", "tram", "2026-01"): arrived}
    workers = [Worker("tram", "station", None, None)]
    return duties([order], workers, 2026, day, arrivals, APPROVED)[0]


def test_how_late_something_is() -> None:
    march = date(2026, 3, 1)
    assert january(None, march).days_late(march) == 24
    assert january(None, march).is_overdue(march)
    in_time = january(came(at=datetime(2026, 2, 5, 16, 59, tzinfo=UTC)), march)
    assert in_time.days_late(march) == 0, "16:59 UTC is still 5 February in Việt Nam"
    late = january(came(at=datetime(2026, 2, 5, 17, 0, tzinfo=UTC)), march)
    assert late.days_late(march) == 1 and not late.is_overdue(march), "late, but it came"
    returned = january(came("returned"), march)
    assert returned.days_late(march) == 24 and returned.is_overdue(march), "it is theirs again"
    assert not january(None, date(2026, 2, 5)).is_overdue(date(2026, 2, 5))


def test_duties_come_in_the_order_of_their_days() -> None:
    orders = [
        Order("yearly", frozenset({"station"}), "year", 10, 2026),
        Order("monthly", frozenset({"station"}), "month", 5, 2026),
    ]
    found = duties(orders, [Worker("tram", "station", None, None)], 2026, date(2026, 4, 2), {}, ())
    assert [one.due for one in found] == sorted(one.due for one in found) and len(found) == 13
    assert [one.standing.value for one in found[:4]] == ["late", "late", "due", "not_due"]
    assert found[0].key == "monthly/tram/2026-01"


def test_the_day_is_the_one_in_viet_nam() -> None:
    assert today(datetime(2026, 11, 29, 16, 59, tzinfo=UTC)) == date(2026, 11, 29)
    assert today(datetime(2026, 11, 29, 17, 0, tzinfo=UTC)) == date(2026, 11, 30)
    assert today(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == date(2027, 1, 1)
