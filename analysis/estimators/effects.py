"""Design effects: the variance against that of a simple random sample of as many rows.

R: `svymean(…, deff=TRUE)` (without replacement) and `deff="replace"`; likewise svytotal, svyratio.
Beside the PSU table this needs Σw, Σwy, Σwy² and n.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimators.domains import Domains, whole
from analysis.estimators.errors import BadInput
from analysis.estimators.sample import Floats, Ints, Sample, sums
from analysis.estimators.statistic import Statistic
from analysis.estimators.survey import numeric

KINDS = ("replace", "without")


def design_effect(
    sample: Sample,
    statistic: Statistic,
    y: ArrayLike,
    domains: Domains | None = None,
    kind: str = "replace",
    of: str = "mean",
    x: ArrayLike | None = None,
) -> Floats:
    """The design effect (D,) of a mean, total or ratio of y (rows,), over x for a ratio.

    `kind`: "replace" against sampling with replacement, "without" against sampling without.
    NaN where y does not vary, and for "without" where the weights add up to less than the rows.
    """
    if kind not in KINDS or of not in ("mean", "total", "ratio"):
        raise BadInput(
            f"Hệ số thiết kế: kind là một trong {KINDS}; nhận {kind!r}, {of!r}.",
            f"Design effect: kind is one of {KINDS}; got {kind!r}, {of!r}.",
        )
    inside = domains or whole(sample.rows)
    values = numeric(y)
    if of == "ratio":
        bottom = numeric(x if x is not None else np.ones(sample.rows), "x")
        total_x = _weighted(sample, bottom, inside)
        at = np.maximum(inside.of_row, 0)
        with np.errstate(invalid="ignore", divide="ignore"):  # a zero denominator has no effect
            values = (values - statistic.value[at] * bottom) / total_x[at]
    n, weight, squares = _moments(sample, values, inside)
    with np.errstate(invalid="ignore", divide="ignore"):
        simple = squares / weight * n / (n - 1) / n
        if kind == "without":
            simple = np.where(weight < n, np.nan, simple * (weight - n) / weight)
        if of != "mean":
            simple = simple * weight**2
        return np.asarray(statistic.variance() / simple, dtype=np.float64)


def _used(sample: Sample, values: Floats, domains: Domains) -> tuple[Floats, Floats, Ints]:
    used = (domains.of_row >= 0) & (sample.weight > 0) & ~np.isnan(values)
    return sample.weight[used], values[used], domains.of_row[used]


def _weighted(sample: Sample, values: Floats, domains: Domains) -> Floats:
    weight, column, domain = _used(sample, values, domains)
    return sums(domain, weight * column, domains.count)


def _moments(sample: Sample, values: Floats, domains: Domains) -> tuple[Floats, Floats, Floats]:
    """n, Σw and Σw(y − ȳ)², (D,) each."""
    weight, column, domain = _used(sample, values, domains)
    n = np.bincount(domain, minlength=domains.count).astype(np.float64)
    total = sums(domain, weight, domains.count)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = sums(domain, weight * column, domains.count) / total
    deviation = column - centre[domain]
    return n, total, sums(domain, weight * deviation * deviation, domains.count)


def proportion_effect(statistic: Statistic) -> Floats:
    """The design effect (D,) of a share, from its PSU table alone: y is 0 or 1, so that
    Σw(y − ȳ)² is Σw·p(1 − p). NaN where everybody or nobody has the property."""
    p = statistic.value
    with np.errstate(invalid="ignore", divide="ignore"):
        simple = p * (1.0 - p) / (statistic.n - 1)
        return np.where(simple > 0, statistic.variance() / simple, np.nan)
