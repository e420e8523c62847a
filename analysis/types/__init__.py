"""The nouns of analysis: what an indicator, an estimate, a target, a plan and a report are.

Nothing here computes. Every class is frozen; arrays never live in them, except in `Design`.

`frames`: what is computed on. `indicator`: what is computed. `plan`: what was promised. `result`:
what was found. `report`: what leaves. Everybody imports the names from here.
"""

from analysis.types.frames import Design, Frames, Obligations
from analysis.types.indicator import Dimension, Direction, Indicator, Variant, Where
from analysis.types.plan import (
    UNIT_KINDS,
    Activity,
    Day,
    Duty,
    Inventory,
    Oddity,
    Plan,
    Reading,
    ReportDuty,
    Resolution,
    Successor,
    Target,
    Task,
)
from analysis.types.report import Provenance, Report, VillageProgress
from analysis.types.result import (
    Arithmetic,
    Estimate,
    GroupVerdict,
    Missing,
    ReadingResult,
    Statistical,
    TargetResult,
    Trajectory,
    Verdict,
)
from analysis.types.text import Text

__all__ = [
    "UNIT_KINDS",
    "Activity",
    "Arithmetic",
    "Day",
    "Design",
    "Dimension",
    "Direction",
    "Duty",
    "Estimate",
    "Frames",
    "GroupVerdict",
    "Indicator",
    "Inventory",
    "Missing",
    "Obligations",
    "Oddity",
    "Plan",
    "Provenance",
    "Reading",
    "ReadingResult",
    "Report",
    "ReportDuty",
    "Resolution",
    "Statistical",
    "Successor",
    "Target",
    "TargetResult",
    "Task",
    "Text",
    "Trajectory",
    "Variant",
    "Verdict",
    "VillageProgress",
    "Where",
]
