"""Confidence intervals for means, totals and ratios.

Each function returns (low, high), or None where no finite interval exists. Levels are two-sided;
a one-sided 95 % bound is an end of the 90 % interval.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri, stdtrit

Interval = tuple[float, float]

FIELLER_FROM = 0.1  # g = t²·cv² of the denominator: from here on the log interval is not trusted


def critical(df: float, level: float = 0.95) -> float:
    """The two-sided quantile of Student's t; of the normal where `df` is infinite."""
    tail = 0.5 + level / 2
    return float(ndtri(tail)) if math.isinf(df) else float(stdtrit(df, tail))


def t_interval(value: float, se: float, df: float, level: float = 0.95) -> Interval | None:
    """value ± t·se (R: `confint(…, df=degf(d))`); None without degrees of freedom."""
    if se == 0:
        return value, value
    if df <= 0 or not math.isfinite(se):
        return None
    half = critical(df, level) * se
    return value - half, value + half


def log_interval(value: float, se: float, df: float, level: float = 0.95) -> Interval | None:
    """exp(log value ± t·se/value), for positive values; None at zero, without df, or where the
    upper end is beyond what a number holds."""
    if value <= 0:
        return None
    found = t_interval(math.log(value), se / value, df, level)
    try:
        return None if found is None else (math.exp(found[0]), math.exp(found[1]))
    except OverflowError:
        return None


@dataclass(frozen=True, slots=True)
class Quotient:
    """Two estimates a and b with their variances and covariance; the ratio wanted is a/b."""

    a: float
    b: float
    var_a: float
    var_b: float
    cov: float

    def g(self, df: float, level: float = 0.95) -> float:
        """Fieller's g = t²·cv²(b): how far the denominator is from being well away from zero."""
        if self.var_b == 0:
            return 0.0
        if df <= 0 or self.b == 0:
            return math.inf
        return critical(df, level) ** 2 * self.var_b / self.b**2

    def se(self) -> float:
        """Linearised standard error of a/b."""
        ratio = self.a / self.b
        spread = self.var_a - 2 * ratio * self.cov + ratio**2 * self.var_b
        return math.sqrt(max(spread, 0.0)) / abs(self.b)


def fieller(quotient: Quotient, df: float, level: float = 0.95) -> Interval | None:
    """Fieller's interval (1954): all ρ with |a − ρb| ≤ t·se(a − ρb); None where g ≥ 1."""
    g = quotient.g(df, level)
    if g >= 1:
        return None
    t = critical(df, level)
    outer = quotient.b**2 - t**2 * quotient.var_b
    middle = quotient.a * quotient.b - t**2 * quotient.cov
    inner = quotient.a**2 - t**2 * quotient.var_a
    root = math.sqrt(max(middle**2 - outer * inner, 0.0))
    return (middle - root) / outer, (middle + root) / outer


def ratio_interval(
    quotient: Quotient, df: float, level: float = 0.95, se: float | None = None
) -> tuple[Interval | None, str]:
    """The interval of a ratio of means and its name: log, Fieller where g ≥ 0.1, none at g ≥ 1.

    The kind is chosen by g at 95 %, whatever the level, so that an interval and its one-sided
    bounds are of one kind. `se`: the ratio's standard error, where the caller has it.
    """
    g = quotient.g(df)
    if g >= 1:
        return None, "none"
    if g >= FIELLER_FROM or quotient.a == 0:
        ends = fieller(quotient, df, level)
        return ends, "fieller" if ends else "none"
    error = quotient.se() if se is None else se
    return log_interval(quotient.a / quotient.b, error, df, level), "log"
