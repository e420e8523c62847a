"""A name that should stay on the phone and is sent all the same is gone before anything is kept."""

from __future__ import annotations

import logging

import pytest
import world
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.models import Conflict, Submission
from collector.store.submissions import unpack

NAME = "Nguyễn Thị Bí Mật"


def named() -> dict:
    answers = world.completed()
    member = {**answers["member"][0]}
    member["person"] = {"called": NAME, **member["person"]}
    return {**answers, "member": [member]}


def kept(session: Session) -> str:
    (row,) = session.execute(select(Submission.xml, Submission.answers, Submission.faults)).all()
    return unpack(row.xml).decode() + row.answers + row.faults


def test_from_json(client: FlaskClient, session: Session, caplog: pytest.LogCaptureFixture) -> None:
    token = client.post(
        "/api/v1/session", json={"username": "thon1", "password": world.PASSWORD}
    ).json["token"]
    sent = {"form": "household", "version": world.form().version, "answers": named(),
            "instance_id": world.new_id()}  # fmt: skip
    headers = {"Authorization": f"Bearer {token}"}
    with caplog.at_level(logging.DEBUG):
        assert client.post("/api/v1/submissions", json=sent, headers=headers).status_code == 201
    assert NAME not in kept(session) and "<rel>1</rel>" in kept(session)
    assert NAME not in caplog.text
    again = {**sent, "answers": world.completed()}  # without it: the same submission
    assert client.post("/api/v1/submissions", json=again, headers=headers).status_code == 201
    assert session.scalars(select(Conflict)).all() == []


def test_from_collect(client: FlaskClient, session: Session) -> None:
    text = world.xml(named())
    assert NAME.encode() in text
    for _ in range(2):
        post = client.post("/openrosa/submission", headers=world.basic(), **world.multipart(text))
        assert post.status_code == 201
    assert NAME not in kept(session)
    assert session.scalars(select(Conflict)).all() == []
