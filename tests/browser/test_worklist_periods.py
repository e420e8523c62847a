"""My work on the phone: the returns that a unit owes, late ones first."""

from __future__ import annotations

from phone import TWICE, Phone
from playwright.sync_api import expect
from stub import Stub
from worklist import assign, day, home, month, sent_answers


def test_returns_that_are_due_late_first(phone: Phone, service: Stub) -> None:
    """A station begins the late month with its period and unit set; then nothing of it is due."""
    months = (
        month("births_month", "2026-10", day(-10)),
        month("births_month", "2026-09", day(20), late=True),
        month("births_month", "2026-08", day(51), sent=True),
    )
    assign(service, [], *months)
    phone.sign_in()
    cards = phone.page.locator("section", has_text="Báo cáo phải gửi").locator("ul").first
    expect(cards.locator("li").first).to_contain_text("Tháng 9/2026")
    expect(cards.locator("li").first).to_contain_text("Quá hạn")
    expect(cards.locator("li")).to_have_count(2)
    cards.get_by_role("button", name="Tháng 9/2026").first.evaluate(TWICE)
    phone.expect_question("/data/no_births")
    phone.choose("/data/no_births", "0")
    phone.saved()
    phone.press("Lưu và thoát")
    expect(phone.page.get_by_role("button", name="Xoá phiếu")).to_have_count(1)
    expect(cards.locator("li").first).to_contain_text("Đang làm")
    cards.get_by_role("button", name="Tháng 9/2026").first.click()
    phone.expect_question("/data/no_births")
    phone.back()
    phone.expect_question("/data/unit")
    expect(phone.question("/data/unit").locator("select")).to_have_value("tram-y-te")
    phone.back()
    expect(phone.question("/data/ym").locator("input")).to_have_value("2026-09")


def test_a_nil_return_is_one_tap_away(phone: Phone, service: Stub) -> None:
    assign(service, [], month("births_month", "2026-10", day(-10)))
    phone.sign_in()
    phone.page.get_by_role("button", name="Báo cáo: Không có trẻ nào, Báo cáo births_month").click()
    phone.expect_question("/data/deaths/deaths_direct")
    for name in ("direct", "indirect", "incidental"):
        phone.write(f"/data/deaths/deaths_{name}", "0")
    phone.next()
    phone.expect_question("/data/population/women_10_14")
    phone.next()
    phone.write("/data/signing/submitter", "Nữ hộ sinh")
    phone.write("/data/signing/approver", "Trưởng trạm")
    phone.choose("/data/signing/revises", "0")
    phone.next()
    service.mode = "503"
    phone.press("Gửi")
    home(phone)
    expect(phone.page.get_by_text("Xong, chờ gửi")).to_be_visible()
    assign(service, [], month("births_month", "2026-10", day(-10), sent=True))  # by then
    service.mode = "ok"
    phone.hurry()
    expect(phone.page.get_by_text("Đã gửi gần đây (1)")).to_be_visible()
    [answers] = sent_answers(service, "births_month")
    assert (answers["ym"], answers["unit"], answers["no_births"]) == ("2026-10", "tram-y-te", "1")


def test_a_quarter_sets_its_parts(phone: Phone, service: Stub) -> None:
    assign(service, [], month("culture_quarter", "2026-Q3", day(-10)))
    phone.sign_in()
    phone.page.get_by_role("button", name="Quý 3/2026").first.click()
    phone.expect_question("/data/nil")
    phone.back()
    phone.back()
    expect(phone.question("/data/quarter").locator("input:checked")).to_have_value("3")
    phone.back()
    expect(phone.question("/data/year").locator("input")).to_have_value("2026")
