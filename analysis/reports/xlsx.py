"""The workbook of a report: typed numbers for people who go on calculating.

Sheets: targets, groups (with other readings and pooled years), progress, sources, and the codebook
of indicators. Text is always written as text, so that nothing in the data becomes a formula; a
number is a number with its full precision and the decimals that the report prints.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import xlsxwriter

from analysis.reports.dates import format_day
from analysis.reports.narrative import abstract, committee
from analysis.reports.phrases import phrase
from analysis.reports.sheets import Column, Number, Sheet, sheets
from analysis.reports.text import clean
from analysis.types import Report

Value = str | Number

A4 = 9
TITLE_ROWS = 3


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook being written, its formats made once each."""

    file: Any
    formats: dict[tuple[tuple[str, Any], ...], Any]

    def look(self, **properties: Any) -> Any:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(
                {"font_name": "Times New Roman", "font_size": 11, "valign": "top"} | properties
            )
        return self.formats[key]


def write(report: Report, language: str = "vi") -> bytes:
    """The whole .xlsx; the same report gives the same bytes. `language`: "vi" or "en"."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as file:
        _properties(file, report, language)
        book = Book(file, {})
        for sheet in sheets(report, language):
            _sheet(book, sheet, report, language)
    return target.getvalue()


def _properties(file: Any, report: Report, language: str) -> None:
    made = report.provenance.generated_at
    file.set_properties(
        {
            "title": clean(abstract(report, language)),
            "author": clean(committee(report.plan, language)),
            "subject": phrase("demonstration", language) if report.demonstration else "",
            "created": (made.astimezone(UTC) if made.tzinfo else made).replace(tzinfo=None),
        }
    )


def _sheet(book: Book, sheet: Sheet, report: Report, language: str) -> None:
    page = book.file.add_worksheet(sheet.name)
    _titles(book, page, sheet, report, language)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        look = book.look(bold=True, text_wrap=True, border=1, bg_color="#D9D9D9", valign="vcenter")
        page.write_string(TITLE_ROWS, place, clean(column.title), look)
    titles = [column.title for column in sheet.columns]
    page.set_row(TITLE_ROWS, _height(sheet.columns, titles))
    for line, row in enumerate(sheet.rows, start=TITLE_ROWS + 1):
        page.set_row(line, _height(sheet.columns, row))
        _row(book, page, line, sheet.columns, row)
    last = TITLE_ROWS + len(sheet.rows)
    page.autofilter(TITLE_ROWS, 0, last, len(sheet.columns) - 1)
    page.freeze_panes(TITLE_ROWS + 1, sheet.frozen)
    page.ignore_errors({"number_stored_as_text": f"A1:A{last + 1}"})  # "2.1" is a name
    page.print_area(0, 0, last, (sheet.printed or len(sheet.columns)) - 1)
    _print_setup(page, report, language)


def _titles(book: Book, page: Any, sheet: Sheet, report: Report, language: str) -> None:
    """What the sheet is, of whom and when; the marking of a demonstration in white on black."""
    page.write_string(0, 0, clean(sheet.title), book.look(bold=True, font_size=13))
    unit = committee(report.plan, language)
    text = phrase("book_line", language, unit=unit, end=format_day(report.period_end, language))
    page.write_string(1, 0, clean(text), book.look(italic=True))
    if report.demonstration:
        look = book.look(bold=True, font_color="#FFFFFF", bg_color="#000000", font_size=13)
        for column in range(len(sheet.columns)):
            page.write_blank(2, column, None, look)
        page.write_string(2, 0, phrase("demonstration", language), look)


def _row(book: Book, page: Any, line: int, columns: Sequence[Column], row: Iterable[Value]) -> None:
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        if isinstance(value, Number):
            look = book.look(border=1, num_format=_digits(value))
            page.write_number(line, place, float(value.value), look)
        else:
            align = "right" if column.number else "left"
            look = book.look(border=1, text_wrap=True, align=align, indent=1)
            page.write_string(line, place, clean(value), look)


def _digits(value: Number) -> str:
    if value.year:
        return "0"
    return "#,##0" + ("." + "0" * value.decimals if value.decimals else "")


def _height(columns: Sequence[Column], row: Iterable[Value]) -> float:
    """The height of a row in points: text is wrapped, and not every program measures it itself."""
    texts = zip(columns, row, strict=True)
    lines = [len(text) / (column.width - 1) for column, text in texts if isinstance(text, str)]
    return 15.0 * min(math.ceil(max([*lines, 1.0])), 27)


def _print_setup(page: Any, report: Report, language: str) -> None:
    """Landscape A4, one page wide, the head repeated; a demonstration says so on every page."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(TITLE_ROWS)
    page.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.6)
    marking = "&R&B" + phrase("demonstration", language) if report.demonstration else ""
    page.set_header(f"&C&P{marking}")
