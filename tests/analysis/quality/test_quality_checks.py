"""Each check on a handful of interviews written out by hand: what it hits, and what it must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from invented_interviews import Interview, seen_of

from analysis.quality import CHECKS, assess, copies
from analysis.quality.far import distances
from analysis.quality.seen import AUDIT, Seen
from analysis.quality.times import question_seconds
from analysis.quality.watched import BIRTHS, HOUSEHOLD, watch_of

DAY = "2026-09-07T"


def interview(number: int, **given: Any) -> Interview:
    """A complete interview of half an hour at 8 in the morning, a day apart from the others."""
    begin = pd.Timestamp(f"{DAY}08:00:00+07:00") + pd.Timedelta(days=number)
    row: Interview = {
        "_submission": number, "_collector": 1, "_village": "T1", "_household": f"T1-{number:03}",
        "_result": "1", "start": begin, "end": begin + pd.Timedelta(minutes=30),
        "n_members": 4.0, "n_selected": 1.0, "members": [], "persons": [],
    }  # fmt: skip
    return {**row, **given}


def person(**given: Any) -> dict[str, Any]:
    return {"r_sex": 2.0, "r_hours": 0.0, "care_w": 14.0, "sleep_h": 8.0, **given}


def hits(check: str, *made: Interview) -> dict[int, bool]:
    rows = CHECKS[check].find(seen_of(made))
    return dict(rows["hit"].items())


def test_a_day_has_24_hours() -> None:
    full = person(care_w=56.0, r_hours=56.0, sleep_h=8.0)  # 8 + 8 + 8: just a day
    over = person(care_w=63.0, r_hours=56.0, sleep_h=8.0)
    unknown = person(care_w=float("nan"), r_hours=84.0, sleep_h=-9.0)  # 12 hours that we know of
    made = [interview(n, persons=[one]) for n, one in enumerate((full, over, unknown), start=1)]
    rows = CHECKS["long_day"].find(seen_of(made))
    assert dict(rows["hit"].items()) == {1: False, 2: True}  # nothing is known of the third's day
    assert rows["value"][2] == pytest.approx(25)


def test_no_housework_is_counted_by_sex() -> None:
    made = (
        interview(1, persons=[person(care_w=0.0), person(r_sex=1.0, care_w=3.0)]),
        interview(2, persons=[person(), person(r_sex=1.0, care_w=0.0)]),
        interview(3, persons=[person(care_w=float("nan"))]),
    )
    assert hits("no_care_women", *made) == {1: True, 2: False}
    assert hits("no_care_men", *made) == {1: False, 2: True}


def test_half_hours_need_four_answers() -> None:
    halves = {f"c{n}_m": 30.0 * n for n in range(1, 5)}
    assert hits(
        "round_minutes",
        interview(1, persons=[person(**halves)]),
        interview(2, persons=[person(**{**halves, "c3_m": 45.0})]),
        interview(3, persons=[person(c1_m=30.0, c2_m=60.0, c3_m=-9.0, c4_m=0.0)]),
    ) == {1: True, 2: False}


def test_a_clock_runs_forward_and_not_ahead() -> None:
    right = interview(1)
    back = interview(2, end=interview(2)["start"] - pd.Timedelta(minutes=1))
    seen = seen_of([right, back, interview(3)])
    root = seen.tables["household"]
    root.loc[2, "_received"] = root.loc[2, "end"] - pd.Timedelta(minutes=11)
    assert dict(CHECKS["clock"].find(seen)["hit"].items()) == {1: False, 2: True, 3: True}


def test_short_is_under_half_of_those_with_as_many_persons() -> None:
    made = [interview(n, n_selected=2.0) for n in range(1, 11)]
    made += [
        interview(n, n_selected=1.0, end=interview(n)["start"] + pd.Timedelta(minutes=16))
        for n in range(11, 21)
    ]
    made[0]["end"] = made[0]["start"] + pd.Timedelta(minutes=14)  # of 30
    made[10]["end"] = made[10]["start"] + pd.Timedelta(minutes=9)  # of 16
    assert [n for n, hit in hits("short", *made).items() if hit] == [1]


def test_few_interviews_have_no_usual_length() -> None:
    made = [interview(n) for n in range(1, 9)]
    made[0]["end"] = made[0]["start"] + pd.Timedelta(minutes=1)
    assert not any(hits("short", *made).values())


def test_night_is_vietnams() -> None:
    at = {1: "21:59", 2: "22:00", 3: "04:59", 4: "05:00"}
    made = []
    for number, clock in at.items():
        begin = pd.Timestamp(f"{DAY}{clock}:00+07:00")
        made.append(interview(number, start=begin, end=begin + pd.Timedelta(minutes=20)))
    assert hits("night", *made) == {1: False, 2: True, 3: True, 4: False}


def test_two_households_at_once() -> None:
    first = interview(1)
    soon = first["end"] + pd.Timedelta(minutes=1)
    later = first["end"] + pd.Timedelta(minutes=40)
    second = interview(2, start=soon, end=soon + pd.Timedelta(minutes=20))
    third = interview(3, start=later, end=later + pd.Timedelta(minutes=20))
    other = interview(4, start=later, end=later + pd.Timedelta(minutes=20), _collector=2)
    made = (third, first, other, second)
    rows = CHECKS["at_once"].find(seen_of(made))
    assert [n for n, hit in rows["hit"].items() if hit] == [2]
    assert rows["other"][2] == 1
    assert rows["value"][2] == pytest.approx(1)


def test_an_interview_within_a_longer_one_is_at_once() -> None:
    """The latest end so far counts, not the end of the row before."""
    begin = interview(1)["start"]
    made = [
        interview(1, end=begin + pd.Timedelta(minutes=300)),
        interview(2, start=begin + pd.Timedelta(minutes=10), end=begin + pd.Timedelta(minutes=40)),
        interview(3, start=begin + pd.Timedelta(minutes=60), end=begin + pd.Timedelta(minutes=90)),
    ]
    assert hits("at_once", *made) == {1: False, 2: True, 3: True}


def test_a_household_twice_names_the_other() -> None:
    made = [interview(1), interview(2, _household="T1-001"), interview(3)]
    made.append(interview(4, _household="T1-003", _result="4"))  # nobody at home: no second one
    rows = CHECKS["same_household"].find(seen_of(made))
    assert dict(rows["hit"].items()) == {1: True, 2: True, 3: False}
    assert (rows["other"][1], rows["other"][2]) == (2, 1)


def births(*rows: tuple[str, str, str]) -> Seen:
    """(month, mother's year of birth, plurality) of boys of one village."""
    root = pd.DataFrame(
        [
            {"_submission": n, "_collector": 1, "_village": "T1", "_household": None,
             "_result": None, "_received": pd.Timestamp("2026-11-01T00:00Z"), "ym": ym,
             "mother_birth_y": float(year), "sex": "1", "res_village": "T1", "parity": "2",
             "plurality": several}
            for n, (ym, year, several) in enumerate(rows, start=1)
        ]
    )  # fmt: skip
    return Seen(BIRTHS, {"births": root}, pd.DataFrame(columns=list(AUDIT)))


def test_twins_are_no_duplicates() -> None:
    seen = births(
        ("2026-01", "1990", "1"), ("2026-01", "1990", "1"), ("2026-01", "1991", "1"),
        ("2026-02", "1992", "2"), ("2026-02", "1992", "2"),
        ("2026-03", "1993", "2"), ("2026-03", "1993", "2"), ("2026-03", "1993", "2"),
    )  # fmt: skip
    found = CHECKS["same_record"].find(seen)
    assert [n for n, hit in found["hit"].items() if hit] == [1, 2, 6, 7, 8]


def test_a_copy_is_seen_in_another_household_only() -> None:
    answers = {name: "1" for name in HOUSEHOLD.matched if not name.endswith("_m")}
    other = dict.fromkeys(answers, "2")
    made = [
        interview(1, persons=[person(**answers), person(**answers)]),  # husband and wife agree
        interview(2, persons=[person(**other)]),
        interview(3, persons=[person(**{**answers, "c_fair": "5"})]),
    ]
    rows = CHECKS["same_answers"].find(seen_of(made))
    assert dict(rows["hit"].items()) == {1: True, 2: False, 3: True}
    assert rows["other"][3] == 1


def test_what_is_unknown_is_counted_as_a_share() -> None:
    tasks = {f"c{n}_d": "0" for n in range(1, 12)}
    made = [interview(n, persons=[person(**tasks)]) for n in range(1, 21)]
    made[0]["persons"] = [person(**{**tasks, "c1_d": "-9", "c2_d": "-8", "c3_m": -9.0})]
    made[1]["persons"] = [person(**{**tasks, "k4": "9", "k5": "9"})]  # not read: on violence
    assert [n for n, hit in hits("many_unknown", *made).items() if hit] == [1]
    assert [n for n, hit in hits("no_unknown", *made).items() if not hit] == [1]


def test_refusals_and_persons_away() -> None:
    made = [interview(n, _result=code) for n, code in enumerate("12346", start=1)]
    assert hits("refused", *made) == {1: False, 2: False, 3: True}
    assert hits("partial", *made) == {1: False, 2: True}


def test_ages_below_the_boundary() -> None:
    ages = {1: (40, 14), 2: (40, 13, 16), 3: (40, 17), 4: (15,)}
    made = [
        interview(n, members=[{"age_years": float(age)} for age in given])
        for n, given in ages.items()
    ]
    assert hits("below_boundary", *made) == {1: True, 2: False, 4: False}


def test_distances_are_robust_and_small_villages_lean_on_the_commune() -> None:
    values = pd.Series([*range(1, 21), 500.0, 4.0, 6.0, 60.0])
    groups = pd.Series(["A"] * 21 + ["B"] * 3)
    far = distances(values, groups, unit=1)
    # A: median 11, MAD 5: the 500 moves neither
    assert far[20] == pytest.approx((500 - 11) / (1.4826 * 5))
    assert far[0] == pytest.approx(10 / (1.4826 * 5))
    # B has 3 values: median and MAD of all 24 (10.5 and 5.5)
    assert far[23] == pytest.approx((60 - 10.5) / (1.4826 * 5.5))


def test_numbers_that_are_all_the_same_have_a_floor() -> None:
    far = distances(pd.Series([4.0] * 12 + [5.0]), pd.Series(["A"] * 13), unit=1)
    assert far.tolist() == [0.0] * 12 + [1.0]


def audit(seconds: dict[int, list[float]]) -> pd.DataFrame:
    """Collect's rows: submission -> seconds on question 1, 2 …"""
    rows = []
    for number, each in seconds.items():
        at = 1_788_000_000_000.0
        for place, one in enumerate(each):
            rows.append((number, f"/data/member[{number}]/q{place}", at, at + 1000 * one))
            at += 1000 * one
    return pd.DataFrame(rows, columns=list(AUDIT))


def test_a_question_has_its_own_usual_time() -> None:
    usual = [5.0, 20.0] * 6
    made = [interview(n) for n in range(1, 13)]
    hasty = {1: [2.0, 9.0] * 6, 2: [5.0, 9.0] * 6}  # 2: half of the questions, not more
    seconds = {n: hasty.get(n, usual) for n in range(1, 13)}
    plain = seen_of(made)
    seen = Seen(plain.watch, plain.tables, audit(seconds))
    assert question_seconds(seen)["node"].nunique() == 12
    found = CHECKS["hasty"].find(seen)
    assert [n for n, hit in found["hit"].items() if hit] == [1]
    assert "hasty" in assess(seen).ran
    assert "hasty" not in assess(plain).ran


def test_a_form_that_nobody_named_gets_what_its_clock_allows() -> None:
    assert watch_of("diary", {"note"}) is None
    watch = watch_of("diary", {"start", "end"}, household=True)
    assert watch is not None
    root = seen_of([interview(n) for n in range(1, 4)]).tables["household"]
    seen = Seen(watch, {"diary": root}, pd.DataFrame(columns=list(AUDIT)))
    assert assess(seen).ran == ("clock", "short", "night", "at_once")


def test_births_are_checked_for_what_they_have() -> None:
    assert assess(births(("2026-01", "1990", "1"))).ran == ("same_record", "many_unknown")


def test_nothing_about_violence_is_read() -> None:
    read = {name for columns in HOUSEHOLD.columns().values() for name in columns}
    assert read.isdisjoint({"k4", "k5", "v1_know"})


def test_every_check_explains_itself_in_one_sentence() -> None:
    for check in CHECKS.values():
        for text in (check.means.vi, check.means.en):
            assert text.endswith("."), check.id
            assert ". " not in text, check.id
        assert check.source, check.id
        assert all((check.do.vi, check.do.en, check.rule.vi, check.rule.en)), check.id
    assert list(CHECKS) == [check.id for check in CHECKS.values()]


def test_every_check_stands_in_the_document() -> None:
    text = (Path(__file__).parents[3] / "docs" / "quality.md").read_text(encoding="utf-8")
    assert [check for check in CHECKS if f"`{check}`" not in text] == []


def test_many_persons_are_compared_within_their_village(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of one text in two villages: above the limit only those of one village are seen."""
    answers = {name: "1" for name in HOUSEHOLD.matched if not name.endswith("_m")}
    made = [
        interview(n, _village="T1" if n < 3 else f"T{n}", persons=[person(**answers)])
        for n in range(1, 6)
    ]
    assert all(hits("same_answers", *made).values())
    monkeypatch.setattr(copies, "MOST_AT_ONCE", 4)
    assert [n for n, hit in hits("same_answers", *made).items() if hit] == [1, 2]
