"""Every national indicator of 1, 3 and 10 million persons on two workers: seconds and memory.

The lake is invented: up to twenty communes of 4 000 interviewed households each, with their births
and their units' returns, copied under new codes. Measured is from the files to the protected
estimates of all provinces and the total. Prints a line a size; a full run writes the tables of
docs/national.md and its plot (log-log), so that both are of one run.

Usage: python -m benchmarks.national [MILLIONS …] [--indicator CODE] [--docs DIR]
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from distributed import Client

from analysis.national import country, lake, workers
from benchmarks.indicators import _peak, _reset_peak
from benchmarks.national_page import Measured, around, write
from tests.analysis.national import lakes, return_lakes

SIZES = (1.0, 3.0, 10.0)
HOUSEHOLDS = 4_000  # in a commune, before refusals
DIFFERENT = 20
PER_HOUSEHOLD = 4.0  # persons, as the invented households are made
WORKERS = 2
GOAL_MEGABYTES = 3_000
DOCS = Path(__file__).parents[1] / "docs"

Pattern = tuple[Path, int, int]
"""A commune's folder, its persons and its households."""


def main(sizes: Sequence[float], codes: Sequence[str], docs: Path | None) -> None:
    """Print a line a size, the smallest first; write the page and the plot of `docs`."""
    if docs is not None:
        around(docs)  # a page without marks is told now, not after minutes
    folder, load = Path(tempfile.mkdtemp(prefix="lake-")), os.getloadavg()[0]
    try:
        patterns = _patterns(folder / "patterns", max(sizes))
        print(
            "persons, households, communes, files MB | seconds (on the workers), returns alone | "
            "worker MB, merge MB"
        )
        measured = []
        with workers.cluster(None, WORKERS) as client:
            client.run(lake.columns)  # let the workers import before the clock runs
            for millions in sorted(sizes):
                one = _measure(client, folder / "lake", patterns, millions, codes)
                measured.append(one)
                print(_line(one), flush=True)
        if docs is not None:
            write(docs, measured, WORKERS, load)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _patterns(root: Path, millions: float) -> list[Pattern]:
    """Different communes, as many as the largest lake has, but not more than `DIFFERENT`."""
    found = []
    needed = math.ceil(millions * 1e6 / (HOUSEHOLDS * PER_HOUSEHOLD))
    for at in range(min(DIFFERENT, needed)):
        code = f"{at:05d}"
        frames, units = lakes.commune(at % 4, code, HOUSEHOLDS, seed=at + 1)
        lakes.write(root, "00", code, frames, units)
        sent = return_lakes.office(at, code, lakes.YEAR)
        return_lakes.write(root, "00", code, lakes.YEAR, sent)
        folder = lake.commune_folder(root, "00", code)
        found.append((folder, len(frames["household.member"]), len(units)))
    return found


def _measure(
    client: Client,
    root: Path,
    patterns: list[Pattern],
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
    client.run(_reset_peak)
    _reset_peak()
    started, told = time.perf_counter(), [0.0]

    def road(batches: object) -> Iterator[object]:
        yield from workers.on(client)(batches)  # type: ignore[arg-type]
        told[0] = time.perf_counter() - started

    found = country.compute(root, road, lonely="adjust", codes=codes)  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    assert found.households == households or not set(codes) & set(lake.SURVEY)
    worker, here = max(client.run(_peak).values()), _peak()
    started = time.perf_counter()
    told_codes = [code for code in codes if code in lake.RETURNED]
    country.compute(root, workers.on(client), codes=told_codes)
    return Measured(
        persons=persons,
        households=households,
        communes=found.communes,
        files=_megabytes(root, "*"),
        returns_files=_megabytes(root, lake.RETURNS),
        seconds=seconds,
        on_workers=told[0],
        returns=time.perf_counter() - started,
        worker=worker,
        here=here,
    )


def _megabytes(root: Path, table: str) -> float:
    return sum(file.stat().st_size for file in root.glob(f"*/*/{table}/*/*.parquet")) / 1e6


def _line(one: Measured) -> str:
    return (
        f"{one.persons:11,} {one.households:10,} {one.communes:6,} {one.files:7.0f} | "
        f"{one.seconds:7.1f} s ({one.on_workers:6.1f} s), "
        f"{one.seconds / one.households * 1e6:5.1f} µs a household, returns {one.returns:6.1f} s | "
        f"{one.worker:6.0f} (goal: under {GOAL_MEGABYTES}), {one.here:6.0f}"
    )


def _given() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.national")
    asked.add_argument("millions", nargs="*", type=float, default=[])
    asked.add_argument("--indicator", action="append", choices=lake.CODES, metavar="CODE")
    asked.add_argument(
        "--docs", type=Path, help="folder of national.md and its plot; docs/ for a full run"
    )
    return asked.parse_args()


if __name__ == "__main__":
    given = _given()
    full = not given.millions and not given.indicator
    main(
        given.millions or SIZES,
        given.indicator or lake.CODES,
        given.docs or (DOCS if full else None),
    )
