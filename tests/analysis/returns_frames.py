"""Small frames of units' returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd


def category(values: Sequence[Any]) -> pd.Categorical:
    """A column of choices."""
    return pd.Categorical(values)


def table(
    units: Sequence[str],
    periods: Sequence[str] | str = "2026",
    ids: Sequence[int] = (),
    **columns: Any,
) -> pd.DataFrame:
    """One row a unit and period; a list of texts becomes choices, of numbers floats."""
    n = len(units)
    whole = [periods] * n if isinstance(periods, str) else list(periods)
    data: dict[str, Any] = {
        "_submission": list(ids) or list(range(1, n + 1)),
        "_unit": category(units),
        "_period": category(whole),
        "_year": [int(period[:4]) for period in whole],
    }
    for name, values in columns.items():
        texts = any(isinstance(value, str) for value in values)
        data[name] = category(values) if texts else pd.Series(values, dtype="float64")
    return pd.DataFrame(data)
