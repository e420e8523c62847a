"""What must not change an estimate, and what must change it in a known way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimators import contrasts, survey
from analysis.estimators.domains import Domains, crossed, groups, subset
from analysis.estimators.errors import BadDesign, BadInput, EmptyDomain, ZeroDenominator
from analysis.estimators.intervals import Quotient, critical, fieller, ratio_interval
from analysis.estimators.proportions import PROPORTION_INTERVALS, korn_graubard_truncated
from analysis.estimators.psu import tabulate
from analysis.estimators.quantiles import quantile
from analysis.estimators.sample import Sample, sample_of, strata_of, survey_design

Columns = dict[str, Any]


@st.composite
def surveys(draw: st.DrawFn) -> Columns:
    """Some hundred invented persons in households in villages of two households at least."""
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    strata = draw(st.integers(1, 6))
    sizes = rng.integers(2, 9, strata)
    stratum_of_psu = np.repeat(np.arange(strata), sizes)
    persons = rng.integers(1, 6, stratum_of_psu.size)
    psu = np.repeat(np.arange(stratum_of_psu.size), persons)
    population = (sizes * rng.uniform(1, 5, strata)).round()
    n = psu.size
    y = rng.gamma(2.0, 3.0, n).round(2)
    y[rng.random(n) < 0.1] = np.nan
    return {
        "psu": psu,
        "stratum": stratum_of_psu[psu],
        "weight": (population / sizes)[stratum_of_psu[psu]] * rng.uniform(0.5, 2.0, n).round(3),
        "fpc": population[stratum_of_psu[psu]],
        "y": y,
        "x": rng.uniform(1.0, 2.0, n),
        "sex": rng.integers(1, 3, n),
        "rng": rng,
    }


def design(c: Columns, weight: Any = None) -> Sample:
    return survey_design(
        c["stratum"], c["psu"], c["weight"] if weight is None else weight, c["fpc"]
    )


def numbers(sample: Sample, c: Columns) -> np.ndarray:
    """All that is published of one survey, in one vector; NaN where a sex has no answer."""
    sexes = groups(c["sex"])
    found = [
        survey.mean(sample, c["y"], sexes, strict=False),
        survey.ratio(sample, c["y"], c["x"], sexes, strict=False),
        survey.total(sample, c["y"], sexes, strict=False),
        survey.ratio_of_domain_means(
            sample, c["y"], c["sex"] == 2, c["sex"] == 1, strict=False
        ).ratio,
    ]
    return np.concatenate([np.concatenate([s.value, s.se(), s.df()]) for s in found])


def agree(a: Any, b: Any, tolerance: float = 1e-9) -> None:
    np.testing.assert_allclose(a, b, rtol=tolerance, atol=1e-10)


@given(surveys())
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_does_not_matter(c: Columns) -> None:
    order = c["rng"].permutation(c["psu"].size)
    shuffled = {k: v[order] for k, v in c.items() if k != "rng"}
    agree(numbers(design(c), c), numbers(design(shuffled), shuffled))


@given(surveys(), st.floats(1e-3, 1e3))
@settings(max_examples=60, deadline=None)
def test_scaling_the_weights_scales_totals_only(c: Columns, factor: float) -> None:
    one, scaled = design(c), design(c, c["weight"] * factor)
    women = subset(c["sex"] == 2)
    for estimate in (survey.mean, survey.total):
        by = factor if estimate is survey.total else 1.0
        a = estimate(one, c["y"], women, strict=False)
        b = estimate(scaled, c["y"], women, strict=False)
        agree(a.value * by, b.value)
        agree(a.se() * by, b.se())


@given(surveys())
@settings(max_examples=60, deadline=None)
def test_a_psu_without_a_row_counts_as_zero(c: Columns) -> None:
    """Dropping all rows of a PSU outside the domain, but not the PSU, changes nothing."""
    women = c["sex"] == 2
    full = survey.mean(design(c), c["y"], subset(women), strict=False)
    strata = design(c).strata
    only = sample_of(c["psu"][women], c["weight"][women], strata)
    part = survey.mean(only, c["y"][women], strict=False)
    agree([*full.value, *full.se(), *full.df()], [*part.value, *part.se(), *part.df()])


@given(surveys())
@settings(max_examples=60, deadline=None)
def test_forgetting_empty_psus_is_noticed(c: Columns) -> None:
    """A PSU with nothing in the domain lowers the mean PSU total: leaving it out must show."""
    women = c["sex"] == 2
    full = survey.total(design(c), np.nan_to_num(c["y"]), subset(women), strict=False)
    has = np.isin(c["psu"], c["psu"][women])
    sampled = np.bincount(design(c).strata.of_psu)
    kept = np.bincount(design(c).strata.of_psu[np.unique(c["psu"][has])], minlength=sampled.size)
    if has.all() or (kept < 2).any() or not full.se()[0] > 0:
        return
    dropped = {k: v[has] for k, v in c.items() if k != "rng"}
    wrong = survey.total(design(dropped), np.nan_to_num(dropped["y"]), subset(women[has]))
    agree(full.value, wrong.value)
    assert full.se()[0] != pytest.approx(wrong.se()[0], rel=1e-9)


@given(surveys())
@settings(max_examples=40, deadline=None)
def test_tables_of_partitions_add_up(c: Columns) -> None:
    """Rows split anywhere, even within a household: the sum of the PSU tables is the PSU table."""
    sample = design(c)
    y = np.nan_to_num(c["y"])
    part = c["rng"].random(y.size) < 0.5
    whole_table = tabulate(sample, [y, None], groups(np.zeros(y.size)))
    total = np.zeros((sample.strata.psus, 2))
    for rows in (part, ~part):
        if rows.any():
            table = tabulate(sample.take(rows), [y[rows], None], groups(np.zeros(rows.sum())))
            total[table.psu] += table.z
    agree(total[whole_table.psu], whole_table.z, 1e-12)


@given(surveys())
@settings(max_examples=40, deadline=None)
def test_many_domains_at_once_are_each_domain_alone(c: Columns) -> None:
    """The grouped path, with thousands of domains, is the simple one, domain by domain."""
    sample = design(c)
    cells = crossed([groups(c["stratum"]), groups(c["sex"])])
    spread = Domains(np.where(cells.of_row < 0, -1, cells.of_row * 5000), (0,) * 60_000)
    dense = survey.mean(sample, c["y"], cells, strict=False)
    sparse = survey.mean(sample, c["y"], spread, strict=False)
    assert tabulate(sample, [None], spread).psu.size < spread.count
    for d in range(cells.count):
        alone = survey.mean(sample, c["y"], subset(cells.of_row == d), strict=False)
        expected = [*alone.value, *alone.se(), *alone.df(), *alone.n]
        agree([dense.value[d], dense.se()[d], dense.df()[d], dense.n[d]], expected)
        far = d * 5000
        agree([sparse.value[far], sparse.se()[far], sparse.df()[far], sparse.n[far]], expected)


@given(surveys(), st.floats(1e3, 1e6))
@settings(max_examples=40, deadline=None)
def test_a_large_offset_keeps_the_digits(c: Columns, offset: float) -> None:
    sample = design(c)
    plain = survey.mean(sample, c["y"])
    moved = survey.mean(sample, c["y"] + offset)
    assert moved.value[0] - offset == pytest.approx(plain.value[0], abs=1e-8)
    assert moved.se()[0] == pytest.approx(plain.se()[0], rel=1e-6, abs=1e-9)


@given(surveys())
@settings(max_examples=40, deadline=None)
def test_without_correction_the_error_is_not_smaller(c: Columns) -> None:
    sample = design(c)
    free = sample_of(sample.psu, sample.weight, sample.strata.without_correction())
    assert survey.mean(free, c["y"]).se()[0] >= survey.mean(sample, c["y"]).se()[0] - 1e-12


@given(surveys())
@settings(max_examples=40, deadline=None)
def test_the_second_stage_term_is_a_sum_of_squares(c: Columns) -> None:
    """Σ f·(1 − 1/M)·u² over rows, added to the first stage."""
    sample = design(c)
    factor = c["rng"].uniform(0, 1, c["y"].size)
    y = np.nan_to_num(c["y"])
    with_term = survey.mean(sample, y, second=factor)
    without = survey.mean(sample, y)
    u = sample.weight * (y - without.value[0]) / sample.weight.sum()
    added = float((factor * u * u).sum())
    agree(with_term.variance(), without.variance() + added)
    with pytest.raises(BadInput, match="second-stage"):
        contrasts.covariance([with_term])


@given(surveys())
@settings(max_examples=40, deadline=None)
def test_a_median_does_not_depend_on_the_order_of_rows(c: Columns) -> None:
    order = c["rng"].permutation(c["psu"].size)
    shuffled = {k: v[order] for k, v in c.items() if k != "rng"}
    for rule in ("math", "school"):
        a, b = (
            quantile(design(c), c["y"], 0.5, rule),
            quantile(design(shuffled), shuffled["y"], 0.5, rule),
        )
        assert (a.value, a.low, a.high) == (b.value, b.low, b.high)


@given(
    st.floats(0.01, 100),
    st.floats(0.01, 100),
    st.floats(0.001, 0.9),
    st.floats(0.001, 0.9),
    st.floats(-0.95, 0.95),
    st.integers(2, 300),
)
def test_fieller_bounds_are_where_the_test_turns(
    a: float, b: float, cv_a: float, cv_b: float, r: float, df: int
) -> None:
    """Each end ρ has |a − ρb| = t·se(a − ρb)."""
    va, vb = (a * cv_a) ** 2, (b * cv_b) ** 2
    quotient = Quotient(a, b, va, vb, r * (va * vb) ** 0.5)
    ends = fieller(quotient, df)
    if quotient.g(df) >= 1:
        assert ends is None
        assert ratio_interval(quotient, df) == (None, "none")
        return
    assert ends is not None
    assert ends[0] <= a / b <= ends[1]
    for rho in ends:
        se = (va - 2 * rho * quotient.cov + rho**2 * vb) ** 0.5
        assert abs(a - rho * b) == pytest.approx(critical(df) * se, rel=1e-5, abs=1e-9)
    name = ratio_interval(quotient, df)[1]
    assert name == ("fieller" if quotient.g(df) >= 0.1 else "log")


SHARES = st.sampled_from([0.0, 1.0]) | st.floats(1e-6, 1 - 1e-6)


@given(SHARES, st.floats(0.01, 50), st.integers(2, 2000), st.integers(1, 500))
def test_published_intervals_stay_within_0_and_1(p: float, deff: float, n: int, df: int) -> None:
    """ "mean", "logit" and "asin" are kept for comparison with R only."""
    v = p * (1 - p) * deff / n
    for method in PROPORTION_INTERVALS.keys() - {"mean", "logit", "asin"}:
        ends = PROPORTION_INTERVALS[method](p, v, n, df, 0.95)
        if ends is not None:
            assert -1e-12 <= ends[0] <= ends[1] <= 1 + 1e-12, method
    low, high = korn_graubard_truncated(p, v, n, df) or (0.0, 0.0)
    assert low <= p + 1e-12 <= high + 2e-12


def test_bad_weights_and_strata_are_named() -> None:
    strata = strata_of(np.array([0, 0, 1, 1]))
    for bad in (-1.0, np.inf, np.nan):
        with pytest.raises(BadInput, match="row 2"):
            sample_of(np.array([0, 1]), [1.0, bad], strata)
    with pytest.raises(BadInput, match="2 rows, 1 weights"):
        sample_of(np.array([0, 1]), [1.0], strata)
    with pytest.raises(BadDesign, match=r"Stratum b: its population \(1 PSUs\) is below"):
        survey_design(["a", "a", "b", "b"], [1, 2, 3, 4], [1] * 4, [5, 5, 1, 1])
    with pytest.raises(BadDesign, match="changes within stratum a: 5 and 6"):
        survey_design(["a", "a"], [1, 2], [1, 1], [5, 6])
    with pytest.raises(BadDesign, match="one of fail, remove"):
        strata_of(np.array([0]), lonely="guess")


def test_bad_columns_and_empty_domains_are_named() -> None:
    sample = survey_design(["a", "a"], [1, 2], [1, 1])
    with pytest.raises(BadInput, match="Column y must hold numbers"):
        survey.mean(sample, ["one", "two"])
    with pytest.raises(BadInput, match="infinite"):
        survey.mean(sample, [1.0, np.inf])
    with pytest.raises(BadInput, match="must have 2 rows"):
        survey.mean(sample, [1.0])
    with pytest.raises(EmptyDomain):
        survey.mean(sample, [np.nan, np.nan])
    with pytest.raises(ZeroDenominator):
        survey.ratio(sample, [1.0, 2.0], [0.0, 0.0])
    with pytest.raises(EmptyDomain):
        survey.ratio_of_domain_means(sample, [1.0, 2.0], np.zeros(2, bool), np.zeros(2, bool))
    with pytest.raises(ZeroDenominator):
        survey.ratio_of_domain_means(
            sample, [1.0, 0.0], np.array([True, False]), np.array([False, True])
        )


def test_a_village_listed_in_full_adds_no_variance() -> None:
    sample = survey_design(["a"] * 3, [1, 2, 3], [1] * 3, [3, 3, 3])
    assert survey.mean(sample, [1.0, 5.0, 9.0]).se()[0] == 0.0


def test_one_household_listed_in_full_is_not_lonely() -> None:
    sample = survey_design(["a", "b", "b"], [1, 2, 3], [1] * 3, [1, 4, 4])
    assert survey.mean(sample, [1.0, 5.0, 9.0]).se()[0] > 0
