"""The country's road against one machine's: the same numbers however the files are cut and
whoever does the work, and one clear error for each fault of a file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from distributed import Client

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.disclosure import COUNT_ONLY, hide, rounded
from analysis.disclosure.rounding import ROUNDED
from analysis.estimators.errors import LonelyPsu, Refused
from analysis.national import country, lake, pieces, workers
from analysis.types import Estimate, Missing
from tests.analysis.national import killed, lakes

TOLERANCE = 1e-12
CODES = (*lake.SURVEY, *lake.REGISTERS)  # the returns have a module of their own
NUMBERS = ("value", "se", "deff", "numerator", "denominator", "n", "excluded", "psus", "df")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, lakes.OneMachine]]:
    root = tmp_path_factory.mktemp("lake")
    return root, lakes.make(root)


@pytest.fixture
def root(made: tuple[Path, dict[str, lakes.OneMachine]], tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made[0], tmp_path / "lake"))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with workers.cluster(None, 2) as found:
        yield found


@pytest.fixture(scope="module")
def expected(made: tuple[Path, dict[str, lakes.OneMachine]]) -> dict[tuple[str, ...], Estimate]:
    """(indicator, variant, place) -> what one machine computes from all its rows in memory."""
    found = {}
    for province, one in made[1].items():
        prepared = one.prepared()
        for code in CODES:
            for variant in ("", *(v.key for v in CATALOGUE[code].variants)):
                (estimate,) = compute(
                    CATALOGUE[code],
                    one.frames,
                    one.design,
                    years=(lakes.YEAR,),
                    prepared=prepared,
                    variant=variant,
                )
                found[code, variant, province] = estimate
    return found


def place(one: Estimate) -> str:
    return "/".join(one.by.values())


def same(
    found: country.Country, expected: dict[tuple[str, ...], Estimate], communes: bool = False
) -> None:
    """Every number to 1e-12; what is hidden is hidden, and nothing is left out."""
    keys = {(e.indicator, e.variant, place(e)) for e in found.estimates}
    assert keys == {key for key in expected if communes or "/" not in key[2]}
    for one in found.estimates:
        told = expected[one.indicator, one.variant, place(one)]
        if one.missing is Missing.SUPPRESSED:
            assert one == hide(one)
            continue
        if one.note == ROUNDED:
            told = rounded(told)
        for name in NUMBERS:
            if one.note == COUNT_ONLY and name == "value":
                continue
            a, b = getattr(one, name), getattr(told, name)
            assert a == b or abs(a - b) <= TOLERANCE * abs(b), (one.indicator, one.by, name, a, b)
        if one.interval is not None:
            np.testing.assert_allclose(one.interval, told.interval, rtol=TOLERANCE)


def run(root: Path, road: country.Road = workers.here, **more: object) -> country.Country:
    settings: dict[str, Any] = {"lonely": "adjust", "codes": CODES, **more}
    return country.compute(root, road, **settings)


def test_one_process_and_two_workers_agree_with_one_machine(
    made: tuple[Path, dict[str, lakes.OneMachine]],
    client: Client,
    expected: dict[tuple[str, ...], Estimate],
) -> None:
    here, there = run(made[0]), run(made[0], workers.on(client))
    same(here, expected)
    assert there == here  # in the order of the files, whoever was first


def test_communes_below_their_provinces(
    root: Path, expected: dict[tuple[str, ...], Estimate]
) -> None:
    """Each commune's figures are its own machine's, also with its files split."""
    for file in lakes.person_files(root):
        lakes.split(file, 3)
    found = run(root, by="commune")
    same(found, expected, communes=True)
    shown = {(e.indicator, e.variant, place(e)): e for e in found.estimates}
    assert shown["CARE_RATIO", "", "01/11668"].value is not None
    assert shown["ABR", "", "01/11668"].note == ROUNDED  # sensitive: rounded to 5
    assert shown["ABR", "", "01/11668"].numerator == 20
    assert shown["ABR", "", "01"].note is None
    # fewer than ten deaths in each province: nothing below a hidden province is shown
    assert {e.missing for (c, _, at), e in shown.items() if c == "MMR" and at} == {
        Missing.SUPPRESSED
    }


def test_villages_drawn_by_size_are_the_sampling_units(
    made: tuple[Path, dict[str, lakes.OneMachine]], expected: dict[tuple[str, ...], Estimate]
) -> None:
    """Five villages of one stratum without a correction, beside communes that list households."""
    found = run(made[0], by="commune")
    (one,) = (
        e for e in found.estimates
        if e.indicator == "CARE_RATIO" and not e.variant and place(e) == f"12/{lakes.BY_SIZE}"
    )  # fmt: skip
    assert (one.psus, one.df) == (5, 4)
    alone = expected["CARE_RATIO", "", f"12/{lakes.BY_SIZE}"]
    assert one.se == pytest.approx(alone.se, rel=TOLERANCE)
    assert found.households > sum(e.psus or 0 for e in found.estimates[:1])


@pytest.mark.parametrize("parts", [2, 5])
def test_a_household_that_lies_in_several_files_is_added_up_first(
    root: Path, expected: dict[tuple[str, ...], Estimate], parts: int
) -> None:
    for file in lakes.person_files(root):
        lakes.split(file, parts)
    same(run(root), expected)


def test_units_in_several_files_and_another_order_of_batches(
    root: Path, expected: dict[tuple[str, ...], Estimate]
) -> None:
    for file in lakes.person_files(root, lake.UNITS):
        lakes.split(file, 3)

    def backwards(batches: object) -> Iterator[tuple[int, list[pieces.Found | pieces.Fault]]]:
        yield from reversed(list(workers.here(batches)))  # type: ignore[arg-type]

    same(run(root, backwards), expected)


def test_a_worker_killed_in_the_middle_changes_nothing(
    made: tuple[Path, dict[str, lakes.OneMachine]],
    client: Client,
    expected: dict[tuple[str, ...], Estimate],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark = tmp_path / "killed"
    monkeypatch.setattr(pieces, "run", killed.once(mark))
    monkeypatch.setattr(country, "BATCH_JOBS", 2)
    found = run(made[0], workers.on(client))
    assert mark.exists() and found.batches > 4
    same(found, expected)


def test_small_provinces_are_hidden_and_maternal_deaths_are_counts(
    made: tuple[Path, dict[str, lakes.OneMachine]],
) -> None:
    found = {(e.indicator, e.by.get("province", "")): e for e in run(made[0]).estimates}
    total = found["MMR", ""]
    assert (total.value, total.interval, total.numerator) == (None, None, 12.0)
    assert found["MMR", "01"].missing is found["MMR", "12"].missing is Missing.SUPPRESSED
    hidden = run(made[0], minimum=10_000, codes=("AWARE",)).estimates
    assert {one.missing for one in hidden} == {Missing.SUPPRESSED}


def test_a_commune_without_the_june_return_is_left_out_on_both_sides(root: Path) -> None:
    file = root / "province=01/commune=11668" / lake.part("births_month", lakes.YEAR)
    before = run(root, codes=("ABR",)).estimates[0]
    lakes.changed(file, women_10_14=float("nan"), women_15_19=float("nan"))
    after = run(root, codes=("ABR",)).estimates[0]
    assert (before.numerator, after.numerator) == (20 + 21 + 22 + 23, 21 + 22 + 23)
    assert before.denominator == (after.denominator or 0) + 490
    assert after.provisional and not before.provisional


COMMUNE = "province=01/commune=11668"
RESPONDENT = f"{COMMUNE}/{lake.part('household.respondent', lakes.YEAR)}"
UNITS = f"{COMMUNE}/{lake.part(lake.UNITS, lakes.YEAR)}"
FAULTS = {
    "missing column": (RESPONDENT, {"care_w": None}, ("care_w", "missing")),
    "text in a number": (RESPONDENT, {"care_w": "nhiều"}, ("care_w", "nhiều")),
    "text in an age": (RESPONDENT, {"r_age": "già"}, ("r_age", "già")),
    "another type": (RESPONDENT, {"care_w": np.datetime64("2026-01-01")}, ("care_w", "timestamp")),
    "an id of text": (RESPONDENT, {"_submission": "x"}, ("_submission", "whole numbers")),
    "changing fpc": (UNITS, {"population": [500.0, 600.0]}, ("11668/AK01", "500", "600")),
    "fpc below": (UNITS, {"population": 1.0}, ("11668/AK01", "below")),
    "unknown weight": (UNITS, {"weight": float("nan")}, ("weight", "nan")),
    "infinite weight": (UNITS, {"weight": float("inf")}, ("weight", "inf")),
    "infinite hours": (RESPONDENT, {"care_w": float("inf")}, ("care_w", "inf")),
    "negative weight": (UNITS, {"weight": -2.0}, ("weight", "-2")),
    "no stratum": (UNITS, {"stratum": np.nan}, ("stratum", "empty")),
    "household twice": (UNITS, {"_submission": 7}, ("household 7", "twice")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_once_with_its_file_and_column(root: Path, name: str) -> None:
    file, columns, words = FAULTS[name]
    lakes.changed(root / file, **columns)
    with pytest.raises(Refused) as refused:
        run(root, codes=lake.SURVEY)
    text = refused.value.text.en
    assert text.count("\n") == 0, text
    assert file in text and all(word in text for word in words), text
    assert file in refused.value.text.vi


def test_faults_of_several_files_are_told_together(root: Path) -> None:
    lakes.changed(root / RESPONDENT, care_w=None)
    (root / RESPONDENT.replace("respondent", "member")).write_bytes(b"PAR? this is not one")
    with pytest.raises(Refused) as refused:
        run(root)
    assert len(refused.value.text.en.splitlines()) == 2
    assert "cannot be read as Parquet" in refused.value.text.en


def test_a_stratum_of_one_household_needs_a_rule(root: Path) -> None:
    units = root / UNITS
    lakes.changed(units, population=float("nan"))
    lakes.changed(units, stratum=["only", *["rest"] * 10_000])
    with pytest.raises(LonelyPsu, match="11668/only"):
        run(root, lonely="fail", codes=("WAGE_F",))
    assert run(root, lonely="certainty", codes=("WAGE_F",)).estimates[0].se


def test_a_lake_of_before_the_returns_gives_the_rest(
    made: tuple[Path, dict[str, lakes.OneMachine]],
) -> None:
    found = run(made[0], codes=lake.CODES).estimates
    rest = [one for one in found if one.indicator in CODES]
    assert rest == list(run(made[0]).estimates)
    totals = [one for one in found if one.indicator in lake.RETURNED and not one.by]
    assert len({one.indicator for one in totals}) == 21
    for one in totals:
        assert one.missing is Missing.NO_DATA and one.provisional and one.note is not None
        assert "4 communes without this table" in one.note.en


def test_folders_that_are_no_lake(tmp_path: Path, root: Path) -> None:
    with pytest.raises(Refused, match="province="):
        run(tmp_path / "nothing")
    (tmp_path / "bare" / "province=31" / "commune=11668").mkdir(parents=True)
    with pytest.raises(Refused, match="flask export-lake"):
        run(tmp_path / "bare")
    with pytest.raises(Refused, match="2031"):
        run(root, year=2031)
    (root / UNITS).unlink()
    with pytest.raises(Refused, match="units"):
        run(root)


def test_a_commune_in_two_provinces_is_refused(root: Path) -> None:
    """A folder that was copied twice would count its people twice, under two provinces."""
    other = root / "province=99" / "commune=11668"
    shutil.copytree(root / "province=01" / "commune=11668", other)
    with pytest.raises(Refused, match=r"Commune 11668 is there twice: .*province=01.*province=99"):
        run(root)


def test_the_command(made: tuple[Path, dict[str, lakes.OneMachine]], client: Client) -> None:
    address = client.scheduler.address
    command = [sys.executable, "-m", "analysis", "national", str(made[0]), "--scheduler", address]
    options = ["--lonely", "adjust", "--indicator", "CARE_RATIO", "--format", "json"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
    rows = json.loads(done.stdout)
    assert [row["by"] for row in rows] == [{}, {"province": "01"}, {"province": "12"}]
    assert rows[0]["value"] == run(made[0], codes=("CARE_RATIO",)).estimates[0].value
    assert "INVENTED" in done.stderr
