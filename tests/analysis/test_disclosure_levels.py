"""Three levels, each the sum of the one below: nothing small can be worked out between them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.disclosure import COUNT_ONLY, MINIMUM_CELL, hide, protect_levels
from analysis.types import Estimate, Missing

ABR, MMR, SRB = (CATALOGUE[code] for code in ("ABR", "MMR", "SRB"))
COUNTRY = st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=5), min_size=1, max_size=5)


def cell(events: int, base: int, code: str, **by: str) -> Estimate:
    return Estimate(
        code, (2026,), by, value=events / base, numerator=events, denominator=base, n=base
    )


def levels(counts: Sequence[Sequence[int]], code: str) -> list[Estimate]:
    """The protected cells of a country with these events in each commune of each province."""
    groups = []
    for p, events in enumerate(counts):
        communes = [
            cell(k, 10_000, code, province=str(p), commune=str(c)) for c, k in enumerate(events)
        ]
        above = cell(sum(events), 10_000 * len(events), code, province=str(p))
        groups.append((above, communes))
    total = cell(sum(map(sum, counts)), 10_000 * sum(map(len, counts)), code)
    return protect_levels(CATALOGUE[code], total, groups)


@given(COUNTRY)
def test_what_is_left_of_a_sum_is_never_small(counts: list[list[int]]) -> None:
    """A shown sum less its shown parts is nothing, or at least two cells of ten together."""
    found = {tuple(one.by.values()): one for one in levels(counts, "SRB")}
    assert len(found) == 1 + len(counts) + sum(map(len, counts))
    shown = {place for place, one in found.items() if one.missing is None}
    for place in shown:
        parts = [at for at in found if len(at) == len(place) + 1 and at[: len(place)] == place]
        hidden = [at for at in parts if at not in shown]
        if hidden and len(parts) > 1:
            rest = sum(_events(counts, at) for at in hidden)
            assert rest >= MINIMUM_CELL or not shown & set(parts)
            assert len(hidden) >= 2 or not shown & set(parts)
    for place in found.keys() - shown:
        assert not any(at[: len(place)] == place for at in shown if len(at) > len(place))
        assert found[place] == hide(found[place])


def _events(counts: list[list[int]], place: tuple[str, ...]) -> int:
    inside = counts[int(place[0])] if place else [sum(map(sum, counts))]
    return inside[int(place[1])] if len(place) == 2 else sum(inside)


@given(COUNTRY)
def test_no_small_cell_is_shown_below_the_total(counts: list[list[int]]) -> None:
    for one in levels(counts, "ABR"):
        assert one.missing is Missing.SUPPRESSED or (one.numerator or 0) >= MINIMUM_CELL


def test_a_small_sensitive_total_hides_all() -> None:
    """Maternal deaths that no plan asks for here."""
    assert {one.missing for one in levels([[1, 2], [3]], "MMR")} == {Missing.SUPPRESSED}
    few = levels([[20, 30], [40, 50]], "MMR")
    assert all(one.missing is None for one in few)
    small = protect_levels(MMR, cell(12, 900, "MMR"), [])
    assert (small[0].value, small[0].numerator, small[0].note) == (None, 12, COUNT_ONLY)
