"""An XLSForm's Markdown as an Excel file, for people who write forms there."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from forms.sheets import SHEETS, Sheet, read_markdown

_WIDEST = 60  # characters; longer texts wrap
_NARROWEST = 8


def to_xlsx(markdown: str) -> bytes:
    """The sheets survey, choices and settings as .xlsx; every cell is text, so nothing is rounded.

    Publishing the file again compiles to the same model (version "2026.1" stays a text).
    """
    book = read_markdown(markdown)
    out = BytesIO()
    workbook = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    header = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    cell = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for name in (s for s in SHEETS if s in book.sheets):
        _write(workbook.add_worksheet(name), book.sheets[name], header, cell)
    workbook.close()
    return out.getvalue()


def _write(
    worksheet: xlsxwriter.worksheet.Worksheet,
    sheet: Sheet,
    header: xlsxwriter.format.Format,
    cell: xlsxwriter.format.Format,
) -> None:
    """One sheet: bold header, frozen, columns as wide as their texts up to a limit."""
    worksheet.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        longest = max((len(row[column]) for row in sheet.rows), default=0)
        width = min(max(longest, len(column), _NARROWEST), _WIDEST) + 2
        worksheet.set_column(at, at, width, cell)
        worksheet.write_string(0, at, column, header)
    for number, row in enumerate(sheet.rows, start=1):
        for at, column in enumerate(sheet.columns):
            if row[column]:
                worksheet.write_string(number, at, row[column], cell)
