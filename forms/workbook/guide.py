"""The sheet “Hướng dẫn”: how to fill the workbook, in a few numbered lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forms.library import Form
from forms.workbook.layout import FIRST_ROW, MOST_ROWS, SheetLayout, words

_TITLE = {"vi": "Hướng dẫn", "en": "How to fill it"}
_HEAD = {
    "vi": "Biểu mẫu {form}, bản {version}. Mã: {id}.",
    "en": "Form {form}, version {version}. Id: {id}.",
}
_DOWN: dict[str, tuple[str, ...]] = {
    "vi": (
        "Mở trang “{title}”. Ghi câu trả lời vào cột C, bên phải câu hỏi. Một tệp là một báo cáo.",
        "Dấu * là câu bắt buộc. Cột “Cách ghi” nói khi nào một câu được hỏi; không được hỏi thì để "
        "trống.",
    ),
    "en": (
        "Open the sheet “{title}”. Write each answer into column C, beside the question. One file "
        "is one return.",
        "* marks a required question. “How to write it” says when a question is asked; leave it "
        "empty where it is not.",
    ),
}
_ACROSS: dict[str, tuple[str, ...]] = {
    "vi": (
        "Mở trang “{title}”. Mỗi dòng là một phiếu, ghi từ dòng {first}. Nhiều nhất {most} dòng.",
        "Dấu * là cột bắt buộc. Đưa chuột lên tiêu đề cột để xem cách ghi.",
        "Giữ nguyên cột STT: nhờ số này mà gửi lại tệp không tạo ra phiếu thứ hai.",
    ),
    "en": (
        "Open the sheet “{title}”. Each row is one form, from row {first} on. At most {most} rows.",
        "* marks a required column. Point at a heading to see how to write it.",
        "Keep the column No. as it is: by it, a file that is sent again makes no second form.",
    ),
}
_MORE = {
    "vi": "Trang “{title}”: mỗi {what} một dòng.",
    "en": "Sheet “{title}”: one row for each {what}.",
}
_LINKED = {
    "vi": " Ở cột B ghi STT của dòng ở trang “{of}” mà nó thuộc về.",
    "en": " Column B says to which No. of the sheet “{of}” it belongs.",
}
_ALL: dict[str, tuple[str, ...]] = {
    "vi": (
        "Ô có danh sách: bấm mũi tên bên phải ô rồi chọn. Số ghi liền, không dấu ngăn hàng nghìn; "
        "1,8 và 1.8 đều được. Ngày ghi ngày/tháng/năm.",
        "Không thêm, xóa, đổi chỗ cột; không gộp ô; không ẩn dòng; không để công thức (dán giá "
        "trị). Cần nháp thì thêm trang tính riêng: trang đó không được đọc.",
        "Lưu tệp kiểu .xlsx, không đặt mật khẩu, rồi tải lên ở trang “Báo cáo của đơn vị”. Máy chủ "
        "đọc thử trước: có lỗi thì chỉ rõ từng ô (ví dụ C7), và chưa ghi gì cả.",
        "Gửi lại cùng tệp không tạo thêm phiếu. Sửa một dòng đã gửi rồi gửi lại cả tệp: dòng đó "
        "thành bản sửa của phiếu cũ.",
    ),
    "en": (
        "Cells with a list: press the arrow and choose. Numbers without thousands marks; 1,8 and "
        "1.8 both work. Dates as day/month/year.",
        "Do not add, delete or move columns, merge cells, hide rows or leave formulas (paste "
        "values). Use a sheet of your own for drafts: it is not read.",
        "Save as .xlsx without password and upload it on the page “Your unit's returns”. The "
        "server reads it first: every fault is named by its cell (such as C7), nothing is stored.",
        "The same file again adds nothing. Change a row that was sent and send the whole file: "
        "the row becomes a correction of the earlier form.",
    ),
}
_LINE_DOWN = {
    "vi": "Ghi vào cột C. Dấu * là câu bắt buộc. Xem trang “Hướng dẫn”.",
    "en": "Write into column C. * marks a required question. See the sheet “How to fill it”.",
}
_LINE_ACROSS = {
    "vi": "Mỗi dòng một phiếu, ghi từ dòng {first}. Dấu * là cột bắt buộc. Xem trang “Hướng dẫn”.",
    "en": "One form a row, from row {first}. * marks a required column. See “How to fill it”.",
}
_LINE_INNER = {
    "vi": "Mỗi dòng một mục, ghi từ dòng {first}. Dấu * là cột bắt buộc.",
    "en": "One entry a row, from row {first}. * marks a required column.",
}


def down(language: str) -> str:
    """The line above a return's questions."""
    return _LINE_DOWN[language]


def across(sheet: SheetLayout, language: str) -> str:
    """The line above a register's columns."""
    lines = _LINE_ACROSS if sheet.table.parent is None else _LINE_INNER
    return lines[language].format(first=FIRST_ROW)


def steps(sheets: Sequence[SheetLayout], language: str) -> list[str]:
    """The numbered lines."""
    first, *inner = sheets
    values = {"title": first.title, "first": FIRST_ROW, "most": MOST_ROWS}
    found = [line.format(**values) for line in (_DOWN if first.down else _ACROSS)[language]]
    for sheet in inner:
        label = words(sheet.table.node.model.get("label"), language) or sheet.title
        line = _MORE[language].format(title=sheet.title, what=f"“{label}”")
        of = sheet.link
        found.append(line + (_LINKED[language].format(of=of.title) if of else ""))
    return [*found, *_ALL[language]]


def write(book: Any, form: Form, sheets: Sequence[SheetLayout], language: str) -> None:
    """Add the sheet."""
    page = book.add_worksheet(_TITLE[language])
    title = book.add_format({"bold": True, "font_size": 16, "font_color": "#084840"})
    soft = book.add_format({"font_color": "#485652"})
    mark = book.add_format({"bold": True, "valign": "top", "align": "right"})
    line = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 4)
    page.set_column(1, 1, 96)
    page.write_string(0, 0, words(form.title, language), title)
    values = {"form": f"“{words(form.title, language)}”", "version": form.version, "id": form.id}
    page.write_string(1, 0, _HEAD[language].format(**values), soft)
    for at, text in enumerate(steps(sheets, language), start=1):
        page.write_number(at + 2, 0, at, mark)
        page.write_string(at + 2, 1, text, line)
        page.set_row(at + 2, 20 if len(text) < 92 else 36 if len(text) < 184 else 52)
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.protect()
