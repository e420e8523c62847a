"""A list that an author brought, on its way to phones, to ODK Collect, to the check and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import world
from databases import settings
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import create_app
from collector.database import db
from collector.models import Channel, State, Submission
from collector.store import accounts
from forms.instance import render_xml

MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
VI, EN = "label::Tiếng Việt (vi)", "label::English (en)"
SCHOOLS = 'name,label,level\nT1,"Trường Mầm non, An Khánh",1\nT2,Trường Tiểu học số 2,2\n'
SHEET = f"""
| survey |
| | type | name | {VI} | {EN} | choice_filter |
| | select_one_from_file villages.csv | village | Thôn | Village | |
| | integer | level | Cấp | Level | |
| | select_one_from_file schools.csv | school | Trường | School | level = ${{level}} |

| settings |
| | form_title | title_en | form_id | version | filled_by |
| | Trường của thôn | Schools | schools | 1 | collector |
"""


@pytest.fixture
def author(tmp_path: Path) -> Path:
    """The author's sheet, with the list as Excel saves it beside it."""
    folder = tmp_path / "author"
    folder.mkdir()
    (folder / "schools.md").write_text(SHEET, encoding="utf-8")
    (folder / "schools.csv").write_text(
        SCHOOLS.replace("\n", "\r\n"), encoding="utf-8-sig", newline=""
    )
    return folder


@pytest.fixture
def app(database_url: str, tmp_path: Path, author: Path) -> Iterator[Flask]:
    """A service on which the command has published the form."""
    (tmp_path / "published").mkdir()
    made = create_app(settings(database_url, tmp_path, forms_folder=tmp_path / "published"))
    done = made.test_cli_runner().invoke(args=["forms", "publish", str(author / "schools.md")])
    assert done.exit_code == 0, done.output
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def token(session: Session) -> dict[str, str]:
    person = accounts.by_username(session, "thon1")
    assert person is not None
    made = accounts.issue_token(session, person.id, Channel.PHONE, "")
    session.commit()
    return {"Authorization": f"Bearer {made}"}


def test_phones_get_it_with_the_form(client: FlaskClient, token: dict[str, str]) -> None:
    (form,) = client.get("/api/v1/forms", headers=token).json["forms"]
    files = {one["filename"]: one for one in form["media"]}
    assert set(files) == {"villages.csv", "schools.csv"}
    assert files["schools.csv"]["hash"] == hashlib.md5(SCHOOLS.encode()).hexdigest()
    reply = client.get(files["schools.csv"]["url"], headers=token)
    assert (reply.text, reply.mimetype) == (SCHOOLS, "text/csv")
    assert client.get(files["schools.csv"]["url"]).status_code == 401
    (form,) = client.get("/api/v1/forms?have=", headers=token).json["forms"]
    assert SCHOOLS in [one["content"] for one in form["media"]], "one round trip for all of it"


def test_collect_finds_it_in_the_manifest(client: FlaskClient) -> None:
    reply = client.get("/openrosa/forms/schools/1/manifest", headers=world.basic())
    files = {one.findtext(f"{MANIFEST}filename"): one for one in ElementTree.fromstring(reply.data)}
    mark = hashlib.md5(SCHOOLS.encode()).hexdigest()
    assert files["schools.csv"].findtext(f"{MANIFEST}hash") == f"md5:{mark}"
    address = files["schools.csv"].findtext(f"{MANIFEST}downloadUrl") or ""
    assert client.get(address, headers=world.basic()).text == SCHOOLS


@pytest.mark.parametrize(
    ("school", "level", "state", "codes"),
    [
        ("T1", "1", State.STORED, []),
        ("T9", "1", State.FLAGGED, ["choice"]),  # not on the list
        ("T2", "1", State.FLAGGED, ["choice"]),  # on it, but of another level
    ],
)
def test_answers_are_checked_against_it(
    app: Flask, client: FlaskClient, session: Session, school: str, level: str, state: State,
    codes: list[str],
) -> None:  # fmt: skip
    form = app.extensions["so-thon"].library.get("schools", "1")
    answers = {"village": "AK01", "level": level, "school": school}
    sent = world.multipart(render_xml(form, answers, "uuid:a"))
    reply = client.post("/openrosa/submission", headers=world.basic(), **sent)
    assert reply.status_code == 201
    row = session.scalars(select(Submission)).one()
    assert (row.state, [fault["code"] for fault in json.loads(row.faults)]) == (state.value, codes)


def test_it_is_exported_with_the_form(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    out = folder / "schools.md"
    args = ["forms", "export", "schools", "--out", str(out)]
    done = app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 0, done.output
    assert (folder / "schools.csv").read_text(encoding="utf-8") == SCHOOLS
    out.write_text(out.read_text(encoding="utf-8").replace("| 1 |", "| 2 |"), encoding="utf-8")
    again = app.test_cli_runner().invoke(args=["forms", "publish", str(out)])
    assert again.exit_code == 0, again.output


def test_a_faulty_list_publishes_nothing(app: Flask, author: Path, tmp_path: Path) -> None:
    sheet = author / "schools.md"
    sheet.write_text(SHEET.replace("| 1 |", "| 2 |"), encoding="utf-8")
    (author / "schools.csv").write_text(SCHOOLS.replace("T2", "T1"), encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["forms", "publish", str(sheet)])
    assert done.exit_code == 1
    told = "survey, dòng 4, cột type: Tệp “schools.csv”, dòng 3: mã “T1” đã có ở dòng 2"
    assert told in done.output
    assert "survey, row 4, column type" in done.output
    assert not (tmp_path / "published" / "schools" / "2.json").exists()
