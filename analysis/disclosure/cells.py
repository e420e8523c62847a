"""One cell and one table: how small it is, and what is hidden with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.types import Estimate, Missing, Text

MINIMUM_CELL = 10

HIDDEN = Text(
    "Ẩn vì số quá nhỏ, hoặc vì có thể suy ra một số quá nhỏ.",
    "Hidden because the number is small, or because a small one could be worked out from it.",
)

SHARE_METHOD = "full_count"  # a part of its denominator, both exact


def is_survey(estimate: Estimate) -> bool:
    """True for an estimate from a sample of households."""
    return estimate.psus is not None


def sides(estimate: Estimate) -> tuple[float, ...]:
    """Every count that a cell gives away; () where it has none.

    Surveys: the persons who answered, and of a ratio of means the women and the men. Registers:
    numerator and denominator, and for a share also those who are not in the numerator.
    """
    if is_survey(estimate):
        asked = (estimate.extra.get("n_numerator"), estimate.extra.get("n_denominator"))
        return (float(estimate.n), *(float(one) for one in asked if one is not None))
    top, below = estimate.numerator, estimate.denominator
    counts = [one for one in (top, below) if one is not None]
    if estimate.method == SHARE_METHOD and top is not None and below is not None:
        counts.append(below - top)
    return tuple(counts)


def cell_size(estimate: Estimate) -> float:
    """The smallest count that a cell gives away."""
    return min((*sides(estimate), float(estimate.n)))


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
    cells: Sequence[Estimate],
    minimum: int = MINIMUM_CELL,
    told: Sequence[Mapping[str, str]] = (),
) -> tuple[Estimate, ...]:
    """One one-way breakdown (all cells of one dimension) with small cells and their company hidden.

    `told`: groups whose numbers the reader has from elsewhere; they are no company. A village of a
    survey without any interview is shown as such: nobody is in it. So is a table without data.
    """
    sizes = [cell_size(cell) for cell in cells]
    countable = _countable(cells)
    known = {at for at, cell in enumerate(cells) if _is_told(cell, told)}
    hidden = {at for at, cell in enumerate(cells) if countable[at] and sizes[at] < minimum}
    rest = sorted(
        (at for at in range(len(cells)) if countable[at] and at not in hidden | known),
        key=lambda at: (sizes[at], at),
    )
    while rest and not _safe([sizes[at] for at in hidden - known], minimum):
        hidden.add(rest.pop(0))
    return tuple(hide(cell) if at in hidden else cell for at, cell in enumerate(cells))


def gives_away(cells: Sequence[Estimate], minimum: int, told: Sequence[Mapping[str, str]]) -> bool:
    """True where the told groups and the total would give a hidden cell of this table away."""
    after = protect_breakdown(cells, minimum, told=told)
    unknown = [
        cell_size(before)
        for before, shown in zip(cells, after, strict=True)
        if shown.missing is Missing.SUPPRESSED and not _is_told(before, told)
    ]
    named = any(_is_told(cell, told) for cell in cells)
    return named and not _safe(unknown, minimum)


def _is_told(cell: Estimate, told: Sequence[Mapping[str, str]]) -> bool:
    return any(dict(cell.by) == dict(group) for group in told)


def _countable(cells: Sequence[Estimate]) -> list[bool]:
    """Cells that count somebody. A register's cell without cases is a count of none: only where
    the whole table has no data does it tell nothing."""
    blank = [
        one.missing in (Missing.NO_DATA, Missing.NOT_COLLECTED) and one.n == 0 for one in cells
    ]
    if all(blank) or any(is_survey(one) for one in cells):
        return [not one for one in blank]
    return [True] * len(cells)


def _safe(sizes: Sequence[float], minimum: int) -> bool:
    """Nothing hidden; or two cells at least, not so few together that each could be told."""
    return not sizes or (len(sizes) >= 2 and sum(sizes) >= minimum)
