"""The quality of what came in, computed when it is looked at and kept until something comes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from analysis.quality import Assessment, assess
from analysis.quality.pace import Paces, paces
from analysis.quality.watched import Watch, watch_of
from collector.kept import Kept
from collector.store import quality as store
from forms.library import Library

_ASSESSED: Kept[Assessment] = Kept(16)
_PACED: Kept[Paces] = Kept(4)


def watched(library: Library, form_id: str) -> Watch | None:
    """What is watched of a form's versions; None for sensitive ones, and those without a clock."""
    versions = library.versions(form_id)
    if not versions or any(form.about.get("sensitive") for form in versions):
        return None
    columns = {one.name for form in versions for one in form.tables()[form_id]}
    household = any("household" in form.about for form in versions)
    return watch_of(form_id, columns, household=household)


def assessed(session: Session, library: Library, form_id: str, year: int) -> Assessment:
    """The checks of one form and year; a form that is not watched has none."""
    watch = watched(library, form_id)
    if watch is None:
        return Assessment(form_id)
    key = _key(session, library, form_id, year)
    made = _ASSESSED.get(key)
    if made is None:
        made = assess(store.seen(session, library.versions(form_id), watch, year))
        _ASSESSED.keep(key, made)
    return made


def paced(session: Session, library: Library, form_id: str, year: int) -> Paces:
    """The usual times of one form and year; nothing of a form that is not watched."""
    watch = watched(library, form_id)
    if watch is None:
        return Paces()
    key = _key(session, library, form_id, year)
    made = _PACED.get(key)
    if made is None:
        made = paces(store.seen(session, library.versions(form_id), watch, year))
        _PACED.keep(key, made)
    return made


def _key(session: Session, library: Library, form_id: str, year: int) -> tuple[object, ...]:
    return (
        str(session.get_bind().engine.url),
        form_id,
        year,
        tuple(form.version for form in library.versions(form_id)),
        store.state(session, form_id, year),
    )
