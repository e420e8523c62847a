"""Small cells: hidden last, before anything is shown or leaves.

Whoever reads is told the same: the service's own pages, charts and files show what may leave the
commune, because units and collaborators read those too. The officer, who reads the submissions
themselves, needs no view of reports without these rules. A survey estimate from fewer persons than
the minimum is no estimate and is hidden, and so is every table of a sensitive indicator by village.

What is owed leaves: the value of the year of each target of the plan, with its numerator and
denominator, however small, and the pooled years of indicators that no single year can judge
(`Indicator.assessable_from`). Of maternal deaths only the count may be published, never a year's
ratio (`Indicator.count_only_below`). The rest is hidden by these rules:

* Cells of a breakdown below the minimum, zero included: a zero that stays visible would tell that a
  hidden cell is none. Every side counts: numerator, denominator, and for a share those who are not
  in the numerator; for a ratio of women's and men's means the women and the men.
* Where a hidden cell could be worked out from the total and the others, the next smallest goes too,
  until at least two are hidden and together they reach the minimum. A group that is itself a
  target of the plan is known and hides nothing; where it would give the others away, all tables go.
* What is no number of persons (`Indicator.of_persons`) stays in the tables of provinces and
  communes; the persons counted beside it are a table of their own there.
* Only one-way tables leave; they share their total and nothing else. None by village for a
  sensitive indicator.
* Counts printed beside a value: a part, or what it leaves of the whole, below the minimum.
* Pooled years of a sensitive indicator: hidden where the years of the pool that no report of the
  plan has told, or those by which the longer pool exceeds a shorter printed one, are a small cell.
* Other readings of a sensitive indicator that differ from its value by a small cell, and its
  quarters or months.
* A sensitive indicator that no target of the plan asks for, where it is small.
* Table cells of a sensitive indicator that stay are rounded to `ROUNDING`, so that two versions of
  a report do not tell of the one case that came between.

What a hidden cell's reader can still know: that each side of it lies in an interval as wide as the
minimum, or as wide as the owed total where that is smaller.
"""

from analysis.disclosure.cells import (
    HIDDEN,
    MINIMUM_CELL,
    cell_size,
    hide,
    is_survey,
    protect_breakdown,
    sides,
)
from analysis.disclosure.differences import small_difference
from analysis.disclosure.levels import COUNT_ONLY, count_only, protect_levels
from analysis.disclosure.results import hidden_cells, protect
from analysis.disclosure.rounding import ROUNDING, rounded

__all__ = [
    "COUNT_ONLY",
    "HIDDEN",
    "MINIMUM_CELL",
    "ROUNDING",
    "cell_size",
    "count_only",
    "hidden_cells",
    "hide",
    "is_survey",
    "protect",
    "protect_breakdown",
    "protect_levels",
    "rounded",
    "sides",
    "small_difference",
]
