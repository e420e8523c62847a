"""Filled Excel files of the tests' health station."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import openpyxl
import world

from forms.workbook import template

VILLAGES = [{"name": code, "label": name} for code, name in world.VILLAGES.items()]
UNITS = [{"name": code, "label": name, "kind": kind} for code, (kind, name) in world.UNITS.items()]
MEDIA = {"villages.csv": VILLAGES, "units.csv": UNITS}
BIRTH = {
    "B": "2026-05", "C": "Có", "D": "Gái", "E": "Sinh một", "F": 1998, "G": "Kinh",
    "H": "Con thứ nhất", "I": "Thôn Một", "J": "Bệnh viện",
}  # fmt: skip
FIRST, SECOND = str(UUID(int=1)), str(UUID(int=2))
"""Ids of two downloaded templates."""


def births(*rows: Mapping[str, Any], template_id: str = FIRST, **cells: Any) -> bytes:
    """A births register with these rows (column -> value); `cells` are set last."""
    form = world.library().versions("births")[-1]
    data = template(form, MEDIA, template_id=template_id, numbered=10)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["Số liệu"]
    for at, row in enumerate(rows, start=4):
        for column, value in row.items():
            page[f"{column}{at}"] = value
    for cell, value in cells.items():
        page[cell] = value
    return _saved(book)


def month(template_id: str = FIRST, revises: str = "Không", **answers: Any) -> bytes:
    """The station's return for May 2026, without births; `answers` by question."""
    form = world.library().versions("births_month")[-1]
    data = template(form, MEDIA, template_id=template_id)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["Báo cáo"]
    filled = {
        "ym": "2026-05", "unit": "Trạm Y tế", "no_births": "1", "deaths_direct": 0,
        "deaths_indirect": 0, "deaths_incidental": 0, "women_10_14": 40, "women_15_19": 50,
        "submitter": "Nữ hộ sinh", "approver": "Trưởng trạm", "revises": revises, **answers,
    }  # fmt: skip
    for path, row in _answer_rows(book):
        page[f"C{row}"] = filled.get(path.rpartition("/")[2])
    return _saved(book)


def _answer_rows(book: openpyxl.Workbook) -> Iterable[tuple[str, int]]:
    for kind, cell, path, *_ in book["_so_thon"].values:
        if kind == "field":
            yield str(path), int(str(cell)[1:])


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
