"""`python -m analysis estimate` and the call behind it, on R's example file and on bad files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from analysis.anyone import Layout, estimate, read_asked, read_table
from analysis.anyone.command import main
from analysis.estimators.errors import Refused

FILE = Path(__file__).parent / "data" / "survey" / "household_persons.csv"
LAYOUT = Layout(weights="weight", strata="village", psu="hh_id", fpc="n_hh_village")
DESIGN = ["--weights", "weight", "--strata", "village", "--psu", "hh_id", "--fpc", "n_hh_village"]


def test_the_example_of_the_documentation() -> None:
    """d <- svydesign(~hh_id, strata=~village, weights=~weight, fpc=~n_hh_village, data=p)
    svyby(~care_hours, ~sex, d, svymean, covmat=TRUE); svycontrast(…, quote(F/M))"""
    rows = estimate(
        read_table(FILE), LAYOUT, ["mean care_hours", "ratio care_hours:sex=F/M"], [["sex"]]
    )
    whole, women, men, ratio = rows
    assert women.by == {"sex": "F"} and men.by == {"sex": "M"} and whole.by == {}
    assert women.est == pytest.approx(5.10020671746658, rel=1e-12)
    assert women.se == pytest.approx(0.12685015852874, rel=1e-12)
    assert ratio.est == pytest.approx(5.01268601807674, rel=1e-12)
    assert ratio.se == pytest.approx(0.351989973290921, rel=1e-12)
    assert (ratio.df, ratio.psu, ratio.n, ratio.method) == (188, 200, 521, "log")


def test_each_kind_gives_what_the_estimators_give() -> None:
    asked = ["total employed", "proportion aware", "ratio wage_work/employed", "quantile age@0.5"]
    found = {row.what: row for row in estimate(read_table(FILE), LAYOUT, asked)}
    assert found["proportion aware"].method == "korn_graubard"
    assert found["ratio wage_work/employed"].est == pytest.approx(0.30596031000128376, rel=1e-12)
    assert found["quantile age@0.5"].est == 38
    assert found["total employed"].deff is not None and found["total employed"].ci is not None


def test_formats_hold_the_same_rows(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = ["estimate", str(FILE), *DESIGN, "--mean", "care_hours_m", "--by", "sex,employed"]
    texts = {}
    for form in ("json", "csv", "table"):
        assert main([*wanted, "--format", form]) == 0
        texts[form] = capsys.readouterr().out
    plain = json.loads(texts["json"])
    lines = list(csv.DictReader(io.StringIO(texts["csv"])))
    assert len(plain) == len(lines) == len(texts["table"].splitlines()) - 1 == 5
    assert [float(line["est"]) for line in lines] == [row["est"] for row in plain]
    assert plain[0]["excluded"] == 28 and set(plain[0]) >= {
        "est", "se", "ci", "df", "deff", "n", "psu", "method",
    }  # fmt: skip


def test_other_kinds_of_file_give_the_same(tmp_path: Path) -> None:
    frame = pd.read_csv(FILE)
    frame.to_parquet(tmp_path / "p.parquet")
    pyreadstat.write_sav(frame, str(tmp_path / "p.sav"))
    pyreadstat.write_dta(frame, str(tmp_path / "p.dta"))
    expected = estimate(read_table(FILE), LAYOUT, ["mean care_hours_m"], [["sex"]])
    for name in ("p.parquet", "p.sav", "p.dta"):
        assert estimate(read_table(tmp_path / name), LAYOUT, ["mean care_hours_m"], [["sex"]]) == (
            expected
        ), name


def frame(**columns: object) -> pd.DataFrame:
    good: dict[str, object] = {
        "w": ["1", "2", "1", "2"],
        "h": ["a", "a", "b", "b"],
        "i": ["1", "2", "1", "2"],
        "n": ["10", "10", "20", "20"],
        "y": ["1", "0", "3", ""],
        "zero": ["0", "0", "0", "0"],
        "none": ["", "", "", ""],
    }
    return pd.DataFrame(good | columns)


PLAIN = Layout(weights="w", strata="h", psu="i", fpc="n")

BAD = [
    (
        {"w": ["1", "-2", "1", "2"]},
        "mean y",
        "column w) must be finite and not negative: row 3 has -2",
    ),
    ({"w": ["1", "inf", "1", "2"]}, "mean y", "Column w must hold numbers: row 3"),
    ({"n": ["10", "11", "20", "20"]}, "mean y", "changes within stratum a"),
    ({"n": ["1", "1", "20", "20"]}, "mean y", "Stratum a: its population"),
    ({"h": ["a", "a", "b", "c"]}, "mean y", "only one PSU"),
    ({"h": ["a", "a", "b", ""]}, "mean y", "Column h is empty in row 5"),
    ({"y": ["1", "1,8", "3", ""]}, "mean y", "row 3 holds “1,8”"),
    ({"y": ["1", "abc", "3", ""]}, "total y", "row 3 holds “abc”"),
    ({}, "mean nothing", "No column nothing"),
    ({}, "mean none", "no row has an answer"),
    ({}, "ratio y/zero", "the denominator is zero"),
    ({}, "proportion y", "row 4 holds 3"),
    ({}, "ratio y:h=a/z", "Column h never is z; it has a, b"),
    ({}, "median y", "is not understood"),
    ({}, "ratio y", "ratio Y/X"),
    ({}, "quantile y@2", "quantile Y@0.5"),
]


@pytest.mark.parametrize(("columns", "asked", "message"), BAD, ids=[one[2] for one in BAD])
def test_bad_input_is_named(columns: dict[str, object], asked: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        estimate(frame(**columns), PLAIN, [asked])
    assert message in refused.value.text.en
    assert refused.value.text.vi != refused.value.text.en


def test_a_group_without_an_answer_says_so() -> None:
    rows = estimate(frame(g=["x", "x", "x", "z"]), PLAIN, ["mean y"], [["g"]])
    assert [row.by for row in rows] == [{}, {"g": "x"}, {"g": "z"}]
    assert rows[2].est is None and "no answer" in rows[2].note and rows[2].excluded == 1


def test_codes_of_no_answer_are_left_out() -> None:
    coded = frame(y=["1", "-8", "3", "-9"])
    layout = Layout(weights="w", strata="h", psu="i", missing=(-8, -9))
    (row,) = estimate(coded, layout, ["mean y"])
    assert (row.est, row.n, row.excluded) == (2.0, 2, 2)


def test_strata_may_number_their_psus_alike() -> None:
    rows = estimate(frame(), Layout(weights="w", strata="h", psu="i"), ["mean y"])
    assert rows[0].psu == 4 and rows[0].df == 2


def test_the_command_tells_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["estimate", str(tmp_path / "no.csv"), "--mean", "y"]) == 1
    other = tmp_path / "a.pdf"
    other.write_bytes(b"%PDF")
    assert main(["estimate", str(other), "--mean", "y"]) == 1
    broken = tmp_path / "a.parquet"
    broken.write_bytes(b"no parquet")
    assert main(["estimate", str(broken), "--mean", "y"]) == 1
    said = capsys.readouterr().err
    assert said.count("Không đọc được") == 2 and "readable are .csv" in said


def test_what_was_asked_is_read_back() -> None:
    for text in ("mean y", "ratio a/b:g=F/M", "ratio a:g=F/M", "quantile y@0.25", "total y"):
        assert read_asked(text).words == text


def test_without_a_design_it_is_a_simple_random_sample() -> None:
    y = np.array([1.0, 2.0, 4.0, 9.0])
    (row,) = estimate(pd.DataFrame({"y": y}), Layout(), ["mean y"])
    assert row.se == pytest.approx(y.std(ddof=1) / 2, rel=1e-12)
    assert row.deff == pytest.approx(1.0, rel=1e-12)
