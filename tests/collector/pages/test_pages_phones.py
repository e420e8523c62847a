"""/phones: codes for phones, phones that are lost, files brought by hand."""

from __future__ import annotations

import io
import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import world
from browsing import Browser, words
from flask.testing import FlaskClient
from nacl.bindings import crypto_aead_aes256gcm_encrypt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector.models import AccountKey, EnrolmentCode, Submission, Token, User
from collector.routes.pages import qr
from collector.store import enrolments

Browse = Callable[[str], Browser]
NOW = datetime.now(UTC)


def account(session: Session, name: str = "thon1") -> int:
    found = session.scalar(select(User.id).where(User.username == name))
    assert found is not None
    return found


def new_code(browser: Browser, account_id: int, label: str = "Máy của Mai"):
    return browser.send("/phones", "/phones/codes", account=account_id, label=label)


def enrolled(client: FlaskClient, session: Session, label: str = "Máy của Mai") -> str:
    """A phone of thon1; its token."""
    code = enrolments.make_code(session, world.SECRET, account(session), label, NOW)
    session.commit()
    asked = {"code": code, "device": f"phone:{uuid4()}"}
    return client.post("/api/v1/enrolment", json=asked).json["token"]


def sealed(session: Session, kept: dict[str, Any], name: str = "thon1") -> bytes:
    """A rescue file, as a phone of the account writes it."""
    key = enrolments.key_of(session, account(session, name))
    session.commit()
    called = bytes.fromhex(
        session.scalars(select(AccountKey).where(AccountKey.key == key)).one().name
    )
    iv = secrets.token_bytes(12)
    head = b"SOTHON\0\1" + called + iv
    plain = json.dumps(kept).encode()
    return head + crypto_aead_aes256gcm_encrypt(plain, head, iv, enrolments.hkdf(key, "rescue", 32))


def entry(household: str = "AK01-001", **changes: Any) -> dict[str, Any]:
    one = {
        "id": str(uuid4()), "form": "household", "version": world.form().version,
        "finished": "2026-11-20T02:00:00.000Z", "summary": household, "state": "waiting",
    }  # fmt: skip
    return {"entry": {**one, **changes}, "answers": world.refused(household)}


def upload(browser: Browser, content: bytes):
    return browser.send("/phones", "/phones/rescue", file=(io.BytesIO(content), "x.sothon"))


def count(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Submission)) or 0


@pytest.mark.parametrize("who", ["canbo", "quantri"])
def test_a_code_is_shown_once_as_text_and_as_a_square(
    browse: Browse, session: Session, who: str
) -> None:
    browser = browse(who)
    reply = new_code(browser, account(session))
    found = re.search(r'id="code">([^<]+)<', reply.text)
    assert found, words(reply)
    assert str(qr.svg(f"http://localhost/phone/#/enrol/{found[1]}")) in reply.text
    again = browser.get("/phones")
    assert found[1] not in again.text and "có mã chưa dùng" in again.text


@pytest.mark.parametrize("who", ["canbo", "canbo2", "quantri"])
def test_no_code_for_officers_and_administrators(
    browse: Browse, session: Session, who: str
) -> None:
    browser = browse("canbo")
    assert f'value="{account(session, who)}"' not in browser.get("/phones").text
    reply = new_code(browser, account(session, who))
    assert reply.status_code == 422 and "Chỉ cấp mã cho tài khoản" in reply.text
    assert session.scalar(select(func.count()).select_from(EnrolmentCode)) == 0
    assert new_code(browser, 999).status_code == 404


def test_the_page_says_how_each_phone_stands(
    browse: Browse, client: FlaskClient, session: Session
) -> None:
    token, browser = enrolled(client, session), browse("canbo")
    assert "Máy của Mai" in words(browser.get("/phones"))
    row = session.scalars(select(Token)).one()
    reply = browser.send("/phones", f"/phones/{row.id}/give-up")
    assert reply.status_code == 303
    assert "máy chưa gặp lại máy chủ" in words(browser.get("/phones"))
    told = client.get("/api/v1/forms", headers={"Authorization": f"Bearer {token}"})
    assert told.json["code"] == "device-revoked"
    client.post(f"/api/v1/phones/{row.digest.hex()}/wiped")
    assert "Đã xoá sạch lúc" in words(browser.get("/phones"))
    assert f"/phones/{row.id}/give-up" not in browser.get("/phones").text


def test_a_file_is_taken_in_entry_by_entry_and_never_twice(
    browse: Browse, session: Session
) -> None:
    good, faulty = entry(), entry("AK01-002")
    faulty["answers"]["contact"] = "99"
    other = entry("AK02-001")
    unknown = entry("AK01-003", version="1999.1")
    kept = {"entries": [good, faulty, other, unknown], "drafts": [{}]}
    file, browser = sealed(session, kept), browse("canbo")
    first = words(upload(browser, file))
    assert first.count("Đã nhận") == 1 and first.count("Chưa nhận") == 3, first
    assert "1999.1" in first and "AK02" in first and "1 phiếu đang làm dở" in first
    assert count(session) == 1
    second = words(upload(browser, file))
    assert "Đã có từ trước" in second and "Đã nhận" not in second
    assert count(session) == 1
    row = session.scalars(select(Submission)).one()
    assert row.instance_id == f"uuid:{good['entry']['id']}"
    assert row.account_id == account(session)


def test_the_same_id_with_other_answers_is_kept_apart(browse: Browse, session: Session) -> None:
    one = entry()
    browser = browse("canbo")
    upload(browser, sealed(session, {"entries": [one], "drafts": []}))
    one["answers"] = world.refused("AK01-001", visit_no="2")
    reply = words(upload(browser, sealed(session, {"entries": [one], "drafts": []})))
    assert "Trùng mã, khác nội dung" in reply
    assert count(session) == 1


def test_what_is_no_such_file_stores_nothing(browse: Browse, session: Session) -> None:
    good = sealed(session, {"entries": [entry()], "drafts": []})
    unknown = good[:8] + bytes(16) + good[24:]
    browser = browse("canbo")
    # A byte turned over, never one set: what is sealed may end with any byte already.
    changed = good[:-1] + bytes([good[-1] ^ 0xFF])
    for content in (b"", b"PK\3\4" + bytes(99), good[:-1], changed, good[:40], good[:30]):
        reply = upload(browser, content)
        assert reply.status_code == 422 and "không phải tệp lưu" in reply.text
    assert "một tài khoản mà máy chủ không có" in upload(browser, unknown).text
    for kept in ([], {"entries": [{}], "drafts": []}, {"entries": [entry(id=5)], "drafts": []}):
        reply = upload(browser, sealed(session, kept))  # type: ignore[arg-type]
        assert reply.status_code == 422
    assert count(session) == 0


def test_an_administrator_takes_no_answers_in(browse: Browse, session: Session) -> None:
    browser = browse("quantri")
    assert "/phones/rescue" not in browser.get("/phones").text
    page = browser.get("/phones").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    assert browser.client.post("/phones/rescue", data={"csrf_token": token[1]}).status_code == 403
