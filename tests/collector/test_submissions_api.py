"""The phone app's channel: forms, lists, sending, what came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import world
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from collector import duties, sign_in
from collector.models import Action, Conflict, Household, State, Submission, User
from collector.store import review, territory

Send = Callable[..., Any]


@pytest.fixture
def tokens(client: FlaskClient) -> Callable[[str], dict[str, str]]:
    """Headers of a signed-in phone, by user name."""

    def sign_in(username: str) -> dict[str, str]:
        asked = {"username": username, "password": world.PASSWORD, "device": "máy thử"}
        token = client.post("/api/v1/session", json=asked).json["token"]
        return {"Authorization": f"Bearer {token}"}

    return sign_in


@pytest.fixture
def send(client: FlaskClient, tokens: Callable[[str], dict[str, str]]) -> Send:
    """Post a household as one of the collectors."""
    headers = tokens("thon1")

    def post(answers: dict[str, Any] | None = None, headers: dict[str, str] = headers, **more: Any):
        sent = {
            "form": "household",
            "version": world.form().version,
            "instance_id": world.new_id(),
            "answers": world.refused() if answers is None else answers,
            **more,
        }
        return client.post("/api/v1/submissions", json=sent, headers=headers)

    post.headers = headers  # type: ignore[attr-defined]
    return post


def count(session: Session, model: type = Submission) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_forms_of_each_role_with_their_models_and_lists(client: FlaskClient, tokens) -> None:
    headers = tokens("thon1")
    reply = client.get("/api/v1/forms", headers=headers)
    form, visit = reply.json["forms"]
    assert visit["form"] == "visit"
    assert (form["form"], form["version"]) == ("household", "2026.3")
    assert form["title"] == dict(world.form().title)
    model = client.get(form["model"]["url"], headers=headers)
    assert model.json == world.form().model
    assert model.headers["ETag"] == f'"{form["model"]["hash"]}"'
    again = client.get(
        form["model"]["url"], headers={**headers, "If-None-Match": model.headers["ETag"]}
    )
    assert again.status_code == 304 and not again.data
    assert "private" in model.headers["Cache-Control"]
    for media in form["media"]:
        got = client.get(media["url"], headers=headers)
        assert got.status_code == 200 and got.headers["ETag"] == f'"{media["hash"]}"'
    names = {
        form["form"] for form in client.get("/api/v1/forms", headers=tokens("tram")).json["forms"]
    }
    assert names == {"births", "births_month", "emergency_year"}


def test_forms_come_with_what_the_phone_has_not(client: FlaskClient, tokens) -> None:
    headers = tokens("thon1")
    names_only = client.get("/api/v1/forms", headers=headers).json["forms"]
    assert not any("content" in file for form in names_only for file in files_of(form))
    whole = client.get("/api/v1/forms?have=", headers=headers).json["forms"]
    household, visit = whole
    came = [file for form in whole for file in files_of(form) if "content" in file]
    assert {file["hash"] for file in came} == {
        file["hash"] for form in whole for file in files_of(form)
    }
    assert len(came) == len({file["hash"] for file in came})  # a list of both forms travels once
    for file in came:
        alone = client.get(file["url"], headers=headers)
        assert file["content"] == (alone.text if "filename" in file else alone.json)
    have = ",".join(file["hash"] for file in files_of(household))
    rest = client.get(f"/api/v1/forms?have={have}", headers=headers).json["forms"]
    assert [file["hash"] for form in rest for file in files_of(form) if "content" in file] == [
        visit["model"]["hash"]
    ]


def files_of(form: dict[str, Any]) -> list[dict[str, Any]]:
    """A form's model and its lists, as the list of forms tells of them."""
    return [form["model"], *form["media"]]


def test_a_submission_is_stored(send: Send, session: Session) -> None:
    reply = send(instance_id="uuid:one")
    assert reply.status_code == 201
    assert reply.json["instance_id"] == "uuid:one"
    assert reply.json["state"] == "stored" and reply.json["duplicate"] is False
    assert datetime.fromisoformat(reply.json["received_at"]).tzinfo is not None
    stored = session.scalars(select(Submission)).one()
    assert stored.channel == "phone" and stored.year == duties.today().year


def test_again_is_a_success_and_other_content_is_a_conflict(send: Send, session: Session) -> None:
    send(instance_id="uuid:one")
    again = send(instance_id="uuid:one")
    assert again.status_code == 201 and again.json["duplicate"] is True
    other = send(world.refused(visit_no="2"), instance_id="uuid:one")
    assert other.status_code == 409 and other.json["code"] == "conflict"
    assert (count(session), count(session, Conflict)) == (1, 1)


def test_both_channels_make_the_same_text(
    send: Send, client: FlaskClient, session: Session
) -> None:
    send(instance_id="uuid:one")
    text = world.xml(instance_id="uuid:one")
    reply = client.post("/openrosa/submission", headers=world.basic(), **world.multipart(text))
    assert reply.status_code == 201
    assert (count(session), count(session, Conflict)) == (1, 0)


def test_faults_are_told_and_nothing_is_stored(send: Send, session: Session) -> None:
    reply = send(world.refused(visit_no="9", contact=""))
    assert reply.status_code == 422 and reply.json["code"] == "faults"
    faults = {(fault["name"], fault["code"]): fault for fault in reply.json["faults"]}
    wrong = faults["visit_no", "constraint"]
    assert wrong["path"] == "/data/visit_no" and wrong["value"] == "9"
    assert wrong["message"] == "Lần đến là 1, 2 hoặc 3." and "hộ" in wrong["label"]
    assert ("contact", "required") in faults
    assert count(session) == 0


def test_faults_are_told_in_the_readers_language(send: Send) -> None:
    headers = {**send.headers, "Accept-Language": "en-GB,en;q=0.8"}  # type: ignore[attr-defined]
    reply = send(world.refused(visit_no="9"), headers=headers)
    (fault,) = reply.json["faults"]
    assert fault["label"].startswith("Which visit")


def test_another_village_is_refused_on_the_phone_and_flagged_through_openrosa(
    send: Send, client: FlaskClient, session: Session
) -> None:
    answers = world.refused("AK02-003")
    reply = send(answers)
    assert reply.status_code == 403 and reply.json["code"] == "other_village"
    assert "AK02" in reply.json["message"] and count(session) == 0
    sent = client.post(
        "/openrosa/submission", headers=world.basic(), **world.multipart(world.xml(answers))
    )
    assert sent.status_code == 201
    stored = session.scalars(select(Submission)).one()
    assert stored.state == State.FLAGGED and "other_village" in stored.flags


def test_a_form_of_another_role_is_refused(send: Send, tokens, session: Session) -> None:
    reply = send(headers=tokens("tram"))
    assert reply.status_code == 403 and reply.json["code"] == "not_your_form"
    assert count(session) == 0


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"version": "1999"}, 404, "unknown_form"),
        ({"form": "x"}, 404, "unknown_form"),
        ({"instance_id": ""}, 400, "invalid_fields"),
        ({"instance_id": "x" * 250}, 400, "invalid_fields"),
        ({"instance_id": "a b"}, 400, "malformed_xml"),
        ({"answers": {"visit_no": 1}}, 400, "malformed_xml"),
        ({"answers": {"visit_no": "\u0000"}}, 400, "malformed_xml"),
        ({"answers": {"member": {}}}, 400, "malformed_xml"),
        ({"answers": []}, 400, "invalid_fields"),
        ({"other": 1}, 400, "invalid_fields"),
    ],
)
def test_what_cannot_be_read_is_refused(
    send: Send, session: Session, change: dict[str, Any], status: int, code: str
) -> None:
    reply = send(**change)
    assert (reply.status_code, reply.json["code"]) == (status, code)
    assert count(session) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b"{}" * 600_000])
def test_junk_is_a_clear_4xx(client: FlaskClient, send: Send, body: bytes) -> None:
    reply = client.post(
        "/api/v1/submissions",
        data=body,
        headers={**send.headers, "Content-Type": "application/json"},  # type: ignore[attr-defined]
    )
    assert 400 <= reply.status_code < 500 and reply.json["message"]


def decide(session: Session, instance_id: str, action: Action, revision: int = 0) -> None:
    found = review.id_of(session, instance_id)
    officer = session.scalar(select(User.id).where(User.username == "canbo"))
    assert found is not None and officer is not None
    review.decide(
        session,
        found,
        revision=revision,
        action=action,
        reason="Cần hỏi lại số lần đến",
        account_id=officer,
        now=datetime.now(UTC),
    )
    session.commit()


def test_what_was_returned_comes_back_with_answers_and_reason(
    client: FlaskClient, send: Send, session: Session
) -> None:
    answers = world.refused()
    send(answers, instance_id="uuid:one")
    send(world.refused("AK01-002"), instance_id="uuid:two")
    decide(session, "uuid:one", Action.RETURN)
    mine = client.get("/api/v1/submissions", headers=send.headers).json["submissions"]  # type: ignore[attr-defined]
    assert [one["instance_id"] for one in mine] == ["uuid:two", "uuid:one"]
    assert (mine[0]["state"], mine[0]["answers"], mine[0]["reason"]) == ("stored", None, None)
    assert (mine[1]["state"], mine[1]["reason"]) == ("returned", "Cần hỏi lại số lần đến")
    assert mine[1]["answers"] == answers
    edit = send(world.refused(visit_no="2"), instance_id="uuid:three", deprecated_id="uuid:one")
    assert edit.status_code == 201 and edit.json["state"] == "stored"
    mine = client.get("/api/v1/submissions", headers=send.headers).json["submissions"]  # type: ignore[attr-defined]
    old = next(one for one in mine if one["instance_id"] == "uuid:one")
    assert old["superseded"] is True and old["answers"] is None


def test_a_second_interview_says_why_it_waits(client: FlaskClient, send: Send) -> None:
    """One household, one complete interview a year: the sender reads that there is another."""
    send(world.completed(), instance_id="uuid:first")
    send(world.completed(), instance_id="uuid:second")
    mine = client.get("/api/v1/submissions", headers=send.headers).json["submissions"]  # type: ignore[attr-defined]
    assert [(one["state"], one["reason"]) for one in mine] == [
        ("flagged", "Hộ này đã có một phiếu hoàn thành khác trong năm."),
        ("stored", None),
    ]


def test_nobody_sees_what_others_sent(client: FlaskClient, send: Send, tokens) -> None:
    send()
    assert client.get("/api/v1/submissions", headers=tokens("thon2")).json == {"submissions": []}


def test_an_edit_cannot_reach_into_another_village(
    client: FlaskClient, send: Send, tokens, session: Session
) -> None:
    send(world.refused("AK02-001"), headers=tokens("thon2"), instance_id="uuid:theirs")
    edit = send(deprecated_id="uuid:theirs")
    assert edit.status_code == 201 and edit.json["state"] == "flagged"
    theirs = session.scalars(
        select(Submission).where(Submission.instance_id == "uuid:theirs")
    ).one()
    assert theirs.superseded is False


def test_a_late_retry_succeeds_although_the_list_has_changed(
    send: Send, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The household is gone from the register altogether: a fault for a new submission only."""
    monkeypatch.setattr(sign_in, "RECENT", 0)  # seconds for which the old list would do
    send(instance_id="uuid:one")
    session.execute(delete(Household).where(Household.code == "AK01-001"))
    territory.touch(session)
    session.commit()
    assert send(instance_id="uuid:one").json["duplicate"] is True
    fresh = send()
    assert fresh.status_code == 422


def test_an_inactive_household_is_still_accepted_but_no_longer_listed(
    send: Send, session: Session, client: FlaskClient
) -> None:
    path = "/api/v1/forms/household/2026.3/media/households.csv"
    assert "AK01-001," in client.get(path, headers=send.headers).text  # type: ignore[attr-defined]
    territory.set_active(session, "AK01-001", False)
    session.commit()
    assert "AK01-001," not in client.get(path, headers=send.headers).text  # type: ignore[attr-defined]
    assert send().status_code == 201


def test_the_future_is_odd(send: Send, session: Session) -> None:
    reply = send(world.refused(today="2031-01-01"))
    assert reply.status_code == 201 and reply.json["state"] == "flagged"
    assert "odd_period" in session.scalars(select(Submission.flags)).one()
