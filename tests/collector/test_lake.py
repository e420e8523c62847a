"""`flask export-lake`: what leaves, what is written again, and what the country makes of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import sampled
import world
from exported import export, folder, stamps
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.national import country, lake, workers
from analysis.national.writing import MANIFEST
from collector.models import Submission
from collector.store import draws

MEMBERS, RESPONDENTS = "household.member", "household.respondent"


def post(client: FlaskClient, household: str, **changes: object) -> None:
    text = world.xml(world.completed(household, **changes))  # type: ignore[arg-type]
    done = client.post("/openrosa/submission", headers=world.basic(), **world.multipart(text))
    assert done.status_code == 201, done.text


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
