"""Replicate weights: a second road to every standard error, for checking the first.

Any statistic is computed again with the weights of each replicate. Jackknife: one PSU left out at
a time (JKn; Rust & Rao 1996). Bootstrap: n_h − 1 PSUs drawn with replacement in each stratum,
weights rescaled so that the finite population correction holds (Rao, Wu & Yue 1992). R:
`as.svrepdesign(d, type="JKn", mse=TRUE)` and `withReplicates`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimators.errors import BadDesign, LonelyPsu
from analysis.estimators.sample import Floats, Sample

Estimator = Callable[[Sample], ArrayLike]
"""What is estimated: a sample to one or several numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Replicated:
    """`value` (k,) of the whole sample, `se` (k,) and the number of replicates."""

    value: Floats
    se: Floats
    replicates: int


def jackknife(sample: Sample, estimator: Estimator) -> Replicated:
    """The stratified jackknife of `estimator`, centred at the whole sample's value.

    Raises `LonelyPsu` for a stratum of one PSU that is not listed in full.
    """
    _refuse(sample)
    whole = _values(estimator, sample)
    strata, variance, count = sample.strata, np.zeros(whole.size), 0
    for psu in range(strata.psus):
        stratum = int(strata.of_psu[psu])
        n = strata.sampled[stratum]
        if strata.left_out[stratum] == 0:
            continue  # listed in full: nothing was left to chance
        factor = np.ones(strata.psus)
        factor[strata.of_psu == stratum] = n / (n - 1)
        factor[psu] = 0.0
        moved = _values(estimator, _weighted(sample, factor)) - whole
        variance += strata.left_out[stratum] * (n - 1) / n * moved**2
        count += 1
    return Replicated(whole, np.sqrt(variance), count)


def bootstrap(sample: Sample, estimator: Estimator, replicates: int, seed: int) -> Replicated:
    """The rescaled bootstrap of `estimator`; the same seed gives the same replicates."""
    _refuse(sample)
    if replicates < 2:
        raise BadDesign(
            f"Cần ít nhất 2 mẫu lặp; nhận {replicates}.", f"At least 2 replicates; got {replicates}"
        )
    whole = _values(estimator, sample)
    found = [
        _values(estimator, _weighted(sample, factor))
        for factor in _draws(sample, replicates, np.random.default_rng(seed))
    ]
    spread = np.mean((np.stack(found) - whole) ** 2, axis=0)
    return Replicated(whole, np.sqrt(spread), replicates)


def _draws(sample: Sample, replicates: int, random: np.random.Generator) -> Iterator[Floats]:
    """Factors (psus,) of the weights: 1 − λ + λ·n/(n − 1)·times drawn, λ = √(1 − f)."""
    strata = sample.strata
    members = [np.flatnonzero(strata.of_psu == h) for h in range(strata.sampled.size)]
    for _ in range(replicates):
        factor = np.ones(strata.psus)
        for stratum, psus in enumerate(members):
            left = float(strata.left_out[stratum])
            if left == 0 or psus.size < 2:
                continue
            drawn = random.multinomial(psus.size - 1, np.full(psus.size, 1 / psus.size))
            scale = np.sqrt(left)
            factor[psus] = 1 - scale + scale * psus.size / (psus.size - 1) * drawn
        yield factor


def _weighted(sample: Sample, factor: Floats) -> Sample:
    return replace(sample, weight=sample.weight * factor[sample.psu])


def _values(estimator: Estimator, sample: Sample) -> Floats:
    return np.atleast_1d(np.asarray(estimator(sample), dtype=np.float64))


def _refuse(sample: Sample) -> None:
    lonely = np.flatnonzero(sample.strata.lonely_strata)
    if lonely.size:
        raise LonelyPsu(sample.strata.names[int(lonely[0])])
    if sample.inner is not None:
        raise BadDesign(
            "Mẫu lặp ở đây chỉ cho thiết kế một giai đoạn.",
            "These replicates are for designs of one stage.",
        )
    if sample.calibrated:
        raise BadDesign(
            "Mẫu lặp phải hiệu chỉnh lại từng lần: hãy hiệu chỉnh bên trong hàm ước lượng.",
            "Each replicate is calibrated anew: calibrate inside the estimator.",
        )
