"""How a workbook looks and what it says around the questions."""

from __future__ import annotations

from typing import Any

FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#084840", "valign": "vcenter"},
    "soft": {"font_color": "#485652", "text_wrap": True, "valign": "top"},
    "group": {"bold": True, "bg_color": "#e1f0ed", "text_wrap": True, "valign": "vcenter"},
    "group_hint": {
        "bg_color": "#e1f0ed", "text_wrap": True, "valign": "vcenter", "font_color": "#485652",
        "font_size": 9,
    },
    "head": {
        "bold": True, "bg_color": "#0b5d54", "font_color": "#ffffff", "border": 1,
        "border_color": "#ffffff", "text_wrap": True, "valign": "vcenter",
    },
    "ask": {"text_wrap": True, "valign": "vcenter", "bottom": 1, "bottom_color": "#d3dbd8"},
    "hint": {
        "text_wrap": True, "valign": "vcenter", "font_color": "#485652", "font_size": 9,
        "bottom": 1, "bottom_color": "#d3dbd8",
    },
    "number": {"bg_color": "#f3f6f5", "font_color": "#485652", "align": "center"},
    "link": {"locked": False, "align": "center", "valign": "vcenter"},
}  # fmt: skip
ANSWERS = {  # number formats of answers by type; "@" for the others
    "integer": "0",
    "decimal": "General",
    "range": "General",
    "date": "dd/mm/yyyy",
    "dateTime": "dd/mm/yyyy hh:mm",
    "time": "hh:mm",
}
WORDS = {
    "number": {"vi": "STT", "en": "No."},
    "of": {"vi": "Thuộc STT ở “{title}”", "en": "Of no. in “{title}”"},
    "question": {"vi": "Câu hỏi", "en": "Question"},
    "how": {"vi": "Cách ghi", "en": "How to write it"},
    "answer": {"vi": "Trả lời", "en": "Answer"},
    "required": {"vi": "Bắt buộc.", "en": "Required."},
    "several": {
        "vi": "Nhiều lựa chọn thì ghi cách nhau bằng dấu chấm phẩy (;): {labels}.",
        "en": "Several choices are separated by a semicolon (;): {labels}.",
    },
    "month": {"vi": "Ghi năm-tháng, ví dụ 2026-05.", "en": "Year-month, such as 2026-05."},
    "date": {"vi": "Ghi ngày/tháng/năm.", "en": "Day/month/year."},
    "wrong": {"vi": "Chưa đúng", "en": "Not right"},
    "range": {"vi": "Ghi số từ {low} đến {high}.", "en": "A number from {low} to {high}."},
    "low": {"vi": "Ghi số từ {low} trở lên.", "en": "A number of {low} or more."},
    "high": {"vi": "Ghi số nhiều nhất là {high}.", "en": "A number of at most {high}."},
    "choose": {"vi": "Chọn trong danh sách.", "en": "Choose from the list."},
    "whole": {"vi": "Ghi số nguyên.", "en": "A whole number."},
    "amount": {"vi": "Ghi số, ví dụ 1,5.", "en": "A number such as 1.5."},
}
