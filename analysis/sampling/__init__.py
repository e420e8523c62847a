"""The sample: how many, who, by whom, and what each answer counts for.

size → register → allocation → draw → assign → (interviews) → weights. Nothing here reads a
database; every rule that a statistician must be able to repeat stands in docs/sampling.md.
"""

from analysis.sampling.allocation import allocate
from analysis.sampling.assign import assign
from analysis.sampling.draw import Drawn, draw_households, draw_villages
from analysis.sampling.errors import (
    BadAllocation,
    BadRegister,
    BadRows,
    BadSize,
    BadWeighting,
    SeedMissing,
)
from analysis.sampling.register import Register, read_register, register_of
from analysis.sampling.rule import Rule, draw_by
from analysis.sampling.size import Frame, Size, size_for_ratio, size_for_share
from analysis.sampling.weights import (
    Summary,
    adjust_nonresponse,
    base_weights,
    calibrate_cells,
    calibrate_margins,
    summarise,
    trim,
)

__all__ = [
    "BadAllocation",
    "BadRegister",
    "BadRows",
    "BadSize",
    "BadWeighting",
    "Drawn",
    "Frame",
    "Register",
    "Rule",
    "SeedMissing",
    "Size",
    "Summary",
    "adjust_nonresponse",
    "allocate",
    "assign",
    "base_weights",
    "calibrate_cells",
    "calibrate_margins",
    "draw_by",
    "draw_households",
    "draw_villages",
    "read_register",
    "register_of",
    "size_for_ratio",
    "size_for_share",
    "summarise",
    "trim",
]
