"""The pages of the sample: register, size, draw, list, replacements, collaborators, weights."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import orjson
import pytest
import sampled
from browsing import BOTH, Browser, begin, parsed, words
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from collector.duties import today
from collector.models import Draw, RegisterVersion, Weighting
from collector.store import draws

Browse = Callable[[str], Browser]
UPLOAD = "/sample/registers"
ASKED = "how=proportional&size=20&villages=&replacements=3&seed=2026&title=Mẫu+thử"
FIELDS = {
    "title": "Mẫu thử",
    "year": str(today().year),
    "how": "proportional",
    "size": "20",
    "villages": "",
    "replacements": "3",
    "seed": "2026",
}


def upload(browser: Browser, text: str | bytes, name: str = "ho.csv", **more: str) -> TestResponse:
    data = text.encode() if isinstance(text, str) else text
    return browser.send("/sample", UPLOAD, file=(io.BytesIO(data), name), **more)


def listing(*codes: str) -> str:
    return "village,code\n" + "".join(f"{code[:4]},{code}\n" for code in codes)


def everyone() -> list[str]:
    return [f"{village}-{n:03}" for village in ("AK01", "AK02") for n in range(1, 41)]


def keep(browser: Browser, **fields: str) -> TestResponse:
    return browser.send(f"/sample/draws/new?{ASKED}", "/sample/draws", **{**FIELDS, **fields})


@BOTH
def test_a_register_is_uploaded_and_the_old_one_stays(browse: Browse, session: Session) -> None:
    browser = browse("canbo")
    assert upload(browser, listing(*everyone())).status_code == 303
    more = listing(*everyone(), "AK02-041")
    assert upload(browser, more, "ho-2.csv").status_code == 303
    text = words(browser.get("/sample"))
    assert "ho.csv" in text and "ho-2.csv" in text and "81 hộ, thêm 1, bỏ 0" in text
    assert session.scalar(select(func.count()).select_from(RegisterVersion)) == 2
    file = browser.get("/sample/registers/1.csv")
    assert len(file.text.split()) == 81 and file.text.startswith("village,code\n")
    assert browser.get("/sample/registers/99.csv").status_code == 404


def test_an_excel_list_keeps_the_zeros_that_are_seen(browse: Browse, session: Session) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Mã thôn", "Mã hộ", "Tên thôn"])
    for row, number in enumerate(range(1, 4), 2):
        sheet.cell(row, 1, "AK09")
        sheet.cell(row, 2, number).number_format = "000"
        sheet.cell(row, 3, "Thôn Chín")
    out = io.BytesIO()
    book.save(out)
    reply = upload(browse("canbo"), out.getvalue(), "ho.xlsx", strike="on")
    assert reply.status_code == 303
    found = session.scalars(select(RegisterVersion)).one()
    assert found.content == "village,code\nAK09,001\nAK09,002\nAK09,003\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (listing("AK01-001", "AK01-001"), "Dòng 3: hộ AK01-001 của thôn AK01 đã có ở dòng 2"),
        ("thôn,gì\nAK01,1\n", "dòng 1 phải có cột “code”"),
        ("village,code\n", "danh sách không có hộ nào"),
        (b"\xff\xfe\x00", "Không đọc được tệp"),
        (b"PK\x03\x04 no workbook", "Không đọc được tệp Excel"),
        ("village,code\n" + "AK01,x\n" * 140_000, "Tệp lớn hơn 900 kB"),
    ],
)
def test_a_faulty_file_is_refused_and_nothing_is_stored(
    browse: Browse, session: Session, text: str | bytes, said: str
) -> None:
    reply = upload(browse("canbo"), text)
    assert reply.status_code in (413, 422)
    assert reply.status_code == 413 or said in words(reply)
    assert session.scalar(select(func.count()).select_from(RegisterVersion)) == 0


def test_a_list_that_loses_many_households_asks_first(browse: Browse, session: Session) -> None:
    browser, few = browse("canbo"), listing(*everyone()[:50])
    reply = upload(browser, few)
    assert reply.status_code == 422 and "không còn 30 trong 80 hộ" in words(reply)
    assert session.scalar(select(func.count()).select_from(RegisterVersion)) == 0
    assert upload(browser, few, strike="on").status_code == 303


def test_the_size_page_says_what_python_says(browse: Browse) -> None:
    browser = browse("canbo")
    sampled_size = words(browser.get("/sample/size?what=share&within=5&share=50&response=100"))
    assert "385 hộ phải trả lời xong" in sampled_size  # the textbook's 384, rounded up
    ratio = words(browser.get("/sample/size?what=ratio&within=10&ratio=1,4&response=90"))
    assert "từ 1,27 đến 1,54" in ratio
    wrong = words(browser.get("/sample/size?within=nhiều"))
    assert "Mục “Sai số” cần một số; nhận được “nhiều”" in wrong


def test_a_preview_stores_nothing_and_the_same_list_is_stored(
    browse: Browse, session: Session
) -> None:
    browser = browse("canbo")
    assert "Chưa có danh sách hộ để rút" in words(browser.get("/sample/draws/new"))
    upload(browser, listing(*everyone()))
    preview = words(browser.get(f"/sample/draws/new?{ASKED}"))
    assert "20 hộ ở 2 thôn" in preview and "Chưa lưu gì" in preview
    assert session.scalar(select(func.count()).select_from(Draw)) == 0
    reply = keep(browser)
    assert reply.status_code == 303
    page = words(browser.get(reply.headers["Location"] + "?again=1"))
    assert "Đang có hiệu lực" in page and "đúng từng hộ như danh sách đã lưu" in page
    assert "python -m analysis draw register-1.csv --size 20" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"seed": ""}, "hạt giống"),
        ({"size": "500"}, "500"),
        ({"size": "x"}, "Mục “Số hộ” cần một số"),
        ({"title": " "}, "Mẫu cần có tên"),
    ],
)
def test_a_draw_that_cannot_be_made_is_told_in_its_form(
    browse: Browse, session: Session, fields: dict[str, str], said: str
) -> None:
    browser = browse("canbo")
    upload(browser, listing(*everyone()))
    reply = keep(browser, **fields)
    assert reply.status_code == 422 and said in words(reply)
    assert session.scalar(select(func.count()).select_from(Draw)) == 0


def test_a_draw_of_a_list_that_changed_meanwhile_is_refused(browse: Browse) -> None:
    browser = browse("canbo")
    upload(browser, listing(*everyone()))
    assert keep(browser, register="7").status_code == 409


def test_the_files_hold_the_list_and_no_formula(browse: Browse, session: Session) -> None:
    drawn = sampled.draw(session, size=20, replacements=3)
    browser = browse("canbo")
    text = browser.get(f"/sample/draws/{drawn}/list.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    stored = draws.households(session, drawn)
    assert [(r["village"], r["code"], int(r["order"])) for r in rows] == [
        (one.village, one.code, one.position) for one in stored
    ]
    assert {row["collaborator"] for row in rows if row["issued"] == "1"} == {"Thon1", "Thon2"}
    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"/sample/draws/{drawn}/list.xlsx").data), read_only=True
    )
    sheet = list(book["sample"].iter_rows(values_only=True))
    assert [row[1] for row in sheet[1:]] == [one.code for one in stored]
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert about["Hạt giống / seed"] == sampled.SEED
    assert browser.get(f"/sample/draws/{drawn}/list.pdf").status_code == 404


def test_the_demonstrations_files_say_so(demonstration: Flask) -> None:
    browser = begin(demonstration, "canbo")
    upload(browser, listing(*everyone()))
    where = keep(browser).headers["Location"]
    reply = browser.get(f"{where}/list.csv")
    assert "DEMONSTRATION" in reply.text and "minh-hoa" in reply.headers["Content-Disposition"]


def test_an_officer_uses_the_next_replacement_and_gives_households_away(
    browse: Browse, session: Session
) -> None:
    drawn = sampled.draw(session, size=20, replacements=1)
    browser, page = browse("canbo"), f"/sample/draws/{drawn}/villages/AK01"
    waiting = next(
        one for one in draws.households(session, drawn, village="AK01") if not one.issued
    )
    assert f"Hộ kế tiếp là {waiting.code}" in words(browser.get(page))
    used = browser.send(page, f"{page}/replacement", reason="Hộ AK01-002 đi vắng cả năm")
    assert used.status_code == 303
    after = words(browser.get(page))
    assert "Không còn hộ dự phòng nào" in after and "đi vắng cả năm" in after
    again = begin_post(browser, f"{page}/replacement", page, waiting.position)
    assert again.status_code == 409
    nothing = browser.send(page, f"{page}/collaborator", to="1", reason="x")
    assert nothing.status_code == 422


def begin_post(browser: Browser, to: str, page: str, position: int) -> TestResponse:
    """The form of a page that was open before somebody else used the replacement."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page).text)
    assert token
    fields = {"csrf_token": token[1], "position": str(position), "reason": "lần nữa"}
    return browser.client.post(to, data=fields)


def test_the_progress_of_each_village_is_drawn(browse: Browse, session: Session) -> None:
    drawn = sampled.draw(session, size=20)
    first, second = draws.households(session, drawn, village="AK01")[:2]
    sampled.complete(session, 1, first.code)
    sampled.complete(session, 2, second.code)
    session.commit()
    html = browse("canbo").get(f"/sample/draws/{drawn}").text
    assert 'aria-label="2 trên 10 hộ đã hỏi xong"' in html
    assert '<rect class="bar-done" x="0.0" width="20.0" height="10"/>' in html
    assert not re.search(r"\sstyle=", html)


def test_weights_are_made_shown_and_kept(browse: Browse, session: Session) -> None:
    drawn = sampled.draw(session, size=20)
    browser, page = browse("canbo"), f"/sample/draws/{drawn}/weights"
    refused = browser.send(page, page, classes="village")
    assert refused.status_code == 422 and "Chưa lưu gì" in words(refused)
    for number, one in enumerate(draws.households(session, drawn), 1):
        if one.position <= 8:
            sampled.complete(session, number, one.code)
    session.commit()
    assert browser.send(page, page, classes="village").status_code == 303
    text = words(browser.get(page))
    for said in ("Gốc", "Bù hộ không trả lời", "Cỡ mẫu hiệu dụng", "80,00", "5,00"):
        assert said in text, said
    assert session.scalar(select(func.count()).select_from(Weighting)) == 1
    half = browser.send(page, page, classes="village", **{"F|15-34": "100"})
    assert half.status_code == 422
    assert "Mục “Nữ 0–14” cần một số" in words(half)


COUNTS = "giới;nhóm tuổi;số người\nnữ;15-34;40\nnữ;35+;45\nnam;15 đến 39;1.020\nNam;40 trở lên;25\n"


def weights_of(session: Session, answered: int = 6) -> tuple[int, str]:
    """A draw of which the first households of each village answered; its page of weights."""
    drawn = sampled.draw(session, size=20)
    for number, one in enumerate(draws.households(session, drawn), 1):
        if one.position <= answered:
            sampled.complete(session, number, one.code)
    session.commit()
    return drawn, f"/sample/draws/{drawn}/weights"


@BOTH
def test_counts_are_read_from_a_file_shown_and_kept(browse: Browse, session: Session) -> None:
    _, page = weights_of(session)
    browser = browse("canbo")
    sent = browser.send(page, f"{page}/population", file=(io.BytesIO(COUNTS.encode()), "dan.csv"))
    assert sent.status_code == 200
    text = words(sent)
    assert "Xem trước" in text and "Nữ 35+" in text and "1.020" in text and "lần" in text
    assert session.scalar(select(func.count()).select_from(Weighting)) == 0
    filled = dict(re.findall(r'name="([FM]\|\d+-\d+)" type="text" value="(\d*)"', sent.text))
    fields = {**parsed(sent).forms[page], **filled}
    assert filled == {
        "F|15-34": "40", "F|35-200": "45", "M|15-39": "1020", "M|40-200": "25",
    }  # fmt: skip
    fields["M|15-39"] = "60"
    seen = browser.client.post(f"{page}/preview", data=fields)
    assert seen.status_code == 200 and "Khớp số dân" in words(seen)
    assert session.scalar(select(func.count()).select_from(Weighting)) == 0
    assert browser.client.post(page, data=fields).status_code == 303
    asked = orjson.loads(session.scalars(select(Weighting.settings)).one())
    assert asked["population"] == {"F|15-34": 40, "F|35-200": 45, "M|15-39": 60, "M|40-200": 25}
    again = browser.get(page)
    assert "Nam 15–39" in words(again) and "Dùng nhóm tuổi thường dùng" in words(again)
    assert "Nữ 0–14" in words(browser.get(f"{page}?standard=1"))
    fields["F|15-33"] = fields.pop("F|15-34")  # a page that was tampered with
    refused = browser.client.post(page, data=fields)
    assert refused.status_code == 422 and "phải từ 34" in words(refused)


def test_faults_of_a_file_of_counts_are_told_by_row(browse: Browse, session: Session) -> None:
    _, page = weights_of(session)
    bad = COUNTS.replace("nữ;35+;45", "nữ;36+;0")
    sent = browse("canbo").send(
        page, f"{page}/population", file=(io.BytesIO(bad.encode()), "dan.csv")
    )
    assert sent.status_code == 422
    assert "Dòng 3: số người cần một số nguyên trên 0; có “0”" in words(sent)
    assert session.scalar(select(func.count()).select_from(Weighting)) == 0


@BOTH
def test_weights_leave_by_household_with_their_steps(browse: Browse, session: Session) -> None:
    drawn, page = weights_of(session)
    browser = browse("canbo")
    assert browser.get(f"{page}.csv").status_code == 404
    assert browser.send(page, page, **{"F|15-34": "", "classes": "village"}).status_code == 303
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{page}.csv").data.decode("utf-8-sig"))))
    listed = draws.households(session, drawn)
    assert [(row["village"], row["code"]) for row in rows] == [(o.village, o.code) for o in listed]
    assert [float(rows[0][name]) for name in ("weight_base", "weight_response", "weight")] == (
        pytest.approx([4, 40 / 6, 40 / 6])
    )
    assert [float(row["weight"]) for row in rows[6:10]] == [0, 0, 0, 0]
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{page}.xlsx").data))
    assert book.sheetnames == ["weights", "steps", "about"]
    assert book["weights"].max_row == 21
    assert [cell.value for cell in book["steps"]["A"]][:4] == [
        "step", "base", "response", "eligible",
    ]  # fmt: skip
    assert book["steps"]["B4"].value == 12 and book["steps"]["C4"].value == pytest.approx(80)
    about = {row[0].value: row[1].value for row in book["about"].iter_rows()}
    assert about["Bù không trả lời trong / classes"] == "village"


def test_a_draw_is_withdrawn_with_a_reason(browse: Browse, session: Session) -> None:
    drawn = sampled.draw(session, size=20)
    browser, page = browse("canbo"), f"/sample/draws/{drawn}"
    assert browser.send(page, f"{page}/withdraw", reason="").status_code == 422
    assert browser.send(page, f"{page}/withdraw", reason="Nhầm danh sách").status_code == 303
    text = words(browser.get(page))
    assert "Đã rút lại" in text and "Nhầm danh sách" in text


@pytest.mark.parametrize("who", ["quantri", "thon1", "tram"])
def test_lists_of_households_stay_with_the_officers(
    browse: Browse, session: Session, who: str
) -> None:
    drawn = sampled.draw(session, size=20)
    browser = browse(who)
    for page in (
        "/sample",
        "/sample/registers/1.csv",
        f"/sample/draws/{drawn}",
        f"/sample/draws/{drawn}/list.csv",
        f"/sample/draws/{drawn}/villages/AK01",
        f"/sample/draws/{drawn}/weights",
        f"/sample/draws/{drawn}/weights.csv",
    ):
        assert browser.get(page).status_code == 403, page


@pytest.mark.parametrize(
    "page",
    ["/sample/draws/99", "/sample/draws/99/weights", "/sample/draws/1/villages/AK77"],
)
def test_what_is_not_there_is_not_found(browse: Browse, session: Session, page: str) -> None:
    sampled.draw(session, size=20)
    assert browse("canbo").get(page).status_code == 404
