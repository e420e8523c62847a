"""The annexes of the Word report: all targets, groups, methods and provenance, progress.

NĐ 30/2020/NĐ-CP, Phụ lục III: "Phụ lục" with a Roman number, its name in capitals, the document it
belongs to in italics; page numbers start again in each annex.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from analysis.reports.annex_rows import (
    breakdown_rows,
    form_rows,
    method_rows,
    progress_rows,
    provenance_rows,
    target_rows,
)
from analysis.reports.dates import official_date, vietnam_time
from analysis.reports.docx_base import BODY, CENTRE, add_line, add_rule, add_styled, add_table
from analysis.reports.docx_letter import NUMBER_BLANK, TEXT_WIDTH, body_paragraph
from analysis.reports.headings import TITLES, Annex
from analysis.reports.narrative import committee
from analysis.reports.phrases import phrase
from analysis.types import Report

MARGINS = {"top": 25, "bottom": 20, "left": 30, "right": 15}  # mm, within the decree's ranges
HEADER = Mm(9)
ROMAN = ("I", "II", "III", "IV")

TARGET_WIDTHS = (11, 55, 24, 25, 23, 19, 23, 17, 33, 22)  # 252 mm
BREAKDOWN_WIDTHS = (30, 49, 34, 32, 20)
METHOD_WIDTHS = (30, 37, 37, 61)
PROGRESS_WIDTHS = (60, 35, 35, 35)
FORM_WIDTHS = (95, 35, 35)
FACT_WIDTHS = (45, 120)


def set_page(section: Any, landscape: bool = False) -> None:
    """A4 with the decree's margins; page numbers start at 1, none on the first page."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (297, 210) if landscape else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side, millimetres in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(millimetres))
    section.header_distance = section.footer_distance = HEADER
    section.different_first_page_header_footer = True
    numbering = section._sectPr.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        section._sectPr.insert_element_before(
            numbering, "w:cols", "w:titlePg", "w:textDirection", "w:bidi", "w:docGrid"
        )
    numbering.set(qn("w:start"), "1")


def annexes(document: Any, report: Report, language: str) -> None:
    """All four, each in a section of its own."""
    _begin(document, report, 0, language, landscape=True)
    add_table(document, TARGET_WIDTHS, *target_rows(report, language))
    _begin(document, report, 1, language)
    _table_or_none(document, BREAKDOWN_WIDTHS, breakdown_rows(report, language), language)
    if any("village" in estimate.by for r in report.results for estimate in r.breakdown):
        add_line(document, "", size=6)
        body_paragraph(document, phrase("villages_elsewhere", language))
    _begin(document, report, 2, language)
    _methods(document, report, language)
    _begin(document, report, 3, language)
    _table_or_none(document, PROGRESS_WIDTHS, progress_rows(report, language), language)


def _begin(
    document: Any, report: Report, number: int, language: str, landscape: bool = False
) -> None:
    set_page(document.add_section(WD_SECTION.NEW_PAGE), landscape)
    name = phrase("annex", language, number=ROMAN[number])
    heading = add_styled(document, "Heading1")
    heading.paragraph_format.first_line_indent = Mm(0)
    heading.alignment = CENTRE
    heading.add_run(name)
    title = TITLES[list(Annex)[number]][language].format(period=report.period)
    add_line(document, title.upper(), bold=True, size=BODY)
    made = vietnam_time(report.provenance.generated_at).date()
    attached = phrase(
        "attached", language, blank=NUMBER_BLANK, committee=committee(report.plan, language),
        date=official_date(made, language, blank_day=True),
    )  # fmt: skip
    add_line(document, attached, italic=True)
    width = 252.0 if landscape else TEXT_WIDTH
    add_rule(document, 50, width).paragraph_format.space_after = Pt(6)


def _table_or_none(
    document: Any,
    widths: Sequence[float],
    table: tuple[Sequence[str], Sequence[Any]],
    language: str,
) -> None:
    head, rows = table
    if rows:
        add_table(document, widths, head, rows)
    else:
        body_paragraph(document, phrase("nothing", language))


def _methods(document: Any, report: Report, language: str) -> None:
    head, rows = form_rows(report, language)
    if rows:
        add_table(document, FORM_WIDTHS, head, rows)
        add_line(document, "", size=6)
    add_table(document, FACT_WIDTHS, *provenance_rows(report, language))
    add_line(document, "", size=6)
    _table_or_none(document, METHOD_WIDTHS, method_rows(report, language), language)
