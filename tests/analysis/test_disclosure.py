"""Small cells stay hidden, also from somebody who can add and subtract."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.disclosure import (
    cell_size,
    hidden_cells,
    hide,
    protect,
    protect_breakdown,
)
from analysis.types import Estimate, Missing, Target, TargetResult

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
    whole = {"target": aim, "indicator": ABR, "estimate": total} | parts
    return TargetResult(**whole)  # type: ignore[arg-type]


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
    assert hidden_cells([leaves]) == 2


def test_each_dimension_is_protected_by_itself() -> None:
    cells = (
        *(person_cell(n, str(at), "village") for at, n in enumerate((4, 30, 60))),
        *(person_cell(n, str(at), "sex") for at, n in enumerate((45, 49))),
    )
    found = protect(result(indicator=CATALOGUE["AWARE"], breakdown=cells))
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


def share(top: int, below: int, **more: object) -> Estimate:
    facts = {
        "value": 100 * top / below,
        "numerator": float(top),
        "denominator": float(below),
        "exact": Fraction(100 * top, below),
        "n": below,
        "method": "full_count",
    }
    return Estimate("X", **({"years": (2026,)} | facts | more))  # type: ignore[arg-type]


VICTIMS, PERPETRATORS = CATALOGUE["VICTIM_SERV"], CATALOGUE["PERP_COUN"]


@pytest.mark.parametrize(
    ("count", "printed"),
    [(10, False), (12, False), (19, False), (20, True), (9, False), (0, False), (40, True)],
)
def test_a_count_beside_a_value_is_printed_only_with_a_large_rest(
    count: int, *, printed: bool
) -> None:
    """Ten counselled of ten: twelve perpetrators in all would tell that two were prosecuted."""
    told = share(8, 10, extra={"perpetrators": float(count), "returns_present": 1.0})
    whole = result(indicator=PERPETRATORS, estimate=told)
    leaves = protect(whole).estimate
    assert ("perpetrators" in leaves.extra) is printed
    assert leaves.extra["returns_present"] == 1
    assert (leaves.numerator, leaves.denominator) == (8, 10)  # the plan asks for them


def test_women_among_ten_victims_are_not_printed_but_the_number_of_victims_is() -> None:
    with_women = replace(
        VICTIMS,
        arguments={
            **VICTIMS.arguments,
            "beside": {"detected": ("detected",), "detected_f": ("detected_f",)},
        },
        beside=("detected", "detected_f"),
    )
    told = share(9, 10, extra={"detected": 10.0, "detected_f": 8.0})
    assert protect(result(indicator=with_women, estimate=told)).estimate.extra == {"detected": 10}
    many = share(60, 90, extra={"detected": 90.0, "detected_f": 80.0})
    assert set(protect(result(indicator=with_women, estimate=many)).estimate.extra) == {
        *("detected", "detected_f"),
    }
    nearly = share(60, 90, extra={"detected": 90.0, "detected_f": 84.0})
    assert set(protect(result(indicator=with_women, estimate=nearly)).estimate.extra) == {
        "detected"
    }


def test_pooled_years_do_not_give_away_the_years_that_no_report_tells() -> None:
    pool = share(18, 19, years=(2024, 2025, 2026))
    whole = result(indicator=VICTIMS, estimate=share(9, 10), pooled=(pool,))
    assert shown(protect(whole).pooled) == [False]
    earlier = [share(4, 4, years=(2024,)), share(5, 5, years=(2025,))]
    assert shown(protect(whole, history=earlier).pooled) == [True]  # each in its own report
    assert shown(protect(whole, history=earlier[1:]).pooled) == [False]
    large = share(40, 60, years=(2024, 2025, 2026))
    assert shown(protect(replace(whole, pooled=(large,))).pooled) == [True]


def test_the_longer_pool_does_not_give_away_what_it_adds_to_the_shorter() -> None:
    three = share(40, 60, years=(2024, 2025, 2026))
    five = share(44, 66, years=tuple(range(2022, 2027)))
    whole = result(indicator=VICTIMS, estimate=share(9, 10), pooled=(three, five))
    assert shown(protect(whole).pooled) == [True, False]
    longer = share(60, 100, years=tuple(range(2022, 2027)))
    assert shown(protect(replace(whole, pooled=(three, longer))).pooled) == [True, True]


def test_pools_without_any_case_are_hidden_like_those_with_one() -> None:
    none = Estimate("X", (2024, 2025, 2026), missing=Missing.NO_CASES)
    nothing = Estimate("X", (2026,), missing=Missing.NO_CASES)
    whole = result(indicator=VICTIMS, estimate=nothing, pooled=(none,))
    assert shown(protect(whole).pooled) == [False]
    unknown = replace(none, missing=Missing.NO_DATA)
    assert protect(replace(whole, pooled=(unknown,))).pooled == (unknown,)


def test_pools_stay_where_no_single_year_can_be_judged() -> None:
    pool = replace(share(1, 240, years=(2024, 2025, 2026)), method="garwood")
    year = replace(share(0, 80), method="garwood")
    whole = result(indicator=CATALOGUE["MMR"], estimate=year, pooled=(pool,))
    assert protect(whole).pooled == (pool,)


def test_another_reading_that_adds_few_cases_is_hidden_where_sensitive() -> None:
    near = share(12, 24, variant="wide")
    far = share(30, 50, variant="wide")
    whole = result(indicator=VICTIMS, estimate=share(10, 20), variants=(near,))
    assert shown(protect(whole).variants) == [False]
    assert shown(protect(replace(whole, variants=(far,))).variants) == [True]
    of_bodies = CATALOGUE["ORG_COMMIT"]  # organisations, not persons
    assert shown(protect(replace(whole, indicator=of_bodies)).variants) == [True]


def test_quarters_of_a_sensitive_indicator_do_not_leave() -> None:
    quarters = tuple(share(1, 2, by={"quarter": str(n)}) for n in range(1, 5))
    whole = result(indicator=VICTIMS, estimate=share(10, 20, periods=quarters))
    assert protect(whole).estimate.periods == ()
    news = replace(whole, indicator=CATALOGUE["NEWS_Q"])
    assert protect(news).estimate.periods == quarters


def test_a_sensitive_indicator_that_no_target_asks_for_leaves_only_when_large() -> None:
    whole = result(indicator=VICTIMS, estimate=share(9, 10))
    bare = replace(whole, target=replace(whole.target, verbatim=""))
    assert protect(bare).estimate.missing is Missing.SUPPRESSED
    assert protect(replace(bare, estimate=share(30, 50))).estimate.value == 60
    leaders = replace(bare, indicator=CATALOGUE["LEAD_UNIT"])
    assert protect(leaders).estimate.value == 90


def test_no_sensitive_table_by_village_and_no_crossed_one() -> None:
    cells = tuple(share(30, 60, by={"village": name}) for name in "ab")
    whole = result(indicator=VICTIMS, estimate=share(60, 120), breakdown=cells)
    assert protect(whole).breakdown == ()
    crossed = tuple(share(30, 60, by={"sex": s, "ethnicity": "Kinh"}) for s in "12")
    schools = replace(whole, indicator=CATALOGUE["PRIM_COMP"], breakdown=crossed)
    assert protect(schools).breakdown == ()


def test_no_indicator_of_the_police_or_of_another_sensitive_form_is_told_by_village() -> None:
    for indicator in CATALOGUE.values():
        if indicator.sensitive or (indicator.table or "").startswith("police"):
            assert indicator.sensitive, indicator.code
            assert "village" not in indicator.by, indicator.code


def test_cells_of_a_sensitive_table_are_rounded_and_others_are_not() -> None:
    cells = (share(33, 61, by={"sex": "1"}), share(22, 48, by={"sex": "2"}))
    whole = result(indicator=VICTIMS, estimate=share(55, 109), breakdown=cells)
    first, second = protect(whole).breakdown
    assert (first.numerator, first.denominator, first.n) == (35, 60, 60)
    assert first.exact == Fraction(100 * 35, 60)
    assert (second.numerator, second.denominator) == (20, 50)
    assert first.note is not None
    assert first.interval is None
    schools = replace(whole, indicator=CATALOGUE["PRIM_COMP"])
    assert protect(schools).breakdown == cells


def test_a_group_that_is_a_target_hides_nobody() -> None:
    """The plan has the minority's number told: it is no company for the others."""
    cells = tuple(
        share(k, n, by={"ethnicity": name}) for name, k, n in (("DTTS", 4, 9), ("Kinh", 30, 60))
    )
    sexes = tuple(share(k, n, by={"sex": name}) for name, k, n in (("1", 17, 35), ("2", 17, 34)))
    whole = result(indicator=CATALOGUE["PRIM_COMP"], breakdown=cells + sexes)
    assert shown(protect(whole).breakdown) == [False, False, True, True]
    minority = [{"ethnicity": "DTTS"}]
    assert shown(protect(whole, told=minority).breakdown) == [False, True, True, True]
    few = (replace(cells[0], numerator=30.0, denominator=60.0, n=60), share(4, 9, by=cells[1].by))
    other = replace(whole, breakdown=few + sexes)
    assert shown(protect(other, told=minority).breakdown) == [False] * 4


def test_a_register_cell_without_cases_is_not_left_standing_while_returns_are_missing() -> None:
    none = Estimate("X", (2026,), {"sex": "1"}, missing=Missing.NO_DATA, provisional=True)
    cells = (none, share(9, 12, by={"sex": "2"}))
    assert shown(protect_breakdown(cells)) == [False, False]
    assert protect_breakdown((none,)) == (none,)  # nothing has come at all


def test_the_mean_of_three_men_is_a_small_cell() -> None:
    hours = replace(person_cell(14), extra={"n_numerator": 11.0, "n_denominator": 3.0})
    assert cell_size(hours) == 3
