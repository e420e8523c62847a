"""What a run of `benchmarks.national` leaves in docs/national.md: its tables, and the plot beside
them. Both are written together, so that they cannot be of two runs."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.ticker import FixedLocator, NullFormatter

PAGE, PICTURE = "national.md", "national-cost.png"
BEGIN, END = "<!-- cost: written by benchmarks.national -->", "<!-- end of cost -->"
COUNTRY = 27e6  # households
CORES = (2, 8, 32)


@dataclass(frozen=True)
class Measured:
    """One size; seconds of the clock, files and memory in MB (interpreter and libraries included).

    `on_workers`: until the last job was done; `returns`: the indicators of returns alone.
    """

    persons: int
    households: int
    communes: int
    files: float
    returns_files: float
    seconds: float
    on_workers: float
    returns: float
    worker: float
    here: float


def around(docs: Path) -> tuple[str, str]:
    """What stands before and after the part that a run writes, in `docs`/national.md.

    Raises ValueError where the page has no marks.
    """
    page = docs / PAGE
    head, begun, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, ended, tail = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{page}: the marks {BEGIN} and {END} are missing")
    return head, tail


def write(docs: Path, measured: Sequence[Measured], workers: int, load: float) -> None:
    """The tables of `docs`/national.md and `docs`/national-cost.png.

    `load`: how many processes wanted the machine before the run.
    """
    head, tail = around(docs)
    _draw(docs / PICTURE, measured)
    lines = "\n".join(_lines(measured, workers, load))
    (docs / PAGE).write_text(f"{head}{BEGIN}\n{lines}\n{END}{tail}", encoding="utf-8")
    print(f"written: {PAGE}, {PICTURE}")


def _lines(measured: Sequence[Measured], workers: int, load: float) -> list[str]:
    largest = measured[-1]
    homes = _spaced(largest.households / largest.communes)
    each = ", ".join(f"{one.seconds / one.households * 1e6:.1f}" for one in measured)
    return [
        f"Measured on {time.strftime('%Y-%m-%d')} with `python -m benchmarks national`: invented "
        f"communes of some {homes} interviewed households, "
        f"four persons each, with their births and what their units' returns come to; all 28 "
        f"indicators with their variants for 34 provinces and the total; {workers} workers, "
        f"{os.cpu_count()} cores ({platform.machine()}), load before the run {load:.1f}:",
        "",
        "| persons | households | communes | files | seconds | of it on the workers | "
        "returns alone | largest worker | process that merges |",
        "|---|---|---|---|---|---|---|---|---|",
        *map(_line, measured),
        "",
        f"![Seconds and memory against persons]({PICTURE})",
        "",
        f"Of a household, in this order: {each} µs of the clock. From the largest of them:",
        "",
        "| of a household | measured | 27 million households (all of the country, reckoned from "
        "it, not measured) |",
        "|---|---|---|",
        *_reckoned(measured[0], largest, workers),
    ]


def _line(one: Measured) -> str:
    counts = map(_spaced, (one.persons, one.households, one.communes))
    seconds = (f"{s:.1f}" for s in (one.seconds, one.on_workers, one.returns))
    memory = (f"{mb:.0f} MB" for mb in (one.worker, one.here))
    return f"| {' | '.join((*counts, f'{one.files:.0f} MB', *seconds, *memory))} |"


def _spaced(count: float) -> str:
    return f"{count:,.0f}".replace(",", " ")


def _reckoned(first: Measured, last: Measured, workers: int) -> list[str]:
    work = last.on_workers * workers / last.households
    merge = (last.seconds - last.on_workers) / last.households
    more = (last.here - first.here) / max(last.households - first.households, 1)  # MB
    size = last.files / last.households
    minutes = ", ".join(f"{work * COUNTRY / n / 60:.1f} on {n}" for n in CORES)
    gigabytes = (last.here + more * (COUNTRY - last.households)) / 1e3
    files = size * COUNTRY / 1e3
    commune = last.returns_files / last.communes * 1e3
    return [
        f"| work of the workers | {work * 1e6:.0f} µs of a core | {_spaced(work * COUNTRY)} s of a "
        f"core; minutes: {minutes} |",
        f"| merging and estimating | {merge * 1e6:.1f} µs, in one process | "
        f"{_spaced(merge * COUNTRY)} s |",
        f"| memory of a worker | does not depend on it: {first.worker:.0f} MB at first, "
        f"{last.worker:.0f} MB at last | 1 GB each is ample |",
        f"| memory of the merging process | {more * 1e6:.0f} bytes | {gigabytes:.0f} GB |",
        f"| files | {size * 1e6:.0f} bytes (invented rows; real ones are less alike, count on "
        f"three times that); {commune:.0f} KB a commune of it are returns | {files:.1f} to "
        f"{3 * files:.1f} GB |",
    ]


def _draw(picture: Path, measured: Sequence[Measured]) -> None:
    """Seconds and memory against persons, both axes logarithmic, with a line of slope 1."""
    persons = [one.persons for one in measured]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    left.loglog(persons, [one.seconds for one in measured], "o-", label="from files to estimates")
    left.loglog(persons, [one.on_workers for one in measured], "s--", label="of it on the workers")
    left.loglog(persons, [one.returns for one in measured], "^-.", label="returns alone")
    first = measured[0]
    linear = [first.seconds * n / first.persons for n in persons]
    left.loglog(persons, linear, ":", color="grey", label="proportional to persons")
    left.set(xlabel="persons", ylabel="seconds")
    right.loglog(persons, [one.worker for one in measured], "s--", label="largest worker")
    right.loglog(persons, [one.here for one in measured], "o-", label="process that merges")
    right.set(xlabel="persons", ylabel="peak memory, MB")
    for axes in (left, right):
        axes.xaxis.set_major_locator(FixedLocator(persons))
        axes.xaxis.set_major_formatter(lambda n, _: f"{n / 1e6:.2g} million")
        axes.yaxis.set_major_formatter(lambda n, _: f"{n:,.4g}")
        axes.yaxis.set_minor_formatter(lambda n, _: f"{n:,.4g}" if f"{n:.0e}"[0] in "25" else "")
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.grid(True, which="both", alpha=0.25)
        axes.legend(frameon=False, fontsize=8)
    figure.savefig(picture, dpi=110, metadata={"Software": None})
