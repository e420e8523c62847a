"""Small cells: hidden last, before anything is shown or leaves.

Who sees what, and why:

* The commune's officer reads the submissions themselves, so hiding a count of births from the
  officer protects nobody: registers are shown as they are. A survey estimate from fewer persons
  than the minimum is no estimate; it is hidden from everyone.
* What leaves the commune (reports, exports, public pages) hides every cell of a breakdown below
  the minimum, zero included: a zero that stays visible would tell that a hidden cell is none. A
  share or ratio counts as small where either side of it is. Where a hidden cell could be worked
  out from the total and the others, the next smallest goes too, until at least two are hidden and
  together they reach the minimum.
* Totals of the whole commune leave: they are what the plan obliges it to report. Of maternal deaths
  only the count may be published, never a year's ratio (`Indicator.count_only_below`).

Only one-way breakdowns leave; the cells of one cannot be worked out from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from analysis.types import Estimate, Missing, TargetResult, Text

MINIMUM_CELL = 10

HIDDEN = Text(
    "Ẩn vì số quá nhỏ, hoặc vì có thể suy ra một số quá nhỏ.",
    "Hidden because the number is small, or because a small one could be worked out from it.",
)


class Audience(StrEnum):
    """Who will read it."""

    COMMUNE = "commune"  # the officer of the commune, on the service's own pages
    OUTSIDE = "outside"  # whoever gets a report, an export, a chart


def is_survey(estimate: Estimate) -> bool:
    """True for an estimate from a sample of households."""
    return estimate.psus is not None


def cell_size(estimate: Estimate) -> float:
    """The smallest count that a cell gives away.

    Surveys: the persons who answered. Registers: the smaller of numerator and denominator, and for
    a share also those who are not in the numerator.
    """
    if is_survey(estimate):
        return float(estimate.n)
    counts = [c for c in (estimate.numerator, estimate.denominator) if c is not None]
    if estimate.method == "full_count" and len(counts) == 2:
        counts.append(counts[1] - counts[0])
    return min([*counts, float(estimate.n)]) if counts else float(estimate.n)


def hide(estimate: Estimate) -> Estimate:
    """The cell without any of its numbers."""
    return Estimate(
        estimate.indicator,
        estimate.years,
        estimate.by,
        missing=Missing.SUPPRESSED,
        note=HIDDEN,
        variant=estimate.variant,
    )


def protect_breakdown(
    cells: Sequence[Estimate], minimum: int = MINIMUM_CELL, audience: Audience = Audience.OUTSIDE
) -> tuple[Estimate, ...]:
    """One one-way breakdown (all cells of one dimension) with small cells and their company hidden.

    A village of a survey without any interview is shown as such: nobody is in it.
    """
    sizes = [cell_size(cell) for cell in cells]
    countable = [not _nobody_asked(cell) for cell in cells]
    hidden = {
        at
        for at, cell in enumerate(cells)
        if countable[at] and sizes[at] < minimum and _may_hide(cell, audience)
    }
    rest = sorted(
        (at for at in range(len(cells)) if countable[at] and at not in hidden),
        key=lambda at: (sizes[at], at),
    )
    if audience is Audience.OUTSIDE:
        while hidden and rest and not _safe([sizes[at] for at in hidden], minimum):
            hidden.add(rest.pop(0))
    return tuple(hide(cell) if at in hidden else cell for at, cell in enumerate(cells))


def _nobody_asked(cell: Estimate) -> bool:
    """A category of a survey that no interview reached."""
    return cell.missing in (Missing.NO_DATA, Missing.NOT_COLLECTED) and cell.n == 0


def _may_hide(cell: Estimate, audience: Audience) -> bool:
    return audience is Audience.OUTSIDE or is_survey(cell)


def _safe(sizes: Sequence[float], minimum: int) -> bool:
    """Two cells at least, and not so few together that each could be told."""
    return len(sizes) >= 2 and sum(sizes) >= minimum


def protect(
    result: TargetResult, minimum: int = MINIMUM_CELL, audience: Audience = Audience.OUTSIDE
) -> TargetResult:
    """A target's result as `audience` may see it; the verdict is the caller's to judge anew.

    Raises nothing and changes nothing that is large enough.
    """
    breakdown: list[Estimate] = []
    for dimension in _dimensions(result.breakdown):
        cells = [one for one in result.breakdown if tuple(one.by) == dimension]
        breakdown += protect_breakdown(cells, minimum, audience)
    variants = tuple(_small_survey(one, minimum) for one in result.variants)
    estimate = _without(_small_survey(result.estimate, minimum), variants)
    return replace(
        result,
        estimate=estimate,
        pooled=tuple(_small_survey(one, minimum) for one in result.pooled),
        breakdown=tuple(breakdown),
        variants=variants,
    )


def _dimensions(cells: Iterable[Estimate]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(tuple(cell.by) for cell in cells))


def _small_survey(estimate: Estimate, minimum: int) -> Estimate:
    few = is_survey(estimate) and estimate.n < minimum
    return hide(estimate) if few else estimate


def _without(estimate: Estimate, variants: Sequence[Estimate]) -> Estimate:
    """The estimate without the figures of variants that are hidden."""
    gone = {one.variant for one in variants if one.missing is Missing.SUPPRESSED}
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
