"""/users: the accounts of the commune, for its administrator."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collector import database, problems
from collector.models import Role
from collector.problems import Problem
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.speech import gettext
from collector.store import accounts, administration, territory, units


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed into the form of an account."""

    username: str = ""
    display_name: str = ""
    role: str = Role.COLLECTOR.value
    village: str = ""
    unit: str = ""

    @classmethod
    def typed(cls) -> Wanted:
        """From the request's form; an unknown role is the smallest one."""
        role = request.form.get("role", "")
        return cls(
            username=request.form.get("username", "").strip()[:65],
            display_name=request.form.get("display_name", "").strip()[:128],
            role=role if role in set(Role) else Role.COLLECTOR.value,
            village=request.form.get("village", ""),
            unit=request.form.get("unit", ""),
        )

    @property
    def confined_to(self) -> str | None:
        """The village of a collector; other roles have the whole commune."""
        return (self.village or None) if self.role == Role.COLLECTOR else None

    @property
    def unit_of(self) -> str | None:
        """The unit of a unit's account; other roles have none."""
        return (self.unit or None) if self.role == Role.UNIT else None


@blueprint.get("/users")
def users() -> str:
    """Every account, and the form for a new one."""
    return _list(Wanted())


def _list(wanted: Wanted, error: str = "") -> str:
    session = database.session()
    return render_template(
        "users.html",
        users=administration.listed(session),
        villages=territory.villages(session),
        units=units.listed(session),
        roles=list(Role),
        wanted=wanted,
        error=error,
    )


@blueprint.post("/users")
def add_user() -> ResponseReturnValue:
    """Make an account with a password of the machine's making."""
    session, wanted = database.session(), Wanted.typed()
    password = administration.new_password()
    try:
        _check_name(wanted)
        account_id = accounts.add_user(
            session,
            username=wanted.username,
            display_name=wanted.display_name,
            role=Role(wanted.role),
            password=password,
            village=wanted.confined_to,
            unit=wanted.unit_of,
        )
    except Problem as problem:
        session.rollback()
        return _list(wanted, _message(problem)), problem.kind.status
    session.commit()
    return _one(account_id, password=password, made=True)


def _check_name(wanted: Wanted) -> None:
    if wanted.role == Role.COLLECTOR and not wanted.village:
        raise Problem(problems.VILLAGE_NEEDED)
    if not 0 < len(wanted.username) <= 64 or ":" in wanted.username:
        raise Problem(problems.NAME_NEEDED)


def _message(problem: Problem) -> str:
    return gettext(problem.kind.message, **problem.details)


@blueprint.get("/users/<row:account_id>")
def user(account_id: int) -> str:
    """One account."""
    return _one(account_id)


def _one(account_id: int, *, password: str = "", made: bool = False, error: str = "") -> str:
    session = database.session()
    return render_template(
        "user.html",
        user=administration.account(session, account_id),
        villages=territory.villages(session),
        units=units.listed(session),
        roles=list(Role),
        password=password,
        made=made,
        error=error,
    )


@blueprint.post("/users/<row:account_id>")
def change_user(account_id: int) -> ResponseReturnValue:
    """Another name, role, village or unit."""
    session, wanted = database.session(), Wanted.typed()
    try:
        administration.change(
            session,
            account_id,
            display_name=wanted.display_name,
            role=Role(wanted.role),
            village=wanted.confined_to,
            unit=wanted.unit_of,
        )
    except Problem as problem:
        return _refused(account_id, problem)
    session.commit()
    flash(gettext("Đã lưu tài khoản."), "good")
    return redirect(url_for("pages.user", account_id=account_id), 303)


@blueprint.post("/users/<row:account_id>/active")
def switch_user(account_id: int) -> ResponseReturnValue:
    """Switch an account off, or on again."""
    session, active = database.session(), request.form.get("active") == "1"
    try:
        administration.set_active(session, account_id, active)
    except Problem as problem:
        return _refused(account_id, problem)
    session.commit()
    flash(
        gettext("Đã mở lại tài khoản.")
        if active
        else gettext("Đã khóa tài khoản. Điện thoại của tài khoản này cũng bị ngắt."),
        "good",
    )
    return redirect(url_for("pages.user", account_id=account_id), 303)


@blueprint.post("/users/<row:account_id>/password")
def reset_user(account_id: int) -> ResponseReturnValue:
    """A new password, shown on this page and never again."""
    session = database.session()
    password = administration.reset_password(session, account_id)
    session.commit()
    return _one(account_id, password=password)


def _refused(account_id: int, problem: Problem) -> ResponseReturnValue:
    if problem.kind is problems.NOT_FOUND:
        raise problem
    database.session().rollback()
    return _one(account_id, error=_message(problem)), problem.kind.status
