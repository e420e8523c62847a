"""Drawing one person in a household: what the second-stage term is for.

An invented commune of 12 villages, half of the households visited, one woman and one man drawn in
each. Over many draws the estimated variance of the ratio of their mean hours must be that of the
ratio itself; without the term it is a third too small, and in a commune visited in full it is zero.
"""

from __future__ import annotations

import numpy as np
import pytest

from analysis.estimators import survey
from analysis.estimators.sample import sample_of, strata_of

VILLAGES, MOST = 12, 3


class Commune:
    """Households with 1-3 women and 0-3 men; members of one household are alike."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = np.random.default_rng(seed)
        self.sizes = rng.integers(60, 200, VILLAGES)
        self.village = np.repeat(np.arange(VILLAGES), self.sizes)
        n = self.village.size
        self.eligible = np.stack([rng.integers(1, MOST + 1, n), rng.integers(0, MOST + 1, n)])
        mood = rng.normal(0.0, 3.0, (n, 1))
        hours = [rng.gamma(2.0, 7.5, (n, MOST)), rng.gamma(1.2, 7.0, (n, MOST))]
        self.hours = [np.maximum(one + mood, 0.0) for one in hours]

    def draw(self, share: float) -> tuple[np.ndarray, np.ndarray]:
        """The households visited, and how many in each village."""
        order = self.rng.random(self.village.size)
        rank = np.lexsort((order, self.village))
        place = np.empty_like(rank)
        first = np.cumsum(self.sizes) - self.sizes
        place[rank] = np.arange(rank.size) - first[self.village[rank]]
        visited = np.round(self.sizes * share).astype(int)
        return np.flatnonzero(place < visited[self.village]), visited

    def estimate(self, share: float) -> tuple[float, float, float]:
        """The ratio, its variance without and with the second stage, from one draw."""
        home, visited = self.draw(share)
        village = self.village[home]
        parts = []
        for sex in (0, 1):
            eligible = self.eligible[sex][home]
            has = np.flatnonzero(eligible > 0)
            chosen = (self.rng.random(has.size) * eligible[has]).astype(int)
            parts.append((has, eligible[has], self.hours[sex][home[has], chosen]))
        psu = np.concatenate([part[0] for part in parts])
        eligible = np.concatenate([part[1] for part in parts]).astype(float)
        y = np.concatenate([part[2] for part in parts])
        woman = np.repeat([True, False], [part[0].size for part in parts])
        weight = (self.sizes / visited)[village[psu]] * eligible
        sample = sample_of(psu, weight, strata_of(village, self.sizes.astype(float)))
        second = (visited / self.sizes)[village[psu]] * (1 - 1 / eligible)
        plain = survey.ratio_of_domain_means(sample, y, woman, ~woman).ratio
        full = survey.ratio_of_domain_means(sample, y, woman, ~woman, second=second).ratio
        return float(plain.value[0]), float(plain.variance()[0]), float(full.variance()[0])


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_the_variance_is_that_of_repeated_draws(share: float) -> None:
    commune = Commune(5)
    drawn = np.array([commune.estimate(share) for _ in range(400)])
    true = drawn[:, 0].var(ddof=1)
    without, with_term = drawn[:, 1].mean(), drawn[:, 2].mean()
    assert 0.85 < with_term / true < 1.3
    assert without / true < 0.8
