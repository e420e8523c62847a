"""A stored weighting as a file: a row a household that was issued, a column a step.

Columns are those of `python -m analysis weights`. A household's code says who it is: the file is
for those who may see the draw's list, and nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.sampling import Summary
from collector.sample_files import ABOUT, NOTE, Cell, about, csv_of, xlsx_of
from collector.store.draws import Known
from collector.store.weightings import Kept

FINAL = "weight"


def write(file_format: str, known: Known, kept: Kept, *, demonstration: bool) -> bytes:
    """Village, code, the weight after each step and the last one; 0 is a household that did not
    answer. The workbook has the steps on a second sheet, how they were made on a third. KeyError
    for another format than csv or xlsx."""
    marked: list[Cell] = [NOTE] if demonstration else []
    heading: list[Cell] = ["village", "code", *_columns(kept), FINAL]
    rows = [[*heading, *(["note"] if demonstration else [])]]
    for village, code, weights, _ in kept.households.rows:
        rows.append([village, code, *weights, weights[-1], *marked])
    if file_format == "csv":
        return csv_of(rows)
    sheets: dict[str, Sequence[Sequence[Cell]]] = {
        "weights": rows,
        "steps": _steps(kept),
        ABOUT: _about(known, kept, demonstration),
    }
    return {"xlsx": xlsx_of}[file_format](sheets)


def _columns(kept: Kept) -> list[str]:
    return [f"weight_{step}" for step in kept.households.steps]


def _steps(kept: Kept) -> list[list[Cell]]:
    """The steps with the range of their weights, the effective sample and its design effect."""
    heading: list[Cell] = ["step", "rows", "total", "lowest", "highest", "effective", "deff"]
    return [heading, *([name, *_summary(one)] for name, one in kept.steps)]


def _summary(one: Summary) -> list[Cell]:
    return [one.rows, one.total, one.low, one.high, one.effective, one.deff]


def _about(known: Known, kept: Kept, demonstration: bool) -> list[tuple[str, str]]:
    asked = kept.asked
    counts = (asked.population or {}).items()
    return [
        *about(known, demonstration),
        ("Tính lúc / made at", kept.at.isoformat(timespec="seconds")),
        ("Còn khớp với phiếu / still fits", "1" if kept.fits else "0"),
        ("Bù không trả lời trong / classes", asked.classes),
        ("Ngưỡng cắt / cap", "" if asked.cap is None else f"{asked.cap:g}"),
        *((f"Số dân / population {cell}", f"{persons:g}") for cell, persons in counts),
    ]
