"""Every feature of XLSForms that the runner has: filled by hand in Chromium, sent to the real
service, compared with what it stored. (With files: test_photos_and_recordings.py.)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from handset import Handset, handset
from playwright.sync_api import Playwright, expect

FORMS = (
    "cascade", "choices", "counted", "dates", "defaults", "logic", "multiple", "nested", "numbers",
    "own_list", "pulldata", "shown", "text",
)  # fmt: skip


@pytest.fixture(scope="module")
def hand(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handset]:
    """One signed-in phone for all forms."""
    with handset(playwright, tmp_path_factory.mktemp("features"), FORMS) as made:
        yield made


def test_text(hand: Handset) -> None:
    hand.begin("Text")
    hand.write("code", "ak1")
    hand.stopped("code", "Câu trả lời này chưa đúng.")
    hand.write("code", "AK07")
    hand.write("word", "xuân")
    hand.write("other", "thôn")
    hand.write("why", "Nước ở 2 nơi “xa”")
    stored = hand.send()["judge_text"]
    assert stored["both"] == "AK07/xuân/thôn" and stored["why"] == "Nước ở 2 nơi “xa”"


def test_numbers(hand: Handset) -> None:
    """Integer, decimal with a comma, negative numbers, a range that some constraint narrows."""
    hand.begin("Numbers")
    hand.write("a", "7,5")
    hand.stopped("a", "Hãy nhập một số không có phần lẻ, ví dụ 12.")
    hand.write("a", "-7")
    hand.write("b", "2")
    hand.write("x", "12,")
    expect(hand.at("x").locator("input")).to_have_value("12,")
    hand.write("x", "12,25")
    hand.write("share", "0.5")
    expect(hand.at("share").locator("input")).to_have_value("0.5")
    scale = hand.at("scale").locator("input")
    expect(hand.at("scale").locator("output")).to_have_text("Chưa chọn")
    scale.focus()
    for _ in range(3):
        scale.press("ArrowRight")
    hand.stopped("scale", "Câu trả lời này chưa đúng.")
    scale.press("ArrowRight")
    expect(hand.at("scale").locator("output")).to_have_text("4")
    stored = hand.send()["judge_numbers"]
    assert {name: stored[name] for name in ("a", "b", "x", "share", "scale", "total")} == {
        "a": -7, "b": 2, "x": 12.25, "share": 0.5, "scale": 4, "total": -29.5,
    }  # fmt: skip


def test_dates_and_times(hand: Handset) -> None:
    hand.begin("Dates")
    hand.set("birth", "1999-12-31")
    expect(hand.at("birth").locator(".echo")).to_have_text("Thứ Sáu, 31 tháng 12, 1999")
    hand.set("visit", "2025-06-01")
    hand.set("at", "07:05")
    hand.set("moment", "2025-06-01T18:40")
    hand.write("adult_q", "3")
    stored = hand.send()["judge_dates"]
    assert {name: stored[name] for name in ("birth", "visit", "clock", "written", "adult_q")} == {
        "birth": "1999-12-31", "visit": "2025-06-01", "clock": "2025-06-01 18:40:00",
        "written": "31/12/1999 12-31-99", "adult_q": 3,
    }  # fmt: skip
    assert stored["at"].startswith("07:05") and stored["moment"].startswith("2025-06-01T18:40")


def test_a_cascade(hand: Handset) -> None:
    """Each list follows the answer before it; an answer that no longer fits is asked again."""
    hand.begin("Cascade")
    hand.write("smallest", "8")
    hand.choose("province", "31")
    expect(hand.at("district").locator("input")).to_have_count(2)
    hand.choose("district", "a")
    expect(hand.at("commune").locator("input")).to_have_count(2)
    hand.choose("commune", "11671")
    hand.phone.back()
    hand.phone.expect_question("/data/district")
    hand.choose("district", "t")
    hand.stopped("commune", "Lựa chọn này không còn phù hợp. Hãy chọn lại.")
    hand.choose("commune", "11488")
    assert hand.at("others").get_by_text("Chưa có lựa chọn nào ở đây.").count() == 0
    hand.choose("others", "11491")
    stored = hand.send()["judge_cascade"]
    assert (stored["commune"], stored["commune_name"]) == ("11488", "Lưu Kiếm")


def test_none_excludes_the_others(hand: Handset) -> None:
    hand.begin("Multiple")
    hand.choose("heard", "2", "0", "1")
    hand.stopped("heard", "Câu trả lời này chưa đúng.")
    hand.choose("heard", "0")
    hand.choose("most", "3")
    hand.stopped("most", "Câu trả lời này chưa đúng.")
    hand.choose("most", "2")
    hand.at("ok").get_by_role("checkbox").click()
    stored = hand.send()["judge_multiple"]
    assert (stored["heard"], stored["most"], stored["ok"]) == ("1 2", "2", "OK")


def test_lists_from_files(hand: Handset) -> None:
    """Villages and households of the register, the second narrowed by the first, with a search."""
    hand.begin("Pulldata")
    hand.choose("village", "AK01")
    hand.at("household").locator("input[type=search]").fill("ak01-007")
    hand.choose("household", "AK01-007")
    hand.write("code", "AK01-003")
    stored = hand.send()["judge_pulldata"]
    assert (stored["household"], stored["label"]) == ("AK01-007", "Hộ AK01-007")
    assert stored["village_of_code"] == "Thôn Minh Họa 1"


def test_a_list_of_the_author(hand: Handset) -> None:
    """A CSV file beside the sheet, as Excel saves it: chosen from, narrowed, looked up, without a
    network."""
    hand.begin("Own list")
    hand.phone.network(False)
    hand.choose("level", "1")
    school = hand.at("school")
    expect(school.get_by_role("radio")).to_have_count(2)
    expect(school).to_contain_text("Trường Mầm non số 2, thôn 4")
    hand.choose("school", "M2")
    near = hand.at("near")
    near.locator("input[value='T1']").click()
    hand.phone.network(True)
    stored = hand.send()["own_list"]
    assert {name: stored[name] for name in ("school", "near", "phone")} == {
        "school": "M2", "near": "T1", "phone": "0242",
    }  # fmt: skip


def test_rows_that_are_counted(hand: Handset) -> None:
    """repeat_count makes and drops the rows; nobody can add one."""
    hand.begin("Counted")
    hand.choose("any", "1")
    hand.write("n", "3")
    hand.phone.next()
    expect(hand.phone.page.locator("li.member")).to_have_count(3)
    expect(hand.phone.page.locator("button.add")).to_have_count(0)
    hand.phone.back()
    hand.phone.expect_question("/data/n")
    hand.write("n", "2")
    hand.phone.next()
    expect(hand.phone.page.locator("li.member")).to_have_count(2)
    for number, mark in enumerate(("ab", "cd"), start=1):
        hand.write(f"child[{number}]/mark", mark)
        hand.write(f"child[{number}]/age", str(number))
        hand.phone.next()
        expect(hand.phone.page.locator("li.member")).to_have_count(2)
    hand.write("which", "2")
    hand.phone.next()
    for _ in range(2):
        expect(hand.phone.page.locator("li.member")).to_have_count(2)
    stored = hand.send()
    assert [row["mark"] for row in stored["judge_counted.child"]] == ["ab", "cd"]
    assert stored["judge_counted"]["mark_of_which"] == "cd"


def test_rows_that_are_added_and_removed(hand: Handset) -> None:
    """Defaults stand in each new row; removing one asks first and can be taken back."""
    hand.begin("Defaults")
    expect(hand.at("n").locator("input")).to_have_value("3")
    hand.write("n", "4")
    for name in ("day", "month", "fresh"):
        hand.at(name)
    page = hand.phone.page
    hand.phone.next()
    for number in (1, 2, 3):
        expect(page.locator("li.member")).to_have_count(1 if number == 1 else number - 1)
        if number > 1:
            page.locator("button.add").click()
            hand.phone.expect_question(f"/data/line[{number}]/k")
            hand.write(f"line[{number}]/t", f"dòng {number}")
            hand.phone.next()
    page.get_by_role("button", name="Xoá Line 2", exact=True).click()
    hand.phone.press("Thôi")
    expect(page.locator("li.member")).to_have_count(3)
    page.get_by_role("button", name="Xoá Line 2", exact=True).click()
    hand.phone.press("Xoá")
    expect(page.locator("li.member")).to_have_count(2)
    stored = hand.send()
    assert [(row["k"], row["t"]) for row in stored["judge_defaults.line"]] == [
        (6, "x"), (8, "dòng 3"),
    ]  # fmt: skip
    assert stored["judge_defaults"]["stamp"] == "n4" and stored["judge_defaults"]["fresh"] == "1"


def test_what_is_asked_and_what_must_be(hand: Handset) -> None:
    hand.begin("Logic")
    hand.write("a", "5")
    hand.stopped("b", "Câu này cần có câu trả lời.")
    hand.write("b", "2")
    hand.choose("c", "1")
    hand.write("g/e", "5")  # d does not apply
    hand.stopped("g/e", "Câu trả lời này chưa đúng.")
    hand.write("g/e", "3")
    hand.write("g/h/f", "4")
    expect(hand.at("fixed").locator("input")).to_have_value("a5")
    hand.write("over", "3")
    stored = hand.send()["judge_logic"]
    assert "d" not in stored and (stored["seen"], stored["over"]) == ("f", 3)


def test_how_questions_are_shown(hand: Handset) -> None:
    """Markdown, hint, guidance, default, the sheet's messages, a group on one screen, an answer in
    a label, a readonly calculation, and the other language in the middle of the interview."""
    hand.begin("Thử cách hiện câu hỏi")
    page = hand.phone.page
    opening = hand.at("opening")
    expect(opening.get_by_role("heading", name="Lời mở đầu")).to_be_visible()
    expect(opening.locator("strong")).to_have_text("đọc chậm")
    expect(opening.locator("em")).to_have_text("rõ")
    expect(opening.get_by_role("listitem")).to_have_count(2)
    expect(opening.get_by_role("link", name="số 111")).to_have_attribute("href", "tel:111")
    expect(hand.at("place").locator(".hint strong")).to_have_text("gọi")
    hand.stopped("place", "Hãy ghi tên xóm.")
    more = hand.at("place").get_by_text("Xóm là một phần của thôn.")
    expect(more).to_be_hidden()
    hand.at("place").get_by_text("Giải thích thêm").click()
    expect(more).to_be_visible()
    hand.write("place", "Xóm Đông")
    expect(hand.at("people").locator("input")).to_have_value("12")
    hand.write("people", "100")
    hand.stopped("people", "Ghi từ 1 đến 99 người.")
    page.locator("button.language").click()
    expect(hand.at("people").get_by_role("alert")).to_have_text("Write 1 to 99 people.")
    hand.write("people", "51")
    expect(hand.at("yard/area")).to_contain_text("Area (m²)")
    expect(page.get_by_role("heading", name="About the yard of Xóm Đông")).to_be_visible()
    expect(hand.at("yard/remark")).to_be_visible()
    expect(hand.at("yard/code").locator("input")).to_have_value("X-51")
    expect(hand.at("yard/code").locator("input")).not_to_be_editable()
    hand.write("yard/area", "12.5")
    page.locator("button.language").click()
    expect(hand.at("yard/area").locator("input")).to_have_value("12,5")
    hand.at("yard/remark").locator("textarea").fill("Hai dòng\nở đây")
    hand.write("why", "Nhiều nhà")
    expect(hand.at("summed")).to_have_text("Xóm Xóm Đông có 51 người, tức 25 cặp.")
    stored = hand.send()["browser_shown"]
    assert stored == {
        "place": "Xóm Đông", "people": 51, "pairs": 25, "area": 12.5, "code": "X-51",
        "remark": "Hai dòng\nở đây", "why": "Nhiều nhà",
    }  # fmt: skip


def test_ways_to_choose(hand: Handset) -> None:
    """A row, a list, a drop-down, a scale, columns, a search, several, ranges, a confirmation."""
    hand.begin("Thử cách chọn")
    hand.choose("short", "1")
    hand.choose("long", "2", "3")  # the second tap replaces the first
    hand.pick("drop", "4")
    hand.choose("scale", "5")
    hand.choose("wide", "8")
    days = hand.at("wide").locator(".option").all()
    assert len({box["x"] for day in days if (box := day.bounding_box())}) == 2  # columns-2
    hand.at("typed").locator("input[type=search]").fill("suoi")
    expect(hand.at("typed").get_by_role("radio")).to_have_count(1)
    hand.choose("typed", "5")
    hand.choose("several", "5", "1", "4")
    search = hand.at("sought").locator("input[type=search]")
    search.fill("suoi")
    hand.choose("sought", "5")
    search.fill("gieng")
    expect(hand.at("sought").get_by_role("checkbox")).to_have_count(3)  # found, and what was chosen
    hand.choose("sought", "2")
    slider = hand.at("minutes").locator("input")
    slider.press("Home")  # it moves nothing there, and chooses the least all the same
    expect(hand.at("minutes").locator("output")).to_have_text("0")
    slider.fill("35")
    hand.at("share").locator("input").fill("0.25")
    expect(hand.at("share").locator("output")).to_have_text("0,25")
    hand.at("read").get_by_role("checkbox").click()
    assert hand.send()["browser_choices"] == {
        "short": "1", "long": "3", "drop": "4", "scale": "5", "wide": "8", "typed": "5",
        "several": "1 4 5", "sought": "2 5", "minutes": 35, "share": 0.25, "read": "OK",
    }  # fmt: skip


# Taps on one key at some times (ms) of the events' own clock, with time to draw between them.
TAPS = """async (key, times) => {
  for (const timeStamp of times) {
    const how = { bubbles: true, cancelable: true, detail: 1, pointerType: "touch" };
    const event = new PointerEvent("click", how);
    Object.defineProperty(event, "timeStamp", { value: timeStamp });
    key.dispatchEvent(event);
    await new Promise((done) => setTimeout(done));
  }
}"""


def test_an_unsteady_thumb(hand: Handset) -> None:
    """The second tap of a double tap takes no choice back, passes over no question unseen and sends
    nothing that was not looked over; two slow taps are two."""
    hand.begin("Thử cách chọn")
    key = hand.phone.page.locator(".keys button[type=submit]")
    hand.choose("short", "1")
    first = hand.at("long").locator("input[value='1']")
    first.evaluate(TAPS, [1000, 1100])
    expect(first).to_be_checked()
    second = hand.at("long").locator("input[value='2']")
    second.evaluate(TAPS, [2000, 2600])
    expect(second).not_to_be_checked()
    expect(first).not_to_be_checked()
    key.evaluate(TAPS, [4000, 4100])
    expect(hand.phone.question("/data/drop")).to_be_visible()
    key.evaluate(TAPS, [5000, 5600])
    expect(hand.phone.question("/data/wide")).to_be_visible()
    while not hand.phone.question("/data/read").is_visible():
        before = hand.phone.page.url
        hand.phone.next()
        hand.phone.page.wait_for_url(lambda address: address != before)  # noqa: B023
    key.evaluate(TAPS, [1e9, 1e9 + 100])
    expect(hand.phone.page.get_by_role("heading", name="Xem lại và gửi")).to_be_visible()
    assert hand.send()["browser_choices"] == {"short": "1"}
