"""Phones taken into use by a code, the account's key, phones given up for lost."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import world
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.models import AccountKey, EnrolmentCode, Token, User
from collector.problems import Problem
from collector.store import accounts, enrolments

NOW = datetime.now(UTC)


def account(session: Session, name: str = "thon1") -> int:
    found = accounts.by_username(session, name)
    assert found is not None
    return found.id


def code_for(session: Session, name: str = "thon1", now: datetime = NOW) -> str:
    code = enrolments.make_code(session, world.SECRET, account(session, name), "Máy của Mai", now)
    session.commit()
    return code


def enrol(client: FlaskClient, code: str, device: str = ""):
    return client.post(
        "/api/v1/enrolment", json={"code": code, "device": device or f"phone:{uuid4()}"}
    )


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_code_takes_a_phone_into_use(client: FlaskClient, session: Session) -> None:
    code = code_for(session)
    assert len(code) == 9 and code[4] == "-"
    stored = session.scalars(select(EnrolmentCode)).one()
    assert code.replace("-", "").encode() not in stored.digest and stored.label == "Máy của Mai"
    reply = enrol(client, code.lower().replace("-", " "))
    assert reply.status_code == 200
    assert reply.json["user"]["username"] == "thon1"
    assert len(b64decode(reply.json["key"])) == 32
    assert client.get("/api/v1/forms", headers=bearer(reply.json["token"])).status_code == 200
    assert session.scalars(select(Token)).one().device == "Máy của Mai"


def test_a_code_works_once_but_a_lost_reply_can_be_asked_for_again(
    client: FlaskClient, session: Session
) -> None:
    code, device = code_for(session), f"phone:{uuid4()}"
    first = enrol(client, code, device).json
    other = enrol(client, code)
    assert other.status_code == 404 and other.json["code"] == "code_refused"
    again = enrol(client, code, device).json
    assert again["key"] == first["key"] and again["token"] != first["token"]
    assert client.get("/api/v1/forms", headers=bearer(again["token"])).status_code == 200
    assert client.get("/api/v1/forms", headers=bearer(first["token"])).status_code == 401


def test_an_old_code_and_a_replaced_one_are_refused(client: FlaskClient, session: Session) -> None:
    old = code_for(session, now=NOW - timedelta(hours=25))
    assert enrol(client, old).status_code == 404
    replaced = code_for(session)
    new = code_for(session)
    assert enrol(client, replaced).status_code == 404
    assert enrol(client, new).status_code == 200


def test_an_account_that_was_switched_off_takes_no_phone(
    client: FlaskClient, session: Session
) -> None:
    code = code_for(session)
    accounts.set_active(session, account(session), False)
    session.commit()
    assert enrol(client, code).status_code == 404
    with pytest.raises(Problem):
        enrolments.make_code(session, world.SECRET, account_off(session), "", NOW)


def account_off(session: Session) -> int:
    return session.scalars(select(User.id).where(User.username == "thon1")).one()


@pytest.mark.parametrize("name", ["canbo", "quantri"])
def test_officers_and_administrators_get_no_code(session: Session, name: str) -> None:
    with pytest.raises(Problem) as refused:
        enrolments.make_code(session, world.SECRET, account(session, name), "", NOW)
    assert refused.value.kind.code == "not_enrollable"


def test_wrong_codes_are_limited(client: FlaskClient, session: Session) -> None:
    code = code_for(session)
    for _ in range(10):
        assert enrol(client, "ABCD-2345").status_code == 404
    closed = enrol(client, code)
    assert closed.status_code == 429 and int(closed.headers["Retry-After"]) > 0


def test_one_key_an_account_whatever_brought_it(client: FlaskClient, session: Session) -> None:
    """Password, code and a second code bring the same key; another account has another."""
    signed_in = {"username": "thon1", "password": world.PASSWORD}
    by_password = client.post("/api/v1/session", json=signed_in).json
    by_code = enrol(client, code_for(session)).json
    again = enrol(client, code_for(session)).json
    asked = client.get("/api/v1/session/key", headers=bearer(again["token"])).json
    assert len({by_password["key"], by_code["key"], again["key"], asked["key"]}) == 1
    assert enrol(client, code_for(session, "thon2")).json["key"] != asked["key"]
    stored = session.scalars(select(AccountKey).where(AccountKey.account_id == account(session)))
    assert stored.one().key == b64decode(asked["key"])
    assert client.get("/api/v1/session/key").status_code == 401


def test_hkdf_is_that_of_the_rfc() -> None:
    """What WebCrypto makes of the same 32 bytes, as the phone asks it."""
    key = bytes(range(32))
    assert enrolments.hkdf(key, "account", 16).hex() == "220bb4efc502ce00e93b839c6b795311"


def test_a_phone_given_up_is_told_to_wipe_and_says_that_it_did(
    client: FlaskClient, session: Session
) -> None:
    phone = enrol(client, code_for(session)).json["token"]
    kept = enrol(client, code_for(session)).json["token"]
    digest = accounts.token_digest(phone)
    where = f"/api/v1/phones/{digest.hex()}"
    assert client.get(where).status_code == 204
    row = session.scalars(select(Token).where(Token.digest == digest)).one()
    assert client.post(f"{where}/wiped").status_code == 204
    session.refresh(row)
    assert row.wiped_at is None, "nobody asked it to"
    assert enrolments.give_up(session, row.id, NOW)
    session.commit()
    told = client.get("/api/v1/forms", headers=bearer(phone))
    assert told.status_code == 401 and told.json["code"] == "device-revoked"
    sent = client.post("/api/v1/submissions", headers=bearer(phone), json={})
    assert sent.status_code == 401 and sent.json["code"] == "device-revoked"
    assert client.get(where).json["code"] == "device-revoked"
    assert client.get("/api/v1/forms", headers=bearer(kept)).status_code == 200
    assert client.post(f"{where}/wiped").status_code == 204
    session.refresh(row)
    first = row.wiped_at
    assert first is not None
    client.post(f"{where}/wiped")
    session.refresh(row)
    assert row.wiped_at == first


def test_a_new_password_ends_a_sign_in_without_wiping(
    client: FlaskClient, session: Session
) -> None:
    phone = enrol(client, code_for(session)).json["token"]
    accounts.change_password(session, account(session), "mat-khau-moi-2026")
    session.commit()
    told = client.get("/api/v1/forms", headers=bearer(phone))
    assert told.status_code == 401 and told.json["code"] == "not_signed_in"
    row = session.scalars(select(Token)).one()
    assert enrolments.give_up(session, row.id, NOW), "it may still hold data"
    session.commit()
    assert client.get("/api/v1/forms", headers=bearer(phone)).json["code"] == "device-revoked"


def test_a_locked_phone_gets_the_forms_of_its_account_and_nothing_else(
    client: FlaskClient, session: Session
) -> None:
    """By the SHA-256 of its token: forms and lists as the token brings them, nothing else."""
    phone = enrol(client, code_for(session)).json["token"]
    digest = accounts.token_digest(phone).hex()
    where = f"/api/v1/phones/{digest}"
    mine = client.get("/api/v1/forms?have=", headers=bearer(phone)).json
    assert mine["forms"] and client.get(f"{where}/forms?have=").json == mine
    names = client.get(f"{where}/forms").json["forms"]
    assert [one["form"] for one in names] == [one["form"] for one in mine["forms"]]
    for path in ("/api/v1/forms", "/api/v1/submissions", "/api/v1/work", "/api/v1/session/key"):
        assert client.get(path, headers=bearer(digest)).status_code == 401


def test_a_locked_phone_that_was_refused_gets_no_forms(
    client: FlaskClient, session: Session
) -> None:
    assert client.get(f"/api/v1/phones/{'0' * 64}/forms").json["code"] == "not_signed_in"
    assert client.get("/api/v1/phones/xyz/forms").status_code == 404
    phone = enrol(client, code_for(session)).json["token"]
    where = f"/api/v1/phones/{accounts.token_digest(phone).hex()}/forms"
    accounts.change_password(session, account(session), "mat-khau-moi-2026")
    session.commit()
    ended = client.get(where)
    assert ended.status_code == 401 and ended.json["code"] == "not_signed_in"
    assert enrolments.give_up(session, session.scalars(select(Token.id)).one(), NOW)
    session.commit()
    assert client.get(where).json["code"] == "device-revoked"


@pytest.mark.parametrize("digest", ["0" * 64, "f" * 64])
def test_an_unknown_phone_is_told_nothing(client: FlaskClient, digest: str) -> None:
    assert client.get(f"/api/v1/phones/{digest}").status_code == 204
    assert client.post(f"/api/v1/phones/{digest}/wiped").status_code == 204


@pytest.mark.parametrize("digest", ["0" * 62, "xyz", "é" * 64])
def test_what_is_no_digest_is_not_found(client: FlaskClient, digest: str) -> None:
    assert client.get(f"/api/v1/phones/{digest}").status_code == 404


def test_only_phones_of_collectors_and_units_can_be_given_up(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    officer = {"username": "canbo", "password": world.PASSWORD}
    token = client.post("/api/v1/session", json=officer).json["token"]
    row = session.scalars(select(Token).where(Token.digest == accounts.token_digest(token))).one()
    assert not enrolments.give_up(session, row.id, NOW)
    assert [phone.id for phone in enrolments.phones(session)] == []
