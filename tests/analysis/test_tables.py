"""Conditions, numbers and groups read from typed frames."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.catalogue import DIMENSIONS
from analysis.estimators.errors import BadInput
from analysis.estimators.prepared import Prepared
from analysis.estimators.returns import closing_returns, months_of
from analysis.estimators.tables import Table
from analysis.types import Design, Where
from tests.analysis.frames import category, text

FRAME = pd.DataFrame(
    {
        "number": [1.0, 2.0, np.nan],
        "choice": category([0, 1, -1], ["1", "2"]),
        "words": text(["1", "2", None]),
        "blank": text(["1", "", "x"]),
        "whole": np.array([1, 2, 3]),
    }
)
TABLE = Table("household.member", FRAME)


@pytest.mark.parametrize("column", ["number", "choice", "words"])
def test_a_condition_reads_every_type(column: str) -> None:
    truth = TABLE.truth(Where(column, among=("1",)))
    assert truth.holds.tolist() == [True, False, False]
    assert truth.unknown is not None
    assert truth.unknown.tolist() == [False, False, True]
    assert TABLE.truth(Where(column, filled=True)).holds.tolist() == [True, True, False]
    limits = TABLE.truth(Where(column, at_least=1.5, at_most=2))
    assert limits.holds.tolist() == [False, True, False]
    np.testing.assert_array_equal(TABLE.numbers(column), [1.0, 2.0, np.nan])


def test_an_empty_text_is_no_answer() -> None:
    truth = TABLE.truth(Where("blank", among=("1",)))
    assert truth.unknown is not None
    assert truth.unknown.tolist() == [False, True, False]
    with pytest.raises(BadInput, match=r"column blank: expected a number, got 'x'"):
        TABLE.numbers("blank")
    assert TABLE.truth(Where("whole", among=("2", "3"))).holds.tolist() == [False, True, True]


def test_false_beats_unknown() -> None:
    """A man whose work is not known is certainly no employed woman."""
    frame = pd.DataFrame({"sex": category([0, 1, 1], ["1", "2"]), "work7": [np.nan, np.nan, 1.0]})
    found = Table("household.member", frame).every(
        (Where("work7", among=("1",)), Where("sex", among=("2",)))
    )
    assert found.holds.tolist() == [False, False, True]
    assert found.unknown is not None
    assert found.unknown.tolist() == [False, True, False]
    assert found.possible().tolist() == [False, True, True]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadInput, match=r"Frame household\.member lacks the column absent"):
        TABLE.numbers("absent")


def test_groups_by_choice_by_range_and_by_the_data() -> None:
    frame = pd.DataFrame(
        {
            "sex": category([0, 1, -1, 1], ["1", "2"]),
            "age_years": [14.0, 15.0, 60.0, np.nan],
            "_village": category([1, 0, 1, -1], ["A", "B"]),
            "eth": category([0, 1, 2, 3], ["01", "05", "98", "99"]),
            "dis": category([0, 1, -1, 0], ["0", "1"]),
        }
    )
    table = Table("household.member", frame)
    here = [name for name, one in DIMENSIONS.items() if "household.member" in one.columns]
    found = {name: table.groups(DIMENSIONS[name]) for name in here}
    assert found["sex"][0].tolist() == [1, 0, -1, 0]
    assert found["sex"][1] == ("2", "1")
    assert found["age_band"][0].tolist() == [-1, 0, 2, -1]
    assert found["village"][1] == ("A", "B")
    assert found["village"][0].tolist() == [1, 0, 1, -1]
    assert found["ethnicity"][0].tolist() == [0, 1, -1, -1]
    disabled = found["disability"][1].index("1")
    assert (found["disability"][0] == disabled).tolist() == [False, True, False, False]


def test_months_from_text_and_from_dates() -> None:
    words = pd.DataFrame({"ym": text(["2026-01", "2026-12-31", "2026-13", None, "x"])})
    assert months_of(Table("b", words)).tolist() == [2026 * 12, 2026 * 12 + 11, -1, -1, -1]
    days = pd.DataFrame({"ym": pd.to_datetime(["2026-03-05", None])})
    assert months_of(Table("b", days)).tolist() == [2026 * 12 + 2, -1]


def test_returns_of_other_years_do_not_count() -> None:
    frame = pd.DataFrame({"_submission": [1, 2, 3], "ym": text(["2025-12", "2026-01", "2026-01"])})
    found = closing_returns(Table("births_month", frame), (2026,))
    assert (found.present, found.expected) == (1, 12)
    assert found.rows.tolist() == [2]


@pytest.mark.parametrize("spread", [1, 10_000_000])
def test_submissions_are_found_whatever_their_numbers(spread: int) -> None:
    """Dense ids by a table, far apart by search; rows outside the design are left out."""
    ids = np.array([5, 1, 9]) * spread
    units = pd.DataFrame(
        {"stratum": ["A", "A"], "weight": [2.0, 3.0], "population": [4.0, 4.0]},
        index=pd.Index([9 * spread, 5 * spread], name="_submission"),
    )
    frames = {
        "household": pd.DataFrame({"_submission": ids, "_year": [2026] * 3}),
        "household.member": pd.DataFrame({"_submission": ids[[0, 0, 1, 2]], "_year": [2026] * 4}),
    }
    rows = Prepared(frames, Design(units)).rows("household.member", (2026,))
    assert rows.rows is not None
    assert rows.rows.tolist() == [0, 1, 3]
    assert rows.psu.tolist() == [0, 0, 1]
