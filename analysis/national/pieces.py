"""What a worker does with one commune: from rows to totals by household, or to counts.

Plain functions of plain values, so that any scheduler can run them again after a worker died. What
the data get wrong comes back as a `Fault` and is not tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.catalogue import CATALOGUE
from analysis.estimators import ESTIMATORS
from analysis.estimators.errors import BadDesign, BadInput, Refused
from analysis.estimators.indicators import TABULATE
from analysis.estimators.prepared import ROOT, Prepared, clusters
from analysis.estimators.request import Request
from analysis.estimators.sample import Floats, Mask
from analysis.national import lake, returns_table
from analysis.national.returns_table import Key, Told
from analysis.types import Design, Estimate


@dataclass(frozen=True, slots=True)
class Job:
    """Files of one commune and year. `table` is `lake.UNITS`, a table of persons, "births"
    (the whole register with its monthly returns, which cannot be split) or `lake.RETURNS`."""

    commune: int  # its position in the list of communes
    code: str
    year: int
    table: str
    files: tuple[str, ...]
    beside: tuple[str, ...] = ()  # units of the persons' households; returns of the register


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a job cannot be done, in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True, eq=False)
class UnitsFound:
    """A commune's sampling units in the order of their numbers: `stratum` (psus,) among `names`;
    `population` (strata,), NaN where unknown. `households`: how many were interviewed."""

    commune: int
    stratum: np.ndarray
    names: tuple[str, ...]
    population: Floats
    households: int


@dataclass(frozen=True, slots=True, eq=False)
class TotalsFound:
    """Totals of one indicator by household: `psu` (cells,) positions among the commune's units,
    `z` (cells, K); `second` (K, K); `counted` (2,)."""

    commune: int
    key: Key
    psu: np.ndarray
    z: Floats
    filled: Mask
    n: int
    excluded: int
    second: Floats | None
    counted: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class CountsFound:
    """What a commune's register says of one indicator, not yet protected."""

    commune: int
    key: Key
    estimate: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class ReturnsFound:
    """What a commune's returns say, by indicator and variant; not yet protected."""

    commune: int
    told: Mapping[Key, Told]


Found = UnitsFound | TotalsFound | CountsFound | ReturnsFound


def run(jobs: tuple[Job, ...]) -> list[Found | Fault]:
    """Do some jobs; the first fault of a job ends that job."""
    found: list[Found | Fault] = []
    for job in jobs:
        try:
            found += list(_DO.get(job.table, _persons)(job))
        except Refused as refused:
            where = ", ".join((*job.files, *job.beside))
            found.append(Fault(*(_placed(text, where) for text in _texts(refused))))
    return found


def _texts(refused: Refused) -> tuple[str, str]:
    return refused.text.vi, refused.text.en


def _placed(text: str, where: str) -> str:
    return text if ".parquet" in text else f"{where}: {text}"


def _units(job: Job) -> Iterator[UnitsFound]:
    units = read_units(job.code, job.files)
    stratum = units["stratum"].cat
    population = np.full(len(stratum.categories), np.nan)
    of_household = stratum.codes.to_numpy()
    population[of_household] = units["population"].to_numpy(np.float64)
    names = tuple(map(str, stratum.categories))
    _, of_psu = clusters(units, of_household.astype(np.intp))
    yield UnitsFound(job.commune, of_psu.astype(np.int32), names, population, len(units))


def read_units(code: str, files: tuple[str, ...]) -> pd.DataFrame:
    """The units of a commune by number; strata are named commune/stratum. Without `psu` where each
    household is its own sampling unit.

    Raises `BadInput` and `BadDesign`: a household twice, a weight that is not positive and finite,
    a population that changes within a stratum or is below its sample.
    """
    frame = lake.read(files, lake.UNIT_COLUMNS).set_index("_submission").sort_index()
    place = ", ".join(files)
    if not frame.index.is_unique:
        twice = frame.index[frame.index.duplicated()].tolist()[0]
        raise BadInput(
            f"{place}: hộ {twice} có hai lần.", f"{place}: household {twice} is there twice."
        )
    for name in ("weight", "population"):
        frame[name] = lake.numbers(frame[name], name, place, place)
    weight = frame["weight"].to_numpy()
    for at in np.flatnonzero(~(np.isfinite(weight) & (weight > 0))).tolist():
        raise BadInput(
            f"{place}: cột weight phải dương và hữu hạn; hộ {frame.index[at]} có {weight[at]}.",
            f"{place}: column weight must be positive and finite; household {frame.index[at]} has "
            f"{weight[at]}.",
        )
    if frame["stratum"].isna().any():
        raise BadInput(f"{place}: cột stratum bị trống.", f"{place}: column stratum is empty.")
    names = code + "/" + frame["stratum"].astype("str")
    frame["stratum"] = names.astype("category")
    if frame["psu"].isna().all():
        frame = frame.drop(columns="psu")
    elif frame["psu"].isna().any():
        raise BadInput(
            f"{place}: cột psu chỉ ghi ở một số hộ; phải ghi ở mọi hộ hoặc không hộ nào.",
            f"{place}: column psu is given for some households only; it is for all or for none.",
        )
    _check_population(frame, place)
    return frame


def _check_population(units: pd.DataFrame, place: str) -> None:
    by = units.groupby("stratum", observed=True)
    seen = by["population"].agg(["min", "max", "count", "size"])
    sampled = by["psu"].nunique() if "psu" in units.columns else seen["size"]
    known = (seen["count"] > 0) & (seen["count"] < seen["size"])
    for name, row in seen[(seen["min"] != seen["max"]) & (seen["count"] > 0) | known].iterrows():
        raise BadDesign(
            f"{place}: số tổng thể thay đổi trong tầng {name}: từ {row['min']:g} đến "
            f"{row['max']:g}, có {int(row['count'])} trên {int(row['size'])} hộ.",
            f"{place}: the population size changes within stratum {name}: {row['min']:g} to "
            f"{row['max']:g}, given for {int(row['count'])} of {int(row['size'])} households.",
        )
    seen["sampled"] = sampled
    for name, row in seen[seen["max"] < seen["sampled"]].iterrows():
        raise BadDesign(
            f"{place}: tầng {name}: số hộ trong tổng thể ({row['max']:g}) nhỏ hơn mẫu "
            f"({int(row['sampled'])}).",
            f"{place}: stratum {name}: its population ({row['max']:g}) is below its sample "
            f"({int(row['sampled'])}).",
        )


def keys(table: str) -> tuple[Key, ...]:
    """The indicators and variants that are computed from a table of the lake."""
    return tuple(
        (code, variant)
        for code in lake.CODES
        if lake.table_of(code) == table
        for variant in ("", *(one.key for one in CATALOGUE[code].variants))
    )


def request(key: Key, prepared: Prepared, year: int) -> Request:
    """What an estimator is asked for an indicator or variant, not broken down."""
    indicator = CATALOGUE[key[0]]
    arguments = dict(indicator.arguments)
    for variant in indicator.variants:
        if variant.key == key[1]:
            arguments |= variant.arguments
    return Request(indicator, arguments, prepared, (year,), variant=key[1])


def _persons(job: Job) -> Iterator[TotalsFound]:
    units = read_units(job.code, job.beside)
    frame = lake.read(job.files, lake.columns()[job.table])
    ids = units.index.to_numpy()
    root = pd.DataFrame({"_submission": ids, "_year": np.full(ids.size, job.year)})
    prepared = Prepared({ROOT: root, job.table: frame}, Design(units))
    for key in keys(job.table):
        asked = request(key, prepared, job.year)
        found = TABULATE[asked.indicator.estimator](asked)
        if found is None:
            continue
        table = found.table
        yield TotalsFound(
            job.commune,
            key,
            table.psu.astype(np.int32),
            table.z,
            table.filled,
            int(table.n[0]),
            int(table.excluded[0]),
            None if table.second is None else table.second[0],
            found.counted[:, 0],
        )


def _register(job: Job) -> Iterator[CountsFound]:
    columns, frames = lake.columns(), {}
    for table, files in (("births", job.files), ("births_month", job.beside)):
        if files:
            frame = lake.read(files, columns[table])
            frame["_year"] = np.full(len(frame), job.year)
            frames[table] = frame
    if "births" not in frames:
        frames["births"] = pd.DataFrame(columns=[*columns["births"], "_year"])
    prepared = Prepared(frames, None)
    for key in keys("births"):
        asked = request(key, prepared, job.year)
        (estimate,) = ESTIMATORS[asked.indicator.estimator](asked)
        yield CountsFound(job.commune, key, estimate)


def _returns(job: Job) -> Iterator[ReturnsFound]:
    yield ReturnsFound(job.commune, returns_table.read(job.files))


_DO: dict[str, Callable[[Job], Iterator[Any]]] = {
    lake.UNITS: _units,
    "births": _register,
    lake.RETURNS: _returns,
}
