"""What forms/workbook says to the person who filled an Excel file: code -> (Vietnamese, English).

Each stands beside the sheet and cell: what was expected, what came, what to do. See messages.py.
"""

from __future__ import annotations

_FILE = {
    "book_empty": (
        "Tệp trống. Chọn tệp Excel (.xlsx) đã điền rồi tải lên lại.",
        "The file is empty. Choose the filled Excel file (.xlsx) and upload it again.",
    ),
    "book_large": (
        "Tệp dài {size} MB, nhiều nhất là {limit} MB. Bỏ hình ảnh và trang tính thêm vào, "
        "hoặc chia số liệu ra hai tệp.",
        "The file has {size} MB, the most is {limit} MB. Remove pictures and sheets of your own, "
        "or split the rows over two files.",
    ),
    "book_bomb": (
        "Tệp bung ra quá lớn ({size} MB, nhiều nhất {limit} MB) nên không mở. "
        "Tải mẫu mới rồi chép số liệu sang.",
        "The file unpacks to {size} MB (the most is {limit}) and was not opened. "
        "Download a fresh template and copy the data into it.",
    ),
    "book_old_excel": (
        "Cần tệp .xlsx không đặt mật khẩu, nhưng đây là tệp Excel cũ (.xls) hoặc tệp có mật khẩu. "
        "Mở bằng Excel, bỏ mật khẩu, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)”.",
        "An .xlsx file without password is due, but this is an old Excel file (.xls) or has a "
        "password. Open it, remove the password, and save it as “Excel Workbook (.xlsx)”.",
    ),
    "book_text": (
        "Cần tệp .xlsx, nhưng đây là tệp chữ (CSV hoặc tương tự), dù tên tệp là gì. "
        "Chép số liệu sang mẫu Excel tải từ trang này.",
        "An .xlsx file is due, but this is a text file (CSV or the like), whatever its name. "
        "Copy the data into the Excel template of this page.",
    ),
    "book_other": (
        "Cần tệp .xlsx, nhưng đây là tệp loại khác ({found}). "
        "Lưu thành kiểu “Excel Workbook (.xlsx)”.",
        "An .xlsx file is due, but this is another kind ({found}). "
        "Save it as “Excel Workbook (.xlsx)”.",
    ),
    "book_broken": (
        "Tệp hỏng, không mở được. Mở bằng Excel, lưu lại rồi tải lên; nếu Excel cũng không mở "
        "được thì tải mẫu mới.",
        "The file is damaged and cannot be opened. Open it in Excel, save it and upload it again; "
        "if Excel cannot open it either, download a fresh template.",
    ),
    "book_cells": (
        "Tệp có quá nhiều ô ({found}, nhiều nhất {limit}). Bỏ định dạng ở các dòng và cột thừa, "
        "hoặc chép số liệu sang mẫu mới.",
        "The file has too many cells ({found}, the most is {limit}). Clear the formats of unused "
        "rows and columns, or copy the data into a fresh template.",
    ),
    "book_no_template": (
        "Đây không phải mẫu tải từ trang này (không thấy trang ẩn ghi tên biểu mẫu). "
        "Tải mẫu, chép số liệu vào đó rồi tải lên.",
        "This is not a template of this page (the hidden sheet that names the form is missing). "
        "Download the template, copy the data into it and upload that.",
    ),
    "book_other_form": (
        "Đây là mẫu của biểu mẫu “{found}”, nhưng chỗ này nhận “{expected}”. "
        "Chọn đúng tệp, hoặc mở đúng biểu mẫu rồi tải lên.",
        "This is the template of the form “{found}”, but “{expected}” is due here. "
        "Choose the right file, or open the right form.",
    ),
    "book_version": (
        "Mẫu theo bản “{found}” của biểu mẫu, máy chủ không có bản đó (bản mới nhất: {expected}). "
        "Tải mẫu mới rồi chép số liệu sang.",
        "The template is of version “{found}” of the form, which the server does not have (newest: "
        "{expected}). Download a fresh template and copy the data into it.",
    ),
    "book_damaged": (
        "Phần ẩn của mẫu đã bị sửa ({found}). Tải mẫu mới rồi chép số liệu sang.",
        "The hidden part of the template was changed ({found}). Download a fresh template and "
        "copy the data into it.",
    ),
    "book_nothing": (
        "Không có số liệu nào trong tệp. Điền từ ô {expected} rồi tải lên lại.",
        "The file holds no data. Fill it from cell {expected} on and upload it again.",
    ),
}

_PLACE = {
    "sheet_missing": (
        "Thiếu trang “{expected}”. Trang đã bị xóa hoặc đổi tên: đặt lại đúng tên, hoặc tải "
        "mẫu mới rồi chép số liệu sang.",
        "The sheet “{expected}” is missing. It was deleted or renamed: give it its name back, or "
        "copy the data into a fresh template.",
    ),
    "cell_heading": (
        "Cần tiêu đề “{expected}”, nhưng thấy “{value}”. Các cột hoặc dòng đã bị đổi chỗ, chèn "
        "hay xóa: trả lại như mẫu, hoặc chép số liệu sang mẫu mới.",
        "The heading “{expected}” is due, but “{value}” stands here. Columns or rows were moved, "
        "inserted or deleted: restore them, or copy the data into a fresh template.",
    ),
    "cell_merged": (
        "Các ô {value} bị gộp làm một nên không biết số liệu thuộc dòng nào. "
        "Bỏ gộp ô (Unmerge) rồi ghi từng ô.",
        "The cells {value} are merged, so it is unclear to which row the data belong. "
        "Unmerge them and fill each cell.",
    ),
    "cell_hidden_row": (
        "Dòng {value} bị ẩn hoặc bị lọc nhưng có số liệu. Hiện dòng (Unhide, bỏ lọc) để xem lại, "
        "hoặc xóa số liệu của dòng.",
        "Row {value} is hidden or filtered out but holds data. Show it (unhide, clear the filter) "
        "and look at it, or clear it.",
    ),
    "cell_hidden_column": (
        "Cột {value} bị ẩn. Hiện cột (Unhide) để xem lại số liệu.",
        "Column {value} is hidden. Show it and look at the data.",
    ),
    "cell_outside": (
        "Có “{value}” ở ngoài bảng nên không được đọc. Xóa ô này, hoặc chuyển vào đúng cột.",
        "“{value}” stands outside the table and would not be read. Clear this cell, or move it "
        "into the right column.",
    ),
    "cell_rows": (
        "Nhiều nhất {expected} dòng một tệp. Chuyển từ dòng này trở đi sang tệp khác.",
        "The most is {expected} rows a file. Move this row and those below to another file.",
    ),
    "cell_key": (
        "Cần số thứ tự 1, 2, 3 …, nhưng thấy “{value}”. Trả lại số thứ tự như mẫu.",
        "A number 1, 2, 3 … is due, but “{value}” came. Restore the numbers of the template.",
    ),
    "cell_key_twice": (
        "Số thứ tự {value} có hai lần (lần đầu ở ô {expected}). Mỗi dòng một số thứ tự.",
        "The number {value} stands twice (first in {expected}). Each row has its own number.",
    ),
    "cell_link": (
        "Cần số thứ tự của một dòng ở trang “{expected}”, nhưng thấy “{value}”. "
        "Ghi đúng số thứ tự của dòng mà dòng này thuộc về.",
        "The number of a row of the sheet “{expected}” is due, but “{value}” came. "
        "Write the number of the row to which this one belongs.",
    ),
    "cell_rows_inside": (
        "Dòng này có quá nhiều dòng ở trang “{value}”, nhiều nhất {expected}.",
        "This row has too many rows on the sheet “{value}”; the most is {expected}.",
    ),
}

_VALUE = {
    "cell_formula": (
        "Cần giá trị, nhưng ô có công thức “{value}”. Chép ô rồi dán lại chỉ giá trị "
        "(Paste Special, Values).",
        "A value is due, but the cell holds the formula “{value}”. Copy it and paste it as a value "
        "(Paste Special, Values).",
    ),
    "cell_error": (
        "Ô báo lỗi {value}. Ghi lại giá trị đúng.",
        "The cell shows the error {value}. Write the right value.",
    ),
    "cell_number": (
        "Cần {expected}, nhưng ô ghi “{value}”. Ghi chữ số liền nhau, không ghi chữ hay đơn vị.",
        "Expected {expected}, but the cell says “{value}”. Write digits only, no words or units.",
    ),
    "cell_number_date": (
        "Cần {expected}, nhưng Excel đã đổi ô thành ngày {value}. Đổi định dạng ô thành Số "
        "(Number) rồi ghi lại.",
        "Expected {expected}, but Excel turned the cell into the date {value}. Change its format "
        "to Number and write it again.",
    ),
    "cell_thousands": (
        "“{value}” đọc được hai cách ({expected}). Ghi liền không có dấu ngăn hàng nghìn, hoặc ghi "
        "số thập phân với một hay hai chữ số sau dấu phẩy.",
        "“{value}” can be read in two ways ({expected}). Write it without a thousands mark, or "
        "with one or two digits after the decimal mark.",
    ),
    "cell_whole": (
        "Cần số nguyên, nhưng ô ghi {value}. Ghi số không có phần lẻ.",
        "A whole number is due, but the cell says {value}. Write it without a fraction.",
    ),
    "cell_percent": (
        "Ô đang ở dạng phần trăm ({value}). Đổi định dạng ô thành Số (Number) rồi ghi lại số.",
        "The cell has a percent format ({value}). Change the format to Number and write it again.",
    ),
    "cell_date": (
        "Cần ngày dạng ngày/tháng/năm, ví dụ 22/11/2026, nhưng ô ghi “{value}”. Ghi lại đủ ngày, "
        "tháng và năm bốn chữ số.",
        "A date as day/month/year such as 22/11/2026 is due, but the cell says “{value}”. "
        "Write day, month and the four digits of the year.",
    ),
    "cell_date_number": (
        "Cần ngày, nhưng ô ghi số {value}. Đổi định dạng ô thành Ngày (Date) rồi ghi lại, "
        "ví dụ 22/11/2026.",
        "A date is due, but the cell holds the number {value}. Change the format to Date and "
        "write it again, such as 22/11/2026.",
    ),
    "cell_month": (
        "Cần năm-tháng, ví dụ 2026-05 hoặc 5/2026, nhưng ô ghi “{value}”.",
        "Year-month such as 2026-05 or 5/2026 is due, but the cell says “{value}”.",
    ),
    "cell_time": (
        "Cần giờ dạng 08:30, nhưng ô ghi “{value}”.",
        "A time such as 08:30 is due, but the cell says “{value}”.",
    ),
    "cell_moment": (
        "Cần ngày và giờ, ví dụ 22/11/2026 08:30, nhưng ô ghi “{value}”.",
        "A date and time such as 22/11/2026 08:30 is due, but the cell says “{value}”.",
    ),
    "cell_choice": (
        "“{value}” không có trong danh sách. Chọn một trong: {expected}.",
        "“{value}” is not in the list. Choose one of: {expected}.",
    ),
    "cell_choice_two": (
        "“{value}” là tên của nhiều lựa chọn. Ghi mã thay cho tên: {expected}.",
        "“{value}” is the name of several choices. Write the code instead: {expected}.",
    ),
    "cell_characters": (
        "Ô có ký tự không đọc được. Gõ lại nội dung của ô.",
        "The cell holds characters that cannot be read. Type it again.",
    ),
    "cell_truth": (
        "Cần {expected}, nhưng ô ghi {value}. Ghi lại câu trả lời.",
        "Expected {expected}, but the cell says {value}. Write the answer again.",
    ),
}

WORKBOOK_MESSAGES: dict[str, tuple[str, str]] = {**_FILE, **_PLACE, **_VALUE}
