"""A second stage: units (households, persons) drawn within the PSUs of a sample.

    V₂ = Σ_h (n_h/N_h) Σ_i (1 − m_hi/M_hi)·m_hi/(m_hi − 1)·Σ_j (u_hij − ū_hi)²

is added to the variance between PSUs (Särndal, Swensson & Wretman 1992, 4.3). Without N_h there is
no second term: PSUs are then taken as drawn with replacement, and their spread holds it already.
R: `svydesign(id=~psu+ssu, strata=~h, weights=~w, fpc=~N+M)`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimators.errors import BadDesign
from analysis.estimators.sample import Inner, Sample, constant, ids_of, strata_of


def two_stage(sample: Sample, units: ArrayLike, population: ArrayLike) -> Sample:
    """The sample with a second stage.

    `units` (rows,): the second-stage unit of each row; PSUs may number theirs alike. `population`
    (rows,): M, the units that the row's PSU has. A PSU of which one unit of several was drawn says
    nothing about its inside: refused under the rule "fail"; under any other rule it adds nothing,
    the PSU being its own ultimate cluster (R's "remove" and "certainty").

    Raises `BadDesign`, naming the PSU by its position, for an M that is missing, changes within a
    PSU or is below the units drawn.
    """
    labels, number = ids_of(units)
    _, unit = ids_of(sample.psu * max(len(labels), 1) + number)
    psu_of_unit = np.zeros(int(unit.max(initial=-1)) + 1, dtype=np.intp)
    psu_of_unit[unit] = sample.psu
    names = [_name(sample, psu) for psu in range(sample.strata.psus)]
    counted = constant(population, sample.psu, names)
    with_rows = np.bincount(sample.psu, minlength=sample.strata.psus) > 0
    for psu in np.flatnonzero(with_rows & ~np.isfinite(counted)):
        raise BadDesign(
            f"Tầng {names[psu]}: thiếu số đơn vị cấp hai của đơn vị mẫu.",
            f"Stratum {names[psu]}: the number of its second-stage units is missing.",
        )
    # A PSU without a row has nothing to draw: one unit, taken whole.
    empty = np.flatnonzero(~with_rows)
    of_unit = np.concatenate([psu_of_unit, empty])
    counted = np.where(with_rows, counted, 1.0)
    rule = "fail" if sample.strata.lonely == "fail" else "remove"
    strata = strata_of(of_unit, counted, names, rule)
    drawn = (sample.strata.sampled / sample.strata.population)[sample.strata.of_psu]
    return replace(sample, inner=Inner(unit, replace(strata, drawn=drawn)))


def _name(sample: Sample, psu: int) -> str:
    return f"{sample.strata.names[int(sample.strata.of_psu[psu])]}, PSU {psu + 1}"
