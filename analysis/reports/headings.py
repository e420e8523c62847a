"""Titles of annexes, sheets and columns, in both languages."""

from __future__ import annotations

from enum import StrEnum

from analysis.types import Text


class Annex(StrEnum):
    """The annexes, in their order."""

    TARGETS = "targets"
    BREAKDOWN = "breakdown"
    METHODS = "methods"
    PROGRESS = "progress"


TITLES: dict[Annex, Text] = {
    Annex.TARGETS: Text(
        "Kết quả thực hiện các chỉ tiêu năm {period}", "Results for the targets in {period}"
    ),
    Annex.BREAKDOWN: Text(
        "Kết quả theo nhóm, cách tính khác và gộp nhiều năm",
        "Results by group, under other readings and over several years",
    ),
    Annex.METHODS: Text("Phương pháp và nguồn số liệu", "Methods and sources"),
    Annex.PROGRESS: Text("Tiến độ thu thập số liệu theo thôn", "Collection by village"),
}

HEADS: dict[str, Text] = {
    "number": Text("Số", "No."),
    "target": Text("Chỉ tiêu (nguyên văn)", "Target (verbatim)"),
    "level": Text("Mức đề ra", "Level set"),
    "result": Text("Kết quả", "Result"),
    "interval": Text("Khoảng tin cậy 95%", "95% confidence interval"),
    "arithmetic": Text("Theo cách tính của Kế hoạch", "Plan's arithmetic"),
    "statistical": Text("Mức độ chắc chắn", "Certainty"),
    "trajectory": Text("Tiến độ", "Path"),
    "responsible": Text("Đơn vị chịu trách nhiệm", "Responsible unit"),
    "source": Text("Nguồn số liệu", "Source"),
    "official": Text("Nguồn định nghĩa", "Official definition"),
    "indicator": Text("Chỉ số", "Indicator"),
    "group": Text("Nhóm", "Group"),
    "form": Text("Biểu mẫu", "Form"),
    "version": Text("Phiên bản", "Version"),
    "submissions": Text("Số phiếu sử dụng", "Submissions used"),
    "numerator": Text("Tử số", "Numerator"),
    "denominator": Text("Mẫu số", "Denominator"),
    "method": Text("Cách tính và lưu ý", "Method and cautions"),
    "village": Text("Thôn", "Village"),
    "households": Text("Số hộ", "Households"),
    "assigned": Text("Được phân công", "Assigned"),
    "complete": Text("Phỏng vấn xong", "Interviewed"),
    "refused": Text("Từ chối", "Refused"),
    "other": Text("Kết quả khác", "Other result"),
    "fact": Text("Nội dung", "Item"),
    "content": Text("Chi tiết", "Detail"),
    "unit": Text("Đơn vị hành chính của kỳ báo cáo", "Administrative unit of the period"),
    "ethnic_list": Text("Danh mục dân tộc", "List of ethnic groups"),
    "design": Text("Thiết kế mẫu", "Design of the sample"),
    "left_out": Text(
        "Phiếu nghi vấn chưa rà soát, không đưa vào tính toán",
        "Flagged submissions not yet reviewed and left out",
    ),
    "states": Text("Phiếu được tính và không được tính", "Submissions that count, and that do not"),
    "hidden_cells": Text("Số liệu không công bố", "Figures not published"),
    "generated": Text("Thời điểm lập báo cáo", "Report made at"),
    "code": Text("Phiên bản phần mềm", "Software version"),
    "checksum": Text("Mã kiểm tra số liệu (SHA-256)", "Checksum of the data (SHA-256)"),
    "verdicts": Text("Cách đọc các đánh giá", "How to read the verdicts"),
    "flagged": Text("Phiếu nghi vấn", "Flagged"),
}

NAMES = {
    "targets": Text("Chỉ tiêu", "Targets"),
    "groups": Text("Phân tổ", "Groups"),
    "progress": Text("Tiến độ", "Progress"),
    "sources": Text("Nguồn số liệu", "Sources"),
    "codebook": Text("Danh mục chỉ số", "Codebook"),
}

CODEBOOK_TITLE = Text("Danh mục chỉ số", "Codebook of indicators")

TITLES_OF_COLUMNS = {
    "objective": Text("Mục tiêu", "Objective"),
    "code": Text("Mã chỉ số", "Indicator code"),
    "comparator": Text("So sánh", "Comparison"),
    "unit": Text("Đơn vị tính", "Unit"),
    "suspected": Text("Mức nếu là lỗi đánh máy", "Level if a misprint"),
    "lower": Text("Cận dưới 95%", "Lower 95%"),
    "upper": Text("Cận trên 95%", "Upper 95%"),
    "observations": Text("Số quan sát", "Observations"),
    "excluded": Text("Thiếu thông tin", "Without information"),
    "status": Text("Tình trạng số liệu", "State of the data"),
    "suspected_verdict": Text("Đánh giá nếu là lỗi đánh máy", "Verdict if a misprint"),
    "expected": Text("Mức cần có trong năm", "Level due this year"),
    "deadline": Text("Thời hạn", "Deadline"),
    "note": Text("Lưu ý", "Note"),
    "kind": Text("Loại", "Kind"),
    "direction": Text("Chiều", "Direction"),
    "sdg": Text("SDG", "SDG"),
    "why": Text("Vì sao quan trọng", "Why it matters"),
    "misleads": Text("Dễ hiểu sai", "How it misleads"),
    "small": Text("Số nhỏ", "Small numbers"),
    "choice": Text("Cách hiểu được chọn", "Reading chosen"),
}
