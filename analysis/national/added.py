"""Communes added up: the estimates of the total, of provinces and of communes, not yet protected.

Every commune is a set of strata of its own, so that a commune or a province is a domain of the
whole; PSU totals are finished before anything is squared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeGuard

import numpy as np

from analysis.estimators import counts
from analysis.estimators.counts import Count
from analysis.estimators.indicators import FROM_TABLE, Tabulated
from analysis.estimators.parts import Part, merged, regrouped
from analysis.estimators.prepared import Prepared
from analysis.estimators.request import ONE_SIDED, ZERO_BELOW, Request
from analysis.estimators.sample import Ints, Strata, strata_of, sums
from analysis.national import lake, returns_added
from analysis.national.pieces import (
    CountsFound,
    Found,
    ReturnsFound,
    TotalsFound,
    UnitsFound,
    request,
)
from analysis.national.returns_table import Key, Told
from analysis.types import Dimension, Estimate, Missing, Text

PROVINCE = Dimension(Text("Tỉnh, thành phố", "Province"), {})
COMMUNE = Dimension(Text("Xã, phường", "Commune"), {})

Group = tuple[Estimate, Sequence[Estimate]]
"""A province and its communes."""


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """All communes as one sample: where each one's units begin, its code, and the position of its
    province among `provinces`."""

    strata: Strata
    start: dict[int, int]
    codes: tuple[str, ...]
    province: Ints
    provinces: tuple[str, ...]

    def nested(self, provinces: Sequence[Estimate], communes: Sequence[Estimate]) -> list[Group]:
        """Each province with its communes that have anything to say."""
        blank = (Missing.NO_DATA, Missing.NOT_COLLECTED)
        there = [(at, one) for at, one in enumerate(communes) if one.missing not in blank or one.n]
        return [
            (cell, [one for at, one in there if self.province[at] == position])
            for position, cell in enumerate(provinces)
        ]

    @classmethod
    def of(
        cls, communes: Sequence[lake.Commune], units: dict[int, UnitsFound], lonely: str
    ) -> Whole:
        names = sorted({one.province for one in communes})
        province = np.array([names.index(one.province) for one in communes], dtype=np.intp)
        start, psus, strata = {}, 0, 0
        of_psu: list[Ints] = [np.zeros(0, dtype=np.intp)]
        for at, one in sorted(units.items()):
            start[at] = psus
            of_psu.append(one.stratum.astype(np.intp) + strata)
            psus += one.stratum.size
            strata += len(one.names)
        ordered = [one for _, one in sorted(units.items())]
        population = np.concatenate([np.zeros(0), *(one.population for one in ordered)])
        labels = [name for one in ordered for name in one.names]
        together = strata_of(np.concatenate(of_psu), population, labels, lonely)
        codes = tuple(one.code for one in communes)
        return cls(together, start, codes, province, tuple(names))


def estimates(
    key: Key, whole: Whole, year: int, found: Sequence[Found], communes: bool = False
) -> tuple[Estimate, list[Group]]:
    """The total, and the provinces with their communes (none unless `communes`); not protected."""
    asked = request(key, Prepared({}, None), year)
    if asked.indicator.estimator in FROM_TABLE:
        totals = [one for one in found if isinstance(one, TotalsFound) and one.key == key]
        return _survey(asked, whole, totals, communes)
    if asked.indicator.code in lake.RETURNED:
        told = {one.commune: one.told[key] for one in found if _tells(one, key)}
        return _returns(asked, whole, told, communes)
    registers = [one for one in found if isinstance(one, CountsFound) and one.key == key]
    return _registers(asked, whole, registers, communes)


def _survey(
    asked: Request, whole: Whole, found: Sequence[TotalsFound], communes: bool
) -> tuple[Estimate, list[Group]]:
    if not found:
        return asked.blank(Missing.NO_DATA), []
    count = whole.province.size
    table = merged(whole.strata, [_part(one, whole) for one in found], found[0].z.shape[1], count)
    counted = np.zeros((2, count), dtype=np.intp)
    for one in found:
        counted[:, one.commune] += one.counted
    estimate = FROM_TABLE[asked.indicator.estimator]

    def of(groups: Ints, names: Sequence[tuple[str, ...]]) -> list[Estimate]:
        dimensions = (("province", PROVINCE), ("commune", COMMUNE))[: len(names[0])]
        together = np.stack([sums(groups, side, len(names)) for side in counted]).astype(np.intp)
        given = Tabulated(regrouped(table, groups, len(names)), tuple(names), together)
        return estimate(replace(asked, dimensions=dimensions), given)

    (total,) = of(np.zeros(count, dtype=np.intp), [()])
    provinces = of(whole.province, [(name,) for name in whole.provinces])
    if not communes:
        return total, [(cell, ()) for cell in provinces]
    places = [(whole.provinces[p], c) for p, c in zip(whole.province, whole.codes, strict=True)]
    return total, whole.nested(provinces, of(np.arange(count), places))


def _tells(one: Found, key: Key) -> TypeGuard[ReturnsFound]:
    return isinstance(one, ReturnsFound) and key in one.told


def _returns(
    asked: Request, whole: Whole, told: Mapping[int, Told], communes: bool
) -> tuple[Estimate, list[Group]]:
    """Every commune of the lake is in each sum: those that tell nothing are counted as absent."""

    def of(by: dict[str, str], places: Ints) -> Estimate:
        found = [told[at] for at in places.tolist() if at in told]
        return returns_added.added(asked, by, found, places.size - len(found))

    total = of({}, np.arange(whole.province.size))
    provinces = [
        of({"province": name}, np.flatnonzero(whole.province == at))
        for at, name in enumerate(whole.provinces)
    ]
    if not communes:
        return total, [(cell, ()) for cell in provinces]
    cells = [
        of({"province": whole.provinces[at], "commune": code}, np.array([position]))
        for position, (at, code) in enumerate(zip(whole.province, whole.codes, strict=True))
    ]
    return total, whole.nested(provinces, cells)


def _part(one: TotalsFound, whole: Whole) -> Part:
    psu = one.psu + whole.start[one.commune]
    return Part(psu, one.z, one.filled, one.commune, one.n, one.excluded, one.second)


def _registers(
    asked: Request, whole: Whole, found: Sequence[CountsFound], communes: bool
) -> tuple[Estimate, list[Group]]:
    total = _added(asked, {}, [one.estimate for one in found])
    provinces = []
    for at, name in enumerate(whole.provinces):
        inside = [one.estimate for one in found if whole.province[one.commune] == at]
        provinces.append(_added(asked, {"province": name}, inside))
    if not communes:
        return total, [(cell, ()) for cell in provinces]
    own: dict[int, list[Estimate]] = {}
    for one in found:
        own.setdefault(one.commune, []).append(one.estimate)
    cells = [
        _added(asked, {"province": whole.provinces[at], "commune": code}, own.get(position, []))
        for position, (at, code) in enumerate(zip(whole.province, whole.codes, strict=True))
    ]
    return total, whole.nested(provinces, cells)


def _added(asked: Request, by: dict[str, str], found: Sequence[Estimate]) -> Estimate:
    """The sum of communes' registers. A commune that cannot give a denominator (no return with
    the number of women, no return of deaths) is left out on both sides, and the sum provisional."""
    kept = [one for one in found if one.numerator is not None and one.denominator is not None]
    nothing = [one for one in found if one.missing is Missing.NO_CASES]
    left_out = sum(one.numerator is None and one not in nothing for one in found)
    extra: dict[str, float] = {}
    for one in found:
        for name in ("months_present", "months_expected", "births_missing"):
            if name in one.extra:
                extra[name] = extra.get(name, 0.0) + one.extra[name]
    excluded, n = sum(one.excluded for one in found), sum(one.n for one in kept)
    provisional = left_out > 0 or any(one.provisional for one in found)
    facts: dict[str, Any] = {
        "by": by,
        "excluded": excluded,
        "extra": extra,
        "provisional": provisional,
        "note": _not_all(extra, left_out) if provisional else None,
    }
    top = int(sum(one.numerator or 0 for one in kept))
    low = sum((Fraction(one.denominator or 0) for one in kept), Fraction(0))
    if low == 0 and (top == 0 or asked.indicator.estimator == "register_rate"):
        settled = bool(found) and not provisional
        return asked.blank(Missing.NO_CASES if settled else Missing.NO_DATA, **facts)
    method, exact = _EXACT[asked.indicator.estimator]
    count = exact(top, low, asked.scale, 0.95)
    return Estimate(
        asked.indicator.code,
        asked.years,
        value=None if count.value is None else float(count.value),
        interval=count.interval,
        bounds=exact(top, low, asked.scale, ONE_SIDED).interval,
        method=method,
        numerator=float(top),
        denominator=float(low),
        exact=count.value,
        n=n,
        variant=asked.variant,
        **(facts if count.value is not None else facts | {"note": ZERO_BELOW}),
    )


def _not_all(extra: dict[str, float], left_out: int) -> Text:
    months = f"{extra.get('months_present', 0):.0f}/{extra.get('months_expected', 0):.0f}"
    vi = f"Số tạm tính: {months} phiếu chốt tháng; {left_out} xã chưa tính được."
    return Text(vi, f"Provisional: {months} monthly returns; {left_out} communes left out.")


def _odds(top: int, low: Fraction, scale: int, level: float) -> Count:
    return counts.sex_ratio(top, int(low), scale, level)


_EXACT: dict[str, tuple[str, Callable[[int, Fraction, int, float], Count]]] = {
    "register_sex_ratio": ("clopper_pearson", _odds),
    "register_rate": ("garwood", counts.rate),
}
