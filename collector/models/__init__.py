"""The tables, one aggregate a file."""

from collector.models.account import Channel, Role, Token, User
from collector.models.base import Base
from collector.models.calendar import Assignment, PlanMark, Reminder
from collector.models.indicator import OwnIndicator
from collector.models.submission import (
    COUNTED,
    Action,
    Attachment,
    Conflict,
    Decision,
    State,
    Submission,
)
from collector.models.territory import Household, TerritoryRevision, Village
from collector.models.unit import Focal, HandOver, Unit

__all__ = [
    "COUNTED",
    "Action",
    "Assignment",
    "Attachment",
    "Base",
    "Channel",
    "Conflict",
    "Decision",
    "Focal",
    "HandOver",
    "Household",
    "OwnIndicator",
    "PlanMark",
    "Reminder",
    "Role",
    "State",
    "Submission",
    "TerritoryRevision",
    "Token",
    "Unit",
    "User",
    "Village",
]
