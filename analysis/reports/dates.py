"""Dates and moments as people read them, in Vietnam's time.

Days below 10 and the months January and February are padded with a zero, May is not
(NĐ 30/2020/NĐ-CP, Phụ lục I).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1975

ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def is_vietnamese(language: str) -> bool:
    """True unless the language code begins with "en"."""
    return not language.startswith("en")


def vietnam_time(moment: datetime) -> datetime:
    """`moment` in Vietnam's time; one without a zone is taken as UTC, as the store keeps it."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(VIETNAM)


def format_day(day: date, language: str = "vi") -> str:
    """A day in a table: "05/02/2027"; in English "5 February 2027"."""
    return f"{day:%d/%m/%Y}" if is_vietnamese(language) else _english_day(day)


def format_moment(moment: datetime, language: str = "vi") -> str:
    """A moment in Vietnam's time: "14:05 ngày 05/02/2027"."""
    local = vietnam_time(moment)
    join = " ngày " if is_vietnamese(language) else ", "
    return f"{local:%H:%M}{join}{format_day(local.date(), language)}"


def official_date(day: date, language: str = "vi", blank_day: bool = False) -> str:
    """A date as NĐ 30/2020 writes it: "ngày 05 tháng 02 năm 2027".

    `blank_day` leaves room for the day, which the clerk fills in when the document gets its number.
    """
    if not is_vietnamese(language):
        return f"___ {ENGLISH_MONTHS[day.month - 1]} {day.year}" if blank_day else _english_day(day)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    number = " " * 5 if blank_day else f" {day.day:02d} "
    return f"ngày{number}tháng {month} năm {day.year}"


def _english_day(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
