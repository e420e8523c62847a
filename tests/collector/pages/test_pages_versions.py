"""Approving together, asking questions again, versions side by side, choosing a second text."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

import invented
import pytest
import world
from browsing import BOTH, Browser, parsed, words
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.models import Attachment, Conflict, Decision, Submission
from collector.store.submissions import Upload

Browse = Callable[[str], Browser]
REASON = "Đã gọi lại cho cộng tác viên."
QUESTION = "/data/member[1]/person/age"


def send(
    app: Flask, sender: str = "thon1", files: list[tuple[str, bytes]] | None = None, **ids: str
):
    """Send a household through OpenRosa, as a phone with ODK Collect does."""

    def post(answers: dict) -> int:
        text = world.multipart(world.xml(answers, **ids), files or ())
        reply = app.test_client().post("/openrosa/submission", headers=world.basic(sender), **text)
        return reply.status_code

    return post


def number_of(session: Session, instance_id: str) -> int:
    session.expire_all()
    found = session.scalar(select(Submission.id).where(Submission.instance_id == instance_id))
    assert found is not None
    return found


def decide(browser: Browser, number: int, action: str, **more: object):
    fields = {"action": action, "reason": REASON, **more}
    return browser.send(f"/review/{number}", f"/review/{number}/decision", **fields)


def ticks(reply) -> list[str]:
    return [
        a["value"] or "" for t, a in parsed(reply).tags if t == "input" and a.get("name") == "seen"
    ]


@BOTH
def test_checked_ones_are_approved_together_except_what_changed(
    browse: Browse, session: Session
) -> None:
    numbers = [
        invented.add(session, invented.household_answers(n, f"AK01-00{n}")) for n in (1, 2, 3, 4)
    ]
    waits = invented.flagged(session, "AK01-005")
    first, second = browse("canbo"), browse("canbo2")
    seen = ticks(first.get("/review?state=stored"))
    assert sorted(seen) == sorted(f"{n}:0" for n in numbers)
    decide(second, numbers[1], "exclude", reason="Nhà đã chuyển đi.")
    row = session.get_one(Submission, numbers[2])
    edit = invented.add(session, {**invented.household_answers(9, "AK01-009")})
    row.superseded, row.revision, row.claim = True, 1, None
    row.replaced_by = session.get_one(Submission, edit).instance_id
    session.commit()
    reply = first.send(
        "/review?state=stored", "/review/approve", seen=[*seen, f"{waits}:0", "x:y", "99:0"]
    )
    assert reply.status_code == 409
    text = words(reply)
    assert "Đã duyệt 2 phiếu." in text
    assert "AK01-002" in text and "Đã loại khỏi số liệu – Canbo2" in text
    assert "Lý do: “Nhà đã chuyển đi.”" in text
    assert "AK01-003" in text and "Đã có bản mới thay bản này. Thon1 gửi" in text
    assert "AK01-005" in text and "không ở tình trạng đã kiểm tra" in text
    session.expire_all()
    states = [session.get_one(Submission, n).state for n in (*numbers, waits)]
    assert states == ["accepted", "excluded", "stored", "accepted", "flagged"]
    kept = session.scalars(select(Decision).where(Decision.action == "accept")).all()
    assert {(one.submission_id, one.reason) for one in kept} == {(numbers[0], ""), (numbers[3], "")}
    again = first.client.post(
        "/review/approve",
        data={**parsed(first.get("/review?state=stored")).forms["/review/approve"], "seen": seen},
    )
    assert again.status_code == 409 and "Đã duyệt – chính" not in words(again)
    assert session.scalars(select(Decision)).all().__len__() == 3, "nothing is decided twice"


def test_approving_nothing_says_so(browse: Browse, session: Session) -> None:
    invented.add(session, invented.household_answers(1, "AK01-001"))
    reply = browse("canbo").send("/review?state=stored", "/review/approve")
    assert reply.status_code == 422 and "Hãy chọn ít nhất một phiếu" in words(reply)
    assert "AK01-001" in words(reply), "the list is still there"


def test_the_page_says_which_count(browse: Browse, session: Session) -> None:
    browser = browse("canbo")
    checked = invented.add(session, invented.household_answers(1, "AK01-001"))
    waits = invented.flagged(session, "AK01-002")

    def said(number: int) -> str:
        text = words(browser.get(f"/review/{number}"))
        return "counts" if "Được tính vào chỉ tiêu" in text else "not"

    assert (said(checked), said(waits)) == ("counts", "not")
    for action, expected in (("return", "not"), ("exclude", "not"), ("accept", "counts")):
        decide(browser, checked, action)
        assert said(checked) == expected, action
    assert "Chỉ phiếu đã duyệt, hoặc đã kiểm tra" in words(browser.get("/review"))


def test_a_question_is_asked_again(app: Flask, browse: Browse, session: Session) -> None:
    assert send(app, instance_id="uuid:a")(world.completed()) == 201
    number = number_of(session, "uuid:a")
    browser = browse("canbo")
    page = parsed(browser.get(f"/review/{number}"))
    offered = {a["value"] for t, a in page.tags if t == "input" and a.get("name") == "question"}
    assert QUESTION in offered
    stray = [QUESTION, "/data/khong-co"]
    refused = decide(browser, number, "accept", question=stray)
    assert refused.status_code == 422 and "không chọn trả lại" in words(refused)
    ticked = [
        a["value"]
        for t, a in parsed(refused).tags
        if t == "input" and a.get("name") == "question" and "checked" in a
    ]
    assert ticked == [QUESTION], "what was ticked is not lost"
    assert decide(browser, number, "return", question=stray).status_code == 303
    assert 'href="#q-data-member-1-person-age"' in browser.get(f"/review/{number}").text
    text = words(browse("thon1").get("/"))
    assert f"Lý do trả lại: {REASON}" in text and "Câu cần xem lại: Thành viên của hộ 1" in text
    assert "#/correct/uuid%3Aa" in browse("thon1").get("/").text
    assert "#/correct" not in browse("thon2").get("/").text
    login = {"username": "thon1", "password": world.PASSWORD}
    client = app.test_client()
    token = client.post("/api/v1/session", json=login).json["token"]
    mine = client.get("/api/v1/submissions", headers={"Authorization": f"Bearer {token}"}).json
    sent = mine["submissions"][0]
    assert (sent["questions"], sent["reason"]) == ([QUESTION], REASON)
    assert sent["answers"]["member"][0]["person"]["age"] == "40"


def test_what_was_returned_long_ago_is_still_listed(
    app: Flask, browse: Browse, session: Session
) -> None:
    old = invented.flagged(session, "AK01-001")
    decide(browse("canbo"), old, "return")
    for n in range(2, 39):
        invented.add(session, invented.household_answers(n, f"AK01-{n:03}"))
    for _ in range(20):
        invented.add(session, {"births": {"ym": "2026-01"}}, form="births")
    text = words(browse("thon1").get("/"))
    assert "AK01-001" in text and REASON in text
    assert "AK01-002" not in text, "the newest 50, and what waits for a correction"


def test_officers_see_their_own_returned_ones(browse: Browse, session: Session) -> None:
    number = invented.flagged(session, "AK01-001", sender="canbo")
    decide(browse("canbo2"), number, "return")
    own = browse("canbo")
    assert "1 phiếu của chính bạn bị trả lại." in words(own.get("/review"))
    assert REASON in words(own.get("/sent"))
    assert "của chính bạn" not in words(browse("canbo2").get("/review"))


@BOTH
def test_versions_stand_side_by_side(app: Flask, browse: Browse, session: Session) -> None:
    assert send(app, instance_id="uuid:a")(world.completed(members=3)) == 201
    assert (
        send(app, instance_id="uuid:b", deprecated_id="uuid:a")(
            world.completed(members=2, visit_no="2")
        )
        == 201
    )
    assert (
        send(app, instance_id="uuid:c", deprecated_id="uuid:b")(
            world.completed(members=2, visit_no="3")
        )
        == 201
    )
    browser = browse("canbo")
    a, b, c = (number_of(session, f"uuid:{name}") for name in "abc")
    text = words(browser.get(f"/review/{b}/versions"))
    assert "Bản 1" in text and "Bản 2 (đang xem)" in text and "Bản 3" in text
    assert "Đây là lần đến hộ thứ mấy? 1 2 đổi" in text
    assert re.search(r"Thành viên của hộ 3[^?]* bỏ", text) and "Thành viên của hộ 2" not in text
    assert "Chủ hộ" not in text, "what stayed is not repeated"
    assert "Chủ hộ" in words(browser.get(f"/review/{b}/versions?all=1"))
    text = words(browser.get(f"/review/{c}/versions?first={a}&second={c}"))
    assert "Đây là lần đến hộ thứ mấy? 1 3 đổi" in text
    assert "So sánh 3 bản" in words(browser.get(f"/review/{a}"))
    alone = invented.add(session, invented.household_answers(1, "AK01-009"))
    assert "chỉ có một bản" in words(browser.get(f"/review/{alone}/versions?first={a}&second={c}"))
    english = browse("canbo")
    english.get("/language/en")
    assert "1 2 changed" in words(english.get(f"/review/{b}/versions"))


PHOTO = ("gate.jpg", b"second gate")


@pytest.fixture
def disputed(app: Flask, session: Session) -> int:
    """A household sent twice under one id, the second time with another answer and a photo."""
    assert send(app, instance_id="uuid:a")(world.completed()) == 201
    second = send(app, instance_id="uuid:a", files=[PHOTO])
    assert second(world.completed(visit_no="3")) == 409
    assert second(world.completed(visit_no="3")) == 409
    return number_of(session, "uuid:a")


@BOTH
def test_a_second_text_is_chosen_with_its_files(
    browse: Browse, session: Session, disputed: int
) -> None:
    conflict = session.scalars(select(Conflict)).one().id
    page, browser = f"/review/conflicts/{conflict}", browse("canbo")
    text = words(browser.get(page))
    assert "Đây là lần đến hộ thứ mấy? 1 3 đổi" in text and "gate.jpg" in text
    file = next(
        a["href"]
        for t, a in parsed(browser.get(page)).tags
        if t == "a" and "/files/" in (a.get("href") or "")
    )
    assert file and browser.get(file).data == PHOTO[1]
    assert browse("thon1").get(file).status_code == 403
    assert "Có bản thứ hai" in words(browser.get("/review?state=stored"))
    assert browser.send(page, page, reason=REASON).status_code == 422
    reply = browser.send(page, page, reason=REASON, choice="choose")
    assert reply.status_code == 303
    session.expire_all()
    first = session.get_one(Submission, disputed)
    new = session.scalars(select(Submission).where(Submission.deprecated_id == "uuid:a")).one()
    assert reply.location == f"/review/{new.id}"
    assert (first.superseded, first.replaced_by, first.claim) == (True, new.instance_id, None)
    assert (new.state, new.flags, new.claim) == ("stored", "[]", new.occasion)
    kept = session.scalars(select(Attachment).where(Attachment.submission_id == new.id)).one()
    assert (kept.filename, kept.content) == PHOTO
    assert "Đây là lần đến hộ thứ mấy? 1 3 đổi" in words(browser.get(f"/review/{new.id}/versions"))
    assert "Đã chọn bản sau." in words(browser.get(page))


def test_a_second_text_is_not_chosen_over_a_decision_that_was_not_seen(
    browse: Browse, session: Session, disputed: int
) -> None:
    conflict = session.scalars(select(Conflict)).one().id
    page, browser = f"/review/conflicts/{conflict}", browse("canbo")
    form = parsed(browser.get(page)).forms[page]
    decide(browse("canbo2"), disputed, "exclude", reason="Nhà đã chuyển đi.")
    late = {**form, "choice": "choose", "reason": REASON}
    reply = browser.client.post(page, data=late)
    text = words(reply)
    assert reply.status_code == 409
    assert "Đã loại khỏi số liệu – Canbo2" in text and "Nhà đã chuyển đi." in text
    assert REASON in text, "what was typed is not lost"
    session.expire_all()
    assert session.scalars(select(Conflict)).one().resolved_at is None
    assert session.get_one(Submission, disputed).superseded is False
    assert browser.send(page, page, reason=REASON, choice="choose").status_code == 303
    new = session.scalars(select(Submission).where(Submission.deprecated_id == "uuid:a")).one()
    assert "edit_after_decision" in new.flags, "it waits for a decision of its own"


def test_files_of_others_are_nobodys_business(browse: Browse, session: Session) -> None:
    upload = Upload("gate.jpg", "image/jpeg", sha256(b"x").digest(), b"x")
    number = invented.add(session, invented.household_answers(1, "AK01-001"), uploads=[upload])
    path = f"/review/{number}/files/1"
    assert browse("canbo").get(path).status_code == 200
    for name in ("thon1", "tram", "quantri"):
        assert browse(name).get(path).status_code == 403, name
    assert browse("").get(path).status_code in (302, 303)
