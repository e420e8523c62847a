"""/feed/<key>/calendar.ics: what is due, for a calendar program. The key is the proof."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, request
from flask_babel import force_locale

from collector import feed, guard
from collector.access import own_unit
from collector.duties import Duty, today
from collector.duty_words import duty_words, occasion_words
from collector.feed import Entry
from collector.occasions import Occasion
from collector.routes.pages import due, due_view
from collector.routes.pages.speech import gettext, ngettext
from collector.routes.pages.titles import form_titles
from collector.service import service

blueprint = Blueprint("feed", __name__)


@blueprint.get("/feed/<key>/calendar.ics")
def calendar(key: str) -> Response:
    """Last year's, this year's and next year's days: a unit's own, or all of the commune."""
    caller, day = guard.caller(), today()
    unit = own_unit(caller)
    years = range(day.year - 1, day.year + 2)
    with force_locale(caller.locale):
        entries = [
            *_returns(duty for year in years for duty in due.duties(year, day, unit)),
            *_days(
                (one for year in years for one in due.plan_days(year, day, unit)), caller.locale
            ),
        ]
        settings = service().settings
        name = gettext("Sổ Thôn – hạn nộp, %(commune)s", commune=settings.commune_name)
    host = urlsplit(settings.public_url).hostname or urlsplit(request.host_url).hostname
    content = feed.calendar(name, entries, host or "so-thon", datetime.now(UTC))
    return Response(content, content_type="text/calendar; charset=utf-8")


def _returns(duties: Iterable[Duty]) -> list[Entry]:
    """One event for each return and due day, whoever owes it."""
    titles = form_titles()
    missing: dict[tuple[str, str], list[Duty]] = {}
    for duty in duties:
        missing.setdefault((duty.form, duty.period), []).append(duty)
    return [_return(found, duty_words(found[0], titles)) for found in missing.values()]


def _return(found: list[Duty], words: str) -> Entry:
    still = sum(due_view.is_missing(duty) for duty in found)
    text = ngettext("Còn %(num)d đơn vị chưa nộp.", "Còn %(num)d đơn vị chưa nộp.", still)
    first = found[0]
    return Entry(
        key=f"return/{first.form}/{first.period}",
        first=first.due,
        last=first.due,
        title=gettext("Hạn nộp: %(what)s", what=words),
        text=text if still else gettext("Đã nhận đủ."),
    )


def _days(occasions: Iterable[Occasion], language: str) -> list[Entry]:
    """One event for each report's last day and each activity's run; a report that several units
    owe once."""
    found: dict[str, Entry] = {}
    for one in occasions:
        key = f"{one.plan}/{one.item}/{one.period}"
        words = occasion_words(one, language)
        found[key] = Entry(
            key=key,
            first=one.due if one.report else one.opens,
            last=one.due,
            title=gettext("Hạn báo cáo: %(what)s", what=words) if one.report else words,
            text="; ".join(one.responsible),
        )
    return list(found.values())
