"""Adding up what the communes' jobs found, and the estimates of provinces and of the total.

PSU totals of all files are finished before anything is squared; the estimates are those of
`analysis.estimators`, from the same functions that a commune uses (`national.added`). Small cells
are hidden last, by the rules of `analysis.disclosure`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.catalogue import CATALOGUE
from analysis.disclosure import MINIMUM_CELL, protect_levels
from analysis.estimators.errors import BadInput, Refused
from analysis.national import lake
from analysis.national.added import Whole, estimates
from analysis.national.pieces import Fault, Found, Job, UnitsFound, keys
from analysis.types import Estimate

LEVELS = ("province", "commune")
BATCH_BYTES = 2_000_000
BATCH_JOBS = 64

Road = Callable[[Sequence[tuple[Job, ...]]], Iterator[tuple[int, list[Found | Fault]]]]
"""Does batches of jobs, in any order: each one's position and what it found."""


@dataclass(frozen=True, slots=True)
class Country:
    """The estimates of a year, protected: the total (`by` empty), each province and, where asked
    for, each commune; and how many communes, households and jobs it took."""

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
    codes: Sequence[str] = lake.CODES,
    minimum: int = MINIMUM_CELL,
    by: str = "province",
) -> Country:
    """Every national indicator of a lake (`codes` to choose), for a year (the newest if None).

    `by`: the lowest level with figures of its own, one of `LEVELS`.

    Raises `Refused`, naming file, column or stratum: all faults of the data at once.
    """
    _known(codes)
    communes = lake.communes(root)
    wanted = _year(communes, year)
    batches = in_batches(_jobs(communes, wanted, {lake.table_of(code) for code in codes}))
    found = _all(road, batches)
    units = {one.commune: one for one in found if isinstance(one, UnitsFound)}
    whole = Whole.of(communes, units, lonely)
    shown: list[Estimate] = []
    for code in codes:
        for key in (one for one in keys(lake.table_of(code)) if one[0] == code):
            total, groups = estimates(key, whole, wanted, found, communes=by == "commune")
            shown += protect_levels(CATALOGUE[code], total, groups, minimum)
    households = sum(one.households for one in units.values())
    return Country(wanted, tuple(shown), len(communes), households, len(batches))


def _known(codes: Sequence[str]) -> None:
    for code in codes:
        if code not in lake.CODES:
            raise BadInput(
                f"Không có chỉ tiêu {code} ở cấp này; có: {', '.join(lake.CODES)}.",
                f"No indicator {code} at this level; there are {', '.join(lake.CODES)}.",
            )


def _year(communes: Sequence[lake.Commune], asked: int | None) -> int:
    there = lake.years(communes)
    if not there:
        raise BadInput(
            "Kho chưa có bảng nào: không có thư mục <bảng>/year=… trong các xã. Chạy flask "
            "export-lake ở xã trước.",
            "The lake holds no table yet: there is no folder <table>/year=… in its communes. Run "
            "flask export-lake in a commune first.",
        )
    if asked is not None and asked not in there:
        years = ", ".join(map(str, there))
        raise BadInput(
            f"Không có dữ liệu năm {asked}; có: {years}.",
            f"No data of the year {asked}; there are {years}.",
        )
    return there[-1] if asked is None else asked


def _jobs(communes: Sequence[lake.Commune], year: int, tables: set[str]) -> Iterator[Job]:
    people = sorted(tables - {"births", lake.RETURNS})
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
        told = commune.files(lake.RETURNS, year) if lake.RETURNS in tables else ()
        if told:
            yield Job(at, commune.code, year, lake.RETURNS, told)


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
