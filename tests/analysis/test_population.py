"""The population by sex and age as a file: what is read, and what is wrong with a row."""

from __future__ import annotations

import io

import openpyxl
import pytest

from analysis.estimators.errors import BadInput
from analysis.sampling import BadRows
from analysis.sampling.population import LARGEST, class_of, read_population

GOOD = 'sex,from,to,persons\nF,0,14,300\nF,15,49,600\nF,50,,200\nM,15,49,"1,610"\nM,50,110,190\n'
CELLS = {"F|0-14": 300, "F|15-49": 600, "F|50-200": 200, "M|15-49": 1610, "M|50-200": 190}


def refused(text: str) -> dict[int, str]:
    """Row -> what is wrong with it, in English."""
    with pytest.raises(BadRows) as caught:
        read_population(text.encode(), "dan.csv")
    return {fault.row: fault.text.en for fault in caught.value.faults}


def test_a_file_is_read_in_any_order_with_any_classes_that_follow_one_another() -> None:
    assert read_population(GOOD.encode(), "dan.csv") == CELLS
    heading, *rows = GOOD.splitlines()
    turned = "\n".join([heading, *reversed(rows), ",,,"])
    assert list(read_population(turned.encode(), "dan.csv").items()) == list(CELLS.items())


def test_a_workbook_with_vietnamese_headings() -> None:
    book = openpyxl.Workbook()
    for row in (("Giới tính", "Nhóm tuổi", "Số người"), ("Nữ", "từ 15 trở lên", 700),
                ("Nam", "15–59", 500), (None, None, None), ("nam", "60+", 90)):  # fmt: skip
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = read_population(out.getvalue(), "dan.xlsx")
    assert found == {"F|15-200": 700, "M|15-59": 500, "M|60-200": 90}


@pytest.mark.parametrize(
    ("was", "now", "row", "said"),
    [
        ("F,15,49", "X,15,49", 3, "the column sex takes"),
        ("F,15,49", "F,49,15", 3, "ages are written"),
        ("F,15,49,600", "F,15,49,60.5", 3, "persons take a whole number"),
        ("F,15,49,600", "F,15,49,0", 3, "persons take a whole number above 0"),
        ("F,15,49", "F,14,49", 3, "must begin at 15; it begins at 14"),
        ("F,15,49", "F,15,48", 4, "must begin at 49; it begins at 50"),
        ("F,50,,200", "F,50,90,200", 4, "must be “50+”"),
        ("M,15,49", "M,16,49", 5, "begins at 16"),
        ("M,50,110", "F,50,110", 6, "must begin at 201; it begins at 50"),
    ],
)
def test_a_row_that_is_wrong_is_named(was: str, now: str, row: int, said: str) -> None:
    assert was in GOOD
    assert said in refused(GOOD.replace(was, now))[row]


def test_every_fault_is_told_at_once_and_a_sex_may_not_be_missing() -> None:
    found = refused("sex,age,persons\nF,15-34,-1\nF,mười,5\nF,60+,9\n")
    assert (set(found) == {2, 3, 4} and "begins at 60" in found[4]) or "Men: no class" in found[4]


def test_files_that_cannot_be_read() -> None:
    with pytest.raises(BadInput, match="row 1 must have"):
        read_population(b"sex,persons\nF,3\n", "dan.csv")
    with pytest.raises(BadInput, match="above 100 kB"):
        read_population(b" " * (LARGEST + 1), "dan.csv")
    with pytest.raises(BadInput, match="UTF-8"):
        read_population("giới".encode("utf-16"), "dan.csv")


@pytest.mark.parametrize("cell", ["cap", "F|x-3", "X|0-14", "F|0-14 ", "F|1234-1"])
def test_a_field_is_a_class_only_by_its_name(cell: str) -> None:
    assert class_of(cell) is None
    found = class_of("F|0-14")
    assert found is not None and found.cell == "F|0-14"
