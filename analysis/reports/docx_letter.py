"""The letter head, the title and the foot of the Word report.

The form is NĐ 30/2020/NĐ-CP, Phụ lục I and III: issuer and national title in two columns without
borders, rules of the prescribed lengths, number and day left blank for the clerk, legal bases in
italics, "Nơi nhận" and signature side by side. The signer's name stays blank in a draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docx.shared import Mm, Pt, RGBColor

from analysis.reports.dates import is_vietnamese, official_date, vietnam_time
from analysis.reports.docx_base import (
    BODY,
    LEFT,
    add_line,
    add_rule,
    add_run,
    add_styled,
    borderless,
    first_line,
    shade,
)
from analysis.reports.narrative import abstract, opening
from analysis.reports.phrases import phrase
from analysis.types import Plan, Report

TEXT_WIDTH = 165.0  # mm between the margins of the portrait page
HEAD = (62.0, 103.0)  # the two columns of the letter head, mm
MM_PER_POINT = 25.4 / 72

# Widths of Times New Roman Bold in em (of the size), measured in a page set without kerning.
UPPER_EM = 0.66  # a capital on average
MOTTO_EM = {"vi": 12.23, "en": 15.88}  # the whole motto

NUMBER_BLANK = " " * 10


def letter_head(document: Any, report: Report, language: str) -> None:
    """Issuer and number on the left; national title, motto, place and date on the right."""
    left, right = borderless(document, HEAD)
    _issuer(left, report.plan, language)
    size = 13 if is_vietnamese(language) else 12
    first_line(right, phrase("nation", language), bold=True, size=size)
    add_line(right, phrase("motto", language), bold=True, size=size + 1)
    em = MOTTO_EM["vi" if is_vietnamese(language) else "en"]
    add_rule(right, em * (size + 1) * MM_PER_POINT, HEAD[1] - 4)
    number = add_line(left, phrase("number", language, blank=NUMBER_BLANK), size=13)
    place = add_line(right, place_and_date(report, language), italic=True, size=BODY)
    for paragraph in (number, place):
        paragraph.paragraph_format.space_before = Pt(4)


def _issuer(cell: Any, plan: Plan, language: str) -> None:
    """The committee in two bold lines and a rule a good third as long as the last."""
    name = f"{plan.unit_kind} {plan.unit_name}" if is_vietnamese(language) else plan.unit_name
    first_line(cell, phrase("issuer", language), bold=True, size=13)
    add_line(cell, name.upper(), bold=True, size=13)
    add_rule(cell, 0.42 * len(name) * UPPER_EM * 13 * MM_PER_POINT, HEAD[0] - 4)


def place_and_date(report: Report, language: str) -> str:
    """ "An Khánh, ngày      tháng 02 năm 2027": the clerk writes the day with the number."""
    made = vietnam_time(report.provenance.generated_at).date()
    day = official_date(made, language, blank_day=True)
    return phrase("place_date", language, place=report.plan.place, date=day)


def title(document: Any, report: Report, language: str) -> None:
    """BÁO CÁO, what it is about, a short rule, the marking of a demonstration, the addressee."""
    add_line(document, phrase("report", language), bold=True).paragraph_format.space_before = Pt(18)
    about = add_line(document, unbroken(abstract(report, language)), bold=True)
    about.paragraph_format.left_indent = about.paragraph_format.right_indent = Mm(8)
    add_rule(document, TEXT_WIDTH * 0.4, TEXT_WIDTH)
    if report.demonstration:
        banner(document, language, size=BODY)
        add_line(document, phrase("demonstration_line", language), italic=True, size=12)
    if report.plan.addressee:
        text = phrase("to", language, addressee=report.plan.addressee)
        to = add_line(document, text)
        to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(12)


def unbroken(text: str) -> str:
    """`text` with its spans of years ("2026 - 2030") kept on one line."""
    return re.sub(r"(\d{4}) - (\d{4})", "\\1\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}\\2", text)


def banner(container: Any, language: str, size: float = 12) -> Any:
    """The marking of invented data: white on black, so that no copy loses it."""
    line = add_line(container, phrase("demonstration", language), bold=True, size=size)
    _inverted(line)
    return line


def _inverted(paragraph: Any) -> None:
    shade(paragraph, "000000")
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor(255, 255, 255)


def bases_and_opening(document: Any, report: Report, language: str) -> None:
    """The legal bases in italics (";" after each, "." after the last), then the opening."""
    for text in legal_bases(report.plan.legal_bases, language):
        paragraph = add_styled(document, "BodyText")
        add_run(paragraph, text, italic=True)
    for text in opening(report, language):
        add_run(add_styled(document, "BodyText"), text)


def legal_bases(bases: Sequence[str], language: str) -> list[str]:
    """The bases as they are printed: each begins with its verb and ends with ";", the last "."."""
    verbs = ("Căn cứ", "Thực hiện", "Theo", "Pursuant")
    stripped = [base.strip().rstrip(";.").strip() for base in bases]
    texts = [
        text if text.startswith(verbs) else phrase("basis", language) + text for text in stripped
    ]
    return [text + (";" if place < len(texts) else ".") for place, text in enumerate(texts, 1)]


def foot(document: Any, report: Report, language: str) -> None:
    """ "Nơi nhận" on the left, the signature on the right with room for seal and name."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    left, right = borderless(document, (80.0, 85.0))
    first_line(left, phrase("recipients", language), bold=True, italic=True, size=12, align=LEFT)
    for text in recipients(report.plan, language):
        add_line(left, text, size=11, align=LEFT)
    first_line(right, phrase("on_behalf", language), bold=True, size=13)
    for key in ("for_chairman", "vice_chairman"):
        add_line(right, phrase(key, language), bold=True, size=13)
    add_line(right, "", bold=True).paragraph_format.space_before = Pt(70)


def recipients(plan: Plan, language: str) -> list[str]:
    """ "- Như trên;" first (the addressee), the plan's own recipients, the file copy last."""
    listed = [text.strip().lstrip("-").strip().rstrip(";.").strip() for text in plan.recipients]
    copies = [text for text in listed if text.startswith(("Lưu", "File"))]
    others = [text for text in listed if text not in copies and not _is_addressee(text, plan)]
    first = [phrase("as_above", language)] if plan.addressee else []
    last = copies[-1] if copies else phrase("file_copy", language)
    return [f"- {text};" for text in [*first, *others]] + [f"- {last}."]


def _is_addressee(text: str, plan: Plan) -> bool:
    """True for "Sở Nội vụ (để b/c)" where the report goes to "Sở Nội vụ thành phố …"."""
    name = text.split("(", maxsplit=1)[0].strip()
    return bool(name) and plan.addressee.startswith(name)


def body_paragraph(document: Any, text: str) -> Any:
    """A justified paragraph of the body."""
    paragraph = add_styled(document, "BodyText")
    add_run(paragraph, text)
    return paragraph


def labelled(document: Any, label: str, text: str) -> Any:
    """ "- *Chỉ tiêu 1:* …": the label in italics, then the plan's own words."""
    paragraph = add_styled(document, "BodyText")
    paragraph.paragraph_format.keep_with_next = True
    add_run(paragraph, "- ")
    if label:
        add_run(paragraph, f"{label}: ", italic=True)
    add_run(paragraph, text)
    return paragraph
