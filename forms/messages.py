"""Every sentence that forms/ says to a person: code -> (Vietnamese, English).

Codes are stable: they travel in faults and in tests. A sentence says what was expected, what came
and what to do. `{name}` places are filled by `message`.
"""

from __future__ import annotations

from typing import TypedDict

from forms.sheet_messages import SHEET_MESSAGES
from forms.workbook_messages import WORKBOOK_MESSAGES


class Text(TypedDict):
    """A text in both languages."""

    vi: str
    en: str


def message(code: str, **values: object) -> Text:
    """The sentence of `code` in both languages; a value may itself be a Text."""
    vi, en = MESSAGES[code]
    return {
        "vi": vi.format_map(_in_language(values, "vi")),
        "en": en.format_map(_in_language(values, "en")),
    }


def _in_language(values: dict[str, object], language: str) -> dict[str, object]:
    return {k: v.get(language, "") if isinstance(v, dict) else v for k, v in values.items()}


_SUBMISSION = {
    "required": (
        "Chưa trả lời. Câu này bắt buộc.",
        "Not answered. This question is required.",
    ),
    "constraint": (
        "Câu trả lời “{value}” không đúng với điều kiện của câu hỏi.",
        "The answer “{value}” does not meet this question's condition.",
    ),
    "type": (
        "Cần {expected}, nhưng nhận được “{value}”.",
        "Expected {expected}, but got “{value}”.",
    ),
    "choice": (
        "“{value}” không có trong danh sách lựa chọn của câu này.",
        "“{value}” is not among this question's choices.",
    ),
    "choice_twice": (
        "Lựa chọn “{value}” được ghi hai lần.",
        "The choice “{value}” is written twice.",
    ),
    "file": (
        "Tệp “{value}” của câu này chưa tới máy chủ. Hãy chụp, ghi lại hoặc xoá rồi gửi lại.",
        "The file “{value}” of this question did not come. Take it again or delete it, then send.",
    ),
    "unknown_element": (
        "Mẫu phiếu không có mục “{name}” ở chỗ này.",
        "The form has no “{name}” in this place.",
    ),
    "unknown_text": (
        "Có chữ “{value}” nằm ngoài mọi câu hỏi.",
        "The text “{value}” stands outside every question.",
    ),
    "duplicate_element": (
        "Mục “{name}” có hai lần, mẫu phiếu chỉ cho một lần.",
        "“{name}” is there twice; the form allows it once.",
    ),
    "irrelevant": (
        "Câu này không được hỏi trong trường hợp này nên phải để trống, nhưng có “{value}”.",
        "This question does not apply here and must be empty, but holds “{value}”.",
    ),
    "calculation": (
        "Giá trị tính được là “{expected}”, nhưng phiếu ghi “{value}”.",
        "The calculated value is “{expected}”, but the form says “{value}”.",
    ),
    "repeat_count": (
        "Phải có {expected} lần lặp “{name}”, nhưng có {value}.",
        "There must be {expected} of “{name}”, but there are {value}.",
    ),
    "too_many": (
        "Có quá nhiều lần lặp “{name}”, nhiều nhất là {expected}.",
        "There are too many of “{name}”; the most is {expected}.",
    ),
    "version": (
        "Phiếu gửi theo mẫu {value}, nhưng được kiểm tra theo mẫu {expected}.",
        "The submission says form {value}, but it was checked against {expected}.",
    ),
    "media": (
        "Máy chủ thiếu tệp danh sách “{name}” nên không kiểm tra được câu trả lời.",
        "The server lacks the list “{name}”, so the answer cannot be checked.",
    ),
}

_XML = {
    "empty": ("Không nhận được nội dung nào.", "Nothing was received."),
    "too_large": (
        "Phiếu dài {size} byte, nhiều nhất là {limit}. Gửi ảnh và âm thanh thành tệp riêng.",
        "The submission has {size} bytes, the most is {limit}. Send media as files of their own.",
    ),
    "not_utf8": (
        "Phiếu phải dùng bảng mã UTF-8; có byte không đọc được ở vị trí {at}.",
        "The submission must be UTF-8; there is an unreadable byte at position {at}.",
    ),
    "encoding": (
        "Phiếu khai bảng mã “{encoding}”; chỉ nhận UTF-8.",
        "The submission declares the encoding “{encoding}”; only UTF-8 is accepted.",
    ),
    "nul": (
        "Phiếu có ký tự NUL, XML không cho phép.",
        "The submission holds a NUL character, which XML forbids.",
    ),
    "dtd": (
        "Phiếu có khai báo DOCTYPE hoặc thực thể; không nhận. Gửi lại không có phần đó.",
        "The submission has a DOCTYPE or entities, which are refused. Send it without them.",
    ),
    "too_many_nodes": (
        "Phiếu có quá nhiều mục (nhiều nhất {limit}).",
        "The submission has too many elements (the most is {limit}).",
    ),
    "too_deep": (
        "Các mục lồng nhau quá sâu (nhiều nhất {limit} tầng).",
        "The elements are nested too deeply (the most is {limit} levels).",
    ),
    "malformed": (
        "Nội dung không phải XML đúng cú pháp (dòng {line}, cột {column}). Gửi lại phiếu.",
        "This is not well-formed XML (line {line}, column {column}). Send the submission again.",
    ),
    "no_form_id": (
        "Phiếu không ghi mã mẫu (thuộc tính id của phần tử gốc).",
        "The submission names no form (attribute id of the root element).",
    ),
    "no_instance_id": (
        "Phiếu không có mã instanceID trong <meta>; gửi lại sẽ bị trùng nên không nhận.",
        "There is no instanceID in <meta>; sending again would double it, so it is refused.",
    ),
    "instance_id": (
        "Mã instanceID không hợp lệ: cần 1 đến {limit} ký tự liền, không có dấu cách.",
        "The instanceID is not valid: 1 to {limit} characters without blanks are needed.",
    ),
    "answers_shape": (
        "Câu trả lời tại {path} phải là {expected}.",
        "The answer at {path} must be {expected}.",
    ),
}


MESSAGES: dict[str, tuple[str, str]] = {
    **_SUBMISSION,
    **_XML,
    **SHEET_MESSAGES,
    **WORKBOOK_MESSAGES,
}
