"""Three levels, each the sum of the one below: nothing small can be worked out between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.disclosure import COUNT_ONLY, MINIMUM_CELL, hide, protect_levels
from analysis.types import Estimate, Missing
from tests.analysis.attacker import Knowledge

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
        assert not (hidden and len(parts) == 1), "the sum is its only part"
        if hidden:
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


Event = tuple[int, int]
"""Events of a commune, and the women who came to them."""

FEW = st.integers(1, 12)
HELD = st.one_of(st.just((0, 0)), st.tuples(FEW, st.one_of(FEW, st.just(0), st.integers(0, 60))))
EVENTS = st.lists(st.lists(HELD, min_size=1, max_size=4), min_size=1, max_size=5)
WOMEN = "people_f"


def held(communes: Sequence[Event], **by: str) -> Estimate:
    events, women = (sum(one[side] for one in communes) for side in (0, 1))
    extra = {WOMEN: float(women), "returns_present": 4.0}
    count = {"value": float(events), "numerator": float(events), "n": events}
    return Estimate("EVENT_2010", (2026,), by, method="plain_count", extra=extra, **count)  # type: ignore[arg-type]


def of_events(country: list[list[Event]]) -> list[tuple[Estimate, np.ndarray]]:
    """Each protected cell with the communes that it adds up, as a row of coefficients."""
    places = [(p, c) for p, own in enumerate(country) for c in range(len(own))]
    groups, rows = [], [np.ones(len(places))]
    for p, own in enumerate(country):
        below = [held([one], province=str(p), commune=str(c)) for c, one in enumerate(own)]
        groups.append((held(own, province=str(p)), below))
        rows.append(np.array([float(at == p) for at, _ in places]))
        rows += [np.array([float(at == (p, c)) for at in places]) for c in range(len(own))]
    whole = held([one for own in country for one in own])
    seen = protect_levels(CATALOGUE["EVENT_2010"], whole, groups)
    return list(zip(seen, rows, strict=True))


def learned(cells: Sequence[tuple[Estimate, np.ndarray]]) -> Knowledge:
    """Every number of women that is printed; and that nobody came where there was no event."""
    known = Knowledge()
    for cell, row in cells:
        if WOMEN in cell.extra or not cell.n:
            known.learn(row, cell.extra.get(WOMEN, 0.0))
    return known


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_events_are_told_and_no_few_women_beside_them(country: list[list[Event]]) -> None:
    """An attack by linear programs on three levels: each number of women that is not printed lies
    in an interval as wide as the minimum."""
    cells = of_events(country)
    known = learned(cells)
    for cell, row in cells:
        events, women = (sum(one[side] for one in _inside(country, cell)) for side in (0, 1))
        assert (cell.missing, cell.numerator) == (None, events)
        assert cell.extra["returns_present"] == 4
        if WOMEN in cell.extra:
            assert cell.extra[WOMEN] == women and (women >= MINIMUM_CELL or not events)
        elif known.rows:
            assert known.width(row) >= MINIMUM_CELL - 1e-6, cell.by


def _inside(country: list[list[Event]], cell: Estimate) -> list[Event]:
    place = tuple(map(int, cell.by.values()))
    return [
        one
        for p, own in enumerate(country)
        for c, one in enumerate(own)
        if (p, c)[: len(place)] == place
    ]


def test_the_attack_finds_women_who_are_only_left_out_where_they_are_few() -> None:
    country = [[(3, 4), (2, 30)], [(5, 50)], [(1, 20), (0, 0)]]
    cells = of_events(country)
    few = np.array([1.0, 0, 0, 0, 0])
    assert learned(cells).width(few) >= MINIMUM_CELL
    hidden = [cell for cell, row in cells if WOMEN not in cell.extra]
    assert [tuple(one.by.values()) for one in hidden] == [("0", "0"), ("0", "1")]
    open_cells = [
        (held(_inside(country, cell), **cell.by) if not np.array_equal(row, few) else cell, row)
        for cell, row in cells
    ]
    assert learned(open_cells).width(few) < 1e-6


def test_below_a_small_number_of_persons_none_is_told() -> None:
    seen = [cell for cell, _ in of_events([[(9, 4)], [(8, 5), (1, 0)]])]
    assert not any(WOMEN in cell.extra for cell in seen)
    assert [cell.numerator for cell in seen] == [18, 9, 9, 9, 8, 1]
