"""/: where each role begins; /sent: what one sent oneself, for the officer who fills forms too."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard
from collector.models import Role
from collector.routes.pages import addresses, qr, questionnaire
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.titles import names
from collector.service import service
from collector.store import own
from collector.store.own import Sent

_FIRST = {
    Role.OFFICER: "pages.plans",
    Role.UNIT: "pages.returns",
    Role.ADMINISTRATOR: "pages.users",
}


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """An officer begins with the plan, an administrator with the accounts; whoever fills forms
    with the way to the phone app and what has arrived from there."""
    caller = guard.caller()
    if caller.role in _FIRST:
        return redirect(url_for(_FIRST[caller.role]))
    address = addresses.public(url_for("phone.app"))
    return render_template("home.html", address=address, qr=qr.svg(address), **_sent())


@blueprint.get("/sent")
def sent() -> str:
    """The caller's own submissions, what was returned with its reason and the way back into it."""
    return render_template("sent.html", **_sent())


def _sent() -> dict[str, Any]:
    session = database.session()
    found = own.recently(session, guard.caller().id)
    return {"sent": [(one, _labels(one)) for one in found], "names": names(session)}


def _labels(sent: Sent) -> list[str]:
    """What the questions are called that a return is about."""
    if not sent.returned:
        return []
    form = service().library.get(sent.row.form, sent.row.version)
    found = (questionnaire.label_of(form, path, language()) for path in sent.questions)
    return [label for label in found if label]
