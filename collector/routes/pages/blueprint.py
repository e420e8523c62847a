"""The blueprint of the officers' pages, and what every template may use.

The frame asks the database nothing: the error page has the same one, and must stand without one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from flask import Blueprint, g, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import get_locale
from werkzeug.routing import IntegerConverter, Map

from analysis.reports.dates import format_day, format_moment, vietnam_time
from analysis.reports.numbers import count
from collector.access import ACCESS
from collector.models import Role
from collector.problems import BAD_CSRF, Kind
from collector.routes.pages import words
from collector.routes.pages.questionnaire import anchor
from collector.routes.pages.speech import gettext
from collector.service import demonstration, service
from collector.store.accounts import Caller
from collector.version import VERSION

LARGEST_ID = 2**63 - 1  # of a 64-bit key; a larger number names no row

blueprint = Blueprint("pages", __name__)


class RowId(IntegerConverter):
    """`<row:name>` in a rule: the number of a row, never one that a database cannot hold."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


@blueprint.record_once
def _converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["row"] = RowId


class MenuEntry(NamedTuple):
    """A line of the navigation; `here`: the page that is open belongs to it."""

    url: str
    words: str
    here: bool


_FIRST = (words.N_("Trang đầu"), frozenset({Role.COLLECTOR}))

# endpoint, words, what the addresses below it begin with
_MENU: tuple[tuple[str, str, str], ...] = (
    ("pages.plans", words.N_("Kế hoạch"), "/plans/"),
    ("pages.due", words.N_("Đến hạn"), "/due"),
    ("pages.collection", words.N_("Thu thập"), "/collection"),
    ("pages.review", words.N_("Duyệt phiếu"), "/review"),
    ("pages.reports", words.N_("Báo cáo"), ""),
    ("pages.quality", words.N_("Chất lượng số liệu"), "/quality"),
    ("pages.sample", words.N_("Mẫu khảo sát"), "/sample"),
    ("pages.returns", words.N_("Báo cáo của đơn vị"), "/returns"),
    ("pages.units", words.N_("Đơn vị"), "/units"),
    ("pages.envelopes", words.N_("Phiếu riêng"), "/envelopes"),
    ("pages.phones", words.N_("Điện thoại"), "/phones"),
    ("pages.users", words.N_("Người dùng"), "/users"),
)
_REPORTS = {"pages.report", "pages.issue_report", "pages.issued_report"}
MENU_LENGTH = 5  # entries that stand side by side; the others open under "Thêm"


def language() -> str:
    """The language of this reply: "vi" or "en"."""
    return str(get_locale() or "vi")


@blueprint.before_request
def look_for_invented() -> None:
    """Find out, before the first page, whether pages must say that what they show is invented."""
    demonstration()


@blueprint.app_context_processor
def frame() -> dict[str, Any]:
    """What base.html needs on every page, error pages included."""
    settings = service().settings
    return {
        "caller": _known(),
        "commune": settings.commune_name,
        "demonstration": service().demonstration,
        "language": language(),
        "language_url": _language_url,
        "menu": (menu := _menu())[:MENU_LENGTH],
        "more_menu": menu[MENU_LENGTH:],
        "role_words": words.role,
        "state_words": words.state,
        "counts_words": words.counts,
        "why_words": words.why,
        "counting_rule": words.rule,
        "change_words": words.change,
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


@blueprint.app_template_filter("anchor")
def place_on_page(path: str) -> str:
    """The id that the question of a path has on a submission's page."""
    return anchor(path)


@blueprint.app_template_filter("amount")
def amount(value: float) -> str:
    """A count with the language's thousands mark."""
    return count(value, language())


def _known() -> Caller | None:
    """Whoever asks, as far as the guard has found out; also where it then said no."""
    found = g.get("caller") or g.get("_login_user")
    return found if isinstance(found, Caller) else None


def _menu() -> list[MenuEntry]:
    caller = _known()
    if caller is None:
        return []
    found = [
        MenuEntry(url_for(endpoint), gettext(name), _is_here(endpoint, below))
        for endpoint, name, below in _MENU
        if caller.role in ACCESS[endpoint].roles
    ]
    name, roles = _FIRST
    if caller.role in roles:
        here = request.endpoint == "pages.home"
        found.insert(0, MenuEntry(url_for("pages.home"), gettext(name), here))
    return found


def _is_here(endpoint: str, below: str) -> bool:
    if request.endpoint in _REPORTS:  # below /plans/, with an entry of their own
        return endpoint == "pages.reports"
    return bool(below) and request.path.startswith(below)


def _language_url(code: str) -> str:
    """The same page in another language; after a form was sent, the first page."""
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return url_for("pages.choose_language", code=code, next=here)


def _error_heading(kind: Kind) -> str:
    if kind is BAD_CSRF:
        return gettext(words.PAGE_TOO_OLD)
    return gettext(words.ERROR_HEADINGS.get(kind.status, words.OTHER_ERROR))


def _error_advice(kind: Kind) -> str:
    return gettext(words.ERROR_ADVICE.get(kind.status, words.OTHER_ADVICE))


def role_is(*roles: Role) -> bool:
    """True if the caller has one of these roles."""
    caller = g.get("caller")
    return caller is not None and caller.role in roles
