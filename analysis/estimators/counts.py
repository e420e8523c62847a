"""Full registers with small numbers: exact intervals for counts, rates, shares and ratios.

A full count has no sampling error; its interval says how far chance alone moves such a count from
year to year. Only `scipy.special` inverses are used: root finding on p-values is good to no more
than 1e-9. Sources: Garwood 1936; Clopper & Pearson 1934.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from scipy.special import betaincinv, gammaincinv

from analysis.estimators.errors import BadInput, ZeroDenominator
from analysis.estimators.intervals import Interval


@dataclass(frozen=True, slots=True)
class Count:
    """A full count: the exact value and its exact interval (the upper end may be infinite).

    `value` is in the unit asked for (per 1 000, percent …); None where the denominator is zero but
    the numerator is not (a ratio that has no value but has a lower bound).
    """

    numerator: int
    denominator: Fraction
    value: Fraction | None
    interval: Interval


def _whole(events: int, name: str) -> None:
    if events != int(events) or events < 0:
        raise BadInput(
            f"{name} phải là số nguyên không âm; nhận {events}.",
            f"{name} must be a whole number, not negative; got {events}.",
        )


def garwood(events: int, level: float = 0.95) -> Interval:
    """The exact interval of a Poisson mean from one count."""
    _whole(events, "events")
    tail = (1 - level) / 2
    low = 0.0 if events == 0 else float(gammaincinv(events, tail))
    return low, float(gammaincinv(events + 1, 1 - tail))


def rate(events: int, exposure: Fraction | int, scale: int = 1, level: float = 0.95) -> Count:
    """Events per `scale` of exposure, with Garwood's interval.

    Raises `ZeroDenominator` where the exposure is not positive: 0/0 is "no cases", not a rate.
    """
    below = Fraction(exposure)
    if below <= 0:
        raise ZeroDenominator(
            "Mẫu số của tỷ suất bằng 0.", "The exposure of a rate must be positive."
        )
    low, high = garwood(events, level)
    per = float(scale / below)
    return Count(events, below, Fraction(events) * scale / below, (low * per, high * per))


def share(events: int, trials: int, scale: int = 100, level: float = 0.95) -> Count:
    """Events out of trials times `scale`, with Clopper and Pearson's interval."""
    _whole(events, "events")
    _whole(trials, "trials")
    if trials == 0:
        raise ZeroDenominator("Mẫu số của tỷ lệ bằng 0.", "A share of zero trials does not exist.")
    if events > trials:
        raise BadInput(
            f"Tử số ({events}) lớn hơn mẫu số ({trials}).",
            f"The numerator ({events}) exceeds the denominator ({trials}).",
        )
    low, high = clopper_pearson(events, trials, level)
    return Count(
        events, Fraction(trials), Fraction(events * scale, trials), (low * scale, high * scale)
    )


def clopper_pearson(events: int, trials: int, level: float = 0.95) -> Interval:
    """Clopper and Pearson's interval from whole counts."""
    tail = (1 - level) / 2
    low = 0.0 if events == 0 else float(betaincinv(events, trials - events + 1, tail))
    high = 1.0 if events == trials else float(betaincinv(events + 1, trials - events, 1 - tail))
    return low, high


def sex_ratio(boys: int, girls: int, scale: int = 100, level: float = 0.95) -> Count:
    """Boys per `scale` girls; the exact interval of the boys' share, through the odds.

    Without girls there is no value, but a lower bound. Raises `ZeroDenominator` without births.
    """
    _whole(boys, "boys")
    _whole(girls, "girls")
    if boys + girls == 0:
        raise ZeroDenominator("Không có ca sinh nào.", "No births.")
    low, high = clopper_pearson(boys, boys + girls, level)
    value = Fraction(boys * scale, girls) if girls else None
    return Count(boys, Fraction(girls), value, (_odds(low) * scale, _odds(high) * scale))


def _odds(p: float) -> float:
    return math.inf if p >= 1 else p / (1 - p)


def rate_ratio(
    events: tuple[int, int], exposure: tuple[float, float], level: float = 0.95
) -> tuple[float | None, Interval]:
    """The ratio of two Poisson rates and its exact conditional interval (R: `poisson.test`)."""
    first, second = events
    if min(exposure) <= 0 or first + second == 0:
        raise ZeroDenominator(
            "Cần mẫu số dương và ít nhất một ca.", "Positive exposures and a case are needed."
        )
    low, high = clopper_pearson(first, first + second, level)
    per = exposure[1] / exposure[0]
    value = first / second * per if second else None
    return value, (_odds(low) * per, _odds(high) * per)
