"""How often 95 % intervals hold the truth: published indicators, samples of invented communes.

Every draw runs the service's own road (frames, household design, estimate with its interval); seeds
are fixed. For registers the coverage is exact, summed over the counts that may come. Rewrites the
table of docs/estimates.md between its two marks. Nothing is timed.

Usage: python -m benchmarks.coverage [DRAWS]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binom, poisson

from analysis.estimators import counts
from analysis.estimators.intervals import Interval
from tests.analysis.drawn_communes import CODES, SETTINGS, Coverage, coverage

DRAWS, SEED = 400, 20_260_101
PAGE = Path(__file__).parents[1] / "docs" / "estimates.md"
BEGIN, END = "<!-- coverage: written by benchmarks.coverage -->", "<!-- end of coverage -->"
REGISTERS: tuple[tuple[str, Callable[[int], Interval], Any, float, int], ...] = (
    ("adolescent births, 4 expected", counts.garwood, poisson(4), 4, 100),
    ("adolescent births, 20 expected", counts.garwood, poisson(20), 20, 100),
    ("maternal deaths, 0.1 expected", counts.garwood, poisson(0.1), 0.1, 100),
    (
        "sex ratio at birth, 80 births",
        lambda boys: counts.clopper_pearson(boys, 80),
        binom(80, 0.517),
        0.517,
        80,
    ),
)


def main(draws: int = DRAWS) -> None:
    """Print the table and put it into the page."""
    lines = [
        f"| households drawn | {' | '.join(CODES)} | df | warned |",
        f"|---|{'---|' * (len(CODES) + 2)}",
    ]
    print("\n".join(lines), flush=True)
    for line in _surveys(draws):
        lines.append(line)
        print(line, flush=True)
    registers = ["", "| full count | held, of 100 |", "|---|---|", *_registers()]
    print("\n".join(registers))
    if draws == DRAWS:
        _write([*lines, *registers])


def _surveys(draws: int) -> Iterator[str]:
    for setting in SETTINGS:
        found = coverage(setting, draws, SEED)
        cells = [_cell(found[code]) for code in CODES]
        df = "/".join(f"{np.median(found[code].df):.0f}" for code in ("CARE_RATIO", "WAGE_F"))
        warned = "/".join(f"{100 * found[c].warned / draws:.0f}" for c in CODES)
        yield f"| {setting.name} | {' | '.join(cells)} | {df} | {warned} |"


def _cell(one: Coverage) -> str:
    """Coverage, and how many draws of a hundred gave no interval."""
    none = f" ({100 * one.none / one.draws:.0f} none)" if one.none else ""
    return f"{100 * one.share:.1f}{none}"


def _registers() -> Iterator[str]:
    for name, interval, chance, truth, top in REGISTERS:
        held = sum(chance.pmf(k) for k in range(top + 1) if _holds(interval(k), truth))
        yield f"| {name} | {100 * held:.1f} |"


def _holds(interval: Interval, truth: float) -> bool:
    return interval[0] <= truth <= interval[1]


def _write(lines: list[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{chr(10).join(lines)}\n{END}{tail}", encoding="utf-8")
    print(f"written: {PAGE.name}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS)
