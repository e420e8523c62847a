"""Time and memory of all survey indicators for a million persons: python -m tests.analysis.measure

Prints processor and wall seconds and the peak memory of the process, frames included. Frames are
made first and not timed; the design, the ids and every indicator with its variants and, where
declared, by sex, are.
"""

from __future__ import annotations

import gc
import resource
import sys
import time

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.design import household_design
from analysis.estimators.prepared import Prepared
from tests.analysis.frames import Invented, households

CODES = ("CARE_RATIO", "AWARE", "WAGE_F", "AGRI_F")


def run(data: Invented) -> None:
    """Everything that is timed."""
    design = household_design(data.frames, data.register)
    prepared = Prepared(data.frames, design)
    for code in CODES:
        indicator = CATALOGUE[code]
        by = [(), *((name,) for name in indicator.by if name == "sex")]
        for names in by:
            compute(indicator, data.frames, design, years=(2026,), by=names, prepared=prepared)


def main(homes: int = 260_000, villages: int = 3000, rounds: int = 5) -> None:
    data = households(homes, villages)
    persons = len(data.frames["household.member"])
    gc.collect()
    seconds = []
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        run(data)
        seconds.append((time.process_time() - processor, time.perf_counter() - wall))
    processor, wall = sorted(seconds)[rounds // 2]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{persons:,} persons in {homes:,} households and {villages:,} villages: median "
        f"{processor:.2f} s processor, {wall:.2f} s wall; peak memory {peak:.0f} MB"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
