"""A grid of questions: one table on a PC, one block a row on a phone, the same answers."""

from __future__ import annotations

from phone import Phone
from playwright.sync_api import expect

TITLE = "Báo cáo về bạo lực và mua bán người"
AGES = "/data/reported/detected_ages/detected"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 740}


def open_grid(phone: Phone) -> None:
    """The police return up to the table by age and sex: 9 detected, 8 of them female."""
    phone.sign_in()
    phone.begin(TITLE)
    phone.write("/data/year", "2026")
    phone.next()
    phone.pick("/data/unit", "cong-an")
    phone.next()
    phone.expect_question("/data/counts_only")
    phone.next()
    phone.choose("/data/nil", "0")
    phone.next()
    for name, number in (("detected", "9"), ("detected_f", "8"), ("detected_m", "1")):
        phone.write(f"/data/reported/detection/{name}", number)
    phone.next()
    phone.expect_question(f"{AGES}_f_0_15")


def test_a_table_on_a_pc_and_a_list_on_a_phone(phone: Phone) -> None:
    open_grid(phone)
    page = phone.page
    for size, shown in ((NARROW, False), (WIDE, True)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        head = page.locator(".grid thead")
        expect(page.get_by_text("Dưới 16 tuổi", exact=True)).to_be_visible()
        left, right = (phone.question(f"{AGES}_{sex}_0_15").bounding_box() for sex in "fm")
        below = phone.question(f"{AGES}_f_16_17").bounding_box()
        assert left and right and below
        assert left["y"] == right["y"] and left["x"] < right["x"] and below["y"] > left["y"]
        box = head.bounding_box()
        assert (box is not None and box["height"] > 10) == shown
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        name = page.get_by_role("textbox", name="Dưới 16 tuổi – Nữ", exact=True)
        expect(name).to_be_visible()  # for a reader of screens each cell has its whole name
        height = name.bounding_box()
        assert height and height["height"] >= 48


def test_keys_paste_and_faults(phone: Phone) -> None:
    """Enter goes down the column, a block of a worksheet fills it, a fault stands at its row."""
    open_grid(phone)
    page = phone.page
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    cell = phone.question(f"{AGES}_f_0_15").locator("input")
    cell.focus()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(phone.question(f"{AGES}_f_16_17").locator("input")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cell).to_be_focused()
    cell.evaluate(
        """(input) => {
          const data = new DataTransfer();
          data.setData("text", "1\\t0\\n1\\t0\\n9\\t1\\n1\\t0\\n");
          const paste = { clipboardData: data, bubbles: true, cancelable: true };
          input.dispatchEvent(new ClipboardEvent("paste", paste));
        }"""
    )
    expect(phone.question(f"{AGES}_f_18_59").locator("input")).to_have_value("9")
    expect(phone.question(f"{AGES}_m_18_59").locator("input")).to_have_value("1")
    phone.next()
    fault = page.locator(".grid .fault").first
    expect(fault).to_have_text("Nữ: Ghi số từ 0 và không quá số người cùng giới được phát hiện.")
    expect(phone.question(f"{AGES}_f_18_59").locator("input")).to_be_focused()
    phone.write(f"{AGES}_f_18_59", "5")
    phone.next()
    phone.expect_question("/data/reported/violence_forms/form_physical_f")
    phone.saved()
