"""Periods and what is owed, in words: for the pages, the calendar feed and the reminders alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import flask_babel

from analysis.reports.dates import format_day
from collector.duties import Duty
from collector.occasions import Occasion


def gettext(message: str, **values: object) -> str:
    """The message in the language of the reply; in a command, Vietnamese."""
    return str(flask_babel.gettext(message, **values))


def period_words(period: str) -> str:
    """A period as people say it: "tháng 5/2026", "quý 2/2026", "năm 2026"; a day is 05/11/2026.

    What is none of these stays as it came: an answer may be about no day that there is.
    """
    year, _, part = period.partition("-")
    if not part:
        return gettext("năm %(year)s", year=year)
    if part.startswith("Q"):
        return gettext("quý %(quarter)s/%(year)s", quarter=part[1:], year=year)
    if part.isdecimal():
        return gettext("tháng %(month)s/%(year)s", month=str(int(part)), year=year)
    try:
        return format_day(date.fromisoformat(period), str(flask_babel.get_locale() or "vi"))
    except ValueError:
        return period


def short_period(period: str) -> str:
    """A period as the head of a column: "T5", "Q2", "2026"."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return gettext("Q%(quarter)s", quarter=part[1:])
    return gettext("T%(month)s", month=str(int(part))) if part else year


def duty_words(duty: Duty, titles: Mapping[str, str]) -> str:
    """A return as people call it: its form and its period."""
    return f"{titles.get(duty.form, duty.form)}, {period_words(duty.period)}"


def occasion_words(one: Occasion, language: str) -> str:
    """A plan's report or activity as people call it."""
    return f"{one.name[language]}, {period_words(one.period)}"
