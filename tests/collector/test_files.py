"""Files that come with a submission, on a small form that asks for photos."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import world
from databases import settings
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from collector import create_app
from collector.database import db
from collector.models import Attachment, Conflict, ConflictFile, Submission
from collector.service import service
from collector.store import accounts, conflicts
from collector.store.ingest import files_named
from forms.instance import render_xml
from forms.library import Form, Library

PHOTOS = """
| survey | | | | |
| | type | name | label::Tiếng Việt (vi) | label::English (en) |
| | text | village | Thôn | Village |
| | image | gate | Ảnh cổng | Photo of the gate |
| | begin_repeat | room | Phòng | Room |
| | image | inside | Ảnh phòng | Photo of the room |
| | end_repeat | | | |

| settings | | | | | | |
| | form_title | title_en | form_id | version | default_language | filled_by |
| | Ảnh | Photos | photos | 1 | Tiếng Việt (vi) | collector |
"""


@pytest.fixture
def photos(tmp_path: Path) -> Form:
    return Library(tmp_path / "published").publish(PHOTOS.encode(), "photos.md")


@pytest.fixture
def app(database_url: str, tmp_path: Path, photos: Form) -> Iterator[Flask]:
    made = create_app(settings(database_url, tmp_path, forms_folder=tmp_path / "published"))
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def answers(*names: str) -> dict[str, Any]:
    return {"village": "AK01", "gate": names[0], "room": [{"inside": one} for one in names[1:]]}


def post(client: FlaskClient, text: bytes, *files: tuple[str, bytes]) -> int:
    sent = world.multipart(text, files)
    return client.post("/openrosa/submission", headers=world.basic(), **sent).status_code


def kept(app: Flask, instance_id: str) -> dict[str, bytes]:
    with app.app_context():
        asked = (
            select(Attachment.filename, Attachment.content)
            .join(Submission, Submission.id == Attachment.submission_id)
            .where(Submission.instance_id == instance_id)
        )
        return dict(db.session.execute(asked).tuples().all())


def test_the_names_come_from_the_answers(photos: Form) -> None:
    found = {
        "photos": {"gate": "a.jpg", "village": "b.jpg"},
        "photos.room": [{"inside": "c.jpg"}, {}],
    }
    assert files_named(photos, found) == ["a.jpg", "c.jpg"]
    assert files_named(photos, {}) == []


def test_an_edit_keeps_the_files_that_it_still_names(
    app: Flask, client: FlaskClient, photos: Form
) -> None:
    first = render_xml(photos, answers("gate.jpg", "one.jpg", "two.jpg"), "uuid:a")
    sent = [("gate.jpg", b"gate"), ("one.jpg", b"one"), ("two.jpg", b"two")]
    assert post(client, first, *sent) == 201
    edit = render_xml(photos, answers("gate.jpg", "new.jpg", "two.jpg"), "uuid:b", "uuid:a")
    assert post(client, edit, ("new.jpg", b"new"), ("two.jpg", b"two again")) == 201
    assert kept(app, "uuid:b") == {"gate.jpg": b"gate", "new.jpg": b"new", "two.jpg": b"two again"}
    assert kept(app, "uuid:a") == dict(sent)


def test_a_late_file_of_a_replaced_version_still_finds_its_place(
    app: Flask, client: FlaskClient, photos: Form
) -> None:
    first = render_xml(photos, answers("gate.jpg", "one.jpg"), "uuid:a")
    assert post(client, first, ("gate.jpg", b"gate")) == 201
    assert post(client, render_xml(photos, answers("gate.jpg"), "uuid:b", "uuid:a")) == 201
    assert post(client, first, ("one.jpg", b"one")) == 201
    assert kept(app, "uuid:a") == {"gate.jpg": b"gate", "one.jpg": b"one"}
    assert kept(app, "uuid:b") == {"gate.jpg": b"gate"}


def test_files_of_a_second_text_are_kept_with_it(
    app: Flask, client: FlaskClient, photos: Form
) -> None:
    """Also those that come with a later part of the same post; the first text's stay its own."""
    first = render_xml(photos, answers("gate.jpg"), "uuid:a")
    assert post(client, first, ("gate.jpg", b"gate")) == 201
    other = render_xml(photos, answers("gate.jpg", "one.jpg"), "uuid:a")
    assert post(client, other, ("gate.jpg", b"other gate")) == 409
    assert post(client, other, ("one.jpg", b"one")) == 409
    assert kept(app, "uuid:a") == {"gate.jpg": b"gate"}
    with app.app_context():
        found = db.session.execute(select(ConflictFile.filename, ConflictFile.content))
        assert dict(found.tuples().all()) == {"gate.jpg": b"other gate", "one.jpg": b"one"}


def test_a_chosen_second_text_takes_its_files_and_those_that_it_still_names(
    app: Flask, client: FlaskClient, photos: Form
) -> None:
    first = render_xml(photos, answers("gate.jpg", "one.jpg", "two.jpg"), "uuid:a")
    sent = [("gate.jpg", b"gate"), ("one.jpg", b"one"), ("two.jpg", b"two")]
    assert post(client, first, *sent) == 201
    other = render_xml(photos, answers("gate.jpg", "one.jpg"), "uuid:a")
    assert post(client, other, ("gate.jpg", b"other gate")) == 409
    with app.app_context():
        officer = accounts.by_username(db.session(), "canbo")
        conflict = db.session.scalars(select(Conflict)).one()
        assert officer
        new = conflicts.choose(
            db.session(),
            service().desk,
            conflict.id,
            revision=0,
            account_id=officer.id,
            reason="Bản sau đúng.",
            now=datetime.now(UTC),
        )
        db.session.commit()
        name = db.session.get_one(Submission, new).instance_id
    assert kept(app, name) == {"gate.jpg": b"other gate", "one.jpg": b"one"}
    assert kept(app, "uuid:a") == dict(sent)
