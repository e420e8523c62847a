"""One indicator on three levels, each the sum of the one below: total, provinces, communes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.disclosure.cells import MINIMUM_CELL, cell_size, hide, is_survey, protect_breakdown
from analysis.disclosure.rounding import rounded
from analysis.types import Estimate, Indicator, Missing, Text

COUNT_ONLY = Text(
    "Dưới số ca sinh tối thiểu: chỉ công bố số ca.",
    "Below the least number of births: only the count is published.",
)

_NOTHING = Estimate("", ())

Groups = Sequence[tuple[Estimate, Sequence[Estimate]]]
"""Each province and its communes."""


def protect_levels(
    indicator: Indicator,
    total: Estimate,
    groups: Groups,
    minimum: int = MINIMUM_CELL,
) -> list[Estimate]:
    """The total, then each province followed by its communes, as they may leave.

    Provinces are a table under the total, communes one under their province, each with the
    company of its small cells hidden. Under a hidden total or province nothing is shown: its parts
    would add up to it. No plan asks for these figures, so a small sensitive total is hidden too,
    and the total of a lone province whose number is hidden: it is the same number.
    Communes' cells of a sensitive indicator are rounded. What is not of persons stays, however
    small; persons counted beside it are protected by the same rules, as a table of their own.
    """
    total, groups = _without_small_beside(indicator, total, groups, minimum)
    if not indicator.of_persons:
        return [total, *(cell for province, below in groups for cell in (province, *below))]
    provinces = protect_breakdown([cell for cell, _ in groups], minimum)
    lone = len(provinces) == 1 and _is_hidden(provinces[0])
    whole = hide(total) if lone else _lone(indicator, total, minimum)
    gone = _is_hidden(whole)
    found = [whole]
    for province, (_, communes) in zip(provinces, groups, strict=True):
        above = hide(province) if gone else _small_survey(province, minimum)
        found.append(above)
        below = protect_breakdown(list(communes), minimum)
        found += [hide(one) if _is_hidden(above) else _rounded(indicator, one) for one in below]
    return [count_only(indicator, one) for one in found]


def _without_small_beside(
    indicator: Indicator, total: Estimate, groups: Groups, minimum: int
) -> tuple[Estimate, Groups]:
    """The levels without the counts of persons beside a value that are small or give one away."""
    for key in indicator.arguments.get("beside", {}):
        (total,) = _told_beside(key, [total], minimum)
        told = key in total.extra
        provinces = _told_beside(key, [cell for cell, _ in groups], minimum, above=told)
        groups = [
            (province, _told_beside(key, below, minimum, above=key in province.extra))
            for province, (_, below) in zip(provinces, groups, strict=True)
        ]
    return total, groups


def _told_beside(
    key: str, cells: Sequence[Estimate], minimum: int, *, above: bool = True
) -> list[Estimate]:
    """The cells of one table, with the count `key` where it may be told.

    `above`: it is told of the cells together. Where nothing is counted (n = 0) the reader knows
    that nobody is beside it: such a cell is no company for another.
    """
    asked = [
        at for at, cell in enumerate(cells) if key in cell.extra and (cell.n or cell.extra[key])
    ]
    counts = [replace(_NOTHING, n=int(cells[at].extra[key])) for at in asked]
    seen = protect_breakdown(counts, minimum)
    gone = {at for at, one in zip(asked, seen, strict=True) if _is_hidden(one) or not above}
    return [_less(cell, key) if at in gone else cell for at, cell in enumerate(cells)]


def _less(estimate: Estimate, key: str) -> Estimate:
    kept = {name: value for name, value in estimate.extra.items() if name != key}
    return replace(estimate, extra=kept)


def count_only(indicator: Indicator, estimate: Estimate) -> Estimate:
    """The count alone, where the denominator is below `Indicator.count_only_below`."""
    least = indicator.count_only_below
    if least is None or estimate.value is None or (estimate.denominator or 0) >= least:
        return estimate
    return replace(estimate, value=None, exact=None, interval=None, bounds=None, note=COUNT_ONLY)


def _lone(indicator: Indicator, estimate: Estimate, minimum: int) -> Estimate:
    counted = estimate.missing is None or estimate.n > 0
    small = counted and cell_size(estimate) < minimum
    if indicator.sensitive and small:
        return hide(estimate)
    return _small_survey(estimate, minimum)


def _small_survey(estimate: Estimate, minimum: int) -> Estimate:
    return hide(estimate) if is_survey(estimate) and cell_size(estimate) < minimum else estimate


def _rounded(indicator: Indicator, estimate: Estimate) -> Estimate:
    return rounded(estimate) if indicator.sensitive else estimate


def _is_hidden(estimate: Estimate) -> bool:
    return estimate.missing is Missing.SUPPRESSED
