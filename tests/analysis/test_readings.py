"""Odd words of a plan: every open reading is computed, and a decision says which one holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pandas as pd
import pytest

from analysis.catalogue import CATALOGUE
from analysis.design import household_design
from analysis.evaluate import build, load_plan
from analysis.plans import available
from analysis.plans.resolve import (
    Standing,
    changes_number,
    chosen,
    open_oddities,
    resolve,
    standing,
)
from analysis.reports.reading_text import decisions_text, readings_text, undecided_text
from analysis.types import (
    Arithmetic,
    Design,
    Estimate,
    Frames,
    Missing,
    Plan,
    Provenance,
    ReadingResult,
    Resolution,
    Statistical,
    TargetResult,
    Text,
)
from analysis.verdict import judge
from tests.analysis.frames import births, households, together

WHEN = datetime(2026, 11, 1, 7, 0, tzinfo=UTC)
ORIGIN = Provenance(WHEN, "test", (), 0, Text("…", "…"), "0" * 64)
AK, NT = "an-khanh-2026-2030", "nguyen-trai-2025"


def decision(oddity: str, reading: str) -> Resolution:
    return Resolution(oddity, reading, "Sở Nội vụ trả lời", "12/TB-UBND", "Cán bộ", WHEN)


@pytest.fixture(scope="module")
def data() -> tuple[Frames, Design]:
    survey = households(300, 8, seed=11)
    frames = together(survey.frames, births(n=80, boys=43, villages=8))
    return frames, household_design(frames, survey.register)


def results(
    plan: Plan, data: tuple[Frames, Design], year: int, **more: object
) -> dict[str, TargetResult]:
    found = build(plan, year, *data, (), ORIGIN, False, **more)  # type: ignore[arg-type]
    return {one.target.id: one for one in found.results}


def readings(result: TargetResult) -> dict[str, ReadingResult]:
    return {one.reading.id: one for one in result.readings}


def test_the_readings_of_all_plans_can_be_computed() -> None:
    """Each names a variant, a group or a comparator that its indicator has."""
    for name in available():
        for target in load_plan(name).targets:
            indicator = CATALOGUE[target.indicator]
            assert set(target.by) <= set(indicator.by)
            for oddity in target.oddities:
                assert not changes_number(oddity.readings[0]), "the first is the target as it is"
                for reading in oddity.readings:
                    assert reading.variant in {"", *(one.key for one in indicator.variants)}
                    assert set(reading.by or {}) <= set(indicator.by)


def test_all_61_targets_stand_somewhere() -> None:
    targets = [target for name in available() for target in load_plan(name).targets]
    found = {kind: {t.id for t in targets if standing(t) is kind} for kind in Standing}
    assert sum(len(ids) for ids in found.values()) == 61
    for name in ("AK-4.1", "AK-5.2", "NT-4.2", "NT-4.3", "NT-1c", "BL-2.1", "BL-5.2b"):
        assert name in found[Standing.READINGS]
    for name in ("AK-6.3", "AK-3.1", "BL-3.1", "BL-4.2", "NT-2.3", "NT-4.1"):
        assert name in found[Standing.DECISION]


def test_both_readings_are_computed_until_somebody_decides(data: tuple[Frames, Design]) -> None:
    plan = load_plan(AK)
    open_ = results(plan, data, 2026)
    wage = readings(open_["AK-2.1"])["wage_workers"]
    assert wage.estimate.variant == "among_wage_workers"
    assert wage.estimate.value != open_["AK-2.1"].estimate.value
    srb = open_["AK-4.1"]
    assert srb.verdict is not None
    assert srb.verdict.suspected is not None
    assert readings(srb)["misprint"].target.value == 105
    assert readings_text(srb) == []  # the suspected value has its own sentence
    assert "tất cả người làm công hưởng lương" in readings_text(open_["AK-2.1"])[0].lower()
    assert len(undecided_text(plan)) == 2


def test_a_decision_changes_what_is_judged(data: tuple[Frames, Design]) -> None:
    decided = {
        ("AK-4.1", "misprint"): decision("misprint", "misprint"),
        ("AK-2.1", "denominator"): decision("denominator", "wage_workers"),
        ("AK-6.3", "two_units"): decision("two_units", "culture"),
        ("", "fourth_target"): decision("fourth_target", "three"),
    }
    plan = resolve(load_plan(AK), decided)
    found = results(plan, data, 2026)
    srb = found["AK-4.1"]
    assert srb.target.value == 105
    assert srb.target.suspected is None
    assert srb.verdict is not None
    assert srb.verdict.suspected is None
    assert readings(srb) == {}
    assert "12/TB-UBND" in decisions_text(srb.target)[0]
    wage = found["AK-2.1"]
    assert wage.estimate.variant == "among_wage_workers"
    assert {one.id for one in open_oddities(wage.target)} == {"unit"}
    assert found["AK-6.3"].target.responsible_kinds == ("culture",)
    assert standing(found["AK-6.3"].target) is Standing.SETTLED
    assert [one.id for one in open_oddities(plan)] == ["deadlines"]


def test_a_decision_for_the_plans_own_words_keeps_them() -> None:
    decided = {("AK-4.1", "misprint"): decision("misprint", "literal")}
    target = next(t for t in resolve(load_plan(AK), decided).targets if t.id == "AK-4.1")
    assert (target.value, target.suspected) == (Fraction(10500, 101), None)
    assert chosen(target.oddities[0]).id == "literal"


def test_a_decision_for_a_reading_that_is_gone_is_passed_over() -> None:
    plan = load_plan(AK)
    assert resolve(plan, {("AK-4.1", "misprint"): decision("misprint", "no such")}) == plan


def test_above_100_by_the_letter_is_never_met() -> None:
    target = next(t for t in load_plan(AK).targets if t.id == "AK-5.2")
    every = Estimate("LSEC_COMP", (2026,), value=100.0, numerator=50, denominator=50, n=50,
                     exact=Fraction(100), method="full_count")  # fmt: skip
    decided = {("AK-5.2", "above_100"): decision("above_100", "literal")}
    literal = next(t for t in resolve(load_plan(AK), decided).targets if t.id == "AK-5.2")
    indicator = CATALOGUE["LSEC_COMP"]
    assert judge(target, every, indicator).arithmetic is Arithmetic.MET
    assert judge(literal, every, indicator).arithmetic is Arithmetic.NOT_MET


def year_of(data: tuple[Frames, Design], by_year: dict[int, Frames]) -> tuple[Frames, Design]:
    """The survey's frames with births of other years in place of its own."""
    frames = dict(data[0])
    for table in ("births", "births_month"):
        frames[table] = pd.concat([one[table] for one in by_year.values()], ignore_index=True)
    return frames, data[1]


@pytest.mark.parametrize(("before", "verdict"), [(6, Arithmetic.MET), (2, Arithmetic.NOT_MET)])
def test_reduce_by_nothing_is_measured_from_the_year_before(
    data: tuple[Frames, Design], before: int, verdict: Arithmetic
) -> None:
    years = {
        2024: births(n=80, boys=40, villages=8, year=2024, adolescent=before),
        2025: births(n=80, boys=40, villages=8, year=2025, adolescent=4),
    }
    found = results(load_plan(NT), year_of(data, years), 2025, minimum_cell=0)
    target = found["NT-4.3"]
    assert target.verdict is not None
    assert target.verdict.arithmetic is Arithmetic.NOT_MET  # to zero: there were four
    by_zero = readings(target)["by_zero"]
    assert by_zero.target.value is not None
    assert by_zero.verdict.arithmetic is verdict


def test_without_the_year_before_the_level_is_not_known(data: tuple[Frames, Design]) -> None:
    years = {2025: births(n=80, boys=40, villages=8, year=2025, adolescent=4)}
    by_zero = readings(results(load_plan(NT), year_of(data, years), 2025)["NT-4.3"])["by_zero"]
    assert by_zero.target.value is None
    assert by_zero.verdict.arithmetic is Arithmetic.INCOMPLETE


def test_a_target_about_cases_counts_them() -> None:
    plan = load_plan(NT)
    target = next(t for t in plan.targets if t.id == "NT-4.2")
    none = Estimate("MMR", (2025,), value=0.0, numerator=0, denominator=80, n=80, exact=Fraction(0))
    one = replace(none, value=1250.0, numerator=1, exact=Fraction(1250))
    indicator = CATALOGUE["MMR"]
    assert judge(target, none, indicator).arithmetic is Arithmetic.MET
    assert judge(target, none, indicator).statistical is Statistical.FULL_COUNT
    assert judge(target, one, indicator).arithmetic is Arithmetic.NOT_MET
    ratio = replace(target, measure="value")
    assert judge(ratio, one, indicator).statistical is Statistical.NOT_ASSESSABLE


def test_a_reading_tells_nothing_that_small_cells_hide(data: tuple[Frames, Design]) -> None:
    """Four births at 15-19: outside the commune the group's rate is hidden, and so its verdict."""
    outside = readings(results(load_plan(AK), data, 2026)["AK-4.3"])["15_19"]
    assert outside.estimate.missing is Missing.SUPPRESSED
    assert outside.verdict.arithmetic is Arithmetic.INCOMPLETE
    inside = results(load_plan(AK), data, 2026, minimum_cell=0)["AK-4.3"]
    assert readings(inside)["15_19"].estimate.value is not None
