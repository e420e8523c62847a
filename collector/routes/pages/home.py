"""/: where each role begins."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard
from collector.models import Role
from collector.routes.pages import addresses, qr
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.titles import form_titles, village_names
from collector.store import queue

_FIRST = {Role.OFFICER: "pages.plans", Role.ADMINISTRATOR: "pages.users"}


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """An officer begins with the plan, an administrator with the accounts; whoever fills forms
    with the way to the phone app and what has arrived from there."""
    caller = guard.caller()
    if caller.role in _FIRST:
        return redirect(url_for(_FIRST[caller.role]))
    session = database.session()
    address = addresses.public(url_for("phone.app"))
    return render_template(
        "home.html",
        sent=queue.sent_recently(session, caller.id),
        titles=form_titles(),
        villages=village_names(session),
        address=address,
        qr=qr.svg(address),
    )
