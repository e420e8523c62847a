"""Plans: one TOML file a commune, read strictly; all faults of a file are reported at once."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Any

from analysis.plans.problems import PlanProblem, PlanRefused, Problems
from analysis.plans.targets import read_target
from analysis.types import Plan, Target

FOLDER = Path(__file__).parent

TEXTS = ("id", "unit_code", "unit_name", "unit_kind", "place", "province", "title", "document")
BLANKS = ("number", "issued", "addressee", "parent_document", "document_sha256")
LISTS = ("legal_bases", "recipients")
YEARS = ("first_year", "last_year")
KNOWN = {*TEXTS, *BLANKS, *LISTS, *YEARS, "notes", "targets"}

__all__ = ["FOLDER", "PlanProblem", "PlanRefused", "available", "load", "substring_faults"]


def available(folder: Path = FOLDER) -> dict[str, Path]:
    """Plan id -> file, of all plan files in a folder."""
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load(path: Path, indicators: Collection[str] | None = None) -> Plan:
    """The plan in a file. Raises `PlanRefused` with every problem found.

    `indicators`: codes that a target may name; None checks nothing of them (the caller that knows
    the catalogue passes it, see `analysis.evaluate.load_plan`).
    """
    problems = Problems()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.add(path.name, f"không đọc được tệp TOML: {error}", f"not readable TOML: {error}")
        raise PlanRefused(problems.found) from error
    plan = _plan(raw, problems, indicators)
    if path.stem != raw.get("id"):
        problems.add("id", f"phải là tên tệp: {path.stem}", f"must be the file's name: {path.stem}")
    problems.finish()
    return plan


def _plan(raw: dict[str, Any], problems: Problems, indicators: Collection[str] | None) -> Plan:
    for key in raw.keys() - KNOWN:
        problems.add(key, "không biết mục này", "unknown entry")
    plain: dict[str, Any] = {key: problems.text(raw, key, key) for key in TEXTS}
    plain |= {key: problems.text(raw, key, key, required=False) for key in BLANKS}
    plain |= {key: problems.texts(raw, key, key) for key in LISTS}
    first, last = (problems.year(raw, key, key) for key in YEARS)
    if first > last:
        problems.add("first_year", "sau last_year", "after last_year")
    notes = problems.notes(raw.get("notes", []), "notes")
    targets = _targets(raw, problems, (first, last), indicators)
    return Plan(**plain, first_year=first, last_year=last, targets=targets, notes=notes)


def _targets(
    raw: dict[str, Any],
    problems: Problems,
    years: tuple[int, int],
    indicators: Collection[str] | None,
) -> tuple[Target, ...]:
    found = raw.get("targets")
    if not isinstance(found, list) or not found:
        problems.add("targets", "cần ít nhất một chỉ tiêu", "at least one target is needed")
        return ()
    targets = [
        read_target(one, position, years, indicators, problems)
        for position, one in enumerate(found, start=1)
    ]
    ids = [target.id for target in targets]
    for name in sorted({one for one in ids if ids.count(one) > 1 and one}):
        problems.add(name, "mã chỉ tiêu dùng hai lần", "target id used twice")
    return tuple(targets)


def substring_faults(plan: Plan, document: str) -> list[str]:
    """Texts of the plan file that the document does not contain, word for word.

    Both are compared in NFC with runs of blanks as one; the document's emphasis marks are ignored.
    """
    whole = _plain(document)
    words = [text for target in plan.targets for text in (target.verbatim, target.value_text)]
    return [text for text in words if text and _plain(text) not in whole]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("*", "").split())
