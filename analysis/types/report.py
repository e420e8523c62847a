"""What a report is: the results with the progress of collection and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from analysis.types.plan import Plan
from analysis.types.result import TargetResult
from analysis.types.text import Text


@dataclass(frozen=True, slots=True)
class VillageProgress:
    """Progress of collection in one village; counts of households, no person."""

    village: str
    name: str
    households: int
    assigned: int
    complete: int
    refused: int
    other: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the numbers rest on."""

    generated_at: datetime
    code_version: str
    forms: tuple[tuple[str, str, int], ...]  # form, version, submissions used
    flagged_left_out: int
    design: Text
    checksum: str
    states: tuple[tuple[str, int], ...] = ()  # state, submissions that nothing has replaced


@dataclass(frozen=True, slots=True)
class Report:
    """A plan read against indicators: all that a writer may print, small cells already hidden."""

    plan: Plan
    period: int
    period_end: date
    results: tuple[TargetResult, ...]
    progress: tuple[VillageProgress, ...]
    provenance: Provenance
    demonstration: bool
    minimum_cell: int = 10
    hidden_cells: int = 0
    ethnic_list: str = ""  # id of the list that codes of ethnic groups follow, if any
    commune: tuple[str, str] = ("", "")  # code and name of the unit whose data were read, if known
