"""/quality/back-checks: the draw, who may ask again, what is compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import invented
import pytest
import world
from browsing import BOTH, Browser, words
from sqlalchemy.orm import Session

from analysis.quality.backcheck import QUESTIONS
from collector.models import User
from collector.store import backchecks as store

Browse = Callable[[str], Browser]
YEAR = invented.YEAR
ADDRESS = f"/quality/back-checks?year={YEAR}"


def interview(session: Session, number: int, village: str = "AK01", **more: Any) -> int:
    answers = invented.household_answers(number, f"{village}-{number:03}")
    answers["household"]["n_members"] = len(answers["household.member"])
    answers["household"] |= more
    return invented.add(session, answers, sender=f"thon{village[-1]}")


def fill(session: Session) -> None:
    for number in range(1, 6):
        interview(session, number)
        interview(session, number + 10, "AK02")
    interview(session, 20, result="3")
    interview(session, 21, household="new:AK01:X")


def draw(session: Session, number: int = 2, seed: str = "2026") -> int:
    made = store.make(
        session, year=YEAR, number=number, seed=seed,
        account_id=invented.account_id(session, "canbo"),
        now=invented.datetime.now(invented.UTC),
    )  # fmt: skip
    session.commit()
    return made


def ask_again(session: Session, one: store.Due, sender: str = "canbo", **changed: Any) -> int:
    """File a back-check that agrees with the interview but for `changed`."""
    answers = session.get(store.Submission, one.submission)
    assert answers is not None
    first = store.first_answers(store.orjson.loads(answers.answers))
    root = {name: value for name, value in first.items() if value is not None}
    root |= {"today": f"{YEAR}-11-20", "household": one.household, "village": one.village}
    root |= {"contact": "1", **changed}
    return invented.add(session, {"backcheck": root}, form="backcheck", sender=sender)


@BOTH
def test_finished_interviews_are_drawn_by_collector(session: Session) -> None:
    fill(session)
    assert draw(session) == 4
    listed = store.due(session, YEAR)
    senders = [session.get(User, one.collector).username for one in listed]  # type: ignore[union-attr]
    assert senders == ["thon1", "thon1", "thon2", "thon2"]
    households = {one.household for one in listed}
    assert households.isdisjoint({"AK01-020", "new:AK01:X"})  # a refusal; one that has no address
    assert all(one.again is None and one.compared is None for one in listed)


@BOTH
def test_a_second_draw_adds_others_until_none_is_left(session: Session) -> None:
    fill(session)
    assert [draw(session, 4), draw(session, 4), draw(session, 4)] == [8, 2, 0]
    assert len({one.submission for one in store.due(session, YEAR)}) == 10
    assert [(made.number, made.interviews) for made in store.draws(session, YEAR)] == [
        (4, 8),
        (4, 2),
    ]


@BOTH
def test_an_answer_that_differs_is_a_mismatch(session: Session) -> None:
    fill(session)
    draw(session)
    first, second, third, _ = store.due(session, YEAR)
    ask_again(session, first)
    ask_again(session, second, n_members=20, held="0")
    ask_again(session, third, contact="4")
    one, two, three, four = store.due(session, YEAR)
    assert one.compared is not None and two.compared is not None
    assert one.compared.differs
    assert set(one.compared.differs) <= set(QUESTIONS)
    assert not any(one.compared.differs.values())
    assert {n for n, differs in two.compared.differs.items() if differs} == {"held", "n_members"}
    assert three.again is not None and three.compared is None  # nobody at home
    assert four.again is None


def test_the_interviewer_cannot_check_themselves(browse: Browse, session: Session) -> None:
    fill(session)
    draw(session)
    first = store.due(session, YEAR)[0]
    ask_again(session, first, sender="thon1")
    again = store.due(session, YEAR)[0]
    assert (again.again, again.own, again.compared) == (None, True, None)
    assert "Chính người phỏng vấn đã hỏi lại" in words(browse("canbo").get(ADDRESS))
    ask_again(session, first, sender="canbo2")
    assert store.due(session, YEAR)[0].compared is not None


def test_an_officer_draws_on_the_page(browse: Browse, session: Session) -> None:
    fill(session)
    officer = browse("canbo")
    reply = officer.send(ADDRESS, ADDRESS, number="1", seed="hôm nay")
    assert reply.status_code == 303
    page = words(officer.get(ADDRESS))
    assert "Đã rút 2 phiếu" in page
    assert page.split("Tình trạng")[1].split("Rút thêm")[0].count(" cần hỏi lại") == 2
    assert [one.again for one in store.due(session, YEAR)] == [None, None]
    listed = store.due(session, YEAR)
    ask_again(session, listed[0], head_sex="9")
    page = words(officer.get(ADDRESS))
    assert "khác ở Giới tính chủ hộ" in page
    assert "Chỗ khác nhau theo câu hỏi" in page
    assert "(khác quá 2 mới tính)" in page


@pytest.mark.parametrize(("number", "seed"), [("0", "1"), ("21", "1"), ("x", "1"), ("2", " ")])
def test_a_draw_that_makes_no_sense_is_refused(
    browse: Browse, session: Session, number: str, seed: str
) -> None:
    fill(session)
    reply = browse("canbo").send(ADDRESS, ADDRESS, number=number, seed=seed)
    assert reply.status_code == 422
    assert store.due(session, YEAR) == []


@pytest.mark.parametrize("username", ["thon1", "tram", "quantri"])
def test_nobody_else_sees_what_was_drawn(browse: Browse, username: str) -> None:
    browser = browse(username)
    assert browser.get(ADDRESS).status_code == 403
    assert browser.client.post(ADDRESS, data={"number": "1", "seed": "1"}).status_code in (400, 403)


def test_the_form_asks_what_is_compared() -> None:
    columns = {column.name for column in world.form("backcheck").tables()["backcheck"]}
    assert set(QUESTIONS) <= columns
    assert world.form("backcheck").about["filled_by"] == ["officer"]


def test_an_officer_can_send_it_by_the_phone(client: Any, session: Session) -> None:
    """The published form, through the API, with the check of the server."""
    token = client.post(
        "/api/v1/session",
        json={"username": "canbo", "password": world.PASSWORD, "device": "x"},
    ).json["token"]
    answers = {
        "start": "2026-11-20T08:00:00.000+07:00", "end": "2026-11-20T08:10:00.000+07:00",
        "today": world.today(), "household": "AK01-001", "village": "AK01", "contact": "1",
        "again": {"held": "1", "n_members": "4", "head_sex": "1", "head_birth_y": "1970",
                  "woman_asked": "1", "man_asked": "0", "woman": {"c1_d": "7", "c4_d": "-9"}},
    }  # fmt: skip
    body = {"form": "backcheck", "version": "2026.1", "instance_id": world.new_id(),
            "answers": answers}  # fmt: skip
    reply = client.post(
        "/api/v1/submissions", json=body, headers={"Authorization": f"Bearer {token}"}
    )
    assert reply.status_code == 201, reply.text
    again = store.again_answers({"backcheck": {**answers, **answers["again"], "c1_d": "7"}})
    assert again["c1_d"] == 7
