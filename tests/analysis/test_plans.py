"""An Khánh's plan, word for word, and the faults that a plan file is refused for."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.evaluate import load_plan
from analysis.plans import FOLDER, PlanRefused, available, load, substring_faults
from analysis.plans.numbers import NotANumber, literal_value, parse_number, parse_value

DATA = Path(__file__).parent / "data" / "plans"
PLAN = "an-khanh-2026-2030"


def test_every_plan_names_known_indicators() -> None:
    assert PLAN in available()
    for path in available().values():
        assert load(path, CATALOGUE).id == path.stem


def test_its_texts_stand_in_the_document() -> None:
    plan = load_plan(PLAN)
    document = (DATA / f"{PLAN}.txt").read_text(encoding="utf-8")
    assert hashlib.sha256(document.encode()).hexdigest() == plan.document_sha256
    assert substring_faults(plan, document) == []
    assert plan.title in " ".join(document.split())
    for text in (*plan.legal_bases, plan.parent_document):
        assert text.removeprefix("Kế hoạch ") in document
    for text in plan.recipients:
        assert f"- {text}" in document.replace(" ;", ";")
    changed = document.replace("75%", "70%")
    assert plan.targets[0].verbatim in substring_faults(plan, changed)


def test_its_targets_are_those_read_out_of_it() -> None:
    """Against the list that was read from the document by hand."""
    read = json.loads((DATA / "targets.json").read_text(encoding="utf-8"))
    expected = [one for one in read if one["plan"] == "AK"]
    plan = load_plan(PLAN)
    assert len(plan.targets) == len(expected) == 19
    for target, one in zip(plan.targets, expected, strict=True):
        assert target.id == one["id"]
        assert target.verbatim == one["verbatim"]
        assert target.indicator == one["indicator_code"]
        assert target.comparator == one["comparator"]
        assert target.comparator_stated == one["comparator_explicit"]
        assert target.objective == one["objective"]
        assert target.number == str(one["indicator"] or "")
        assert list(target.warnings) == one["warnings"]
        assert target.deadline == (one["deadline_year"] or 2030)
        assert target.deadline_stated == (one["deadline_year"] is not None)
        assert (target.responsible == ()) == (one["responsible"] is None)
        if one["value"] is not None:
            assert float(target.value or 0) == pytest.approx(one["value"], abs=0.005)
        if one["alternative_value"] is not None:
            assert target.suspected == Fraction(int(one["alternative_value"]))


def test_the_values_are_exact() -> None:
    targets = {target.id: target for target in load_plan(PLAN).targets}
    assert targets["AK-4.1"].value == Fraction(10500, 101)
    assert targets["AK-4.1"].suspected == 105
    assert targets["AK-4.1"].reference_band == (104.0, 106.0)
    assert targets["AK-3.1"].value == Fraction(7, 5)
    assert targets["AK-4.2"].value == 42
    assert targets["AK-4.3"].value == 18
    assert targets["AK-5.1"].value is None
    assert targets["AK-3.2a"].parent == targets["AK-3.2b"].parent == "AK-3.2"
    assert len(targets["AK-6.3"].responsible) == 2


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,4", ",", Fraction(7, 5)),
        ("100.000", ",", 100_000),
        ("50,15", ",", Fraction(5015, 100)),
        ("1.234.567,8", ",", Fraction(12345678, 10)),
        ("1.8", ".", Fraction(9, 5)),
        ("100,000", ".", 100_000),
        ("0", ",", 0),
    ],
)
def test_numbers_in_their_own_style(text: str, decimal: str, value: Fraction) -> None:
    assert parse_number(text, decimal) == value


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        *(("1.8", ","), ("1,8", ";"), ("1.80.000", ","), ("", ","), ("1,", ","), (",5", ",")),
        *(("-1", ","), ("1 000", ","), ("1,4,5", ","), ("1.2345", ","), ("1,8", ".")),
    ],
)
def test_nothing_is_guessed(text: str, decimal: str) -> None:
    with pytest.raises(NotANumber):
        parse_number(text, decimal)


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_a_number_reads_back(whole: int, part: int) -> None:
    text = f"{whole:,}".replace(",", ".") + f",{part:03d}"
    assert parse_number(text) == Fraction(whole * 1000 + part, 1000)


def test_words_with_two_numbers_are_a_ratio() -> None:
    assert literal_value("105 bé trai/101 bé gái", ",", 100) == Fraction(10500, 101)
    assert literal_value("42/100.000", ",", 100_000) == 42
    assert literal_value("hàng tháng") is None
    for bad in ("1/2/3", "5/0"):
        with pytest.raises(NotANumber):
            literal_value(bad)
    with pytest.raises(NotANumber):
        parse_value("1/0")


def refused(tmp_path: Path, change: dict[str, str]) -> str:
    """What is said of the plan file after replacing texts in it."""
    text = (FOLDER / f"{PLAN}.toml").read_text(encoding="utf-8")
    for old, new in change.items():
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / f"{PLAN}.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanRefused) as caught:
        load(path, CATALOGUE)
    return str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        {
            'indicator = "LEAD_UNIT"': 'indicator = "LEAD"',
            'comparator = ">="\ncomparator_stated = false\nvalue_text = "60%"': (
                'comparator = "=>"\ncomparator_stated = "no"\nvalue_text = "61%"'
            ),
            'value = "30"': "value = 30",
            "first_year = 2026": "first_year = 2031",
            'unit_code = "11668"': "unit_code = 11668",
        },
    )
    for part in (
        "AK-1.1.indicator: không có chỉ tiêu LEAD",
        "AK-2.1.comparator: phải là một trong",
        "AK-2.1.comparator_stated: phải là true hoặc false",
        "AK-2.1.value_text: “61%” không nằm trong nguyên văn",
        "AK-2.1.value: ghi 60 nhưng “61%” là 61",
        "AK-2.2.value: phải là số viết trong ngoặc kép",
        "first_year: sau last_year",
        "unit_code: phải là chuỗi",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('decimal = "."\n', "", "“1.8” is no number with the decimal mark “,”"),
        ('value = "18"', 'value = "1,8"', "AK-4.3.value: ghi 9/5 nhưng"),
        ("scale = 1000\n", "scale = 0\n", "AK-4.3.scale"),
        ('id = "AK-2.2"', 'id = "AK-2.1"', "AK-2.1: mã chỉ tiêu dùng hai lần"),
        ("deadline = 2030", "deadline = 2031", "AK-1.1.deadline: nằm ngoài kỳ"),
        ('reference_band = ["104", "106"]', 'reference_band = ["106", "104"]', "reference_band"),
        ('every = "year"', 'every = "week"', "AK-6.3.every"),
        ("objective = 1", 'objective = "1"', "AK-1.1.objective"),
        ('place = "An Khánh"', "", "place: còn thiếu"),
        ('document = "', 'dokument = "', "dokument: không biết mục này"),
        ('unit = "lần"\n', "", "AK-3.1.unit: còn thiếu"),
        ('id = "an-khanh-2026-2030"', 'id = "an-khanh"', "id: phải là tên tệp"),
        ('value = "10500/101"', 'value = "103,96"', "AK-4.1.value"),
        ('warnings = ["tiny_denominator"]', 'warnings = "tiny"', "AK-1.1.warnings"),
        ("title = ", "title = [", "không đọc được tệp TOML"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in refused(tmp_path, {old: new})


def test_a_baseline_is_a_year_and_an_exact_value(tmp_path: Path) -> None:
    text = (FOLDER / f"{PLAN}.toml").read_text(encoding="utf-8")
    path = tmp_path / f"{PLAN}.toml"
    good = 'deadline = 2030\nbaseline = { year = 2025, value = "52,5" }\n'
    path.write_text(text.replace("deadline = 2030\n", good, 1), encoding="utf-8")
    assert load(path).targets[0].baseline == (2025, Fraction(105, 2))
    assert "baseline" in refused(tmp_path, {"deadline = 2030\n": "baseline = { year = 2025 }\n"})
    said = refused(tmp_path, {"deadline = 2030\n": 'baseline = { year = 25, value = "1.5" }\n'})
    assert "AK-1.1.baseline.year" in said
    assert "AK-1.1.baseline.value" in said
