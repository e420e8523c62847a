"""The package svy, in an environment of its own (it brings polars): nothing of ours is imported.

Usage: PYTHON with_svy.py FOLDER ROUNDS
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import polars as pl
import svy

Y = ("hours", "p1", "p2", "p3", "p4", "p5")


def numbers(frame: pl.DataFrame) -> list[float]:
    """Means by sex of all columns, and the contrast of hours."""
    design = svy.Design(stratum="stratum", psu="psu", wgt="weight", pop_size="fpc")
    sample = svy.Sample(frame, design)
    found: list[float] = []
    every = sample.estimation.mean(list(Y), by="sex")
    for one in every:
        for cell in one.estimates:
            found += [cell.est, cell.se]
    men, women = every[0].keys()
    ratio = every[0].contrast({"ratio": svy.estd(women) / svy.estd(men)})
    row = ratio.estimates[0]
    return [*found, row.est, row.se]


def main(folder: str, rounds: int) -> None:
    frame = pl.read_parquet(Path(folder) / "survey.parquet")
    seconds, wall, found = [], [], []
    for _ in range(rounds):
        began, clock = time.process_time(), time.perf_counter()
        found = numbers(frame)
        seconds.append(time.process_time() - began)
        wall.append(time.perf_counter() - clock)
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    print(json.dumps({"seconds": seconds, "wall": wall, "peak": peak, "numbers": found}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
