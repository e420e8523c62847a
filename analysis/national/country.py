"""Adding up what the communes' jobs found, and the estimates of provinces and of the total.

PSU totals of all files are finished before anything is squared; the estimates are those of
`analysis.estimators`, from the same functions that a commune uses. Every commune is a set of strata
of its own, so that a province is a domain of the whole. Small cells are hidden last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from analysis.catalogue import CATALOGUE
from analysis.disclosure import (
    MINIMUM_CELL,
    Audience,
    cell_size,
    hide,
    is_survey,
    protect_breakdown,
)
from analysis.estimators import counts
from analysis.estimators.counts import Count
from analysis.estimators.errors import BadInput, Refused
from analysis.estimators.indicators import FROM_TABLE, Tabulated
from analysis.estimators.prepared import Prepared
from analysis.estimators.psu import Part, PsuTable, merged
from analysis.estimators.registers import NO_POPULATION
from analysis.estimators.request import ONE_SIDED, ZERO_BELOW, Request
from analysis.estimators.sample import Ints, Strata, strata_of
from analysis.national import lake
from analysis.national.pieces import (
    CountsFound,
    Fault,
    Found,
    Job,
    Key,
    TotalsFound,
    UnitsFound,
    keys,
    request,
)
from analysis.types import Dimension, Estimate, Missing, Text

PROVINCE = Dimension(Text("Tỉnh, thành phố", "Province"), {})
BATCH_BYTES = 2_000_000
BATCH_JOBS = 64
COUNT_ONLY = Text(
    "Dưới số ca sinh tối thiểu: chỉ công bố số ca.",
    "Below the least number of births: only the count is published.",
)

Road = Callable[[Sequence[tuple[Job, ...]]], Iterator[tuple[int, list[Found | Fault]]]]
"""Does batches of jobs, in any order: each one's position and what it found."""


@dataclass(frozen=True, slots=True)
class Country:
    """The estimates of a year, protected: the total (`by` empty) and each province; and how many
    communes, households and jobs it took."""

    year: int
    estimates: tuple[Estimate, ...]
    communes: int
    households: int
    batches: int


def compute(
    root: Path,
    road: Road,
    *,
    year: int | None = None,
    lonely: str = "fail",
    codes: Sequence[str] = (*lake.SURVEY, *lake.REGISTERS),
    minimum: int = MINIMUM_CELL,
) -> Country:
    """Every national indicator of a lake (`codes` to choose), for a year (the newest if None).

    Raises `Refused`, naming file, column or stratum: all faults of the data at once.
    """
    _known(codes)
    communes = lake.communes(root)
    wanted = _year(communes, year)
    batches = in_batches(_jobs(communes, wanted, {CATALOGUE[code].table or "" for code in codes}))
    found = _all(road, batches)
    units = {one.commune: one for one in found if isinstance(one, UnitsFound)}
    whole = _Whole.of(communes, units, lonely)
    estimates: list[Estimate] = []
    for code in codes:
        for key in (one for one in keys(CATALOGUE[code].table or "") if one[0] == code):
            estimates += _protected(_estimates(key, whole, wanted, found), minimum)
    return Country(wanted, tuple(estimates), len(communes), whole.strata.psus, len(batches))


def _known(codes: Sequence[str]) -> None:
    known = (*lake.SURVEY, *lake.REGISTERS)
    for code in codes:
        if code not in known:
            raise BadInput(
                f"Không có chỉ tiêu {code} ở cấp này; có: {', '.join(known)}.",
                f"No indicator {code} at this level; there are {', '.join(known)}.",
            )


def _year(communes: Sequence[lake.Commune], asked: int | None) -> int:
    there = lake.years(communes)
    if not there or (asked is not None and asked not in there):
        years = ", ".join(map(str, there)) or "–"
        raise BadInput(
            f"Không có dữ liệu năm {asked or ''}; có: {years}.",
            f"No data of the year {asked or ''}; there are {years}.",
        )
    return there[-1] if asked is None else asked


def _jobs(communes: Sequence[lake.Commune], year: int, tables: set[str]) -> Iterator[Job]:
    people = sorted(tables - {"births"})
    for at, commune in enumerate(communes):
        units = commune.files(lake.UNITS, year)
        if people and units:
            yield Job(at, commune.code, year, lake.UNITS, units)
        for table in people:
            files = commune.files(table, year)
            if files and not units:
                raise BadInput(
                    f"{commune.folder}: có bảng {table} nhưng thiếu bảng units của năm {year}.",
                    f"{commune.folder}: table {table} is there, table units of {year} is missing.",
                )
            for file in files:
                yield Job(at, commune.code, year, table, (file,), units)
        births, returns = (commune.files(name, year) for name in ("births", "births_month"))
        if "births" in tables and (births or returns):
            yield Job(at, commune.code, year, "births", births, returns)


def in_batches(jobs: Iterable[Job]) -> list[tuple[Job, ...]]:
    """Jobs together, so that a task is worth sending: some megabytes of files."""
    batches: list[tuple[Job, ...]] = []
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += sum(Path(file).stat().st_size for file in job.files)
        if size >= BATCH_BYTES or len(batch) >= BATCH_JOBS:
            batches.append(tuple(batch))
            batch, size = [], 0
    return [*batches, tuple(batch)] if batch else batches


def _all(road: Road, batches: Sequence[tuple[Job, ...]]) -> list[Found]:
    """In the order of the batches, whatever the order they were done in."""
    done = sorted(road(batches), key=lambda pair: pair[0])
    faults = [one for _, found in done for one in found if isinstance(one, Fault)]
    if faults:
        different = list(dict.fromkeys(faults))
        raise Refused("\n".join(one.vi for one in different), "\n".join(o.en for o in different))
    return [one for _, found in done for one in found if not isinstance(one, Fault)]


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """All communes as one sample: where each one's units begin, and its province's position."""

    strata: Strata
    start: dict[int, int]
    province: Ints
    provinces: tuple[str, ...]

    @classmethod
    def of(
        cls, communes: Sequence[lake.Commune], units: dict[int, UnitsFound], lonely: str
    ) -> _Whole:
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
        return cls(together, start, province, tuple(names))


def _estimates(key: Key, whole: _Whole, year: int, found: Sequence[Found]) -> list[Estimate]:
    """The total first, then the provinces that have anything to say."""
    asked = replace(request(key, Prepared({}, None), year), dimensions=(("province", PROVINCE),))
    if asked.indicator.estimator in FROM_TABLE:
        totals = [one for one in found if isinstance(one, TotalsFound) and one.key == key]
        return _survey(asked, whole, totals)
    registers = [one for one in found if isinstance(one, CountsFound) and one.key == key]
    return _registers(asked, whole, registers)


def _survey(asked: Request, whole: _Whole, found: Sequence[TotalsFound]) -> list[Estimate]:
    if not found:
        return [asked.blank(Missing.NO_DATA)]
    parts = [
        Part(
            one.psu + whole.start[one.commune],
            one.z,
            one.filled,
            int(whole.province[one.commune]),
            one.n,
            one.excluded,
            one.second,
        )
        for one in found
    ]
    count = len(whole.provinces)
    table = merged(whole.strata, parts, found[0].z.shape[1], count)
    counted = np.zeros((2, count), dtype=np.intp)
    for one in found:
        counted[:, whole.province[one.commune]] += one.counted
    estimate = FROM_TABLE[asked.indicator.estimator]
    total = Tabulated(_as_one(table), ((),), counted.sum(axis=1, keepdims=True))
    apart = Tabulated(table, tuple((name,) for name in whole.provinces), counted)
    return [*estimate(replace(asked, dimensions=()), total), *estimate(asked, apart)]


def _as_one(table: PsuTable) -> PsuTable:
    """All domains of the table as one."""
    return replace(
        table,
        domain=np.zeros_like(table.domain),
        totals=table.z.sum(axis=0, keepdims=True),
        n=table.n.sum(keepdims=True),
        excluded=table.excluded.sum(keepdims=True),
        second=None if table.second is None else table.second.sum(axis=0, keepdims=True),
    )


def _registers(asked: Request, whole: _Whole, found: Sequence[CountsFound]) -> list[Estimate]:
    groups: list[tuple[dict[str, str], list[Estimate]]] = [({}, [one.estimate for one in found])]
    for at, name in enumerate(whole.provinces):
        inside = [one.estimate for one in found if whole.province[one.commune] == at]
        groups.append(({"province": name}, inside))
    return [_added(asked, by, estimates) for by, estimates in groups]


def _added(asked: Request, by: dict[str, str], found: Sequence[Estimate]) -> Estimate:
    """The sum of communes' registers. A commune that cannot give a denominator (no return with
    the number of women, no return of deaths) is left out on both sides, and the sum provisional."""
    kept = [one for one in found if one.numerator is not None and one.denominator is not None]
    nothing = [o for o in found if o.missing is Missing.NO_CASES and o.note != NO_POPULATION]
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


def _protected(found: Sequence[Estimate], minimum: int) -> list[Estimate]:
    """Small provinces hidden with the company that would give them away, small surveys hidden,
    rates that are counts below a size reduced to the count."""
    total, provinces = [found[0]], found[1:]
    shown = [*total, *protect_breakdown(provinces, minimum, Audience.OUTSIDE)]
    return [_count_only(hide(o) if is_survey(o) and cell_size(o) < minimum else o) for o in shown]


def _count_only(estimate: Estimate) -> Estimate:
    least = CATALOGUE[estimate.indicator].count_only_below
    if least is None or estimate.value is None or (estimate.denominator or 0) >= least:
        return estimate
    return replace(estimate, value=None, exact=None, interval=None, bounds=None, note=COUNT_ONLY)
