"""Plans: one TOML file a commune, read strictly; all faults of a file are reported at once."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis.plans.dates import day_in, parse_day
from analysis.plans.duties import Known, both, read_duties
from analysis.plans.oddities import read_oddities
from analysis.plans.problems import PlanProblem, PlanRefused, Problems
from analysis.plans.targets import read_target
from analysis.types import Duty, Plan, Successor, Target

FOLDER = Path(__file__).parent

TEXTS = ("id", "unit_code", "unit_name", "unit_kind", "place", "province", "title")
BLANKS = ("number", "issued", "addressee", "parent_document", "document", "document_sha256")
LISTS = ("legal_bases", "recipients")
YEARS = ("first_year", "last_year")
DUTIES = ("tasks", "reports", "activities", "inventories")
KNOWN = {*TEXTS, *BLANKS, *LISTS, *YEARS, *DUTIES}
KNOWN |= {"notes", "targets", "oddities", "superseded_by_unit"}
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 64

__all__ = [
    "FOLDER",
    "PlanProblem",
    "PlanRefused",
    "available",
    "load",
    "parse",
    "parse_text",
    "substring_faults",
]


def available(folder: Path = FOLDER) -> dict[str, Path]:
    """Plan id -> file, of all plan files in a folder."""
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load(
    path: Path, indicators: Collection[str] | None = None, forms: Collection[str] | None = None
) -> Plan:
    """The plan in a file. Raises `PlanRefused` with every problem found.

    `indicators`: codes that a target may name, `forms`: forms that may serve a duty; None checks
    nothing of them (the caller that knows the catalogue passes it, see
    `analysis.evaluate.load_plan`).
    """
    problems = Problems()
    raw = _read(path.read_bytes(), path.name, problems)
    problems.finish()
    plan = _plan(raw, problems, indicators, forms)
    if path.stem != raw.get("id"):
        problems.add("id", f"phải là tên tệp: {path.stem}", f"must be the file's name: {path.stem}")
    problems.finish()
    return plan


def parse_text(content: bytes, name: str) -> dict[str, Any]:
    """The entries of a plan file's text. Raises `PlanRefused` where it is no TOML in UTF-8."""
    problems = Problems()
    raw = _read(content, name, problems)
    problems.finish()
    return raw


def parse(
    raw: dict[str, Any],
    indicators: Collection[str] | None = None,
    forms: Collection[str] | None = None,
) -> tuple[Plan, tuple[PlanProblem, ...]]:
    """A plan from the entries of a file, with everything that is wrong with it.

    The plan is to be used only where nothing is: what could not be read is blank in it.
    """
    problems = Problems()
    plan = _plan(raw, problems, indicators, forms)
    return plan, tuple(problems.found)


def _read(content: bytes, name: str, problems: Problems) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.add(name, f"không đọc được tệp TOML: {error}", f"not readable TOML: {error}")
        return {}


def _plan(
    raw: dict[str, Any],
    problems: Problems,
    indicators: Collection[str] | None,
    forms: Collection[str] | None,
) -> Plan:
    problems.unknown(raw, KNOWN, "")
    plain: dict[str, Any] = {key: problems.text(raw, key, key) for key in TEXTS}
    plain |= {key: problems.text(raw, key, key, required=False) for key in BLANKS}
    plain |= {key: problems.texts(raw, key, key) for key in LISTS}
    _check_names(plain, problems)
    first, last = (problems.year(raw, key, key) for key in YEARS)
    if first > last:
        problems.add("first_year", "năm đầu nằm sau năm cuối (last_year)", "lies after last_year")
    targets = _targets(raw, problems, (first, last), indicators)
    duties = read_duties(raw, Known({target.id for target in targets}, forms), problems)
    _check_ids([*targets, *(duty for found in duties.values() for duty in found)], problems)
    if not targets and not any(duties.values()):
        problems.add(
            "targets",
            "cần ít nhất một chỉ tiêu hoặc một nhiệm vụ",
            "at least one target or task is needed",
        )
    found: dict[str, Any] = {**plain, **duties}
    return Plan(
        **found,
        first_year=first,
        last_year=last,
        targets=targets,
        notes=problems.notes(raw.get("notes", []), "notes"),
        oddities=read_oddities(raw, "", problems),
        superseded_by_unit=_successor(raw, problems),
    )


def _check_names(plain: dict[str, Any], problems: Problems) -> None:
    name, code = plain["id"], plain["unit_code"]
    if name and (not ID.fullmatch(name) or len(name) > LONGEST_ID):
        problems.add(
            "id",
            "chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ an-khanh-2026-2030",
            "small letters without marks, digits and hyphens only, such as an-khanh-2026-2030",
        )
    if code and not (len(code) == 5 and code.isascii() and code.isdecimal()):
        problems.add(
            "unit_code",
            f"mã xã gồm 5 chữ số, giữ số 0 ở đầu (“03390”); nhận {code!r}",
            f"a commune's code has 5 digits, with a leading zero (“03390”); got {code!r}",
        )


def _targets(
    raw: dict[str, Any],
    problems: Problems,
    years: tuple[int, int],
    indicators: Collection[str] | None,
) -> tuple[Target, ...]:
    return tuple(
        read_target(one, position, years, indicators, problems)
        for position, one in enumerate(problems.tables(raw, "targets"), start=1)
    )


def _check_ids(found: Sequence[Target | Duty], problems: Problems) -> None:
    ids = [one.id for one in found]
    targets = {one.id for one in found if isinstance(one, Target)}
    for name in sorted({one for one in ids if ids.count(one) > 1 and one}):
        if name in targets:
            problems.add(name, "mã chỉ tiêu dùng hai lần", "target id used twice")
        else:
            problems.add(name, "mã dùng hai lần", "id used twice")


def _successor(raw: dict[str, Any], problems: Problems) -> Successor | None:
    found, at = raw.get("superseded_by_unit"), "superseded_by_unit"
    if found is None:
        return None
    if not isinstance(found, dict):
        problems.add(at, "phải là một bảng", "must be a table")
        return None
    problems.unknown(found, {"code", "name", "province", "since", "note"}, at)
    texts = {key: problems.text(found, key, f"{at}.{key}") for key in ("code", "name", "province")}
    day = parse_day(str(found.get("since", "")))
    since = day_in(day, day.year) if day and day.year else None
    if since is None:
        problems.add(f"{at}.since", "phải là ngày “01/07/2025”", "must be a day like “01/07/2025”")
        since = date.min
    return Successor(**texts, since=since, note=both(found, "note", f"{at}.note", problems))


def substring_faults(plan: Plan, document: str) -> list[str]:
    """Texts of the plan file that the document does not contain, word for word.

    Both are compared in NFC with runs of blanks as one; the document's emphasis marks are ignored.
    """
    whole = _plain(document)
    words = [text for target in plan.targets for text in (target.verbatim, target.value_text)]
    duties = (*plan.tasks, *plan.reports, *plan.activities, *plan.inventories)
    words += [duty.verbatim for duty in duties]
    return [text for text in words if text and _plain(text) not in whole]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("*", "").split())
