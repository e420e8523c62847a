"""The three verdicts, each at its edges."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.types import (
    Arithmetic,
    Estimate,
    Missing,
    Statistical,
    Target,
    Trajectory,
)
from analysis.verdict import arithmetic, every_period, judge, maintained, path, within_year

WAGE, SRB, MMR = CATALOGUE["WAGE_F"], CATALOGUE["SRB"], CATALOGUE["MMR"]


def target(comparator: str = ">=", value: Any = 60, **more: Any) -> Target:
    facts: dict[str, Any] = {
        "id": "T-1",
        "objective": 1,
        "number": "1",
        "verbatim": "…",
        "indicator": "WAGE_F",
        "comparator": comparator,
        "comparator_stated": True,
        "value": None if value is None else Fraction(value),
        "value_text": "",
        "suspected": None,
        "unit": "%",
        "deadline": 2030,
        "deadline_stated": True,
    }
    return Target(**(facts | more))


def full(top: int, bottom: int, scale: int = 100, year: int = 2026, **more: Any) -> Estimate:
    """A full count."""
    exact = Fraction(top * scale, bottom)
    return Estimate(
        "X",
        (year,),
        value=float(exact),
        numerator=float(top),
        denominator=float(bottom),
        exact=exact,
        n=bottom,
        **more,
    )


def sampled(value: float, bounds: tuple[float, float] | None = None) -> Estimate:
    return Estimate("X", (2026,), value=value, bounds=bounds, n=300, psus=200)


@pytest.mark.parametrize(
    ("comparator", "below", "at", "above"),
    [
        (">=", False, True, True),
        (">", False, False, True),
        ("<=", True, True, False),
        ("<", True, False, False),
        ("=", False, True, False),
        ("maintain", False, True, True),
    ],
)
def test_strict_and_not_strict(comparator: str, below: bool, at: bool, above: bool) -> None:
    """3/4 is 75 % exactly; 749 999 of a million are below, 750 001 above."""
    counts = [(749_999, below), (750_000, at), (750_001, above)]
    for top, met in counts:
        found = arithmetic(target(comparator, 75), full(top, 1_000_000))
        assert (found is Arithmetic.MET) == met
        assert found in (Arithmetic.MET, Arithmetic.NOT_MET)


def test_no_rounding_reaches_a_target() -> None:
    """3995 of 6660 are 59.985 %, printed 60.0: not met. 105/101 is not 103.96."""
    assert arithmetic(target(">=", 60), full(3995, 6660)) is Arithmetic.NOT_MET
    ratio = target("<=", Fraction(10500, 101), unit="bé trai/100 bé gái")
    assert arithmetic(ratio, full(105, 101)) is Arithmetic.MET
    assert arithmetic(replace(ratio, value=Fraction(10396, 100)), full(105, 101)) is (
        Arithmetic.NOT_MET
    )


def test_all_of_them_means_all() -> None:
    everyone = target(">=", 100)
    assert arithmetic(everyone, full(7, 7)) is Arithmetic.MET
    assert arithmetic(everyone, full(9_999_999_999, 10_000_000_000)) is Arithmetic.NOT_MET
    nearly = sampled(100.0 - 1e-12)
    weighted = replace(nearly, numerator=1e12 - 1, denominator=1e12)
    assert arithmetic(everyone, weighted) is Arithmetic.NOT_MET


def test_a_weighted_share_at_the_target_is_at_the_target() -> None:
    assert arithmetic(target(">=", 85), sampled(84.99999999999999)) is Arithmetic.MET
    assert arithmetic(target(">", 85), sampled(85.00000000000001)) is Arithmetic.NOT_MET
    assert arithmetic(target(">=", 85), sampled(84.9999)) is Arithmetic.NOT_MET


def test_nothing_to_judge() -> None:
    for missing, expected in (
        (Missing.NO_CASES, Arithmetic.NOT_APPLICABLE),
        (Missing.NO_DATA, Arithmetic.INCOMPLETE),
        (Missing.NOT_COLLECTED, Arithmetic.INCOMPLETE),
        (Missing.SUPPRESSED, Arithmetic.INCOMPLETE),
    ):
        verdict = judge(target(">=", 100), Estimate("X", (2026,), missing=missing), WAGE)
        assert verdict.arithmetic is expected
        assert verdict.statistical is Statistical.NO_DATA
        assert verdict.trajectory is Trajectory.NO_DATA
    qualitative = judge(target("qualitative", None), full(1, 1), WAGE)
    assert qualitative.arithmetic is Arithmetic.QUALITATIVE


def test_a_missing_return_leaves_it_open() -> None:
    early = full(0, 80, 100_000, provisional=True)
    verdict = judge(target("<", 42), early, WAGE)
    assert verdict.arithmetic is Arithmetic.INCOMPLETE
    assert verdict.statistical is Statistical.UNDECIDED


def test_boys_without_girls_are_above_any_ratio() -> None:
    only = Estimate("SRB", (2026,), numerator=5.0, denominator=0.0, n=5)
    assert arithmetic(target("<=", 105), only) is Arithmetic.NOT_MET
    assert arithmetic(target(">=", 105), only) is Arithmetic.MET


@pytest.mark.parametrize(
    ("comparator", "bounds", "expected"),
    [
        (">=", (60.0, 70.0), Statistical.SURELY_MET),
        (">", (60.0, 70.0), Statistical.UNDECIDED),
        (">", (60.1, 70.0), Statistical.SURELY_MET),
        (">=", (50.0, 60.0), Statistical.UNDECIDED),
        (">", (50.0, 60.0), Statistical.SURELY_NOT_MET),
        (">=", (50.0, 59.9), Statistical.SURELY_NOT_MET),
        (">=", (50.0, 70.0), Statistical.UNDECIDED),
        ("<=", (50.0, 60.0), Statistical.SURELY_MET),
        ("<", (50.0, 60.0), Statistical.UNDECIDED),
        ("<=", (60.0, 70.0), Statistical.UNDECIDED),
        ("<", (60.0, 70.0), Statistical.SURELY_NOT_MET),
        ("<=", (60.1, 70.0), Statistical.SURELY_NOT_MET),
        ("=", (50.0, 70.0), Statistical.UNDECIDED),
        ("=", (60.0, 60.0), Statistical.SURELY_MET),
        ("=", (61.0, 70.0), Statistical.SURELY_NOT_MET),
    ],
)
def test_sure_only_where_a_one_sided_bound_lies_beyond(
    comparator: str, bounds: tuple[float, float], expected: Statistical
) -> None:
    found = judge(target(comparator, 60), sampled(sum(bounds) / 2, bounds), WAGE)
    assert found.statistical is expected


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100), st.sampled_from([">=", "<="]))
def test_what_is_sure_agrees_with_the_arithmetic(
    low: float, high: float, goal: float, comparator: str
) -> None:
    low, high = min(low, high), max(low, high)
    one = target(comparator, Fraction(goal).limit_denominator(1000))
    verdict = judge(one, sampled((low + high) / 2, (low, high)), WAGE)
    if verdict.statistical is Statistical.SURELY_MET:
        assert verdict.arithmetic is Arithmetic.MET
    if verdict.statistical is Statistical.SURELY_NOT_MET:
        assert verdict.arithmetic is Arithmetic.NOT_MET


def test_full_counts_carry_no_sampling() -> None:
    assert judge(target(">=", 75), full(3, 4), WAGE).statistical is Statistical.FULL_COUNT
    no_bound = sampled(1.5, None)
    assert judge(target("<=", "1.4"), no_bound, WAGE).statistical is Statistical.UNDECIDED


def test_no_year_of_a_commune_tells_maternal_mortality() -> None:
    year = full(0, 80, 100_000, interval=(0.0, 4611.1), bounds=(0.0, 3744.7))
    verdict = judge(target("<", 42), year, MMR)
    assert verdict.arithmetic is Arithmetic.MET
    assert verdict.statistical is Statistical.NOT_ASSESSABLE
    enough = full(0, 10_000, 100_000, interval=(0.0, 36.9), bounds=(0.0, 30.0))
    assert judge(target("<", 42), enough, MMR).statistical is Statistical.SURELY_MET


def test_a_suspected_value_is_judged_too() -> None:
    """104.5 boys per 100 girls: not met at 105/101, met at 105/100."""
    ratio = full(209, 200, interval=(88.0, 124.0), bounds=(90.0, 121.0))
    misprint = target("<=", Fraction(10500, 101), suspected=Fraction(105), unit="…")
    verdict = judge(misprint, ratio, SRB)
    assert verdict.arithmetic is Arithmetic.NOT_MET
    assert verdict.suspected is not None
    assert verdict.suspected.arithmetic is Arithmetic.MET
    assert verdict.suspected.suspected is None


def test_the_natural_band_is_remarked_on() -> None:
    band = target("<=", 105, reference_band=(104.0, 106.0))
    low = judge(band, full(90, 100, interval=(66.0, 120.0)), SRB)
    assert "lower is not better" in low.notes[0].en
    assert "still holds the natural level" in low.notes[0].en
    high = judge(band, full(12_000, 10_000, interval=(117.0, 123.0)), SRB)
    assert high.notes[0].en == "Above the natural level of 104-106."
    assert judge(band, full(105, 100), SRB).notes == ()


BASED = {"baseline": (2026, Fraction(50)), "deadline": 2030}


@pytest.mark.parametrize(
    ("year", "value", "expected", "answer"),
    [
        (2026, 50, 50.0, Trajectory.ON_TRACK),
        (2028, 55, 55.0, Trajectory.ON_TRACK),
        (2028, 54, 55.0, Trajectory.BEHIND),
        (2030, 60, 60.0, Trajectory.ON_TRACK),
        (2032, 59, 60.0, Trajectory.BEHIND),
        (2024, 49, 50.0, Trajectory.BEHIND),
    ],
)
def test_the_path_is_a_straight_line(
    year: int, value: int, expected: float, answer: Trajectory
) -> None:
    assert path(target(">=", 60, **BASED), full(value, 100), year) == (answer, expected)


def test_the_path_downwards_and_to_a_point() -> None:
    down = target("<=", 40, **BASED)
    assert path(down, full(45, 100), 2028)[0] is Trajectory.ON_TRACK
    assert path(down, full(46, 100), 2028)[0] is Trajectory.BEHIND
    point = target("=", 60, **BASED)
    assert path(point, full(56, 100), 2028)[0] is Trajectory.ON_TRACK
    assert path(point, full(64, 100), 2028)[0] is Trajectory.ON_TRACK
    assert path(point, full(66, 100), 2028)[0] is Trajectory.BEHIND
    assert path(target(), full(1, 2), 2028) == (Trajectory.NO_BASELINE, None)


YES, NO = Arithmetic.MET, Arithmetic.NOT_MET
NONE, OPEN = Arithmetic.NOT_APPLICABLE, Arithmetic.INCOMPLETE


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ([YES, YES, YES, YES], YES),
        ([YES, YES, YES], OPEN),
        ([YES, NO], NO),
        ([YES, YES, NO, OPEN], NO),
        ([YES, OPEN, YES, YES], OPEN),
        ([NONE, NONE, YES, YES], YES),
        ([NONE] * 4, NONE),
        ([], OPEN),
    ],
)
def test_every_quarter_must_hold(quarters: list[Arithmetic], expected: Arithmetic) -> None:
    assert every_period(quarters, 4) is expected


def test_news_of_four_quarters() -> None:
    news = target(">=", 4, every="quarter", unit="tin")
    counts = [Estimate("N", (2026,), value=float(n), exact=Fraction(n)) for n in (4, 5, 4, 3)]
    assert within_year(news, counts) is NO
    assert within_year(news, counts[:3]) is OPEN
    assert within_year(news, [*counts[:3], counts[0]]) is YES


def test_maintain_looks_at_every_year_since_the_start() -> None:
    keep = target("maintain", 12, unit="tháng")
    years = [full(n, 12, 12, year) for n, year in ((12, 2026), (11, 2027), (12, 2028))]
    assert maintained(keep, years, 2026) is NO
    assert maintained(keep, [years[0]], 2026) is YES
    assert maintained(keep, [years[0], years[2]], 2026) is OPEN
    since = replace(keep, baseline=(2028, Fraction(12)))
    assert maintained(since, years, 2026) is YES
