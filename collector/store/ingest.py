"""The one way in: every channel's submission is read, checked and stored here.

`receive` is called by the routes of both channels and never commits: the route does, before it
answers 201. What it raises leaves nothing behind; a conflict is kept, and told by the receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from collector import problems
from collector.access import own_unit, territory
from collector.models import Channel, State
from collector.problems import Problem
from collector.store import lacking, submissions
from collector.store.accounts import Caller
from collector.store.describing import Arrival, describe
from collector.store.submissions import New, Stored, Upload
from forms.answers import Checked, Named, check
from forms.faults import Fault
from forms.instance import Instance, parse_xml
from forms.library import Form, Library
from forms.on_device import stripped
from forms.own_lists import Rows
from forms.problems import MalformedXml

TOLD = frozenset({Channel.PHONE, Channel.EXCEL})  # who is told what is wrong, and nothing is stored


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of it. `conflict`: the id was taken by another text, and this one kept apart."""

    instance_id: str
    state: State
    received_at: datetime
    duplicate: bool = False
    conflict: bool = False
    doubts: int = 0  # faults and flags, where it waits for review
    lacking: int = 0  # files that it names and that are not here


@dataclass(frozen=True, slots=True)
class Desk:
    """What is needed to receive: the forms, and what their lists hold for a caller.

    `media(session, form, caller)` gives the rows of each media file of the form, by file name.
    """

    library: Library
    media: Callable[[Session, Form, Caller], Mapping[str, Rows]]
    demonstration: bool = False


def receive(session: Session, desk: Desk, caller: Caller, arrival: Arrival) -> Receipt:
    """Read, check and store one submission.

    Raises Problem: malformed XML, no or too long an instance id, unknown form, a form that the
    role does not fill; on the channels in TOLD also faults of the check, another village or unit.
    """
    instance = _read(arrival.xml)
    form = _form(desk.library, instance, caller)
    arrival, instance = _without_own(form, instance, arrival)
    checked = check(
        form, instance, now=arrival.received_at, media=desk.media(session, form, caller)
    )
    if arrival.channel in TOLD and not arrival.by_hand:
        checked.faults += _lacking(session, instance, checked.files, arrival.uploads)
    new = describe(form, instance, checked, caller, arrival, desk.demonstration)
    objection = _objection(new, checked, caller)
    if objection is not None and arrival.channel in TOLD:
        stored = submissions.existing(session, new.instance_id)
        if stored is None or stored.digest != new.digest:
            raise objection
        return _again(session, new, stored, arrival)  # was in order when it came first
    if objection is not None and objection.kind is not problems.FAULTS:
        new = new.flagged(objection.kind.code)
    return _store(session, new, arrival, caller)


def described_again(session: Session, desk: Desk, sender: Caller, arrival: Arrival) -> New:
    """The row of a text that is kept already, checked as when it came. What the phone channel would
    refuse is flagged. Raises Problem UNKNOWN_FORM."""
    instance = _read(arrival.xml)
    form = desk.library.get(instance.form_id, instance.version)
    if form is None:
        raise Problem(problems.UNKNOWN_FORM, form=instance.form_id, version=instance.version)
    lists = desk.media(session, form, sender)
    checked = check(form, instance, now=arrival.received_at, media=lists)
    new = describe(form, instance, checked, sender, arrival, desk.demonstration)
    objection = _objection(new, checked, sender)
    if objection is not None and objection.kind is not problems.FAULTS:
        new = new.flagged(objection.kind.code)
    return new


def _lacking(
    session: Session, instance: Instance, named: Sequence[Named], uploads: Sequence[Upload]
) -> list[Fault]:
    """A fault for each file that did not come, now or before, nor with the version it corrects."""
    if not named:
        return []
    came = lacking.here(session, instance.instance_id, instance.deprecated_id)
    came |= {upload.filename for upload in uploads}
    return [one.fault() for one in named if one.filename not in came]


def _read(xml: bytes) -> Instance:
    try:
        return parse_xml(xml)
    except MalformedXml as error:
        raise Problem(problems.MALFORMED_XML, reason=error.message) from None


def _without_own(form: Form, instance: Instance, arrival: Arrival) -> tuple[Arrival, Instance]:
    """Without what never leaves the phone, whatever the client sent: here, before anything is
    checked, compared, kept or said."""
    if not form.on_device:
        return arrival, instance
    xml = stripped(instance.root, form.on_device)  # changes the tree
    return (arrival if xml is None else replace(arrival, xml=xml)), instance


def _form(library: Library, instance: Instance, caller: Caller) -> Form:
    form = library.get(instance.form_id, instance.version)
    if form is None:
        raise Problem(
            problems.UNKNOWN_FORM, form=instance.form_id[:64], version=instance.version[:64]
        )
    if caller.fills not in form.about.get("filled_by", ()):
        raise Problem(problems.NOT_YOUR_FORM, form=form.id)
    return form


def _objection(new: New, checked: Checked, caller: Caller) -> Problem | None:
    """Why the phone would be told no: another village or unit first, then the faults."""
    own, unit = territory(caller), own_unit(caller)
    if own is not None and new.village not in (None, own):
        return Problem(problems.OTHER_VILLAGE, village=new.village, own=own)
    if unit is not None and new.unit != unit:
        return Problem(problems.OTHER_UNIT, unit=new.unit, own=unit)
    if checked.faults:
        return Problem(problems.FAULTS, faults=new.faults, count=len(new.faults))
    return None


def _store(session: Session, new: New, arrival: Arrival, caller: Caller) -> Receipt:
    if new.deprecated_id:
        made = _insert_edit(session, new, caller)
    else:
        alone = not arrival.uploads and not new.files
        made = submissions.insert_new(session, new, alone=alone)
    if made is None:
        return _same_id(session, new, arrival)
    submission_id, kept = made
    submissions.keep_uploads(session, submission_id, arrival.uploads, arrival.received_at)
    missing = len(lacking.settle(session, submission_id, new.files))
    doubts = len(kept.faults) + len(kept.flags) + bool(missing)
    state = State.FLAGGED if doubts else kept.state
    return Receipt(new.instance_id, state, new.received_at, doubts=doubts, lacking=missing)


def _insert_edit(session: Session, new: New, caller: Caller) -> tuple[int, New] | None:
    """Supersede and insert, or neither: a retry of an edit must not supersede anything again."""
    point = session.begin_nested()
    edited, old_id = submissions.supersede(session, new, territory(caller), own_unit(caller))
    made = submissions.insert_new(session, edited)
    if made is None:
        point.rollback()
        return None
    if old_id is not None:
        submissions.carry_forward(session, old_id, made[0], new.files)
    point.commit()
    return made


def _same_id(session: Session, new: New, arrival: Arrival) -> Receipt:
    stored = submissions.existing(session, new.instance_id)
    assert stored is not None, "the unique index said so"
    if stored.digest == new.digest:
        return _again(session, new, stored, arrival)
    submissions.keep_conflict(session, stored, new, arrival.uploads)
    return Receipt(new.instance_id, stored.state, stored.received_at, conflict=True)


def _again(session: Session, new: New, stored: Stored, arrival: Arrival) -> Receipt:
    """The same submission once more, of whatever version: a success; files that came are kept."""
    submissions.keep_uploads(session, stored.id, arrival.uploads, arrival.received_at)
    missing = len(lacking.settle(session, stored.id, new.files))
    found = submissions.existing(session, new.instance_id) if new.files else stored
    state = (found or stored).state
    return Receipt(new.instance_id, state, stored.received_at, duplicate=True, lacking=missing)
