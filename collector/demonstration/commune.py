"""The invented territory: villages, their household lists and the accounts of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SEED = 20261122
SEEDS = 720720  # as in the register: divisible by 1..16
VISITED_PER_VILLAGE = 28

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


# code, kind, name: invented, as everything here
UNITS: tuple[tuple[str, str, str], ...] = (("tram-y-te", "station", "Trạm Y tế xã (minh họa)"),)


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


def visited(rng: Random) -> list[ListedHousehold]:
    """The sample: so many households in each village, drawn without replacement."""
    everyone = households()
    sample: list[ListedHousehold] = []
    for village, _, _ in VILLAGES:
        there = [household for household in everyone if household.village == village]
        sample += sorted(rng.sample(there, VISITED_PER_VILLAGE), key=lambda row: row.code)
    return sample


def accounts() -> list[Account]:
    """One collector a village, one station, one officer, one administrator."""
    collectors = [
        Account(
            f"thon{int(code[2:])}", "thon-demo-2026", f"Cộng tác viên {name}", "collector", code
        )
        for code, name, _ in VILLAGES
    ]
    return [
        *collectors,
        Account(
            "tramyte", "tramyte-demo-2026", "Trạm y tế xã (minh họa)", "unit", unit="tram-y-te"
        ),
        Account("canbo", "canbo-demo-2026", "Cán bộ Phòng Văn hóa - Xã hội (minh họa)", "officer"),
        Account("quantri", "quantri-demo-2026", "Quản trị (minh họa)", "administrator"),
    ]
