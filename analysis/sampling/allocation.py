"""How many households of each stratum: whole numbers that add up and that the stratum has."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from analysis.sampling.errors import BadAllocation

LEAST = 2  # a stratum's variance takes two


def allocate(
    size: int, households: Mapping[str, int], shares: Mapping[str, Fraction | int]
) -> dict[str, int]:
    """Households to draw in each stratum: as `shares`, between the bounds, adding up to `size`.

    `households`: those of each stratum, the upper bound. `shares`: 1 everywhere is equal
    allocation, `households` proportional. Each stratum gets two (or its one household); one where
    `size` is too small for two. What a bound takes or leaves is spread over the others by their
    shares; fractions are rounded by largest remainder, ties to the first code. Raises
    `BadAllocation` where `size` is below the number of strata or above the register.
    """
    _check(size, households)
    least = LEAST if size >= sum(min(LEAST, count) for count in households.values()) else 1
    low = {name: min(least, count) for name, count in households.items()}
    level = _level(size, low, households, shares)
    exact = {name: _within(level * shares[name], low[name], households[name]) for name in low}
    counts = {name: int(value) for name, value in exact.items()}
    left = size - sum(counts.values())
    by_remainder = sorted(exact, key=lambda name: (counts[name] - exact[name], name))
    return {name: counts[name] + (name in by_remainder[:left]) for name in sorted(counts)}


def _check(size: int, households: Mapping[str, int]) -> None:
    total = sum(households.values())
    if size > total:
        raise BadAllocation(
            f"Cỡ mẫu {size} lớn hơn danh sách ({total} hộ); hãy giảm cỡ mẫu hoặc khảo sát toàn bộ.",
            f"A sample of {size} is above the register ({total}); ask for less, or list in full.",
        )
    if size < len(households):
        raise BadAllocation(
            f"Cỡ mẫu {size} không đủ cho {len(households)} thôn, mỗi thôn ít nhất một hộ; hãy tăng "
            "cỡ mẫu hoặc chỉ chọn một số thôn (--villages).",
            f"A sample of {size} is too small for {len(households)} villages, one household each; "
            "ask for more, or visit some of the villages (--villages).",
        )


def _within(value: Fraction, low: int, high: int) -> Fraction:
    return min(max(value, Fraction(low)), Fraction(high))


def _level(
    size: int,
    low: Mapping[str, int],
    high: Mapping[str, int],
    shares: Mapping[str, Fraction | int],
) -> Fraction:
    """λ for which Σ min(max(λ·share, low), high) = size, exactly: piecewise linear in λ."""

    def filled(level: Fraction) -> Fraction:
        parts = (_within(level * shares[name], low[name], high[name]) for name in low)
        return sum(parts, Fraction(0))

    bounds = {Fraction(bound[name]) / shares[name] for bound in (low, high) for name in low}
    before = Fraction(0)
    for level in sorted(bounds):
        reached = filled(level)
        if reached >= size:
            at_start = filled(before)
            if reached == at_start:
                return level
            return before + (level - before) * (size - at_start) / (reached - at_start)
        before = level
    return before


def check_given(given: Mapping[str, int], households: Mapping[str, int]) -> None:
    """An allocation made by hand. Raises `BadAllocation` naming the stratum."""
    for name, count in given.items():
        if name not in households:
            raise BadAllocation(
                f"Thôn {name} không có trong danh sách hộ.", f"Village {name} is not registered."
            )
        if not 0 < count <= households[name]:
            raise BadAllocation(
                f"Thôn {name}: phải rút từ 1 đến {households[name]} hộ, nhận được {count}.",
                f"Village {name}: draw from 1 to {households[name]} households; got {count}.",
            )
