"""Estimate against target: three answers, always kept apart.

1. The plan's own arithmetic, on exact values: strict and non-strict as the plan has them, "100 %"
   is numerator equal to denominator, 0/0 is "không phát sinh", a missing return "chưa đủ số liệu".
2. What the data can support, by one-sided 95 % bounds.
3. The linear path from the baseline to the deadline.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.deciding import more_interviews
from analysis.types import (
    Arithmetic,
    Estimate,
    Indicator,
    Missing,
    Statistical,
    Target,
    Text,
    Trajectory,
    Verdict,
)

Number = Fraction | float

# "duy trì" (maintain) asks for at least the value, in every period.
COMPARE: dict[str, Callable[[Number, Number], bool]] = {
    ">=": lambda value, goal: value >= goal,
    ">": lambda value, goal: value > goal,
    "<=": lambda value, goal: value <= goal,
    "<": lambda value, goal: value < goal,
    "=": lambda value, goal: value == goal,
    "maintain": lambda value, goal: value >= goal,
}
UPWARD = frozenset({">=", ">", "maintain"})

# A weighted share of a survey is a float: 85 % may come out as 84.99999999999999.
NOISE = 1e-9
TINY = 20  # a denominator so small that the attainable values are told
QUARTERS = {"year": 1, "quarter": 4, "month": 12}


def judge(
    target: Target, estimate: Estimate, indicator: Indicator, period: int | None = None
) -> Verdict:
    """The three verdicts for one period (by default the estimate's last year).

    Where the plan's value is suspected to be a misprint, `suspected` judges the other value too.
    """
    year = period if period is not None else max(estimate.years, default=target.deadline)
    if target.measure == "count":
        estimate = counted(estimate)
    trajectory, expected = path(target, estimate, year)
    sure = statistical(target, estimate, indicator)
    verdict = Verdict(
        arithmetic(target, estimate),
        sure,
        trajectory,
        expected,
        notes=(*_notes(target, estimate), *more_interviews(target, estimate, sure)),
    )
    if target.suspected is None:
        return verdict
    other = replace(target, value=target.suspected, suspected=None)
    return replace(verdict, suspected=judge(other, estimate, indicator, year))


def counted(estimate: Estimate) -> Estimate:
    """The number of cases in place of the rate, for a target that is about the cases."""
    if estimate.missing is not None or estimate.numerator is None:
        return estimate
    number = estimate.numerator
    return replace(
        estimate,
        value=number,
        exact=Fraction(number),
        interval=None,
        bounds=None,
        method="count_of_cases",
    )


def arithmetic(target: Target, estimate: Estimate) -> Arithmetic:
    """Verdict 1. A level that waits for its baseline leaves it open."""
    if target.value is None and target.from_baseline is not None:
        return Arithmetic.INCOMPLETE
    if target.comparator == "qualitative" or target.value is None:
        return Arithmetic.QUALITATIVE
    if estimate.missing is Missing.NO_CASES:
        return Arithmetic.NOT_APPLICABLE
    value = _value(estimate)
    if estimate.missing is not None or estimate.provisional or value is None:
        return Arithmetic.INCOMPLETE
    if _everyone_is_asked(target):
        if _beyond_everyone(estimate):
            return Arithmetic.INCOMPLETE
        met = _everyone(estimate, value)
    else:
        met = COMPARE[target.comparator](_settled(value, target.value), target.value)
    return Arithmetic.MET if met else Arithmetic.NOT_MET


def _value(estimate: Estimate) -> Number | None:
    """The exact value, else the computed one; infinite where only the denominator is zero."""
    if estimate.exact is not None:
        return estimate.exact
    if estimate.value is not None:
        return estimate.value
    if estimate.numerator and estimate.denominator == 0:
        return math.inf
    return None


def _settled(value: Number, goal: Fraction) -> Number:
    """A computed value within floating-point noise of the goal is the goal."""
    if isinstance(value, float) and math.isclose(value, float(goal), rel_tol=NOISE, abs_tol=0.0):
        return goal
    return value


def _everyone_is_asked(target: Target) -> bool:
    share = target.unit == "%" and target.measure != "count"
    return share and target.value == 100 and target.comparator in (">=", "=")


def _everyone(estimate: Estimate, value: Number) -> bool:
    """ "100 %": nobody is left out; no rounding brings 99.9999 % there."""
    if estimate.numerator is not None and estimate.denominator:
        return estimate.numerator >= estimate.denominator
    return value >= 100


def _beyond_everyone(estimate: Estimate) -> bool:
    """More in the numerator than in the denominator of a share: somebody has to look first."""
    if estimate.method != "full_count" or not estimate.denominator:
        return False
    return (estimate.numerator or 0) > estimate.denominator


def every_period(found: Sequence[Arithmetic], periods: int) -> Arithmetic:
    """A target that must hold in each of `periods` quarters, months or years ("duy trì").

    One period that misses decides; else a period without data leaves it open; periods without
    cases do not count unless there are no others.
    """
    if Arithmetic.NOT_MET in found:
        return Arithmetic.NOT_MET
    if len(found) < periods or Arithmetic.INCOMPLETE in found:
        return Arithmetic.INCOMPLETE
    if Arithmetic.QUALITATIVE in found:
        return Arithmetic.QUALITATIVE
    return Arithmetic.MET if Arithmetic.MET in found else Arithmetic.NOT_APPLICABLE


def within_year(target: Target, estimates: Sequence[Estimate]) -> Arithmetic:
    """A target for each quarter or month of a year: met only if all of them meet it."""
    return every_period([arithmetic(target, one) for one in estimates], QUARTERS[target.every])


def maintained(target: Target, estimates: Sequence[Estimate], first_year: int) -> Arithmetic:
    """A "duy trì" target: met in every year since the baseline (or the plan's first year).

    `estimates`: one a year, in any order; the last of them is the period judged.
    """
    start = target.baseline[0] if target.baseline else first_year
    last = max((max(one.years) for one in estimates), default=start)
    since = [one for one in estimates if max(one.years) >= start]
    return every_period([arithmetic(target, one) for one in since], last - start + 1)


def statistical(target: Target, estimate: Estimate, indicator: Indicator) -> Statistical:
    """Verdict 2: sure only where the one-sided 95 % bound lies on one side of the value."""
    if target.comparator == "qualitative" or target.value is None or estimate.missing is not None:
        return Statistical.NO_DATA
    least = None if target.measure == "count" else indicator.assessable_from
    if least is not None and estimate.n < least:
        return Statistical.NOT_ASSESSABLE
    if estimate.provisional:
        return Statistical.UNDECIDED
    if estimate.bounds is None:
        full = estimate.exact is not None and estimate.interval is None
        return Statistical.FULL_COUNT if full else Statistical.UNDECIDED
    return _by_bounds(target, estimate.bounds, target.value)


def _by_bounds(target: Target, bounds: tuple[float, float], goal: Fraction) -> Statistical:
    low, high = (end if _everyone_is_asked(target) else _settled(end, goal) for end in bounds)
    compare = COMPARE[target.comparator]
    if target.comparator == "=":
        met, missed = low == high == goal, not low <= goal <= high
    else:
        worst, best = (low, high) if target.comparator in UPWARD else (high, low)
        met, missed = compare(worst, goal), not compare(best, goal)
    if met:
        return Statistical.SURELY_MET
    return Statistical.SURELY_NOT_MET if missed else Statistical.UNDECIDED


def path(target: Target, estimate: Estimate, year: int) -> tuple[Trajectory, float | None]:
    """Verdict 3 and the value that the straight line from the baseline asks for in `year`.

    Before the baseline the line is at the baseline, after the deadline at the target. "On track"
    is as far as the line or further, in the direction of the comparator.
    """
    value = _value(estimate)
    if target.value is None or estimate.missing is not None or value is None:
        return Trajectory.NO_DATA, None
    if target.baseline is None:
        return Trajectory.NO_BASELINE, None
    expected = _expected(target.baseline, target.value, target.deadline, year)
    if estimate.provisional:
        return Trajectory.NO_DATA, float(expected)
    at = _settled(value, expected)
    if target.comparator == "=":
        on = abs(float(at) - float(target.value)) <= abs(float(expected - target.value))
    else:
        on = COMPARE[">=" if target.comparator in UPWARD else "<="](at, expected)
    return (Trajectory.ON_TRACK if on else Trajectory.BEHIND), float(expected)


def _expected(baseline: tuple[int, Fraction], goal: Fraction, deadline: int, year: int) -> Fraction:
    start, value = baseline
    if year >= deadline or deadline <= start:
        return goal
    share = Fraction(max(year - start, 0), deadline - start)
    return value + (goal - value) * share


def _notes(target: Target, estimate: Estimate) -> tuple[Text, ...]:
    """What the reader must know about the value itself, whatever the verdict."""
    return (*_attainable(target, estimate), *_against_nature(target, estimate))


def _attainable(target: Target, estimate: Estimate) -> tuple[Text, ...]:
    """With few units only some shares exist: how many of them the level takes."""
    below = estimate.denominator
    small = estimate.method == "full_count" and below and below <= TINY and below == int(below)
    if not small or target.value is None or target.unit != "%" or estimate.missing is not None:
        return ()
    total = int(below or 0)
    compare = COMPARE.get(target.comparator)
    if compare is None or _everyone_is_asked(target):
        return ()
    goal = target.value
    good = [k for k in range(total + 1) if compare(Fraction(100 * k, total), goal)]
    if not good:
        return (
            Text(
                f"Mẫu số là {total}: không có số nào đúng bằng mức này.",
                f"Of {total}, no number makes exactly this level.",
            ),
        )
    up = target.comparator in UPWARD
    k = good[0] if up or target.comparator == "=" else good[-1]
    words = ("ít nhất", "at least") if up else ("nhiều nhất", "at most")
    share = f"{100 * k / total:.1f}"
    return (
        Text(
            f"Mẫu số chỉ là {total}: mức này có nghĩa là {words[0]} {k}/{total} "
            f"({share.replace('.', ',')}%); mỗi đơn vị làm tỷ lệ thay đổi "
            f"{f'{100 / total:.1f}'.replace('.', ',')} điểm phần trăm.",
            f"Only {total} are counted: the level means {words[1]} {k} of {total} ({share}%); "
            f"each moves the share by {100 / total:.1f} points.",
        ),
    )


def _against_nature(target: Target, estimate: Estimate) -> tuple[Text, ...]:
    """On which side of the natural level a sex ratio at birth lies."""
    value = _value(estimate)
    if target.reference_band is None or value is None or estimate.missing is not None:
        return ()
    low, high = target.reference_band
    if low <= value <= high:
        return ()
    side = ("Thấp", "Below") if value < low else ("Cao", "Above")
    aim = (
        ("; thấp hơn nữa không phải là tốt hơn", "; lower is not better")
        if value < low
        else ("",) * 2
    )
    chance = ("", "")
    if estimate.interval and estimate.interval[0] <= high and estimate.interval[1] >= low:
        chance = (
            " Khoảng tin cậy vẫn chứa mức tự nhiên.",
            " The interval still holds the natural level.",
        )
    return (
        Text(
            f"{side[0]} hơn mức tự nhiên {low:g} - {high:g}{aim[0]}.{chance[0]}",
            f"{side[1]} the natural level of {low:g}-{high:g}{aim[1]}.{chance[1]}",
        ),
    )
