"""What the stand-in takes in: files in parts, and submissions under the real check of forms."""

from __future__ import annotations

import csv
import io
import json
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request
from stub_replies import MEDIA, digest, error, form_of, language, signed_in

from forms.answers import check
from forms.instance import parse_xml, render_xml
from forms.library import Form

if TYPE_CHECKING:
    from stub import Stub


def upload_routes(app: Flask, stub: Stub) -> None:
    @app.post("/api/v1/uploads")
    def begin() -> Any:
        sent = request.get_json()
        stub.sizes[sent["sha256"]] = sent["size"]
        return jsonify(offset=len(stub.uploads.setdefault(sent["sha256"], b"")))

    @app.patch("/api/v1/uploads/<sha256>")
    def append(sha256: str) -> Any:
        line = request.environ["werkzeug.socket"]
        if stub.parts_cut:
            stub.parts_cut -= 1
            request.stream.read(1000)  # the network goes while the part is on its way
            line.shutdown(socket.SHUT_RDWR)
            return "", 500
        here, start = stub.uploads[sha256], int(request.headers["Upload-Offset"])
        if start != len(here):
            return error(409, "other_offset", "Chỗ khác.", "Another place.")
        stub.uploads[sha256] = here + request.get_data()
        stub.parts.append((sha256, start))
        if stub.answers_cut:
            stub.answers_cut -= 1
            line.shutdown(socket.SHUT_RDWR)
        return "", 204, {"Upload-Offset": str(len(stub.uploads[sha256]))}


def submission_routes(app: Flask, stub: Stub) -> None:
    @app.post("/api/v1/submissions")
    def send() -> Any:
        sent = request.get_json()
        stub.attempts.append(sent["instance_id"])
        stub.first = stub.first or sent["instance_id"]
        return _receive(stub, sent)

    @app.get("/api/v1/submissions")
    def mine() -> Any:
        if not signed_in(stub):
            return error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        return jsonify(submissions=list(reversed(stub.reports.values())))


FAILURES = {
    "409": (409, "conflict", "Mã này đã có với nội dung khác.", "This id has other content."),
    "413": (413, "too_large", "Phiếu quá lớn.", "The form is too large."),
    "500": (500, "internal", "Máy chủ gặp lỗi.", "The server failed."),
    "503": (503, "storage", "Máy chủ chưa ghi được.", "The server cannot store now."),
}


def _receive(stub: Stub, sent: dict[str, Any]) -> Any:
    refused = _refusal(stub, sent)
    if refused is not None:
        return refused
    missing = [
        file["filename"]
        for file in sent.get("attachments", ())
        if digest(stub.uploads.get(file["sha256"], b"")) != file["sha256"]
    ]
    if missing:
        return error(424, "incomplete_files", "Thiếu tệp.", "Files are missing.")
    known = stub.stored.get(sent["instance_id"])
    if known and known["answers"] != sent["answers"]:
        return error(*FAILURES["409"])
    received = datetime.now(UTC).isoformat()
    if not known:
        _keep(stub, sent, received)
    if stub.mode == "lost":
        return Response("", status=504)
    if stub.mode == "cut":
        request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    reply = {"instance_id": sent["instance_id"], "state": "stored", "duplicate": known is not None}
    return jsonify(received_at=received, **reply), 201


def _refusal(stub: Stub, sent: dict[str, Any]) -> Any:
    """Why a submission is not stored; None where it may be."""
    if not signed_in(stub):
        return error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
    mode = "500" if stub.fails_at_first and sent["instance_id"] == stub.first else stub.mode
    if mode in FAILURES:
        return error(*FAILURES[mode])
    form = form_of(stub, sent["form"], sent["version"])
    if form is None:
        return error(404, "unknown_form", "Không có mẫu phiếu này.", "No such form.")
    faults = _faults(stub, form, sent)
    vi, en = "Phiếu có chỗ cần sửa.", "The form has faults."
    return error(422, "faults", vi, en, faults=faults) if faults else None


def _keep(stub: Stub, sent: dict[str, Any], received: str) -> None:
    stub.stored[sent["instance_id"]] = sent
    _count(stub, sent["answers"])
    old = stub.reports.get(sent.get("deprecated_id") or "")
    if old:
        old.update(superseded=True, answers=None)
    stub.reports[sent["instance_id"]] = {
        "instance_id": sent["instance_id"], "form": sent["form"], "version": sent["version"],
        "received_at": received, "state": "stored", "superseded": False, "reason": None,
        "questions": [], "faults": [], "answers": None,
    }  # fmt: skip


STATES = {"1": "done", "3": "refused", "6": "moved", "5": "other", "8": "other"}


def _count(stub: Stub, answers: dict[str, Any]) -> None:
    """The list of work says what came of the visit, as the service's does at once."""
    for row in stub.work["households"]:
        if row["code"] == answers.get("household"):
            state = STATES.get(answers["result"], "visited")
            day = answers.get("day", answers["today"])
            row.update(state=state, visits=int(answers["visit_no"]), last=day)


def _faults(stub: Stub, form: Form, sent: dict[str, Any]) -> list[dict[str, Any]]:
    """What the real check finds; in mode 422 also a fault that only a server could find."""
    xml = render_xml(form, sent["answers"], sent["instance_id"])
    media = {name: _rows(MEDIA / name) for name in form.files.values()}
    found = check(form, parse_xml(xml), now=datetime.now(UTC), media=media).faults
    reader = language()
    faults = [
        {
            "code": f.code, "path": f.path, "name": f.name, "label": f.label[reader],
            "message": f.message[reader], "value": f.value,
        }
        for f in found
    ]  # fmt: skip
    if stub.mode == "422":
        faults.append(json.loads(SERVER_FAULT))
    return faults


SERVER_FAULT = json.dumps(
    {
        "code": "constraint", "path": "/data/visit_no", "name": "visit_no",
        "label": "Đây là lần đến hộ thứ mấy?",
        "message": "Hộ này đã có lần đến thứ nhất.", "value": "1",
    }
)  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
