"""OpenRosa, as ODK Collect needs it: formList, form, manifest, media, HEAD and POST submission.

Every address exists twice: under /openrosa (HTTP Basic) and under /openrosa/key/<key>, whose key
the guard has looked at. What Collect insists on is said beside the line that does it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request, url_for
from flask.typing import RouteCallable

from collector import database, guard, problems
from collector.errors import openrosa_message
from collector.models import Channel
from collector.parts import Part, parts
from collector.problems import Problem
from collector.routes.replies import tagged
from collector.service import (
    forms_of,
    media_file,
    media_md5,
    media_names,
    published,
    service,
)
from collector.store import ingest
from collector.store.describing import Arrival
from collector.store.submissions import Upload
from forms.library import Form

blueprint = Blueprint("openrosa", __name__, url_prefix="/openrosa")

LIST_SPACE = "http://openrosa.org/xforms/xformsList"
MANIFEST_SPACE = "http://openrosa.org/xforms/xformsManifest"
XML = "text/xml; charset=utf-8"  # Collect looks for text/xml: application/xml fails
PART = "xml_submission_file"
LONGEST_FILENAME = 255

RECEIVED = "Đã nhận phiếu. Xin cảm ơn!"
RECEIVED_FLAGGED = "Đã nhận phiếu. Phiếu có %(count)s điểm cần xem lại; cán bộ xã sẽ liên hệ."
RECEIVED_INCOMPLETE = (
    "Đã nhận phiếu, còn chờ %(count)s tệp (ảnh, ghi âm). Hãy giữ phiếu đến khi gửi xong."
)
RECEIVED_BEFORE = "Phiếu này đã được nhận từ trước."


def _both(rule: str, **options: Any) -> Any:
    """Register a view under /openrosa and under /openrosa/key/<key>, as one endpoint."""

    def add(view: RouteCallable) -> RouteCallable:
        for prefix in ("", "/key/<key>"):
            blueprint.add_url_rule(prefix + rule, view_func=view, **options)
        return view

    return add


def _xml(body: str) -> Response:
    response = Response('<?xml version="1.0" encoding="UTF-8"?>\n' + body, content_type=XML)
    response.headers["X-OpenRosa-Version"] = "1.0"  # without it: "not an OpenRosa server"
    return response


def _link(endpoint: str, key: str | None, form: Form, **more: str) -> str:
    where = {"form": form.id, "version": form.version, **more}
    if key is not None:
        where["key"] = key
    base = service().settings.public_url.rstrip("/")
    path = url_for(endpoint, _external=not base, **where)
    return escape(base + path)


@_both("/formList")
def form_list(key: str | None = None) -> Response:
    """The forms of the caller's role: the newest of each, or all with listAllVersions."""
    every = request.args.get("listAllVersions", "").lower() in ("true", "1", "yes")
    wanted = request.args.get("formID")
    found = forms_of(guard.caller(), every_version=every)
    listed = "".join(_listed(form, key) for form in found if wanted in (None, "", form.id))
    return _xml(f'<xforms xmlns="{LIST_SPACE}">{listed}</xforms>')


def _listed(form: Form, key: str | None) -> str:
    manifest = _link("openrosa.manifest", key, form) if media_names(form) else ""
    return (
        f"<xform><formID>{escape(form.id)}</formID><name>{escape(form.title['vi'])}</name>"
        f"<version>{escape(form.version)}</version><hash>md5:{form.md5}</hash>"
        f"<downloadUrl>{_link('openrosa.form', key, form)}</downloadUrl>"
        + (f"<manifestUrl>{manifest}</manifestUrl>" if manifest else "")
        + "</xform>"
    )


@_both("/forms/<form>/<version>.xml")
def form(form: str, version: str, key: str | None = None) -> Response:
    """The XForm: the bytes whose MD5 stands in the formList."""
    found = published(form, version)
    response = tagged(found.xform, XML, found.md5)
    response.headers["X-OpenRosa-Version"] = "1.0"
    return response


@_both("/forms/<form>/<version>/manifest")
def manifest(form: str, version: str, key: str | None = None) -> Response:
    """The form's lists, sounds and pictures with their hashes."""
    found, caller = published(form, version), guard.caller()
    hashes = [(name, media_md5(found, name, caller)) for name in media_names(found)]
    listed = "".join(
        f"<mediaFile><filename>{escape(name)}</filename><hash>md5:{md5}</hash><downloadUrl>"
        f"{_link('openrosa.media', key, found, filename=name)}</downloadUrl></mediaFile>"
        for name, md5 in hashes
        if md5 is not None
    )
    return _xml(f'<manifest xmlns="{MANIFEST_SPACE}">{listed}</manifest>')


@_both("/forms/<form>/<version>/media/<filename>")
def media(form: str, version: str, filename: str, key: str | None = None) -> Response:
    """One list as CSV, one sound or one picture."""
    found = media_file(published(form, version), filename, guard.caller())
    if found is None:
        raise Problem(problems.NOT_FOUND)
    response = tagged(found.content, found.type, found.md5)
    response.headers["X-OpenRosa-Version"] = "1.0"
    return response


@_both("/submission", methods=["HEAD", "POST"])
def submission(key: str | None = None) -> Response:
    """HEAD: how much fits in one post. POST: one submission, or a part of its files."""
    if request.method == "HEAD":
        return _limits(Response(status=204))  # another 2xx makes Collect abort
    arrival = _arrival()
    session = database.session()
    receipt = ingest.receive(session, service().desk, guard.caller(), arrival)
    if session.in_transaction():  # else its one insert was a transaction of its own
        session.commit()
    if receipt.conflict:
        raise Problem(problems.CONFLICT)
    response = openrosa_message(_thanks(receipt))
    response.status_code = 201  # Collect takes 201 and 202 for success, and nothing else
    return _limits(response)


def _thanks(receipt: ingest.Receipt) -> str:
    """In Vietnamese, whatever the reader: Collect shows it as it is and sends no language."""
    if receipt.lacking:
        return RECEIVED_INCOMPLETE % {"count": receipt.lacking}
    if receipt.duplicate:
        return RECEIVED_BEFORE
    if receipt.doubts:
        return RECEIVED_FLAGGED % {"count": receipt.doubts}
    return RECEIVED


def _limits(response: Response) -> Response:
    response.headers["X-OpenRosa-Version"] = "1.0"
    response.headers["X-OpenRosa-Accept-Content-Length"] = str(service().settings.max_body)
    return response


def _arrival() -> Arrival:
    """The parts of the post. Which files are complete is read from the XML, not from the mark
    `*isIncomplete*`; parts that are not files (the mark, a device's own fields) say nothing."""
    settings = service().settings
    request.max_content_length = settings.max_body
    if request.mimetype != "multipart/form-data":
        raise Problem(problems.NO_SUBMISSION)
    xml, uploads = None, []
    for part in parts(request):
        if part.name == PART:
            xml = part.content
        elif part.filename is not None:
            uploads.append(_upload(part))
    if xml is None:
        raise Problem(problems.NO_SUBMISSION)
    if len(xml) > settings.max_xml:
        raise Problem(problems.TOO_LARGE)
    return Arrival(Channel.OPENROSA, xml, datetime.now(UTC), uploads)


def _upload(part: Part) -> Upload:
    return Upload(
        filename=(part.filename or part.name).rsplit("/", 1)[-1][:LONGEST_FILENAME],
        media_type=part.media_type[:128],
        digest=hashlib.sha256(part.content).digest(),
        content=part.content,
    )
