"""What the published forms must do, whatever words they use: domain rules, case by case."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from draft import Draft
from match import HERE, NOW
from reading import Reading

from forms.library import Form, Library

FOLDER = HERE.parents[1] / "forms" / "published"
LIBRARY = Library(FOLDER)
HOUSEHOLDS = [
    {"name": "AK01-001", "label": "Hộ AK01-001", "village": "AK01", "village_label": "Thôn 1",
     "seed_f": "7", "seed_m": "4"},
    {"name": "new", "label": "Hộ mới", "village": "", "village_label": "", "seed_f": "",
     "seed_m": ""},
]  # fmt: skip
VILLAGES = [{"name": "AK01", "label": "Thôn 1"}]
UNITS = [{"name": "tram-y-te", "label": "Trạm Y tế xã", "kind": "station"}]
TASKS = (*range(1, 14), 15)
COVER = {"today": "2026-03-04", "household": "AK01-001", "visit_no": "1", "contact": "1"}


def read(form_id: str, answers: dict[str, str], counts: dict[str, int] | None = None,
         seeds: tuple[str, str] = ("7", "4")) -> Reading:  # fmt: skip
    """Our reading of answers by path below /data; the seeds are those of the household list."""
    form = LIBRARY.versions(form_id)[-1]
    households = [{**HOUSEHOLDS[0], "seed_f": seeds[0], "seed_m": seeds[1]}, HOUSEHOLDS[1]]
    draft = Draft(
        form.model,
        {f"/data/{path}": text for path, text in answers.items()},
        {f"/data/{path}": number for path, number in (counts or {}).items()},
    )
    media = {"households.csv": households, "villages.csv": VILLAGES, "units.csv": UNITS}
    return Reading.of_draft(form.checker, draft, datetime.fromisoformat(NOW), media)


def value(reading: Reading, path: str) -> str | None:
    return reading.nodes[f"/data/{path}"].value


def faults(reading: Reading) -> dict[str, set[str]]:
    """The faults without those of calculations, which these answers leave out."""
    left = {ref: codes - {"calculation"} for ref, codes in reading.faults.items()}
    return {ref.removeprefix("/data/"): codes for ref, codes in left.items() if codes}


def member(number: int, rel: str, sex: str, born: str) -> dict[str, str]:
    base = f"member[{number}]"
    adult = int(born) <= 2011
    answers = {"person/rel": rel, "person/sex": sex, "person/birth_y": born, "person/eth": "01",
               "person/usual": "1", "schooling/edu": "2", "schooling/dis": "0"}  # fmt: skip
    answers |= {"schooling/marital": "1", "work/work7": "0"} if adult else {}
    answers |= {"schooling/school": "1"} if int(born) >= 2002 else {}
    return {f"{base}/{path}": text for path, text in answers.items()}


FAMILY = {
    **member(1, "1", "1", "1980"), **member(2, "2", "2", "1982"), **member(3, "4", "2", "1955"),
    **member(4, "3", "2", "2005"), **member(5, "3", "1", "2015"),
}  # fmt: skip


def respondent(number: int, minutes: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every question answered; each task on all seven days."""
    asked = f"respondent[{number}]/asked"
    answers = {f"c{n}/c{n}_{part}": text for n in TASKS
               for part, text in (("d", "7"), ("m", minutes))}  # fmt: skip
    answers |= {"anchors/sleep_h": "8", "c_fair": "3", "a1_ch": "1", "heard/a2_topic": "1",
                "heard/a3_freq": "1", "heard/a4_lang": "1", "a5_know_addr": "1",
                **{f"knowledge/k{n}": "1" for n in range(1, 7)}}  # fmt: skip
    found = {f"{asked}/{path}": text for path, text in (answers | dict(more or {})).items() if text}
    return {f"respondent[{number}]/available": "1", **found}


def interview(
    more: Mapping[str, str] | None = None, *, seeds: tuple[str, str] = ("7", "4")
) -> Reading:
    answers = {**COVER, "consent/consent_hh": "1", **FAMILY, **respondent(1, "30"),
               **respondent(2, "30"), **(more or {})}  # fmt: skip
    return read("household", answers, {"member": 5, "respondent": 2}, seeds)


def test_whole_interview_has_no_fault() -> None:
    reading = interview()
    assert faults(reading) == {}
    assert value(reading, "result") == "1"
    assert value(reading, "village") == "AK01"
    assert value(reading, "respondent[1]/asked/care_w") == "38.5"
    assert value(reading, "respondent[1]/care_excluded") == "0"


@pytest.mark.parametrize(
    ("contact", "consent", "result"),
    [("1", "0", "3"), ("4", "", "4"), ("5", "", "5"), ("6", "", "6")],
)
def test_refused_and_absent_end_the_interview(contact: str, consent: str, result: str) -> None:
    reading = read("household", {**COVER, "contact": contact, "consent/consent_hh": consent})
    assert faults(reading) == {}
    assert value(reading, "result") == result
    assert not reading.relevant("/data/member[1]/person/sex")


def test_everyone_eligible_is_chosen_equally() -> None:
    """Three women and one man are 15 or more: seeds 0, 1, 2 choose each woman once."""
    chosen = [
        value(interview(seeds=(str(seed), "0")), "selection/selected_woman") for seed in range(6)
    ]
    assert chosen == ["2", "3", "4"] * 2
    assert value(interview(seeds=("0", "719999")), "selection/selected_man") == "1"
    assert value(interview(), "respondent[1]/eligible") == "3"
    assert 720720 % 3 == 0


def test_children_and_visitors_are_not_eligible() -> None:
    reading = interview({"member[3]/person/usual": "0"})
    assert value(reading, "selection/women_15") == "2"


def test_one_head() -> None:
    assert faults(interview({"member[2]/person/rel": "1"}))["member[2]/person/rel"] == {
        "constraint"
    }
    assert faults(interview({"member[1]/person/rel": "3"}))["member[1]/person/rel"] == {
        "constraint"
    }


def test_a_child_as_old_as_the_head_is_confirmed() -> None:
    path = "member[4]/person/age_ok"
    assert faults(interview({"member[4]/person/birth_y": "1969"}))[path] == {"required"}


@pytest.mark.parametrize("code", ["-8", "-9"])
@pytest.mark.parametrize("question", ["c1/c1_d", "c11/c11_m"])
def test_refused_and_unknown_are_not_zero(question: str, code: str) -> None:
    more = {f"respondent[1]/asked/{question}": code}
    if question.endswith("_d"):
        more["respondent[1]/asked/c1/c1_m"] = ""
    reading = interview(more)
    assert faults(reading) == {}
    assert value(reading, "respondent[1]/asked/care_w") == ""
    assert value(reading, "respondent[1]/care_excluded") == "1"
    assert value(reading, "respondent[2]/care_excluded") == "0"


def test_nobody_answers_for_another() -> None:
    answers = {**COVER, "consent/consent_hh": "1", **FAMILY, **respondent(1, "30"),
               "respondent[2]/available": "2"}  # fmt: skip
    reading = read("household", answers, {"member": 5, "respondent": 2})
    assert faults(reading) == {}
    assert value(reading, "result") == "2"
    assert value(reading, "respondent[2]/care_excluded") == "1"


def test_no_housework_at_all_is_confirmed() -> None:
    none = {f"respondent[2]/asked/c{n}/c{n}_d": "0" for n in TASKS}
    none |= {f"respondent[2]/asked/c{n}/c{n}_m": "" for n in TASKS}
    path = "respondent[2]/asked/c_zero_ok"
    reading = interview(none)
    assert value(reading, "respondent[2]/asked/care_w") == "0"
    assert faults(reading) == {path: {"required"}}
    assert faults(interview(none | {path: "1"})) == {}
    assert faults(interview(none | {path: "0"})) == {path: {"constraint"}}


@pytest.mark.parametrize(
    ("minutes", "sleep", "confirmed", "expected"),
    [
        ("75", "10", "", set()),  # 13.75 + 10 hours
        ("75", "11", "", {"required"}),  # above 24: to be confirmed
        ("75", "11", "1", set()),
        ("75", "13", "1", {"constraint"}),  # above 26: to be corrected
        ("90", "2", "1", {"constraint"}),  # 115.5 hours of care a week
    ],
)
def test_a_day_has_24_hours(minutes: str, sleep: str, confirmed: str, expected: set[str]) -> None:
    path = "respondent[1]/asked/c_day_ok"
    more = respondent(1, minutes, {"anchors/sleep_h": sleep, "c_day_ok": confirmed})
    assert faults(interview(more)).get(path, set()) == expected


def test_support_is_asked_of_one_person() -> None:
    reading = interview()
    assert reading.relevant("/data/respondent[1]/asked/support/v1_know")
    assert not reading.relevant("/data/respondent[2]/asked/support/v1_know")


def test_a_new_household_draws_its_own_seed() -> None:
    answers = {**COVER, "household": "new", "household_new": "AK01-M01", "village_new": "AK01",
               "consent/consent_hh": "1", **FAMILY, "selection/rand_f": "5",
               "selection/rand_m": "5"}  # fmt: skip
    reading = read("household", answers, {"member": 5})
    assert value(reading, "village") == "AK01"
    assert value(reading, "selection/selected_woman") == "4"


BIRTH = {"today": "2026-03-04", "ym": "2026-02", "live": "1", "sex": "2", "plurality": "1",
         "mother_birth_y": "1998", "mother_eth": "01", "parity": "1", "res_village": "AK01",
         "place": "2"}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        ("ym", "2026-03", set()),
        ("ym", "2026-04", {"constraint"}),  # not yet
        ("ym", "2026-13", {"constraint"}),
        ("ym", "02/2026", {"constraint"}),
        ("mother_birth_y", "2016", set()),
        ("mother_birth_y", "2017", {"constraint"}),
        ("mother_birth_y", "1971", set()),
        ("mother_birth_y", "1970", {"constraint"}),
        ("res_village", "AK99", {"choice"}),
    ],
)
def test_births(path: str, text: str, codes: set[str]) -> None:
    assert faults(read("births", {**BIRTH, path: text})).get(path, set()) == codes


def test_age_of_the_mother() -> None:
    assert value(read("births", BIRTH), "mother_age") == "28"


MONTH = {"today": "2026-07-02", "ym": "2026-05", "no_births": "0", "n_births": "7",
         "deaths/deaths_direct": "0", "deaths/deaths_indirect": "0",
         "deaths/deaths_incidental": "0", "unit": "tram-y-te", "signing/submitter": "Y sĩ",
         "signing/approver": "Trưởng trạm", "signing/revises": "0"}  # fmt: skip


def test_a_month_without_births_says_so() -> None:
    assert faults(read("births_month", MONTH)) == {}
    assert faults(read("births_month", {**MONTH, "n_births": "0"})) == {"n_births": {"constraint"}}
    assert faults(read("births_month", {**MONTH, "no_births": "1", "n_births": ""})) == {}
    reading = read("births_month", {**MONTH, "no_births": "1"})
    assert faults(reading) == {"n_births": {"irrelevant"}}


def test_june_brings_the_population() -> None:
    missing = faults(read("births_month", {**MONTH, "ym": "2026-06"}))
    assert missing == {
        "population/women_10_14": {"required"}, "population/women_15_19": {"required"}
    }  # fmt: skip


TITLES = ("submitter", "approver", "revision_reason", "focal_title")

# -- what holds for every form ------------------------------------------------------------------


def nodes(form: Form) -> Iterator[dict[str, Any]]:
    left = list(form.model["nodes"])
    while left:
        node = left.pop()
        yield node
        left += node.get("children", ())


@pytest.mark.parametrize("form", LIBRARY, ids=repr)
def test_texts_are_in_both_languages(form: Form) -> None:
    for node in nodes(form):
        if node["kind"] in ("question", "note"):
            assert set(node["label"]) == {"vi", "en"}, node["name"]
        if "constraint" in node:
            assert set(node["constraint_msg"]) == {"vi", "en"}, node["name"]
        if "required_msg" in node:  # without it, whoever asks says it in their own words
            assert set(node["required_msg"]) == {"vi", "en"}, node["name"]
    for items in form.model["lists"].values():
        assert all(item["label"]["vi"] and item["label"]["en"] for item in items)


@pytest.mark.parametrize("form", LIBRARY, ids=repr)
def test_nothing_identifies_a_person_or_a_place(form: Form) -> None:
    """No position, no picture or recording; free text only for what is no person and no address."""
    asked = [node for node in nodes(form) if node["kind"] == "question"]
    questions = [node for node in asked if not node.get("on_device")]  # those never leave the phone
    free = {node["name"] for node in questions if node["type"] == "text"}
    assert free <= {"household_new", "ym", *TITLES, "body_name", "title", "link", "place_code"}
    assert all("constraint" in node for node in questions if node["type"] == "text")
    kinds = {node["type"] for node in questions}
    assert kinds <= {"text", "integer", "decimal", "date", "select_one", "select_multiple"}


def test_consent_page_does_not_name_violence() -> None:
    (consent,) = [n for n in nodes(LIBRARY.versions("household")[-1]) if n["name"] == "consent"]
    assert not re.search(r"bạo lực|violence|đánh|xâm hại", str(consent), re.IGNORECASE)


def test_model_is_small_on_the_wire(tmp_path: Path) -> None:
    """The household's model in at most 10 KiB of Brotli."""
    file = tmp_path / "model.json"
    file.write_bytes(LIBRARY.versions("household")[-1].json)
    script = "const z=require('zlib'),f=require('fs');process.stdout.write(String(" \
        "z.brotliCompressSync(f.readFileSync(process.argv[1])).length))"  # fmt: skip
    size = subprocess.run(["node", "-e", script, str(file)], capture_output=True, check=True)
    assert int(size.stdout) <= 10 * 1024
