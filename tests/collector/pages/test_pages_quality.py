"""/quality: what the checks say, who may see it, and that no number moves by it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import invented
import pandas as pd
import pytest
import world
from browsing import BOTH, PLAN, Browser, parsed, words
from invented import Upload
from sqlalchemy import delete
from sqlalchemy.orm import Session

from analysis.quality import CHECKS, assess
from analysis.types import Frames
from collector import quality, reporting
from collector.models import Action, Attachment, Submission
from collector.store import frames, review
from collector.store import quality as store

Browse = Callable[[str], Browser]
DAY = f"{invented.YEAR}-01-05T"


def interview(
    session: Session, number: int, village: str = "AK01", minutes: float = 30, **more: Any
) -> int:
    """A complete interview at 9 in the morning, each on a day of its own."""
    household = f"{village}-{number:03}"
    answers = invented.household_answers(number, household)
    begin = pd.Timestamp(f"{DAY}09:00:00+07:00") + timedelta(days=number)
    answers["household"] |= {
        "start": begin.isoformat(),
        "end": (begin + timedelta(minutes=minutes)).isoformat(),
        "n_selected": len(answers["household.respondent"]),
        "n_members": len(answers["household.member"]),
    }
    for name, value in more.pop("root", {}).items():
        answers["household"][name] = value
    return invented.add(session, answers, sender=f"thon{village[-1]}", **more)


def fill(session: Session, minutes: float = 5) -> list[int]:
    """Two collectors: the second takes `minutes` where the first takes thirty."""
    honest = [interview(session, n) for n in range(1, 21)]
    return honest + [interview(session, n, "AK02", minutes) for n in range(21, 33)]


def seen(session: Session) -> Any:
    watch = quality.watched(world.library(), "household")
    assert watch is not None
    return store.seen(session, world.library().versions("household"), watch, invented.YEAR)


@BOTH
def test_stored_answers_come_as_the_checks_want_them(session: Session) -> None:
    number = interview(session, 1)
    rows = seen(session)
    root = rows.root.loc[number]
    assert (root["_village"], root["_household"], root["_result"]) == ("AK01", "AK01-001", "1")
    assert root["_collector"] == invented.account_id(session, "thon1")
    assert (root["end"] - root["start"]).total_seconds() == 1800
    assert str(root["start"].tz) == "UTC"
    persons = rows.tables["household.respondent"]
    assert set(persons["_submission"]) == {number}
    assert persons["care_w"].dtype == float
    assert persons["r_sex"].dtype == float
    ran = assess(rows).ran
    assert set(CHECKS) - set(ran) == {"same_record", "hasty"}


@BOTH
def test_every_watched_column_is_in_a_form(session: Session) -> None:
    """A check whose column a form no longer has would silently not run."""
    for form_id in ("household", "births"):
        watch = quality.watched(world.library(), form_id)
        assert watch is not None
        tables = world.form(form_id).tables()
        missing = {
            (table, name)
            for table, columns in watch.columns().items()
            for name in columns
            if name not in {column.name for column in tables[table]}
        }
        clock = {("births", "start"), ("births", "end")}
        assert missing - clock == set()


def test_sensitive_forms_are_never_watched() -> None:
    sensitive = [form.id for form in world.library() if form.about.get("sensitive")]
    assert sensitive
    assert [quality.watched(world.library(), one) for one in sensitive] == [None] * len(sensitive)


def test_the_page_names_who_differs_and_leads_to_the_submissions(
    browse: Browse, session: Session
) -> None:
    fill(session)
    officer = browse("canbo")
    page = officer.get(f"/quality?year={invented.YEAR}")
    assert page.status_code == 200
    first = words(page).split("Theo phép kiểm tra")[0]
    assert "Phỏng vấn quá nhanh" in first
    assert "12 trên 12 phiếu" in first
    check = officer.get(f"/quality/household/short?year={invented.YEAR}")
    assert "Thôn Hai" in words(check)
    links = {
        a["href"] for t, a in parsed(check).tags if t == "a" and "/review/" in (a["href"] or "")
    }
    assert len(links) == 12
    account = invented.account_id(session, "thon2")
    for group in (f"collector/{account}", "village/AK02"):
        own = officer.get(f"/quality/household/by/{group}?year={invented.YEAR}")
        assert own.status_code == 200
        assert "nên hỏi" in words(own)


def test_a_submission_shows_its_own_flags_and_no_others(browse: Browse, session: Session) -> None:
    rows = fill(session)
    officer = browse("canbo")
    hasty = words(officer.get(f"/review/{rows[-1]}"))
    assert "Điều nên hỏi lại" in hasty
    assert "5 phút" in hasty
    assert "Phỏng vấn quá nhanh" not in words(officer.get(f"/review/{rows[0]}"))


def test_what_comes_in_is_seen_at_once(browse: Browse, session: Session) -> None:
    officer = browse("canbo")
    address = f"/quality?year={invented.YEAR}"
    assert "Chưa có phiếu nào" in words(officer.get(address))
    interview(session, 1, root={"end": f"{invented.YEAR}-01-01T00:00:00+07:00"})
    said = words(officer.get(address)).split("Đồng hồ của máy sai")[1]
    assert said.split("nhận được. ")[1].startswith("1 trên 1 ")


def test_a_flag_changes_no_number_and_no_state(browse: Browse, session: Session) -> None:
    rows = fill(session)

    def numbers() -> Frames:
        session.expire_all()
        return frames.frames(session, world.library().versions("household"), [invented.YEAR])

    before, states = numbers(), [review.one(session, row).state for row in rows]
    officer = browse("canbo")
    assert "nên hỏi" in words(officer.get(f"/quality?year={invented.YEAR}"))
    officer.get(f"/review/{rows[-1]}")
    after = numbers()
    assert [review.one(session, row).state for row in rows] == states
    assert before.keys() == after.keys()
    for table, frame in before.items():
        pd.testing.assert_frame_equal(frame, after[table])


def test_the_indicators_are_the_same_whether_or_not_submissions_are_flagged(
    session: Session,
) -> None:
    """The same answers, once with times that are flagged and once without."""
    plan = next(one for one in reporting.shipped() if one.id == PLAN)

    def estimates() -> list[object]:
        made = reporting.report(session, world.library(), plan, invented.YEAR, demonstration=False)
        return [one.estimate.value for one in made.results]

    fill(session)
    assert {flag.check for flag in assess(seen(session)).flags} >= {"short"}
    flagged = estimates()
    session.execute(delete(Submission))
    fill(session, minutes=30)
    assert "short" not in {flag.check for flag in assess(seen(session)).flags}
    again = estimates()
    assert repr(again) == repr(flagged)
    assert any(value is not None for value in again)


def test_an_excluded_interview_is_no_longer_looked_at(session: Session) -> None:
    rows = fill(session)
    account = invented.account_id(session, "canbo")
    when = invented.datetime.now(invented.UTC)
    review.decide(
        session, rows[-1], revision=0, action=Action.EXCLUDE, reason="Không có thật",
        account_id=account, now=when,
    )  # fmt: skip
    session.commit()
    found = quality.assessed(session, world.library(), "household", invented.YEAR)
    assert found.submissions == len(rows) - 1
    assert found.of(rows[-1]) == ()


def audit_file(seconds: float, questions: int = 12, node: str = "/data/q{}") -> Upload:
    """A timing file in Collect's format."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["event", "node", "start", "end"])
    at = 1_767_600_000_000
    writer.writerow(["form start", "", at, ""])
    for number in range(questions):
        event = "group questions" if number % 2 else "question"
        writer.writerow([event, node.format(number), at, at + int(1000 * seconds)])
        writer.writerow(["form save", node.format(number), at, at + 1])
    content = text.getvalue().encode()
    return Upload("audit.csv", "text/csv", sha256(content).digest(), content)


@BOTH
def test_timing_files_are_read(session: Session) -> None:
    for number in range(1, 12):
        interview(session, number, uploads=[audit_file(3 if number == 4 else 10)])
    interview(session, 12, uploads=[Upload("audit.csv", "text/csv", b"1" * 32, b"\xff\x00not it")])
    found = assess(seen(session))
    assert "hasty" in found.ran
    hasty = [flag.submission for flag in found.flags if flag.check == "hasty"]
    fourth = session.query(Attachment.submission_id).order_by(Attachment.id).all()[3][0]
    assert hasty == [fourth]


@BOTH
def test_the_time_of_each_question_and_who_is_far_off(browse: Browse, session: Session) -> None:
    browser, page = browse("canbo"), "/quality/household/times"
    assert "Chưa phiếu nào có nhật ký giờ" in words(browser.get(page))
    node = "/data/member[1]/sex"
    for number in range(1, 9):
        interview(session, number, uploads=[audit_file(12, 1, node)])
    text = words(browser.get(page))
    assert "1 câu được hỏi ở dưới 10 phiếu" in text and "12,0" not in text
    for number in range(9, 21):
        interview(session, number, uploads=[audit_file(12, 1, node)])
    for number in range(21, 33):
        interview(session, number, "AK02", uploads=[audit_file(2.5, 1, node)])
    text = words(browser.get(page))
    assert "32 12 2,5–12" in text and "thường mất 30 phút (trung vị của 32 phiếu" in text
    assert "Thon2 : nhanh hơn hai lần, 12 trên 12 phiếu" in text
    assert page in browser.get("/quality").text
    assert browser.get("/quality/nothing/times").status_code == 404


@pytest.mark.parametrize("username", ["thon1", "tram", "quantri"])
def test_only_officers_see_it(browse: Browse, session: Session, username: str) -> None:
    interview(session, 1)
    browser = browse(username)
    account = invented.account_id(session, "thon1")
    for path in (
        "/quality",
        "/quality/household/short",
        "/quality/household/times",
        f"/quality/household/by/collector/{account}",
    ):
        assert browser.get(path).status_code == 403


@pytest.mark.parametrize(
    "path", ["household/nothing", "nothing/short", "household/by/village/XX", "household/by/x/AK01"]
)
def test_what_is_not_there_is_not_found(browse: Browse, session: Session, path: str) -> None:
    interview(session, 1)
    assert browse("canbo").get(f"/quality/{path}?year={invented.YEAR}").status_code == 404


@pytest.mark.parametrize(
    "root",
    [
        {"result": "3"},
        {"result": "4", "start": None, "end": None},
        {"result": "1", "start": "hôm qua", "end": "2026-11-20"},
        {"result": "1", "n_members": "bốn", "village": None},
        {},
    ],
)
def test_thin_and_odd_answers_are_no_trouble(
    browse: Browse, session: Session, root: dict[str, Any]
) -> None:
    """A refusal alone, no clock, words where numbers belong (accepted with their fault)."""
    answers = {"household": {"today": world.today(), "household": "AK01-001", **root}}
    number = invented.add(session, answers)
    found = quality.assessed(session, world.library(), "household", invented.YEAR)
    assert found.submissions == 1
    officer = browse("canbo")
    for path in (f"/quality?year={invented.YEAR}", f"/review/{number}"):
        assert officer.get(path).status_code == 200
    for check in found.ran:
        address = f"/quality/household/{check}?year={invented.YEAR}"
        assert officer.get(address).status_code == 200, check
