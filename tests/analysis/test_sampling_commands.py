"""The commands of the sample, and the example of docs/sampling.md."""

import csv
import io
import re
from pathlib import Path

import pytest

from analysis.anyone import Layout, estimate, read_table
from analysis.anyone.command import main
from tests.analysis.register import ROWS

DOCS = Path(__file__).parents[2] / "docs" / "sampling.md"


@pytest.fixture
def register_file(tmp_path: Path) -> Path:
    file = tmp_path / "register.csv"
    file.write_text("village,code\n" + "".join(f"{v},{c}\n" for v, c in ROWS), encoding="utf-8")
    return file


def test_the_command_draws_what_estimate_reads(
    register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = register_file.with_name("sample.csv")
    given = ["draw", str(register_file), "--size", "60", "--seed", "2026", "--out", str(out)]
    assert main(given) == 0
    assert "sample 60, replacements 0, seed 2026" in capsys.readouterr().out
    layout = Layout(weights="weight", strata="stratum", psu="psu", fpc="fpc", lonely="certainty")
    (row,) = estimate(read_table(out), layout, ["total probability"], [])
    assert row.est == pytest.approx(60)
    first = out.read_bytes()
    assert main(given) == 0
    assert out.read_bytes() == first


def test_the_command_gives_out_the_work(register_file: Path) -> None:
    who, out = register_file.with_name("who.csv"), register_file.with_name("sample.csv")
    who.write_text("name,village\nAn,T01\nAn,T02\nBình,\n", encoding="utf-8")
    given = f"draw {register_file} --size 60 --seed 1 --villages 3 --replacements 2"
    assert main([*given.split(), "--collaborators", str(who), "--out", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert all((row["collaborator"] == "") == (row["role"] == "replacement") for row in rows)


def test_the_command_refuses_without_a_seed_in_both_languages(
    register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draw", str(register_file), "--size", "60", "--out", "never.csv"]) == 1
    said = capsys.readouterr().err
    assert "hạt giống" in said
    assert "A seed is needed" in said


def test_the_command_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["size", "share", "--within", "5", "--population", "300"]) == 0
    assert re.search(r"complete +169\nvisit +169\ninterval +45 – 55", capsys.readouterr().out)
    assert main(["size", "share", "--within", "0.05"]) == 1
    said = capsys.readouterr().err
    assert "phải từ 0,1 % đến 50 %; nhận được 0,05 %" in said and "got 0.05%" in said


def test_the_command_weights_persons_step_by_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Village T1: 8 households, 4 issued, 3 answered: 2, then 8/3; times the eligible; to 30/20."""
    issued, known, out = (tmp_path / name for name in ("issued.csv", "known.csv", "out.csv"))
    issued.write_text(
        "village,code,households,answered,sex,eligible\n"
        "T1,1,8,1,F,1\nT1,1,8,1,M,2\nT1,2,8,1,F,3\nT1,3,8,1,M,1\nT1,4,8,0,,\n",
        encoding="utf-8",
    )
    known.write_text("sex,count\nF,30\nM,20\n", encoding="utf-8")
    given = f"weights {issued} --responded answered --eligible eligible --cells sex --cap 2"
    assert main([*given.split(), "--population", str(known), "--out", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    column = {name: [float(row[f"weight_{name}"]) for row in rows] for name in STEPS}
    assert column["base"] == [2] * 5
    assert column["response"] == pytest.approx([8 / 3] * 4 + [0])
    assert column["eligible"] == pytest.approx([8 / 3, 16 / 3, 8, 8 / 3, 0])
    assert column["calibrated"] == pytest.approx([7.5, 40 / 3, 22.5, 20 / 3, 0])
    assert column["trimmed"] == pytest.approx(column["calibrated"])
    assert capsys.readouterr().out.count("\n") == 6


@pytest.mark.parametrize(
    ("rows", "counts", "named"),
    [
        ("1,8,1,F,1\n1,8,0,M,1\n", "F,3\n", "Household 1 of village T1"),
        ("1,8,1,F,1\n1,9,1,M,1\n", "F,3\n", "Household 1 of village T1"),
        ("1,8,1,F,1\n2,8,1,M,\n", "F,3\nM,3\n", "row 3"),
        ("1,8,1,F,0\n", "F,3\n", "row 2"),
        ("1,8,2,F,1\n", "F,3\n", "row 2"),
        ("1,8,1,F,1\n", "F,3\nF,4\n", "cell F twice"),
        ("1,8,1,F,1\n", "F,\n", "cell F"),
        ("1,8,1,,1\n", "F,3\n", "cell"),
    ],
)
def test_the_command_refuses_rows_that_contradict_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, counts: str, named: str
) -> None:
    issued, known = tmp_path / "issued.csv", tmp_path / "known.csv"
    lines = "".join(f"T1,{row}\n" for row in rows.splitlines())
    issued.write_text(f"village,code,households,answered,sex,eligible\n{lines}", encoding="utf-8")
    known.write_text(f"sex,count\n{counts}", encoding="utf-8")
    given = f"weights {issued} --responded answered --eligible eligible --cells sex"
    out = tmp_path / "out.csv"
    assert main([*given.split(), "--population", str(known), "--out", str(out)]) == 1
    assert named in capsys.readouterr().err
    assert not out.exists()


def test_a_population_without_its_cells_is_refused(
    register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was left out without a word: weights called final that were not calibrated."""
    out, again = register_file.with_name("sample.csv"), register_file.with_name("again.csv")
    assert main(f"draw {register_file} --size 40 --seed 5 --out {out}".split()) == 0
    assert main(f"weights {out} --population counts.csv --out {again}".split()) == 1
    assert "--population needs --cells" in capsys.readouterr().err
    assert not again.exists()


def test_the_command_uses_the_chance_of_a_village_drawn_by_size(register_file: Path) -> None:
    """sample.csv as it comes: the base weight is the draw's own."""
    out, again = register_file.with_name("sample.csv"), register_file.with_name("again.csv")
    given = f"draw {register_file} --size 40 --seed 5 --villages 3 --out {out}"
    assert main(given.split()) == 0
    assert main(["weights", str(out), "--out", str(again)]) == 0
    for row in csv.DictReader(io.StringIO(again.read_text(encoding="utf-8"))):
        assert float(row["weight_base"]) == pytest.approx(float(row["weight"]))


STEPS = ("base", "response", "eligible", "calibrated", "trimmed")


def test_the_example_of_the_docs_runs_and_says_what_it_prints() -> None:
    page = DOCS.read_text(encoding="utf-8")
    code, printed = re.findall(r"```(?:python)?\n((?:from|size ).*?)```", page, re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    assert ", ".join(map(str, names["codes"])) in printed  # type: ignore[call-overload]
    assert f"size    {names['size'].visit} households" in printed  # type: ignore[attr-defined]
