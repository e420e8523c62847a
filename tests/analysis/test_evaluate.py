"""The whole of An Khánh's plan read against invented data: what a report will print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pandas as pd
import pytest

from analysis.design import household_design
from analysis.estimators.prepared import Prepared
from analysis.evaluate import build, evaluate, load_plan
from analysis.types import (
    Arithmetic,
    Design,
    Frames,
    Missing,
    Plan,
    Provenance,
    Report,
    Statistical,
    TargetResult,
    Text,
    Trajectory,
    VillageProgress,
)
from tests.analysis.frames import births, households, together

ORIGIN = Provenance(
    datetime(2027, 2, 5, 7, 0, tzinfo=UTC),
    "test",
    (("household", "2026.1", 300),),
    2,
    Text("…", "…"),
    "0" * 64,
)
PROGRESS = (VillageProgress("AK01", "Thôn 1", 100, 30, 28, 1, 1, 0),)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan("an-khanh-2026-2030")


@pytest.fixture(scope="module")
def data() -> tuple[Frames, Design]:
    survey = households(300, 8, seed=11)
    frames = together(survey.frames, births(n=80, boys=43, villages=8))
    return frames, household_design(frames, survey.register)


def report(plan: Plan, data: tuple[Frames, Design], **more: object) -> Report:
    return build(plan, 2026, *data, PROGRESS, ORIGIN, True, **more)  # type: ignore[arg-type]


def results(found: Report) -> dict[str, TargetResult]:
    return {one.target.id: one for one in found.results}


def test_every_target_has_a_result_with_verdicts(plan: Plan, data: tuple[Frames, Design]) -> None:
    found = report(plan, data)
    assert [one.target for one in found.results] == list(plan.targets)
    assert all(one.verdict is not None for one in found.results)
    collected = {one.target.id for one in found.results if one.estimate.value is not None}
    assert collected == {"AK-2.1", "AK-3.1", "AK-4.1", "AK-4.2", "AK-4.3", "AK-6.1"}
    assert (found.period, found.period_end) == (2026, date(2026, 12, 31))
    assert found.demonstration
    assert found.progress == PROGRESS
    assert found.provenance == ORIGIN


def test_what_is_not_collected_says_so(plan: Plan, data: tuple[Frames, Design]) -> None:
    lead = results(report(plan, data))["AK-1.1"]
    assert lead.estimate.missing is Missing.NO_DATA
    assert lead.verdict is not None
    assert lead.verdict.arithmetic is Arithmetic.INCOMPLETE
    assert lead.verdict.statistical is Statistical.NO_DATA
    assert (lead.pooled, lead.breakdown) == ((), ())
    assert {one.missing for one in lead.variants} == {Missing.NO_DATA}
    words = results(report(plan, data))["AK-5.1"].verdict
    assert words is not None
    assert words.arithmetic is Arithmetic.QUALITATIVE
    columns = results(report(plan, data))["AK-6.3"].verdict
    assert columns is not None
    assert columns.arithmetic is Arithmetic.INCOMPLETE


def test_the_births_targets(plan: Plan, data: tuple[Frames, Design]) -> None:
    found = results(report(plan, data))
    srb, mmr, abr = found["AK-4.1"], found["AK-4.2"], found["AK-4.3"]
    assert srb.estimate.exact == Fraction(4300, 37)
    assert srb.verdict is not None
    assert srb.verdict.arithmetic is Arithmetic.NOT_MET
    assert srb.verdict.statistical is Statistical.NOT_ASSESSABLE
    assert srb.verdict.suspected is not None
    assert srb.verdict.suspected.arithmetic is Arithmetic.NOT_MET
    assert srb.pooled == ()  # the years before have no returns
    assert mmr.verdict is not None
    assert mmr.verdict.arithmetic is Arithmetic.MET
    assert mmr.verdict.statistical is Statistical.NOT_ASSESSABLE
    assert abr.verdict is not None
    assert abr.verdict.arithmetic is Arithmetic.MET
    assert abr.verdict.statistical is Statistical.UNDECIDED
    assert abr.verdict.trajectory is Trajectory.NO_BASELINE


def test_the_survey_targets(plan: Plan, data: tuple[Frames, Design]) -> None:
    found = results(report(plan, data))
    care = found["AK-3.1"]
    assert care.verdict is not None
    assert care.verdict.arithmetic is Arithmetic.NOT_MET
    assert care.verdict.statistical is Statistical.SURELY_NOT_MET
    aware = found["AK-6.1"]
    assert [one.variant for one in aware.variants] == ["informed"]
    assert aware.estimate.extra["informed"] == aware.variants[0].value
    assert {tuple(one.by) for one in aware.breakdown} == {
        *(("sex",), ("village",), ("age_band",), ("ethnicity",), ("disability",)),
    }
    assert {one.variant for one in found["AK-2.1"].variants} == {"among_wage_workers", "men"}


def test_what_leaves_hides_more_than_a_report_without_a_minimum(
    plan: Plan, data: tuple[Frames, Design]
) -> None:
    leaves, own = report(plan, data), report(plan, data, minimum_cell=0)
    assert leaves.hidden_cells > own.hidden_cells
    bands = results(leaves)["AK-4.3"].breakdown
    assert [one.missing for one in bands] == [Missing.SUPPRESSED] * 2
    assert [one.missing for one in results(own)["AK-4.3"].breakdown] == [None] * 2
    villages = results(leaves)["AK-4.1"].breakdown
    assert all(one.missing is Missing.SUPPRESSED for one in villages)
    strict = report(plan, data, minimum_cell=1000)
    assert strict.minimum_cell == 1000
    hidden = results(strict)["AK-3.1"]
    assert hidden.estimate.missing is Missing.SUPPRESSED
    assert hidden.verdict is not None
    assert hidden.verdict.arithmetic is Arithmetic.INCOMPLETE


def test_three_and_five_years_pooled(plan: Plan) -> None:
    frames = together(*[births(year, 80, boys=42, seed=year) for year in range(2022, 2027)])
    prepared = Prepared(frames, None)
    (target,) = [one for one in plan.targets if one.id == "AK-4.1"]
    found = evaluate(plan, target, 2026, prepared)
    three, five = found.pooled
    assert (three.numerator, three.n, five.n) == (126.0, 240, 400)
    assert five.interval is not None
    assert found.estimate.interval is not None
    assert five.interval[1] - five.interval[0] < found.estimate.interval[1]
    assert not five.provisional


def test_a_pool_names_only_the_years_that_gave_something(plan: Plan) -> None:
    """Two years of returns are no five years, and the five are not the three said twice."""
    years = {2022: 40, 2025: 42, 2026: 43}
    (target,) = [one for one in plan.targets if one.id == "AK-4.1"]

    def pools(*of: int, period: int = 2026) -> list[tuple[int, ...]]:
        frames = together(*[births(year, 80, boys=years[year], seed=year) for year in of])
        return [one.years for one in evaluate(plan, target, period, Prepared(frames, None)).pooled]

    assert pools(2025, 2026) == [(2025, 2026)]
    assert pools(2022, 2025, 2026) == [(2025, 2026), (2022, 2025, 2026)]
    assert pools(2022, 2026) == [(2022, 2026)]
    assert pools(2026) == []
    assert pools(2025) == [], "nothing of the period itself"


def test_a_year_without_cases_is_a_year(plan: Plan) -> None:
    """A month that was closed without a birth is in the pool, though it has no row of a birth."""
    empty = births(2025, 80, seed=3)
    empty = {name: frame[:0] if name == "births" else frame for name, frame in empty.items()}
    (target,) = [one for one in plan.targets if one.id == "AK-4.1"]
    prepared = Prepared(together(empty, births(2026, 80, seed=4)), None)
    (pool,) = evaluate(plan, target, 2026, prepared).pooled
    assert pool.years == (2025, 2026)


def test_nothing_collected_at_all(plan: Plan) -> None:
    found = build(plan, 2026, {}, None, (), ORIGIN, False, period_end=date(2026, 6, 30))
    assert len(found.results) == 19
    assert {one.estimate.missing for one in found.results} == {Missing.NO_DATA}
    assert found.period_end == date(2026, 6, 30)
    assert found.hidden_cells == 0


def test_frames_without_rows_are_no_data(plan: Plan, data: tuple[Frames, Design]) -> None:
    """As the store gives them before the first submission: columns, types, no rows."""
    frames, _ = data
    empty = {name: frame.iloc[:0] for name, frame in frames.items()}
    design = household_design(empty, pd.DataFrame({"village": ["AK01"], "households": [10]}))
    found = build(plan, 2026, empty, design, (), ORIGIN, False)
    assert {one.estimate.missing for one in found.results} == {Missing.NO_DATA}
    some = {**frames, "household.respondent": frames["household.respondent"].iloc[:0]}
    found = build(plan, 2026, some, data[1], (), ORIGIN, False)
    assert results(found)["AK-3.1"].estimate.missing is Missing.NO_DATA
    assert results(found)["AK-2.1"].estimate.value is not None


def test_a_target_for_one_group_is_judged_by_that_group(
    plan: Plan, data: tuple[Frames, Design]
) -> None:
    (target,) = [one for one in plan.targets if one.id == "AK-4.3"]
    younger = replace(target, by={"age_band": "15-19"})
    found = evaluate(plan, younger, 2026, Prepared(*data))
    assert found.estimate.exact == Fraction(3000, 250)
    nobody = replace(target, by={"age_band": "20-24"})
    assert evaluate(plan, nobody, 2026, Prepared(*data)).estimate.missing is Missing.NO_DATA
