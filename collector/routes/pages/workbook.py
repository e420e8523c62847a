"""/returns/…/template, /returns/…/workbooks: forms out as Excel workbooks, and filled ones in."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard, problems
from collector.problems import Problem
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.returns import form_of, form_page, sender_of
from collector.routes.pages.speech import gettext, ngettext
from collector.routes.pages.titles import spoken
from collector.service import service
from collector.store import imports, workbooks
from collector.store.accounts import Caller
from collector.store.imports import Plan
from collector.store.workbooks import Pending
from forms.library import Form
from forms.own_lists import Rows
from forms.workbook import CellFault, Reading, read, template
from forms.workbook.package import MAX_BYTES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD = "pages.upload_workbook"
ENVELOPE = 100_000  # bytes of a post around its file
MOST_SHOWN = 200  # faults on a page
MANY = 200  # lines from which a page says how long storing takes
SECONDS_A_LINE = 0.004  # measured: benchmarks/excel.py


@blueprint.url_value_preprocessor
def _room(endpoint: str | None, values: Mapping[str, Any] | None) -> None:
    """A workbook may be longer than other posts; said before anything reads the post."""
    if endpoint == UPLOAD:
        request.max_content_length = MAX_BYTES + ENVELOPE


@blueprint.get("/returns/<unit>/forms/<form_id>/template")
def workbook_template(unit: str, form_id: str) -> ResponseReturnValue:
    """The form as an Excel workbook, made for this unit: its lists name what it may choose."""
    sender = sender_of(unit)
    form = form_of(sender, form_id)
    book = template(form, _choices(form, sender), language())
    return send_file(
        io.BytesIO(book),
        mimetype=XLSX,
        as_attachment=True,
        download_name=f"{form.id}-{form.version}-{unit}.xlsx",
    )


def _rows(form: Form, sender: Caller) -> Mapping[str, Rows]:
    return service().rows(database.session(), form, sender)


def _choices(form: Form, sender: Caller) -> Mapping[str, Rows]:
    """The lists for the drop-downs: of units, the sender's own."""
    found = dict(_rows(form, sender))
    if "units.csv" in found:
        found["units.csv"] = [row for row in found["units.csv"] if row["name"] == sender.unit]
    return found


@blueprint.post("/returns/<unit>/forms/<form_id>/workbook")
def upload_workbook(unit: str, form_id: str) -> ResponseReturnValue:
    """Keep the file and show what is in it; nothing of it is stored yet."""
    form = form_of(sender_of(unit), form_id)
    given = request.files.get("workbook")
    if given is None or not given.filename:
        return form_page(unit, form_id, gettext("Hãy chọn tệp Excel đã điền.")), 422
    session = database.session()
    token = workbooks.keep(
        session,
        guard.caller().id,
        unit=unit,
        form=form.id,
        filename=given.filename,
        content=given.stream.read(MAX_BYTES + 1),
        now=datetime.now(UTC),
    )
    session.commit()
    return redirect(url_for("pages.workbook", unit=unit, token=token), 303)


@dataclass(frozen=True, slots=True)
class Looked:
    """A waiting file, read and compared with what is stored. `took`: seconds."""

    waiting: Pending
    sender: Caller
    form: Form
    reading: Reading
    plan: Plan
    took: float

    @property
    def faults(self) -> Sequence[CellFault]:
        """Everything that speaks against the file."""
        return [*self.reading.faults, *self.plan.faults]


def _look(unit: str, token: str) -> Looked:
    session, sender = database.session(), sender_of(unit)
    waiting = workbooks.pending(session, token, guard.caller().id)
    if waiting.unit != unit:
        raise Problem(problems.NOT_FOUND)
    form, started = form_of(sender, waiting.form), perf_counter()
    reading = read(
        service().library, form, waiting.content, _rows(form, sender), now=datetime.now(UTC)
    )
    found = Plan()
    if reading.form is not None:
        found = imports.plan(session, reading.form, reading, sender)
    return Looked(waiting, sender, form, reading, found, perf_counter() - started)


@blueprint.get("/returns/<unit>/workbooks/<token>")
def workbook(unit: str, token: str) -> str:
    """What storing the file would do, or every fault by its cell."""
    return _preview(_look(unit, token))


def _preview(seen: Looked, error: str = "") -> str:
    faults = seen.faults
    wrong = {(one.sheet, one.row) for one in seen.plan.faults}
    lines = len(seen.plan.new) + len(seen.plan.edits)
    return render_template(
        "workbook.html",
        unit=seen.sender,
        form=seen.form,
        waiting=seen.waiting,
        lines=seen.reading.lines,
        faulty=seen.reading.faulty + len(wrong),
        whole=[one for one in faults if not one.cell],
        faults=[one for one in faults if one.cell][:MOST_SHOWN],
        first=[one.cell for one in faults if one.cell][:5],
        count=len(faults),
        hidden=max(0, len(faults) - MOST_SHOWN),
        plan=seen.plan,
        alike=Counter(entry.cell for entry in seen.plan.alike),
        older=seen.reading.form is not None and seen.reading.form.version != seen.form.version,
        seconds=round(seen.took + lines * SECONDS_A_LINE) if lines >= MANY else 0,
        said=spoken,
        error=error,
    )


@blueprint.post("/returns/<unit>/workbooks/<token>")
def store_workbook(unit: str, token: str) -> ResponseReturnValue:
    """Store the file whole, or not at all."""
    session, seen = database.session(), _look(unit, token)
    if seen.faults:
        return _preview(seen), 422
    if seen.plan.alike and request.form.get("alike") != "1":
        return _preview(seen, gettext("Hãy xem các dòng giống phiếu đã gửi rồi xác nhận.")), 422
    if not workbooks.drop(session, token):
        raise Problem(problems.CHANGED_MEANWHILE)
    try:
        done = imports.store(
            session, service().desk, seen.sender, seen.reading, seen.plan, datetime.now(UTC)
        )
    except Problem:
        session.rollback()
        raise
    session.commit()
    flash(_done(done), "good")
    if done.waiting:
        flash(_waiting(done.waiting), "open")
    return redirect(url_for("pages.unit_form", unit=unit, form_id=seen.form.id), 303)


def _waiting(count: int) -> str:
    return ngettext(
        "%(num)d phiếu được giữ để cán bộ xã xem lại trước khi tính vào chỉ tiêu.",
        "%(num)d phiếu được giữ để cán bộ xã xem lại trước khi tính vào chỉ tiêu.",
        count,
    )


def _done(done: imports.Outcome) -> str:
    return gettext(
        "Đã ghi xong: %(new)s phiếu mới, %(edited)s bản sửa, %(same)s dòng đã có từ trước.",
        new=done.new,
        edited=done.edited,
        same=done.same,
    )


@blueprint.post("/returns/<unit>/workbooks/<token>/drop")
def drop_workbook(unit: str, token: str) -> ResponseReturnValue:
    """Let the file go; nothing of it was stored."""
    session = database.session()
    waiting = workbooks.pending(session, token, guard.caller().id)
    if waiting.unit != unit:
        raise Problem(problems.NOT_FOUND)
    workbooks.drop(session, token)
    session.commit()
    return redirect(url_for("pages.unit_form", unit=unit, form_id=waiting.form), 303)
