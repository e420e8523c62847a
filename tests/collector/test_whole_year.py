"""A reporting year of Bình Lư, computed twice: by the service and by a plain pandas script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, cast

import plain_year
import pytest
import world
import year_data as data
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from analysis.catalogue import CATALOGUE
from analysis.compute import columns_needed, compute
from analysis.design import household_design
from analysis.estimators.prepared import Prepared
from analysis.national import country, lake, workers
from analysis.types import Arithmetic, Estimate, Missing, Report
from collector import lake as export
from collector import reporting
from collector.database import db
from collector.demonstration import commune, interviews, shape
from collector.models import Action, State, Submission, Unit, User
from collector.routes import submissions as route
from collector.service import Service
from collector.store import frames as stored
from collector.store import review

PLAN = "binh-lu-2026-2030"
NOW = datetime(2027, 1, 25, 3, tzinfo=UTC)  # after the last period, when everything may be sent
SURVEY = {"WAGE_F", "AGRI_F", "CARE_RATIO", "AWARE"}

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Clock(datetime):
    """The year is over."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return NOW


class Office:
    """The commune's units, sending and deciding through the service."""

    def __init__(self, app: Flask, client: FlaskClient, session: Session) -> None:
        self.service = cast(Service, app.extensions["so-thon"])
        self.client, self.session = client, session
        self.headers: dict[str, dict[str, str]] = {}
        self.lists = data.media()

    def settle(self) -> None:
        """Units and their accounts beside those of the tests' commune."""
        for code, (kind, account) in data.UNITS.items():
            if self.session.get(Unit, code) is None:
                self.session.add(Unit(code=code, kind=kind, name=code, active=True))
                self.session.flush()
                row = {
                    "username": account, "display_name": account, "role": "unit", "unit": code,
                    "password_hash": world._hash(), "active": True, "locale": "vi",
                    "created_at": datetime.now(UTC),
                }  # fmt: skip
                self.session.execute(insert(User), [row])
        self.session.commit()

    def _phone(self, account: str) -> dict[str, str]:
        if account not in self.headers:
            asked = {"username": account, "password": world.PASSWORD, "device": "máy thử"}
            token = self.client.post("/api/v1/session", json=asked).json["token"]
            self.headers[account] = {"Authorization": f"Bearer {token}"}
        return self.headers[account]

    def send(self, one: Any) -> None:
        """One form by its account's phone; it has to be taken."""
        form = world.form(one.form)
        answers, faults = shape.filled(form, one.answers, self.lists, NOW)
        assert not faults, (one.form, faults)
        body = {
            "form": form.id, "version": form.version, "instance_id": one.instance_id,
            "answers": answers,
            **({"deprecated_id": one.replaces} if one.replaces else {}),
        }  # fmt: skip
        reply = self.client.post("/api/v1/submissions", json=body, headers=self._phone(one.account))
        assert reply.status_code == 201, (one.form, reply.json)

    def give_back(self, instance_id: str) -> None:
        """The officer returns a submission to its sender."""
        row = self.session.scalars(
            select(Submission).where(Submission.instance_id == instance_id)
        ).one()
        officer = self.session.scalars(select(User.id).where(User.username == "canbo")).one()
        review.decide(
            self.session, row.id, revision=row.revision, action=Action.RETURN,
            reason="Thiếu hai hợp tác xã mới thành lập.", account_id=officer, now=NOW,
        )  # fmt: skip
        self.session.commit()

    def report(self) -> Report:
        """The year's report as the service computes it."""
        (plan,) = (one for one in reporting.plans(self.session) if one.id == PLAN)
        library = self.service.library
        return reporting.report(self.session, library, plan, data.YEAR, demonstration=False)


@pytest.fixture
def office(
    app: Flask, client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> Office:
    monkeypatch.setattr(route, "datetime", Clock)
    monkeypatch.setattr(commune, "visited", lambda: data.households(20))
    made = Office(app, client, session)
    made.settle()
    return made


def by_indicator(report: Report) -> Mapping[str, Estimate]:
    return {result.indicator.code: result.estimate for result in report.results}


def everything(office: Office) -> dict[str, Estimate]:
    """Every indicator of the catalogue, whether the plan names it or not, with its parts."""
    session, library = office.session, office.service.library
    wanted = columns_needed()
    forms = sorted({table.split(".")[0] for table in wanted})
    found: dict[str, Any] = {}
    for form in forms:
        columns = {t: names for t, names in wanted.items() if t.split(".")[0] == form}
        found |= stored.frames(session, library.versions(form), [data.YEAR], columns)
    span = {form: range(data.YEAR, data.YEAR + 1) for form in forms}
    versions = {form: library.versions(form) for form in forms}
    design = household_design(found, stored.register(session), year=data.YEAR)
    ready = Prepared(found, design, reporting.obligations(session, versions, span))
    made: dict[str, Estimate] = {}
    for code, indicator in CATALOGUE.items():
        for by in ((), *((name,) for name in indicator.by)):
            for one in compute(indicator, found, design, years=[data.YEAR], by=by, prepared=ready):
                part = "".join(f"/{key}={value}" for key, value in one.by.items())
                made[code + part] = one
    return made


def test_a_whole_year_computed_twice(office: Office, session: Session, tmp_path: Path) -> None:
    rng = Random(645)
    yearly = data.returns(rng)
    items, held = list(data.news(rng)), data.events()
    by_key = {one.key: one for one in yearly}
    for one in yearly:
        if one.key != data.LATE:
            office.send(one)
    for one in (*items, *held, *data.closings(items, held), *data.births(rng)):
        office.send(one)
    for one in interviews.interviews(rng):
        office.send(one)

    # one return is late: what it closes waits, and says how many came
    before = by_indicator(office.report())
    assert before["PRIM_COMP"].provisional
    assert before["PRIM_COMP"].extra["returns_present"] == 2
    assert before["PRIM_COMP"].extra["returns_owed"] == 3
    assert before["MASTER_F"].extra["returns_owed"] == 4  # three schools and home affairs
    results = {result.indicator.code: result for result in office.report().results}
    judged = results["PRIM_COMP"].verdict
    assert judged is not None and judged.arithmetic is Arithmetic.INCOMPLETE
    office.send(by_key[data.LATE])

    # one is returned: nothing of it counts until it comes again
    economy = by_key[data.RETURNED]
    office.give_back(economy.instance_id)
    assert by_indicator(office.report())["BIZ_F"].missing is Missing.NO_DATA
    office.send(data.sent_again(economy))

    # one is revised: only the newer one counts, and the count of victims stands beside the share
    police = by_key[data.REVISED]
    first = by_indicator(office.report())["VICTIM_SERV"]
    office.send(data.revised(police))
    after = by_indicator(office.report())["VICTIM_SERV"]
    assert first.exact is not None and after.exact is not None
    assert (after.exact < first.exact) and after.denominator == (first.denominator or 0) + 1
    assert after.extra["detected"] == after.denominator
    states = session.scalars(select(Submission.state)).all()
    assert set(states) == {State.STORED, State.RETURNED}

    _compare(office)
    _country(office, tmp_path)


def _compare(office: Office) -> None:
    year = plain_year.Year(db.engine, data.YEAR)
    exact = {
        **plain_year.shares(year), **plain_year.counts(year), **plain_year.registers(year),
    }  # fmt: skip
    made, reported = everything(office), by_indicator(office.report())
    for name, value in exact.items():
        assert made[name].exact == value, name
        assert not made[name].provisional, name
    listed = dict.fromkeys(world.VILLAGES, world.HOUSEHOLDS)
    surveyed = plain_year.survey(year, listed)
    assert surveyed.keys() == SURVEY
    for name, number in surveyed.items():
        assert made[name].value == pytest.approx(number, rel=1e-12), name
    assert made["PHD_F"].missing is Missing.NO_CASES  # nobody has a doctorate: 0/0
    assert set(CATALOGUE) == {n for n in exact if "/" not in n} | SURVEY | {"PHD_F"}
    for code, estimate in reported.items():
        if not estimate.by:
            assert (estimate.exact, estimate.value) == (made[code].exact, made[code].value), code
    assert reported["PRIM_COMP"].exact == exact["PRIM_COMP/ethnicity=DTTS"]
    assert (
        _verdicts(office.report())
        >= {
            "NEWS_Q": Arithmetic.NOT_MET,  # three items in a quarter, four are asked of each
            "COLUMN_M": Arithmetic.NOT_MET,  # no column in August
            "SPC_GBV": Arithmetic.QUALITATIVE,
            "TRAFF_SERV": Arithmetic.MET,
        }.items()
    )


def _country(office: Office, root: Path) -> None:
    """The year's lake, of this one commune: what each report says, late, nil and revised."""
    export.export(
        office.session, office.service.library, root, "12", "03390", False, lambda *_: None
    )  # fmt: skip
    found = country.compute(root, workers.here, codes=lake.RETURNED, year=data.YEAR, minimum=0)
    totals = {one.indicator: one for one in found.estimates if not one.by and not one.variant}
    made = everything(office)
    assert len(totals) == 21
    for code, one in totals.items():
        told = made[code]
        same = (told.exact, told.value, told.numerator, told.method, told.n, told.missing)
        assert (one.exact, one.value, one.numerator, one.method, one.n, one.missing) == same, code
        assert (one.provisional, one.note) == (False, None), code


def _verdicts(report: Report) -> Any:
    return {r.indicator.code: r.verdict.arithmetic for r in report.results if r.verdict}.items()
