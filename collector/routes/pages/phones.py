"""/phones: codes that take a phone into use, the phones that are, and files brought by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collector import database, problems
from collector.problems import Problem
from collector.routes.pages import addresses, qr
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.speech import gettext
from collector.routes.replies import fault_for, language
from collector.service import service
from collector.store import enrolments, rescue

UPLOAD = "pages.take_rescue"
MOST_BYTES = 50_000_000
ENVELOPE = 100_000  # of a multipart post around the file


@blueprint.url_value_preprocessor
def _room_for_rescue(endpoint: str | None, values: Mapping[str, Any] | None) -> None:
    """A rescue file may be longer than other posts; said before anything reads the post."""
    if endpoint == UPLOAD:
        request.max_content_length = MOST_BYTES + ENVELOPE


@blueprint.get("/phones")
def phones() -> str:
    """Every phone, and the form for a new code; `account`: whom the form names at first."""
    return _page(chosen=request.args.get("account", type=int))


def _page(**more: Any) -> str:
    session = database.session()
    now = datetime.now(UTC)
    return render_template(
        "phones.html",
        accounts=enrolments.fillers(session, now),
        phones=enrolments.phones(session),
        **{"chosen": None, "error": "", "code": "", "taken": None, **more},
    )


@blueprint.post("/phones/codes")
def make_code() -> ResponseReturnValue:
    """Make a code for an account and show it: on this page, and never again."""
    session = database.session()
    account_id = request.form.get("account", type=int) or 0
    label, now = request.form.get("label", ""), datetime.now(UTC)
    try:
        secret = service().settings.secret_key
        code = enrolments.make_code(session, secret, account_id, label, now)
    except Problem as problem:
        if problem.kind is problems.NOT_FOUND:
            raise
        session.rollback()
        return _page(error=_words(problem), chosen=account_id), problem.kind.status
    session.commit()
    address = addresses.public(f"/phone/#/enrol/{code}")
    return _page(
        chosen=account_id,
        code=code,
        address=address,
        qr=qr.svg(address),
        until=now + enrolments.LIFE,
    )


@blueprint.post("/phones/<row:token_id>/give-up")
def give_up_phone(token_id: int) -> ResponseReturnValue:
    """A lost phone: its sign-in ends at once, and it wipes itself when it next asks."""
    session = database.session()
    if not enrolments.give_up(session, token_id, datetime.now(UTC)):
        raise Problem(problems.NOT_FOUND)
    session.commit()
    flash(gettext("Đã ngắt. Máy đó tự xoá dữ liệu khi gặp máy chủ lần tới."), "good")
    return redirect(url_for("pages.phones"), 303)


@blueprint.post("/phones/rescue")
def take_rescue() -> ResponseReturnValue:
    """Take in what a rescue file holds, entry by entry, as if its phone had sent it."""
    session, file = database.session(), request.files.get("file")
    try:
        opened = rescue.open_file(session, file.read() if file else b"")
        taken = rescue.take_in(session, service().desk, opened, datetime.now(UTC))
    except Problem as problem:
        session.rollback()
        return _page(error=_words(problem)), problem.kind.status
    session.commit()
    return _page(taken=[(one, _said(one.problem)) for one in taken], opened=opened)


def _said(problem: Problem | None) -> list[str]:
    """Why an entry was refused: each fault with its question, else the one sentence."""
    if problem is None:
        return []
    faults = [fault_for(language(), fault) for fault in problem.faults]
    return [f"{fault['label']}: {fault['message']}" for fault in faults] or [_words(problem)]


def _words(problem: Problem) -> str:
    return gettext(problem.kind.message, **problem.details)
