"""/envelopes: print codes for the private form; see how many answered, never who or what."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from collector import database, duties
from collector.problems import Problem
from collector.routes.pages import addresses, qr
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.speech import gettext
from collector.service import service
from collector.store import sealed


@dataclass(frozen=True, slots=True)
class Slip:
    """What one envelope holds."""

    code: str
    qr: Markup


@blueprint.get("/envelopes")
def envelopes() -> str:
    """How the private form stands, and the form for new codes."""
    return _page()


def _page(error: str = "") -> str:
    today, settings = duties.today(), service().settings
    return render_template(
        "envelopes.html",
        error=error,
        ready=settings.public_key is not None,
        wanted=settings.experience_questions,
        asks=settings.asks_experience(today),
        approval=settings.approval,
        weeks=sealed.arrived(database.session(), today),
        least=sealed.SMALLEST,
        most=sealed.MOST_CODES,
    )


@blueprint.post("/envelopes")
def print_envelopes() -> ResponseReturnValue:
    """Make codes and show them: on this page, and never again."""
    session, typed = database.session(), request.form.get("count", "").strip()
    try:
        codes = sealed.make_codes(session, int(typed) if typed.isdecimal() else 0, duties.today())
    except Problem as problem:
        return _page(gettext(problem.kind.message, **problem.details)), problem.kind.status
    session.commit()
    address = addresses.public("/gd/")
    slips = [Slip(code, qr.svg(f"{address}#{code}")) for code in codes]
    return render_template("envelopes_sheet.html", slips=slips, address=address)
