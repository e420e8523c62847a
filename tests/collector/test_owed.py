"""What the database knows of what is owed: arrivals, people, hand-overs, assignments, marks."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
import world
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.plans import FOLDER, load
from collector import problems
from collector.duties import Standing
from collector.models import Submission, Unit, User
from collector.occasions import OFFICE, Occasion, occasions
from collector.problems import Problem
from collector.store import accounts, assignments, duties, marks, units
from collector.store.units import Contact, Note

DAY = date(2026, 6, 20)
FORM = "births_month"
PLAN = load(FOLDER / "an-khanh-2026-2030.toml")


def account(session: Session, name: str) -> int:
    return session.scalars(select(User.id).where(User.username == name)).one()


def send(
    session: Session, period: str, answers: Mapping[str, Any] | None = None, **more: Any
) -> int:
    """A return of the station, as the way in would have stored it."""
    number = world.new_id()
    row = {
        "form": FORM,
        "version": "2026.1",
        "instance_id": number,
        "digest": hashlib.sha256(number.encode()).digest(),
        "xml": zlib.compress(b"<data/>"),
        "answers": orjson.dumps({FORM: {"ym": period, **(answers or {})}}).decode(),
        "faults": "[]",
        "flags": "[]",
        "state": "stored",
        "channel": "phone",
        "account_id": account(session, "tram"),
        "unit": "tram-y-te",
        "period": period,
        "year": int(period[:4]),
        "claim": number,
        "received_at": datetime(2026, 6, 4, 3, tzinfo=UTC),
        **more,
    }
    made = Submission(**row)
    session.add(made)
    session.flush()
    return made.id


def months(session: Session, day: date = DAY) -> dict[str, Standing]:
    found = duties.duties(session, world.library(), 2026, day, "tram-y-te")
    return {one.period: one.standing for one in found if one.form == FORM}


def test_the_states_of_a_year(session: Session) -> None:
    send(session, "2026-01", state="accepted")
    send(session, "2026-02")
    send(session, "2026-03", {"nil": "1"})
    send(session, "2026-04", state="returned")
    found = months(session)
    assert [found[f"2026-{month:02}"].value for month in range(1, 8)] == [
        *("approved", "received", "nil", "returned", "late", "not_due", "not_due")
    ]
    assert months(session, date(2026, 6, 5))["2026-05"] is Standing.DUE


def test_what_does_not_answer_for_a_period(session: Session) -> None:
    send(session, "2026-01", state="excluded")
    send(session, "2026-02", superseded=True)
    send(session, "2026-03", flags='[{"code":"other_unit"}]', state="flagged")
    send(session, "2026-04", unit="cong-an")
    send(session, "2025-05", year=2025)
    assert {state.value for period, state in months(session).items() if period < "2026-06"} == {
        "late"
    }


def test_of_two_returns_the_one_that_counts_answers(session: Session) -> None:
    first = send(session, "2026-01")
    send(session, "2026-01", state="flagged", claim=None)
    found = duties.duties(session, world.library(), 2026, DAY, "tram-y-te")
    january = next(one for one in found if (one.form, one.period) == (FORM, "2026-01"))
    assert january.arrived is not None and january.arrived.submission == first


def test_owed_follows_the_unit_s_own_days(session: Session) -> None:
    units.change(session, "tram-y-te", kind="station", name="Trạm Y tế", since=date(2026, 3, 15))
    units.deactivate(session, "tram-y-te", date(2026, 8, 31))
    form = world.form(FORM)
    assert duties.owed(session, form, 2026) == [
        ("tram-y-te", f"2026-{month:02}") for month in range(3, 9)
    ]
    assert duties.owed(session, world.form("births"), 2026) == [], "sent when something happens"
    assert duties.owed(session, world.form("household"), 2026) == [], "no unit fills it"


def test_a_unit_that_ended_has_no_account_in_use(session: Session) -> None:
    units.deactivate(session, "tram-y-te", DAY)
    assert accounts.by_username(session, "tram") is None
    units.activate(session, "tram-y-te")
    assert session.get_one(Unit, "tram-y-te").until is None
    assert accounts.by_username(session, "tram") is None, "somebody opens it again"


def test_a_unit_has_one_focal_officer_and_a_history(session: Session) -> None:
    units.set_focal(session, "cong-an", Contact("Phó Trưởng Công an", "0225 000 0001"), DAY)
    units.set_focal(session, "cong-an", Contact(" Trưởng Công an ", "", "ca@xa.example.vn"), DAY)
    now = units.focals(session)["cong-an"]
    assert (now.title, now.phone, now.email) == ("Trưởng Công an", "", "ca@xa.example.vn")
    former = units.focal_history(session, "cong-an")[1]
    assert (former.title, former.phone, former.until) == ("Phó Trưởng Công an", "", DAY)


@pytest.mark.parametrize(
    "contact",
    [Contact(" "), Contact("x", "gọi sau"), Contact("x", "", "a@b"), Contact("x", "", "a b@c.vn")],
)
def test_a_faulty_contact_is_refused(contact: Contact) -> None:
    with pytest.raises(Problem) as refused:
        contact.checked()
    assert refused.value.kind is problems.INVALID_FOCAL


def test_a_hand_over_ends_the_old_account_and_keeps_what_it_sent(session: Session) -> None:
    sent = send(session, "2026-05")
    new = accounts.add_user(
        session,
        username="tram2",
        display_name="Trạm 2",
        role=accounts.Role.UNIT,
        password=world.PASSWORD,
        unit="tram-y-te",
    )
    old, officer = account(session, "tram"), account(session, "canbo")
    note = Note(old, new, date(2026, 6, 1), " Nghỉ hưu ")
    units.hand_over(session, "tram-y-te", note, officer, DAY)
    assert accounts.by_username(session, "tram") is None
    assert accounts.by_username(session, "tram2") is not None
    assert session.get_one(Submission, sent).account_id == old
    (row,) = units.hand_overs(session, "tram-y-te")
    assert (row.day, row.reason, row.old, row.new) == (note.day, "Nghỉ hưu", "Tram", "Trạm 2")
    with pytest.raises(Problem) as refused:
        units.hand_over(session, "tram-y-te", note, officer, DAY)
    assert refused.value.kind is problems.INVALID_HAND_OVER, "the old one is closed already"


def test_nobody_hands_over_another_unit_s_account(session: Session) -> None:
    officer = account(session, "canbo")
    note = Note(account(session, "tram"), account(session, "congan"), DAY, "x")
    with pytest.raises(Problem) as refused:
        units.hand_over(session, "tram-y-te", note, officer, DAY)
    assert refused.value.kind is problems.INVALID_HAND_OVER
    assert accounts.by_username(session, "tram") is not None


def test_orphans_and_contradictions_of_an_khanh(session: Session) -> None:
    found = assignments.responsible(session, PLAN)
    plan_orphans = {one.id for one in PLAN.targets if not one.responsible_kinds}
    assert plan_orphans == {"AK-2.1", "AK-2.2", "AK-3.1"}
    assert {target for target, who in found.items() if who.orphan} >= plan_orphans
    assert [target for target, who in found.items() if who.contradictory] == ["AK-6.3"]
    assert found["AK-4.1"].units == ("tram-y-te",)


def test_the_commune_s_own_assignment_stands_in_place_of_the_plan(session: Session) -> None:
    officer = account(session, "canbo")
    assignments.assign(session, PLAN, "AK-6.3", "cong-an", "12/QĐ-UBND", officer)
    assignments.assign(session, PLAN, "AK-6.3", "tram-y-te", "12/QĐ-UBND", officer)
    with pytest.raises(Problem) as refused:
        assignments.assign(session, PLAN, "AK-6.3", "cong-an", "13/QĐ-UBND", officer)
    assert refused.value.kind is problems.ALREADY_ASSIGNED
    who = assignments.responsible(session, PLAN)["AK-6.3"]
    assert who.units == ("cong-an", "tram-y-te") and not who.contradictory and not who.orphan
    for row in assignments.current(session, PLAN.id):
        assignments.take_back(session, PLAN.id, row.id, officer)
    assert assignments.responsible(session, PLAN)["AK-6.3"].contradictory
    assert len(assignments.ended(session, PLAN.id)) == 2
    assignments.assign(session, PLAN, "AK-6.3", "cong-an", "14/QĐ-UBND", officer)


def test_an_assignment_needs_a_document_a_target_and_a_unit(session: Session) -> None:
    officer = account(session, "canbo")
    for target, unit, document, kind in (
        ("AK-6.3", "cong-an", "  ", problems.DOCUMENT_NEEDED),
        ("AK-9.9", "cong-an", "1", problems.NOT_FOUND),
        ("AK-6.3", "khong-co", "1", problems.NOT_FOUND),
    ):
        with pytest.raises(Problem) as refused:
            assignments.assign(session, PLAN, target, unit, document, officer)
        assert refused.value.kind is kind


def _report(session: Session) -> Occasion:
    plan = load(FOLDER / "binh-lu-2026-2030.toml")
    noted = marks.marks(session, plan.id)
    found = occasions(plan, duties.workers(session), 2026, date(2026, 11, 20), noted)
    return next(one for one in found if one.report and one.unit == OFFICE)


def test_a_report_is_noted_once_with_its_number(session: Session) -> None:
    given: dict[str, Any] = {"account_id": account(session, "canbo"), "today": date(2026, 11, 20)}
    one = _report(session)
    with pytest.raises(Problem) as refused:
        marks.put(session, one, done_on=date(2026, 11, 21), document="1", **given)
    assert refused.value.kind is problems.FUTURE_DAY
    with pytest.raises(Problem) as refused:
        marks.put(session, one, done_on=date(2026, 11, 19), document=" ", **given)
    assert refused.value.kind is problems.DOCUMENT_NEEDED
    marks.put(session, one, done_on=date(2026, 11, 19), document="9/BC", **given)
    with pytest.raises(Problem) as refused:
        marks.put(session, one, done_on=date(2026, 11, 19), document="9/BC", **given)
    assert refused.value.kind is problems.ALREADY_MARKED
    assert _report(session).mark is not None
    marks.remove(session, one)
    assert _report(session).mark is None
