"""The sounds and pictures of a form on their way to phones and to ODK Collect."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import world
from databases import settings
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from collector import create_app
from collector.database import db
from collector.models import Channel
from collector.store import accounts
from forms.library import Library

MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\0\0\0\0"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24
VI = "Tiếng Việt (vi)"
SHEET = f"""
| survey |
| | type | name | label::{VI} | label::English (en) | media::audio::{VI} | media::image::{VI} |
| | select_one_from_file villages.csv | village | Thôn | Village | thon.wav | |
| | text | words | Ghi chú | Notes | | nha.png |

| settings |
| | form_title | title_en | form_id | version | filled_by |
| | Phiếu nghe | Heard | heard | 1 | collector |
"""
MEDIA = {"thon.wav": WAV, "nha.png": PNG}
TYPES = {"thon.wav": "audio/wav", "nha.png": "image/png"}


@pytest.fixture
def author(tmp_path: Path) -> Path:
    """The author's folder: the form with its files."""
    folder = tmp_path / "author"
    folder.mkdir()
    (folder / "heard.md").write_text(SHEET, encoding="utf-8")
    for name, content in MEDIA.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def bare(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A service without forms."""
    (tmp_path / "published").mkdir()
    made = create_app(settings(database_url, tmp_path, forms_folder=tmp_path / "published"))
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(bare: Flask, author: Path) -> Flask:
    """A service on which the command has published the form."""
    done = bare.test_cli_runner().invoke(args=["forms", "publish", str(author / "heard.md")])
    assert done.exit_code == 0, done.output
    return bare


@pytest.fixture
def token(app: Flask) -> dict[str, str]:
    with app.app_context(), Session(db.engine) as session:
        person = accounts.by_username(session, "thon1")
        assert person is not None
        made = accounts.issue_token(session, person.id, Channel.PHONE, "")
        session.commit()
    return {"Authorization": f"Bearer {made}"}


@pytest.mark.parametrize("name", MEDIA)
def test_a_file_comes_with_its_type_and_its_hash(
    client: FlaskClient, token: dict[str, str], name: str
) -> None:
    path = f"/api/v1/forms/heard/1/media/{name}"
    reply = client.get(path, headers={**token, "Accept-Encoding": "br, gzip"})
    assert (reply.status_code, reply.data) == (200, MEDIA[name])
    assert reply.content_type == TYPES[name]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in reply.headers
    assert reply.headers["Cache-Control"].startswith("private")
    tag = reply.headers["ETag"]
    assert tag == f'"{hashlib.md5(MEDIA[name]).hexdigest()}"'
    assert client.get(path, headers={**token, "If-None-Match": tag}).status_code == 304
    assert client.get(path).status_code == 401


def test_the_phone_is_told_the_lists_to_wait_for_and_the_files_in_the_model(
    client: FlaskClient, token: dict[str, str]
) -> None:
    (form,) = client.get("/api/v1/forms", headers=token).json["forms"]
    assert [one["filename"] for one in form["media"]] == ["villages.csv"]
    model = client.get(form["model"]["url"], headers=token).json
    assert model["media"] == {
        name: hashlib.sha256(content).hexdigest()[:32] for name, content in MEDIA.items()
    }
    assert client.get(form["media"][0]["url"], headers=token).mimetype == "text/csv"


def test_the_manifest_reads_no_sound_twice(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [ElementTree.tostring(one) for one in manifest(client)]
    monkeypatch.delattr(Library, "media")
    assert [ElementTree.tostring(one) for one in manifest(client)] == first


@pytest.mark.parametrize("name", ["other.wav", "households.csv", "..%2f1.json", "1.json"])
def test_a_file_that_the_form_does_not_name_is_not_given(
    client: FlaskClient, token: dict[str, str], name: str
) -> None:
    assert client.get(f"/api/v1/forms/heard/1/media/{name}", headers=token).status_code == 404


def test_a_file_that_has_gone_from_the_disk_is_not_found(
    client: FlaskClient, token: dict[str, str], tmp_path: Path
) -> None:
    for path in (tmp_path / "published" / "heard" / "media").iterdir():
        path.unlink()
    assert client.get("/api/v1/forms/heard/1/media/nha.png", headers=token).status_code == 404
    assert len(manifest(client)) == 1


def manifest(client: FlaskClient) -> list[ElementTree.Element]:
    reply = client.get("/openrosa/forms/heard/1/manifest", headers=world.basic())
    assert reply.status_code == 200
    return list(ElementTree.fromstring(reply.data))


def test_collect_finds_them_in_the_manifest(client: FlaskClient) -> None:
    files = {one.findtext(f"{MANIFEST}filename"): one for one in manifest(client)}
    assert set(files) == {"villages.csv", *MEDIA}
    for name, content in MEDIA.items():
        assert files[name].findtext(f"{MANIFEST}hash") == f"md5:{hashlib.md5(content).hexdigest()}"
        address = files[name].findtext(f"{MANIFEST}downloadUrl") or ""
        got = client.get(address, headers=world.basic())
        assert (got.data, got.content_type) == (content, TYPES[name])
        assert got.headers["X-OpenRosa-Version"] == "1.0"


def test_a_form_with_files_alone_has_a_manifest(bare: Flask, author: Path) -> None:
    text = SHEET.replace("select_one_from_file villages.csv", "text")
    (author / "heard.md").write_text(text, encoding="utf-8")
    done = bare.test_cli_runner().invoke(args=["forms", "publish", str(author / "heard.md")])
    assert done.exit_code == 0, done.output
    listed = bare.test_client().get("/openrosa/formList", headers=world.basic()).text
    assert "<manifestUrl>" in listed


def test_a_missing_file_is_told_with_its_place_and_nothing_is_published(
    bare: Flask, author: Path, tmp_path: Path
) -> None:
    (author / "nha.png").unlink()
    done = bare.test_cli_runner().invoke(args=["forms", "publish", str(author / "heard.md")])
    assert done.exit_code == 1
    assert "survey, dòng 3, cột media::image::Tiếng Việt (vi)" in done.output
    assert "nha.png" in done.output
    assert list((tmp_path / "published").iterdir()) == []


@pytest.mark.parametrize("option", ["--xlsx", None])
def test_what_is_exported_can_be_published_again(
    app: Flask, tmp_path: Path, option: str | None
) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    out = folder / ("heard.xlsx" if option else "heard.md")
    args = ["forms", "export", "heard", "--out", str(out), *([option] if option else [])]
    done = app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 0, done.output
    assert {name: (folder / name).read_bytes() for name in MEDIA} == MEDIA
    shown = app.test_cli_runner().invoke(args=["forms", "publish", str(out)])
    assert "heard" in shown.output and "1" in shown.output and shown.exit_code == 1  # published
    (folder / "nha.png").write_bytes(b"another picture")
    again = app.test_cli_runner().invoke(args=args)
    assert again.exit_code == 1 and "nha.png" in again.output
    assert (folder / "nha.png").read_bytes() == b"another picture"
