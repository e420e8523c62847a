"""`flask export-lake`: what the units' returns come to leaves, and leaves again when it changes."""

from __future__ import annotations

import hashlib
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
import world
from databases import settings
from exported import export, folder, stamps, told
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.catalogue import CATALOGUE
from analysis.national import country, lake, returns_table, workers
from collector import create_app, reporting
from collector.database import db
from collector.models import Submission, Unit, User
from collector.service import Service
from forms.library import Library

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PART = f"\t{lake.RETURNS}/year=2026"


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


def test_returns_leave_as_sums_and_again_when_anything_that_decides_them_changed(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    root = tmp_path / "lake"
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
    assert f"ghi/written{PART}" in export(app, root)
    assert (told(root)["returns_owed"], told(root)["provisional"]) == (2, True)

    vocational(session, 4, unit="truong-2")
    export(app, root)
    assert (told(root)["numerator"], told(root)["denominator"]) == (16, 56)
    sent = session.get(Submission, first)
    assert sent is not None
    sent.state = "returned"
    session.commit()
    assert f"ghi/written{PART}" in export(app, root)
    assert (told(root)["numerator"], told(root)["provisional"]) == (4, True)

    content = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
    for private in ("truong-", "Trường", "school_year"):
        assert private.encode() not in content
    session.query(Submission).where(Submission.year == 2025).update({"state": "excluded"})
    session.commit()
    assert "1 bỏ" in export(app, root)


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


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The forms of the service, in a folder to which a test may add a version."""
    return Path(shutil.copytree(world.ROOT / "forms" / "published", tmp_path / "published"))


@pytest.fixture
def own(database_url: str, tmp_path: Path, published: Path) -> Iterator[tuple[Flask, Session]]:
    """An application on those forms, with a school and its return of 12 women and 20 men."""
    app = create_app(settings(database_url, tmp_path, forms_folder=published))
    with app.app_context(), Session(db.engine) as session:
        session.add(Unit(code="truong-1", kind="school", name="Trường", active=True))
        vocational(session, 12)
        yield app, session
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The years whose table of returns was made, as they are."""
    found: list[int] = []
    rows = returns_table.rows

    def counted(frames: Any, owed: Any, year: int) -> Any:
        found.append(year)
        return rows(frames, owed, year)

    monkeypatch.setattr(returns_table, "rows", counted)
    return found


def version(published: Path, number: str, **changes: str) -> None:
    """Publish the school's form once more, with other words in it."""
    text = (published / "school_year" / "2026.1.md").read_text(encoding="utf-8")
    for old, new in {"2026.1": number, **changes}.items():
        assert old in text
        text = text.replace(old, new)
    Library(published).publish(text.encode(), "school_year.md")


def test_another_declaration_makes_the_returns_again(
    own: tuple[Flask, Session], tmp_path: Path, made: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = own
    root = tmp_path / "lake"
    assert f"ghi/written{PART}" in export(app, root)
    before = stamps(root)
    assert f"giữ/kept{PART}" in export(app, root)
    assert (made, stamps(root)) == ([2026], before)

    of_men = {**CATALOGUE["VET_F"].arguments, "numerator_sum": ("vet_m",)}
    monkeypatch.setitem(CATALOGUE, "VET_F", replace(CATALOGUE["VET_F"], arguments=of_men))
    assert f"ghi/written{PART}" in export(app, root)
    assert (told(root)["numerator"], told(root)["denominator"]) == (20, 32)
    assert f"giữ/kept{PART}" in export(app, root)
    assert made == [2026, 2026]


def test_another_version_of_a_form_makes_the_returns_again(
    own: tuple[Flask, Session], tmp_path: Path, made: list[int], published: Path
) -> None:
    """Also one that changes no number: then the file of the same rows stays as it is."""
    app, _ = own
    root = tmp_path / "lake"
    export(app, root)
    assert (told(root)["returns_owed"], told(root)["provisional"]) == (1, False)
    version(published, "2026.2", **{"| school | year |": "| school station | year |"})
    assert f"ghi/written{PART}" in export(app, root)  # now the health station owes it too
    assert (told(root)["returns_owed"], told(root)["provisional"]) == (2, True)

    file = str((folder(root) / lake.part(lake.RETURNS, 2026)).relative_to(root))
    before = stamps(root)[file]
    version(published, "2026.3", **{"| school | year |": "| school station | year |"})
    assert f"giữ/kept{PART}" in export(app, root)
    assert (made, stamps(root)[file]) == ([2026] * 3, before)
    assert f"giữ/kept{PART}" in export(app, root)
    assert made == [2026] * 3
