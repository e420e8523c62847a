"""Somebody who has every published table and a solver of linear programs finds no small number.

The attacker knows the structure: persons by village, sex, age group and ethnicity, in the numerator
or not; the total of the year, which is owed; all one-way tables with what is hidden in them; the
total of the plan's earlier years; pooled years that are printed; another reading of the indicator;
counts beside it. For each secret number the least and the greatest value that fit all this are
computed. They must lie as far apart as the minimum, or as the owed total where that is smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.disclosure import MINIMUM_CELL, ROUNDING, protect
from analysis.types import Estimate, Indicator, Missing, Target, TargetResult, Variant
from tests.analysis.attacker import Knowledge

SIZES = {"village": 3, "sex": 2, "age_band": 3, "ethnicity": 2}
DIMENSIONS = list(SIZES)
CELLS = [
    dict(zip(DIMENSIONS, map(str, at), strict=True)) for at in product(*map(range, SIZES.values()))
]
PERIOD, FIRST = 2026, 2025  # the plan's reports tell 2025 and 2026; pools reach back to 2022
YEARS = range(PERIOD - 4, PERIOD)
SIDES = (0, 1)  # in the numerator, not in it
CELL_COUNT = len(CELLS)
WITHIN = 2 * CELL_COUNT  # variables of the year's cells; after them two for each earlier year
VARIABLES = WITHIN + 2 * len(YEARS) + 3  # and those that another reading and an extra add
OTHER, EXTRA = WITHIN + 2 * len(YEARS), VARIABLES - 1

PLAIN = replace(CATALOGUE["VICTIM_SERV"], sensitive=False)
SENSITIVE = replace(
    CATALOGUE["PERP_COUN"],
    pool_years=(3, 5),
    variants=(Variant("wide", CATALOGUE["PERP_COUN"].name, {}),),
)


@dataclass(slots=True)
class World:
    """What happened: counts (in the numerator, not in it)."""

    now: np.ndarray  # (CELL_COUNT, 2)
    before: np.ndarray  # (years, 2)
    wide: tuple[int, int]  # persons that another reading adds, on both sides
    beyond: int  # persons beside the denominator who are in a figure printed with it


def share(top: float, rest: float, **more: object) -> Estimate:
    counts = (int(top), int(top + rest))
    whole = Estimate("X", (PERIOD,), numerator=counts[0], denominator=counts[1], n=counts[1])
    if not counts[1]:
        return replace(whole, missing=Missing.NO_CASES, **more)  # type: ignore[arg-type]
    from_counts = {"exact": 100 * Fraction(*counts), "method": "full_count"}
    return replace(whole, value=100 * counts[0] / counts[1], **(from_counts | more))


def of(**where: str) -> list[np.ndarray]:
    """The two rows that add up the year's persons of a group, in the numerator and not in it."""
    found = []
    for side in SIDES:
        row = np.zeros(VARIABLES)
        for at, cell in enumerate(CELLS):
            row[2 * at + side] = all(cell[name] == value for name, value in where.items())
        found.append(row)
    return found


def of_years(years: Iterable[int]) -> list[np.ndarray]:
    """The same for whole years."""
    found = []
    for side in SIDES:
        row = np.zeros(VARIABLES)
        for year in years:
            if year == PERIOD:
                row += of()[side]
            else:
                row[WITHIN + 2 * YEARS.index(year) + side] = 1
        found.append(row)
    return found


def result(world: World, indicator: Indicator) -> tuple[TargetResult, list[Estimate]]:
    """All that could be printed, before anything is hidden, and the plan's earlier years."""
    total = world.now.sum(axis=0)
    tables = []
    for name, size in SIZES.items():
        for code in map(str, range(size)):
            chosen = [cell[name] == code for cell in CELLS]
            tables.append(share(*world.now[chosen].sum(axis=0), by={name: code}))
    spans = [(*YEARS[-n + 1 :], PERIOD) for n in (3, 5)]
    pools = [
        share(*(total + sum(world.before[YEARS.index(y)] for y in span[:-1])), years=span)
        for span in spans
    ]
    extra = {"perpetrators": float(total.sum() + world.beyond)}
    target = Target("X", 3, "2", "…", "X", ">=", True, None, "", None, "%", 2030, True)
    whole = TargetResult(
        target,
        indicator,
        share(*total, extra=extra),
        pooled=tuple(pools),
        breakdown=tuple(tables),
        variants=(share(*(total + world.wide), variant="wide"),),
    )
    told = share(*world.before[YEARS.index(FIRST)], years=(FIRST,))
    return whole, [told]


def published(seen: TargetResult, history: Sequence[Estimate]) -> Knowledge:
    """What the attacker learns from the page."""
    known = Knowledge()
    if seen.estimate.missing is None:
        known.learn_estimate(of(), seen.estimate)
    else:  # no cases
        known.learn(sum(of()), 0)
    for one in history:
        known.learn_estimate(of_years(one.years), share_of(one))
    slack = ROUNDING / 2 if seen.indicator.sensitive else 0
    for one in (*seen.breakdown, *seen.pooled, *seen.variants):
        if one.missing is Missing.SUPPRESSED:
            continue
        rows = of(**one.by) if one.by else of_years(one.years)
        if one.variant:
            rows = [row.copy() for row in rows]
            for side in SIDES:
                rows[side][OTHER + side] = 1
        known.learn_estimate(rows, share_of(one), slack if one.by else 0)
    if "perpetrators" in seen.estimate.extra:
        row = sum(of())
        row[EXTRA] = 1
        known.learn(row, seen.estimate.extra["perpetrators"])
    return known


def share_of(estimate: Estimate) -> Estimate:
    """The estimate with the zeros that "no cases" says."""
    return replace(
        estimate, numerator=estimate.numerator or 0, denominator=estimate.denominator or 0
    )


def enough(world: World, rows: Sequence[np.ndarray], known: Knowledge) -> None:
    """Each side of a hidden cell of the year is open as far as the owed total leaves it."""
    total = world.now.sum(axis=0)
    for side in SIDES:
        assert known.width(rows[side]) >= min(MINIMUM_CELL, total[side]) - 1e-6


few, rare = st.integers(0, 4), st.sampled_from([0, 0, 0, 1])
some = st.one_of(few, st.integers(0, 40))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Mostly small counts, as in a commune; some of them large."""
    count = draw(st.sampled_from([rare, rare, few, some]))
    now = draw(st.lists(count, min_size=WITHIN, max_size=WITHIN))
    before = draw(st.lists(some, min_size=2 * len(YEARS), max_size=2 * len(YEARS)))
    wide = (draw(some), draw(some))
    return World(np.array(now).reshape(-1, 2), np.array(before).reshape(-1, 2), wide, draw(some))


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_no_hidden_cell_of_a_table_can_be_worked_out(world: World) -> None:
    whole, history = result(world, PLAIN)
    seen = protect(replace(whole, pooled=()), history=history)
    known = published(seen, [])
    for one in seen.breakdown:
        if one.missing is Missing.SUPPRESSED:
            enough(world, of(**one.by), known)


@settings(max_examples=15, deadline=None)
@given(worlds())
def test_nor_of_a_sensitive_one_with_pools_readings_and_figures_beside(world: World) -> None:
    whole, history = result(world, SENSITIVE)
    seen = protect(whole, history=history)
    assert not any("village" in one.by for one in seen.breakdown)
    known = published(seen, history)
    for code in map(str, range(SIZES["village"])):
        enough(world, of(village=code), known)
    for one in seen.breakdown:
        if one.missing is Missing.SUPPRESSED:
            enough(world, of(**one.by), known)
    _years_stay_unknown(world, known)
    _additions_stay_unknown(world, known)


def _years_stay_unknown(world: World, known: Knowledge) -> None:
    """Of the years that no report tells, no small sum of any run of them follows."""
    untold = [year for year in YEARS if year != FIRST]
    for first in range(len(untold)):
        for last in range(first + 1, len(untold) + 1):
            years = untold[first:last]
            rows = of_years(years)
            for side in SIDES:
                count = sum(world.before[YEARS.index(year)][side] for year in years)
                if count < MINIMUM_CELL:
                    assert known.width(rows[side]) >= MINIMUM_CELL


def _additions_stay_unknown(world: World, known: Knowledge) -> None:
    """Nor how few another reading or a figure beside the value adds."""
    for at, count in ((OTHER, world.wide[0]), (OTHER + 1, world.wide[1]), (EXTRA, world.beyond)):
        if count < MINIMUM_CELL:
            row = np.zeros(VARIABLES)
            row[at] = 1
            assert known.width(row) >= MINIMUM_CELL


def test_the_attack_finds_what_is_left_open() -> None:
    """The solver is no straw man: without company, pools and all, it finds the numbers."""
    now = np.full((CELL_COUNT, 2), 6)
    now[[cell["sex"] == "1" for cell in CELLS]] = 0
    now[CELLS.index({"village": "0", "sex": "1", "age_band": "0", "ethnicity": "0"})] = (3, 1)
    world = World(now, np.full((len(YEARS), 2), 2), (1, 0), 2)
    whole, history = result(world, SENSITIVE)
    known = published(whole, history)
    assert known.width(of(sex="1")[0]) <= 2 * ROUNDING
    assert known.width(of_years([2024])[0]) < 1e-6
    assert known.width(np.eye(VARIABLES)[EXTRA]) < 1e-6
    plain = published(replace(whole, indicator=PLAIN), history)
    assert plain.width(of(sex="1")[0]) < 1e-6
