"""A target's result as its readers may see it: all rules together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.disclosure.cells import (
    MINIMUM_CELL,
    cell_size,
    gives_away,
    hide,
    is_survey,
    protect_breakdown,
)
from analysis.disclosure.differences import is_near, pooled_years, small_extras
from analysis.disclosure.rounding import rounded
from analysis.types import Estimate, Missing, TargetResult

Groups = Sequence[Mapping[str, str]]


def protect(
    result: TargetResult,
    minimum: int = MINIMUM_CELL,
    *,
    history: Sequence[Estimate] = (),
    told: Groups = (),
) -> TargetResult:
    """A target's result as it may be seen; the verdict is the caller's to judge anew.

    `history`: the values that the plan's reports of other years print. `told`: groups that are
    targets of the plan themselves. Raises nothing and changes nothing that is large enough.
    """
    result = replace(
        result,
        estimate=_small_survey(result.estimate, minimum),
        pooled=tuple(_small_survey(one, minimum) for one in result.pooled),
        breakdown=_tables(result, minimum, told),
        variants=tuple(_small_survey(one, minimum) for one in result.variants),
    )
    result = _beside(result, minimum, history)
    gone = {one.variant for one in result.variants if one.missing is Missing.SUPPRESSED}
    return replace(result, estimate=_without(result.estimate, gone))


def _tables(result: TargetResult, minimum: int, told: Groups) -> tuple[Estimate, ...]:
    """The breakdowns that may be seen, cell by cell."""
    tables = list(_allowed(result).values())
    if any(gives_away(one, minimum, told) for one in tables):
        return tuple(hide(cell) for table in tables for cell in table)
    cells = (cell for table in tables for cell in protect_breakdown(table, minimum, told))
    if result.indicator.sensitive:
        return tuple(rounded(cell) for cell in cells)
    return tuple(cells)


def _allowed(result: TargetResult) -> dict[tuple[str, ...], list[Estimate]]:
    """The cells by dimension: none crossed, none by village where sensitive."""
    found: dict[tuple[str, ...], list[Estimate]] = {}
    for cell in result.breakdown:
        if len(cell.by) <= 1 and not (result.indicator.sensitive and "village" in cell.by):
            found.setdefault(tuple(cell.by), []).append(cell)
    return found


def _beside(result: TargetResult, minimum: int, history: Sequence[Estimate]) -> TargetResult:
    """The rules for numbers beside the owed one."""
    estimate, indicator = result.estimate, result.indicator
    small = small_extras(estimate, indicator, minimum)
    shown = _without(estimate, small) if small else estimate
    if not indicator.sensitive:
        return replace(result, estimate=shown)
    if not result.target.verbatim and not _empty(shown) and cell_size(shown) < minimum:
        shown = hide(shown)  # no target of the plan asks for it
    return replace(
        result,
        estimate=replace(shown, periods=()) if shown.periods else shown,
        pooled=_pools(result, shown, minimum, history),
        variants=tuple(
            hide(one) if is_near(one, estimate, minimum) else one for one in result.variants
        ),
    )


def _pools(
    result: TargetResult, shown: Estimate, minimum: int, history: Sequence[Estimate]
) -> tuple[Estimate, ...]:
    """Pooled years; they are owed themselves where no single year can be judged."""
    if result.indicator.assessable_from is not None:
        return result.pooled
    values = [one for one in (*history, shown) if len(one.years) == 1 and not _untold(one)]
    return pooled_years(result.pooled, {one.years[0]: one for one in values}, minimum)


def _untold(estimate: Estimate) -> bool:
    """A value that no report prints: hidden, or not known when the report was made."""
    return estimate.missing not in (None, Missing.NO_CASES)


def _empty(estimate: Estimate) -> bool:
    return estimate.missing in (Missing.NO_DATA, Missing.NOT_COLLECTED, Missing.SUPPRESSED)


def _small_survey(estimate: Estimate, minimum: int) -> Estimate:
    few = is_survey(estimate) and cell_size(estimate) < minimum
    return hide(estimate) if few else estimate


def _without(estimate: Estimate, gone: Collection[str]) -> Estimate:
    """The estimate without these figures beside it (nor the intervals of them)."""
    kept = {
        key: value
        for key, value in estimate.extra.items()
        if key.removesuffix("_low").removesuffix("_high") not in gone
    }
    return replace(estimate, extra=kept) if len(kept) < len(estimate.extra) else estimate


def hidden_cells(results: Iterable[TargetResult]) -> int:
    """How many cells are hidden in these results."""
    cells = [
        cell
        for result in results
        for cell in (result.estimate, *result.pooled, *result.breakdown, *result.variants)
    ]
    return sum(cell.missing is Missing.SUPPRESSED for cell in cells)
