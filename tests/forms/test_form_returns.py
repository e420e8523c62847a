"""The published returns: what each refuses, at its place, and what it lets pass."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from collector.demonstration.returns import returns
from collector.demonstration.send import media
from collector.demonstration.shape import nested
from forms.answers import Checked, check
from forms.instance import parse_xml, render_xml
from forms.library import Form, Library
from forms.settings import UNIT_KINDS

LIBRARY = Library(Path(__file__).parents[2] / "forms" / "published")
LISTS = media()
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SENT = list(returns(Random(7)))
COMMON = {"unit", "submitter", "approver", "revises", "revision_reason"}


def forms_of_units() -> list[Form]:
    """The forms that units fill, but the births register (one birth a form)."""
    found = [f for f in LIBRARY.forms() if set(f.about.get("filled_by", ())) & set(UNIT_KINDS)]
    return [form for form in found if form.id != "births" and "unit" in form.about]


def example(form_id: str) -> dict[str, Any]:
    """The first of the demonstration's returns that has figures."""
    return next(f.answers for f in SENT if f.form == form_id and f.answers.get("nil") != "1")


def checked(form_id: str, answers: dict[str, Any]) -> Checked:
    form = LIBRARY.versions(form_id)[-1]
    xml = render_xml(form, nested(form, answers), "uuid:return")
    return check(form, parse_xml(xml), now=NOW, media=LISTS)


def faults(form_id: str, answers: dict[str, Any]) -> set[tuple[str, str]]:
    """(question, code), without those of calculations, which these answers leave out."""
    found = checked(form_id, answers).faults
    return {(fault.name, fault.code) for fault in found if fault.code != "calculation"}


def changed(form_id: str, changes: dict[str, str], row: str = "") -> set[tuple[str, str]]:
    """The faults of the example with changes, in the first instance of the repeat `row`."""
    answers = example(form_id)
    if row:
        first, *others = answers[row]
        return faults(form_id, {**answers, row: [{**first, **changes}, *others]})
    return faults(form_id, {**answers, **changes})


@pytest.mark.parametrize("form_id", sorted({filled.form for filled in SENT}))
def test_an_honest_return_passes(form_id: str) -> None:
    assert faults(form_id, example(form_id) if form_id != "brokerage_year" else _nil()) == set()


def _nil() -> dict[str, Any]:
    return next(f.answers for f in SENT if f.form == "brokerage_year")


# form, repeat of which the first row is changed, changes, where the fault is
REFUSED: list[tuple[str, str, dict[str, str], str]] = [
    # a part that exceeds the whole
    ("police_year", "", {"served_f": "30"}, "served_f"),
    ("police_year", "", {"detected_m": "5"}, "detected_m"),
    ("police_year", "", {"served_f_0_15": "2"}, "served_f_0_15"),
    ("police_year", "", {"detected_f_60": "9"}, "detected_f_60"),
    ("police_year", "", {"form_physical_f": "40"}, "form_physical_f"),
    ("police_year", "", {"service_shelter_m": "9"}, "service_shelter_m"),
    ("police_year", "", {"unprosecuted_m": "99"}, "unprosecuted_m"),
    ("police_year", "", {"counselled_f": "2"}, "counselled_f"),
    ("police_year", "", {"supported_f": "2"}, "supported_f"),
    ("school_year", "grade", {"completed_kinh_f": "300"}, "completed_kinh_f"),
    ("school_year", "grade", {"dropped_kinh_m": "300"}, "dropped_kinh_m"),
    ("school_year", "grade", {"grade_no": "2"}, "grade_no"),  # the second row's grade
    ("school_year", "", {"classes_gender": "11"}, "classes_gender"),
    ("school_year", "", {"lessons_gender": "9999"}, "lessons_gender"),
    ("school_support_year", "", {"pupils_violence_f": "13"}, "pupils_violence_f"),
    ("leaders_year", "", {"plan_party_f_young": "13"}, "plan_party_f_young"),
    ("economy_year", "", {"enterprises_m": "3"}, "enterprises_m"),
    ("economy_year", "", {"coops_f": "6"}, "coops_f"),
    ("commitments_year", "", {"party_both": "28"}, "party_both"),
    ("commitments_year", "", {"party_informed": "28"}, "party_informed"),
    ("complaints_quarter", "", {"petition_pending": "1"}, "petition_pending"),
    ("complaints_quarter", "", {"petition_handled": "2"}, "petition_handled"),
    ("complaints_quarter", "", {"petition_overdue": "1"}, "petition_overdue"),
    ("drafts_year", "", {"plan_revised": "5"}, "plan_revised"),
    ("legal_aid_year", "", {"advice_violence_m": "10"}, "advice_violence_m"),
    ("women_business_year", "", {"loan_poor": "27"}, "loan_poor"),
    ("emergency_year", "", {"medical_girls": "3"}, "medical_girls"),
    ("committee_year", "", {"joined_m": "7"}, "joined_m"),
    ("inspection_year", "inspection", {"fixed": "6"}, "fixed"),
    ("event", "", {"minority": "9999"}, "minority"),
    # a period that has not come, a date of another year
    ("police_year", "", {"year": "2027"}, "year"),
    ("police_year", "", {"year": "2019"}, "year"),
    ("economy_year", "", {"year": "2027"}, "year"),
    ("culture_quarter", "", {"year": "2025", "quarter": "3"}, "quarter"),
    ("training_year", "session", {"session_date": "2024-03-12"}, "session_date"),
    ("news", "", {"date": "2027-01-01"}, "date"),
    # what contradicts itself
    ("event", "", {"campaign": "5"}, "campaign"),  # 20/10 is not in the Action Month
    ("event", "", {"people_f": "0", "people_m": "0"}, "people_m"),
    ("culture_quarter", "", {"n_items": "0", "n_events": "0"}, "n_events"),
    ("news", "", {"link": "xem trang xã"}, "link"),
    # who signs: a title, not a person to be called
    ("police_year", "", {"submitter": "Nguyễn 0912345678"}, "submitter"),
    ("police_year", "", {"approver": "a@b.vn"}, "approver"),
    ("safe_places_year", "place", {"place_code": "Số 5, thôn 3"}, "place_code"),
]


@pytest.mark.parametrize(("form_id", "row", "changes", "where"), REFUSED)
def test_a_wrong_return_is_refused_at_its_place(
    form_id: str, row: str, changes: dict[str, str], where: str
) -> None:
    if changes.get("quarter"):
        changes = {**changes, "today": "2025-05-31"}
    assert (where, "constraint") in changed(form_id, changes, row)


@pytest.mark.parametrize(
    ("form_id", "unit"),
    [("police_year", "truong-thcs"), ("school_year", "cong-an"), ("news", "phu-nu"),
     ("police_year", "khong-co")],
)  # fmt: skip
def test_a_unit_that_is_not_responsible(form_id: str, unit: str) -> None:
    assert ("unit", "choice") in changed(form_id, {"unit": unit})


def test_numbers_are_whole_and_not_negative() -> None:
    assert ("perpetrators_f", "constraint") in changed("police_year", {"perpetrators_f": "-1"})
    assert ("perpetrators_f", "type") in changed("police_year", {"perpetrators_f": "1,8"})
    assert ("perpetrators_f", "required") in changed("police_year", {"perpetrators_f": ""})


# -- what every return has -----------------------------------------------------------------------


@pytest.mark.parametrize("form", forms_of_units(), ids=repr)
def test_every_return_has_its_frame(form: Form) -> None:
    """Period, unit, submitter, approver, nil, revision reason; the once-only fields; a due day."""
    names = {column.name for column in form.tables()[form.id]}
    assert names >= COMMON
    about = form.about
    assert about["period"] in names and about["unit"] == "unit"
    assert ("every" in about) == ("nil" in names or "no_births" in names)
    if "every" in about:
        assert set(about["unique"]) == {about["period"], "unit"}


@pytest.mark.parametrize("form_id", sorted({f.form for f in SENT if "nil" in f.answers}))
def test_a_nil_return_asks_nothing_more(form_id: str) -> None:
    """Nil: the frame alone is enough, and figures beside it are refused."""
    answers = {**example(form_id)} if form_id != "brokerage_year" else {**_nil()}
    form = LIBRARY.versions(form_id)[-1]
    frame = COMMON | {"today", "year", "quarter", "period"}
    bare = {name: value for name, value in answers.items() if name in frame} | {"nil": "1"}
    assert faults(form_id, bare) == set()
    assert ("nil", "required") in faults(form_id, {**bare, "nil": ""})
    if answers.get("nil") == "0":
        codes = {code for _, code in faults(form_id, {**answers, "nil": "1"})}
        assert codes == {"irrelevant"}, form.id


def test_a_correction_says_why() -> None:
    assert changed("police_year", {"revises": "1"}) == {("revision_reason", "required")}


def test_no_address_of_a_shelter_is_asked() -> None:
    """Only a code of the Union's paper book; the village is asked for trusted addresses alone."""
    form = LIBRARY.versions("safe_places_year")[-1]
    columns = {c.name: c.type for c in form.tables()["safe_places_year.place"]}
    assert {name for name, type_ in columns.items() if type_ == "text"} == {"place_code"}
    shelter = {"place_kind": "2", "place_village": "AK01"}
    assert ("place_village", "irrelevant") in changed("safe_places_year", shelter, "place")


def test_the_demonstration_s_returns_are_in_order() -> None:
    """Each return once, and one that corrects another."""
    ids = [filled.instance_id for filled in SENT]
    assert len(set(ids)) == len(ids)
    assert {filled.form for filled in SENT} == {
        form.id for form in forms_of_units() if form.id != "births_month"
    }
    (correction,) = [filled for filled in SENT if filled.replaces]
    assert correction.replaces in ids


@pytest.mark.parametrize("form_id", ["event", "news"])
def test_without_a_day_there_is_no_quarter(form_id: str) -> None:
    """Nor "-QNaN": what an empty number becomes in a text differs between ODK's engines."""
    undated = {name: value for name, value in example(form_id).items() if name != "date"}
    answers = checked(form_id, undated).answers[form_id]
    assert answers.get("quarter") is None
    assert checked(form_id, example(form_id)).answers[form_id]["quarter"][4:6] == "-Q"
