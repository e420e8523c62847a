"""This project's estimators. Usage: python -m benchmarks.beside.ours FOLDER ROUNDS"""

from __future__ import annotations

import sys

from analysis.estimators import survey
from analysis.estimators.domains import groups
from analysis.estimators.sample import survey_design
from benchmarks.beside.timed import report
from benchmarks.invented import Columns, Y


def numbers(c: Columns) -> list[float]:
    """From the columns to the estimates, checks of the design included."""
    sample = survey_design(c["stratum"], c["psu"], c["weight"], c["fpc"])
    found: list[float] = []
    for one in survey.means(sample, [c[name] for name in Y], groups(c["sex"])):
        for pair in zip(one.value.tolist(), one.se().tolist(), strict=True):
            found += pair
    women, men = c["sex"] == 2, c["sex"] == 1
    ratio = survey.ratio_of_domain_means(sample, c["hours"], women, men).ratio
    return [*found, float(ratio.value[0]), float(ratio.se()[0])]


if __name__ == "__main__":
    report(numbers, sys.argv[1], int(sys.argv[2]))
