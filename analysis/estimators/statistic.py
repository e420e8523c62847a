"""An estimate with its linearised PSU values: what every variance is taken of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimators import variance as variances
from analysis.estimators.psu import PsuTable
from analysis.estimators.sample import Floats, Ints, Mask, Strata, sums
from analysis.estimators.variance import Pairs


@dataclass(frozen=True, slots=True, eq=False)
class Statistic:
    """An estimate for each of D domains, with its linearised values.

    `value` (D,). `psu`, `domain`, `u`, `inside`, `filled` (cells,): as in `PsuTable`. `n`,
    `excluded` (D,): rows used, rows without an answer. `second_stage` (D,): added by drawing
    persons within PSUs. `totals` (D, K): what the value was computed from. `pairs`: see `PsuTable`.
    `inner`: the same estimate with the values of a second stage's units, whose variance is added.
    """

    value: Floats
    strata: Strata
    psu: Ints
    domain: Ints
    u: Floats
    inside: Mask
    filled: Mask
    n: Ints
    excluded: Ints
    totals: Floats
    second_stage: Floats
    pairs: Pairs | None = None
    inner: Statistic | None = None

    def variance(self) -> Floats:
        """(D,)"""
        first = variances.by_domain(
            self.strata, self.psu, self.domain, self.u, self.filled, self.value.size, self.pairs
        )
        if self.inner is not None:
            first = first + self.inner.variance()
        return first + self.second_stage

    def se(self) -> Floats:
        """Standard errors (D,)."""
        return np.sqrt(self.variance())

    def influence(self) -> Floats:
        """u as a matrix (psus, D); zeros where a PSU has nothing in the domain."""
        dense = np.zeros((self.strata.psus, self.value.size))
        dense[self.psu, self.domain] = self.u
        return dense

    def present(self) -> Mask:
        """PSUs with an answer in any of the domains (psus,)."""
        return self._reached(self.filled)

    def reached(self) -> Mask:
        """PSUs with a row, answered or not, in any of the domains (psus,)."""
        return self._reached(self.inside)

    def _reached(self, cells: Mask) -> Mask:
        found = np.zeros(self.strata.psus, dtype=bool)
        found[self.psu[cells]] = True
        return found

    def counts(self) -> tuple[Ints, Ints]:
        """PSUs and strata in which each domain has a row, (D,) each."""
        return variances.degrees_of_freedom(
            self.strata, self.psu, self.domain, self.inside, self.value.size
        )

    def df(self) -> Ints:
        """PSUs minus strata that contain the domain (R: `degf` of the subset), (D,)."""
        psus, strata = self.counts()
        return psus - strata

    def listed_in_full(self) -> Mask:
        """Domains that lie in strata listed in full, nobody being drawn within a PSU, (D,)."""
        sampled = self.strata.left_out[self.strata.of_psu[self.psu]] > 0
        whole: Mask = sums(self.domain, sampled, self.value.size) == 0
        whole &= self.second_stage == 0
        if self.inner is not None:
            whole &= self.inner.listed_in_full()
        return whole

    def pick(self, position: int) -> Statistic:
        """One of the domains alone."""
        cells = self.domain == position
        at = slice(position, position + 1)
        return Statistic(
            self.value[at],
            self.strata,
            self.psu[cells],
            np.zeros(int(cells.sum()), dtype=np.intp),
            self.u[cells],
            self.inside[cells],
            self.filled[cells],
            self.n[at],
            self.excluded[at],
            self.totals[at],
            self.second_stage[at],
            inner=None if self.inner is None else self.inner.pick(position),
        )


def linearise(table: PsuTable, value: Floats, gradient: Floats) -> Statistic:
    """The estimate `value` (D,) = g(T) with the gradient of g (D, K) at T."""
    u = np.zeros(table.psu.size)
    with np.errstate(invalid="ignore"):  # a domain whose value does not exist has no u either
        for column, slope in zip(table.z.T, gradient.T, strict=True):
            if slope.any():
                u += column * (slope[0] if value.size == 1 else slope[table.domain])
    second = np.zeros(value.size)
    if table.second is not None:
        second = np.einsum("dk,dkl,dl->d", gradient, table.second, gradient)
    return Statistic(
        value,
        table.strata,
        table.psu,
        table.domain,
        u,
        table.inside,
        table.filled,
        table.n,
        table.excluded,
        table.totals,
        second,
        table.pairs,
        None if table.inner is None else linearise(table.inner, value, gradient),
    )
