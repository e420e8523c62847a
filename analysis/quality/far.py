"""Numbers far from those of the village, by a rule that a few wrong numbers cannot move."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.quality.seen import Check, Seen, found
from analysis.quality.watched import Measure
from analysis.types import Text

LIMIT = 3.5
CONSISTENT = 1.4826  # MAD to standard deviation, for normal numbers
LEAST_THERE = 10  # values in the village; with fewer the commune's middle is taken


def distances(values: pd.Series, groups: pd.Series, unit: float) -> pd.Series:
    """How far each value lies from its group's median, in robust standard deviations: 1.4826 times
    the median absolute deviation, but never less than `unit`. A group with fewer than 10 values is
    held against all values: its own MAD would swing by more than a third."""
    median, spread = _middle(values, pd.Series(0, values.index))
    own_median, own_spread = _middle(values, groups)
    enough = groups.map(groups.value_counts()) >= LEAST_THERE
    median, spread = own_median.where(enough, median), own_spread.where(enough, spread)
    return (values - median).abs() / np.maximum(CONSISTENT * spread, unit)


def _middle(values: pd.Series, groups: pd.Series) -> tuple[pd.Series, pd.Series]:
    median = values.groupby(groups).transform("median")
    return median, (values - median).abs().groupby(groups).transform("median")


def _of(seen: Seen, measure: Measure) -> pd.DataFrame:
    """Columns `s`, `far`, `value`, `which`: one row a value."""
    rows = seen.tables[measure.table]
    village = rows["_submission"].map(seen.root["_village"])
    known = rows[measure.column].notna() & (rows[measure.column] >= 0) & village.notna()
    values = rows.loc[known, measure.column]
    groups = village[known].astype(str)
    if measure.by and measure.by in rows.columns:
        groups = groups + "|" + rows.loc[known, measure.by].astype(str)
    far = distances(np.sqrt(values) if measure.root else values, groups, measure.unit)
    told = {"far": far, "value": values, "which": measure.column}
    return pd.DataFrame({"s": rows.loc[known, "_submission"], **told})


def _present(seen: Seen) -> list[Measure]:
    return [one for one in seen.watch.measures if seen.has(one.table, (one.column,))]


def _far(seen: Seen) -> pd.DataFrame:
    each = pd.concat([_of(seen, one) for one in _present(seen)])
    most = each.sort_values("far", kind="stable").groupby("s").last()
    return found(most["far"] > LIMIT, most["value"], which=most["which"])


FAR = Check(
    id="far",
    name=Text("Số khác xa cả thôn", "A number far from the village's"),
    means=Text(
        "Một con số cách số ở giữa của thôn hơn 3,5 lần khoảng cách thường thấy.",
        "A number lies more than 3.5 times the usual distance from the village's middle.",
    ),
    do=Text(
        "Đọc lại phiếu: có thể thừa một chữ số, hoặc hộ này quả thật khác các hộ khác.",
        "Read the interview: there may be a digit too many, or the household is indeed different.",
    ),
    rule=Text(
        "|x − trung vị| > 3,5 × 1,4826 × MAD của thôn (dưới 10 giá trị: của xã); giờ việc nhà lấy "
        "căn bậc hai, riêng nữ, riêng nam.",
        "|x − median| > 3.5 × 1.4826 × MAD of the village (fewer than 10 values: of the commune); "
        "hours of housework by their square root, women and men apart.",
    ),
    source="Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers; Leys et al. 2013.",
    applies=lambda seen: bool(_present(seen)),
    find=_far,
    says=Text("{which}: {value}", "{which}: {value}"),
)
