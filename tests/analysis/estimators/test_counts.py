"""Exact intervals for small counts: the table of statistics.md and the cases of expected.json."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammainc, gammaincc

from analysis.estimators import counts
from analysis.estimators.errors import BadInput, ZeroDenominator

FILE = Path(__file__).parents[1] / "data" / "survey" / "expected.json"
SMALL = json.loads(FILE.read_text(encoding="utf-8"))["small_counts"]
RATES = [
    case
    for name in ("mmr", "infant_mortality", "adolescent_birth_rate", "crude_birth_rate")
    for case in SMALL[name]["cases"]
]
SHARES = SMALL["proportions"]["cases"] + SMALL["mmr"]["binomial_alternative"]


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("events", "exposure", "scale", "value", "low", "high"),
    [
        (0, 80, 100_000, 0, 0, 4611.09931764242),
        (1, 80, 100_000, 1250, 31.6472599803624, 6964.55423867362),
        (4, 57, 1_000, 70.1754385964912, 19.120445151339, 179.676994305328),
    ],
)
def test_the_rates_of_the_specification(
    events: int, exposure: int, scale: int, value: float, low: float, high: float
) -> None:
    """poisson.test(events, T = exposure)$conf.int * scale"""
    found = counts.rate(events, exposure, scale)
    assert found.value is not None
    assert float(found.value) == near(value)
    assert found.interval == (near(low), near(high))


def test_the_sex_ratio_of_the_specification() -> None:
    """binom.test(43, 80)$conf.int through the odds: boys per 100 girls"""
    found = counts.sex_ratio(43, 37)
    assert found.value == Fraction(4300, 37)
    assert float(found.value) == near(116.216216216216)
    assert found.interval == (near(73.1354479206511), near(185.488809476129))


@pytest.mark.parametrize("case", RATES)
def test_rates_as_r_gives_them(case: dict[str, float]) -> None:
    """poisson.test(events, T = exposure); the one-sided bound is the end of the 90 % interval"""
    found = counts.rate(int(case["events"]), int(case["exposure"]), int(case["per"]))
    assert float(found.value or 0) == near(case["rate"])
    assert list(found.interval) == [near(end) for end in case["ci"]]
    assert list(counts.garwood(int(case["events"]))) == [near(end) for end in case["ci_count"]]
    one_sided = counts.rate(int(case["events"]), int(case["exposure"]), int(case["per"]), 0.9)
    assert one_sided.interval[1] == near(case["one_sided_upper_95"])


@pytest.mark.parametrize("case", SHARES)
def test_shares_as_r_gives_them(case: dict[str, float]) -> None:
    """binom.test(x, n)$conf.int"""
    found = counts.share(int(case["x"]), int(case["n"]), scale=1)
    assert float(found.value or 0) == near(case["est"])
    assert list(found.interval) == [near(end) for end in case["clopper_pearson"]]


@pytest.mark.parametrize("case", SMALL["sex_ratio_at_birth"]["cases"])
def test_sex_ratios_as_r_gives_them(case: dict[str, float]) -> None:
    boys, girls = int(case["x"]), int(case["n"] - case["x"])
    found = counts.sex_ratio(boys, girls)
    low, high = case["srb_ci_cp"]
    assert found.interval == (near(low), math.inf if high is None else near(high))
    assert (found.value is None) == (case["srb"] is None)


@pytest.mark.parametrize("case", SMALL["rate_ratio"]["cases"])
def test_rate_ratios_as_r_gives_them(case: dict[str, list[float]]) -> None:
    """poisson.test(x, T)"""
    value, interval = counts.rate_ratio(tuple(map(int, case["x"])), tuple(case["T"]))
    assert value == near(case["rr"])
    assert list(interval) == [near(end) for end in case["ci"]]


@given(st.integers(0, 10**6))
def test_garwood_bounds_leave_the_stated_tails(events: int) -> None:
    low, high = counts.garwood(events)
    assert low <= events <= high
    assert gammaincc(events + 1, high) == pytest.approx(0.025, rel=1e-9)
    if events:
        assert gammainc(events, low) == pytest.approx(0.025, rel=1e-9)


@given(st.integers(0, 500), st.integers(0, 500))
def test_exchanging_the_sexes_inverts_the_ratio(boys: int, girls: int) -> None:
    if boys + girls == 0:
        with pytest.raises(ZeroDenominator):
            counts.sex_ratio(boys, girls)
        return
    one, other = counts.sex_ratio(boys, girls, 1), counts.sex_ratio(girls, boys, 1)
    low, high = other.interval
    assert one.interval[0] == pytest.approx(1 / high if high < math.inf else 0.0, rel=1e-9)
    assert one.interval[1] == pytest.approx(1 / low if low else math.inf, rel=1e-9)


def test_what_is_refused() -> None:
    with pytest.raises(ZeroDenominator):
        counts.rate(0, 0)
    with pytest.raises(ZeroDenominator):
        counts.share(0, 0)
    with pytest.raises(BadInput, match=r"numerator \(3\) exceeds the denominator \(2\)"):
        counts.share(3, 2)
    with pytest.raises(BadInput, match="whole number"):
        counts.rate(-1, 10)
    with pytest.raises(ZeroDenominator):
        counts.rate_ratio((0, 0), (1.0, 1.0))
