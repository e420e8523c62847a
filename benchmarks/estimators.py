"""The estimators against plain numpy, svy and R's survey, and their cost against size.

A million invented persons in 250 000 households and 3 000 villages: six means by sex (one of hours,
five proportions) and the ratio of women's to men's hours, all with standard errors. Everybody reads
the same columns, one process each; processor seconds from the columns in memory to the numbers, the
median of the rounds after the first (R: one round). All must come to the same numbers.

svy is installed into an environment that is thrown away; R is asked where it is. Cost against size
is drawn (log-log) to docs/estimators-cost.png.

Usage: python -m benchmarks.estimators [quick]
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import numpy as np
from matplotlib import pyplot as plt

from benchmarks import invented

SVY = "svy==0.35.0"
PERSONS, ROUNDS = 1_000_000, 7
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
GOAL_NUMPY, GOAL_SVY, GOAL_R, GOAL_MEGABYTES = 2.0, 5.0, 30.0, 600
BESIDE = Path(__file__).parent / "beside"
PICTURE = Path(__file__).parents[1] / "docs" / "estimators-cost.png"


@dataclass(frozen=True)
class Measured:
    """Seconds of a round (processor, wall), peak memory in MB, what was computed."""

    seconds: float
    wall: float
    peak: float
    numbers: list[float]


def main(quick: bool = False) -> None:
    """Print a line for each, with the ratios; then cost against size."""
    folder = Path(tempfile.mkdtemp(prefix="estimators-"))
    try:
        _compare(folder, 50_000 if quick else PERSONS)
        if not quick:
            _sizes(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _compare(folder: Path, persons: int) -> None:
    columns = invented.survey(persons)
    invented.write(folder, columns)
    psus, strata = (np.unique(columns[name]).size for name in ("psu", "stratum"))
    print(f"{persons:,} persons, {psus:,} households, {strata:,} villages; processor seconds")
    ours = _ours(folder)
    _line("Sổ Thôn", ours, ours, f"goal: under {GOAL_MEGABYTES} MB")
    plain = _run([sys.executable, "-m", "benchmarks.beside.plain", str(folder), str(ROUNDS)])
    _line("plain numpy", plain, ours, f"goal: at least 1/{GOAL_NUMPY:g} = {1 / GOAL_NUMPY:.2f}")
    _against_svy(folder, ours)
    _against_r(folder, ours)


def _ours(folder: Path) -> Measured:
    return _run([sys.executable, "-m", "benchmarks.beside.ours", str(folder), str(ROUNDS)])


def _against_svy(folder: Path, ours: Measured) -> None:
    place = folder / "svy"
    python = place / "bin" / "python"
    try:
        _quiet([sys.executable, "-m", "venv", str(place)])
        _quiet([str(python), "-m", "pip", "install", "-q", SVY])
    except (OSError, subprocess.CalledProcessError) as failed:
        print(f"svy: skipped, {SVY} cannot be installed here ({failed})")
        return
    theirs = _run([str(python), str(BESIDE / "with_svy.py"), str(folder), "3"])
    _line(SVY.replace("==", " "), theirs, ours, f"goal: at least {GOAL_SVY:g}")


def _against_r(folder: Path, ours: Measured) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        print("R survey: skipped, there is no Rscript here (Debian: r-base-core r-cran-survey)")
        return
    try:
        theirs = _run([rscript, str(BESIDE / "with_survey.R"), str(folder)])
    except subprocess.CalledProcessError as failed:
        print(f"R survey: skipped, {str(failed.stderr).strip()[-200:]}")
        return
    _line("R survey", theirs, ours, f"goal: at least {GOAL_R:g}")


def _quiet(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _run(command: Sequence[str]) -> Measured:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    seconds, wall = found["seconds"], found["wall"]
    return Measured(
        statistics.median(seconds[1:] or seconds),
        statistics.median(wall[1:] or wall),
        found["peak"],
        found["numbers"],
    )


def _line(name: str, one: Measured, ours: Measured, goal: str) -> None:
    apart = float(np.abs(np.array(one.numbers) / np.array(ours.numbers) - 1).max())
    assert apart < 1e-9, (name, apart)
    print(
        f"{name:12} {one.seconds:8.3f} s, wall {one.wall:8.3f} s, {one.peak:6.0f} MB | "
        f"{one.seconds / ours.seconds:7.2f} times ours ({goal}); numbers agree to {apart:.0e}",
        flush=True,
    )


def _sizes(folder: Path) -> None:
    print("\npersons, processor seconds, nanoseconds a person: ours, plain numpy")
    found = []
    for persons in SIZES:
        invented.write(folder, invented.survey(persons))
        ours = _ours(folder).seconds
        plain = _run(
            [sys.executable, "-m", "benchmarks.beside.plain", str(folder), str(ROUNDS)]
        ).seconds
        found.append((ours, plain))
        print(
            f"{persons:11,} {ours:8.4f} {ours / persons * 1e9:6.0f} | "
            f"{plain:8.4f} {plain / persons * 1e9:6.0f}",
            flush=True,
        )
    slope = np.polyfit(np.log(SIZES), np.log([ours for ours, _ in found]), 1)[0]
    print(f"slope of the log-log line: {slope:.2f} (1: proportional to persons)")
    _draw(found, slope)


def _draw(found: Sequence[tuple[float, float]], slope: float) -> None:
    figure, axes = plt.subplots(figsize=(6, 3.8), layout="constrained")
    axes.loglog(SIZES, [ours for ours, _ in found], "o-", label=f"Sổ Thôn (slope {slope:.2f})")
    axes.loglog(SIZES, [plain for _, plain in found], "s--", label="plain numpy")
    last = found[-1][0] / SIZES[-1]
    axes.loglog(SIZES, [last * n for n in SIZES], ":", color="grey", label="proportional")
    axes.set(xlabel="persons", ylabel="processor seconds")
    axes.xaxis.set_major_formatter(lambda n, _: f"{n:,.0f}")
    axes.yaxis.set_major_formatter(lambda n, _: f"{n:g}")
    axes.grid(True, which="both", alpha=0.25)
    axes.legend(frameon=False, fontsize=8)
    figure.savefig(PICTURE, dpi=110, metadata={"Software": None})
    print(f"drawn: {PICTURE.name}")


if __name__ == "__main__":
    main("quick" in sys.argv[1:])
