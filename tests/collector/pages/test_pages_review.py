"""The officer's review: the list, one submission, the decision, two officers, second texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import invented
import pytest
from browsing import Browser, parsed, words
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.models import Conflict, Decision, Submission

Browse = Callable[[str], Browser]
REASON = "Đã gọi lại cho cộng tác viên, số giờ đúng."


def decide(browser: Browser, number: int, action: str = "accept", **more: str):
    fields = {"action": action, "reason": REASON, **more}
    return browser.send(f"/review/{number}", f"/review/{number}/decision", **fields)


def state(session: Session, number: int) -> str:
    session.expire_all()
    return session.get_one(Submission, number).state


def test_the_list_names_question_answer_and_message(browse: Browse, session: Session) -> None:
    invented.flagged(session, "AK01-005")
    text = words(browse("canbo").get("/review"))
    assert "AK01-005" in text and "Khảo sát hộ gia đình · Thôn Một" in text
    expected = (
        "Thành viên của hộ 2. Tổng số giờ làm những việc đó trong 7 ngày qua? “140” "
        "Số giờ trong 7 ngày từ 0 đến 112."
    )
    assert expected in text


def test_the_list_keeps_answers_to_itself(browse: Browse, session: Session) -> None:
    """Only what is wrong is named: not who lives there, and not who sent it."""
    invented.flagged(session, "AK01-005")
    text = words(browse("canbo").get("/review"))
    for personal in ("1966", "Chủ hộ", "Thon1"):
        assert personal not in text


def test_what_the_form_computed_for_itself_stands_apart(browse: Browse, session: Session) -> None:
    """`person_no` says nothing to an officer: a person's answers come first, by their labels."""
    differs = invented.fault(
        "/data/respondent[1]/person_no",
        "Giá trị tính được là “2”, nhưng phiếu ghi “1”.",
        "The calculated value is “2”, but the form says “1”.",
        "1",
        ("person_no", "person_no"),
    )
    odd = {**differs, "code": "irrelevant", "path": "/data/selection/rand_f", "name": "rand_f"}
    odd["label"] = {"vi": "rand_f", "en": "rand_f"}
    faults = [{**differs, "code": "calculation"}, odd, invented.TOO_LONG]
    number = invented.flagged(session, "AK01-005", faults=faults)
    waiting = words(browse("canbo").get("/review"))
    assert "“140”" in waiting and "person_no" not in waiting and "rand_f" not in waiting
    page = words(browse("canbo").get(f"/review/{number}"))
    answered, _, apart = page.partition("2 giá trị máy tự tính không khớp")
    assert "person_no" not in answered and "rand_f" not in answered
    assert (
        "Người được chọn 1. Giá trị tính được là “2”, nhưng phiếu ghi “1”. "
        "Tên trong biểu mẫu: person_no" in apart
    )


def test_the_list_is_filtered_by_state_form_and_village(browse: Browse, session: Session) -> None:
    invented.flagged(session, "AK01-005")
    invented.flagged(session, "AK02-006", sender="thon2")
    invented.add(session, invented.household_answers(3, "AK01-007"))
    browser = browse("canbo")

    def shown(query: str) -> set[str]:
        text = words(browser.get(f"/review?{query}"))
        return {code for code in ("AK01-005", "AK02-006", "AK01-007") if code in text}

    assert shown("") == {"AK01-005", "AK02-006"}
    assert shown("village=AK02") == {"AK02-006"}
    assert shown("form=births") == set()
    assert shown("state=stored") == {"AK01-007"}
    assert shown("state=khong-co&page=-3") == {"AK01-005", "AK02-006"}


def test_a_long_list_has_pages(browse: Browse, session: Session) -> None:
    for n in range(1, 28):
        invented.flagged(session, f"AK01-{n:03}")
    browser = browse("canbo")
    first, second = (words(browser.get(f"/review?page={n}")) for n in (1, 2))
    assert "AK01-001" in first and "AK01-026" not in first and "Trang 1 trên 2" in first
    assert "AK01-026" in second and "AK01-001" not in second


def test_a_submission_reads_as_a_questionnaire(browse: Browse, session: Session) -> None:
    number = invented.flagged(session)
    page = parsed(browse("canbo").get(f"/review/{number}"))
    text = " ".join(" ".join(page.text).split())
    assert "Anh/chị có đồng ý trả lời không? Có" in text
    assert "Người này là gì của chủ hộ? Chủ hộ" in text
    assert "Thành viên số 1" in text, "a label quotes an answer"
    assert "Dân tộc không trả lời Chưa trả lời. Câu này bắt buộc." in text
    ids = {attributes.get("id") for _, attributes in page.tags}
    jumps = [
        a["href"] for t, a in page.tags if t == "a" and (a.get("href") or "").startswith("#q-")
    ]
    assert len(jumps) == 2 and {jump[1:] for jump in jumps} <= ids


def test_it_reads_in_english_too(browse: Browse, session: Session) -> None:
    number = invented.flagged(session)
    browser = browse("canbo")
    browser.get("/language/en")
    text = words(browser.get(f"/review/{number}"))
    assert "Do you agree to take part? Yes" in text
    assert "Not answered. This question is required." in text


@pytest.mark.parametrize(
    ("action", "becomes"), [("accept", "accepted"), ("return", "returned"), ("exclude", "excluded")]
)
def test_a_decision_is_kept_with_its_reason(
    browse: Browse, session: Session, action: str, becomes: str
) -> None:
    number = invented.flagged(session)
    browser = browse("canbo")
    reply = decide(browser, number, action)
    assert (reply.status_code, reply.location) == (303, "/review")
    assert state(session, number) == becomes
    kept = session.scalars(select(Decision)).one()
    assert (kept.action, kept.reason, kept.revision) == (action, REASON, 1)
    assert "phiếu AK01-001." in words(browser.get("/review"))
    assert REASON in words(browser.get(f"/review/{number}"))


def test_the_sender_reads_why_it_came_back(browse: Browse, session: Session) -> None:
    number = invented.flagged(session)
    decide(browse("canbo"), number, "return")
    text = words(browse("thon1").get("/"))
    assert f"Lý do trả lại: {REASON}" in text and "Đã trả lại" in text


@pytest.mark.parametrize(("action", "reason"), [("accept", "   "), ("accept", ""), ("", REASON)])
def test_a_decision_needs_an_action_and_a_reason(
    browse: Browse, session: Session, action: str, reason: str
) -> None:
    number = invented.flagged(session)
    reply = decide(browse("canbo"), number, action, reason=reason)
    assert reply.status_code == 422
    assert state(session, number) == "flagged"
    if reason.strip():
        assert REASON in reply.text, "what was typed is still there"


def test_the_next_one_is_opened_where_asked_for(browse: Browse, session: Session) -> None:
    numbers = [invented.flagged(session, f"AK01-{n:03}") for n in (1, 2, 3)]
    browser = browse("canbo")
    order = (numbers[1], numbers[2], numbers[0])
    follows = [decide(browser, number, then="next").location for number in order]
    assert follows == [f"/review/{numbers[2]}", f"/review/{numbers[0]}", "/review"]


def test_the_second_of_two_officers_is_told(browse: Browse, session: Session) -> None:
    """Both have the page open; the second decision does not pass over the first."""
    number = invented.flagged(session)
    first, second = browse("canbo"), browse("canbo2")
    form = parsed(second.get(f"/review/{number}")).forms[f"/review/{number}/decision"]
    assert (
        decide(first, number, "exclude", reason="Nhà đã chuyển đi từ năm ngoái.").status_code == 303
    )
    late = {**form, "action": "accept", "reason": REASON}
    reply = second.client.post(f"/review/{number}/decision", data=late)
    assert reply.status_code == 409
    assert state(session, number) == "excluded"
    text = words(reply)
    assert "Đã loại khỏi số liệu" in text and "Nhà đã chuyển đi từ năm ngoái." in text
    assert "Canbo" in text
    assert REASON in text, "the typed reason is not lost"
    again = parsed(reply).forms[f"/review/{number}/decision"]
    assert again["revision"] == "1"
    sent = second.client.post(
        f"/review/{number}/decision", data={**again, "action": "accept", "reason": REASON}
    )
    assert sent.status_code == 303
    assert state(session, number) == "accepted"
    assert len(session.scalars(select(Decision)).all()) == 2


def test_a_correction_that_came_meanwhile_is_shown(browse: Browse, session: Session) -> None:
    number = invented.flagged(session)
    browser = browse("canbo")
    form = parsed(browser.get(f"/review/{number}")).forms[f"/review/{number}/decision"]
    edit = invented.add(session, invented.household_answers(7, "AK01-001"))
    row = session.get_one(Submission, number)
    row.superseded, row.revision = True, row.revision + 1
    row.replaced_by = session.get_one(Submission, edit).instance_id
    session.commit()
    late = {**form, "action": "accept", "reason": REASON}
    reply = browser.client.post(f"/review/{number}/decision", data=late)
    assert reply.status_code == 409
    assert f'href="/review/{edit}"' in reply.text
    assert REASON in reply.text
    page = browser.get(f"/review/{number}")
    assert f"/review/{number}/decision" not in parsed(page).forms


def test_a_second_interview_is_accepted_only_after_the_first_is_out(
    browse: Browse, session: Session
) -> None:
    first = invented.add(session, invented.household_answers(7, "AK01-001"))
    second = invented.add(
        session,
        invented.household_answers(8, "AK01-001"),
        flags=[{"code": "second_interview", "other": "x"}],
    )
    browser = browse("canbo")
    assert f'href="/review/{first}"' in browser.get(f"/review/{second}").text
    reply = decide(browser, second)
    assert reply.status_code == 409
    assert "Hãy loại phiếu kia trước" in reply.text and REASON in reply.text
    assert decide(browser, first, "exclude").status_code == 303
    assert decide(browser, second).status_code == 303
    assert (state(session, first), state(session, second)) == ("excluded", "accepted")


def test_second_texts_are_compared_question_by_question(browse: Browse, session: Session) -> None:
    number = invented.add(session, invented.household_answers(7, "AK01-001"))
    invented.conflict(session, number, {"visit_no": 3})
    browser = browse("canbo")
    assert "AK01-001" in words(browser.get("/review/conflicts"))
    text = words(browser.get("/review/conflicts/1"))
    assert "Khác nhau ở 1 câu." in text
    assert "Đây là lần đến hộ thứ mấy? 1 3 đổi" in text


def test_a_second_text_is_looked_at_once_with_a_reason(browse: Browse, session: Session) -> None:
    number = invented.add(session, invented.household_answers(7, "AK01-001"))
    invented.conflict(session, number, {"visit_no": 3})
    first, second = browse("canbo"), browse("canbo2")
    page = "/review/conflicts/1"
    form = parsed(second.get(page)).forms[page]
    assert first.send(page, page, reason=" ", choice="keep").status_code == 422
    assert first.send(page, page, reason=REASON, choice="keep").location == "/review/conflicts"
    late = second.client.post(page, data={**form, "reason": "Cũng đã xem.", "choice": "keep"})
    assert late.status_code == 409 and REASON in late.text and "Cũng đã xem." in late.text
    assert "Canbo, " in words(late), "by whom"
    session.expire_all()
    kept = session.scalars(select(Conflict)).one()
    assert kept.reason == REASON and kept.resolved_at is not None
    assert "AK01-001" not in words(first.get("/review/conflicts"))
    assert "AK01-001" in words(first.get("/review/conflicts?resolved=1"))


def test_what_is_not_there_is_not_found(browse: Browse) -> None:
    browser = browse("canbo")
    for path in ("/review/7", "/review/conflicts/7", "/review/99999999999999999999"):
        assert browser.get(path).status_code == 404, path


def test_an_old_version_of_a_form_still_shows_its_frame(browse: Browse, session: Session) -> None:
    number = invented.flagged(session)
    session.get_one(Submission, number).version = "2020.1"
    session.commit()
    reply = browse("canbo").get(f"/review/{number}")
    assert reply.status_code == 200
    assert "Không còn bản 2020.1" in reply.text


def test_times_are_vietnams(browse: Browse, session: Session) -> None:
    moment = datetime(invented.YEAR, 3, 1, 20, 30, tzinfo=UTC)
    number = invented.flagged(session, received_at=moment)
    assert f"03:30 ngày 02/03/{invented.YEAR}" in words(browse("canbo").get(f"/review/{number}"))
