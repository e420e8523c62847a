"""What is wrong with a file is told once, by name, through the library and the command alike.

For each fault: exit code 1, nothing on the output, one sentence in Vietnamese and one in English
that name the column, the row (as the file counts, the heading is row 1) or the stratum. Faults of a
lake's Parquet files are in national/test_national.py.
"""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.anyone import Layout, estimate
from analysis.anyone.command import main
from analysis.estimators import survey
from analysis.estimators.domains import groups
from analysis.estimators.errors import BadInput, EmptyDomain, Refused, ZeroDenominator
from analysis.estimators.sample import survey_design

GOOD = {
    "w": [1.0, 2.0, 1.0, 2.0, 1.0, 1.0],
    "village": ["An", "An", "An", "Bo", "Bo", "Bo"],
    "home": [1, 2, 3, 1, 2, 3],
    "homes": [10.0, 10.0, 10.0, 20.0, 20.0, 20.0],
    "person": [1, 1, 1, 1, 1, 1],
    "persons": [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    "hours": [1.0, 0.0, 3.0, 2.0, 4.0, 1.0],
    "zero": [0.0] * 6,
    "none": [math.nan] * 6,
    "sex": ["F", "M", "F", "M", "F", "M"],
}
DESIGN = ["--weights", "w", "--strata", "village", "--psu", "home", "--fpc", "homes"]
TWO = ["--ssu", "person", "--fpc2", "persons"]
INF, NAN = math.inf, math.nan

FAULTS: dict[str, tuple[dict[str, list[object]], list[str], tuple[str, ...]]] = {
    "negative weight": ({"w": [1, 2, -1, 2, 1, 1]}, [], ("column w", "row 4", "-1")),
    "infinite weight": ({"w": [1, 2, INF, 2, 1, 1]}, [], ("Column w", "row 4", "inf")),
    "missing weight": ({"w": [1, 2, NAN, 2, 1, 1]}, [], ("column w", "row 4", "nothing")),
    "changing fpc": (
        {"homes": [10, 11, 10, 20, 20, 20]},
        [],
        ("changes within stratum An", "10", "11"),
    ),
    "fpc given in part": (
        {"homes": [10, NAN, 10, 20, 20, 20]},
        [],
        ("within stratum An", "missing and 10"),
    ),
    "fpc below its sample": ({"homes": [2, 2, 2, 20, 20, 20]}, [], ("Stratum An", "below")),
    "one unit in a stratum": (
        {"village": ["An"] * 5 + ["Bo"], "homes": [10] * 5 + [20], "home": [1, 2, 3, 4, 5, 1]},
        [],
        ("Stratum (Bo)", "Name a rule"),
    ),
    "no stratum": ({"village": ["An", "An", "An", "Bo", "Bo", None]}, [], ("village", "row 7")),
    "nobody answered": ({}, ["--mean", "none"], ("mean none", "no row has an answer")),
    "a group that is not there": (
        {},
        ["--ratio", "hours:sex=F/X"],
        ("Column sex never is X", "F, M"),
    ),
    "zero denominator": ({}, ["--ratio", "hours/zero"], ("hours/zero", "denominator is zero")),
    "text in a number": (
        {"hours": ["1", "0", "ba", "2", "4", "1"]},
        [],
        ("Column hours", "row 4", "ba"),
    ),
    "a comma in a number": (
        {"hours": ["1", "0", "1,5", "2", "4", "1"]},
        [],
        ("Column hours", "row 4", "1,5"),
    ),
    "text in a weight": ({"w": ["1", "2", "x", "2", "1", "1"]}, [], ("Column w", "row 4", "x")),
    "no such column": ({}, ["--mean", "giờ"], ("No column giờ", "hours")),
    "no such design column": ({}, ["--psu", "hộ"], ("No column hộ",)),
    "a share of other numbers": ({}, ["--proportion", "hours"], ("Column hours", "row 4", "3")),
    "half a second stage": ({}, ["--ssu", "person"], ("psu, fpc, ssu and fpc2",)),
    "second stage below": (
        {"persons": [1, 1, 0, 1, 1, 1]},
        TWO,
        ("Stratum An, PSU 3", "below its sample"),
    ),
    "one of several persons": (
        {"persons": [1, 1, 4, 1, 1, 1]},
        TWO,
        ("An, PSU 3", "only one PSU at stage 2"),
    ),
}


def _csv(frame: pd.DataFrame, path: Path) -> Path:
    frame.to_csv(path.with_suffix(".csv"), index=False)
    return path.with_suffix(".csv")


def _parquet(frame: pd.DataFrame, path: Path) -> Path:
    frame.to_parquet(path.with_suffix(".parquet"), index=False)
    return path.with_suffix(".parquet")


def _sav(frame: pd.DataFrame, path: Path) -> Path:
    pyreadstat.write_sav(frame, str(path.with_suffix(".sav")))
    return path.with_suffix(".sav")


def _dta(frame: pd.DataFrame, path: Path) -> Path:
    pyreadstat.write_dta(frame, str(path.with_suffix(".dta")))
    return path.with_suffix(".dta")


WRITERS = {"csv": _csv, "parquet": _parquet, "sav": _sav, "dta": _dta}
IMPOSSIBLE = {("infinite weight", "dta")}  # Stata's files hold no infinity


@pytest.mark.parametrize(
    ("fault", "kind"),
    [one for one in itertools.product(FAULTS, WRITERS) if one not in IMPOSSIBLE],
)
def test_a_fault_of_a_file_is_named(
    fault: str,
    kind: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    columns, more, words = FAULTS[fault]
    file = WRITERS[kind](pd.DataFrame(GOOD | columns), tmp_path / "f")
    asked = [] if {"--mean", "--ratio", "--proportion"} & set(more) else ["--mean", "hours"]
    assert main(["estimate", str(file), *DESIGN, *asked, *more]) == 1
    told = capsys.readouterr()
    vi, en = told.err.strip().split("\n")
    assert told.out == "" and vi != en
    assert all(word in en for word in words), en
    assert "nan" not in en


def test_a_sound_file_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _csv(pd.DataFrame(GOOD), tmp_path / "f")
    assert main(["estimate", str(file), *DESIGN, *TWO, "--mean", "hours", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["se"] > 0 and row["n"] == 6


NUMBERS = st.sampled_from([0.0, 1.0, -1.0, 2.5, 1e59, -1e59, 1e300, math.nan])


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from("abc")), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_no_number_is_ever_silently_not_a_number(rows: list[tuple[float, float, str]]) -> None:
    """A row has finite numbers, or none and a note; or the whole is refused with a reason."""
    y, x, g = (list(column) for column in zip(*rows, strict=True))
    frame = pd.DataFrame({"y": y, "x": x, "g": g})
    for asked in ("mean y", "total y", "ratio y/x", "quantile y@0.5", "ratio y:g=a/b"):
        try:
            found = estimate(frame, Layout(), [asked], [["g"]])
        except Refused as refused:
            assert refused.text.vi and refused.text.en
            continue
        for row in found:
            told = [row.est, row.se, row.deff, *(row.ci or ())]
            assert all(one is None or math.isfinite(one) for one in told), row
            assert row.est is not None or row.note, row


def test_the_library_names_what_is_wrong() -> None:
    sample = survey_design(["a"] * 4, [1, 2, 3, 4], [1.0] * 4)
    two = groups(["x", "x", "y", "y"])
    for call, kind, words in (
        (lambda: survey.mean(sample, [1, "hai", 3, 4]), BadInput, "Column y .*row 2 has 'hai'"),
        (lambda: survey.mean(sample, [1, 2, np.inf, 4]), BadInput, "Column y .*row 3"),
        (lambda: survey.ratio(sample, [1] * 4, [1, 2, 3, "x"]), BadInput, "Column x .*row 4"),
        (lambda: survey.mean(sample, [1, 2, NAN, NAN], two), EmptyDomain, "domain 2 of 2"),
        (
            lambda: survey.ratio(sample, [1] * 4, [0, 0, 1, 1], two),
            ZeroDenominator,
            "domain 1 of 2",
        ),
    ):
        with pytest.raises(kind, match=words):
            call()
