"""A level that the plan sets for each sex: judged where it can be, silent where it would tell.

What a verdict tells is tried out as an attack: somebody who knows the rule and reads the verdict
beside the printed tables can narrow no hidden cell further than from the tables alone.
"""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import protect
from analysis.each import ALL_MEET, NOBODY_LEFT_OUT, SOME_MISSES, TOGETHER, UNLESS_MOVED, for_each
from analysis.evaluate import build, load_plan
from analysis.plans import available, parse
from analysis.reports.csv import write
from analysis.reports.target_text import result_text
from analysis.types import (
    Arithmetic,
    Estimate,
    Missing,
    Provenance,
    Report,
    Statistical,
    TargetResult,
    Text,
)
from analysis.verdict import judge
from tests.analysis.returns_frames import table
from tests.analysis.test_disclosure_attack import (
    PERIOD,
    PLAIN,
    Knowledge,
    World,
    of,
    result,
    share_of,
    worlds,
)

ORIGIN = Provenance(datetime(2026, 12, 1, tzinfo=UTC), "1", (), 0, Text("", ""), "0")
SEXES = ("0", "1")


def primary(plan: str, year: int, **pupils: tuple[int, int]) -> Report:
    """A report of the one target on primary school; `girls` and so on: (completed, started)."""
    whole = load_plan(plan)
    target = next(one for one in whole.targets if one.each and one.indicator == "PRIM_COMP")
    groups = {"kinh_f": "girls", "kinh_m": "boys", "minority_f": "girls_m", "minority_m": "boys_m"}
    columns: dict[str, Any] = {
        f"{what}_{group}": [float(pupils.get(name, (0, 0))[at])]
        for group, name in groups.items()
        for at, what in enumerate(("completed", "start"))
    }
    columns |= {f"{what}_{group}": [0.0] for group in groups for what in ("came", "left")}
    frame = table(["truong"], str(year), grade_no=["5"], **columns)
    head = table(["truong"], str(year), nil=["0"])
    return build(
        replace(whole, targets=(target,)), year,
        {"school_year.grade": frame, "school_year": head}, None, (), ORIGIN, False,
        owed={"school_year": frozenset({("truong", str(year))})},
    )  # fmt: skip


def only(report: Report) -> TargetResult:
    (found,) = report.results
    return found


def test_both_sexes_are_judged_where_both_are_printed() -> None:
    """97 of 98 girls: the level of 100 % is missed by the girls, and it is said which."""
    found = primary("nguyen-trai-2025", 2025, girls=(85, 98), boys=(102, 102))
    one = only(found)
    shown = {cell.by["sex"]: cell.missing for cell in one.breakdown if "sex" in cell.by}
    assert shown == {"2": Missing.SUPPRESSED, "1": Missing.SUPPRESSED}  # no boy is left behind
    found = primary("nguyen-trai-2025", 2025, girls=(85, 98), boys=(91, 102))
    one = only(found)
    assert one.verdict is not None and one.verdict.arithmetic is Arithmetic.NOT_MET
    assert {group.by["sex"]: group.verdict.arithmetic for group in one.groups} == {
        "2": Arithmetic.NOT_MET,
        "1": Arithmetic.NOT_MET,
    }
    assert "nữ và nam chưa đạt" in result_text(one)


def test_one_sex_below_makes_the_target_not_met() -> None:
    """Together 90.5 %, the level 90 %: girls 85.7 %, boys 95.1 %. The total would say "met"."""
    one = only(primary("nguyen-trai-2025", 2025, girls=(84, 98), boys=(370, 400)))
    low = replace(one, target=replace(one.target, value=Fraction(90)))
    low = replace(low, verdict=judge(low.target, low.estimate, low.indicator, 2025), groups=())
    assert low.verdict is not None and low.verdict.arithmetic is Arithmetic.MET
    found = for_each(low, 2025)
    assert found.verdict is not None and found.verdict.arithmetic is Arithmetic.NOT_MET
    assert found.verdict.statistical is Statistical.FULL_COUNT
    assert [group.verdict.arithmetic for group in found.groups] == [
        Arithmetic.NOT_MET,
        Arithmetic.MET,
    ]
    assert "nữ chưa đạt" in found.verdict.notes[-1].vi
    higher = for_each(replace(low, target=replace(low.target, value=Fraction(80))), 2025)
    assert higher.verdict is not None and higher.verdict.notes[-1] == ALL_MEET


def test_hidden_sexes_are_judged_by_the_total_or_not_at_all() -> None:
    """Small groups: what is said is what the printed total says already."""
    short = only(primary("nguyen-trai-2025", 2025, girls=(18, 20), boys=(20, 20)))
    assert short.verdict is not None and short.groups == ()
    assert (short.verdict.arithmetic, short.verdict.notes[-1]) == (Arithmetic.NOT_MET, SOME_MISSES)
    full = only(primary("nguyen-trai-2025", 2025, girls=(20, 20), boys=(20, 20)))
    assert full.verdict is not None and full.verdict.notes[-1] == UNLESS_MOVED
    assert full.verdict.arithmetic is Arithmetic.MET
    plain = replace(full, indicator=PLAIN, verdict=judge(full.target, full.estimate, PLAIN))
    assert for_each(plain, 2025).verdict.notes[-1] == NOBODY_LEFT_OUT  # type: ignore[union-attr]


def test_a_crossing_is_never_judged_by_its_cells() -> None:
    """Ethnic-minority boys and girls: no such cell is printed, however large."""
    many = only(primary("binh-lu-2026-2030", 2026, girls_m=(1998, 2000), boys_m=(2000, 2000)))
    assert many.verdict is not None and many.groups == ()
    assert (many.verdict.arithmetic, many.verdict.notes[-1]) == (Arithmetic.MET, TOGETHER)
    few = only(primary("binh-lu-2026-2030", 2026, girls_m=(1990, 2000), boys_m=(2000, 2000)))
    assert few.verdict is not None and few.verdict.notes[-1] == SOME_MISSES
    none = only(primary("binh-lu-2026-2030", 2026))
    assert none.verdict is not None and none.verdict.arithmetic is not Arithmetic.MET
    assert not {SOME_MISSES, TOGETHER, ALL_MEET} & set(none.verdict.notes)


def test_the_csv_has_the_verdict_of_each_printed_sex() -> None:
    found = primary("nguyen-trai-2025", 2025, girls=(85, 98), boys=(91, 102))
    lines = list(csv.DictReader(io.StringIO(write(found, "en").decode("utf-8-sig"), newline="")))
    told = {line["group"]: line["arithmetic"] for line in lines if line["scope"] == "group"}
    assert told["sex=2"] == told["sex=1"] == "not_met"
    assert told["ethnicity=Kinh"] == ""
    assert "not met: female and male" in next(one["note"] for one in lines if not one["group"])


def test_a_level_for_each_takes_a_share() -> None:
    raw = tomllib.loads(available()["nguyen-trai-2025"].read_text(encoding="utf-8"))
    target = next(one for one in raw["targets"] if one["id"] == "NT-5b")
    assert target["each"] == "sex"
    for wrong in ({"each": "village"}, {"comparator": "maintain"}, {"unit": "lần"}):
        changed = raw | {
            "targets": [one | wrong if one is target else one for one in raw["targets"]]
        }
        assert "NT-5b.each" in {problem.where for problem in parse(changed)[1]}, wrong


# What a verdict tells


def judged(world: World, level: Fraction, crossed: bool) -> TargetResult:
    """A published target of each sex: of everybody, or of one of two ethnic groups."""
    whole, _ = result(world, PLAIN)
    by = {"ethnicity": "0"} if crossed else {}
    target = replace(whole.target, each="sex", value=level, unit="%", by=by)
    estimate = next((one for one in whole.breakdown if one.by == by), whole.estimate)
    estimate = replace(estimate, extra={})
    bare = replace(whole, target=target, estimate=estimate, pooled=(), variants=())
    shown = protect(bare, told=[by] if crossed else ())
    return replace(shown, verdict=judge(target, estimate, PLAIN, PERIOD))


def tables(shown: TargetResult) -> Knowledge:
    known = Knowledge()
    for one in (shown.estimate, *shown.breakdown):
        if one.missing is not Missing.SUPPRESSED:
            known.learn_estimate(of(**one.by), share_of(one))
    return known


def claims(told: TargetResult, level: Fraction) -> list[list[np.ndarray]]:
    """What the verdict says of the sexes, as ways in which it may be true: rows that are >= 0."""
    assert told.verdict is not None
    v = float(level) / 100

    def reaches(code: str) -> np.ndarray:
        top, rest = of(sex=code, **told.target.by)
        return (1 - v) * top - v * rest

    if told.verdict.arithmetic is Arithmetic.NOT_MET:
        return [[-reaches(code)] for code in SEXES]
    if told.verdict.arithmetic is Arithmetic.MET and TOGETHER not in told.verdict.notes:
        return [[reaches(code) for code in SEXES]]
    return []


def narrowed(known: Knowledge, told: list[list[np.ndarray]], row: np.ndarray) -> bool:
    """Whether the claims leave less open than the tables alone."""
    before, ways = known.ends(row), []
    for claim in told:
        more = Knowledge([*known.rows, *claim], [*known.low], [*known.high])
        more.low += [-1e-7] * len(claim)
        more.high += [np.inf] * len(claim)
        ways.append(more.ends(row))
    open_ = [ends for ends in ways if ends is not None]
    assert before is not None
    assert open_, "the verdict contradicts the tables"
    least, most = min(low for low, _ in open_), max(high for _, high in open_)
    return least > before[0] + 1e-4 or most < before[1] - 1e-4


LEVELS = st.sampled_from([Fraction(50), Fraction(80), Fraction(999, 10), Fraction(100)])


@settings(max_examples=15, deadline=None)
@given(worlds(), LEVELS, st.booleans())
def test_a_verdict_narrows_no_hidden_cell(world: World, level: Fraction, crossed: bool) -> None:
    shown = judged(world, level, crossed)
    told = for_each(shown, PERIOD)
    said = claims(told, level)
    if not said:
        return
    known = tables(shown)
    for code in SEXES:
        for row in of(sex=code, **told.target.by):
            assert not narrowed(known, said, row)


def test_a_verdict_of_hidden_cells_would_narrow_them() -> None:
    """The attack is no straw man: "boys met, girls not" tells that no boy was left behind."""
    world = World(np.zeros((36, 2), dtype=int), np.zeros((4, 2), dtype=int), (0, 0), 0)
    world.now[:] = (3, 0)
    world.now[0] = (3, 2)
    shown = judged(world, Fraction(100), crossed=False)
    assert shown.estimate.missing is None
    hidden = [one for one in shown.breakdown if "sex" in one.by]
    assert all(one.missing is Missing.SUPPRESSED for one in hidden)
    known = tables(shown)
    boys_left = of(sex="1")[1]
    assert narrowed(known, [[-boys_left]], boys_left)
    said = claims(for_each(shown, PERIOD), Fraction(100))
    assert said and not any(narrowed(known, said, of(sex=code)[1]) for code in SEXES)


def test_the_rule_reads_only_what_is_printed() -> None:
    """Two communes with one printed page get one verdict, whatever lies in the hidden cells."""
    shown = judged(
        World(np.full((36, 2), 4), np.zeros((4, 2), dtype=int), (0, 0), 0), Fraction(100), True
    )
    other = replace(
        shown,
        breakdown=tuple(
            Estimate(one.indicator, one.years, one.by, missing=one.missing, note=one.note)
            if one.missing is Missing.SUPPRESSED
            else one
            for one in shown.breakdown
        ),
    )
    assert for_each(shown, PERIOD).verdict == for_each(other, PERIOD).verdict
