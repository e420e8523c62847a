"""The usual time of a question, and collectors far from it."""

from __future__ import annotations

import pandas as pd
import pytest
from invented_interviews import seen_of
from test_quality_checks import audit, interview

from analysis.quality.pace import QUICK, SLOW, Paces, paces
from analysis.quality.seen import AUDIT, Seen


def timed(seconds: dict[int, list[float]], collectors: int = 3) -> Paces:
    """Interviews shared out in turn among the collectors, with these seconds a question."""
    plain = seen_of([interview(n, _collector=n % collectors) for n in seconds])
    return paces(Seen(plain.watch, plain.tables, audit(seconds)))


def test_quartiles_of_the_interviews_and_the_minutes_of_an_interview() -> None:
    found = timed({n: [float(n), 20.0] for n in range(1, 14)})
    assert [one.node for one in found.questions] == ["/data/member/q0", "/data/member/q1"]
    first = found.questions[0]
    assert (first.interviews, first.low, first.usual, first.high) == (13, 4, 7, 10)
    assert (found.minutes, found.timed) == (30, 13)


def test_of_few_interviews_no_time_is_told() -> None:
    found = timed({n: [8.0] for n in range(1, 10)})
    assert [(one.interviews, one.usual) for one in found.questions] == [(9, None)]
    assert found.minutes is None and not found.far


def test_a_collector_far_off_is_named_at_the_question_alone() -> None:
    usual = {n: [9.0 + n % 5, 20.0, 8.0] for n in range(1, 61)}
    for n in range(1, 61):
        if n % 3 == 1:
            usual[n][0] = 2.0  # quick at the first
        if n % 3 == 2:
            usual[n][2] = 40.0  # slow at the third
    found = timed(usual)
    assert found.far is not None and set(found.far) == {
        ("/data/member/q0", QUICK),
        ("/data/member/q2", SLOW),
    }
    (quick,) = found.far["/data/member/q0", QUICK]
    assert (quick.group, quick.hits, quick.trials) == ("1", 20, 20)


def test_who_is_quick_in_few_interviews_is_not_named() -> None:
    usual = {n: [10.0] for n in range(1, 61)}
    for n in (1, 4, 7):  # three of twenty: chance does that
        usual[n] = [2.0]
    assert timed(usual).far == {}


def test_a_screen_left_open_and_questions_on_violence_are_not_read() -> None:
    seconds = {n: [10.0] for n in range(1, 13)}
    plain = seen_of([interview(n) for n in seconds])
    rows = audit(seconds)
    rows.loc[0, "end"] = rows.loc[0, "start"] + 1000 * 3600
    violence = rows.assign(node="/data/respondent/k4")
    support = rows.assign(node="/data/respondent[2]/asked/support/v1_know")
    found = paces(Seen(plain.watch, plain.tables, pd.concat([rows, violence, support])))
    assert {one.node.rpartition("/")[2] for one in found.questions} == {"q0"}
    assert sum(one.interviews for one in found.questions) == 11


def test_without_a_log_only_the_interview_has_a_time() -> None:
    plain = seen_of([interview(n) for n in range(1, 13)])
    found = paces(Seen(plain.watch, plain.tables, pd.DataFrame(columns=list(AUDIT))))
    assert found.questions == () and found.minutes == pytest.approx(30)
