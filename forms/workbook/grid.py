"""A sheet of an uploaded workbook as rows of cells: headings judged, everything else kept by place.

Here is what a person can do to a sheet: move, merge, hide, write beside the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from forms.workbook.cells import Cell, clean, is_blank, shown
from forms.workbook.choices import plain
from forms.workbook.faults import CellFault, fault
from forms.workbook.layout import ANSWER_COLUMN, FIRST_ROW, HEADING_ROW, MOST_ROWS
from forms.workbook.machine import MachineSheet, letters, number
from forms.workbook.package import Package, Shape

MOST_COLUMNS = 1000
LAST_ROW = FIRST_ROW + MOST_ROWS - 1
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII)


@dataclass(slots=True)
class Line:
    """One row, or the answer column of a return, with its answers: path -> (address, cell)."""

    row: int
    cells: dict[str, tuple[str, Cell]]
    number: Cell = field(default_factory=lambda: Cell(None))
    link: Cell = field(default_factory=lambda: Cell(None))

    @property
    def filled(self) -> bool:
        """Whether any answer is written."""
        return any(not is_blank(cell) for _, cell in self.cells.values())


def address(row: int, column: int) -> str:
    """`C7`."""
    return f"{letters(column)}{row}"


def row_of(at: str) -> int:
    """The row of an address."""
    return int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def lines(package: Package, sheet: MachineSheet, faults: list[CellFault]) -> list[Line]:
    """The lines of a sheet that hold something (of a return always one); what is wrong with the
    sheet goes to `faults`."""
    if sheet.title not in package.shapes:
        faults.append(fault("sheet_missing", sheet.title, "", 0, expected=sheet.title))
        return []
    page, shape = package.book[sheet.title], package.shapes[sheet.title]
    grid = dict(_cells(page))
    if not _headings(grid, sheet, faults):
        return []
    found = _down(grid, sheet) if sheet.down else _across(grid, sheet)
    if shape.last_row > LAST_ROW:
        at = address(LAST_ROW + 1, 1)
        faults.append(fault("cell_rows", sheet.title, at, LAST_ROW + 1, expected=MOST_ROWS))
    _merged(shape, sheet, found, faults)
    _hidden(shape, sheet, found, faults)
    _outside(grid, sheet, faults)
    return found


def _cells(page: Any) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Every cell that is not blank. The sheet's own word on its size is not believed."""
    page.reset_dimensions()
    for row in page.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS):
        for one in row:
            if one.value is None:
                continue
            cell = Cell(one.value, one.data_type, str(one.number_format or "General"))
            if not is_blank(cell):
                yield (one.row, one.column), cell


def _headings(
    grid: dict[tuple[int, int], Cell], sheet: MachineSheet, faults: list[CellFault]
) -> bool:
    """Whether every question stands where the template has it; if not, answers mean nothing."""
    before = len(faults)
    for place in sheet.places:
        cell = grid.get((place.row, place.column))
        found = shown(cell) if cell else ""
        if plain(clean(str(cell.value)) if cell else "") != plain(place.heading):
            at = address(place.row, place.column)
            faults.append(
                fault(
                    "cell_heading", sheet.title, at, place.row,
                    expected=place.heading, value=found,
                )
            )  # fmt: skip
    return len(faults) == before


def _down(grid: dict[tuple[int, int], Cell], sheet: MachineSheet) -> list[Line]:
    cells = {}
    for place in sheet.places:
        at = (place.row, ANSWER_COLUMN)
        cells[place.path] = (address(*at), grid.get(at, Cell(None)))
    return [Line(FIRST_ROW, cells)]


def _across(grid: dict[tuple[int, int], Cell], sheet: MachineSheet) -> list[Line]:
    wanted = {place.column for place in sheet.places} | ({2} if sheet.link else set())
    filled = sorted({row for row, column in grid if row >= FIRST_ROW and column in wanted})
    return [
        Line(
            row,
            {
                place.path: (
                    address(row, place.column),
                    grid.get((row, place.column), Cell(None)),
                )
                for place in sheet.places
            },
            grid.get((row, 1), Cell(None)),
            grid.get((row, 2), Cell(None)) if sheet.link else Cell(None),
        )
        for row in filled
    ]


def _merged(shape: Shape, sheet: MachineSheet, found: list[Line], faults: list[CellFault]) -> None:
    """Merged ranges that touch a place for answers, down to the last filled line."""
    last = max((line.row for line in found), default=FIRST_ROW)
    columns = {place.column for place in sheet.places}
    asked = {place.row for place in sheet.places}
    for text in shape.merged:
        match = _RANGE.fullmatch(text)
        if not match:
            continue
        top, left = int(match[2]), number(match[1])
        bottom, right = int(match[4] or top), number(match[3] or match[1])
        if sheet.down:
            hit = left <= ANSWER_COLUMN <= right and any(top <= row <= bottom for row in asked)
        else:
            hit = bottom >= FIRST_ROW and top <= last and any(left <= c <= right for c in columns)
        if hit:
            at = address(top, left)
            faults.append(fault("cell_merged", sheet.title, at, top, value=text))


def _hidden(shape: Shape, sheet: MachineSheet, found: list[Line], faults: list[CellFault]) -> None:
    if sheet.down:
        filled = {
            row_of(at) for line in found for at, cell in line.cells.values() if not is_blank(cell)
        }
        columns = {ANSWER_COLUMN}
    else:
        filled, columns = {line.row for line in found}, {place.column for place in sheet.places}
    faults += [
        fault("cell_hidden_row", sheet.title, address(row, 1), row, value=str(row))
        for row in sorted(filled & shape.hidden_rows)
    ]
    for column in sorted(columns & shape.hidden_columns):
        at = address(HEADING_ROW, column)
        faults.append(
            fault("cell_hidden_column", sheet.title, at, HEADING_ROW, value=letters(column))
        )


def _outside(
    grid: dict[tuple[int, int], Cell], sheet: MachineSheet, faults: list[CellFault]
) -> None:
    """Something that somebody wrote where nothing is read."""
    if sheet.down:
        asked = {place.row for place in sheet.places}
        strange = [at for at in grid if at[0] >= FIRST_ROW and at[1] >= ANSWER_COLUMN]
        strange = [at for at in strange if at[1] > ANSWER_COLUMN or at[0] not in asked]
    else:
        last = max((place.column for place in sheet.places), default=1)
        strange = [at for at in grid if at[0] >= FIRST_ROW and at[1] > last]
    for row, column in sorted(strange):
        faults.append(
            fault(
                "cell_outside", sheet.title, address(row, column), row,
                value=shown(grid[row, column]),
            )
        )  # fmt: skip
