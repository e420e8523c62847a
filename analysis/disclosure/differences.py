"""Numbers that are safe alone and give a small one away beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.disclosure.cells import SHARE_METHOD, hide, is_survey, sides
from analysis.types import Estimate, Indicator, Missing


def small_difference(whole: Estimate, parts: Sequence[Estimate], minimum: int) -> bool:
    """True where `whole` less all `parts`, on any side, is a count below the minimum.

    Parts without cases count as zero. A side that the whole lacks (0/0) is zero too.
    """
    told = [_counts(part) for part in parts]
    top, below = _counts(whole)
    top, below = top - sum(one[0] for one in told), below - sum(one[1] for one in told)
    share = whole.method == SHARE_METHOD or whole.numerator is None
    return min((top, below, below - top) if share else (top, below)) < minimum


def _counts(estimate: Estimate) -> tuple[float, float]:
    """Numerator and denominator, 0 where there are none."""
    return (estimate.numerator or 0.0, estimate.denominator or 0.0)


def pooled_years(
    pooled: Sequence[Estimate], owed: Mapping[int, Estimate], minimum: int
) -> tuple[Estimate, ...]:
    """The pools that tell nothing small about years that no report has told.

    `owed`: year -> the value that the plan's report of that year prints. A pool of owed years only
    is their sum and tells nothing. Shorter pools are judged first; a longer one is judged against
    those that stay, too.
    """
    shown: list[Estimate] = []
    found: dict[int, Estimate] = {}
    for at in sorted(range(len(pooled)), key=lambda at: len(pooled[at].years)):
        pool = pooled[at]
        if _gives_away(pool, shown, owed, minimum):
            found[at] = hide(pool)
        else:
            found[at] = pool
            shown.append(pool)
    return tuple(found[at] for at in range(len(pooled)))


def _gives_away(
    pool: Estimate, shown: Sequence[Estimate], owed: Mapping[int, Estimate], minimum: int
) -> bool:
    if is_survey(pool) or pool.missing in (Missing.NO_DATA, Missing.NOT_COLLECTED):
        return False
    untold = _untold(pool.years, owed)
    if not untold:
        return False
    told = [owed[year] for year in pool.years if year in owed]
    if small_difference(pool, told, minimum):
        return True
    return any(_beyond(pool, shorter, owed, minimum) for shorter in shown)


def _beyond(pool: Estimate, shorter: Estimate, owed: Mapping[int, Estimate], minimum: int) -> bool:
    """True where the years by which a pool exceeds a shorter one are a small cell."""
    more = [year for year in pool.years if year not in shorter.years]
    if not _untold(more, owed) or not sides(shorter):
        return False
    told = [owed[year] for year in more if year in owed]
    return small_difference(pool, [shorter, *told], minimum)


def _untold(years: Sequence[int], owed: Mapping[int, Estimate]) -> list[int]:
    return [year for year in years if year not in owed]


def small_extras(estimate: Estimate, indicator: Indicator, minimum: int) -> frozenset[str]:
    """The counts beside a value (`Estimate.extra`) that are small, or leave a small rest.

    A count of the very columns of the numerator or the denominator is the owed total itself.
    """
    if is_survey(estimate):
        return frozenset()
    columns = indicator.arguments.get("beside", {})
    owed = [
        set(indicator.arguments.get(f"{side}_sum", ())) for side in ("numerator", "denominator")
    ]
    keys = {key for key, names in columns.items() if set(names) not in owed}
    if indicator.sensitive:
        keys |= set(indicator.beside) - set(columns)
    known = {key: estimate.extra[key] for key in keys if key in estimate.extra}
    return frozenset(k for k, count in known.items() if _is_small(count, estimate, minimum))


def _is_small(count: float, estimate: Estimate, minimum: int) -> bool:
    whole = estimate.denominator if estimate.method == SHARE_METHOD else None
    rest = minimum if whole is None else abs(whole - count)
    return count < minimum or rest < minimum


def is_near(variant: Estimate, headline: Estimate, minimum: int) -> bool:
    """True where two readings of one indicator differ by a small number of cases on some side.

    None at all is small too: it would tell that where a reading is hidden there are some.
    """
    if is_survey(variant) or variant.missing in (Missing.NO_DATA, Missing.NOT_COLLECTED):
        return False
    gaps = [a - b for a, b in zip(_counts(variant), _counts(headline), strict=True)]
    if SHARE_METHOD in (variant.method, headline.method):
        gaps.append(gaps[1] - gaps[0])
    return min(map(abs, gaps)) < minimum
