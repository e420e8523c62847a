"""Domains: the groups of rows for which a statistic is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimators.sample import Ints, Mask, ids_of


@dataclass(frozen=True, slots=True, eq=False)
class Domains:
    """`of_row` (rows,): the domain of each row, −1 outside all; `labels` (domains,)."""

    of_row: Ints
    labels: tuple[object, ...]

    @property
    def count(self) -> int:
        """Number of domains, empty ones included."""
        return len(self.labels)

    def within(self, mask: Mask) -> Domains:
        """The same domains, restricted to the rows where `mask` (rows,) holds."""
        return Domains(np.where(mask, self.of_row, -1), self.labels)

    def take(self, rows: Ints | Mask) -> Domains:
        """The same domains for some of the rows."""
        return Domains(self.of_row[rows], self.labels)


def whole(rows: int) -> Domains:
    """All rows as one domain."""
    return Domains(np.zeros(rows, dtype=np.intp), ("",))


def subset(mask: Mask) -> Domains:
    """The rows where `mask` (rows,) holds as one domain."""
    return Domains(np.where(mask, np.intp(0), np.intp(-1)), ("",))


def groups(values: ArrayLike) -> Domains:
    """A domain for each distinct value (rows,), in sorted order."""
    labels, of_row = ids_of(values)
    return Domains(of_row, tuple(labels.tolist()))


def crossed(parts: Sequence[Domains]) -> Domains:
    """Every combination of several groupings; the first varies fastest, as in R's svyby."""
    of_row = np.zeros_like(parts[0].of_row)
    labels: list[tuple[object, ...]] = [()]
    outside = np.zeros(of_row.size, dtype=bool)
    size = 1
    for part in parts:
        of_row = of_row + size * part.of_row
        outside |= part.of_row < 0
        labels = [(*label, new) for new in part.labels for label in labels]
        size *= part.count
    return Domains(np.where(outside, -1, of_row), tuple(labels))
