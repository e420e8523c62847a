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
from analysis.estimators.intervals import critical

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
    assert len(plain) == len(lines) == len(texts["table"].splitlines()) - 1 == 5  # no notes
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
    ({}, "quantile y@0.0", "quantile Y@0.5"),
    ({}, "ratio y:h=a/a", "compares a group with itself"),
    ({"w": ["0"] * 4}, "mean y", "all weights are zero"),
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
    assert rows[2].est is None and "no row has an answer" in rows[2].note and rows[2].excluded == 1


def test_nothing_asked_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(FILE), *DESIGN, "--by", "sex"]) == 1
    told = capsys.readouterr()
    assert told.out == "" and "--proportion" in told.err


def test_every_group_has_a_row_whatever_is_asked() -> None:
    """A group without an answer, or whose weights are all zero, is never left out."""
    columns = {"g": ["x", "x", "x", "z"], "b": ["1", "0", "1", ""]}
    for asked in ("mean y", "total y", "proportion b", "ratio y/b", "quantile y@0.5"):
        last = estimate(frame(**columns), PLAIN, [asked], [["g"]])[-1]
        assert (last.by, last.est) == ({"g": "z"}, None) and "no row has an answer" in last.note
        zero = frame(**columns | {"w": ["0", "0", "0", "1"], "y": ["1", "0", "3", "2"], "b": "1"})
        row = estimate(zero, PLAIN, [asked], [["g"]])[1]
        assert row.by == {"g": "x"} and "all weights are zero" in row.note, asked


def test_a_full_list_has_no_sampling_interval() -> None:
    """fpc equal to the sample: the numbers are counts, not estimates."""
    full = frame(n=["2"] * 4, y=["1", "0", "1", "0"], x=["1", "2", "1", "1"])
    asked = ["mean y", "total y", "proportion y", "ratio y/x", "ratio y:i=1/2", "quantile y@0.5"]
    for row in estimate(full, PLAIN, [one for one in asked if one != "ratio y:i=1/2"]):
        assert (row.se, row.ci, row.method) == (0.0, None, "full_list"), row
        assert "no sampling error" in row.note


def test_a_ratio_of_totals_follows_its_denominator() -> None:
    """Log where the denominator is steady, Fieller's where it is noisy, none at g ≥ 1.

    Fieller's ends are where |a − ρb| = t·se(a − ρb), the error taken of Σw(y − ρx) itself.
    """
    rng = np.random.default_rng(5)
    y, x = rng.gamma(2.0, 2.0, 40), rng.gamma(1.0, 3.0, 40)
    methods = []
    for rows, power in ((40, 1.0), (12, 1.5)):
        plain = pd.DataFrame({"y": y[:rows], "x": x[:rows] ** power})
        (row,) = estimate(plain, Layout(), ["ratio y/x"])
        methods.append(row.method)
        assert row.ci is not None
    assert methods == ["log", "fieller"]
    for rho in row.ci:
        (gap,) = estimate(pd.DataFrame({"d": plain.y - rho * plain.x}), Layout(), ["total d"])
        assert gap.est is not None and gap.se is not None
        assert abs(gap.est) == pytest.approx(critical(11) * gap.se, rel=1e-6)
    (none,) = estimate(
        pd.DataFrame({"y": [1.0, 2, 3, 4], "x": [1.0, 0, 0, 0]}), Layout(), ["ratio y/x"]
    )
    assert none.est == 10 and none.ci is None and "no finite interval" in none.note


def test_no_interval_is_made_of_equal_answers() -> None:
    """A standard error of zero from a sample says nothing; a share keeps Korn and Graubard's."""
    same = pd.DataFrame({"y": [2.0] * 20, "b": [1.0] * 20})
    mean, share = estimate(same, Layout(), ["mean y", "proportion b"])
    assert mean.ci is None and "do not differ" in mean.note
    assert share.ci is not None and share.ci[0] < 0.9 and "cases" in share.note


def test_few_units_and_few_cases_are_said() -> None:
    few = pd.DataFrame({"y": np.arange(9.0), "b": [0.0] * 8 + [1]})
    many = pd.DataFrame({"y": np.arange(90.0), "b": [0.0] * 45 + [1.0] * 45})
    assert all("degrees of freedom" in row.note for row in estimate(few, Layout(), ["mean y"]))
    rows = estimate(many, Layout(), ["mean y", "proportion b", "ratio y/b"])
    assert [row.note for row in rows] == ["", "", ""]


def test_names_and_values_may_hold_blanks(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("giờ làm;dân tộc\n1;Ba Na\n2;Kinh\n3;Ba Na\n5;Kinh\n", encoding="utf-8-sig")
    mean, ratio = estimate(
        read_table(file), Layout(), ["mean giờ làm", "ratio giờ làm:dân tộc=Ba Na/Kinh"]
    )
    assert mean.est == 2.75 and ratio.est == pytest.approx(2 / 3.5)


def test_true_and_false_are_one_and_zero(tmp_path: Path) -> None:
    pd.DataFrame({"b": [True, False, True, True]}).to_parquet(tmp_path / "b.parquet")
    (row,) = estimate(read_table(tmp_path / "b.parquet"), Layout(), ["proportion b"])
    assert row.est == 0.75


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("y,w,y\n1,2,3\n", "Column y stands twice"),
        ("y,w\n1,2\n3\n", "Row 3 has 1 cells, the heading has 2"),
        ("y,w\n1,2\n\n3,4\n", "Row 3 has 0 cells"),
        ("y,w\n1,2,3\n", "Row 2 has 3 cells"),
        ("y,w\n", "no rows"),
        ("", "File p.csv has no heading"),
        ("  \n1,2\n", "File p.csv has no heading"),
        ("y,w\n1,2\n", "not UTF-8"),
    ],
)
def test_a_csv_that_would_be_misread_is_refused(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text(text, encoding="utf-16" if "UTF-8" in words else "utf-8")
    with pytest.raises(Refused) as refused:
        estimate(read_table(file), Layout(), ["mean y"])
    assert words in refused.value.text.en


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
    assert said.count("Không đọc được") == 1 and "readable are .csv" in said
    assert f"There is no file {tmp_path / 'no.csv'}." in said and "Errno" not in said


def test_what_was_asked_is_read_back() -> None:
    for text in ("mean y", "ratio a/b:g=F/M", "ratio a:g=F/M", "quantile y@0.25", "total y"):
        assert read_asked(text).words == text


def test_without_a_design_it_is_a_simple_random_sample() -> None:
    y = np.array([1.0, 2.0, 4.0, 9.0])
    (row,) = estimate(pd.DataFrame({"y": y}), Layout(), ["mean y"])
    assert row.se == pytest.approx(y.std(ddof=1) / 2, rel=1e-12)
    assert row.deff == pytest.approx(1.0, rel=1e-12)
