"""Quantiles of a survey with Woodruff's interval. R: `svyquantile` (survey ≥ 4.1).

The rules are those of R's `qrule` (Hyndman & Fan 1996 for hf…): math and school take an observed
value or the middle of two, the others interpolate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimators.domains import subset
from analysis.estimators.errors import BadInput, EmptyDomain
from analysis.estimators.intervals import critical
from analysis.estimators.proportions import PROPORTION_INTERVALS
from analysis.estimators.sample import Floats, Mask, Sample
from analysis.estimators.survey import mean, numeric


def _interpolate(position: Floats, x: Floats, p: float) -> float:
    """Linear interpolation, constant beyond the ends; x is averaged at equal positions."""
    position, x = _regular(position, x)
    return float(np.interp(p, position, x))


def _regular(position: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Positions in ascending order, each once, as R's `approx` takes them."""
    distinct, at = np.unique(position, return_inverse=True)
    return distinct, np.bincount(at, weights=x) / np.bincount(at)


def _bracket(x: Floats, w: Floats, p: float) -> tuple[float, float, float]:
    """The values around p and how far p lies above the lower one's cumulated weight."""
    cumulated = np.cumsum(w)
    total = w.sum()
    reached = np.flatnonzero(cumulated <= p * total)
    low = int(reached[-1]) if reached.size else 0
    high = min(low + 1, x.size - 1)
    return float(x[low]), float(x[high]), float(p - cumulated[low] / total)


def math_rule(x: Floats, w: Floats, p: float) -> float:
    """The smallest value whose cumulated share reaches p (the inverse distribution function)."""
    low, high, above = _bracket(x, w, p)
    return low if above <= 0 else high


def school_rule(x: Floats, w: Floats, p: float) -> float:
    """As `math_rule`, the middle of two values where the share is met exactly."""
    low, high, above = _bracket(x, w, p)
    return (low + high) / 2 if above <= 0 else high


def shahvaish_rule(x: Floats, w: Floats, p: float) -> float:
    """Shah and Vaish (2006), as R writes it: the step of pk = (S + 1/2 − w/2)/(n + 1)."""
    if x.size == 1:
        return float(x[0])
    cumulated = np.cumsum(w / w.mean())
    position, x = _regular((cumulated + 0.5 - w / 2) / (x.size + 1), x)
    at = int(np.searchsorted(position, p, side="right")) - 1
    return float(x[min(max(at, 0), x.size - 1)])


def hf7_rule(x: Floats, w: Floats, p: float) -> float:
    """Hyndman and Fan's type 7 with weights."""
    if x.size == 1:
        return float(x[0])
    cumulated = np.cumsum(w)
    return _interpolate(np.concatenate([[0.0], cumulated[:-1]]) / cumulated[-2], x, p)


def hf8_rule(x: Floats, w: Floats, p: float) -> float:
    """Hyndman and Fan's type 8 with weights."""
    if x.size == 1:
        return float(x[0])
    cumulated = np.cumsum(w)
    before = np.concatenate([[0.0], cumulated[:-1]])
    return _interpolate((before / 3 + cumulated * 2 / 3) / (cumulated[-1] + w[-1] / 3), x, p)


QUANTILE_RULES: dict[str, Callable[[Floats, Floats, float], float]] = {
    "math": math_rule,
    "school": school_rule,
    "shahvaish": shahvaish_rule,
    "hf7": hf7_rule,
    "hf8": hf8_rule,
}

WOODRUFF = ("mean", "xlogit", "beta", "asin")


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile, the ends of its interval (None where the share's interval leaves [0, 1]), SE.

    The SE is the interval's width over 2t, as R has it.
    """

    p: float
    value: float
    low: float | None
    high: float | None
    se: float | None
    df: int


def quantile(
    sample: Sample,
    y: ArrayLike,
    p: float,
    rule: str = "math",
    interval: str = "mean",
    level: float = 0.95,
    where: Mask | None = None,
) -> Quantile:
    """The p-quantile of y (rows,) in the domain `where`; missing values are left out.

    Woodruff (1952): the interval of the share at or below the quantile, read back through the
    same rule.
    """
    if rule not in QUANTILE_RULES or interval not in WOODRUFF or not 0 <= p <= 1:
        raise BadInput(
            f"Phân vị: rule {sorted(QUANTILE_RULES)}, interval {WOODRUFF}, 0 ≤ p ≤ 1; nhận "
            f"{rule!r}, {interval!r}, {p}.",
            f"Quantile: rule {sorted(QUANTILE_RULES)}, interval {WOODRUFF}, 0 ≤ p ≤ 1; got "
            f"{rule!r}, {interval!r}, {p}.",
        )
    column = numeric(y)
    inside = np.ones(sample.rows, dtype=bool) if where is None else where
    used = inside & ~np.isnan(column) & (sample.weight > 0)
    if not used.any():
        raise EmptyDomain("Không có giá trị nào.", "No value to take a quantile of.")
    order = np.argsort(column[used], kind="stable")
    x, w = column[used][order], sample.weight[used][order]
    take = QUANTILE_RULES[rule]
    value = take(x, w, p)
    share = mean(sample, (column <= value).astype(np.float64), subset(used))
    df = int(share.df()[0])
    ends = _read_back(share.value[0], share.variance()[0], int(share.n[0]), df, interval, level)
    low, high = (None if end is None else take(x, w, end) for end in ends)
    se = None
    if low is not None and high is not None and df > 0:
        se = (high - low) / (2 * critical(df, level))
    return Quantile(p, value, low, high, se, df)


def _read_back(
    p: float, v: float, n: int, df: int, interval: str, level: float
) -> tuple[float | None, float | None]:
    found = PROPORTION_INTERVALS[interval](float(p), float(v), n, df, level)
    if found is None:
        return None, None
    low, high = found
    return (None if low < 0 else low), (None if high > 1 else high)
