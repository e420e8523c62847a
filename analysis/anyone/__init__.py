"""Survey estimates for anyone's file: `python -m analysis estimate FILE …`, or from Python:

    from analysis.anyone import Layout, estimate, read_table

    persons = read_table("persons.csv")
    layout = Layout(weights="weight", strata="village", psu="hh_id", fpc="n_hh_village")
    rows = estimate(persons, layout, ["mean care_hours", "ratio care_hours:sex=F/M"], by=[["sex"]])

Each row has est, se, ci, df, deff, n, psu and method, in full precision.
"""

from analysis.anyone.asked import Asked, read_asked
from analysis.anyone.estimate import estimate
from analysis.anyone.files import Layout, read_table
from analysis.anyone.rows import Row

__all__ = ["Asked", "Layout", "Row", "estimate", "read_asked", "read_table"]
