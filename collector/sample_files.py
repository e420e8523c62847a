"""A stored draw as a file: the columns of `python -m analysis draw`, CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import xlsxwriter

from analysis.sampling.command import COLUMNS
from collector.store.draws import Known, Listed

NOTE = "SỐ LIỆU MINH HỌA / DEMONSTRATION"
Cell = str | int | float


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
    return {"csv": _csv, "xlsx": _xlsx}[file_format](heading, rows, _about(known, demonstration))


def _rows(listed: Sequence[Listed], names: Mapping[int, str]) -> Iterator[list[Cell]]:
    for one in listed:
        yield [
            one.village, one.code, one.position, "replacement" if one.replacement else "sample",
            names.get(one.collaborator or 0, ""), one.stratum, one.psu,
            "" if one.population is None else one.population, one.households,
            float(one.village_chance), float(one.probability), float(1 / one.probability),
            int(one.issued),
        ]  # fmt: skip


def _about(known: Known, demonstration: bool) -> list[tuple[str, str]]:
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


def _csv(heading: list[str], rows: list[list[Cell]], _about: list[tuple[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(heading: list[str], rows: list[list[Cell]], about: list[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("sample")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heading, bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write_number(number, column, value)
        sheet.set_column(0, len(heading) - 1, 14)
        facts = book.add_worksheet("about")
        for number, (name, value) in enumerate(about):
            facts.write_string(number, 0, name, bold)
            facts.write_string(number, 1, value)
        facts.set_column(0, 0, 34)
        facts.set_column(1, 1, 90)
    return out.getvalue()
