"""Reports and charts: what the numbers look like on paper, in a workbook and on a page.

`WRITERS` maps a format to its writer: `write(report, language="vi") -> bytes`. Each is a pure
function of the report: the same report gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from analysis.reports import csv, docx, xlsx
from analysis.types import Report


class Writer(Protocol):
    """Makes the bytes of one file; `language` is "vi" or "en"."""

    def __call__(self, report: Report, language: str = "vi") -> bytes: ...


WRITERS: Mapping[str, Writer] = {"docx": docx.write, "xlsx": xlsx.write, "csv": csv.write}
