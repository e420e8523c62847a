"""The iCalendar file: what RFC 5545 asks for, read back by a parser."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from collector.feed import Entry, calendar

NOW = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
LONG = "Báo cáo của Phòng Văn hóa - Xã hội về kết quả thực hiện Chiến lược; gồm: số liệu, nhận xét"
ENTRIES = [
    Entry("return/births_month/2026-10", date(2026, 11, 5), date(2026, 11, 5), LONG, "a\nb; c, d"),
    Entry("plan/month", date(2026, 11, 15), date(2026, 12, 15), "Tháng hành động"),
]


def made() -> bytes:
    return calendar("Sổ Thôn – An Khánh", ENTRIES, "xa.example.vn", NOW)


def test_lines_are_folded_at_75_octets_and_end_with_crlf() -> None:
    raw = made()
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n") and raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two


def test_a_parser_reads_back_what_was_written() -> None:
    events = Calendar.from_ical(made()).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [LONG, "Tháng hành động"]
    assert str(events[0]["description"]) == "a\nb; c, d"
    assert events[0].decoded("dtstart") == date(2026, 11, 5)
    assert events[1].decoded("dtend") == date(2026, 12, 16), "the end of a day is exclusive"
    assert events[0].decoded("dtstamp") == NOW


def test_an_event_keeps_its_id_when_its_words_change() -> None:
    first = Calendar.from_ical(made()).walk("VEVENT")[0]["uid"]
    changed = [Entry(ENTRIES[0].key, date(2026, 11, 6), date(2026, 11, 6), "khác")]
    raw = calendar("x", changed, "xa.example.vn", NOW)
    assert Calendar.from_ical(raw).walk("VEVENT")[0]["uid"] == first
    assert len({event["uid"] for event in Calendar.from_ical(made()).walk("VEVENT")}) == 2
