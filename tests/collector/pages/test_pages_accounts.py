"""Accounts: the administrator's page, one's own page, keys for ODK Collect."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable

import invented
import pytest
import world
from browsing import Browser, parsed, words
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.models import Token, User
from collector.routes.pages import qr

Browse = Callable[[str], Browser]
NEW = {
    "username": "Thon9",
    "display_name": "Cộng tác viên thôn 9",
    "role": "collector",
    "village": "AK02",
}


def shown_password(reply) -> str:
    found = re.search(r'id="password">([^<]+)<', reply.text)
    assert found, reply.text
    return found[1]


def user_id(session: Session, username: str) -> int:
    found = session.scalar(select(User.id).where(User.username == username))
    assert found is not None
    return found


def test_a_new_account_signs_in_with_the_password_shown(browse: Browse, session: Session) -> None:
    reply = browse("quantri").send("/users", "/users", **NEW)
    assert reply.status_code == 200
    made = session.scalars(select(User).where(User.username == "thon9")).one()
    assert (made.role, made.village) == ("collector", "AK02")
    assert browse("").sign_in("thon9", shown_password(reply)).status_code == 303


def test_the_password_is_shown_once_and_kept_nowhere(browse: Browse) -> None:
    browser = browse("quantri")
    password = shown_password(browser.send("/users", "/users", **NEW))
    assert password not in browser.get("/users").text
    cookie = browser.client.get_cookie("so-thon")
    assert cookie is not None and password not in cookie.value


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"village": ""}, 422, "cần được giao một thôn"),
        ({"username": ""}, 422, "Tên đăng nhập cần có"),
        ({"username": "a:b"}, 422, "Tên đăng nhập cần có"),
        ({"username": "canbo"}, 409, "đã có người dùng"),
        ({"village": "AK99"}, 422, "AK99"),
    ],
)
def test_a_faulty_account_is_refused_and_what_was_typed_stays(
    browse: Browse, session: Session, change: dict[str, str], status: int, says: str
) -> None:
    before = len(session.scalars(select(User)).all())
    reply = browse("quantri").send("/users", "/users", **{**NEW, **change})
    assert reply.status_code == status
    assert says in reply.text
    assert 'value="Cộng tác viên thôn 9"' in reply.text
    session.expire_all()
    assert len(session.scalars(select(User)).all()) == before


def test_a_role_without_a_village_drops_it(browse: Browse, session: Session) -> None:
    number = user_id(session, "thon1")
    page = f"/users/{number}"
    browse("quantri").send(page, page, display_name="X", role="unit", village="AK01")
    session.expire_all()
    assert session.get_one(User, number).role == "collector", "a unit's account needs a unit"
    browse("quantri").send(
        page, page, display_name="Trạm", role="unit", village="AK01", unit="tram-y-te"
    )
    session.expire_all()
    changed = session.get_one(User, number)
    assert (changed.display_name, changed.role, changed.village) == ("Trạm", "unit", None)
    assert changed.unit == "tram-y-te"


def test_a_switched_off_account_is_out_at_once(browse: Browse, session: Session) -> None:
    collector, administrator = browse("thon1"), browse("quantri")
    page = f"/users/{user_id(session, 'thon1')}"
    assert administrator.send(page, f"{page}/active").status_code == 303
    assert collector.get("/account").status_code == 302
    assert browse("").sign_in("thon1").status_code == 401
    administrator.send(page, f"{page}/active")
    assert browse("").sign_in("thon1").status_code == 303


def test_the_last_administrator_stays(browse: Browse, session: Session) -> None:
    browser = browse("quantri")
    page = f"/users/{user_id(session, 'quantri')}"
    switched = browser.send(page, f"{page}/active")
    assert switched.status_code == 409 and "ít nhất một người quản trị" in switched.text
    demoted = browser.send(page, page, display_name="Q", role="officer")
    assert demoted.status_code == 409
    other = browser.send("/users", "/users", **{**NEW, "role": "administrator"})
    assert other.status_code == 200
    assert browser.send(page, f"{page}/active").status_code == 303
    assert browser.get("/users").status_code == 302, "gone at once"


def test_a_reset_password_is_the_only_one(browse: Browse, session: Session) -> None:
    page = f"/users/{user_id(session, 'canbo')}"
    officer = browse("canbo")
    password = shown_password(browse("quantri").send(page, f"{page}/password"))
    assert officer.get("/account").status_code == 302
    assert browse("").sign_in("canbo").status_code == 401
    assert browse("").sign_in("canbo", password).status_code == 303


def test_a_key_for_odk_collect_works_and_is_revoked(browse: Browse, session: Session) -> None:
    browser = browse("thon1")
    reply = browser.send("/account", "/account/keys", device="Máy thôn 1")
    address = re.search(r'id="address">([^<]+)<', reply.text)
    assert address and address[1].startswith("http://localhost/openrosa/key/")
    path = address[1].removeprefix("http://localhost")
    forms = browser.client.get(f"{path}/formList", headers={"X-OpenRosa-Version": "1.0"})
    assert forms.status_code == 200
    assert path.rsplit("/", 1)[1] not in browser.get("/account").text, "shown once"
    token = session.scalars(select(Token)).one()
    assert "Máy thôn 1" in words(browser.get("/account"))
    assert browser.send("/account", f"/account/keys/{token.id}/revoke").status_code == 303
    assert browser.client.get(f"{path}/formList").status_code == 403
    assert "Máy thôn 1" not in words(browser.get("/account"))


def test_nobody_revokes_anothers_key(browse: Browse, session: Session) -> None:
    browse("thon1").send("/account", "/account/keys", device="Máy thôn 1")
    token = session.scalars(select(Token)).one()
    other = browse("thon2")
    form = parsed(other.get("/account")).forms["/account/keys"]
    reply = other.client.post(f"/account/keys/{token.id}/revoke", data=form)
    assert reply.status_code == 404


def test_what_collect_reads_from_the_code() -> None:
    code = qr.collect_settings("http://x/openrosa/key/k", "Sổ Thôn", "vi")
    settings = json.loads(zlib.decompress(base64.b64decode(code)))
    assert settings["general"]["server_url"] == "http://x/openrosa/key/k"
    assert settings["general"]["form_update_mode"] == "match_exactly"
    assert settings["admin"] == {} and settings["project"]["name"] == "Sổ Thôn"
    picture = str(qr.svg(code))
    assert picture.startswith("<svg") and "style" not in picture and "script" not in picture


def test_an_administrator_has_no_phone(browse: Browse) -> None:
    browser = browse("quantri")
    assert "/account/keys" not in parsed(browser.get("/account")).forms
    form = parsed(browser.get("/account")).forms["/account/password"]
    assert browser.client.post("/account/keys", data=form).status_code == 403


def test_whoever_fills_forms_begins_with_the_phone_app(browse: Browse, session: Session) -> None:
    invented.flagged(session, "AK01-003")
    reply = browse("thon1").get("/")
    assert reply.status_code == 200
    assert 'href="/phone/"' in reply.text and "<svg" in reply.text
    text = words(reply)
    assert "AK01-003" in text and "Đã nhận, chờ xem lại" in text and "Thôn Một" in text
    assert "AK01-003" not in words(browse("tram").get("/")), "one's own only"


def test_the_first_page_by_role(browse: Browse) -> None:
    assert browse("canbo").get("/").location == "/plans"
    assert browse("quantri").get("/").location == "/users"


def test_the_test_password_is_long_enough() -> None:
    assert len(world.PASSWORD) >= 10
