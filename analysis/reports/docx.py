"""The Word report in the form of NĐ 30/2020/NĐ-CP, ready for the clerk's number and signature."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from analysis.reports.dates import vietnam_time
from analysis.reports.docx_annex import annexes, set_page
from analysis.reports.docx_base import (
    BODY,
    add_field,
    add_line,
    add_run,
    add_styled,
    new_document,
    to_bytes,
)
from analysis.reports.docx_letter import (
    TEXT_WIDTH,
    banner,
    bases_and_opening,
    body_paragraph,
    foot,
    labelled,
    letter_head,
    title,
)
from analysis.reports.figure import alternative_text, distance_figure
from analysis.reports.narrative import Block, Kind, abstract, body, closing, committee
from analysis.reports.phrases import phrase
from analysis.reports.text import clean
from analysis.types import Report

ROMAN = ("I", "II", "III", "IV", "V")


def write(report: Report, language: str = "vi") -> bytes:
    """The whole .docx; the same report gives the same bytes. `language`: "vi" or "en"."""
    document = new_document(language)
    _properties(document, report, language)
    section = document.sections[0]
    set_page(section)
    _headers(section, report, language)
    letter_head(document, report, language)
    title(document, report, language)
    bases_and_opening(document, report, language)
    _parts(document, report, language)
    body_paragraph(document, closing(report, language))
    foot(document, report, language)
    annexes(document, report, language)
    return to_bytes(document)


def _properties(document: Any, report: Report, language: str) -> None:
    made = vietnam_time(report.provenance.generated_at)
    properties = document.core_properties
    properties.title = clean(abstract(report, language))
    properties.author = properties.last_modified_by = clean(committee(report.plan, language))
    properties.created = properties.modified = made
    properties.language = "vi-VN" if language == "vi" else "en-GB"
    properties.comments = ""
    properties.subject = phrase("demonstration", language) if report.demonstration else ""


def _headers(section: Any, report: Report, language: str) -> None:
    """The page number in the middle of the top margin from page 2 on; every page of a
    demonstration says so, the first one too. The annexes' sections inherit both headers."""
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(number, "PAGE")
    for run in number.runs:
        run.font.size = Pt(BODY)
    if report.demonstration:
        banner(section.header, language).paragraph_format.space_before = Pt(3)
        first = section.first_page_header
        banner(first, language)
        first.paragraphs[0]._p.getparent().remove(first.paragraphs[0]._p)


def _parts(document: Any, report: Report, language: str) -> None:
    for number, part in zip(ROMAN, body(report, language), strict=False):
        heading = add_styled(document, "Heading1")
        add_run(heading, f"{number}. {part.title.upper()}")
        for block in part.blocks:
            _block(document, report, block, language)


def _block(document: Any, report: Report, block: Block, language: str) -> None:
    if block.kind is Kind.HEADING:
        add_run(add_styled(document, "Heading2"), block.text)
    elif block.kind is Kind.TARGET:
        labelled(document, block.label, block.text)
    elif block.kind is Kind.ITEM:
        body_paragraph(document, f"- {block.text}")
    elif block.kind is Kind.FIGURE:
        _figure(document, report, block.text, language)
    else:
        body_paragraph(document, block.text)


def _figure(document: Any, report: Report, caption: str, language: str) -> None:
    """The picture with its alternative text and caption; nothing where nothing can be drawn."""
    image = distance_figure(report, language)
    if image is None:
        return
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(io.BytesIO(image), width=Mm(TEXT_WIDTH))
    picture._inline.docPr.set("descr", clean(alternative_text(report, language)))
    picture._inline.docPr.set("name", clean(caption))
    add_line(document, caption, italic=True, size=12).paragraph_format.space_after = Pt(8)
