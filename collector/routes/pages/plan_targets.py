"""/plan-files/<plan>/targets: one target of a plan that an officer enters."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from analysis.plans.oddities import COMPARATORS, MEASURES
from analysis.plans.targets import PERIODS
from analysis.types import UNIT_KINDS
from collector import database, problems
from collector.problems import Problem
from collector.routes.pages import plan_forms, words
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.plan_files import change, judged, page
from collector.routes.pages.plan_forms import NO_FAULTS, UNITS, Faults
from collector.routes.pages.speech import gettext
from collector.store import indicators
from collector.store import plans as stored
from collector.store.plans import Entries, Version

MOST_TARGETS = 200

COMPARATOR_WORDS = {
    ">=": words.N_("≥ từ … trở lên"),
    ">": words.N_("> trên"),
    "<=": words.N_("≤ không quá"),
    "<": words.N_("< dưới"),
    "=": words.N_("= bằng"),
    "maintain": words.N_("duy trì"),
    "qualitative": words.N_("định tính, không có mức"),
}
PERIOD_WORDS = {
    "year": words.N_("cả năm"),
    "quarter": words.N_("từng quý"),
    "month": words.N_("từng tháng"),
}
MEASURE_WORDS = {
    "value": words.N_("giá trị của chỉ tiêu"),
    "count": words.N_("số trường hợp"),
}
KIND_WORDS = {
    "officer": words.N_("Phòng Văn hóa - Xã hội"),
    "collector": words.N_("thôn"),
    "station": words.N_("trạm y tế"),
    "police": words.N_("công an"),
    "school": words.N_("trường học"),
    "home_affairs": words.N_("tổ nội vụ"),
    "economy": words.N_("phòng kinh tế"),
    "culture": words.N_("văn hóa, thông tin"),
    "social": words.N_("cơ sở trợ giúp xã hội"),
    "women": words.N_("Hội Liên hiệp Phụ nữ"),
    "mass": words.N_("Mặt trận, đoàn thể"),
    "justice": words.N_("tư pháp"),
    "office": words.N_("văn phòng HĐND - UBND"),
}


@blueprint.get("/plan-files/<plan>/targets/<row:position>")
def plan_target(plan: str, position: int) -> str:
    """The form of the target at `position` (from 1); the one after the last is a new one."""
    version = stored.one(database.session(), plan)
    return _form(version, position, _at(version, position))


def _at(version: Version, position: int) -> Entries:
    """The entries of the target, empty for a new one; raises Problem NOT_FOUND."""
    targets: list[Entries] = version.entries.get("targets", [])
    if not 1 <= position <= min(len(targets) + 1, MOST_TARGETS):
        raise Problem(problems.NOT_FOUND)
    return targets[position - 1] if position <= len(targets) else {}


def _form(
    version: Version,
    position: int,
    one: Entries,
    faults: Faults = NO_FAULTS,
    error: str = "",
    meanwhile: Sequence[tuple[str, str, str]] = (),
) -> str:
    names, kinds = one.get("responsible", []), one.get("responsible_kinds", [])
    units = [*zip(names, kinds, strict=False), *[("", "")] * UNITS][: max(UNITS, len(names))]
    known = indicators.catalogue(database.session())
    return render_template(
        "plan_target.html",
        held=version,
        position=position,
        new=position > len(version.entries.get("targets", [])),
        one=one,
        units=units,
        note=next(iter(one.get("notes", [])), {}),
        faults=faults,
        error=error,
        meanwhile=meanwhile,
        indicators=sorted((code, made.name[language()]) for code, made in known.items()),
        comparators=[(key, gettext(COMPARATOR_WORDS[key])) for key in COMPARATORS],
        periods=[(key, gettext(PERIOD_WORDS[key])) for key in PERIODS],
        measures=[(key, gettext(MEASURE_WORDS[key])) for key in MEASURES],
        kinds=[(key, gettext(KIND_WORDS[key])) for key in UNIT_KINDS],
    )


def _differences(now: Version, position: int, typed: Entries) -> list[tuple[str, str, str]]:
    """(entry, as it is kept now, as it was typed) of the target that somebody else changed."""
    kept = _at(now, position)
    return [
        (name, str(kept.get(name, "")), str(typed.get(name, "")))
        for name in sorted(kept.keys() | typed.keys())
        if kept.get(name) != typed.get(name)
    ]


@blueprint.post("/plan-files/<plan>/targets/<row:position>")
def save_target(plan: str, position: int) -> ResponseReturnValue:
    """Keep a target; its faults are shown at their fields and nothing is kept."""
    version = stored.one(database.session(), plan)
    one = plan_forms.target(request.form, _at(version, position))
    entries = plan_forms.replaced(version.entries, position - 1, one)
    faults = plan_forms.target_faults(judged(entries), one, position - 1, language())
    if faults:
        return _form(version, position, one, faults), 422

    def again(now: Version, said: str) -> str:
        return _form(now, position, one, error=said, meanwhile=_differences(now, position, one))

    return change(plan, entries, version.in_use, again)


@blueprint.post("/plan-files/<plan>/targets/<row:position>/remove")
def remove_target(plan: str, position: int) -> ResponseReturnValue:
    """Take a target out; the versions before keep it."""
    version = stored.one(database.session(), plan)
    if not _at(version, position):
        raise Problem(problems.NOT_FOUND)
    entries = plan_forms.without(version.entries, position - 1)
    return change(plan, entries, version.in_use, lambda now, said: page(now, error=said))
