"""What the invented units send: yearly and quarterly returns, items and events one by one.

Most came. A school's return on counselling and one quarter's closing return did not, some are nil,
and the police corrected one later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from collector.demonstration import figures as say
from collector.demonstration.commune import UNIT_ACCOUNTS
from collector.demonstration.figures import Flat
from collector.demonstration.interviews import Filled, identifier

YEARS = (2025, 2026)
LAST_DAY = date(2026, 11, 20)
FORGOTTEN_QUARTER = "2026-Q2"  # never closed by the culture unit
CORRECTED = ("police_year", "2025")

TITLES = {
    "station": ("Y sĩ trạm y tế", "Trưởng trạm y tế"),
    "police": ("Cán bộ tổng hợp công an xã", "Trưởng công an xã"),
    "school": ("Văn thư nhà trường", "Hiệu trưởng"),
    "home_affairs": ("Công chức nội vụ", "Trưởng phòng Văn hóa - Xã hội"),
    "economy": ("Công chức Phòng Kinh tế", "Trưởng phòng Kinh tế"),
    "culture": ("Viên chức truyền thanh", "Giám đốc trung tâm"),
    "social": ("Nhân viên công tác xã hội", "Giám đốc cơ sở"),
    "women": ("Ủy viên thường vụ Hội", "Chủ tịch Hội Liên hiệp Phụ nữ"),
    "mass": ("Chuyên trách Mặt trận", "Chủ tịch Mặt trận Tổ quốc xã"),
    "justice": ("Công chức Tư pháp - Hộ tịch", "Phó Chủ tịch UBND xã"),
    "office": ("Công chức văn phòng", "Chánh văn phòng"),
}

Make = Callable[[Random, int], Flat | None]

# form, unit, the years in which it came, what it says
YEARLY: tuple[tuple[str, str, tuple[int, ...], Make], ...] = (
    ("police_year", "cong-an", YEARS, say.police),
    ("brokerage_year", "cong-an", YEARS, say.nothing),
    ("school_year", "truong-tieu-hoc", YEARS, say.primary),
    ("school_year", "truong-thcs", YEARS, say.lower_secondary),
    ("school_support_year", "truong-tieu-hoc", YEARS, say.nothing),
    ("school_support_year", "truong-thcs", (2025,), say.support),  # 2026 is late
    ("leaders_year", "noi-vu", YEARS, say.leaders),
    ("training_year", "noi-vu", YEARS, say.training),
    ("focal_year", "noi-vu", YEARS, say.focal),
    ("economy_year", "kinh-te", (2025,), say.economy),  # 2026 is counted at 31 December
    ("commitments_year", "van-hoa", YEARS, say.commitments),
    ("social_year", "bao-tro", YEARS, say.social),
    ("inspection_year", "van-phong", YEARS, say.inspections),
    ("committee_year", "van-phong", YEARS, say.committee),
    ("drafts_year", "van-phong", YEARS, say.drafts),
    ("legal_aid_year", "tu-phap", YEARS, say.legal_aid),
    ("safe_places_year", "phu-nu", YEARS, say.places),
    ("women_business_year", "phu-nu", YEARS, say.women_business),
    ("emergency_year", "phu-nu", YEARS, say.emergency),
    ("emergency_year", "tram-y-te", (2025,), say.nothing),
    ("emergency_year", "bao-tro", YEARS, say.nothing),
)

# day, unit, kind, occasion, women, men
EVENTS = (
    ("2025-10-20", "phu-nu", "3", "3", 140, 35),
    ("2025-11-16", "van-hoa", "1", "5", 180, 150),
    ("2026-03-08", "phu-nu", "2", "1", 95, 12),
    ("2026-06-28", "van-hoa", "4", "2", 60, 48),
    ("2026-10-19", "phu-nu", "3", "3", 160, 41),
    ("2026-11-16", "van-hoa", "1", "5", 172, 161),
)
SUBJECTS = (
    "Chia sẻ việc nhà", "Luật Bình đẳng giới", "Không lựa chọn giới tính thai nhi",
    "Phòng, chống bạo lực gia đình", "Phụ nữ làm kinh tế", "Con trai, con gái như nhau",
)  # fmt: skip


def returns(rng: Random) -> Iterator[Filled]:
    """Everything that units send, births apart."""
    for form, unit, years, make in YEARLY:
        for year in years:
            filled = _yearly(form, unit, year, make(rng, year))
            yield filled
            if (form, f"{year}") == CORRECTED:
                yield _corrected(filled)
    items = list(_items(rng))
    events = [_event(*event) for event in EVENTS]
    yield from items
    yield from events
    yield from _closings(items, events)
    yield from _complaints(rng)


def _filled(form: str, unit: str, name: str, answers: Flat, day: date) -> Filled:
    account, kind = UNIT_ACCOUNTS[unit]
    submitter, approver = TITLES[kind]
    common = {"today": day.isoformat(), "unit": unit, "submitter": submitter,
              "approver": approver, "revises": "0"}  # fmt: skip
    return Filled(form, identifier(f"{form}/{unit}/{name}"), {**common, **answers}, account)


def _yearly(form: str, unit: str, year: int, said: Flat | None) -> Filled:
    after = date(year + 1, 1, 12)  # figures at 31 December
    day = after if form == "economy_year" else min(date(year, 11, 18), LAST_DAY)
    answers = {"nil": "1"} if said is None else {"nil": "0", **said}
    return _filled(form, unit, f"{year}", {"year": f"{year}", **answers}, day)


def _corrected(filled: Filled) -> Filled:
    answers = {
        **filled.answers, "service_material_f": "2", "revises": "1",
        "revision_reason": "Bổ sung một người được nhận hỗ trợ bằng tiền.",
    }  # fmt: skip
    name = identifier(f"{filled.instance_id}/corrected")
    return Filled(filled.form, name, answers, filled.account, replaces=filled.instance_id)


def quarter_of(day: str) -> str:
    """The quarter of an ISO date."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def _items(rng: Random) -> Iterator[Filled]:
    """A column on the loudspeakers every month, and an item or two beside it in some."""
    day = date(2025, 1, 6)
    while day <= LAST_DAY:
        yield _item(rng, day, column=True)
        if day.month % 3 != 2:
            yield _item(rng, day + timedelta(days=9), column=False)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 6)


def _item(rng: Random, day: date, column: bool) -> Filled:
    broadcast = {"minutes": str(rng.choice((5, 7.5, 10))), "times": str(rng.randint(1, 3))}
    answers = {
        "date": day.isoformat(),
        "item_kind": "2" if column else "1",
        "channel": "1" if column else rng.choice("34"),
        "title": rng.choice(SUBJECTS),
        "is_column": "1" if column else "0",
        **(broadcast if column else {}),
        "language": "vi",
        "campaign": "0",
    }
    return _filled("news", "van-hoa", day.isoformat(), answers, day)


def _event(day: str, unit: str, kind: str, occasion: str, women: int, men: int) -> Filled:
    answers = {"date": day, "event_kind": kind, "campaign": occasion, "people_f": str(women),
               "people_m": str(men), "minority": "0"}  # fmt: skip
    return _filled("event", unit, day, answers, date.fromisoformat(day))


def _closings(items: list[Filled], events: list[Filled]) -> Iterator[Filled]:
    own = [event for event in events if event.answers["unit"] == "van-hoa"]
    for period in sorted({quarter_of(item.answers["date"]) for item in items}):
        year, number = int(period[:4]), int(period[6:])
        if period != FORGOTTEN_QUARTER and period != quarter_of(LAST_DAY.isoformat()):
            answers = {
                "year": f"{year}", "quarter": f"{number}", "nil": "0",
                "n_items": str(_in_quarter(items, period)),
                "n_events": str(_in_quarter(own, period)),
            }  # fmt: skip
            yield _filled("culture_quarter", "van-hoa", period, answers, _after(year, number))


def _in_quarter(logged: list[Filled], period: str) -> int:
    return sum(quarter_of(one.answers["date"]) == period for one in logged)


def _after(year: int, quarter: int) -> date:
    """The fifth day after a quarter."""
    return date(year + quarter // 4, 3 * quarter % 12 + 1, 5)


def _complaints(rng: Random) -> Iterator[Filled]:
    """Reports carried from quarter to quarter; no quarter of 2026 after the third has come."""
    names = ("carried", "received", "handled", "pending", "overdue")
    pending = 0
    for year, quarter in [(2025, q) for q in range(1, 5)] + [(2026, q) for q in range(1, 4)]:
        received = rng.randint(0, 3)
        handled = max(0, pending + received - 1)
        left = pending + received - handled
        lines = ((pending, received, handled, left, 0), (0, 1, 1, 0, 0), (0,) * 5, (0,) * 5)
        kinds = ("reflection", "petition", "complaint", "denunciation")
        answers = {"year": f"{year}", "quarter": f"{quarter}", "nil": "0",
                   **say.grid(kinds, names, *lines)}  # fmt: skip
        day = _after(year, quarter)
        yield _filled("complaints_quarter", "van-phong", f"{year}-Q{quarter}", answers, day)
        pending = left
