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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from analysis.estimators import from_sums
from analysis.estimators.from_sums import Fields, FromSums, exact
from analysis.estimators.request import Request
from analysis.estimators.returned import Sides
from analysis.national.returns_table import FIGURES, MONTHS, Told
from analysis.types import Estimate, Missing, Text

MEAN = Text("Bình quân mỗi xã.", "Mean of the communes.")


@dataclass(frozen=True, slots=True)
class _Sums:
    """Both sides over the `communes` that have a value, and the figures beside them."""

    sides: Sides
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
    fields = _fields(asked, kept) if kept else None
    if fields is None:
        settled = bool(found) and not facts["provisional"]
        return asked.blank(Missing.NO_CASES if settled else Missing.NO_DATA, **facts)
    return from_sums.estimate(asked, fields, **facts)


def _fields(asked: Request, kept: Sequence[Told]) -> Fields | None:
    sides = Sides(
        sum(one.numerator or 0 for one in kept), sum(one.denominator or 0 for one in kept)
    )
    figures = {name: sum(one.figures.get(name, 0) for one in kept) for name in FIGURES}
    sums = _Sums(sides, len(kept), figures)
    of_a_year = _OF_A_YEAR.get(asked.indicator.estimator)
    if of_a_year is not None:
        return of_a_year(sums)
    return _FROM_SUMS[asked.indicator.estimator](sums.sides, asked.scale)


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


def _quarters(sums: _Sums) -> Fields:
    value = Fraction(sums.sides.top, sums.communes)
    more = {"denominator": float(sums.communes), "n": sums.figures["year_total"]}
    return exact(sums.sides, value, "least_quarter") | more | {"note": _mean(sums)}


def _months(sums: _Sums) -> Fields:
    value = Fraction(MONTHS * sums.sides.top, sums.sides.below)
    return exact(sums.sides, value, "months_with") | {"note": _mean(sums)}


def _mean(sums: _Sums) -> Text | None:
    return MEAN if sums.communes > 1 else None


_FROM_SUMS: dict[str, FromSums] = {
    "return_share": from_sums.share,
    "return_units": from_sums.share,
    "return_ratio": from_sums.ratio,
    "return_rate": from_sums.rate,
    "return_count": from_sums.count,
}
_OF_A_YEAR = {"return_quarters": _quarters, "return_months": _months}
