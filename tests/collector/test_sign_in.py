"""Signing in: passwords, tokens, remembered credentials, limits, sessions that end."""

from __future__ import annotations

import time

import pytest
import world
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from collector import sign_in as signing
from collector.database import db
from collector.models import Channel, Token, User
from collector.store import accounts


def sign_in(client: FlaskClient, username: str = "thon1", password: str = world.PASSWORD):
    return client.post(
        "/api/v1/session", json={"username": username, "password": password, "device": "máy thử"}
    )


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_phone_signs_in_and_out(client: FlaskClient, session: Session) -> None:
    reply = sign_in(client, " Thon1 ")
    assert reply.status_code == 200
    assert reply.json["user"] == {
        "username": "thon1",
        "name": "Thon1",
        "role": "collector",
        "village": {"code": "AK01", "name": "Thôn Một"},
        "unit": None,
    }
    assert reply.json["commune"] == {"code": "11668", "name": "Xã An Khánh"}
    assert reply.json["demonstration"] is False
    token = reply.json["token"]
    stored = session.scalars(select(Token)).one()
    assert stored.device == "máy thử" and token.encode() not in stored.digest
    assert client.get("/api/v1/forms", headers=bearer(token)).status_code == 200
    assert client.delete("/api/v1/session", headers=bearer(token)).status_code == 204
    again = client.get("/api/v1/forms", headers=bearer(token))
    assert again.status_code == 401 and again.json["code"] == "not_signed_in"


@pytest.mark.parametrize(("username", "password"), [("thon1", "sai"), ("ai-do", world.PASSWORD)])
def test_a_wrong_name_or_password_is_one_answer(
    client: FlaskClient, username: str, password: str
) -> None:
    reply = sign_in(client, username, password)
    assert reply.status_code == 401 and reply.json["code"] == "wrong_password"


def test_messages_follow_accept_language(client: FlaskClient) -> None:
    vietnamese = sign_in(client, password="sai").json["message"]
    assert vietnamese.startswith("Tên đăng nhập hoặc mật khẩu không đúng")


def test_five_failures_close_the_door_for_that_name_and_address(client: FlaskClient) -> None:
    for _ in range(5):
        assert sign_in(client, password="sai").status_code == 401
    closed = sign_in(client)
    assert closed.status_code == 429 and closed.json["code"] == "too_many_tries"
    assert int(closed.headers["Retry-After"]) > 0
    assert sign_in(client, "thon2").status_code == 200


def test_basic_shares_the_limit(client: FlaskClient) -> None:
    for _ in range(5):
        wrong = client.get("/openrosa/formList", headers=world.basic("tram", "sai"))
        assert wrong.status_code == 401
    assert client.get("/openrosa/formList", headers=world.basic("tram")).status_code == 429
    assert sign_in(client, "tram").status_code == 429


def test_right_passwords_are_never_limited(client: FlaskClient) -> None:
    for _ in range(30):
        assert client.get("/openrosa/formList", headers=world.basic()).status_code == 200


def test_the_slow_hash_runs_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = accounts.password_matches
    monkeypatch.setattr(
        accounts, "password_matches", lambda *given: calls.append(1) or real(*given)
    )
    for _ in range(3):
        assert client.get("/openrosa/formList", headers=world.basic()).status_code == 200
    assert len(calls) == 1


def test_a_new_password_ends_what_was_remembered_and_every_token(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    token = sign_in(client).json["token"]
    assert client.get("/openrosa/formList", headers=world.basic()).status_code == 200
    user = session.scalars(select(User).where(User.username == "thon1")).one()
    accounts.change_password(session, user.id, "mat-khau-moi-2026")
    session.commit()
    assert client.get("/openrosa/formList", headers=world.basic()).status_code == 401
    assert client.get("/api/v1/forms", headers=bearer(token)).status_code == 401
    new = world.basic(password="mat-khau-moi-2026")
    assert client.get("/openrosa/formList", headers=new).status_code == 200


def test_a_disabled_account_is_out_at_once(client: FlaskClient, session: Session) -> None:
    token = sign_in(client).json["token"]
    assert client.get("/openrosa/formList", headers=world.basic()).status_code == 200
    session.execute(update(User).where(User.username == "thon1").values(active=False))
    session.commit()
    assert client.get("/openrosa/formList", headers=world.basic()).status_code == 401
    assert client.get("/api/v1/forms", headers=bearer(token)).status_code == 401
    assert sign_in(client).status_code == 401


def test_sending_may_rest_on_who_it_was_a_moment_ago_reading_never(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send() -> int:
        sent = world.multipart(world.xml())
        return client.post("/openrosa/submission", headers=world.basic(), **sent).status_code

    monkeypatch.setattr(signing, "RECENT", 60.0)
    assert send() == 201
    session.execute(update(User).where(User.username == "thon1").values(active=False))
    session.commit()
    assert send() == 201
    assert client.get("/openrosa/formList", headers=world.basic()).status_code == 401
    wrong = client.post(
        "/openrosa/submission", headers=world.basic(password="sai"), **world.multipart(world.xml())
    )
    assert wrong.status_code == 401
    later = time.monotonic() + 61
    monkeypatch.setattr(signing.time, "monotonic", lambda: later)
    assert send() == 401


def test_basic_needs_https_away_from_this_machine(client: FlaskClient) -> None:
    away = {"REMOTE_ADDR": "203.0.113.7"}
    plain = client.get("/openrosa/formList", headers=world.basic(), environ_base=away)
    assert plain.status_code == 403 and "WWW-Authenticate" not in plain.headers
    secure = client.get(
        "/openrosa/formList",
        headers=world.basic(),
        environ_base=away,
        base_url="https://xa.example",
    )
    assert secure.status_code == 200
    behind = client.get(
        "/openrosa/formList", headers={**world.basic(), "X-Forwarded-For": "1.2.3.4"}
    )
    assert behind.status_code == 403


def test_a_stranger_gets_the_challenge(client: FlaskClient) -> None:
    reply = client.get("/openrosa/formList")
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Basic realm=")


def test_a_key_in_the_path_and_a_bad_one(app: Flask, client: FlaskClient, session: Session) -> None:
    user = session.scalars(select(User).where(User.username == "thon1")).one()
    key = accounts.issue_token(session, user.id, Channel.OPENROSA, "Collect")
    phone = accounts.issue_token(session, user.id, Channel.PHONE, "app")
    session.commit()
    assert client.get(f"/openrosa/key/{key}/formList").status_code == 200
    for bad in (phone, "x" * 43, key[:-1]):
        reply = client.get(f"/openrosa/key/{bad}/formList")
        assert reply.status_code == 403 and "WWW-Authenticate" not in reply.headers
    assert client.get("/api/v1/forms", headers=bearer(key)).status_code == 401


def test_a_session_cookie_ends_with_the_password(app: Flask) -> None:
    with app.app_context():
        found = accounts.by_username(db.session(), "canbo")
        assert found is not None
        assert accounts.by_session_id(db.session(), found.get_id()) == found
        accounts.change_password(db.session(), found.id, "mat-khau-moi-2026")
        assert accounts.by_session_id(db.session(), found.get_id()) is None
        assert accounts.by_session_id(db.session(), "9" * 40 + ".x") is None


def test_an_unknown_name_takes_the_slow_hash_too() -> None:
    assert accounts._verified(accounts._NOBODY, "sai") is False
    from argon2 import PasswordHasher, extract_parameters

    real = extract_parameters(PasswordHasher().hash("x"))
    assert extract_parameters(accounts._NOBODY) == real
