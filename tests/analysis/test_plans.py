"""An Khánh's plan, word for word, and the faults that a plan file is refused for."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.evaluate import load_plan
from analysis.plans import FOLDER, PlanRefused, available, load, substring_faults
from analysis.plans.dates import last_day, parse_day, span
from analysis.plans.numbers import NotANumber, literal_value, parse_number, parse_value
from analysis.types import UNIT_KINDS, Day
from forms.library import Library
from forms.settings import FILLERS

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "data" / "plans"
PLAN = "an-khanh-2026-2030"


PLANS = {
    "an-khanh-2026-2030": ("AK", 19),
    "binh-lu-2026-2030": ("BL", 21),
    "luu-kiem-2026": ("LK", 0),
    "ngok-bay-2025": ("NB", 0),
    "nguyen-trai-2025": ("NT", 21),
}
READ = json.loads((DATA / "targets.json").read_text(encoding="utf-8"))


def test_the_five_plans_are_there_and_name_known_indicators() -> None:
    assert set(available()) == set(PLANS)
    for path in available().values():
        assert load(path, CATALOGUE).id == path.stem


@pytest.mark.parametrize("name", PLANS)
def test_its_texts_stand_in_the_document(name: str) -> None:
    plan = load_plan(name)
    document = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    assert hashlib.sha256(document.encode()).hexdigest() == plan.document_sha256
    assert substring_faults(plan, document) == []
    plain = " ".join(document.split())
    assert plan.title in plain
    assert plan.parent_document.removeprefix("Kế hoạch ") in plain
    for text in plan.recipients:
        assert f"- {text}" in document.replace(" ;", ";")


@pytest.mark.parametrize("name", PLANS)
def test_a_word_that_is_not_the_documents_is_told(name: str) -> None:
    plan = load_plan(name)
    document = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    one = (*plan.targets, *plan.tasks)[0].verbatim
    words = one.split()
    changed = " ".join(document.split()).replace(one, " ".join([words[0], "X", *words[1:]]))
    assert one in substring_faults(plan, changed)


def test_all_61_targets_are_those_read_out_of_the_documents() -> None:
    """Against the list that was read from the documents by hand."""
    assert len(READ) == 61
    for name, (prefix, number) in PLANS.items():
        expected = [one for one in READ if one["plan"] == prefix]
        plan = load_plan(name)
        assert len(plan.targets) == len(expected) == number
        for target, one in zip(plan.targets, expected, strict=True):
            assert target.id == one["id"]
            assert target.verbatim == one["verbatim"]
            assert target.indicator == one["indicator_code"]
            assert target.comparator == one["comparator"]
            assert target.comparator_stated == one["comparator_explicit"]
            assert target.objective == one["objective"]
            assert target.number == str(one["indicator"] or "")
            assert list(target.warnings) == one["warnings"]
            assert target.deadline == (one["deadline_year"] or plan.last_year)
            assert target.deadline_stated == (one["deadline_year"] is not None)
            assert (target.responsible == ()) == (one["responsible"] is None)
            assert (target.value is None) == (one["value"] is None)
            if one["value"] is not None:
                assert float(target.value or 0) == pytest.approx(one["value"], abs=0.005)
            if one["alternative_value"] is not None:
                assert target.suspected == Fraction(int(one["alternative_value"]))


def test_units_are_of_known_kinds() -> None:
    assert set(UNIT_KINDS) == set(FILLERS)
    kinds = {
        target.id: target.responsible_kinds
        for name in PLANS
        for target in load_plan(name).targets
        if target.responsible_kinds
    }
    assert kinds["AK-6.3"] == ("culture", "home_affairs")
    assert kinds["BL-3.2a"] == ("police",)
    assert kinds["BL-2.3"] == ("economy",)
    assert not any(name.startswith("NT") for name in kinds)


def test_reports_and_activities_have_their_days() -> None:
    plans = {name: load_plan(name) for name in PLANS}
    yearly = plans["binh-lu-2026-2030"].reports[0]
    assert len(yearly.kinds) == 7
    assert last_day(yearly, 2027) == date(2027, 11, 29)
    once = plans["nguyen-trai-2025"].reports[0]
    assert last_day(once, 2025) == date(2025, 12, 2)
    assert last_day(once, 2026) is None
    spans = {span(one, plan.first_year) for plan in plans.values() for one in plan.activities}
    for year in (2025, 2026):
        assert (date(year, 11, 15), date(year, 12, 15)) in spans
    for day, month in ((8, 3), (20, 3), (28, 6), (20, 10), (25, 11)):
        assert (date(2026, month, day), date(2026, month, day)) in spans
    quarterly = {
        (name, one.at_least)
        for name, plan in plans.items()
        for one in plan.activities
        if one.every == "quarter"
    }
    assert quarterly == {("binh-lu-2026-2030", 4), ("nguyen-trai-2025", 3)}
    monthly = [name for name, p in plans.items() if any(a.every == "month" for a in p.activities)]
    assert monthly == ["an-khanh-2026-2030", "binh-lu-2026-2030"]


def test_a_plan_without_targets_says_what_it_orders() -> None:
    plan = load_plan("ngok-bay-2025")
    assert plan.targets == ()
    assert {one.forms for one in plan.inventories} == {("safe_places_year",), ("school_year",)}
    assert [one.restricted for one in plan.inventories] == [True, False]
    assert any("brokerage_year" in task.forms for task in plan.tasks)
    assert any(task.kinds == ("collector",) for task in plan.tasks)


def test_a_ward_that_was_abolished_names_its_successor() -> None:
    found = load_plan("nguyen-trai-2025").superseded_by_unit
    assert found is not None
    assert (found.code, found.since) == ("23302", date(2025, 7, 1))
    assert load_plan("binh-lu-2026-2030").unit_code == "03390"


@pytest.mark.parametrize("name", PLANS)
def test_every_form_that_a_duty_names_is_published(name: str) -> None:
    forms = {form.id for form in Library(ROOT / "forms" / "published")}
    load(available()[name], CATALOGUE, forms)
    with pytest.raises(PlanRefused, match="không có biểu mẫu"):
        load(available()[name], CATALOGUE, {"household"})


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
        "first_year: năm đầu nằm sau năm cuối",
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
        ('"logically_impossible_gt_100", "comparator_overridden"', "", "AK-5.2.warnings: kế hoạch"),
        ('value_text = "100%"\nvalue = "100"', 'value = "120"', "một tỷ lệ không thể trên 100%"),
        ('unit_code = "11668"', 'unit_code = "1668"', "unit_code: mã xã gồm 5 chữ số"),
        ('responsible_kinds = ["home_affairs"]', 'responsible_kinds = ["hospital"]', "hospital"),
        ('responsible_kinds = ["home_affairs"]', "", "AK-1.1.responsible_kinds: cần một loại"),
        ('id = "AK-T2"', 'id = "AK-T1"', "AK-T1: mã dùng hai lần"),
        ('targets = ["AK-1.1"]', 'targets = ["AK-9.9"]', "không có chỉ tiêu mang mã AK-9.9"),
        ('start = "15/11"', 'start = "31/11"', "AK-A1.start: phải là ngày"),
        ('place = "II.1.1"', "", "AK-T1.place: còn thiếu"),
        ('variant = "among_wage_workers" }', "value = 3 }", "AK-2.1.oddities[1].readings[2].value"),
        ('id = "wage_workers"', 'id = "employed_women"', "mã cách đọc dùng hai lần"),
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/11", Day(30, 11)),
        ("03/12/2025", Day(3, 12, 2025)),
        *((text, None) for text in ("31/11", "29/02/2025", "1/13", "30-11", "", "a/b", "1/2/3/4")),
    ],
)
def test_days_of_a_plan(text: str, day: Day | None) -> None:
    assert parse_day(text) == day


def test_a_suspected_value_is_an_open_question_of_its_own(tmp_path: Path) -> None:
    text = (FOLDER / f"{PLAN}.toml").read_text(encoding="utf-8")
    path = tmp_path / f"{PLAN}.toml"
    path.write_text(text.replace('value = "75"\n', 'value = "75"\nsuspected = "70"\n', 1), "utf-8")
    target = load(path).targets[0]
    assert [reading.value for reading in target.oddities[0].readings] == [None, 70]
