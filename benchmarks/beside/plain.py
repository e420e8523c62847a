"""What somebody who knows numpy well writes for just this survey: no checks, no missing values, no
domains but the two sexes. Usage: python -m benchmarks.beside.plain FOLDER ROUNDS"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from benchmarks.beside.timed import report
from benchmarks.invented import Columns, Y


def numbers(c: Columns) -> list[float]:
    """One bincount a column and sex, Σw of each sex only once."""
    psu, weight = c["psu"], c["weight"]
    psus = int(psu.max()) + 1
    of_psu = np.zeros(psus, dtype=np.intp)
    of_psu[psu] = c["stratum"]
    strata = int(of_psu.max()) + 1
    n = np.bincount(of_psu).astype(float)
    population = np.zeros(strata)
    population[c["stratum"]] = c["fpc"]
    scale = (1 - n / population) * n / (n - 1)

    def se(u: np.ndarray[Any, Any]) -> float:
        deviation = u - (np.bincount(of_psu, u, strata) / n)[of_psu]
        return float((scale * np.bincount(of_psu, deviation**2, strata)).sum()) ** 0.5

    sexes = [(c["sex"] == code).astype(float) for code in (1, 2)]
    below = [np.bincount(psu, weight * sex, psus) for sex in sexes]
    found: list[float] = []
    hours = []
    for name in Y:
        weighted = weight * c[name]
        for sex, x in zip(sexes, below, strict=True):
            z = np.bincount(psu, weighted * sex, psus)
            total = x.sum()
            value = z.sum() / total
            u = (z - value * x) / total
            found += [value, se(u)]
            if name == "hours":
                hours.append((value, u))
    (men, u_men), (women, u_women) = hours
    ratio = women / men
    return [*found, ratio, se((u_women - ratio * u_men) / men)]


if __name__ == "__main__":
    report(numbers, sys.argv[1], int(sys.argv[2]))
