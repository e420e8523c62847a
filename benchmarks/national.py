"""Every national indicator of 1, 3 and 10 million persons on two workers: seconds and memory.

The lake is invented: twenty communes of 4 000 interviewed households each, copied under new codes.
Measured is from the files to the protected estimates of all provinces and the total. Prints a line
a size and draws cost against size (log-log) to docs/national-cost.png.

Usage: python -m benchmarks.national [MILLIONS …] [INDICATOR …]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from distributed import Client
from matplotlib import pyplot as plt
from matplotlib.ticker import FixedLocator, NullFormatter

from analysis.national import country, lake, workers
from benchmarks.indicators import _peak, _reset_peak
from tests.analysis.national import lakes

SIZES = (1.0, 3.0, 10.0)
HOUSEHOLDS = 4_000  # in a commune, before refusals
DIFFERENT = 20
PER_HOUSEHOLD = 4.0  # persons, as the invented households are made
WORKERS = 2
GOAL_MEGABYTES = 3_000
CODES = (*lake.SURVEY, *lake.REGISTERS)
PICTURE = Path(__file__).parents[1] / "docs" / "national-cost.png"


@dataclass(frozen=True)
class Measured:
    """One size. Memory in MB, interpreter and libraries included."""

    persons: int
    households: int
    files: float
    seconds: float
    on_workers: float
    worker: float
    here: float


def main(sizes: Sequence[float] = SIZES, codes: Sequence[str] = CODES) -> None:
    """Print a line a size and draw them."""
    folder = Path(tempfile.mkdtemp(prefix="lake-"))
    try:
        patterns = _patterns(folder / "patterns")
        print("persons, households, files MB | seconds (on the workers) | worker MB, merge MB")
        measured = []
        with workers.cluster(None, WORKERS) as client:
            client.run(lake.columns)  # let the workers import before the clock runs
            for millions in sizes:
                one = _measure(client, folder / "lake", patterns, millions, codes)
                measured.append(one)
                print(_line(one), flush=True)
        if len(measured) > 1 and tuple(codes) == CODES:
            _draw(measured)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _patterns(root: Path) -> list[tuple[Path, int, int]]:
    """Folders of different communes, with their persons and households."""
    found = []
    for at in range(DIFFERENT):
        code = f"{at:05d}"
        frames, units = lakes.commune(at % 4, code, HOUSEHOLDS, seed=at + 1)
        lakes.write(root, "00", code, frames, units)
        folder = lake.commune_folder(root, "00", code)
        found.append((folder, len(frames["household.member"]), len(units)))
    return found


def _measure(
    client: Client,
    root: Path,
    patterns: list[tuple[Path, int, int]],
    millions: float,
    codes: Sequence[str],
) -> Measured:
    persons = households = at = 0
    while persons < millions * 1e6:
        folder, people, homes = patterns[at % len(patterns)]
        target = lake.commune_folder(root, f"{at % 34:02d}", f"{at:05d}")
        if not target.exists():
            shutil.copytree(folder, target)
        persons, households, at = persons + people, households + homes, at + 1
    size = sum(file.stat().st_size for file in root.rglob("*.parquet")) / 1e6
    client.run(_reset_peak)
    _reset_peak()
    started, told = time.perf_counter(), [0.0]

    def road(batches: object) -> Iterator[object]:
        yield from workers.on(client)(batches)  # type: ignore[arg-type]
        told[0] = time.perf_counter() - started

    found = country.compute(root, road, lonely="adjust", codes=codes)  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    assert found.households == households
    return Measured(
        persons, households, size, seconds, told[0], max(client.run(_peak).values()), _peak()
    )


def _line(one: Measured) -> str:
    return (
        f"{one.persons:11,} {one.households:10,} {one.files:7.0f} | {one.seconds:7.1f} s "
        f"({one.on_workers:6.1f} s), {one.seconds / one.households * 1e6:5.1f} µs a household | "
        f"{one.worker:6.0f} (goal: under {GOAL_MEGABYTES}), {one.here:6.0f}"
    )


def _draw(measured: list[Measured]) -> None:
    """Seconds and memory against persons, both axes logarithmic, with a line of slope 1."""
    persons = [one.persons for one in measured]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    left.loglog(persons, [one.seconds for one in measured], "o-", label="from files to estimates")
    left.loglog(persons, [one.on_workers for one in measured], "s--", label="of it on two workers")
    first = measured[0]
    linear = [first.seconds * n / first.persons for n in persons]
    left.loglog(persons, linear, ":", color="grey", label="proportional to persons")
    left.set(xlabel="persons", ylabel="seconds")
    right.loglog(persons, [one.worker for one in measured], "s--", label="largest worker")
    right.loglog(persons, [one.here for one in measured], "o-", label="process that merges")
    right.set(xlabel="persons", ylabel="peak memory, MB")
    for axes in (left, right):
        axes.xaxis.set_major_locator(FixedLocator(persons))
        axes.xaxis.set_major_formatter(lambda n, _: f"{n / 1e6:.0f} million")
        axes.yaxis.set_major_formatter(lambda n, _: f"{n:,.0f}")
        axes.yaxis.set_minor_formatter(lambda n, _: f"{n:,.0f}" if f"{n:.0e}"[0] in "25" else "")
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.grid(True, which="both", alpha=0.25)
        axes.legend(frameon=False, fontsize=8)
    figure.savefig(PICTURE, dpi=110, metadata={"Software": None})
    print(f"drawn: {PICTURE.name}")


if __name__ == "__main__":
    chosen = [one for one in sys.argv[1:] if one in CODES]
    main(tuple(float(n) for n in sys.argv[1:] if n not in CODES) or SIZES, chosen or CODES)
