"""Confidence intervals for proportions of a survey.

Names and formulae of R's `svyciprop` (survey 4.5), and the Korn-Graubard interval with the
effective sample size truncated at n (Korn & Graubard 1998; NCHS presentation standards 2017).
Each takes the proportion p, its variance v, the rows n and the degrees of freedom, and returns
(low, high) or None where it is not defined.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, expit, logit

from analysis.estimators.domains import subset
from analysis.estimators.errors import BadInput
from analysis.estimators.intervals import Interval, critical, t_interval
from analysis.estimators.likelihood import likelihood, working_variance
from analysis.estimators.sample import Mask, Sample
from analysis.estimators.survey import mean as survey_mean
from analysis.estimators.survey import numeric


def mean(p: float, v: float, n: int, df: float, level: float = 0.95) -> Interval | None:
    """p ± t·se. Can leave [0, 1]; for comparison with R, not for publication."""
    return t_interval(p, math.sqrt(v), df, level)


def xlogit(p: float, v: float, n: int, df: float, level: float = 0.95) -> Interval | None:
    """The t interval of log(p/(1−p)), transformed back; None at 0 and 1."""
    if not 0 < p < 1:
        return None
    found = t_interval(float(logit(p)), math.sqrt(v) / (p * (1 - p)), df, level)
    return None if found is None else (float(expit(found[0])), float(expit(found[1])))


def logistic(p: float, v: float, n: int, df: float, level: float = 0.95) -> Interval | None:
    """As `xlogit`; R reaches it through an iterated regression, and at 0 or 1 stops at the point.

    That point is no interval: publish `korn_graubard_truncated` there.
    """
    return (p, p) if p in (0.0, 1.0) else xlogit(p, v, n, df, level)


def asin(p: float, v: float, n: int, df: float, level: float = 0.95) -> Interval | None:
    """The t interval of asin(√p), transformed back; None at 0 and 1.

    As in R the ends fold back where the interval passes 0 or 1: for comparison only.
    """
    if not 0 < p < 1:
        return None
    found = t_interval(math.asin(math.sqrt(p)), math.sqrt(v / (4 * p * (1 - p))), df, level)
    return None if found is None else (math.sin(found[0]) ** 2, math.sin(found[1]) ** 2)


def wilson(p: float, v: float, n: int, df: float, level: float = 0.95) -> Interval | None:
    """Wilson's score interval on the effective sample p(1−p)/v (survey 4.5); None where v = 0."""
    if v <= 0 or df <= 0 or not 0 < p < 1:
        return None
    t = critical(df, level)
    effective = p * (1 - p) / v
    centre = p + t * t / (2 * effective)
    half = t / (2 * effective) * math.sqrt(4 * effective * p * (1 - p) + t * t)
    below = 1 + t * t / effective
    return (centre - half) / below, (centre + half) / below


def effective_rows(p: float, v: float, n: int, df: float, level: float = 0.95) -> float:
    """p(1−p)/v, or n where v = 0, times (t_{n−1}/t_df)²: Korn and Graubard's effective sample."""
    base = p * (1 - p) / v if v > 0 else float(n)
    return base * (critical(n - 1, level) / critical(df, level)) ** 2


def clopper_pearson(p: float, n: float, level: float = 0.95) -> Interval:
    """Clopper and Pearson's interval for a share p of n trials; n need not be whole."""
    tail = (1 - level) / 2
    low = 0.0 if p <= 0 else float(betaincinv(n * p, n * (1 - p) + 1, tail))
    high = 1.0 if p >= 1 else float(betaincinv(n * p + 1, n * (1 - p), 1 - tail))
    return low, high


def korn_graubard(p: float, v: float, n: int, df: float, level: float = 0.95) -> Interval | None:
    """Clopper-Pearson on the effective sample, as R's method "beta"; None where v = 0."""
    if v <= 0 or df <= 0 or n < 2:
        return None
    return clopper_pearson(p, effective_rows(p, v, n, df, level), level)


def korn_graubard_truncated(
    p: float, v: float, n: int, df: float, level: float = 0.95
) -> Interval | None:
    """Korn-Graubard with the effective sample at most n; defined at 0 and 1 too.

    None without degrees of freedom or with fewer than two rows.
    """
    if df <= 0 or n < 2:
        return None
    return clopper_pearson(p, min(float(n), effective_rows(p, v, n, df, level)), level)


Method = Callable[[float, float, int, float, float], Interval | None]

PROPORTION_INTERVALS: dict[str, Method] = {
    "mean": mean,
    "logit": logistic,
    "xlogit": xlogit,
    "likelihood": likelihood,
    "asin": asin,
    "wilson": wilson,
    "beta": korn_graubard,
    "korn_graubard": korn_graubard_truncated,
}


@dataclass(frozen=True, slots=True)
class Proportion:
    """A proportion with its interval; `n` rows, `df` degrees of freedom of the domain."""

    value: float
    se: float
    interval: Interval | None
    n: int
    df: int
    method: str


def proportion(
    sample: Sample,
    y: ArrayLike,
    where: Mask | None = None,
    method: str = "korn_graubard",
    level: float = 0.95,
) -> Proportion:
    """The share of rows with y = 1 (y is 0, 1 or NaN) in the domain `where` (rows,).

    R: `svyciprop(~y, subset(d, where), method=…)`.
    """
    if method not in PROPORTION_INTERVALS:
        known = ", ".join(PROPORTION_INTERVALS)
        raise BadInput(
            f"Phương pháp là một trong {known}; nhận {method!r}.",
            f"The method is one of {known}; got {method!r}.",
        )
    column = numeric(y)
    inside = np.ones(sample.rows, dtype=bool) if where is None else where
    found = survey_mean(sample, column, subset(inside))
    p, v = float(found.value[0]), float(found.variance()[0])
    n, df = int(found.n[0]), int(found.df()[0])
    if method == "likelihood":
        rows = inside & ~np.isnan(column) & (sample.weight > 0)
        working = working_variance(sample.weight[rows], column[rows])
        ends = likelihood(p, v, n, df, level, working)
    else:
        ends = PROPORTION_INTERVALS[method](p, v, n, df, level)
    return Proportion(p, math.sqrt(v), ends, n, df, method)
