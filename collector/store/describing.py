"""The row of a submission, read from its answers: who, where and when."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from collector.models import Channel
from collector.store.accounts import Caller
from collector.store.media import NOT_LISTED
from collector.store.submissions import COMPLETE, New, Upload, occasion_of
from forms.answers import Checked
from forms.instance import Instance
from forms.library import Form

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
RESULT = "result"  # the question that says how an interview ended
LONGEST_CODE = 64
LONGEST_RESULT = 16
LONGEST_UNIT = 32
LONGEST_PERIOD = 16
TOO_OLD = timedelta(days=2 * 366)
_QUARTER = re.compile(r"(?<=^[0-9]{4}-)Q([1-4])$", re.ASCII)  # "2026-Q4" begins in "2026-10"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came: by which way, the XForm instance as bytes, the files beside it, when.

    A file that the answers name and that did not come is a fault on the channels in TOLD; ODK
    Collect may bring it in another post, and from a rescue file it cannot come: there the
    submission is kept, and flagged as long as the file is not here.
    """

    channel: Channel
    xml: bytes
    received_at: datetime
    uploads: Sequence[Upload] = ()
    by_hand: bool = False  # in a rescue file: what it lacks will not come


def describe(
    form: Form,
    instance: Instance,
    checked: Checked,
    caller: Caller,
    arrival: Arrival,
    demonstration: bool,
) -> New:
    """The row of a submission: who, where and when are read from the answers once, here."""
    root: Mapping[str, Any] = checked.answers.get(form.id) or {}
    village = _code(root, form.about["village"]) if "village" in form.about else caller.village
    household = _household(form, root, village)
    period = _text(root, form.about.get("period"))
    year = _year(period) or arrival.received_at.astimezone(VIETNAM).year
    result = _code(root, RESULT, LONGEST_RESULT)
    occasion = _occasion(form, root, household, year, result)
    new = New(
        form=form.id,
        version=form.version,
        instance_id=instance.instance_id,
        deprecated_id=instance.deprecated_id,
        digest=hashlib.sha256(instance.canonical()).digest(),
        xml=arrival.xml,
        answers=checked.answers,
        faults=[fault.to_json() for fault in checked.faults],
        flags=(),
        channel=arrival.channel,
        account_id=caller.id,
        village=village,
        year=year,
        household=household,
        result=result,
        unit=_code(root, form.about.get("unit"), LONGEST_UNIT) or caller.unit,
        period=period if 0 < len(period) <= LONGEST_PERIOD else None,
        occasion=occasion,
        claim=occasion,
        received_at=arrival.received_at,
        demonstration=demonstration,
        files=tuple(one.filename for one in checked.files),
    )
    return new.flagged("odd_period") if _odd(period, arrival.received_at) else new


def _occasion(
    form: Form,
    root: Mapping[str, Any],
    household: str | None,
    year: int | None,
    result: str | None,
) -> str | None:
    """The sheet's unique fields, else the complete interview of a household in a year."""
    unique = form.about.get("unique")
    if unique:
        return occasion_of(form.id, *(_code(root, name) for name in unique))
    return occasion_of(form.id, household, year) if result == COMPLETE else None


def _text(root: Mapping[str, Any], name: str | None) -> str:
    value = root.get(name) if name else None
    return "" if value is None else str(value)


def _code(root: Mapping[str, Any], name: str | None, longest: int = LONGEST_CODE) -> str | None:
    """A code as it can be kept in a column: anything longer is not a code (and has a fault)."""
    value = _text(root, name)
    return value if 0 < len(value) <= longest else None


def _household(form: Form, root: Mapping[str, Any], village: str | None) -> str | None:
    name = form.about.get("household")
    code = _code(root, name)
    if code != NOT_LISTED:
        return code
    own = _code(root, f"{name}_new")
    return f"{NOT_LISTED}:{village or ''}:{own}"[:LONGEST_CODE] if own else None


def _year(period: str) -> int | None:
    head = period[:4]
    return int(head) if len(head) == 4 and head.isascii() and head.isdigit() else None


def _odd(period: str, received_at: datetime) -> bool:
    """True if the period lies ahead or more than two years back: a wrong clock, most often."""
    if not period:
        return False
    begins = _QUARTER.sub(lambda found: f"{3 * int(found[1]) - 2:02}", period)
    newest = (received_at + timedelta(days=1)).astimezone(VIETNAM).date().isoformat()
    oldest = (received_at - TOO_OLD).date().isoformat()
    return not oldest[: len(begins)] <= begins <= newest[: len(begins)]
