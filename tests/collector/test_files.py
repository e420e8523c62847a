"""Files that come with a submission, on a small form that asks for photos."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import world
from databases import settings
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session
from test_uploads import PHOTO, bearer, bring, sha

from collector import create_app
from collector.database import db
from collector.models import Action, Attachment, Conflict, ConflictFile, State, Submission
from collector.service import service
from collector.store import accounts, conflicts, lacking, rescue, review, submissions
from forms.answers import check
from forms.instance import parse_xml, render_xml
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
    """Each with the question that names it, and its fault in both languages."""
    instance = parse_xml(render_xml(photos, answers("a.jpg", "b.jpg", ""), "uuid:a"))
    found = check(photos, instance, now=datetime.now(UTC), media={}).files
    assert [(one.path, one.filename) for one in found] == [
        ("/data/gate", "a.jpg"), ("/data/room[1]/inside", "b.jpg"),
    ]  # fmt: skip
    fault = found[1].fault()
    assert (fault.code, fault.label["vi"]) == ("file", "Ảnh phòng")
    assert "b.jpg" in fault.message["vi"] and "b.jpg" in fault.message["en"]


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


def standing(app: Flask, instance_id: str = "uuid:a") -> tuple[str, list[str]]:
    """(state, the files that its flag says are missing)."""
    with app.app_context():
        row = db.session.scalars(
            select(Submission).where(Submission.instance_id == instance_id)
        ).one()
        flags = [flag for flag in json.loads(row.flags) if flag["code"] == "files_missing"]
        return row.state, flags[0]["files"] if flags else []


def test_a_split_post_is_incomplete_until_its_last_file(
    app: Flask, client: FlaskClient, photos: Form
) -> None:
    """Kept from the first part on, never counted before the last; a retry changes nothing."""
    text = render_xml(photos, answers("gate.jpg", "one.jpg", "two.jpg"), "uuid:a")
    assert post(client, text) == 201
    assert standing(app) == (State.FLAGGED, ["gate.jpg", "one.jpg", "two.jpg"])
    sent = world.multipart(text, [("one.jpg", b"one"), ("gate.jpg", b"gate")])
    reply = client.post("/openrosa/submission", headers=world.basic(), **sent)
    assert reply.status_code == 201 and "còn chờ 1 tệp" in reply.text
    assert standing(app) == (State.FLAGGED, ["two.jpg"])
    assert post(client, text, ("two.jpg", b"two")) == 201
    assert standing(app) == (State.STORED, [])
    assert post(client, text) == 201
    assert standing(app) == (State.STORED, [])
    assert kept(app, "uuid:a") == {"gate.jpg": b"gate", "one.jpg": b"one", "two.jpg": b"two"}


def test_late_files_do_not_undo_what_else_speaks_against_it(
    app: Flask, client: FlaskClient, photos: Form
) -> None:
    """Another flag keeps it waiting, and so does an officer's decision."""
    text = render_xml(photos, answers("gate.jpg"), "uuid:a", "uuid:unknown")
    assert post(client, text) == 201
    assert post(client, text, ("gate.jpg", b"gate")) == 201
    assert standing(app) == (State.FLAGGED, [])
    other = render_xml(photos, answers("gate.jpg"), "uuid:b")
    assert post(client, other) == 201
    with app.app_context():
        officer = accounts.by_username(db.session(), "canbo")
        row = db.session.scalars(select(Submission).where(Submission.instance_id == "uuid:b")).one()
        assert officer
        review.decide(
            db.session(), row.id, revision=row.revision, action=Action.EXCLUDE, reason="Thử.",
            account_id=officer.id, now=datetime.now(UTC),
        )  # fmt: skip
        db.session.commit()
    assert post(client, other, ("gate.jpg", b"gate")) == 201
    assert standing(app, "uuid:b") == (State.EXCLUDED, [])


def send(client: FlaskClient, instance_id: str, *names: str, **more: Any):
    """The phone's way, with the files named in `brought` (each the same photo)."""
    brought = more.pop("brought", ())
    sent = {
        "form": "photos", "version": "1", "instance_id": instance_id, "answers": answers(*names),
        "attachments": [{"path": "/data/gate", "filename": name, "sha256": sha(PHOTO)}
                        for name in brought], **more,
    }  # fmt: skip
    return client.post("/api/v1/submissions", json=sent, headers=bearer(client, "thon1"))


def test_the_phone_is_told_at_the_question_that_names_a_missing_file(
    app: Flask, client: FlaskClient, photos: Form
) -> None:
    bring(client, bearer(client, "thon1"), PHOTO)
    reply = send(client, "uuid:a", "gate.jpg", "one.jpg", brought=["gate.jpg"])
    assert reply.status_code == 422
    (fault,) = reply.json["faults"]
    assert (fault["code"], fault["path"]) == ("file", "/data/room[1]/inside")
    assert (fault["label"], "one.jpg" in fault["message"]) == ("Ảnh phòng", True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Submission)) == 0
    assert send(client, "uuid:a", "gate.jpg", brought=["gate.jpg"]).status_code == 201
    assert send(client, "uuid:a", "gate.jpg").status_code == 201  # its answer was lost
    # A correction need not bring again what the first version has.
    again = send(client, "uuid:b", "gate.jpg", deprecated_id="uuid:a")
    assert again.status_code == 201, again.json
    assert kept(app, "uuid:b") == {"gate.jpg": PHOTO}
    assert send(client, "uuid:c", "other.jpg", deprecated_id="uuid:b").status_code == 422


def test_a_rescue_file_without_its_photo_is_kept_and_flagged(app: Flask, photos: Form) -> None:
    """The phone is gone, and nobody can take the photo again: the answers are not lost for it."""
    entry = {
        "id": "a", "form": "photos", "version": "1", "finished": "", "summary": "",
        "answers": answers("gate.jpg"), "uploads": [],
    }  # fmt: skip
    with app.app_context():
        collector = accounts.by_username(db.session(), "thon1")
        assert collector
        caller = accounts.anybody(db.session(), collector.id)
        opened = rescue.Opened(caller, [entry], 0)
        (taken,) = rescue.take_in(db.session(), service().desk, opened, datetime.now(UTC))
        db.session.commit()
    assert (taken.outcome, standing(app)) == ("stored", (State.FLAGGED, ["gate.jpg"]))


def test_the_last_two_files_at_the_same_moment(
    app: Flask, client: FlaskClient, photos: Form
) -> None:
    """Whichever post is later sees the other's file: it does not say that one is missing."""
    names = ("gate.jpg", "one.jpg")
    assert post(client, render_xml(photos, answers(*names), "uuid:a")) == 201
    with app.app_context():
        engine = db.engine
    with Session(engine) as session:
        row = session.scalars(select(Submission.id)).one()

    def bring_one(session: Session, name: str) -> None:
        file = submissions.Upload(name, "image/jpeg", b"0" * 32, b"photo")
        submissions.keep_uploads(session, row, [file], datetime.now(UTC))
        lacking.settle(session, row, names)

    def bring_late() -> None:
        with Session(engine) as late:
            bring_one(late, "one.jpg")
            late.commit()

    with Session(engine) as first, ThreadPoolExecutor(1) as threads:
        bring_one(first, "gate.jpg")
        second = threads.submit(bring_late)
        while engine.dialect.name == "postgresql" and not waits_for_a_lock(engine):
            assert not second.done(), "it did not wait for the first"
        first.commit()
        second.result(60)
    assert standing(app) == (State.STORED, [])


def waits_for_a_lock(engine: Engine) -> bool:
    """Whether some transaction of the database waits for another one."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with engine.connect() as connection:
        return bool(connection.scalar(text(asked)))
