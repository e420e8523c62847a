"""/sign-in, /sign-out, /language/<code>."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import NotFound

from collector import database, guard, problems
from collector import sign_in as signing
from collector.languages import LANGUAGES
from collector.problems import Problem
from collector.routes.pages import addresses
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.speech import gettext
from collector.service import service
from collector.store import accounts


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The form; somebody who is signed in already goes on."""
    wanted = request.args.get("next", "")
    if current_user.is_authenticated:
        return redirect(addresses.after(wanted))
    return _form(next=wanted)


@blueprint.post("/sign-in")
def check_sign_in() -> ResponseReturnValue:
    """Check name and password. After a wrong one the name stays, the password never does."""
    name = request.form.get("username", "")
    wanted = request.form.get("next", "")
    try:
        found = service().sign_in.check(
            name, request.form.get("password", ""), guard.address(request)
        )
    except Problem as problem:
        return _refused(problem, name, wanted)
    if found is None:
        return _refused(Problem(problems.WRONG_PASSWORD), name, wanted)
    chosen = cookie.get("language")
    signing.start_session(found)
    if chosen in LANGUAGES:
        cookie["language"] = chosen
    return redirect(addresses.after(wanted), 303)


def _refused(problem: Problem, name: str, wanted: str) -> ResponseReturnValue:
    message = gettext(problem.kind.message, **problem.details)
    page = _form(username=name[:64], next=wanted, error=message)
    return page, problem.kind.status, problem.headers


def _form(**given: str) -> str:
    return render_template("sign_in.html", **{"username": "", "error": "", **given})


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    signing.end_session()
    return redirect(url_for("pages.sign_in"), 303)


@blueprint.get("/language/<code>")
def choose_language(code: str) -> ResponseReturnValue:
    """Speak this language from now on, and with the account on every machine."""
    if code not in LANGUAGES:
        raise NotFound
    cookie["language"] = code
    if current_user.is_authenticated:
        session = database.session()
        accounts.set_locale(session, current_user.id, code)
        session.commit()
    return redirect(addresses.after(request.args.get("next")))
