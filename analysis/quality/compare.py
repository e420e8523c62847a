"""Rates of collectors and villages against the others', so that chance accuses nobody.

The unit is an interview, hit or not: answers within one interview are never counted as if they
came from several. A group's hits are compared with everybody else's by Fisher's exact test, one
sided (more than the others); given the margins it is exact for any number of interviews. All
tests of a family (every collector with every check) are held to 2.5 % together by Tarone's rule:
Bonferroni over those tests that could reach the limit at all. Collectors and villages are two
families, so that the chance of any false mark on a page is at most 5 % where interviews are
exchangeable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from analysis.estimators.counts import clopper_pearson

FAMILY = 0.025
LEAST_INTERVIEWS = 10  # below that a rate is shown with its interval and never marked
LEAST_HITS = 3


@dataclass(frozen=True, slots=True)
class Rate:
    """Hits of one group in one check. `low`, `high`: Clopper and Pearson's interval (95 %) of the
    share; `p`: the chance of so many hits or more, were the group like the others (1 where it was
    not tested); `marked`: more than chance explains, over all tests of the family."""

    check: str
    group: str
    hits: int
    trials: int
    low: float
    high: float
    p: float = 1.0
    attainable: float = 1.0
    marked: bool = False

    @property
    def share(self) -> float:
        """Hits by interviews."""
        return self.hits / self.trials


def rates(
    found: Mapping[str, pd.DataFrame],
    groups: pd.Series,
    compared: Mapping[str, bool],
    family: float = FAMILY,
) -> tuple[Rate, ...]:
    """The rates of all groups in all checks, marked where they stand out.

    `found`: check -> rows by submission with `hit`; `groups`: submission -> group (text; None is
    left out); `compared`: check -> whether it is tested.
    """
    every: list[Rate] = []
    for check, rows in found.items():
        every += _of_check(check, rows["hit"], groups, tested=compared[check])
    limit = tarone(np.array([one.attainable for one in every]), family)
    return tuple(replace(one, marked=_stands_out(one, limit)) for one in every)


def _stands_out(one: Rate, limit: float) -> bool:
    return one.p <= limit and one.hits >= LEAST_HITS and one.trials >= LEAST_INTERVIEWS


def _of_check(check: str, hit: pd.Series, groups: pd.Series, *, tested: bool) -> list[Rate]:
    names = groups.reindex(hit.index)
    table = hit[names.notna()].groupby(names[names.notna()]).agg(["sum", "size"])
    hits, trials = table["sum"].to_numpy(int), table["size"].to_numpy(int)
    p, least = np.ones(len(table)), np.ones(len(table))
    able = (trials >= LEAST_INTERVIEWS) & (len(table) > 1) & tested
    if able.any():
        all_hits, everyone = int(hits.sum()), int(trials.sum())
        p = np.where(able, hypergeom.sf(hits - 1, everyone, all_hits, trials), 1.0)
        most = np.minimum(trials, all_hits)
        least = np.where(able, hypergeom.sf(most - 1, everyone, all_hits, trials), 1.0)
    rows = zip(table.index, hits, trials, p, least, strict=True)
    return [
        Rate(check, str(name), int(k), int(n), *clopper_pearson(int(k), int(n)), float(a), float(b))
        for name, k, n, a, b in rows
    ]


def tarone(attainable: np.ndarray, family: float) -> float:
    """The limit for each p-value that holds the family: `family`/k with the least k such that no
    more than k tests could reach it (Tarone 1990, Biometrics 46, 515-522). 0 without tests."""
    for k in range(1, len(attainable) + 1):
        if int((attainable <= family / k).sum()) <= k:
            return family / k
    return 0.0
