"""A sample: rows in sampling units (PSU), units in strata, and a weight for every row.

Everything is an integer id and a float array, so that a total by PSU is one `numpy.bincount`.
Definitions and refusals follow R's `survey::svydesign` (Lumley, Complex Surveys, 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.estimators.errors import BadDesign, BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Mask = NDArray[np.bool_]

LONELY_RULES = ("fail", "remove", "adjust", "certainty", "average")

# R takes a stratum for fully listed where less than this share of it was left out.
SELF_REPRESENTING = 1e-7


def sums(ids: Ints, values: Floats | Ints | Mask, size: int) -> Floats:
    """The sum of `values` (rows,) for each id 0 … size−1."""
    return np.bincount(ids, weights=values, minlength=size).astype(np.float64, copy=False)


def ids_of(values: ArrayLike) -> tuple[NDArray[Any], Ints]:
    """The distinct values in ascending order, and the position of each row's value among them.

    As `np.unique(…, return_inverse=True)`; whole numbers close together are not sorted.
    """
    given = np.asarray(values)
    if given.dtype.kind in "iu" and given.size:
        low, high = int(given.min()), int(given.max())
        if high - low < 4 * given.size + 65_536 and high <= np.iinfo(np.intp).max:
            ids: Ints = given.astype(np.intp, copy=False)
            ids = ids - low if low else ids
            there = np.flatnonzero(np.bincount(ids))
            if there.size <= high - low:
                place = np.zeros(high - low + 1, dtype=np.intp)
                place[there] = np.arange(there.size)
                ids = place[ids]
            return np.asarray(there + low, dtype=given.dtype), ids
    labels, inverse = np.unique(given, return_inverse=True)
    return labels, inverse.astype(np.intp, copy=False)


class Projection(Protocol):
    """What calibration does to a weighted column before its PSU totals enter a variance."""

    def __call__(self, weighted: Floats) -> Floats: ...


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """The first stage: to which stratum each PSU belongs, and how many there are.

    `of_psu` (psus,): stratum id of each PSU. `sampled` and `population` (strata,): n_h and N_h in
    PSUs; N_h is infinite without a finite population correction. `lonely`: what to do with a
    stratum of one PSU, one of `LONELY_RULES` (the values of R's option survey.lonely.psu).
    `drawn` (strata,): at stage 2, where each PSU is a stratum of its units, the share n_h/N_h with
    which it was drawn itself; None at stage 1.
    """

    of_psu: Ints
    sampled: Floats
    population: Floats
    names: tuple[str, ...]
    lonely: str = "fail"
    drawn: Floats | None = None

    @property
    def psus(self) -> int:
        """Number of PSUs."""
        return int(self.of_psu.size)

    @property
    def left_out(self) -> Floats:
        """1 − n_h/N_h (strata,), zero where the stratum is listed in full."""
        share = 1.0 - self.sampled / self.population
        found = np.where(share < SELF_REPRESENTING, 0.0, share)
        return found if self.drawn is None else found * self.drawn

    @property
    def lonely_strata(self) -> Mask:
        """Strata with one PSU that are not listed in full (strata,)."""
        alone: Mask = (self.sampled == 1) & (self.left_out > 0)
        return alone

    @property
    def scale(self) -> Floats:
        """(1 − n_h/N_h)·n_h/(n_h − 1) (strata,), zero where it is not defined (one PSU)."""
        return (
            self.left_out * self.sampled / np.maximum(self.sampled - 1.0, 1.0) * (self.sampled > 1)
        )

    def without_correction(self) -> Strata:
        """The same strata as if drawn with replacement (no finite population correction)."""
        return replace(self, population=np.full(self.sampled.size, np.inf))


def strata_of(
    of_psu: Ints,
    population: ArrayLike | None = None,
    names: Sequence[str] | None = None,
    lonely: str = "fail",
) -> Strata:
    """Strata from the stratum id of each PSU (0 … strata−1), checked.

    `population` (strata,): N_h in PSUs; NaN or infinity where unknown. Raises `BadDesign` where
    N_h is below the number sampled, or the rule for lonely PSUs is unknown.
    """
    if lonely not in LONELY_RULES:
        rules = ", ".join(LONELY_RULES)
        raise BadDesign(
            f"Quy tắc cho tầng một đơn vị là một trong {rules}; nhận được {lonely!r}.",
            f"The rule for lonely PSUs is one of {rules}; got {lonely!r}.",
        )
    sampled = np.bincount(of_psu).astype(np.float64) if of_psu.size else np.zeros(0)
    labels = tuple(map(str, names)) if names is not None else tuple(map(str, range(sampled.size)))
    known = np.full(sampled.size, np.inf) if population is None else _known(population)
    _check_population(sampled, known, labels)
    return Strata(of_psu, sampled, known, labels, lonely)


def _known(population: ArrayLike) -> Floats:
    values = np.asarray(population, dtype=np.float64)
    return np.where(np.isnan(values), np.inf, values)


def _check_population(sampled: Floats, population: Floats, names: tuple[str, ...]) -> None:
    if population.size != sampled.size or len(names) != sampled.size:
        raise BadDesign(
            f"Cần một số tổng thể cho mỗi tầng: có {sampled.size} tầng, nhận {population.size} số.",
            f"One population size for each stratum: {sampled.size} strata, got {population.size}.",
        )
    for stratum in np.flatnonzero(population < sampled):
        raise BadDesign(
            f"Tầng {names[stratum]}: số đơn vị trong tổng thể ({population[stratum]:g}) nhỏ hơn số "
            f"đã lấy mẫu ({sampled[stratum]:g}).",
            f"Stratum {names[stratum]}: its population ({population[stratum]:g} PSUs) is below its "
            f"sample ({sampled[stratum]:g}).",
        )


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Rows of a survey. `psu` and `weight` (rows,); PSUs without a row are legal and count.

    `inner`: units drawn within PSUs at a second stage, None where the PSU was taken whole (or is
    the ultimate cluster). `carriers`: units whose weights were calibrated as wholes.
    """

    psu: Ints
    weight: Floats
    strata: Strata
    projections: tuple[Projection, ...] = ()
    inner: Inner | None = None
    carriers: Carriers | None = None

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.psu.size)

    @property
    def calibrated(self) -> bool:
        """The variance is of residuals, which rows outside a domain have too."""
        return bool(self.projections) or self.carriers is not None

    def take(self, rows: Ints | Mask) -> Sample:
        """Some of the rows; the design (PSUs, strata) stays whole, as a domain's must."""
        if self.projections:
            raise BadInput(
                "Mẫu đã hiệu chỉnh phải giữ đủ các dòng; hãy dùng miền thay vì bỏ dòng.",
                "A calibrated sample keeps all its rows; use a domain instead of dropping rows.",
            )
        inner = None if self.inner is None else replace(self.inner, unit=self.inner.unit[rows])
        carriers = self.carriers
        if carriers is not None:
            carriers = replace(carriers, of_row=carriers.of_row[rows])
        return replace(
            self, psu=self.psu[rows], weight=self.weight[rows], inner=inner, carriers=carriers
        )

    def within(self) -> Sample | None:
        """The second stage as a sample of its own: units in PSUs, each PSU a stratum."""
        if self.inner is None:
            return None
        return replace(self, psu=self.inner.unit, strata=self.inner.strata, inner=None)


@dataclass(frozen=True, slots=True, eq=False)
class Carriers:
    """Units of several rows (households) that were calibrated by what they hold, with one weight
    for all their rows. `of_row` (rows,): the unit of each row; `psu` (units,): the PSU of each
    unit, also of units without a row; `projection`: of a weighted column summed by unit."""

    of_row: Ints
    psu: Ints
    projection: Projection


@dataclass(frozen=True, slots=True, eq=False)
class Inner:
    """The second stage. `unit` (rows,): id of each row's unit; `strata`: a stratum is a PSU."""

    unit: Ints
    strata: Strata


def sample_of(psu: Ints, weight: ArrayLike, strata: Strata) -> Sample:
    """A sample from PSU ids (0 … psus−1) and weights (rows,), checked.

    Raises `BadInput` for weights that are negative, infinite or missing, or of another length.
    """
    weights = np.ascontiguousarray(weight, dtype=np.float64)
    if weights.shape != psu.shape:
        raise BadInput(
            f"Cần một quyền số cho mỗi dòng: {psu.size} dòng, {weights.size} quyền số.",
            f"One weight for each row: {psu.size} rows, {weights.size} weights.",
        )
    if weights.size and not (np.isfinite(weights.sum()) and weights.min() >= 0):
        row = int(np.flatnonzero(~np.isfinite(weights) | (weights < 0))[0])
        raise BadInput(
            f"Quyền số phải hữu hạn và không âm; dòng {row + 1} có {weights[row]}.",
            f"Weights must be finite and not negative; row {row + 1} has {weights[row]}.",
        )
    return Sample(psu, weights, strata)


def survey_design(
    strata: ArrayLike,
    psu: ArrayLike,
    weights: ArrayLike,
    fpc: ArrayLike | None = None,
    lonely: str = "fail",
) -> Sample:
    """A sample from columns of the data file, one entry a row (R: `svydesign`).

    `strata`, `psu`: labels of any kind, a PSU lies in one stratum. `fpc`: N_h in PSUs on each row.
    Raises `BadDesign` where a PSU lies in two strata or N_h changes within a stratum.
    """
    names, stratum_of_row = ids_of(strata)
    units, psu_of_row = ids_of(psu)
    of_psu = np.zeros(units.size, dtype=np.intp)
    of_psu[psu_of_row] = stratum_of_row
    _check_nested(of_psu[psu_of_row] == stratum_of_row, psu_of_row, units)
    population = None if fpc is None else constant(fpc, stratum_of_row, names.tolist())
    return sample_of(psu_of_row, weights, strata_of(of_psu, population, names.tolist(), lonely))


def _check_nested(agrees: Mask, psu_of_row: Ints, units: NDArray[Any]) -> None:
    for row in np.flatnonzero(~agrees):
        unit = units[psu_of_row[row]]
        raise BadDesign(
            f"Đơn vị mẫu {unit} nằm trong hai tầng; mỗi đơn vị chỉ được thuộc một tầng.",
            f"PSU {unit} lies in two strata; a PSU belongs to one.",
        )


def constant(fpc: ArrayLike, stratum_of_row: Ints, names: Sequence[Any]) -> Floats:
    """One number a stratum from one a row (rows,). Raises `BadDesign` where it changes."""
    values = np.asarray(fpc, dtype=np.float64)
    population = np.zeros(len(names))
    population[stratum_of_row] = values
    other = population[stratum_of_row]
    differs = ~((other == values) | (np.isnan(other) & np.isnan(values)))
    for row in np.flatnonzero(differs):
        name, two = names[stratum_of_row[row]], (values[row], population[stratum_of_row[row]])
        vi = " và ".join("chưa ghi" if np.isnan(one) else f"{one:g}" for one in two)
        en = " and ".join("missing" if np.isnan(one) else f"{one:g}" for one in two)
        raise BadDesign(
            f"Số tổng thể thay đổi trong tầng {name}: có {vi}.",
            f"The population size changes within stratum {name}: {en}.",
        )
    return population
