"""Units' returns: what came of what is owed, exact shares, nil, quarters, contradictions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from returns_frames import table

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.estimators.owed import months_in
from analysis.estimators.prepared import Prepared
from analysis.reports.beside import beside_text
from analysis.types import Arithmetic, Estimate, Missing, Target
from analysis.verdict import judge, within_year

SCHOOLS = ("a", "b", "c")
POLICE = {"police_year": frozenset({("ca", "2026")})}


def owed(form: str, *units: str, periods: tuple[str, ...] = ("2026",)) -> dict[str, Any]:
    return {form: frozenset((unit, period) for unit in units for period in periods)}


def found(
    code: str, frames: dict[str, Any], duty: dict[str, Any], by: tuple[str, ...] = ()
) -> list[Estimate]:
    ready = Prepared(frames, None, duty)
    return compute(CATALOGUE[code], frames, None, years=[2026], by=by, prepared=ready)


def value(code: str, frames: dict[str, Any], duty: dict[str, Any]) -> Estimate:
    (one,) = found(code, frames, duty)
    return one


def target(indicator: str, level: str, comparator: str = ">=", **more: Any) -> Target:
    return Target(
        id="T", objective=1, number="1", verbatim="x", indicator=indicator, comparator=comparator,
        comparator_stated=True, value=Fraction(level), value_text=level, suspected=None, unit="%",
        deadline=2030, deadline_stated=True, **more,
    )  # fmt: skip


def victims(detected: int, served: int, **more: list[float]) -> Any:
    columns = set(CATALOGUE["VICTIM_SERV"].columns) | set(CATALOGUE["PERP_COUN"].columns)
    zero = {key: [0.0] for key in columns | set(CATALOGUE["TRAFF_SERV"].columns)}
    return table(["ca"], **{**zero, "detected": [detected], "served": [served], **more})


def test_the_count_of_victims_stands_beside_the_share() -> None:
    one = value("VICTIM_SERV", {"police_year": victims(8, 7, detected_f=[6.0])}, POLICE)
    assert (one.exact, one.interval, one.provisional) == (Fraction(700, 8), None, False)
    assert one.extra["detected"] == 8
    text = beside_text(one, CATALOGUE["VICTIM_SERV"])
    assert text == "Số người được phát hiện: 8"  # the women's count would give the men's away


def test_more_served_than_detected_is_never_computed_in_silence() -> None:
    one = value("VICTIM_SERV", {"police_year": victims(7, 8)}, POLICE)
    assert one.missing is Missing.NO_DATA and one.exact is None
    assert one.note is not None and "8/7" in one.note.vi
    wrong = value("VICTIM_SERV", {"police_year": victims(7, -1)}, POLICE)
    assert wrong.missing is Missing.NO_DATA
    assert wrong.note is not None and "số âm" in wrong.note.vi


def test_nothing_of_nothing_is_no_cases() -> None:
    one = value("TRAFF_SERV", {"police_year": victims(0, 0)}, POLICE)
    assert one.missing is Missing.NO_CASES
    verdict = judge(target("TRAFF_SERV", "100"), one, CATALOGUE["TRAFF_SERV"])
    assert verdict.arithmetic is Arithmetic.NOT_APPLICABLE


def test_a_nil_return_counts_as_zero_and_as_come() -> None:
    frame = table(["ca"], **{key: [float("nan")] for key in CATALOGUE["VICTIM_SERV"].columns})
    one = value("VICTIM_SERV", {"police_year": frame}, POLICE)
    assert one.missing is Missing.NO_CASES and not one.provisional


def test_a_missing_return_says_how_many_came_of_how_many() -> None:
    frame = table(["a", "b"], vet_f=[2.0, 1.0], vet_m=[2.0, 3.0])
    one = value("VET_F", {"school_year": frame}, owed("school_year", *SCHOOLS))
    assert one.exact == Fraction(300, 8) and one.provisional
    assert one.note is not None and "2/3 phiếu" in one.note.vi
    verdict = judge(target("VET_F", "10"), one, CATALOGUE["VET_F"])
    assert verdict.arithmetic is Arithmetic.INCOMPLETE
    nobody = value("VET_F", {"school_year": frame}, {"school_year": frozenset()})
    assert nobody.provisional and nobody.note is not None and "khai báo" in nobody.note.vi


def test_of_two_returns_of_a_unit_the_later_counts() -> None:
    frame = table(["a", "a"], ids=[9, 4], vet_f=[1.0, 5.0], vet_m=[1.0, 5.0])
    one = value("VET_F", {"school_year": frame}, owed("school_year", "a"))
    assert (one.numerator, one.denominator) == (1.0, 2.0)


def leaders(keys: list[float]) -> dict[str, Any]:
    n = len(keys)
    body = table(["nv"] * n, ids=[1] * n, body_kind=["4"] * n, key_f=keys)
    return {"leaders_year": table(["nv"]), "leaders_year.body": body}


@pytest.mark.parametrize(
    ("keys", "met", "words"),
    [
        ([1, 0, 2, 1], Arithmetic.MET, "3/4 (75,0%)"),
        ([1, 0, 0, 1], Arithmetic.NOT_MET, "3/4 (75,0%)"),
        ([1, 1, 0], Arithmetic.NOT_MET, "3/3 (100,0%)"),
    ],
)
def test_with_few_units_only_some_shares_exist(
    keys: list[float], met: Arithmetic, words: str
) -> None:
    one = value("LEAD_UNIT", leaders(keys), owed("leaders_year", "nv"))
    verdict = judge(target("LEAD_UNIT", "75"), one, CATALOGUE["LEAD_UNIT"])
    assert verdict.arithmetic is met
    assert any(words in note.vi for note in verdict.notes)


def grades(start: float, done: float, came: float = 0) -> dict[str, Any]:
    zero = {key: [0.0] for key in CATALOGUE["PRIM_COMP"].columns}
    said: dict[str, Any] = {
        **zero, "grade_no": ["5"], "start_kinh_f": [start], "completed_kinh_f": [done],
        "came_kinh_f": [came],
    }  # fmt: skip
    return {"school_year": table(["a"]), "school_year.grade": table(["a"], **said)}


def test_above_a_hundred_percent_is_flagged_and_a_person_has_to_look() -> None:
    one = value("PRIM_COMP", grades(40, 41, came=1), owed("school_year", "a"))
    assert one.exact == Fraction(4100, 40)
    assert one.note is not None and one.note.vi.startswith("Trên 100% (41/40)")
    verdict = judge(target("PRIM_COMP", "100"), one, CATALOGUE["PRIM_COMP"])
    assert verdict.arithmetic is Arithmetic.INCOMPLETE
    assert one.extra["with_transfers"] == 100.0  # of those who were there at the end, all


def test_everyone_means_numerator_equals_denominator() -> None:
    duty = owed("school_year", "a")
    level = target("PRIM_COMP", "100")
    one = value("PRIM_COMP", grades(2000, 1999), duty)
    assert judge(level, one, CATALOGUE["PRIM_COMP"]).arithmetic is Arithmetic.NOT_MET
    all_ = value("PRIM_COMP", grades(2000, 2000), duty)
    assert judge(level, all_, CATALOGUE["PRIM_COMP"]).arithmetic is Arithmetic.MET
    near = value("PRIM_COMP", grades(1000, 999), duty)
    exactly = target("PRIM_COMP", "999/10")
    assert judge(exactly, near, CATALOGUE["PRIM_COMP"]).arithmetic is Arithmetic.MET


def test_two_returns_make_one_share_and_both_are_awaited() -> None:
    schools = table(["a"], master_f=[2.0], master_m=[1.0])
    cadres = table(["a"], master_f=[1.0], master_m=[4.0])
    duty = owed("school_year", "a") | owed("leaders_year", "a")
    both = value("MASTER_F", {"school_year": schools, "leaders_year": cadres}, duty)
    assert (both.exact, both.provisional) == (Fraction(300, 8), False)
    half = value("MASTER_F", {"school_year": schools, "leaders_year": cadres.iloc[:0]}, duty)
    assert half.provisional and half.extra["returns_owed"] == 2


def test_no_facility_on_the_list_is_no_cases() -> None:
    empty = table(["x"], is_public=["1"], has_activities=["1"]).iloc[:0]
    others = owed("school_year", "a") | {"social_year": frozenset()}
    one = value("SPC_GBV", {"social_year": empty}, others)
    assert one.missing is Missing.NO_CASES and not one.provisional
    waiting = value("SPC_GBV", {"social_year": empty}, owed("social_year", "bt"))
    assert waiting.missing is Missing.NO_DATA and waiting.provisional


def items(months: list[int], told: dict[int, int]) -> dict[str, Any]:
    periods = [f"2026-{month:02d}" for month in months]
    n = len(months)
    news = table(["vh"] * n, periods, month=periods, item_kind=["1"] * n, is_column=["1"] * n)
    quarters = [f"2026-Q{q}" for q in told]
    closing = table(["vh"] * len(told), quarters, n_items=list(map(float, told.values())))
    return {"news": news, "culture_quarter": closing}


QUARTERS = owed("culture_quarter", "vh", periods=tuple(f"2026-Q{q}" for q in range(1, 5)))


def test_a_quarterly_target_needs_all_four_quarters() -> None:
    months = [1, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 10, 11, 12]
    one = value("NEWS_Q", items(months, {1: 4, 2: 4, 3: 3, 4: 4}), QUARTERS)
    assert (one.exact, one.extra["year_total"], one.provisional) == (3, 15.0, False)
    assert [part.value for part in one.periods] == [4.0, 4.0, 3.0, 4.0]
    level = replace(target("NEWS_Q", "4", every="quarter"), unit="tin")
    assert within_year(level, one.periods) is Arithmetic.NOT_MET
    assert within_year(replace(level, value=Fraction(3)), one.periods) is Arithmetic.MET


def test_an_open_quarter_leaves_it_open_and_a_missed_one_decides() -> None:
    one = value("NEWS_Q", items([1, 1, 2, 3, 4, 4, 5, 6], {1: 4, 2: 4}), QUARTERS)
    assert one.provisional and one.periods[2].missing is Missing.NO_DATA
    level = replace(target("NEWS_Q", "4", every="quarter"), unit="tin")
    assert within_year(level, one.periods) is Arithmetic.INCOMPLETE
    short = value("NEWS_Q", items([1, 4, 4, 5, 6], {1: 1, 2: 4}), QUARTERS)
    assert within_year(level, short.periods) is Arithmetic.NOT_MET


def test_a_closing_return_that_counts_more_than_came_keeps_it_open() -> None:
    one = value("NEWS_Q", items([1, 4, 7, 10], {1: 2, 2: 1, 3: 1, 4: 1}), QUARTERS)
    assert one.provisional and one.extra["events_missing"] == 1


def test_months_with_a_column_and_which_have_none() -> None:
    one = value("COLUMN_M", items([1, 1, 2, 12], {1: 3, 2: 0, 3: 0, 4: 1}), QUARTERS)
    assert (one.exact, one.denominator, len(one.periods)) == (3, 12.0, 12)
    assert "Tháng chưa có: 3, 4, 5, 6, 7, 8, 9, 10, 11" in beside_text(one, CATALOGUE["COLUMN_M"])


def test_parts_by_sex_and_ethnicity_together() -> None:
    ready = Prepared(grades(40, 39), None, owed("school_year", "a"))
    cells = compute(
        replace(CATALOGUE["PRIM_COMP"], by=("ethnicity", "sex")), ready.frames, None,
        years=[2026], by=("ethnicity", "sex"), prepared=ready,
    )  # fmt: skip
    by = {(one.by["ethnicity"], one.by["sex"]): one for one in cells}
    assert by["Kinh", "2"].exact == Fraction(3900, 40)
    assert by["DTTS", "1"].missing is Missing.NO_CASES
    assert not any("with_transfers" in one.extra for one in cells)


def test_which_months_a_period_covers() -> None:
    assert months_in("2026") == tuple(range(1, 13))
    assert months_in("2026-Q3") == (7, 8, 9)
    assert months_in("2026-05") == (5,)
