"""The plan's page and the report's files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import invented
import pytest
from browsing import PLAN, Browser, download, parsed, text_of, words
from flask import Flask
from sqlalchemy.orm import Session

from analysis.plans.resolve import open_oddities
from analysis.reports.numbers import format_number
from analysis.types import (
    Arithmetic,
    Day,
    Report,
    Statistical,
    TargetResult,
    Trajectory,
    Verdict,
)
from collector import reporting
from collector.routes.pages import plan as page
from collector.routes.pages import source
from collector.routes.pages.deadlines import next_deadline
from collector.routes.pages.judgements import Standing, judgements, standing, tally
from collector.routes.pages.target_facts import figures

pytestmark = pytest.mark.usefixtures("of_2026")

Browse = Callable[[str], Browser]
ADDRESS = f"/plans/{PLAN}?period=2026"


@pytest.fixture
def interviews(session: Session) -> None:
    """Enough interviews in both villages for the survey's indicators."""
    for n in range(1, 25):
        invented.add(session, invented.household_answers(n, f"AK01-{n:03}"))
        invented.add(session, invented.household_answers(n + 50, f"AK02-{n:03}"))
    invented.births(session, [1, 2, 3], [1, 3])


@pytest.fixture
def report(app: Flask, session: Session, interviews: None) -> Report:
    """What the page is made from."""
    found = next(plan for plan in reporting.shipped() if plan.id == PLAN)
    library = app.extensions["so-thon"].library
    return reporting.report(session, library, found, 2026, demonstration=False)


def test_every_target_is_there_in_the_plans_own_words(browse: Browse, report: Report) -> None:
    reply = browse("canbo").get(ADDRESS)
    assert reply.status_code == 200
    text = words(reply)
    assert len(report.results) == 19
    for result in report.results:
        assert " ".join(result.target.verbatim.split()) in text, result.target.id
        for unit in result.target.responsible:
            assert unit in text
    orphans = [r for r in report.results if not r.target.responsible]
    assert text.count("chưa giao đơn vị nào") == len(orphans) + 1, "each, and in the list of tasks"
    assert "chưa đủ số liệu" in text


def test_the_page_says_what_the_report_says(browse: Browse, report: Report) -> None:
    text = words(browse("canbo").get(ADDRESS))
    shown = [result for result in report.results if result.estimate.value is not None]
    assert {result.indicator.code for result in shown} >= {"CARE_RATIO", "WAGE_F", "AWARE", "SRB"}
    for result in shown:
        number = format_number(result.estimate, result.indicator, "vi", result.target.value)
        assert number in text, result.target.id


@pytest.mark.usefixtures("interviews")
def test_no_verdict_is_told_by_colour_alone(browse: Browse) -> None:
    html = browse("canbo").get(ADDRESS).text
    tags = re.findall(r'<span class="tag [^"]*">(<svg.*?</svg>)<span>([^<]*)</span></span>', html)
    assert len(tags) == html.count('<span class="tag ') > 25
    assert all(shape and word.strip() for shape, word in tags)
    looks = dict(re.findall(r'<span class="tag (\w+)[^"]*">(<svg.*?</svg>)', html))
    assert len(set(looks.values())) == len(looks), "each colour has a shape of its own"


@pytest.mark.usefixtures("interviews")
def test_each_target_has_a_chart_with_a_name(browse: Browse) -> None:
    html = browse("canbo").get(ADDRESS).text
    assert len(re.findall(r'<svg [^>]*role="img"[^>]*><title>[^<]{20,}</title>', html)) == 19


def test_the_tiles_count_every_target_and_narrow_the_table(browse: Browse, report: Report) -> None:
    counts = tally(report.results)
    assert sum(counts.values()) == 19
    browser = browse("canbo")
    for where, number in counts.items():
        reply = browser.get(f"{ADDRESS}&show={where.value}")
        rows = [given for tag, given in parsed(reply).tags if given.get("class") == "target"]
        assert len(rows) == number, where
    rows = parsed(browser.get(f"{ADDRESS}&show=khong-co")).tags
    assert len([1 for _, given in rows if given.get("class") == "target"]) == 19


def _folds(browser: Browser, query: str = "") -> list[bool]:
    """Which objectives are open on the page, in order."""
    tags = parsed(browser.get(ADDRESS + query)).tags
    return [
        "open" in given
        for tag, given in tags
        if tag == "details" and "fold" in (given.get("class") or "")
    ]


def test_objectives_are_folded_unless_all_are_asked_for_or_the_table_is_narrowed(
    browse: Browse, report: Report
) -> None:
    browser = browse("canbo")
    assert _folds(browser) == [False] * 6
    assert _folds(browser, "&open=all") == [True] * 6
    narrowed = _folds(browser, "&show=not_met")
    assert narrowed == [True] * len(narrowed)
    assert narrowed


def test_targets_whose_words_wait_for_a_decision(browse: Browse, report: Report) -> None:
    waiting = [r.target.id for r in report.results if open_oddities(r.target)]
    page = parsed(browse("canbo").get(f"{ADDRESS}&show=decision"))
    assert [given["id"] for _, given in page.tags if given.get("class") == "target"] == waiting
    assert 0 < len(waiting) < len(report.results)
    assert f"Cần quyết định ({len(waiting)})" in " ".join(page.text)


def test_an_objective_says_how_its_targets_stand(browse: Browse, report: Report) -> None:
    """Every target is counted once in the lines of the folded objectives."""
    html = browse("canbo").get(ADDRESS).text
    lines = re.findall(r'<span class="row fold-line">(.*?)</summary>', html, re.DOTALL)
    assert len(lines) == 6
    states = re.findall(
        r"<span>(\d+) (đạt|chưa đạt|chưa kết luận|chưa có|không phát)", "".join(lines)
    )
    assert sum(int(number) for number, _ in states) == len(report.results)


def _verdict(arithmetic: Arithmetic, statistical: Statistical) -> Verdict:
    return Verdict(arithmetic, statistical, Trajectory.NO_BASELINE)


@pytest.mark.parametrize(
    ("arithmetic", "statistical", "where"),
    [
        (Arithmetic.MET, Statistical.SURELY_MET, Standing.MET),
        (Arithmetic.MET, Statistical.FULL_COUNT, Standing.MET),
        (Arithmetic.MET, Statistical.UNDECIDED, Standing.UNDECIDED),
        (Arithmetic.MET, Statistical.NOT_ASSESSABLE, Standing.UNDECIDED),
        (Arithmetic.NOT_MET, Statistical.UNDECIDED, Standing.UNDECIDED),
        (Arithmetic.NOT_MET, Statistical.SURELY_NOT_MET, Standing.NOT_MET),
        (Arithmetic.NOT_MET, Statistical.FULL_COUNT, Standing.NOT_MET),
        (Arithmetic.INCOMPLETE, Statistical.UNDECIDED, Standing.NO_DATA),
        (Arithmetic.MET, Statistical.NO_DATA, Standing.NO_DATA),
        (Arithmetic.NOT_APPLICABLE, Statistical.NO_DATA, Standing.OTHER),
        (Arithmetic.QUALITATIVE, Statistical.NO_DATA, Standing.OTHER),
    ],
)
def test_where_a_target_stands(
    app: Flask, arithmetic: Arithmetic, statistical: Statistical, where: Standing
) -> None:
    target = reporting.shipped()[0].targets[0]
    result = _result(app, target.id, _verdict(arithmetic, statistical))
    assert standing(result) is where


def _result(app: Flask, target_id: str, verdict: Verdict | None) -> TargetResult:
    with app.app_context():
        found = next(plan for plan in reporting.shipped() if plan.id == PLAN)
        made = source_report(app, found)
    result = next(r for r in made.results if r.target.id == target_id)
    return replace(result, verdict=verdict)


def source_report(app: Flask, found: object) -> Report:
    with app.test_request_context():
        return source.report(found, 2026)  # type: ignore[arg-type]


def test_drawn_villages_are_not_called_households(app: Flask, report: Report) -> None:
    result = next(r for r in report.results if r.target.indicator == "WAGE_F")
    villages = replace(result, estimate=replace(result.estimate, population=None))
    with app.test_request_context():
        assert "Số hộ trong mẫu" in dict(figures(result, "vi"))
        assert "Số đơn vị mẫu (thôn hoặc hộ)" in dict(figures(villages, "vi"))


def test_the_three_verdicts_stand_apart(app: Flask) -> None:
    verdict = Verdict(Arithmetic.MET, Statistical.UNDECIDED, Trajectory.BEHIND)
    with app.test_request_context():
        found = judgements(verdict, "vi")
    assert [one.word for one in found] == ["Đạt", "Chưa kết luận", "Chậm"]
    assert [one.question for one in found] == ["Theo kế hoạch", "Độ chắc chắn", "Tiến độ"]
    assert [one.look for one in found] == ["good", "open", "bad"]


def test_without_data_one_line_says_so(app: Flask) -> None:
    with app.test_request_context():
        assert [one.word for one in judgements(None, "vi")] == ["Chưa có số liệu"]


@pytest.mark.parametrize(
    "query", ["period=2025", "period=2031", "period=abcd", "period=٢٠٢٦", "period=20260"]
)
def test_a_year_outside_the_plan_is_not_found(browse: Browse, query: str) -> None:
    assert browse("canbo").get(f"/plans/{PLAN}?{query}").status_code == 404


def test_an_unknown_plan_is_not_found(browse: Browse) -> None:
    browser = browse("canbo")
    for path in ("/plans/khong-co", "/plans/khong-co/report", "/plans/..%2f..%2fetc"):
        assert browser.get(path).status_code == 404, path


def test_the_first_plan_is_the_communes(browse: Browse) -> None:
    assert browse("canbo").get("/plans").location == f"/plans/{PLAN}"


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        (date(2024, 5, 1), [2026]),
        (date(2026, 1, 1), [2026]),
        (date(2028, 6, 1), [2026, 2027, 2028]),
        (date(2035, 1, 1), [2026, 2027, 2028, 2029, 2030]),
    ],
)
def test_the_years_that_can_be_chosen(
    monkeypatch: pytest.MonkeyPatch, day: date, periods: list[int]
) -> None:
    monkeypatch.setattr(page, "today", lambda: day)
    assert page.periods(reporting.shipped()[0]) == periods


@pytest.mark.parametrize(
    ("day", "left", "due"),
    [
        (date(2026, 11, 23), 6, "29/11/2026"),
        (date(2026, 11, 29), 0, "29/11/2026"),
        (date(2026, 11, 30), 364, "29/11/2027"),
        (date(2030, 11, 30), 31, "31/12/2030"),
    ],
)
def test_how_long_until_a_report_due_before_the_30th_of_november(
    app: Flask, day: date, left: int, due: str
) -> None:
    plan = reporting.shipped()[0]
    duty = replace(plan.reports[0], before=Day(30, 11))
    with app.test_request_context():
        found = next_deadline(replace(plan, reports=(duty,), activities=()), day, "vi")
    assert found is not None
    assert (found.days, due in found.words) == (left, True)


def test_the_page_counts_the_days_to_what_is_due_next(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "today", lambda: date(2026, 11, 23))
    assert "2 ngày nữa đến hạn 25/11/2026" in words(browse("canbo").get(ADDRESS))


def test_what_waits_stands_on_top(
    browse: Browse, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "today", lambda: date(2026, 4, 10))
    number = invented.flagged(session)
    invented.conflict(session, number, {"visit_no": 3})
    invented.births(session, [1, 2, 3], [1, 3])
    text = words(browse("canbo").get(ADDRESS))
    assert "1 phiếu chờ xem lại" in text and "1 phiếu có hai bản" in text
    assert "Trạm y tế chưa chốt số sinh tháng 2" in text
    administrators = words(browse("quantri").get(ADDRESS))
    assert "1 phiếu chờ xem lại" not in administrators, "who may not review is not sent there"


@pytest.mark.usefixtures("interviews")
@pytest.mark.parametrize("file_format", ["docx", "xlsx", "csv"])
def test_a_report_is_a_file_that_opens(browse: Browse, file_format: str) -> None:
    reply = download(browse("canbo"), file_format)
    assert reply.status_code == 200
    assert reply.mimetype == page.MIME_TYPES[file_format].split(";", 1)[0]
    wanted = f"attachment; filename=bao-cao-an-khanh-2026.{file_format}"
    assert reply.headers["Content-Disposition"] == wanted
    text = text_of(file_format, reply.data)
    assert "Tăng tỷ lệ lao động nữ làm công hưởng lương đạt 60% vào năm 2030." in text
    if file_format == "csv":
        assert reply.data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read Vietnamese"


@pytest.mark.parametrize("file_format", ["pdf", "DOCX", "../x"])
def test_an_unknown_format_is_not_found(browse: Browse, file_format: str) -> None:
    assert download(browse("canbo"), file_format).status_code == 404


@pytest.mark.parametrize("username", ["thon1", "tram", ""])
def test_a_report_is_for_readers_only(browse: Browse, username: str) -> None:
    assert download(browse(username), "csv").status_code == (403 if username else 302)


def test_the_page_of_the_report_offers_each_format(browse: Browse) -> None:
    reply = browse("canbo").get("/reports")
    assert reply.location == f"/plans/{PLAN}/report"
    tags = parsed(browse("canbo").get(reply.location)).tags
    offered = [given["value"] for tag, given in tags if given.get("name") == "format"]
    assert offered == list(page.MIME_TYPES)


def test_a_plan_of_another_commune_says_whose_figures_it_shows(browse: Browse) -> None:
    """The figures are those of the service's own commune, whatever plan they are read against."""
    other = words(browse("canbo").get("/plans/binh-lu-2026-2030?period=2026"))
    assert "số liệu là của Xã An Khánh (mã 11668): chỉ để xem thử" in other
    assert "chỉ để xem thử" not in words(browse("canbo").get(ADDRESS))
