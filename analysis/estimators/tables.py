"""Typed frames as arrays: conditions, numbers and groups of one table.

A frame's column may be float (numbers), a category of str (one choice), or text (a calculation
without a type). The same condition reads all three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimators.errors import BadInput
from analysis.estimators.sample import Floats, Ints, Mask
from analysis.types import Dimension, Where


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition on each row (rows,): where it holds, and where it cannot be known."""

    holds: Mask
    unknown: Mask | None = None

    def possible(self) -> Mask:
        """Where it holds or may hold."""
        return self.holds if self.unknown is None else self.holds | self.unknown


class Table:
    """One frame, read column by column; nothing is copied before it is asked for."""

    def __init__(self, name: str, frame: pd.DataFrame) -> None:
        self.name = name
        self.frame = frame

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.frame)

    def column(self, name: str) -> pd.Series[Any]:
        """A column; raises `BadInput` where the frame lacks it."""
        if name not in self.frame.columns:
            raise BadInput(
                f"Bảng {self.name} thiếu cột {name}; hãy đọc bảng cùng các cột mà chỉ tiêu cần.",
                f"Frame {self.name} lacks the column {name}; read it with the columns needed.",
            )
        return self.frame[name]

    def numbers(self, name: str) -> Floats:
        """A column as floats, NaN without an answer. Raises `BadInput` for words."""
        series = self.column(name)
        if isinstance(series.dtype, pd.CategoricalDtype):
            values = _to_numbers(series.cat.categories, self.name, name)
            return np.append(values, np.nan)[series.cat.codes.to_numpy()]
        if series.dtype.kind in "fiub":
            return series.to_numpy(np.float64)
        return _to_numbers(series, self.name, name)

    def codes(self, name: str) -> tuple[Ints, list[str]]:
        """A column as the position of each row's value in a list of values; −1 without one."""
        series = self.column(name)
        if isinstance(series.dtype, pd.CategoricalDtype):
            codes = series.cat.codes.to_numpy()
            return codes.astype(np.intp), [str(value) for value in series.cat.categories]
        codes, values = pd.factorize(series, sort=True)
        return codes.astype(np.intp), [str(value) for value in values]

    def truth(self, where: Where) -> Truth:
        """One condition on every row."""
        series = self.column(where.column)
        if where.filled:
            return Truth(series.notna().to_numpy())
        if where.among and series.dtype != np.float64:
            return _among(series, where.among)
        return _within(self.numbers(where.column), where)

    def every(self, conditions: Sequence[Where]) -> Truth:
        """All conditions at once: false where one is false, even if another is unknown."""
        holds = np.ones(self.rows, dtype=bool)
        possible = holds
        for where in conditions:
            one = self.truth(where)
            holds = holds & one.holds
            possible = possible & one.possible()
        return Truth(holds, possible & ~holds)

    def groups(self, dimension: Dimension) -> tuple[Ints, tuple[str, ...]]:
        """The category of each row (−1 for none) and the categories' codes."""
        column = dimension.columns[self.name]
        if not dimension.categories:
            of_row, values = self.codes(column)
            return of_row, tuple(values)
        labels = tuple(dimension.categories)
        of_row = np.full(self.rows, -1, dtype=np.intp)
        numbers = self.numbers(column) if dimension.rules else None
        for position, label in enumerate(labels):
            if numbers is None:
                inside = self.truth(Where(column, among=(label,))).holds
            else:
                low, high = dimension.rules[label]
                inside = _within(numbers, Where(column, at_least=low, at_most=high)).holds
            of_row[inside] = position
        return of_row, labels


def _to_numbers(values: Any, table: str, name: str) -> Floats:
    found = pd.to_numeric(pd.Series(values, dtype=object), errors="coerce").to_numpy(np.float64)
    absent = pd.isna(pd.Series(values, dtype=object)).to_numpy()
    empty = np.asarray(pd.Series(values, dtype=object) == "", dtype=bool)
    wrong = np.isnan(found) & ~absent & ~empty
    if wrong.any():
        text = list(values)[int(np.flatnonzero(wrong)[0])]
        raise BadInput(
            f"Bảng {table}, cột {name}: cần số, gặp {text!r}.",
            f"Frame {table}, column {name}: expected a number, got {text!r}.",
        )
    return found


def _among(series: pd.Series[Any], names: Sequence[str]) -> Truth:
    if isinstance(series.dtype, pd.CategoricalDtype):
        codes = series.cat.codes.to_numpy()
        wanted = [i for i, value in enumerate(series.cat.categories) if str(value) in names]
        holds = np.zeros(codes.size, dtype=bool)
        for code in wanted:
            holds |= codes == code
        return Truth(holds, codes < 0)
    if series.dtype.kind in "iub":
        return Truth(np.isin(series.to_numpy(), [float(name) for name in names]))
    holds = series.isin(list(names)).to_numpy(bool)
    return Truth(holds, (series.isna() | (series == "")).to_numpy(bool))


def _within(numbers: Floats, where: Where) -> Truth:
    absent = np.isnan(numbers)
    holds = ~absent
    if where.among:
        holds = np.zeros(numbers.size, dtype=bool)
        for name in where.among:
            holds |= numbers == float(name)
    if where.at_least is not None:
        holds &= numbers >= where.at_least
    if where.at_most is not None:
        holds &= numbers <= where.at_most
    return Truth(holds, absent)
