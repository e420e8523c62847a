"""The plan at a glance, an indicator's page, and reports that are kept while nothing changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import invented
import pytest
from browsing import BOTH, PLAN, Browser, parsed, words
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from analysis.catalogue import CATALOGUE
from analysis.ethnic import common
from analysis.evaluate import load_plan
from collector import kept, reporting
from collector.models import Decision, Submission, TerritoryRevision, Village
from collector.routes.pages.deadlines import next_deadline
from collector.store import behind
from collector.store.revision import revision

Browse = Callable[[str], Browser]
YEAR = invented.YEAR


def page(code: str, **query: object) -> str:
    asked = "&".join(f"{key}={value}" for key, value in {"period": YEAR, **query}.items())
    return f"/plans/{PLAN}/indicators/{code}?{asked}"


@pytest.fixture
def interviews(session: Session) -> None:
    for n in range(1, 25):
        invented.add(session, invented.household_answers(n, f"AK01-{n:03}"))
        invented.add(session, invented.household_answers(n + 50, f"AK02-{n:03}"))


def test_the_glance_has_a_line_a_target_with_state_and_way_in_words(browse: Browse) -> None:
    plan = load_plan(PLAN)
    reply = browse("canbo").get(f"/plans/{PLAN}?period={YEAR}")
    lines = re.findall(r'<tr class="line".*?</tr>', reply.text, re.DOTALL)
    assert len(lines) == len(plan.targets)
    for line, target in zip(lines, plan.targets, strict=True):
        assert f"/indicators/{target.indicator}?" in line
        assert re.search(r'<span class="tag [^"]*"><svg.*?</svg><span>[^<]+</span>', line)
        assert re.search(r'class="way-word [a-z]+-word"><svg.*?</svg><span>\w+', line)
        assert str(target.deadline) in line


@pytest.mark.usefixtures("interviews")
def test_an_indicators_page_says_what_it_is_and_what_it_rests_on(browse: Browse) -> None:
    reply = browse("canbo").get(page("CARE_RATIO"))
    assert reply.status_code == 200
    text = words(reply)
    for heading in ("Tử số", "Mẫu số", "Nguồn định nghĩa", "Vì sao theo dõi", "Số nhỏ",
                    "Có thể gây hiểu nhầm", "Mục tiêu phát triển bền vững", "Qua các năm",
                    "Theo kế hoạch", "Độ chắc chắn", "Tiến độ", "Theo thôn"):  # fmt: skip
        assert heading in text, heading
    assert "48" in text
    links = [given["href"] for tag, given in parsed(reply).tags
             if tag == "a" and re.fullmatch(r"/review/\d+", given.get("href") or "")]  # fmt: skip
    assert len(links) == 48
    assert browse("canbo").get(str(links[0])).status_code == 200
    assert not re.search(r"\sstyle=|<script(?! src)", reply.text)


@pytest.mark.usefixtures("interviews")
def test_others_see_counts_and_no_submission(browse: Browse) -> None:
    reply = browse("quantri").get(page("CARE_RATIO"))
    assert reply.status_code == 200
    assert "/review/" not in reply.text
    assert re.search(r'<td class="number">48</td>', reply.text)
    assert browse("thon1").get(page("CARE_RATIO")).status_code == 403


@pytest.mark.parametrize("path", [f"/plans/{PLAN}/indicators/NONE", page("WAGE_F", period=1999),
                                  "/plans/none/indicators/WAGE_F"])  # fmt: skip
def test_what_is_not_there_is_not_found(browse: Browse, path: str) -> None:
    assert browse("canbo").get(path).status_code == 404


def test_every_indicator_has_a_page_also_without_a_target(browse: Browse, app: Flask) -> None:
    browser = browse("canbo")
    own = {target.indicator for target in load_plan(PLAN).targets}
    others = [code for code in CATALOGUE if code not in own]
    for code in [*sorted(own)[:3], *others]:
        reply = browser.get(page(code))
        assert reply.status_code == 200, code
        assert ("Kế hoạch không đặt mức" in words(reply)) is (code not in own)


def test_a_long_list_is_paged(
    browse: Browse, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind, "PAGE", 2)
    for n in range(1, 6):
        invented.add(session, invented.household_answers(n, f"AK01-{n:03}"))
    browser = browse("canbo")
    pages = [re.findall(r'href="/review/(\d+)"', browser.get(page("WAGE_F", page=n)).text)
             for n in (1, 2, 3, 4)]  # fmt: skip
    assert [len(ids) for ids in pages] == [2, 2, 1, 0]
    assert len({one for ids in pages for one in ids}) == 5


@pytest.mark.parametrize("asked", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_number_that_is_none_is_no_failure(browse: Browse, asked: str) -> None:
    assert browse("canbo").get(page("WAGE_F", page=asked)).status_code == 200


@BOTH
def test_any_change_of_what_counts_changes_the_revision(session: Session) -> None:
    seen = [revision(session, YEAR)]

    def changed() -> bool:
        session.commit()
        seen.append(revision(session, YEAR))
        return seen[-1] not in seen[:-1]

    assert revision(session, YEAR) == seen[0]
    one = invented.add(session, invented.household_answers(1, "AK01-001"))
    assert changed()
    invented.add(session, invented.household_answers(2, "AK01-002"))
    assert changed()
    officer = invented.account_id(session, "canbo")
    session.add(Decision(submission_id=one, account_id=officer, action="accept", reason="x",
                         revision=1, decided_at=datetime.now(UTC)))  # fmt: skip
    assert changed()
    session.execute(update(Submission).where(Submission.id == one).values(state="excluded"))
    assert changed()
    session.execute(update(TerritoryRevision).values(revision=TerritoryRevision.revision + 1))
    assert changed()


@BOTH
def test_a_later_years_submission_leaves_an_earlier_year_alone(session: Session) -> None:
    before = revision(session, YEAR - 1)
    invented.add(session, invented.household_answers(1, "AK01-001"))
    assert revision(session, YEAR - 1) == before
    assert revision(session, YEAR) != before


def test_a_page_computes_a_year_once_until_something_changes(
    browse: Browse, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    invented.add(session, invented.household_answers(1, "AK01-001"))
    made = []
    compute = reporting.report
    monkeypatch.setattr(
        kept.reporting, "report", lambda *given, **named: made.append(1) or compute(*given, **named)
    )
    browser = browse("canbo")
    address = f"/plans/{PLAN}?period={YEAR}"
    first = words(browser.get(address))
    years = len(made)
    assert years >= 1
    assert words(browser.get(address)).split("Số liệu lúc")[0] == first.split("Số liệu lúc")[0]
    assert len(made) == years
    invented.add(session, invented.household_answers(2, "AK01-002"))
    browser.get(address)
    assert len(made) == years + 1


def test_the_reports_used_last_are_kept(app: Flask) -> None:
    found = kept.Kept(most=2)
    reports = [object() for _ in range(3)]
    found.keep("a", reports[0])  # type: ignore[arg-type]
    found.keep("b", reports[1])  # type: ignore[arg-type]
    assert found.get("a") is reports[0]
    found.keep("c", reports[2])  # type: ignore[arg-type]
    assert (found.get("a"), found.get("b"), found.get("c")) == (reports[0], None, reports[2])


def test_forms_of_two_ethnic_lists_are_refused_with_the_reason(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two(forms: object) -> str:
        return common({"household": "ethnic-1979", "births": "ethnic-2008"})

    monkeypatch.setattr(reporting, "list_used", two)
    monkeypatch.setattr(kept, "_REPORTS", kept.Kept())
    reply = browse("canbo").get(page("WAGE_F"))
    assert reply.status_code == 409
    assert "không theo cùng một danh mục" in words(reply)
    assert "ethnic-1979: household; ethnic-2008: births" in words(reply)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 11, 23), date(2030, 12, 31)])
def test_the_next_deadline_is_the_nearest_day_of_the_plan(app: Flask, today: date) -> None:
    with app.test_request_context():
        found = next_deadline(load_plan(PLAN), today, "vi")
    assert found is not None
    assert 0 <= found.days <= 366
    with app.test_request_context():
        assert next_deadline(load_plan(PLAN), date(2031, 1, 1), "vi") is None


def test_the_registers_names_stay_names(browse: Browse, session: Session) -> None:
    session.execute(update(Village).where(Village.code == "AK01").values(name="<b>Một"))
    session.commit()
    for n in range(1, 15):
        invented.add(session, invented.household_answers(n, f"AK01-{n:03}"))
    html = browse("canbo").get(page("CARE_RATIO")).text
    assert "&lt;b&gt;Một" in html and "<b>Một" not in html
