"""Communes' returns added up: shares of sums, sums of counts, exactly and as a commune has them.

A full count has no sampling error: no interval but a rate's (Garwood). For one commune every value
is its own report's. Two indicators are about a commune's year and cannot be a share of sums:

- `return_quarters` (the least of a commune's four quarters): the mean over communes of the least
  quarter of each; numerator their sum, denominator the communes. Not the least quarter of all
  communes' items together: one commune's many items would make up for another's none.
- `return_months` (months with at least one): months of communes with one, of the communes' months;
  the value is 12 times that share, the mean number of months of a commune.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from analysis.estimators import counts
from analysis.estimators.request import ONE_SIDED, ZERO_BELOW, Request
from analysis.estimators.returned import Sides, above_hundred, joined
from analysis.national.returns_table import FIGURES, Told
from analysis.types import Estimate, Missing, Text

MEAN = Text("Bình quân mỗi xã.", "Mean of the communes.")


@dataclass(frozen=True, slots=True)
class _Sums:
    """Both sides over the `communes` that have a value, and the figures beside them."""

    top: int
    below: int
    communes: int
    figures: Mapping[str, int]


def added(asked: Request, by: Mapping[str, str], found: Sequence[Told], absent: int) -> Estimate:
    """The sum of communes' returns. `absent`: communes whose lake says nothing of the indicator.

    A commune without a value (nothing came, or a return contradicts itself) is left out on both
    sides, and the sum is provisional; one in which nothing occurred adds nothing.
    """
    kept = [one for one in found if one.missing is None]
    left_out = sum(one.missing is Missing.NO_DATA for one in found)
    facts = _facts(by, found, left_out, absent)
    sums = _Sums(
        sum(one.numerator or 0 for one in kept),
        sum(one.denominator or 0 for one in kept),
        len(kept),
        {name: sum(one.figures.get(name, 0) for one in kept) for name in FIGURES},
    )
    estimate = _FINAL[asked.indicator.estimator](asked, sums) if kept else None
    if estimate is None:
        settled = bool(found) and not facts["provisional"]
        return asked.blank(Missing.NO_CASES if settled else Missing.NO_DATA, **facts)
    note = joined(estimate.pop("note", None), facts.pop("note"))
    return Estimate(
        asked.indicator.code, asked.years, variant=asked.variant, note=note, **facts, **estimate
    )


def _facts(
    by: Mapping[str, str], found: Sequence[Told], left_out: int, absent: int
) -> dict[str, Any]:
    extra = {
        name: float(sum(one.figures.get(name, 0) for one in found))
        for name in FIGURES
        if any(name in one.figures for one in found)
    }
    provisional = left_out > 0 or absent > 0 or any(one.provisional for one in found)
    return {
        "by": dict(by),
        "extra": extra,
        "provisional": provisional,
        "note": _not_all(extra, found, left_out, absent) if provisional else None,
    }


def _not_all(extra: Mapping[str, float], found: Sequence[Told], left_out: int, absent: int) -> Text:
    waits = sum(one.provisional and one.missing is None for one in found)
    came = f"{extra.get('returns_present', 0):.0f}/{extra.get('returns_owed', 0):.0f}"
    vi, en = [f"{came} phiếu đã nhận"], [f"{came} returns have come"]
    for count, words in (
        (waits, ("{} xã còn số tạm tính", "provisional in {} communes")),
        (left_out, ("{} xã chưa tính được", "{} communes left out")),
        (absent, ("{} xã không có bảng này", "{} communes without this table")),
    ):
        if count:
            vi.append(words[0].format(count))
            en.append(words[1].format(count))
    return Text(f"Số tạm tính: {'; '.join(vi)}.", f"Provisional: {'; '.join(en)}.")


Final = Callable[[Request, _Sums], dict[str, Any] | None]
"""The fields of an estimate from the sums; None for 0/0."""


def _exact(value: Fraction, sums: _Sums, method: str, **more: Any) -> dict[str, Any]:
    return {
        "value": float(value),
        "exact": value,
        "method": method,
        "numerator": float(sums.top),
        "denominator": float(sums.below),
        "n": sums.below,
    } | more


def _share(asked: Request, sums: _Sums) -> dict[str, Any] | None:
    if not sums.below:
        return None
    value = Fraction(sums.top * asked.scale, sums.below)
    above = sums.top > sums.below
    note = above_hundred(Sides(sums.top, sums.below)) if above else None
    return _exact(value, sums, "full_count", note=note)


def _ratio(asked: Request, sums: _Sums) -> dict[str, Any] | None:
    if not sums.below:
        nothing = {"value": None, "exact": None, "note": ZERO_BELOW}
        return _exact(Fraction(0), sums, "exact_ratio", **nothing) if sums.top else None
    return _exact(Fraction(sums.top * asked.scale, sums.below), sums, "exact_ratio")


def _rate(asked: Request, sums: _Sums) -> dict[str, Any] | None:
    if not sums.below:
        return None
    found = counts.rate(sums.top, sums.below, asked.scale)
    bounds = counts.rate(sums.top, sums.below, asked.scale, ONE_SIDED).interval
    value = Fraction(sums.top * asked.scale, sums.below)
    return _exact(value, sums, "garwood", interval=found.interval, bounds=bounds)


def _count(_: Request, sums: _Sums) -> dict[str, Any]:
    return _exact(Fraction(sums.top), sums, "plain_count", denominator=None, n=sums.top)


def _quarters(_: Request, sums: _Sums) -> dict[str, Any]:
    value, items = Fraction(sums.top, sums.communes), sums.figures["year_total"]
    more = {"denominator": float(sums.communes), "n": items, "note": _mean(sums)}
    return _exact(value, sums, "least_quarter", **more)


def _months(_: Request, sums: _Sums) -> dict[str, Any]:
    value = Fraction(12 * sums.top, sums.below)
    return _exact(value, sums, "months_with", note=_mean(sums))


def _mean(sums: _Sums) -> Text | None:
    return MEAN if sums.communes > 1 else None


_FINAL: dict[str, Final] = {
    "return_share": _share,
    "return_units": _share,
    "return_ratio": _ratio,
    "return_rate": _rate,
    "return_count": _count,
    "return_quarters": _quarters,
    "return_months": _months,
}
