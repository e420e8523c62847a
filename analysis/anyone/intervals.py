"""Which interval goes with which statistic of a file."""

from __future__ import annotations

from dataclasses import replace

from analysis.anyone.rows import Ends, Row
from analysis.estimators import contrasts, survey
from analysis.estimators.domains import Domains
from analysis.estimators.intervals import (
    FIELLER_FROM,
    Interval,
    Quotient,
    fieller,
    ratio_interval,
    t_interval,
)
from analysis.estimators.proportions import korn_graubard_truncated
from analysis.estimators.sample import Floats, Sample


def by_t(level: float) -> Ends:
    """Of means and totals."""
    return lambda _, row: (t_interval(*_known(row), level), "t")


def of_shares(level: float) -> Ends:
    """Korn and Graubard's, the effective sample at most n."""

    def ends(_: int, row: Row) -> tuple[Interval | None, str]:
        value, se, df = _known(row)
        return korn_graubard_truncated(value, se * se, row.n, df, level), "korn_graubard"

    return ends


def of_two_totals(sample: Sample, y: Floats, x: Floats, domains: Domains, level: float) -> Ends:
    """Of Σwy/Σwx (y and x missing in the same rows): log, Fieller's where x is noisy or the ratio
    is not positive, none at g ≥ 1."""
    top, low = (survey.total(sample, one, domains, strict=False) for one in (y, x))
    spread = top.variance(), low.variance()

    def ends(at: int, row: Row) -> tuple[Interval | None, str]:
        a, b = float(top.value[at]), float(low.value[at])
        quotient = Quotient(a, b, float(spread[0][at]), float(spread[1][at]), 0.0)
        if _by_fieller(quotient, row):  # it alone needs the covariance, which costs a pass
            both = contrasts.covariance([top.pick(at), low.pick(at)])
            quotient = replace(quotient, cov=float(both[0, 1]))
        return _of_quotient(quotient, row, level)

    return ends


def of_two_groups(parts: survey.RatioOfMeans, level: float) -> Ends:
    """Of the means, or ratios, of two groups."""
    va, vb = parts.numerator.variance(), parts.denominator.variance()
    cov = (va + vb - parts.difference.variance()) / 2

    def ends(at: int, row: Row) -> tuple[Interval | None, str]:
        a, b = float(parts.numerator.value[at]), float(parts.denominator.value[at])
        quotient = Quotient(a, b, float(va[at]), float(vb[at]), float(cov[at]))
        return _of_quotient(quotient, row, level)

    return ends


def _by_fieller(quotient: Quotient, row: Row) -> bool:
    value, _, df = _known(row)
    return value <= 0 or quotient.g(df) >= FIELLER_FROM


def _of_quotient(quotient: Quotient, row: Row, level: float) -> tuple[Interval | None, str]:
    value, se, df = _known(row)
    if value < 0:  # no logarithm
        return fieller(quotient, df, level), "fieller"
    return ratio_interval(quotient, df, level, se)


def _known(row: Row) -> tuple[float, float, int]:
    assert row.est is not None
    assert row.se is not None
    assert row.df is not None
    return row.est, row.se, row.df
