"""`flask export-lake`: what leaves, what is written again, and what the country makes of it."""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import orjson
import pandas as pd
import pytest
import sampled
import world
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.national import country, lake, workers
from analysis.national.writing import MANIFEST
from collector import reporting
from collector.models import Submission, Unit, User
from collector.service import Service
from collector.store import draws

MEMBERS, RESPONDENTS = "household.member", "household.respondent"


def post(client: FlaskClient, household: str, **changes: object) -> None:
    text = world.xml(world.completed(household, **changes))  # type: ignore[arg-type]
    done = client.post("/openrosa/submission", headers=world.basic(), **world.multipart(text))
    assert done.status_code == 201, done.text


def export(app: Flask, root: Path) -> str:
    done = app.test_cli_runner().invoke(args=["export-lake", str(root), "--province", "01"])
    assert done.exit_code == 0, done.output
    return str(done.output)


def folder(root: Path) -> Path:
    return root / "province=01" / "commune=11668"


def stamps(root: Path) -> dict[str, int]:
    files = (file for file in root.rglob("*") if file.is_file())
    return {str(file.relative_to(root)): file.stat().st_mtime_ns for file in files}


def test_only_what_changed_is_written_again(
    app: Flask, client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    root = tmp_path / "lake"
    post(client, "AK01-001", members=3)
    post(client, "AK01-002")
    year = session.scalars(select(Submission.year)).first()
    session.commit()
    assert "3 phần ghi" in export(app, root)
    before = stamps(root)
    assert "0 phần ghi" in export(app, root)
    assert stamps(root) == before

    last = session.scalars(select(Submission).order_by(Submission.id.desc())).first()
    assert last is not None and year is not None
    last.state = "excluded"
    session.commit()
    told = export(app, root)
    assert f"ghi/written\tunits/year={year}" in told
    assert f"ghi/written\t{MEMBERS}/year={year}" in told
    assert f"giữ/kept\t{RESPONDENTS}/year={year}" in told  # nobody was drawn in that household
    assert (
        stamps(root)[f"province=01/commune=11668/{lake.part(RESPONDENTS, year)}"]
        == (before[f"province=01/commune=11668/{lake.part(RESPONDENTS, year)}"])
    )
    units = pd.read_parquet(folder(root) / lake.part(lake.UNITS, year))
    first = session.scalars(select(Submission.id).order_by(Submission.id)).first()
    assert units["_submission"].tolist() == [first] and units["population"].tolist() == [40.0]

    (folder(root) / lake.part(MEMBERS, year)).unlink()
    assert "1 phần ghi" in export(app, root)  # a file that is gone comes again, the others stay
    session.query(Submission).update({"state": "excluded"})
    session.commit()
    assert "3 bỏ" in export(app, root)
    assert [file.name for file in folder(root).rglob("*") if file.is_file()] == [MANIFEST]


def test_a_draw_changes_the_units_and_one_of_villages_makes_them_the_sampling_units(
    app: Flask, client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    root = tmp_path / "lake"
    post(client, "AK01-001")
    post(client, "AK01-002")
    year = session.scalars(select(Submission.year)).first()
    session.commit()
    export(app, root)
    drawn = sampled.draw(session, year=year)
    told = export(app, root)
    assert f"ghi/written\tunits/year={year}" in told
    units = pd.read_parquet(folder(root) / lake.part(lake.UNITS, year))
    assert units["weight"].tolist() == [20.0, 20.0] and units["psu"].isna().all()
    draws.withdraw(session, drawn, "thử", sampled.officer(session), datetime.now(UTC))
    made = sampled.draw(session, year=year, villages=1)
    (village,) = {one.village for one in draws.households(session, made)}
    for number in range(1, 6):
        sampled.complete(session, number, f"{village}-0{number + 10}")
    session.commit()
    export(app, root)
    units = pd.read_parquet(folder(root) / lake.part(lake.UNITS, year))
    assert set(units["psu"]) == {village} and set(units["stratum"]) == {"pps"}
    assert units["population"].isna().all() and (units["weight"] > 8).all()
    people = pd.read_parquet(folder(root) / lake.part(MEMBERS, year))
    assert set(people["_submission"]) == set(units["_submission"])


def test_no_code_no_text_and_no_refused_household_leaves(
    app: Flask, client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    root = tmp_path / "lake"
    post(client, "AK01-001", members=2)
    refused = world.xml(world.refused("AK01-002"))
    client.post("/openrosa/submission", headers=world.basic(), **world.multipart(refused))
    export(app, root)
    frames = {file.parts[-3]: pd.read_parquet(file) for file in root.rglob("*.parquet")}
    assert set(frames) == {lake.UNITS, MEMBERS, RESPONDENTS}
    for name, frame in frames.items():
        assert tuple(frame.columns) == lake.columns()[name]
    interview = session.scalars(select(Submission.id).where(Submission.result == "1")).one()
    assert frames[MEMBERS]["_submission"].tolist() == [interview] * 2
    content = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
    for private in (b"AK01-001", b"thon1", b"uuid:"):
        assert private not in content
    assert folder(root).stat().st_mode & 0o077 == 0
    manifest = json.loads((folder(root) / MANIFEST).read_text(encoding="utf-8"))
    assert (manifest["commune"], manifest["demonstration"]) == ("11668", False)

    found = country.compute(root, workers.here, lonely="adjust")
    assert (found.communes, found.households) == (1, 1)


def test_a_commune_whose_province_is_not_known_must_name_it(app: Flask, tmp_path: Path) -> None:
    arguments = ["export-lake", str(tmp_path / "lake"), "--province", "Hà Nội"]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 1 and "--province" in done.output


def vocational(session: Session, women: int, period: str = "2026", **more: object) -> int:
    """A school's return, as the way in would have stored it."""
    number = world.new_id()
    answers = {"nil": "0", "vet_f": women, "vet_m": 20}
    row = {
        "form": "school_year", "version": "2026.1", "instance_id": number,
        "digest": hashlib.sha256(number.encode()).digest(), "xml": zlib.compress(b"<data/>"),
        "answers": orjson.dumps({"school_year": answers}).decode(), "faults": "[]", "flags": "[]",
        "state": "stored", "channel": "phone", "unit": "truong-1", "period": period,
        "year": int(period[:4]), "claim": number,
        "account_id": session.scalars(select(User.id).where(User.username == "canbo")).one(),
        "received_at": datetime(2027, 1, 4, 3, tzinfo=UTC), **more,
    }  # fmt: skip
    made = Submission(**row)
    session.add(made)
    session.commit()
    return made.id


def told(root: Path, code: str = "VET_F", year: int = 2026) -> dict[str, object]:
    frame = pd.read_parquet(folder(root) / lake.part(lake.RETURNS, year))
    row: dict[str, object] = frame[(frame["indicator"] == code) & (frame["variant"] == "")].iloc[0]
    return row


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_returns_leave_as_sums_and_again_when_anything_that_decides_them_changed(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    root, part = tmp_path / "lake", f"\t{lake.RETURNS}/year=2026"
    session.add(Unit(code="truong-1", kind="school", name="Trường bí mật", active=True))
    first = vocational(session, 12)
    vocational(session, 5, period="2025")
    assert "2 phần ghi" in export(app, root)
    row = told(root)
    assert (row["numerator"], row["denominator"]) == (12, 32)
    assert (row["returns_present"], row["returns_owed"], row["provisional"]) == (1, 1, False)
    assert told(root, year=2025)["numerator"] == 5
    assert told(root, "VICTIM_SERV")["missing"] == "no_data"
    before = stamps(root)
    assert "0 phần ghi" in export(app, root) and stamps(root) == before

    session.add(Unit(code="truong-2", kind="school", name="Trường hai", active=True))
    session.commit()  # another school owes: nothing came, and yet the sum is provisional
    assert f"ghi/written{part}" in export(app, root)
    assert (told(root)["returns_owed"], told(root)["provisional"]) == (2, True)

    vocational(session, 4, unit="truong-2")
    export(app, root)
    assert (told(root)["numerator"], told(root)["denominator"]) == (16, 56)
    sent = session.get(Submission, first)
    assert sent is not None
    sent.state = "returned"
    session.commit()
    assert f"ghi/written{part}" in export(app, root)
    assert (told(root)["numerator"], told(root)["provisional"]) == (4, True)

    content = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
    for private in ("truong-", "Trường", "school_year"):
        assert private.encode() not in content
    session.query(Submission).where(Submission.year == 2025).update({"state": "excluded"})
    session.commit()
    assert "1 bỏ" in export(app, root)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_country_says_of_one_commune_what_its_own_report_says(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    for number, kind in enumerate(("school", "school", "culture")):
        code = f"truong-{number + 1}"
        session.add(Unit(code=code, kind=kind, name=code, active=True))
    vocational(session, 12)
    vocational(session, 7, unit="truong-2")
    export(app, tmp_path / "lake")
    service = cast(Service, app.extensions["so-thon"])
    (plan,) = (one for one in reporting.plans(session) if one.id == "binh-lu-2026-2030")
    report = reporting.report(session, service.library, plan, 2026, demonstration=False)
    found = country.compute(
        tmp_path / "lake", workers.here, year=2026, codes=lake.RETURNED, minimum=0
    )
    whole = {(e.indicator, e.variant): e for e in found.estimates if not e.by}
    own = [r.estimate for r in report.results if r.indicator.code in lake.RETURNED]
    own = [one for one in own if not one.by]
    assert any(one.exact for one in own)
    for one in own:
        there = whole[one.indicator, one.variant]
        assert (there.exact, there.value, there.missing) == (one.exact, one.value, one.missing)
        assert (there.numerator, there.provisional) == (one.numerator, one.provisional), one
