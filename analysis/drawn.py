"""The design of a household survey that has a stored draw: stratum, PSU, fpc and weight are its.

Every household that was issued counts, answered or not. Within a village those who answered stand
for those who did not; a household that turned out to be none (moved away, no household) stands for
its like and leaves the population. A census is the same with every household issued: where all
answered, fpc is 1 and no interval is left between households; where some did not, what is left of
the interval is theirs.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.design import COMPLETE, LONELY_RULE
from analysis.estimators.errors import BadDesign
from analysis.estimators.tables import Table
from analysis.sampling.weights import base_weights
from analysis.types import Design, Frames, Text

NOBODY = -1  # the submission of a household without a complete interview
COLUMNS = (
    "village", "submission", "ineligible", "stratum", "psu", "population", "households", "chance",
    "weight",
)  # fmt: skip
BEFORE = "before"
CELL = "cell:"


def drawn_design(frames: Frames, issued: pd.DataFrame, title: str = "") -> Design:
    """The design of the complete interviews of the issued households.

    `issued`: one row a household, columns COLUMNS: `submission` (int: its complete interview,
    NOBODY without one), `ineligible` (bool), `population` (float: sampling units of the stratum,
    NaN where villages were drawn by size), `households` (float: of the village), `chance` (float:
    that the village is visited), `weight` (float: of a stored weighting, NaN without one). A
    stored weighting is used where it covers exactly the complete interviews. Where it was
    calibrated there are BEFORE (float: the weight before that step, NaN without) and a column
    CELL + name for each class of the population (float: persons of the household). Raises
    `BadDesign` where a column is missing.
    """
    missing = [name for name in COLUMNS if name not in issued.columns]
    if missing:
        raise BadDesign(f"Thiếu cột {missing}.", f"Columns are missing: {missing}.")
    known = issued.reset_index(drop=True)
    answered = known["submission"].isin(_complete(frames)).to_numpy(dtype=bool)
    weight, stored = _weights(known, answered)
    rows = known[answered]
    units = pd.DataFrame(
        {
            "stratum": pd.Categorical(rows["stratum"].astype("str")),
            "weight": weight[answered],
            "population": _population(known, answered)[answered],
            "psu": rows["psu"].astype("str").to_numpy(),
        },
        index=pd.Index(rows["submission"].to_numpy(np.int64), name="_submission"),
    )
    if not units["population"].isna().any():
        units = units.drop(columns="psu")  # each household is its own sampling unit
    beside = len(_complete(frames)) - int(answered.sum())
    held = _calibrated(rows, units.index) if stored else None
    said = _describe(known, answered, title, stored, beside)
    if held is not None:
        said = Text(said.vi + CALIBRATED.vi, said.en + CALIBRATED.en)
    return Design(units, LONELY_RULE, said, held)


CALIBRATED = Text(
    " Quyền số đã khớp số dân theo giới và tuổi; sai số tính theo phần chênh còn lại sau khi khớp.",
    " Weights agree with the population by sex and age; errors are those of what is left over.",
)


def _calibrated(rows: pd.DataFrame, index: pd.Index) -> pd.DataFrame | None:
    """What the calibration rests on, by submission; None where nothing was calibrated."""
    if BEFORE not in rows.columns or rows.empty or rows[BEFORE].isna().any():
        return None
    cells = [name for name in rows.columns if str(name).startswith(CELL)]
    return rows[[BEFORE, *cells]].set_axis(index)


def _complete(frames: Frames) -> np.ndarray:
    if "household" not in frames:
        return np.zeros(0, dtype=np.int64)
    frame = frames["household"]
    complete = Table("household", frame).truth(COMPLETE).holds
    found: np.ndarray = frame.loc[complete, "_submission"].to_numpy(np.int64)
    return found


def _known_part(known: pd.DataFrame, answered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each household's village: how many are known (answered or none), how many answered."""
    village = pd.factorize(known["village"])[0]
    told = answered | known["ineligible"].to_numpy(dtype=bool)
    size = int(village.max(initial=-1)) + 1
    counts = [np.bincount(village, part, size)[village] for part in (told, answered)]
    return counts[0], counts[1]


def village_weights(known: pd.DataFrame, answered: np.ndarray) -> np.ndarray:
    """N_i/(n_i·π_i) times issued over known households of the village; 0 without an interview."""
    told, _ = _known_part(known, answered)
    village = pd.factorize(known["village"])[0]
    issued = np.bincount(village)[village].astype(np.float64)
    base = base_weights(known["village"], known["households"], known["chance"])
    factor = np.divide(issued, told, out=np.zeros_like(issued), where=told > 0)
    return np.where(answered, base * factor, 0.0)


def _weights(known: pd.DataFrame, answered: np.ndarray) -> tuple[np.ndarray, bool]:
    stored = known["weight"].to_numpy(np.float64)
    if answered.any() and (~np.isnan(stored) == answered).all() and (stored[answered] > 0).all():
        return stored, True
    return village_weights(known, answered), False


def _population(known: pd.DataFrame, answered: np.ndarray) -> np.ndarray:
    """Households of the stratum that are households: the listed ones times the share that is."""
    told, heard = _known_part(known, answered)
    share = np.divide(heard, told, out=np.zeros_like(heard), where=told > 0)
    listed = known["population"].to_numpy(np.float64)
    return np.where(np.isnan(listed), np.nan, np.maximum(listed * share, heard))


def _describe(
    known: pd.DataFrame, answered: np.ndarray, title: str, stored: bool, beside: int
) -> Text:
    none = int((known["ineligible"].to_numpy(dtype=bool) & ~answered).sum())
    clusters = bool(known["population"].isna().any())
    vi = [
        f"Theo mẫu đã rút “{title}”: giao {len(known)} hộ ở {known['village'].nunique()} thôn, "
        f"{int(answered.sum())} hộ phỏng vấn xong, {none} hộ không thuộc diện khảo sát. "
    ]
    en = [
        f"By the stored draw “{title}”: {len(known)} households issued in "
        f"{known['village'].nunique()} villages, {int(answered.sum())} complete, {none} not "
        "eligible. "
    ]
    if stored:
        vi.append("Quyền số là bộ quyền số đã lưu của mẫu. ")
        en.append("The weights are the stored weighting of the draw. ")
    else:
        vi.append("Quyền số theo xác suất rút, hộ trả lời thay cho hộ không trả lời cùng thôn. ")
        en.append(
            "Weights follow the draw's probabilities; those who answered stand for those of "
            "their village who did not. "
        )
    vi.append("Thôn là đơn vị mẫu." if clusters else "Thôn là tầng, hộ là đơn vị mẫu.")
    en.append(
        "Villages are the sampling units."
        if clusters
        else "Villages are strata, households sampling units."
    )
    vi.append(" Mỗi giới một người từ 15 tuổi được chọn trong hộ, nhân với số người đủ điều kiện.")
    en.append(" One person aged 15 and over of each sex is drawn, times the number eligible.")
    if beside > 0:
        vi.append(f" {beside} hộ đã hỏi nhưng ngoài mẫu không được tính.")
        en.append(f" {beside} households were asked beside the draw and do not count.")
    return Text("".join(vi), "".join(en))
