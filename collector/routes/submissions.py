"""/api/v1/submissions: the phone app sends a filled form, and asks what became of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from flask_babel import gettext
from flask_smorest import Blueprint

from collector import database, guard, problems
from collector.models import Channel, State
from collector.problems import Problem
from collector.routes.replies import fault_for, language
from collector.schemas.session import ErrorSchema
from collector.schemas.submissions import (
    FaultsSchema,
    ReceiptSchema,
    SentListSchema,
    SubmissionSchema,
)
from collector.service import published, service
from collector.store import ingest, own, submissions, uploads
from collector.store.answers import wire_answers
from collector.store.describing import Arrival
from forms.instance import render_xml
from forms.problems import MalformedXml

blueprint = Blueprint("submissions", __name__, url_prefix="/api/v1", description="Filled forms")


@blueprint.post("/submissions")
@blueprint.arguments(SubmissionSchema)
@blueprint.response(201, ReceiptSchema)
@blueprint.alt_response(401, schema=ErrorSchema)
@blueprint.alt_response(403, schema=ErrorSchema, description="Another village or another role")
@blueprint.alt_response(404, schema=ErrorSchema, description="No such form or version")
@blueprint.alt_response(409, schema=ErrorSchema, description="The id is taken; this text was kept")
@blueprint.alt_response(424, schema=ErrorSchema, description="A file is not here yet: /uploads")
@blueprint.alt_response(422, schema=FaultsSchema, description="Nothing stored; every fault")
@blueprint.alt_response(503, schema=ErrorSchema, description="Keep it and send it again later")
def send(sent: dict[str, Any]) -> Any:
    """Store one filled form. 201 means that it is on the disk."""
    form = published(sent["form"], sent["version"])
    try:
        xml = render_xml(
            form, sent["answers"], sent["instance_id"], sent["deprecated_id"], _log(sent)
        )
    except MalformedXml as error:
        raise Problem(problems.MALFORMED_XML, reason=error.message) from None
    session, account = database.session(), guard.caller().id
    wanted = [
        uploads.Wanted(file["filename"], bytes.fromhex(file["sha256"]))
        for file in sent["attachments"]
    ]
    files = uploads.take(session, account, sent["instance_id"], wanted)
    arrival = Arrival(Channel.PHONE, xml, datetime.now(UTC), files)
    try:
        receipt = ingest.receive(session, service().desk, guard.caller(), arrival)
    except Problem as problem:
        problem.faults = [fault_for(language(), fault) for fault in problem.faults]
        raise
    uploads.taken(session, account, wanted)
    session.commit()
    if receipt.conflict:
        raise Problem(problems.CONFLICT)
    return receipt


def _log(sent: dict[str, Any]) -> str | None:
    """The file name of the log of times, where the phone wrote one."""
    found = (f["filename"] for f in sent["attachments"] if f["path"].endswith("/meta/audit"))
    return next(found, None)


@blueprint.get("/submissions")
@blueprint.response(200, SentListSchema)
@blueprint.alt_response(401, schema=ErrorSchema)
def mine() -> dict[str, Any]:
    """The caller's last 200 submissions, and all that were returned: those with their answers and
    the questions that the return is about."""
    rows = own.for_phone(database.session(), guard.caller().id)
    return {"submissions": [_sent(row) for row in rows]}


def _sent(row: Any) -> dict[str, Any]:
    reader = language()
    returned = row.state == State.RETURNED and not row.superseded
    form = service().library.get(row.form, row.version)
    return {
        "instance_id": row.instance_id,
        "form": row.form,
        "version": row.version,
        "received_at": row.received_at,
        "state": row.state,
        "superseded": row.superseded,
        "reason": row.reason or _doubt(row) or None,
        "questions": own.paths_of(row.questions) if returned else [],
        "faults": [fault_for(reader, fault) for fault in orjson.loads(row.faults)],
        "answers": wire_answers(form, submissions.unpack(row.xml)) if returned and form else None,
    }


def _doubt(row: Any) -> str:
    """Why it waits, where nobody has decided: what only the whole collection shows, such as a
    second return of one period."""
    if row.state != State.FLAGGED:
        return ""
    codes = [flag["code"] for flag in orjson.loads(row.flags)]
    return " ".join(gettext(problems.FLAGS[code]) for code in codes if code in problems.FLAGS)
