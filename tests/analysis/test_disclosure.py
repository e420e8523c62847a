"""Small cells stay hidden, also from somebody who can add and subtract."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.disclosure import (
    Audience,
    cell_size,
    hidden_cells,
    hide,
    protect,
    protect_breakdown,
)
from analysis.types import Estimate, Missing, Target, TargetResult

OUTSIDE, COMMUNE = Audience.OUTSIDE, Audience.COMMUNE
ABR = CATALOGUE["ABR"]


def person_cell(n: int, name: str = "a", dimension: str = "village") -> Estimate:
    """A cell of a survey; none of its numbers may survive being hidden."""
    if n == 0:
        return Estimate("AWARE", (2026,), {dimension: name}, missing=Missing.NO_DATA)
    return Estimate(
        "AWARE",
        (2026,),
        {dimension: name},
        value=50.0,
        se=1.0,
        interval=(40.0, 60.0),
        bounds=(41.0, 59.0),
        numerator=n * 2.0,
        denominator=n * 4.0,
        n=n,
        excluded=1,
        psus=n,
        df=3.0,
        deff=1.1,
        extra={"informed": 3.0},
    )


def birth_cell(boys: int, girls: int, name: str = "a") -> Estimate:
    exact = Fraction(boys * 100, girls) if girls else None
    return Estimate(
        "SRB",
        (2026,),
        {"village": name},
        value=None if exact is None else float(exact),
        numerator=float(boys),
        denominator=float(girls),
        exact=exact,
        n=boys + girls,
        method="clopper_pearson",
    )


def shown(cells: tuple[Estimate, ...]) -> list[bool]:
    return [cell.missing is not Missing.SUPPRESSED for cell in cells]


def test_a_hidden_cell_has_no_number_left() -> None:
    hidden = hide(person_cell(5))
    kept = {"indicator", "years", "by", "missing", "note", "method", "variant"}
    blank = Estimate("", ())
    for field in fields(Estimate):
        if field.name not in kept:
            assert getattr(hidden, field.name) == getattr(blank, field.name), field.name


def test_the_size_of_a_cell() -> None:
    assert cell_size(person_cell(12)) == 12
    assert cell_size(birth_cell(30, 4)) == 4
    count = Estimate("L", (2026,), numerator=18.0, denominator=20.0, n=20, method="full_count")
    assert cell_size(count) == 2  # two are not in the numerator
    rate = Estimate("ABR", (2026,), numerator=4.0, denominator=250.0, n=80, method="garwood")
    assert cell_size(rate) == 4


@pytest.mark.parametrize(
    ("sizes", "visible"),
    [
        ([12, 15, 40], [True, True, True]),
        ([9, 15, 40], [False, False, True]),
        ([9, 40, 15], [False, True, False]),
        ([10, 10], [True, True]),
        ([3, 4, 40], [False, False, False]),  # 3 + 4 could each be told: the third goes too
        ([5, 6, 40], [False, False, True]),
        ([4, 40], [False, False]),
        ([0, 12, 40], [True, True, True]),  # no interview there: nobody to protect
        ([9], [False]),
    ],
)
def test_small_cells_take_company_with_them(sizes: list[int], visible: list[bool]) -> None:
    cells = [person_cell(n, str(at)) for at, n in enumerate(sizes)]
    assert shown(protect_breakdown(cells)) == visible


def test_zero_births_are_hidden_like_one_birth() -> None:
    """A zero that stays would tell that a hidden cell is not zero."""
    none = Estimate("SRB", (2026,), {"village": "a"}, missing=Missing.NO_CASES)
    cells = [none, birth_cell(20, 21, "b"), birth_cell(30, 29, "c")]
    assert shown(protect_breakdown(cells)) == [False, False, True]


def test_the_officer_sees_registers_whole_but_no_estimate_from_few() -> None:
    births = [birth_cell(2, 1, "a"), birth_cell(20, 21, "b")]
    assert shown(protect_breakdown(births, audience=COMMUNE)) == [True, True]
    people = [person_cell(4, "a"), person_cell(40, "b"), person_cell(50, "c")]
    assert shown(protect_breakdown(people, audience=COMMUNE)) == [False, True, True]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=14), st.integers(2, 20))
def test_no_hidden_cell_follows_from_the_total(sizes: list[int], minimum: int) -> None:
    """Whatever the total, another table with other counts in each hidden cell fits it as well."""
    cells = [person_cell(n, str(at)) for at, n in enumerate(sizes)]
    protected = protect_breakdown(cells, minimum)
    hidden = [n for n, seen in zip(sizes, shown(protected), strict=True) if not seen]
    seen_sizes = [n for n, seen in zip(sizes, shown(protected), strict=True) if seen]
    assert all(n >= minimum for n in seen_sizes)
    if not hidden:
        return
    recovered = sum(sizes) - sum(seen_sizes)  # all that subtraction gives
    assert recovered == sum(hidden)
    if len(sizes) > 1:
        assert len(hidden) >= 2
        assert recovered >= minimum or not seen_sizes
        for n in hidden:  # each hidden count may be larger or smaller by one for all we know
            assert 0 <= n - 1 <= recovered
            assert 0 <= n + 1 <= recovered


@given(st.lists(st.integers(1, 60), min_size=1, max_size=14))
def test_what_stays_is_untouched_and_in_its_place(sizes: list[int]) -> None:
    cells = [person_cell(n, str(at)) for at, n in enumerate(sizes)]
    for before, after in zip(cells, protect_breakdown(cells), strict=True):
        assert after.by == before.by
        assert after == before or after == hide(before)


def result(**parts: object) -> TargetResult:
    aim = Target("AK-4.3", 4, "3", "…", "ABR", "<", True, Fraction(18), "", None, "", 2030, True)
    total = Estimate(
        "ABR", (2026,), value=8.2, numerator=4.0, denominator=490.0, exact=Fraction(400, 49), n=80
    )
    return TargetResult(aim, ABR, **({"estimate": total} | parts))  # type: ignore[arg-type]


def band(name: str, events: int, women: int) -> Estimate:
    return Estimate(
        "ABR",
        (2026,),
        {"age_band": name},
        value=events * 1000 / women,
        numerator=float(events),
        denominator=float(women),
        n=80,
        method="garwood",
    )


def test_births_to_the_youngest_never_leave_but_the_total_does() -> None:
    whole = result(breakdown=(band("10-14", 1, 240), band("15-19", 3, 250)))
    leaves = protect(whole)
    assert leaves.estimate.value == 8.2
    assert shown(leaves.breakdown) == [False, False]
    assert protect(whole, audience=COMMUNE) == whole
    assert hidden_cells([leaves]) == 2


def test_each_dimension_is_protected_by_itself() -> None:
    cells = (
        *(person_cell(n, str(at), "village") for at, n in enumerate((4, 30, 60))),
        *(person_cell(n, str(at), "sex") for at, n in enumerate((45, 49))),
    )
    found = protect(result(breakdown=cells))
    assert shown(found.breakdown) == [False, False, True, True, True]


def test_a_survey_of_few_is_hidden_with_its_variants() -> None:
    few = person_cell(8)
    assert protect(result(estimate=few)).estimate.missing is Missing.SUPPRESSED
    enough = person_cell(40)
    variant = Estimate("AWARE", (2026,), value=1.0, n=3, psus=3, variant="informed")
    found = protect(result(estimate=enough, variants=(variant,)))
    assert found.estimate.extra == {}
    assert found.estimate.value == 50.0
    assert hidden_cells([found]) == 1
