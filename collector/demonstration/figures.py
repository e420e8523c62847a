"""The figures of the invented units' yearly returns: small, and each part within its whole."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

Flat = dict[str, Any]
SEXES = ("f", "m")
FIRST_YEAR = 2025


def grid(rows: Sequence[str], columns: Sequence[str], *numbers: Sequence[int]) -> Flat:
    """Cells `row_column`, a sequence of numbers for each row."""
    return {
        f"{row}_{column}": str(number)
        for row, line in zip(rows, numbers, strict=True)
        for column, number in zip(columns, line, strict=True)
    }


def rows(names: str, *lines: str) -> list[Flat]:
    """Instances of a repeat: names and values parted by blanks; "-" is not asked."""
    keys = names.split()
    return [{k: v for k, v in zip(keys, line.split(), strict=True) if v != "-"} for line in lines]


def police(rng: Random, year: int) -> Flat:
    """Detected, served, perpetrators: sums equal to their totals."""
    women, men = rng.randint(7, 10), rng.randint(1, 2)
    served = women - rng.randint(0, 1)
    ages = ("0_15", "16_17", "18_59", "60")
    forms = [f"form_{name}" for name in ("physical", "mental", "sexual", "economic")]
    services = ("advice", "health", "shelter", "legal", "protection", "mediation", "material")
    counselled = women - (2 if year == FIRST_YEAR else 1)
    return {
        "detected": str(women + men), "detected_f": str(women), "detected_m": str(men),
        **grid(("detected_f", "detected_m"), ages, (1, 1, women - 3, 1), (0, 0, men, 0)),
        **grid(forms, SEXES, (women - 2, men), (women - 1, men), (1, 0), (2, 0)),
        "served": str(served + men), "served_f": str(served), "served_m": str(men),
        **grid(("served_f", "served_m"), ages, (1, 1, served - 3, 1), (0, 0, men, 0)),
        **grid([f"service_{name}" for name in services], SEXES,
               (served, men), (3, 0), (1, 0), (2, 0), (2, 0), (4, men), (1, 0)),
        **grid(("perpetrators", "unprosecuted", "counselled"), SEXES,
               (1, women), (1, women - 1), (1, counselled)),
        **grid(("returned", "in_need", "supported"), SEXES, (1, 0), (1, 0), (1, 0)),
    }  # fmt: skip


def primary(rng: Random, year: int) -> Flat:
    """Grades 1 to 5."""
    return _school(rng, range(1, 6))


def lower_secondary(rng: Random, year: int) -> Flat:
    """Grades 6 to 9, whose leavers go on to vocational schools."""
    return {**_school(rng, range(6, 10)), **grid(("vet",), SEXES, (14, 22))}


def _school(rng: Random, grades: range) -> Flat:
    classes, lessons = 2 * len(grades), 24 * len(grades)
    return {
        "has_minority": "0",
        "grade": [_grade(rng, number) for number in grades],
        "in_programme": "1",
        "classes": str(classes), "classes_gender": str(classes - rng.randint(0, 1)),
        "lessons_due": str(lessons), "lessons_gender": str(lessons - rng.randint(0, 6)),
        **grid(("vet",), SEXES, (0, 0)),
        **grid(("master", "doctor"), SEXES, (rng.randint(2, 4), 2), (0, 0)),
    }  # fmt: skip


def _grade(rng: Random, number: int) -> Flat:
    girls, boys, lost = rng.randint(36, 44), rng.randint(38, 46), rng.choice((0, 0, 1))
    kinh = ("kinh_f", "kinh_m")
    return {
        "grade_no": str(number),
        **grid(("start_under", "start_right", "start_over"), kinh,
               (0, 0), (girls - 1, boys - 2), (1, 2)),
        **grid(("came", "left", "dropped", "completed"), kinh,
               (1, 0), (0, 1), (0, lost), (girls + 1, boys - 1 - lost)),
    }  # fmt: skip


def support(rng: Random, year: int) -> Flat:
    """A school's counselling."""
    return {
        "room": "1", "team": "1", "clubs": "1", "contests": "2",
        **grid(("counsellors", "pupils", "pupils_violence"), SEXES, (2, 1), (12, 8), (1, 0)),
    }  # fmt: skip


def leaders(rng: Random, year: int) -> Flat:
    """Bodies of the commune with their leaders, posts, planning, courses, degrees."""
    bodies = (
        ("1", "Đảng ủy", "1", "2"), ("2", "Hội đồng nhân dân", "1", "1"),
        ("3", "Ủy ban nhân dân", "1", "2"),
        ("4", "Phòng Kinh tế", "0" if year == FIRST_YEAR else "1", "2"),
        ("4", "Phòng Văn hóa - Xã hội", "2", "1"), ("4", "Văn phòng HĐND và UBND", "0", "2"),
        ("5", "Trung tâm Dịch vụ tổng hợp", "1", "1"),
        ("7", "Hội Liên hiệp Phụ nữ", "2", "0"), ("7", "Mặt trận Tổ quốc", "1", "1"),
    )  # fmt: skip
    names = ("body_kind", "body_name", "key_f", "key_m")
    posts = ("party", "council", "committee", "department", "service", "village")
    mass = ("front", "women", "farmers", "veterans", "youth", "labour")
    return {
        "body": [dict(zip(names, body, strict=True)) for body in bodies],
        **grid([f"post_{name}" for name in posts], SEXES,
               (9, 18), (11, 17), (2, 4), (4, 6), (6, 4), (3, 7)),
        **grid([f"mass_{name}" for name in mass], SEXES,
               (1, 1), (2, 0), (1, 1), (0, 2), (1, 1), (1, 1)),
        **grid(("plan_party", "plan_committee", "plan_department"), (*SEXES, "f_young", "m_young"),
               (12, 20, 7, 9), (3, 5, 1, 2), (10 + rng.randint(0, 3), 11, 6, 5)),
        **grid(("trained_theory", "trained_profession", "trained_management"), SEXES,
               (4, 6), (9, 8), (2, 3)),
        **grid(("master", "doctor"), SEXES, (3, 5), (0, 0)),
    }  # fmt: skip


def training(rng: Random, year: int) -> Flat:
    """Two sessions."""
    names = "session_date topic audience hours seats_f seats_m"
    return {"session": rows(names, f"{year}-03-12 2 2 7.5 24 19", f"{year}-05-21 3 3 8 9 3")}


def focal(rng: Random, year: int) -> Flat:
    """Two focal officers; one work was handed over."""
    names = "body_kind focal_sex since handed_over handover_date handover_record"
    found = rows(names, f"4 2 2025-01-06 1 {year}-02-03 1", "6 2 2025-01-06 0 - -")
    titles = ("Công chức Phòng Văn hóa - Xã hội", "Phó hiệu trưởng")
    return {"focal": [{**r, "focal_title": t} for r, t in zip(found, titles, strict=True)]}


def economy(rng: Random, year: int) -> Flat:
    """Enterprises, cooperatives and household businesses by sex of the head."""
    women = rng.randint(11, 14)
    return grid(("enterprises", "coops", "households"), ("total", *SEXES),
                (46, women, 46 - women), (5, 1, 4), (210, 118, 92))  # fmt: skip


def commitments(rng: Random, year: int) -> Flat:
    """Organisations informed and committed."""
    done = 22 if year == FIRST_YEAR else 25
    return grid(("party", "government", "mass", "professional", "service"),
                ("total", "informed", "committed", "both"),
                (27, done + 2, done, done), (8, 8, 8, 8), (6, 6, 6, 6), (3, 3, 2, 2),
                (5, 5, 5, 5))  # fmt: skip


def social(rng: Random, year: int) -> Flat:
    """A public facility with its activities."""
    names = "activity_kind sessions people_f people_m"
    return {
        "is_public": "1", "has_activities": "1",
        "activity": rows(names, "1 6 9 1", "2 3 40 25"),
    }  # fmt: skip


def inspections(rng: Random, year: int) -> Flat:
    """One inspection; most shortcomings were put right."""
    names = "inspection_date inspection_kind bodies findings fixed"
    return {"inspection": rows(names, f"{year}-08-15 1 4 5 4")}


def committee(rng: Random, year: int) -> Flat:
    """The committee's members and its meetings."""
    names = "meeting_date meeting_kind present_f present_m minutes_kept"
    return {
        **grid(("members", "joined", "left"), SEXES, (7, 6), (1, 0), (0, 1)),
        "meeting": rows(names, f"{year}-02-20 1 6 5 1", f"{year}-07-10 1 7 5 1"),
    }


def drafts(rng: Random, year: int) -> Flat:
    """Documents issued and reviewed for gender."""
    return grid(("resolution", "decision", "plan"), ("issued", "reviewed", "issue", "revised"),
                (12, 5, 1, 1), (9, 2, 0, 0), (31, 14, 4, 3))  # fmt: skip


def legal_aid(rng: Random, year: int) -> Flat:
    """People advised, represented, reconciled."""
    return grid(("advice", "court", "mediation"), (*SEXES, "violence_f", "violence_m"),
                (14, 9, 3, 0), (2, 1, 1, 0), (7, 7, 4, 1))  # fmt: skip


def places(rng: Random, year: int) -> Flat:
    """Three trusted addresses and one shelter: codes, no address."""
    names = "place_kind place_code place_village capacity hours_open referrals stayed_f stayed_m"
    return {"place": rows(names, "1 DC01 AK01 2 1 2 2 0", "1 DC02 AK04 2 1 1 1 0",
                          "1 DC03 AK08 2 3 0 0 0", "2 NT01 - 4 1 3 2 1")}  # fmt: skip


def women_business(rng: Random, year: int) -> Flat:
    """Women who got advice, loans, courses, market links."""
    return {
        **grid(("advice", "loan", "course", "market"), ("women", "minority", "poor"),
               (18, 0, 4), (26, 1, 9), (35, 1, 10), (6, 0, 1)),
        "new_businesses": "5", "loans_million": "1340",
    }  # fmt: skip


def emergency(rng: Random, year: int) -> Flat:
    """People given lodging, counselling, medical care at once."""
    return grid(("lodging", "psychology", "medical"), (*SEXES, "girls", "boys"),
                (1, 0, 0, 0), (5, 0, 1, 0), (2, 0, 0, 0))  # fmt: skip


def nothing(rng: Random, year: int) -> Flat | None:
    """A nil return."""
    return None
