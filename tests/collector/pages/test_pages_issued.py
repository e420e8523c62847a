"""Reports that were issued: frozen, corrected by a next one, held against today's data."""

from __future__ import annotations

import re
from collections.abc import Callable

import invented
import pytest
from browsing import BOTH, PLAN, Browser, words
from sqlalchemy.orm import Session

pytestmark = pytest.mark.usefixtures("of_2026")

Browse = Callable[[str], Browser]
PAGE = f"/plans/{PLAN}/report?period=2026"
ISSUE = f"/plans/{PLAN}/issued/2026"


def _interviews(session: Session, first: int, last: int) -> None:
    for n in range(first, last + 1):
        invented.add(session, invented.household_answers(n, f"AK01-{n:03}"))


@BOTH
def test_an_issued_file_stays_as_it_was_and_later_data_are_told(
    browse: Browse, session: Session
) -> None:
    _interviews(session, 1, 24)
    officer = browse("canbo")
    assert officer.send(PAGE, ISSUE).status_code == 303
    assert "Lần 1" in words(officer.get(PAGE))
    files = {name: officer.get(f"{ISSUE}/1?format={name}").data for name in ("docx", "xlsx", "csv")}
    assert files["docx"][:2] == files["xlsx"][:2] == b"PK"
    issued = officer.get(f"{ISSUE}/1")
    assert "Mọi con số vẫn như lúc chốt" in words(issued)
    assert re.findall(r'href="(/[^"]*)" aria-current="page"', issued.text) == ["/reports"]

    _interviews(session, 25, 40)
    page = words(officer.get(f"{ISSUE}/1"))
    assert "chỉ tiêu có số đã khác so với lúc chốt" in page
    assert "Mọi con số vẫn như lúc chốt" not in page
    again = {name: officer.get(f"{ISSUE}/1?format={name}").data for name in files}
    assert again == files


def test_a_correction_needs_a_reason_and_stands_beside_the_first(
    browse: Browse, session: Session
) -> None:
    _interviews(session, 1, 24)
    officer = browse("canbo")
    officer.send(PAGE, ISSUE)
    officer.send(PAGE, ISSUE, reason="  ")
    page = words(officer.get(PAGE))
    assert "Hãy ghi lý do" in page
    assert "Lần 2" not in page
    officer.send(PAGE, ISSUE, reason="Trạm Y tế gửi bổ sung tháng 10")
    page = words(officer.get(PAGE))
    assert "Lần 1" in page
    assert "Lần 2" in page
    assert "Trạm Y tế gửi bổ sung tháng 10" in page
    assert officer.get(f"{ISSUE}/1?format=csv").status_code == 200


def test_the_second_of_two_officers_is_told(browse: Browse, session: Session) -> None:
    _interviews(session, 1, 24)
    officer = browse("canbo")
    officer.send(PAGE, ISSUE)
    seen = {"revision": "0", "reason": "cũng chốt"}
    reply = officer.send(PAGE, ISSUE, **seen)
    assert reply.status_code == 303
    page = words(officer.get(PAGE))
    assert "Người khác vừa chốt báo cáo này" in page
    assert "Lần 2" not in page


def test_who_may_issue_and_what_is_not_there(browse: Browse) -> None:
    administrator = browse("quantri")
    reader = administrator.get(PAGE)
    assert "Chưa chốt lần nào" in words(reader)
    assert f'action="{ISSUE}"' not in reader.text
    assert administrator.client.post(ISSUE).status_code in (400, 403)
    officer = browse("canbo")
    assert officer.get(f"{ISSUE}/1").status_code == 404
    assert officer.get(f"/plans/{PLAN}/issued/1999/1").status_code == 404
    officer.send(PAGE, ISSUE)
    assert officer.get(f"{ISSUE}/1?format=pdf").status_code == 404
    assert officer.send(PAGE, ISSUE, revision="x", reason="thử").status_code == 303
    assert "Người khác vừa chốt" in words(officer.get(PAGE))
