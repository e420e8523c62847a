"""Frames made ready once for many indicators: ids of sampling units, weights, roster links.

Pass one `Prepared` to every `compute` of a report: the factorisation of a million rows is the
expensive part, and it is the same for all indicators of a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimators.calibration import Regression
from analysis.estimators.domains import Domains, crossed, whole
from analysis.estimators.errors import BadInput
from analysis.estimators.sample import (
    Carriers,
    Floats,
    Ints,
    Sample,
    Strata,
    constant,
    sample_of,
    strata_of,
)
from analysis.estimators.tables import Table
from analysis.types import Design, Dimension, Frames, Indicator, Obligations

Kind = TypeVar("Kind", bound=np.generic)

NO_UNIT = -1
ROSTER, ROOT = "household.member", "household"


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The households of some years: `submission` (households,) ascending, strata, weights.

    `cluster` (households,): the sampling unit of each where it is larger than the household (a
    village drawn by size); None where each household is one. `calibration`: what was done to the
    weights, None where nothing was.
    """

    submission: Ints
    strata: Strata
    weight: Floats
    cluster: Ints | None = None
    calibration: Regression | None = None

    def psu(self, household: Ints) -> Ints:
        """The sampling units of households, by their positions."""
        return household if self.cluster is None else self.cluster[household]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a table that lie in the sample: `rows` (n,) positions, None for all of them."""

    table: Table
    rows: Ints | None
    psu: Ints

    def take(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """The entries of a full column that belong to these rows."""
        return values if self.rows is None else values[self.rows]


class Prepared:
    """Frames and a design, with what several indicators share kept by (table, years)."""

    def __init__(
        self, frames: Frames, design: Design | None, owed: Obligations | None = None
    ) -> None:
        self.frames = frames
        self.design = design
        self.owed: Obligations = owed or {}  # returns that units owe, by form
        self._units: dict[tuple[int, ...], Units] = {}
        self._rows: dict[tuple[str, tuple[int, ...]], Rows] = {}
        self._groups: dict[tuple[str, tuple[int, ...], int], tuple[Ints, tuple[str, ...]]] = {}

    def has(self, table: str) -> bool:
        """True where the frame exists (perhaps without rows)."""
        return table in self.frames

    def table(self, name: str, years: Sequence[int]) -> Table:
        """The rows of some years of a table (registers: no sampling)."""
        frame = self.frames[name]
        inside = frame["_year"].isin(list(years)).to_numpy()
        return Table(name, frame if inside.all() else frame[inside])

    def years_of(self, indicator: Indicator) -> frozenset[int]:
        """The years in which anything came of what the indicator reads; a return that says "none"
        is something."""
        read = {indicator.table or "", *indicator.also}
        tables = read | {name.split(".")[0] for name in read}
        frames = [self.frames[name] for name in tables if self.has(name)]
        return frozenset(int(year) for frame in frames for year in frame["_year"].dropna().unique())

    def units(self, years: tuple[int, ...]) -> Units:
        """The design's units whose interview belongs to `years`.

        Raises `BadDesign` where the population differs between households of a stratum, is given
        for some of them only, or is below the sample.
        """
        if years not in self._units:
            self._units[years] = self._make_units(years)
        return self._units[years]

    def _make_units(self, years: tuple[int, ...]) -> Units:
        if self.design is None:
            raise BadInput("Chưa có thiết kế mẫu.", "No sampling design was given.")
        root = self.frames[ROOT]
        of_years = root.loc[root["_year"].isin(list(years)), "_submission"].to_numpy()
        units = self.design.units
        units = units[units.index.isin(of_years)].sort_index()
        stratum = units["stratum"].astype("category").cat.remove_unused_categories()
        of_household = stratum.cat.codes.to_numpy().astype(np.intp)
        cluster, of_psu = clusters(units, of_household)
        names = [str(name) for name in stratum.cat.categories]
        population = constant(units["population"].to_numpy(np.float64), of_household, names)
        strata = strata_of(of_psu, population, names, self.design.lonely_psu)
        weight = units["weight"].to_numpy(np.float64)
        calibration = _calibration(self.design.calibrated, units)
        return Units(units.index.to_numpy(), strata, weight, cluster, calibration)

    def rows(self, table: str, years: tuple[int, ...]) -> Rows:
        """The rows of `table` that belong to a unit of `years`."""
        key = (table, years)
        if key not in self._rows:
            frame = self.frames[table]
            psu = _position(frame["_submission"].to_numpy(), self.units(years).submission)
            inside = psu >= 0
            rows = None if inside.all() else np.flatnonzero(inside)
            self._rows[key] = Rows(Table(table, frame), rows, psu if rows is None else psu[rows])
        return self._rows[key]

    def sample(self, rows: Rows, years: tuple[int, ...], within: Floats | None) -> Sample:
        """A sample of the rows; `within` (all rows,): weight of the person within the household."""
        units = self.units(years)
        weight = units.weight[rows.psu]
        if within is not None:
            weight = weight * rows.take(within)
        sample = sample_of(units.psu(rows.psu), weight, units.strata)
        if units.calibration is None:
            return sample
        psu = units.psu(np.arange(units.submission.size))
        return replace(sample, carriers=Carriers(rows.psu, psu, units.calibration))

    def second_stage(self, rows: Rows, years: tuple[int, ...], eligible: Floats) -> Floats | None:
        """f_h·(1 − 1/M) of each row, M the number eligible in the household; None if all M = 1.

        See `psu.tabulate`. f_h = n_h/N_h is 0 where N_h is not known.
        """
        units = self.units(years)
        chosen_from = np.maximum(np.nan_to_num(rows.take(eligible), nan=1.0), 1.0)
        if not (chosen_from > 1).any():
            return None
        share = units.strata.sampled / units.strata.population
        factor: Floats = share[units.strata.of_psu[units.psu(rows.psu)]] * (1.0 - 1.0 / chosen_from)
        return factor if factor.any() else None

    def domains(
        self, rows: Rows, years: tuple[int, ...], dimensions: Sequence[Dimension]
    ) -> Domains:
        """The rows' domains by one or several dimensions; labels are tuples of category codes."""
        if not dimensions:
            only = whole(rows.psu.size)
            return Domains(only.of_row, ((),))
        parts = [self._grouping(rows, years, dimension) for dimension in dimensions]
        return crossed([Domains(of_row, labels) for of_row, labels in parts])

    def _grouping(
        self, rows: Rows, years: tuple[int, ...], dimension: Dimension
    ) -> tuple[Ints, tuple[str, ...]]:
        key = (rows.table.name, years, id(dimension))
        if key not in self._groups:
            column = dimension.columns[rows.table.name]
            if dimension.roster and column not in rows.table.frame.columns:
                self._groups[key] = self._from_roster(rows, years, dimension)
            else:
                of_row, labels = rows.table.groups(dimension)
                self._groups[key] = rows.take(of_row), labels
        return self._groups[key]

    def _from_roster(
        self, rows: Rows, years: tuple[int, ...], dimension: Dimension
    ) -> tuple[Ints, tuple[str, ...]]:
        """The category of a respondent from the person's own row in the roster."""
        roster = self.rows(ROSTER, years)
        groups, labels = roster.table.groups(dimension)
        number = np.nan_to_num(rows.take(rows.table.numbers("person_no")), nan=0).astype(np.intp)
        index = roster.take(roster.table.numbers("_index")).astype(np.intp)
        most = int(max(index.max(initial=0), number.max(initial=0))) + 1
        grid = np.full(self.units(years).submission.size * most, -1, dtype=np.int32)
        grid[roster.psu * most + index] = roster.take(groups)
        return grid[rows.psu * most + number].astype(np.intp), labels


def clusters(units: pd.DataFrame, of_household: Ints) -> tuple[Ints | None, Ints]:
    """The sampling unit of each household (None: itself), the stratum of each sampling unit.

    `units`: a design's, in ascending order; `of_household`: the stratum of each. Numbers follow
    that order, so that the same units give the same numbers anywhere.
    """
    if "psu" not in units.columns:
        return None, of_household
    pairs = pd.MultiIndex.from_arrays([of_household, units["psu"].astype("str")])
    cluster = pairs.factorize()[0].astype(np.intp)
    of_psu = np.zeros(int(cluster.max(initial=-1)) + 1, dtype=np.intp)
    of_psu[cluster] = of_household
    return cluster, of_psu


def _calibration(held: pd.DataFrame | None, units: pd.DataFrame) -> Regression | None:
    """The calibration of some households, by their persons in each class of the population."""
    if held is None or units.empty:
        return None
    known = held.reindex(units.index)
    lost = known.index[known.isna().any(axis=1)]
    if len(lost):
        raise BadInput(
            f"Phiếu {lost[0]} thiếu số liệu của bước khớp dân số.",
            f"Submission {lost[0]} has no figures of the calibration.",
        )
    x = known.drop(columns="before").to_numpy(np.float64)
    before = known["before"].to_numpy(np.float64)
    return Regression(x, before, units["weight"].to_numpy(np.float64))


def _position(ids: Ints, known: Ints) -> Ints:
    """The position of each id in `known` (ascending), −1 where it is not there."""
    if known.size == 0:
        return np.full(ids.size, NO_UNIT, dtype=np.intp)
    low, high = int(known[0]), int(known[-1])
    if high - low < 8 * known.size + 65_536:
        place = np.full(high - low + 2, NO_UNIT, dtype=np.int32)
        place[known - low] = np.arange(known.size, dtype=np.int32)
        outside = (ids < low) | (ids > high)
        return place[np.where(outside, high - low + 1, ids - low)].astype(np.intp)
    at = np.minimum(np.searchsorted(known, ids), known.size - 1)
    return np.where(known[at] == ids, at, NO_UNIT)
