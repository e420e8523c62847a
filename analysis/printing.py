"""Tables as text: CSV for machines, aligned columns for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under their headings as CSV, without the last line's end; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().rstrip("\n")


def aligned(lines: Sequence[Sequence[str]], to_the_right: Callable[[int], bool]) -> str:
    """Lines of equally many cells in columns as wide as their widest cell, two blanks apart.

    `to_the_right`: whether the column at a place, from 0, holds numbers.
    """
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_the_right(at) else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
