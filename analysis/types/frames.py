"""What is computed on: typed frames of answers, how their households were chosen, what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.types.text import Text

Frames = Mapping[str, pd.DataFrame]
"""One typed DataFrame a table of answers: `household`, `household.member`, `births` …

Key: the form's id, or `form.repeat` for a repeat. One row a submission (an instance of the repeat).
Columns are the leaf names of the questions; integers and decimals are float64 (NaN = no answer),
select_one is category of str, select_multiple is str with names between blanks, dates are
datetime64. Beside them: `_submission` (int, the row's submission), `_village` (category of str),
`_year` (int: the year to which the answer belongs), in a repeat `_index` (1, 2 …), and for returns
`_unit` (category: the unit that sent it) and `_period` (category: "2026", "2026-Q2", "2026-05").
"""


Obligations = Mapping[str, frozenset[tuple[str, str]]]
"""Form -> the returns owed, as (unit, period); a form without an entry is sent when something
happens, one with an empty set is a return that no unit on the list owes."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """How the households were chosen: one row a submission that counts (the PSU).

    `units`: DataFrame indexed by `_submission` with `stratum` (str), `weight` (float, > 0),
    `population` (float: PSUs in the stratum, N_h; NaN = unknown, no fpc) and, where the sampling
    unit is larger than a household, `psu` (str: its name within the stratum).

    `calibrated`: where the weights were made to agree with counts of the population, the same index
    with `before` (float, > 0: the weight before) and a column of persons in the household for each
    class of the population; None where nothing was calibrated.
    """

    units: pd.DataFrame
    lonely_psu: str = "fail"  # fail | remove | adjust | certainty | average
    description: Text = field(default_factory=lambda: Text("", ""))
    calibrated: pd.DataFrame | None = None
