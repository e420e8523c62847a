"""The blueprint of the officers' pages, and what every template may use.

Nothing here asks the database: the error page has the same frame, and must stand without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import Blueprint, g, request, url_for
from flask_babel import get_locale, gettext

from analysis.reports.dates import format_day, format_moment, vietnam_time
from analysis.reports.numbers import count
from collector.access import ACCESS
from collector.models import Role
from collector.problems import Kind
from collector.routes.pages import words
from collector.service import service
from collector.version import VERSION

blueprint = Blueprint("pages", __name__)


class MenuEntry(NamedTuple):
    """A line of the navigation; `here`: the page that is open belongs to it."""

    url: str
    words: str
    here: bool


_FIRST = (words.N_("Trang đầu"), frozenset({Role.COLLECTOR, Role.STATION}))

_MENU: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("pages.plans", words.N_("Kế hoạch"), ("pages.plan", "pages.plans")),
    ("pages.collection", words.N_("Thu thập"), ("pages.collection",)),
    (
        "pages.review",
        words.N_("Duyệt phiếu"),
        ("pages.review", "pages.submission", "pages.decide", "pages.conflicts", "pages.conflict", "pages.resolve"),
    ),
    ("pages.reports", words.N_("Báo cáo"), ("pages.reports", "pages.report")),
    ("pages.users", words.N_("Người dùng"), ("pages.users", "pages.user", "pages.add_user", "pages.change_user", "pages.reset_user")),
    ("pages.account", words.N_("Tài khoản"), ("pages.account", "pages.new_key", "pages.change_password")),
)


def language() -> str:
    """The language of this reply: "vi" or "en"."""
    return str(get_locale() or "vi")


@blueprint.app_context_processor
def frame() -> Mapping[str, Any]:
    """What base.html needs on every page, error pages included."""
    settings = service().settings
    return {
        "caller": g.get("caller"),
        "commune": settings.commune_name,
        "demonstration": settings.demonstration,
        "language": language(),
        "language_url": _language_url,
        "menu": _menu(),
        "role_words": words.role,
        "state_words": words.state,
        "channel_words": words.channel,
        "action_words": words.action,
        "done_words": words.done,
        "result_words": words.result,
        "version": VERSION,
        "error_heading": _error_heading,
        "error_advice": _error_advice,
    }


@blueprint.app_template_filter("moment")
def moment(value: datetime) -> str:
    """A moment in Vietnam's time."""
    return format_moment(value, language())


@blueprint.app_template_filter("day")
def day(value: date) -> str:
    """A day; of a moment, the day that it was in Vietnam."""
    return format_day(
        vietnam_time(value).date() if isinstance(value, datetime) else value, language()
    )


@blueprint.app_template_filter("count")
def counted(value: float) -> str:
    """A count with the language's thousands mark."""
    return count(value, language())


def _menu() -> list[MenuEntry]:
    caller = g.get("caller")
    if caller is None:
        return []
    found = [
        MenuEntry(url_for(endpoint), gettext(name), request.endpoint in here)
        for endpoint, name, here in _MENU
        if caller.role in ACCESS[endpoint].roles
    ]
    name, roles = _FIRST
    if caller.role not in roles:
        return found
    return [MenuEntry(url_for("pages.home"), gettext(name), request.endpoint == "pages.home"), *found]


def _language_url(code: str) -> str:
    """The same page in another language; after a form was sent, the first page."""
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return url_for("pages.choose_language", code=code, next=here)


def _error_heading(kind: Kind) -> str:
    return gettext(words.ERROR_HEADINGS.get(kind.status, words.OTHER_ERROR))


def _error_advice(kind: Kind) -> str:
    return gettext(words.ERROR_ADVICE.get(kind.status, words.OTHER_ADVICE))


def role_is(*roles: Role) -> bool:
    """True if the caller has one of these roles."""
    caller = g.get("caller")
    return caller is not None and caller.role in roles
