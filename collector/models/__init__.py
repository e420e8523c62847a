"""The tables, one aggregate a file."""

from collector.models.account import Channel, Role, Token, User
from collector.models.base import Base
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
from collector.models.unit import Unit

__all__ = [
    "COUNTED",
    "Action",
    "Attachment",
    "Base",
    "Channel",
    "Conflict",
    "Decision",
    "Household",
    "Role",
    "State",
    "Submission",
    "TerritoryRevision",
    "Token",
    "Unit",
    "User",
    "Village",
]
