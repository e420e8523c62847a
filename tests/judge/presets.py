"""How to draw the few answers that decide how far a form goes; the rest is drawn from the model.

Path without numbers -> how to draw. Without these, three of four households would be absent.
"""

from __future__ import annotations

from random import Random

from filler import Preset


def _weighted(*names: str) -> Preset:
    """One of the names; a name that stands several times is drawn more often."""
    return lambda rng: rng.choice(names)


def _birth_year(rng: Random) -> str:
    return str(2026 - rng.choice((rng.randrange(100), rng.randrange(18), rng.randrange(20, 50))))


_TASKS = (*range(1, 14), 15)
_ASKED = "/data/respondent/asked"

PRESETS: dict[str, dict[str, Preset]] = {
    "household": {
        "/data/contact": _weighted(*"1111111111111456"),
        "/data/consent/consent_hh": _weighted(*"11111110"),
        "/data/member/person/rel": _weighted(*"123345672"),
        "/data/member/person/birth_y": _birth_year,
        "/data/member/person/usual": _weighted(*"11111110"),
        "/data/member/person/age_ok": _weighted(*"1110"),
        "/data/selection/spouse_ok": _weighted(*"1110"),
        "/data/respondent/available": _weighted(*"1111112"),
        **{
            f"{_ASKED}/c{n}/c{n}_d": _weighted("0", "0", "1", "2", "3", "5", "7", "7", "-8", "-9")
            if n in (3, 6)
            else _weighted("0", "0", "1", "2", "3", "5", "7", "7")
            for n in _TASKS
        },
        **{
            f"{_ASKED}/c{n}/c{n}_m": _weighted("15", "15", "30", "30", "45", "60", "120", "510")
            for n in _TASKS
        },
    },
    "judge_pulldata": {
        "/data/code": _weighted("AK01-001", "AK02-004", "AK03-006", "new", "AK09-001"),
    },
}
