"""/account: one's own password, the keys of one's phones, a new key for ODK Collect."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard, problems
from collector import sign_in as signing
from collector.access import FILLERS
from collector.models import Channel
from collector.problems import Problem
from collector.routes.pages import addresses, qr
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.service import service
from collector.store import accounts


@blueprint.get("/account")
def account() -> str:
    """The caller's own account."""
    return _page()


def _page(**more: object) -> str:
    caller = guard.caller()
    return render_template(
        "account.html",
        tokens=accounts.tokens(database.session(), caller.id),
        fills=caller.role in FILLERS,
        **{"error": "", **more},
    )


@blueprint.post("/account/password")
def change_password() -> ResponseReturnValue:
    """Set another password; asks for the present one, because a session may be left open."""
    caller, session = guard.caller(), database.session()
    try:
        _check(caller.username, request.form.get("current", ""))
        new = request.form.get("new", "")
        if new != request.form.get("again", ""):
            raise Problem(problems.PASSWORDS_DIFFER)
        accounts.change_password(session, caller.id, new)
    except Problem as problem:
        session.rollback()
        message = gettext(problem.kind.message, **problem.details)
        return _page(error=message), problem.kind.status, problem.headers
    session.commit()
    again = accounts.by_id(session, caller.id)
    assert again is not None, "the account has just changed its password"
    signing.start_session(again)
    flash(gettext("Đã đổi mật khẩu. Các điện thoại cần đăng nhập lại."), "good")
    return redirect(url_for("pages.account"), 303)


def _check(username: str, password: str) -> None:
    if service().sign_in.check(username, password, guard.address(request)) is None:
        raise Problem(problems.WRONG_CURRENT_PASSWORD)


@blueprint.post("/account/keys")
def new_key() -> ResponseReturnValue:
    """Make a key for ODK Collect and show it: now, and never again."""
    caller, session = guard.caller(), database.session()
    device = request.form.get("device", "").strip() or "ODK Collect"
    key = accounts.issue_token(session, caller.id, Channel.OPENROSA, device)
    session.commit()
    address = addresses.public(f"/openrosa/key/{key}")
    settings = service().settings
    code = qr.collect_settings(address, f"Sổ Thôn – {settings.commune_name}", language())
    return _page(address=address, qr=qr.svg(code), device=device)


@blueprint.post("/account/keys/<row:token_id>/revoke")
def revoke_key(token_id: int) -> ResponseReturnValue:
    """End one of the caller's keys, at once."""
    session = database.session()
    if not accounts.revoke_token(session, guard.caller().id, token_id):
        raise Problem(problems.NOT_FOUND)
    session.commit()
    flash(gettext("Đã thu hồi. Điện thoại đó không gửi hay xem được gì nữa."), "good")
    return redirect(url_for("pages.account"), 303)
