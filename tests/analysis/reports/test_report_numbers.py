"""Formatting of numbers, intervals, dates and verdicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
import sample_parts
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports import dates, numbers, words
from analysis.types import (
    Arithmetic,
    Direction,
    Estimate,
    Indicator,
    Missing,
    Statistical,
    Target,
    Text,
    Trajectory,
    Verdict,
)

SHARE = Indicator(
    code="AWARE",
    name=Text("Tiếp cận", "Reached"),
    numerator=Text("n", "n"),
    denominator=Text("d", "d"),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table="household",
)


def target(comparator: str, value: Fraction | None, unit: str = "%") -> Target:
    return sample_parts.target(
        "AK-6.1", "1", "Phần đầu đạt từ 85%", "AWARE",
        comparator=comparator, value=value, value_text="85%", unit=unit,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (Fraction(1, 3), 1, "0,3", "0.3"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (Fraction(5, 100), 1, "0,1", "0.1"),  # half up, not to even
        (Fraction(25, 10), 0, "3", "3"),
        (-0.01, 1, "0,0", "0.0"),  # never "-0,0"
        (-2.5, 0, "-3", "-3"),
        (4611.09931764242, 1, "4.611,1", "4,611.1"),
        (1000000, 0, "1.000.000", "1,000,000"),
    ],
)
def test_decimal(value: float, decimals: int, vi: str, en: str) -> None:
    assert numbers.decimal(value, decimals) == vi
    assert numbers.decimal(value, decimals, "en") == en


@given(st.fractions(min_value=-(10**7), max_value=10**7), st.integers(0, 4))
def test_decimal_is_within_half_a_unit_of_the_last_place(value: Fraction, decimals: int) -> None:
    shown = numbers.decimal(value, decimals)
    read = Fraction(shown.replace(".", "").replace(",", "."))
    assert abs(read - value) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("value", "text"),
    [(60, "60"), (1.4, "1,4"), (Fraction(10500, 101), "103,96"), (50.15, "50,15"), (0, "0")],
)
def test_trimmed_keeps_the_decimals_of_the_plan(value: float, text: str) -> None:
    assert numbers.trimmed(value, 2) == text


def test_value_and_interval_with_unit() -> None:
    estimate = Estimate("AWARE", (2026,), value=52.328, interval=(46.352, 58.238))
    assert numbers.format_value(estimate, SHARE) == "52,3%"
    assert numbers.format_value(estimate, SHARE, "en") == "52.3%"
    assert numbers.format_interval(estimate, SHARE) == "46,4 - 58,2"
    assert numbers.format_interval(estimate, SHARE, "en") == "46.4–58.2"


def test_a_value_just_below_its_target_does_not_read_as_the_target() -> None:
    estimate = Estimate("AWARE", (2026,), value=59.96)
    assert numbers.format_value(estimate, SHARE) == "60,0%"
    assert numbers.format_value(estimate, SHARE, target=Fraction(60)) == "59,96%"
    exact = Estimate("AWARE", (2026,), value=60.0, exact=Fraction(60))
    assert numbers.format_value(exact, SHARE, target=Fraction(60)) == "60,0%"


@pytest.mark.parametrize("reason", list(Missing))
def test_missing_estimates_show_words_and_never_a_number(reason: Missing) -> None:
    estimate = Estimate(
        "AWARE",
        (2026,),
        value=77.0,
        interval=(70.0, 80.0),
        exact=Fraction(77),
        numerator=7.0,
        denominator=9.0,
        missing=reason,
    )
    assert numbers.format_value(estimate, SHARE) == words.MISSING[reason].vi
    assert numbers.format_interval(estimate, SHARE) == ""
    assert numbers.format_counts(estimate) == ""
    assert numbers.exact_value(estimate) is None


def test_an_estimate_without_value_or_reason_says_that_data_is_incomplete() -> None:
    assert numbers.format_value(Estimate("AWARE", (2026,)), SHARE) == "chưa đủ số liệu"
    nan = Estimate("AWARE", (2026,), value=float("nan"))
    assert numbers.format_value(nan, SHARE, "en") == "data incomplete"


def test_an_open_interval_shows_infinity_and_an_undefined_one_nothing() -> None:
    open_end = Estimate("AWARE", (2026,), value=5.0, interval=(1.0, float("inf")))
    assert numbers.format_interval(open_end, SHARE) == "1,0 - ∞"
    undefined = Estimate("AWARE", (2026,), value=5.0, interval=(float("nan"), 2.0))
    assert numbers.format_interval(undefined, SHARE) == ""


@pytest.mark.parametrize(
    ("comparator", "value", "short", "long"),
    [
        (">=", Fraction(85), "≥ 85%", "từ 85% trở lên"),
        (">", Fraction(90), "> 90%", "trên 90%"),
        ("<", Fraction(42), "< 42%", "dưới 42%"),
        ("<=", Fraction(14, 10), "≤ 1,4%", "không quá 1,4%"),
        ("maintain", Fraction(12), "duy trì 12%", "duy trì 12%"),
        ("qualitative", None, "định tính", "định tính"),
    ],
)
def test_targets(comparator: str, value: Fraction | None, short: str, long: str) -> None:
    assert numbers.format_target(target(comparator, value), SHARE) == short
    assert numbers.target_words(target(comparator, value), SHARE) == long


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2027, 2, 5), "ngày 05 tháng 02 năm 2027"),
        (date(2026, 5, 7), "ngày 07 tháng 5 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
    ],
)
def test_official_dates_are_padded_as_the_decree_says(day: date, text: str) -> None:
    assert dates.official_date(day) == text


def test_a_blank_day_leaves_room_and_keeps_the_month() -> None:
    assert dates.official_date(date(2027, 1, 9), blank_day=True).startswith("ngày  ")
    assert dates.official_date(date(2027, 1, 9), blank_day=True).endswith("tháng 01 năm 2027")
    assert dates.official_date(date(2027, 1, 9), "en", blank_day=True) == "___ January 2027"


def test_moments_are_shown_in_vietnam() -> None:
    evening = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)
    assert dates.format_moment(evening) == "01:30 ngày 01/01/2027"
    assert dates.format_moment(evening.replace(tzinfo=None)) == "01:30 ngày 01/01/2027"
    assert dates.format_moment(evening, "en") == "01:30, 1 January 2027"


def test_every_verdict_and_gap_has_words_in_both_languages() -> None:
    for table, members in (
        (words.ARITHMETIC, Arithmetic),
        (words.STATISTICAL, Statistical),
        (words.TRAJECTORY, Trajectory),
        (words.MISSING, Missing),
        (words.DIRECTIONS, Direction),
    ):
        for member in members:
            assert table[member].vi and table[member].en


def test_the_three_verdicts_stay_apart() -> None:
    verdict = Verdict(Arithmetic.MET, Statistical.UNDECIDED, Trajectory.BEHIND)
    assert numbers.verdict_words(verdict) == ("Đạt", "Chưa kết luận", "Chậm")
    assert numbers.verdict_words(None, "en") == ("Not judged",) * 3


def test_counts_and_years() -> None:
    full = Estimate(
        "AWARE", (2026,), value=75.0, exact=Fraction(75), numerator=3.0, denominator=4.0
    )
    assert numbers.format_counts(full) == "3/4"
    assert numbers.format_years((2024, 2025, 2026)) == "2024 - 2026"
    assert numbers.format_years((2026,)) == "2026"
    assert numbers.format_years((2022, 2025, 2026)) == "2022, 2025, 2026"
    assert numbers.category_words("sex", "2") == "Nữ"
    assert numbers.category_words("age_band", "15-19") == "15 - 19 tuổi"
    assert numbers.category_words("age_band", "60+") == "60 tuổi trở lên"
    assert numbers.category_words("village", "AK01", "vi", {"AK01": "Thôn Đông"}) == "Thôn Đông"
    assert numbers.category_words("village", "AK02") == "AK02"
    assert numbers.dimension_words("sex", "en") == "Sex"


def test_maternal_deaths_of_a_commune_are_a_count_and_never_a_rate() -> None:
    rate = replace(SHARE, unit=Text("trên 100.000", "per 100,000"), count_only_below=10_000)
    few = Estimate("MMR", (2026,), value=1250.0, numerator=1.0, denominator=80.0)
    assert numbers.format_value(few, rate) == "1 trường hợp/80"
    assert numbers.format_value(few, rate, "en") == "1 case of 80"
    assert numbers.shown_value(few, rate) is None
    many = Estimate("MMR", (2026,), value=42.0, numerator=42.0, denominator=100_000.0)
    assert numbers.format_value(many, rate) == "42,0 trên 100.000"
