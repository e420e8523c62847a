"""The iCalendar file of what is due (RFC 5545): all-day events, no personal data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vText

PRODUCT = "-//So Thon//calendar//VI"
REFRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: `key` stays the same while its words change; `first` to `last` inclusive."""

    key: str
    first: date
    last: date
    title: str
    text: str = ""


def calendar(name: str, entries: Iterable[Entry], host: str, now: datetime) -> bytes:
    """The file: UTF-8, lines folded at 75 octets and ended by CRLF. `host` makes the events' ids
    unique in the world; `now` is aware."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(name))
    made.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry, host, now.astimezone(UTC)))
    return bytes(made.to_ical())


def _event(entry: Entry, host: str, now: datetime) -> Event:
    event = Event()
    digest = hashlib.sha256(entry.key.encode()).hexdigest()[:32]
    event.add("uid", f"{digest}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))  # exclusive
    event.add("summary", entry.title)
    if entry.text:
        event.add("description", entry.text)
    event.add("transp", "TRANSPARENT")  # a due day keeps nobody from a meeting
    return event
