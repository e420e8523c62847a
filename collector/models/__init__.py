"""The tables, one aggregate a file."""

from collector.models.account import Channel, Role, Token, User
from collector.models.backcheck import Backcheck, BackcheckDraw
from collector.models.base import Base
from collector.models.boundaries import VillageBoundaries
from collector.models.calendar import Assignment, PlanMark, Reminder
from collector.models.enrolment import AccountKey, EnrolmentCode
from collector.models.indicator import OwnIndicator
from collector.models.issued import IssuedFile, IssuedReport
from collector.models.plan import PlanResolution, StoredPlan
from collector.models.sample import (
    Draw,
    DrawAct,
    DrawEvent,
    DrawnHousehold,
    RegisterVersion,
    Weighting,
)
from collector.models.sealed import PrivateLink, SealedAnswer
from collector.models.submission import (
    COUNTED,
    Action,
    Attachment,
    Conflict,
    ConflictFile,
    Decision,
    State,
    Submission,
)
from collector.models.territory import Household, TerritoryRevision, Village
from collector.models.unit import Focal, HandOver, Unit
from collector.models.upload import PartialUpload, UploadPart
from collector.models.workbook import PendingWorkbook, WorkbookLine

__all__ = [
    "COUNTED",
    "AccountKey",
    "Action",
    "Assignment",
    "Attachment",
    "Backcheck",
    "BackcheckDraw",
    "Base",
    "Channel",
    "Conflict",
    "ConflictFile",
    "Decision",
    "Draw",
    "DrawAct",
    "DrawEvent",
    "DrawnHousehold",
    "EnrolmentCode",
    "Focal",
    "HandOver",
    "Household",
    "IssuedFile",
    "IssuedReport",
    "OwnIndicator",
    "PartialUpload",
    "PendingWorkbook",
    "PlanMark",
    "PlanResolution",
    "PrivateLink",
    "RegisterVersion",
    "Reminder",
    "Role",
    "SealedAnswer",
    "State",
    "StoredPlan",
    "Submission",
    "TerritoryRevision",
    "Token",
    "Unit",
    "UploadPart",
    "User",
    "Village",
    "VillageBoundaries",
    "Weighting",
    "WorkbookLine",
]
