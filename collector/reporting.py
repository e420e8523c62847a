"""A plan's report from what the database holds: the collector's half of `analysis.evaluate`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from analysis.catalogue import CATALOGUE
from analysis.compute import columns_needed
from analysis.ethnic import MixedLists
from analysis.evaluate import build, load_plan
from analysis.plans import available
from analysis.reports import WRITERS
from analysis.reports.dates import vietnam_time
from analysis.types import Frames, Indicator, Obligations, Plan, Provenance, Report
from collector import problems
from collector.designs import design_of
from collector.ethnicity import list_used
from collector.problems import Problem
from collector.store import duties, indicators, progress
from collector.store import frames as stored
from collector.store import plans as stored_plans
from collector.version import VERSION
from forms.library import Form, Library

SURVEY = "household"


@cache  # a plan file is part of the code
def shipped() -> tuple[Plan, ...]:
    """Every plan of `analysis/plans`, by id, as its document has it."""
    return tuple(load_plan(name) for name in sorted(available()))


def plans(session: Session) -> tuple[Plan, ...]:
    """Every plan that is in use, by id: those that come with the service and those that officers
    entered, read as the officers decided."""
    own = stored_plans.in_use(session, indicators.catalogue(session))
    found = sorted((*shipped(), *own), key=lambda plan: plan.id)
    return stored_plans.resolved(session, found)


def report(
    session: Session,
    library: Library,
    plan: Plan,
    period: int,
    *,
    demonstration: bool,
    commune: tuple[str, str] = ("", ""),
) -> Report:
    """The report of one year, small cells already hidden. `commune`: code and name of the unit
    whose data the database holds; a plan of another one is told apart.

    Reads only the columns that the indicators of the plan use, and of each form only the years
    that one of them pools or a "duy trì" target looks back on.
    """
    catalogue = indicators.catalogue(session)
    wanted = columns_needed({target.indicator for target in plan.targets}, catalogue)
    versions = {form: library.versions(form) for form in sorted({_form(t) for t in wanted})}
    spans = {form: _years(form, period, catalogue, plan) for form in versions}
    frames = _frames(session, versions, spans, wanted)
    design = design_of(session, frames, stored.register(session), period)
    made = datetime.now(UTC)
    used = [stored.used(session, form, spans[form]) for form in versions]
    coded = _ethnic_list(versions)
    built = build(
        plan,
        period,
        frames,
        design,
        progress.village_progress(session, SURVEY, period),
        Provenance(
            generated_at=made,
            code_version=VERSION,
            forms=tuple(row for one in used for row in one.versions),
            flagged_left_out=sum(one.flagged for one in used),
            design=design.description,
            checksum=checksum(frames),
            states=_states(used),
        ),
        demonstration,
        period_end=min(date(period, 12, 31), vietnam_time(made).date()),
        owed=obligations(session, versions, spans),
        catalogue=catalogue,
    )
    return replace(built, ethnic_list=coded, commune=commune)


def _states(used: Sequence[stored.Used]) -> tuple[tuple[str, int], ...]:
    """Submissions of all the forms together, by state."""
    found: Counter[str] = Counter()
    for one in used:
        found.update(dict(one.states))
    return tuple(sorted(found.items()))


def _ethnic_list(versions: Mapping[str, Sequence[Form]]) -> str:
    """The list that codes of ethnic groups follow in these forms; Problem where they follow two."""
    try:
        return list_used(form for published in versions.values() for form in published)
    except MixedLists as refused:
        reason = {"vi": refused.said.vi, "en": refused.said.en}
        raise Problem(problems.MIXED_LISTS, reason=reason) from refused


def obligations(
    session: Session, versions: Mapping[str, Sequence[Form]], spans: Mapping[str, range]
) -> Obligations:
    """Which returns the units owe in these years, of the forms that are owed at all."""
    newest = {form: published[-1] for form, published in versions.items() if published}
    return {
        form: frozenset(one for year in spans[form] for one in duties.owed(session, found, year))
        for form, found in newest.items()
        if duties.order(found) is not None
    }


def write(made: Report, file_format: str, language: str = "vi") -> bytes:
    """The report as a file; KeyError for a format that no writer has."""
    return WRITERS[file_format](made, language)


def checksum(frames: Frames) -> str:
    """SHA-256 (hex) over the answers that the numbers rest on, whatever database held them."""
    digest = hashlib.sha256()
    for name in sorted(frames):
        frame = frames[name].drop(columns="_submission")
        digest.update(f"{name}:{','.join(frame.columns)}:{len(frame)}\n".encode())
        plain = frame.astype(
            {c: "str" for c in frame if isinstance(frame[c].dtype, pd.CategoricalDtype)}
        )
        rows = pd.util.hash_pandas_object(plain, index=False).to_numpy()
        digest.update(np.sort(rows).tobytes())  # the order in which they came says nothing
    return digest.hexdigest()


def _form(table: str) -> str:
    return table.split(".", 1)[0]


def _years(
    form: str, period: int, catalogue: Mapping[str, Indicator] = CATALOGUE, plan: Plan | None = None
) -> range:
    """The period, and the years before it that an indicator of this form pools or maintains."""
    first = [period]
    for indicator in catalogue.values():
        if form in {_form(table) for table in (indicator.table or "", *indicator.also)}:
            first += [period - span + 1 for span in indicator.pool_years]
            first += _kept_since(indicator.code, plan)
    return range(min(first), period + 1)


def _kept_since(code: str, plan: Plan | None) -> list[int]:
    """From when a "duy trì" target on an indicator has to hold: the baseline, or the first year."""
    targets = plan.targets if plan is not None else ()
    kept = [one for one in targets if one.comparator == "maintain" and one.indicator == code]
    return [one.baseline[0] if one.baseline else plan.first_year for one in kept if plan]


def _frames(
    session: Session,
    versions: Mapping[str, Sequence[Form]],
    spans: Mapping[str, range],
    wanted: Mapping[str, tuple[str, ...]],
) -> Frames:
    found: dict[str, pd.DataFrame] = {}
    for form, published in versions.items():
        if published:
            columns = {table: names for table, names in wanted.items() if _form(table) == form}
            found.update(stored.frames(session, published, spans[form], columns))
    return found
