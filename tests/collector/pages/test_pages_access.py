"""Who may open what; what a stranger, a forged form and a script in an answer come to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import invented
import pytest
import world
from browsing import Browser, parsed, words
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from collector.access import ACCESS
from collector.database import db
from collector.store import queue

Browse = Callable[[str], Browser]

READERS = {"canbo", "quantri"}
OFFICER = {"canbo"}
ADMINISTRATOR = {"quantri"}
EVERYBODY = {"thon1", "tram", "canbo", "quantri"}
PAGES = {
    "/collection": READERS,
    "/collection/boundaries": OFFICER,
    "/review": OFFICER,
    "/quality": OFFICER,
    "/review/1": OFFICER,
    "/review/conflicts": OFFICER,
    "/review/1/files/1": OFFICER,
    "/phones": READERS,
    "/users": ADMINISTRATOR,
    "/users/1": ADMINISTRATOR,
    "/account": EVERYBODY,
}


@pytest.mark.parametrize("username", sorted(EVERYBODY))
def test_a_role_sees_its_pages_and_no_other(
    browse: Browse, session: Session, username: str
) -> None:
    upload = invented.Upload("anh.jpg", "image/jpeg", b"0" * 32, b"x")
    assert invented.flagged(session, uploads=[upload]) == 1
    browser = browse(username)
    seen = {path: browser.get(path).status_code for path in PAGES}
    assert seen == {path: 200 if username in roles else 403 for path, roles in PAGES.items()}


@pytest.mark.parametrize("path", [*PAGES, "/", "/plans"])
def test_a_stranger_is_sent_to_sign_in_and_comes_back(browse: Browse, path: str) -> None:
    reply = browse("").get(path)
    assert reply.status_code == 302
    assert reply.location.startswith("/sign-in?next=")


def test_signing_in_leads_where_one_wanted_to_go(browse: Browse) -> None:
    reply = browse("").send(
        "/sign-in?next=/review%3Fvillage%3DAK01",
        "/sign-in",
        username="canbo",
        password=world.PASSWORD,
    )
    assert (reply.status_code, reply.location) == (303, "/review?village=AK01")


@pytest.mark.parametrize(
    "target",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "/a\tb", ""],
)
def test_signing_in_never_leads_elsewhere(browse: Browse, target: str) -> None:
    assert browse("").sign_in("canbo", next=target).location == "/"


def test_a_wrong_password_says_so_and_keeps_only_the_name(browse: Browse) -> None:
    reply = browse("").sign_in("canbo", "khong-phai-mat-khau")
    assert reply.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in reply.text
    fields = {
        a["name"]: a.get("value") for t, a in parsed(reply).tags if t == "input" and "name" in a
    }
    assert fields["username"] == "canbo"
    assert not fields["password"]


def test_after_five_wrong_passwords_the_page_says_how_long_to_wait(browse: Browse) -> None:
    browser = browse("")
    for _ in range(5):
        browser.sign_in("canbo", "khong-phai-mat-khau")
    reply = browser.sign_in("canbo")
    assert reply.status_code == 429
    assert "Hãy đợi 5 phút" in reply.text
    assert int(reply.headers["Retry-After"]) > 0


POSTS = [
    ("canbo", "/review/1/decision"),
    ("canbo", "/review/conflicts/1"),
    ("canbo", "/collection/boundaries"),
    ("canbo", "/indicators/new"),
    ("canbo", "/indicators/own/CLB_NU"),
    ("canbo", "/indicators/own/CLB_NU/withdraw"),
    ("tram", "/returns/tram-y-te/forms/births/workbook"),
    ("tram", "/returns/tram-y-te/workbooks/x"),
    ("tram", "/returns/tram-y-te/workbooks/x/drop"),
    ("canbo", "/account/password"),
    ("canbo", "/account/keys"),
    ("canbo", "/account/keys/1/revoke"),
    ("canbo", "/sign-out"),
    ("canbo", "/phones/codes"),
    ("canbo", "/phones/1/give-up"),
    ("canbo", "/phones/rescue"),
    ("quantri", "/users"),
    ("quantri", "/users/1"),
    ("quantri", "/users/1/active"),
    ("quantri", "/users/1/password"),
    ("", "/sign-in"),
]


@pytest.mark.parametrize(("username", "path"), POSTS)
def test_a_form_without_its_token_is_refused(browse: Browse, username: str, path: str) -> None:
    reply = browse(username).client.post(path, data={"action": "accept", "reason": "x"})
    assert reply.status_code == 400
    assert "Trang đã mở quá lâu" in reply.text


def test_every_post_of_the_pages_needs_its_token(app: Flask, browse: Browse) -> None:
    people = {"unit": "tram", "officer": "canbo", "administrator": "quantri", "collector": "thon1"}
    browsers = {role: browse(name) for role, name in people.items()}
    paths = app.url_map.bind("localhost")
    tried = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("pages.") and "POST" in (rule.methods or ()):
            door = ACCESS[rule.endpoint]
            role = next((one for one in people if one in door.roles), "officer")
            path = paths.build(rule.endpoint, dict.fromkeys(rule.arguments, 1), method="POST")
            reply = browsers[role].client.post(path, data={"reason": "x"})
            assert reply.status_code == 400 and "Trang đã mở quá lâu" in reply.text, path
            tried += 1
    assert tried >= len(POSTS)


def test_signing_out_ends_the_session(browse: Browse) -> None:
    browser = browse("canbo")
    assert browser.send("/account", "/sign-out").location == "/sign-in"
    assert browser.get("/account").status_code == 302


def test_a_changed_password_ends_the_other_sessions(browse: Browse) -> None:
    here, elsewhere = browse("canbo"), browse("canbo")
    reply = here.send(
        "/account",
        "/account/password",
        current=world.PASSWORD,
        new="mot cau de nho hon",
        again="mot cau de nho hon",
    )
    assert reply.status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert browse("").sign_in("canbo", "mot cau de nho hon").status_code == 303


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"current": "sai"}, "Mật khẩu hiện tại không đúng"),
        ({"again": "khac hon nua"}, "Hai lần nhập mật khẩu mới không giống nhau"),
        ({"new": "ngan", "again": "ngan"}, "Mật khẩu cần có từ 10 đến 128 ký tự"),
    ],
)
def test_a_password_is_not_changed_by_mistake(
    browse: Browse, fields: dict[str, str], says: str
) -> None:
    new = {"current": world.PASSWORD, "new": "mot cau de nho hon", "again": "mot cau de nho hon"}
    reply = browse("canbo").send("/account", "/account/password", **{**new, **fields})
    assert reply.status_code == 422
    assert says in reply.text
    assert browse("").sign_in("canbo").status_code == 303


def test_answers_are_shown_as_text(browse: Browse, session: Session) -> None:
    script = "<script>alert('x')</script>"
    answers = invented.household_answers(7, "AK01-001")
    answers["household"]["household_new"] = script
    fault = invented.fault("/data/x", script, script, script, (script, script))
    number = invented.add(session, answers, faults=[fault], flags=[{"code": script}])
    invented.conflict(session, number, {"household_new": script + "2"})
    browser = browse("canbo")
    for page in ("/review", f"/review/{number}", "/review/conflicts/1"):
        reply = browser.get(page)
        assert reply.status_code == 200
        assert script not in reply.text
        assert "&lt;script&gt;" in reply.text, page


def test_no_page_has_inline_styles_or_scripts(browse: Browse, session: Session) -> None:
    number = invented.flagged(session)
    browser = browse("canbo")
    for path in (
        "/sign-in",
        "/collection",
        "/review",
        f"/review/{number}",
        "/account",
        "/khong-co",
    ):
        reply = browser.get(path)
        assert "style-src" not in reply.headers["Content-Security-Policy"]
        for tag, attributes in parsed(reply).tags:
            assert tag != "style" and "style" not in attributes, (path, tag)
            assert not any(name.startswith("on") for name in attributes), (path, tag, attributes)
            assert tag != "script" or attributes.get("src"), path


def test_an_attached_file_is_only_ever_downloaded(browse: Browse, session: Session) -> None:
    page = invented.Upload("trang.html", "text/html", b"0" * 32, b"<script>alert(1)</script>")
    number = invented.flagged(session, uploads=[page])
    browser = browse("canbo")
    assert "trang.html" in browser.get(f"/review/{number}").text
    reply = browser.get(f"/review/{number}/files/1")
    assert reply.data == page.content
    assert reply.mimetype == "application/octet-stream"
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    other = invented.flagged(session, household="AK01-002")
    assert browser.get(f"/review/{other}/files/1").status_code == 404


def test_pages_are_kept_by_no_cache(browse: Browse) -> None:
    assert browse("canbo").get("/account").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", [404, 405, 403])
def test_errors_are_pages_that_say_what_to_do(browse: Browse, code: int) -> None:
    browser = browse("thon1")
    path = {404: "/khong-co", 405: "/sign-out", 403: "/users"}[code]
    reply = browser.get(path)
    assert reply.status_code == code
    assert "Về trang đầu" in words(reply)
    browser.get("/language/en")
    assert "To the first page" in words(browser.get(path))


def test_when_the_database_is_gone_a_page_says_so(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browse("canbo")

    def gone(*_: object) -> None:
        raise OperationalError("SELECT answers", {}, sqlite3.OperationalError("disk I/O error"))

    monkeypatch.setattr(queue, "listed", gone)
    reply = browser.get("/review")
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert "Máy chủ tạm thời không ghi được" in reply.text and "disk" not in reply.text


def test_without_any_table_there_is_still_a_page(app: Flask, browse: Browse) -> None:
    browser = browse("canbo")
    with app.app_context():
        db.drop_all()
    reply = browser.get("/review")
    assert reply.status_code == 503
    assert "Máy chủ tạm thời không ghi được" in reply.text


def test_a_fault_of_ours_shows_nothing_of_it(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browse("canbo")

    def broken(*_: object) -> None:
        raise ValueError("một câu trả lời riêng tư")

    monkeypatch.setattr(queue, "listed", broken)
    reply = browser.get("/review")
    assert reply.status_code == 500
    assert "Máy chủ gặp lỗi" in reply.text and "riêng tư" not in reply.text


def test_a_form_that_is_too_large_is_refused(browse: Browse, session: Session) -> None:
    number = invented.flagged(session)
    browser = browse("canbo")
    reply = browser.client.post(f"/review/{number}/decision", data={"reason": "x" * 1_100_000})
    assert reply.status_code == 413
    assert "Gửi lên quá lớn" in reply.text
