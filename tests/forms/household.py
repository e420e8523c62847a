"""A complete interview of a household of five: two respondents, no fault. Invented people."""

from __future__ import annotations

from typing import Any

from forms.answers import Checker
from forms.instance import parse_xml, render_xml
from forms.library import Form
from forms.media import Media
from forms.rows import Row, Run
from forms.schema import Node

MEDIA = {
    "households.csv": [
        {
            "name": f"AK{v:02}-{n:03}", "label": f"Hộ AK{v:02}-{n:03}", "village": f"AK{v:02}",
            "village_label": f"Thôn {v}", "seed_f": str(n * 7919 % 720720),
            "seed_m": str(n * 104729 % 720720),
        }
        for v in range(1, 13)
        for n in range(1, 251)
    ],
    "villages.csv": [{"name": f"AK{v:02}", "label": f"Thôn {v}"} for v in range(1, 13)],
}  # fmt: skip


def _member(rel: str, sex: str, birth_y: int, **more: str) -> dict[str, Any]:
    age = 2026 - birth_y
    member: dict[str, Any] = {
        "person": {
            "rel": rel, "sex": sex, "birth_y": str(birth_y), "eth": "01", "usual": "1",
        }
    }  # fmt: skip
    if age >= 5:
        member["schooling"] = {"edu": "2", "dis": "0"}
        if age >= 15:
            member["schooling"]["marital"] = "2"
        if age <= 24:
            member["schooling"]["school"] = "1"
    if age >= 15:
        work = more or {"work7": "0"}
        member["work"] = dict(work)
    return member


def _respondent(minutes: int) -> dict[str, Any]:
    tasks: dict[str, Any] = {}
    for number in (*range(1, 14), 15):
        days = 7 if number in (1, 2, 8) else number % 3
        task = {f"c{number}_d": str(days)}
        if days:
            task[f"c{number}_m"] = str(minutes)
        tasks[f"c{number}"] = task
    return {
        "available": "1",
        "asked": {
            **tasks,
            "anchors": {"watch_h": "1", "sleep_h": "7.5"},
            "c_fair": "3", "a1_ch": "1 3 4",
            "heard": {"a2_topic": "1 2", "a3_freq": "2", "a4_lang": "1"},
            "knowledge": {"k1": "1", "k2": "1", "k3": "1", "k4": "9", "k5": "2", "k6": "1"},
            "a5_know_addr": "1",
        },
    }  # fmt: skip


def household_answers() -> dict[str, Any]:
    """What a collector types; calculated values are left to the form."""
    paid = {"work7": "1", "status": "4", "sector": "2", "hours_paid": "48"}
    farm = {"work7": "1", "status": "2", "sector": "1", "hours_paid": "30"}
    return {
        "start": "2026-11-22T08:00:00.000+07:00",
        "end": "2026-11-22T08:31:12.000+07:00",
        "today": "2026-11-22",
        "household": "AK03-017",
        "visit_no": "1",
        "contact": "1",
        "consent": {"consent_hh": "1"},
        "member": [
            _member("1", "1", 1979, **paid),
            _member("2", "2", 1982, **farm),
            _member("3", "2", 2006, **paid),
            _member("3", "1", 2013),
            _member("4", "2", 1950),
        ],
        "respondent": [_respondent(45), _respondent(20)],
    }


def completed(form: Form, answers: dict[str, Any]) -> bytes:
    """The XML that ODK Collect would send: with every calculated value, without the irrelevant."""
    given = parse_xml(render_xml(form, answers, "uuid:5f0c5f0e-0000-4000-8000-000000000001"))
    checker = Checker(form.model)
    run = Run(checker.schema, Media(checker.program.lists, checker.program.files, MEDIA))
    run.load(given.root)
    run.today, run.now = "2026-11-22", "2026-11-22T08:31:12.000+07:00"
    checker.program.evaluate(run)
    whole = _dump(run.root, checker.schema.root)
    return render_xml(form, whole, given.instance_id)


def _dump(row: Row, container: Node) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in container.children.values():
        if node.kind == "repeat":
            rows = [r for r in row.repeats[node.index] if r.relevant[0]]
            if rows:
                found[node.name] = [_dump(r, node) for r in rows]
        elif not row.relevant[node.slot] or node.name == "meta":
            continue
        elif node.kind == "group":
            found[node.name] = _dump(row, node)
        else:
            found[node.name] = row.values[node.slot]
    return found
