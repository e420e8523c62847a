"""Progress of collection: what counts once, what does not count, which months are missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import invented
import pytest
import world
from browsing import BOTH, Browser, parsed, words
from sqlalchemy.orm import Session

from collector.routes.pages import collection as page
from collector.store import administration, collection, conflicts, own, queue, review
from collector.store.queue import Asked

Browse = Callable[[str], Browser]


def visit(session: Session, household: str, result: str, **more: object) -> int:
    """An interview that ended with `result`."""
    root = {
        "today": world.today(),
        "household": household,
        "village": household.split("-", maxsplit=1)[0],
        "result": result,
    }
    return invented.add(session, {"household": root}, **more)


def counts(session: Session, village: str = "AK01") -> dict[str, int]:
    found = collection.village_visits(session, "household", invented.YEAR)
    row = next(row for row in found if row.code == village)
    return {name: getattr(row, name) for name in page.COUNTS}


NOTHING = dict.fromkeys(page.COUNTS, 0) | {"households": world.HOUSEHOLDS}


@BOTH
def test_a_household_counts_once_by_its_best_result(session: Session) -> None:
    for result in ("4", "1"):
        visit(session, "AK01-001", result)  # absent, then complete
    for result in ("1", "4"):
        visit(session, "AK01-002", result)  # whatever came after
    for result in ("2", "4"):
        visit(session, "AK01-003", result)  # partly done is more than absent
    for result in ("4", "3"):
        visit(session, "AK01-004", result)  # the last thing at the door
    visit(session, "AK01-005", "6")
    expected = {"visited": 5, "complete": 2, "partly": 1, "refused": 1, "other": 1}
    assert counts(session) == NOTHING | expected


@BOTH
def test_what_waits_is_counted_apart(session: Session) -> None:
    invented.flagged(session, "AK01-001")
    assert counts(session) == NOTHING | {"flagged": 1}
    assert counts(session, "AK02") == NOTHING


@BOTH
def test_a_year_has_its_own_visits(session: Session) -> None:
    answers = {"today": f"{invented.YEAR - 1}-03-01", "household": "AK01-001", "village": "AK01"}
    invented.add(session, {"household": {**answers, "result": "1"}})
    assert counts(session) == NOTHING
    years = [invented.YEAR, invented.YEAR - 1]
    assert collection.years(session, invented.YEAR) == years


@BOTH
def test_months_of_births(session: Session) -> None:
    invented.births(session, [1, 2], [1])
    nil = {"ym": f"{invented.YEAR}-03", "no_births": "1"}
    invented.add(session, {"births_month": nil}, form="births_month", sender="tram")
    wrong = {"ym": f"{invented.YEAR}-04", "no_births": "0", "n_births": 5}
    invented.add(
        session,
        {"births_month": wrong},
        form="births_month",
        sender="tram",
        faults=[invented.MISSING],
    )
    months = collection.birth_months(session, invented.YEAR)
    assert [month.month for month in months] == list(range(1, 13))
    assert [month.closed for month in months[:5]] == [True, False, True, False, False]
    assert months[0].reported == months[0].births > 0
    assert months[1].births > 0 and months[1].reported is None
    assert months[2].reported == 0, "an explicit nil return closes the month"
    assert months[3].flagged == 1, "a return that waits for review closes nothing"


def test_the_page_names_the_missing_months(
    browse: Browse, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "today", lambda: date(invented.YEAR, 5, 9))
    invented.births(session, [1, 2, 3, 4], [1, 3])
    text = words(browse("canbo").get("/collection"))
    assert "Chưa chốt: tháng 2, 4." in text
    invented.births(session, [2, 4], [2, 4])
    text = words(browse("canbo").get("/collection"))
    assert "Chưa chốt" not in text and "Đã chốt đủ các tháng đã qua." in text


def test_the_page_adds_the_villages_up(browse: Browse, session: Session) -> None:
    visit(session, "AK01-001", "1")
    visit(session, "AK02-001", "1", sender="thon2")
    visit(session, "AK02-002", "3", sender="thon2")
    reply = browse("canbo").get("/collection")
    text = words(reply)
    assert f"2 hộ hoàn thành trên {2 * world.HOUSEHOLDS} hộ" in text
    assert "1 hộ đã đến, chưa hoàn thành" in text
    assert f"{2 * world.HOUSEHOLDS - 3} hộ chưa đến" in text
    assert "Thôn Một" in text and "Thôn Hai" in text
    bars = [given for tag, given in parsed(reply).tags if given.get("class") == "bar"]
    assert bars and all(bar.get("aria-label") for bar in bars)


def test_a_year_without_data_is_this_year(browse: Browse) -> None:
    browser = browse("canbo")
    for query in ("period=1066", "period=x", "period=99999999999999999999", ""):
        assert f"năm {invented.YEAR}" in words(browser.get(f"/collection?{query}")), query


@BOTH
def test_the_review_list_on_both_databases(session: Session) -> None:
    """What queue and administration ask, on SQLite and PostgreSQL."""
    first = invented.flagged(session, "AK01-001")
    second = invented.flagged(session, "AK02-001", sender="thon2")
    stored = visit(session, "AK01-001", "1")
    rows, total = queue.listed(session, Asked())
    assert ([row.id for row in rows], total) == ([first, second], 2)
    assert [row.id for row in queue.listed(session, Asked(village="AK02"))[0]] == [second]
    assert queue.state_counts(session)["stored"] == 1
    assert queue.next_waiting(session, first) == second
    assert queue.next_waiting(session, second) == first
    others = queue.same_occasion(session, review.one(session, first))
    assert [row.id for row in others] == [stored]
    assert review.one(session, first).decisions == ()
    invented.conflict(session, stored, {"visit_no": 3})
    assert queue.open_conflicts(session) == 1
    assert [row.sent_by for row in conflicts.disputes(session, resolved=False)] == ["Thon1"]
    assert conflicts.disputes(session, resolved=True) == []
    sent = own.recently(session, invented.account_id(session, "thon2"))
    assert [(one.row.id, one.reason, one.questions) for one in sent] == [(second, None, ())]
    assert next(row.username for row in administration.listed(session)) == "quantri"


def test_only_officers_see_how_a_village_answered_at_the_door(
    session: Session, browse: Browse
) -> None:
    """Refusals of one village are a small cell: exact for whoever reads the submissions anyway."""
    visit(session, "AK01-001", "3")
    visit(session, "AK01-002", "1")
    invented.flagged(session, "AK01-003")
    invented.births(session, [1, 1, 2], closed=[1])
    session.commit()
    replies = {name: browse(name).get("/collection") for name in ("canbo", "quantri")}
    own, other = (reply.text for reply in replies.values())
    for word in ("Từ chối", "Vắng", "Làm dở", "Chờ xem"):
        assert f'data-label="{word}"' in own and f'data-label="{word}"' not in other, word
    assert 'data-label="Xong"' in own and 'data-label="Xong"' in other
    assert "ca sinh đã nhận" in own and "ca sinh đã nhận" not in other
    numbers = re.findall(r"<b>([^<]*)</b>", other.partition('class="plain months"')[2])
    assert len(numbers) == 12 and set(numbers) <= {"✓", "–"}
