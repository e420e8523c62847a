"""The invented territory: villages, their household lists and the accounts of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from analysis.sampling import Register, Rule, draw_by, register_of

SEED = 20261122
SEEDS = 720720  # as in the register: divisible by 1..16
DRAWN_PER_VILLAGE = 32  # the sample
VISITED_PER_VILLAGE = 28  # asked; the others were not at home, or not visited yet
NOT_MET_PER_VILLAGE = 2
REPLACEMENTS = 5
DRAW_TITLE = "Khảo sát minh họa 2026"
DRAW_YEAR = 2026

# Invented names; the number is that of households on the list.
VILLAGES: tuple[tuple[str, str, int], ...] = (
    ("AK01", "Thôn Minh Họa 1", 96),
    ("AK02", "Thôn Minh Họa 2", 74),
    ("AK03", "Thôn Minh Họa 3", 121),
    ("AK04", "Thôn Minh Họa 4", 58),
    ("AK05", "Thôn Minh Họa 5", 88),
    ("AK06", "Thôn Minh Họa 6", 110),
    ("AK07", "Thôn Minh Họa 7", 67),
    ("AK08", "Thôn Minh Họa 8", 83),
    ("AK09", "Thôn Minh Họa 9", 46),
    ("AK10", "Thôn Minh Họa 10", 102),
)


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """A row of the household list."""

    code: str
    village: str
    seed_f: int
    seed_m: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration; its password is printed at the start and is no secret."""

    username: str
    password: str
    display_name: str
    role: str
    village: str | None = None
    unit: str | None = None


# code, kind, name, account: invented, as everything here
_UNITS: tuple[tuple[str, str, str, str], ...] = (
    ("tram-y-te", "station", "Trạm Y tế xã (minh họa)", "tramyte"),
    ("cong-an", "police", "Công an xã (minh họa)", "congan"),
    ("truong-tieu-hoc", "school", "Trường Tiểu học Minh Họa", "truong"),
    ("truong-thcs", "school", "Trường Trung học cơ sở Minh Họa", "truong2"),
    ("noi-vu", "home_affairs", "Tổ nội vụ (minh họa)", "noivu"),
    ("kinh-te", "economy", "Phòng Kinh tế (minh họa)", "kinhte"),
    ("van-hoa", "culture", "Tổ văn hóa, thông tin (minh họa)", "vanhoa"),
    ("bao-tro", "social", "Cơ sở trợ giúp xã hội Minh Họa", "baotro"),
    ("phu-nu", "women", "Hội Liên hiệp Phụ nữ xã (minh họa)", "phunu"),
    ("mat-tran", "mass", "Mặt trận Tổ quốc xã (minh họa)", "mattran"),
    ("tu-phap", "justice", "Bộ phận Tư pháp (minh họa)", "tuphap"),
    ("van-phong", "office", "Văn phòng HĐND và UBND (minh họa)", "vanphong"),
)
UNITS: tuple[tuple[str, str, str], ...] = tuple(unit[:3] for unit in _UNITS)
"""Code, kind, name."""
UNIT_ACCOUNTS = {code: (account, kind) for code, kind, _, account in _UNITS}
"""Unit -> its account's user name, its kind."""


# kind -> job title of the focal officer; a number of this form (000 …) is never given out
_TITLES = {
    "station": "Trưởng trạm",
    "police": "Phó Trưởng Công an xã",
    "school": "Phó Hiệu trưởng",
    "home_affairs": "Chuyên viên nội vụ",
    "economy": "Chuyên viên kinh tế",
    "culture": "Chuyên viên văn hóa",
    "social": "Phó Giám đốc cơ sở",
    "women": "Chủ tịch Hội",
    "mass": "Phó Chủ tịch Ủy ban Mặt trận",
    "justice": "Công chức tư pháp - hộ tịch",
    "office": "Văn thư",
}
FOCALS: tuple[tuple[str, str, str], ...] = tuple(
    (code, _TITLES[kind], "" if kind == "mass" else f"0225 000 {number:04d}")
    for number, (code, kind, _, _) in enumerate(_UNITS, start=1)
)
"""Unit, job title, phone number ("" where the unit gave none)."""


def households() -> list[ListedHousehold]:
    """Every household of the commune, always the same list."""
    rng = Random(SEED)
    return [
        ListedHousehold(
            f"{village}-{number:03d}", village, rng.randrange(SEEDS), rng.randrange(SEEDS)
        )
        for village, _, size in VILLAGES
        for number in range(1, size + 1)
    ]


def register() -> Register:
    """The list that the sample is drawn from."""
    return register_of((one.village, one.code) for one in households())


def rule() -> Rule:
    """As many households in each village, with some replacements."""
    return Rule(DRAWN_PER_VILLAGE * len(VILLAGES), "equal", None, REPLACEMENTS)


def drawn() -> list[ListedHousehold]:
    """The sample, by village and the order of the draw."""
    known = {one.code: one for one in households()}
    listed = draw_by(register(), rule(), str(SEED))
    return [known[one.code] for one in listed if not one.replacement]


def visited() -> list[ListedHousehold]:
    """The households that were asked: of each village's sample the first ones, by code."""
    first = [one for at, one in enumerate(drawn()) if at % DRAWN_PER_VILLAGE < VISITED_PER_VILLAGE]
    return sorted(first, key=lambda one: one.code)


def not_met() -> list[ListedHousehold]:
    """The next ones of each village's sample: somebody came, and nobody could be asked."""
    last = VISITED_PER_VILLAGE + NOT_MET_PER_VILLAGE
    return [
        one
        for at, one in enumerate(drawn())
        if VISITED_PER_VILLAGE <= at % DRAWN_PER_VILLAGE < last
    ]


def accounts() -> list[Account]:
    """One collector a village, one account a unit, one officer, one administrator."""
    collectors = [
        Account(
            f"thon{int(code[2:])}", "thon-demo-2026", f"Cộng tác viên {name}", "collector", code
        )
        for code, name, _ in VILLAGES
    ]
    return [
        *collectors,
        *(
            Account(account, f"{account.rstrip('2')}-demo-2026", name, "unit", unit=code)
            for code, _, name, account in _UNITS
        ),
        Account("canbo", "canbo-demo-2026", "Cán bộ Phòng Văn hóa - Xã hội (minh họa)", "officer"),
        Account("quantri", "quantri-demo-2026", "Quản trị (minh họa)", "administrator"),
    ]
