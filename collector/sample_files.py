"""A stored draw as a file: the columns of `python -m analysis draw`, CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import xlsxwriter

from analysis.sampling.command import COLUMNS
from collector.store.draws import Known, Listed

NOTE = "SỐ LIỆU MINH HỌA / DEMONSTRATION"
Cell = str | int | float
ABOUT = "about"


def write(
    file_format: str,
    known: Known,
    listed: Sequence[Listed],
    names: Mapping[int, str],
    *,
    demonstration: bool,
) -> bytes:
    """The whole list, replacements too. KeyError for another format than csv or xlsx. A
    demonstration says so in a column of its own."""
    heading = [*COLUMNS, "issued", *(["note"] if demonstration else [])]
    rows = [[*row, *([NOTE] if demonstration else [])] for row in _rows(listed, names)]
    if file_format == "csv":
        return csv_of([heading, *rows])
    return {"xlsx": xlsx_of}[file_format](
        {"sample": [heading, *rows], ABOUT: about(known, demonstration)}
    )


def _rows(listed: Sequence[Listed], names: Mapping[int, str]) -> Iterator[list[Cell]]:
    for one in listed:
        yield [
            one.village, one.code, one.position, "replacement" if one.replacement else "sample",
            names.get(one.collaborator or 0, ""), one.stratum, one.psu,
            "" if one.population is None else one.population, one.households,
            float(one.village_chance), float(one.probability), float(1 / one.probability),
            int(one.issued),
        ]  # fmt: skip


def about(known: Known, demonstration: bool) -> list[tuple[str, str]]:
    """The draw in lines of two: what, which."""
    return [
        *([("", NOTE)] if demonstration else []),
        ("Mẫu / draw", known.title),
        ("Năm / year", str(known.year)),
        ("Hạt giống / seed", known.seed),
        ("Danh sách (SHA-256) / register", known.checksum),
        (
            "Rút lại / repeat",
            f"python -m analysis draw register.csv {known.rule.options(known.seed)}",
        ),
    ]


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows, the heading first, as CSV that a spreadsheet opens as UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """A workbook: name of a sheet -> its rows, the heading first. Texts stay texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    look = bold if number == 0 or (name == ABOUT and column == 0) else None
                    if isinstance(value, str):
                        sheet.write_string(number, column, value, look)
                    else:
                        sheet.write_number(number, column, value, look)
            if name == ABOUT:
                sheet.set_column(0, 0, 34)
                sheet.set_column(1, 1, 90)
            else:
                sheet.freeze_panes(1, 0)
                sheet.set_column(0, len(rows[0]) - 1, 14)
    return out.getvalue()
