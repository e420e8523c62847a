"""Every indicator of the household survey for a million persons: seconds and memory.

The frames are invented and stay in memory; what is measured is from the frames to the estimates:
CARE_RATIO, AWARE, WAGE_F and AGRI_F with standard errors, and their breakdowns by sex. Beside it,
in the same run, the same means in plain numpy: the ratio does not depend on the machine.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.design import household_design
from analysis.estimators.prepared import Prepared
from analysis.types import Design, Frames
from tests.analysis.frames import households

HOUSEHOLDS = 250_000
VILLAGES = 3_000
CODES = ("CARE_RATIO", "AWARE", "WAGE_F", "AGRI_F")
GOAL_SECONDS, GOAL_MEGABYTES = 1.5, 600
ROUNDS = 5


def main() -> None:
    """Print medians of a few rounds."""
    invented = households(n=HOUSEHOLDS, villages=VILLAGES, seed=7)
    frames = invented.frames
    persons = len(frames["household.member"])
    _reset_peak()
    design = household_design(frames, invented.register)
    times, plain = [], []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        _all(frames, design)
        times.append(time.perf_counter() - started)
        started = time.perf_counter()
        _plain(frames)
        plain.append(time.perf_counter() - started)
    peak = _peak()
    seconds, floor = statistics.median(times), statistics.median(plain)
    print(f"{persons:,} persons, {len(design.units):,} households, {VILLAGES:,} villages")
    print(f"four indicators and by sex: {seconds:6.2f} s    (goal: under {GOAL_SECONDS} s)")
    print(f"memory, frames included:    {peak:6.0f} MB   (goal: under {GOAL_MEGABYTES})")
    print(
        f"two weighted means in plain numpy, same run: {floor:.3f} s; ratio {seconds / floor:.0f}"
    )


def _all(frames: Frames, design: Design) -> None:
    prepared = Prepared(frames, design)
    for code in CODES:
        indicator = CATALOGUE[code]
        compute(indicator, frames, design, years=(2026,), prepared=prepared)
        if "sex" in indicator.by:
            compute(indicator, frames, design, years=(2026,), by=("sex",), prepared=prepared)


def _plain(frames: Frames) -> None:
    frame: pd.DataFrame = frames["household.respondent"]
    sex = frame["r_sex"].astype("str").to_numpy()
    hours = frame["care_w"].to_numpy(dtype=np.float64)
    weight = frame["eligible"].to_numpy(dtype=np.float64)
    for code in ("1", "2"):
        mask = (sex == code) & ~np.isnan(hours)
        np.average(hours[mask], weights=weight[mask])


def _reset_peak() -> None:
    """Let the kernel forget the peak that making the frames needed."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    """The largest memory held since the reset, in MB, interpreter and libraries included."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmHWM")


if __name__ == "__main__":
    main()
