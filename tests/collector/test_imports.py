"""A workbook in the database: whole or not at all, once however often it comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import excel
import pytest
import world
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Channel, PendingWorkbook, State, Submission, WorkbookLine
from collector.problems import Problem
from collector.service import NAME
from collector.store import accounts, imports, workbooks
from collector.store.accounts import Caller
from collector.store.imports import Outcome, Plan
from forms.workbook import Reading, read

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
BIRTH = excel.BIRTH


class Office:
    """Reads and stores files in the name of the health station."""

    def __init__(self, app: Flask, session: Session, who: str = "tram") -> None:
        self.service, self.session = app.extensions[NAME], session
        caller = accounts.by_username(session, who)
        assert caller is not None
        self.sender: Caller = imports.on_behalf(session, caller, "tram-y-te")

    def look(self, data: bytes, form: str = "births") -> tuple[Reading, Plan]:
        """The file read and compared with what is stored."""
        newest = world.form(form)
        media = self.service.media.rows(self.session, newest, self.sender)
        reading = read(world.library(), newest, data, media, now=NOW)
        assert reading.form is not None and reading.faults == []
        return reading, imports.plan(self.session, reading.form, reading, self.sender)

    def store(self, data: bytes, form: str = "births") -> Outcome:
        """The file stored and committed."""
        reading, plan = self.look(data, form)
        done = imports.store(self.session, self.service.desk, self.sender, reading, plan, NOW)
        self.session.commit()
        return done


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """The station's own account at work."""
    return Office(app, session)


def rows(session: Session) -> list[Mapping[str, Any]]:
    """What counts, in order."""
    columns = Submission.__table__.c
    asked = select(columns).where(columns.superseded.is_(False)).order_by(columns.id)
    return list(session.execute(asked).mappings())


def total(session: Session) -> int:
    """Every stored submission."""
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_every_row_is_a_submission_of_the_unit_and_the_file_again_adds_nothing(
    office: Office, session: Session
) -> None:
    data = excel.births(BIRTH, {**BIRTH, "D": "Trai"}, BIRTH)
    assert office.store(data) == Outcome(new=3, edited=0, same=0, waiting=0)
    found = rows(session)
    assert {(one["unit"], one["channel"], one["state"]) for one in found} == {
        ("tram-y-te", Channel.EXCEL, State.STORED)
    }
    assert [one["period"] for one in found] == ["2026-05"] * 3
    assert office.store(data) == Outcome(new=0, edited=0, same=3, waiting=0)
    assert total(session) == 3


def test_two_requests_at_once_would_give_the_same_ids(office: Office, session: Session) -> None:
    reading, plan = office.look(excel.births(BIRTH, BIRTH))
    office.store(excel.births(BIRTH, BIRTH))
    late = imports.store(session, office.service.desk, office.sender, reading, plan, NOW)
    session.commit()
    assert late.waiting == 0 and total(session) == 2
    assert session.scalar(select(func.count()).select_from(WorkbookLine)) == 2


def test_a_changed_row_is_an_edit_of_the_one_before(office: Office, session: Session) -> None:
    office.store(excel.births(BIRTH, {**BIRTH, "D": "Trai"}))
    changed = excel.births(BIRTH, {**BIRTH, "D": "Trai", "F": 2001})
    assert office.store(changed) == Outcome(new=0, edited=1, same=1, waiting=0)
    now = rows(session)
    assert len(now) == 2 and total(session) == 3 and now[1]["deprecated_id"]
    assert office.store(changed).same == 2
    back = excel.births(BIRTH, {**BIRTH, "D": "Trai"})  # as it was at first: a third version
    assert office.store(back) == Outcome(new=0, edited=1, same=1, waiting=0)
    assert len(rows(session)) == 2 and total(session) == 4


def test_sorted_and_moved_rows_are_known_again_and_rows_that_went_are_told(
    office: Office, session: Session
) -> None:
    one, two, three = ({**BIRTH, "F": year} for year in (1990, 1995, 2000))
    office.store(excel.births(one, two, three))
    assert office.store(excel.births(three, one, two)).same == 3
    _, plan = office.look(excel.births(three, two))
    assert (len(plan.same), [known.number for known in plan.gone]) == (2, ["2"])
    four = {**BIRTH, "F": 2005}
    assert office.store(excel.births(three, two, four)) == Outcome(1, 0, 2, 0)
    assert total(session) == 4 and len(rows(session)) == 4


def test_the_same_words_in_another_template_are_pointed_out(
    office: Office, session: Session
) -> None:
    office.store(excel.births(BIRTH))
    other = excel.births({**BIRTH, "D": "Trai"}, BIRTH, template_id=excel.SECOND)
    reading, plan = office.look(other)
    assert plan.alike == [reading.entries[1]] and len(plan.new) == 2 and not plan.faults


def test_nothing_is_half_stored(office: Office, session: Session) -> None:
    reading, plan = office.look(excel.births(BIRTH, BIRTH))
    reading.entries[1].answers["sex"] = "3"  # whatever the reason: the second row is refused
    with pytest.raises(Problem) as refused:
        imports.store(session, office.service.desk, office.sender, reading, plan, NOW)
    session.rollback()
    assert refused.value.kind is problems.FAULTS
    assert total(session) == 0
    assert session.scalar(select(func.count()).select_from(WorkbookLine)) == 0


def test_a_period_twice_is_told_at_its_cell_unless_it_says_that_it_revises(
    office: Office, session: Session
) -> None:
    office.store(excel.month(), "births_month")
    _, plan = office.look(excel.month(excel.SECOND, deaths_direct=1), "births_month")
    assert [(one.code, one.cell) for one in plan.faults] == [("period_taken", "C4")]
    revised = excel.month(
        excel.SECOND, revises="Có", revision_reason="Ghi sót một ca", deaths_direct=1
    )
    assert office.store(revised, "births_month") == Outcome(0, 1, 0, 0)
    assert len(rows(session)) == 1 and total(session) == 2
    assert office.store(revised, "births_month").same == 1
    mended = excel.month(excel.SECOND, revises="Có", revision_reason="Sửa lần nữa")
    assert office.store(mended, "births_month").edited == 1
    assert len(rows(session)) == 1 and total(session) == 3


def test_another_units_return_is_told_at_its_cell(office: Office) -> None:
    newest = world.form("births_month")
    media = office.service.media.rows(office.session, newest, office.sender)
    data = excel.month(unit="Công an xã")
    reading = read(world.library(), newest, data, media, now=NOW)
    assert [(one.code, one.cell) for one in reading.faults] == [("choice", "C5")]


def test_who_may_send_for_whom(app: Flask, session: Session) -> None:
    officer = Office(app, session, "canbo")
    assert officer.store(excel.births(BIRTH)).new == 1
    row = rows(session)[0]
    name = accounts.by_username(session, "canbo")
    assert name is not None and (row["account_id"], row["unit"]) == (name.id, "tram-y-te")
    with pytest.raises(Problem) as refused:
        Office(app, session, "congan")
    assert refused.value.kind is problems.FORBIDDEN
    station = Office(app, session)
    assert station.store(excel.births(BIRTH)).same == 1  # the unit's file, whoever sent it first


def test_a_copied_template_of_another_unit_makes_rows_of_its_own() -> None:
    reading = read(world.library(), world.form("births"), excel.births(BIRTH), excel.MEDIA, now=NOW)
    entry = reading.entries[0]
    ids = {imports.instance_id(reading.template, unit, entry, None) for unit in ("a", "b", "a")}
    assert len(ids) == 2


def test_a_waiting_file_belongs_to_its_account_and_goes_after_a_day(session: Session) -> None:
    mine, other = (accounts.by_username(session, name) for name in ("tram", "canbo"))
    assert mine is not None and other is not None
    kept = {"unit": "tram-y-te", "form": "births", "filename": "a.xlsx", "content": b"x"}
    token = workbooks.keep(session, mine.id, **kept, now=NOW)
    assert workbooks.pending(session, token, mine.id).content == b"x"
    with pytest.raises(Problem):
        workbooks.pending(session, token, other.id)
    workbooks.keep(session, other.id, **kept, now=NOW + timedelta(hours=25))
    with pytest.raises(Problem):
        workbooks.pending(session, token, mine.id)
    assert session.scalar(select(func.count()).select_from(PendingWorkbook)) == 1
