"""Statistics of a file, overall and by groups, as rows of plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.anyone.asked import Asked, read_asked
from analysis.anyone.files import Layout, labels, numbers, sample_of_file
from analysis.anyone.intervals import by_t, of_shares, of_two_groups, of_two_totals
from analysis.anyone.rows import (
    NO_ANSWER,
    NO_PAIR,
    NO_WEIGHT,
    ZERO_BELOW,
    Ends,
    Row,
    both,
    with_interval,
)
from analysis.estimators import survey
from analysis.estimators.domains import Domains, crossed, groups, whole
from analysis.estimators.effects import design_effect
from analysis.estimators.errors import BadInput, EmptyDomain, ZeroDenominator
from analysis.estimators.quantiles import Quantile, quantile
from analysis.estimators.sample import Floats, Mask, Sample
from analysis.estimators.statistic import Statistic


@dataclass(frozen=True, slots=True, eq=False)
class _Data:
    """A file with its design; columns are read once."""

    frame: pd.DataFrame
    layout: Layout
    sample: Sample
    level: float
    read: dict[str, Floats] = field(default_factory=dict)

    def column(self, name: str) -> Floats:
        if name not in self.read:
            self.read[name] = numbers(self.frame, name, self.layout.missing)
        return self.read[name]


def estimate(
    frame: pd.DataFrame,
    layout: Layout,
    asked: Sequence[str | Asked],
    by: Sequence[Sequence[str]] = (),
    level: float = 0.95,
) -> list[Row]:
    """Each statistic for the whole file, then for every group of each entry of `by`.

    `asked`: lines as `read_asked` takes them. Raises `Refused` (with its text in Vietnamese and
    English) for a column, weight, stratum or ratio that cannot be used; a group without an answer
    is a row with a note.
    """
    if not asked:
        raise BadInput(
            "Chưa hỏi số nào: cần ít nhất một --mean, --total, --proportion, --ratio hoặc "
            "--quantile.",
            "Nothing is asked for: give a --mean, --total, --proportion, --ratio or --quantile.",
        )
    if not 0 < level < 1:
        raise BadInput(f"level từ 0 đến 1; nhận {level}.", f"level is in (0, 1); got {level}.")
    data = _Data(frame, layout, sample_of_file(frame, layout), level)
    wanted = [one if isinstance(one, Asked) else read_asked(one) for one in asked]
    domains = [whole(data.sample.rows), *(_groups(frame, names) for names in by)]
    named: list[Sequence[str]] = [(), *by]
    return [
        row
        for one in wanted
        for names, domain in zip(named, domains, strict=True)
        for row in _KINDS[one.kind](data, one, names, domain)
    ]


def _groups(frame: pd.DataFrame, names: Sequence[str]) -> Domains:
    """Every combination that occurs, as texts; a row with an empty label is in none of them."""
    parts = []
    for name in names:
        text = labels(frame, name)
        found = groups(text.astype(str))
        keep = [at for at, label in enumerate(found.labels) if label != ""]
        place = np.full(found.count, -1, dtype=np.intp)
        place[keep] = np.arange(len(keep))
        parts.append(Domains(place[found.of_row], tuple(found.labels[at] for at in keep)))
    return crossed(parts)


def _described(
    data: _Data,
    one: Asked,
    names: Sequence[str],
    domains: Domains,
    found: Statistic,
    ends: Ends,
    deff: Floats | None = None,
) -> Iterator[Row]:
    """Rows of a statistic, each with its interval; a group without a value says why."""
    se, df, (psus, _) = found.se(), found.df(), found.counts()
    full = found.listed_in_full()
    for at, label in enumerate(domains.labels):
        value, n = float(found.value[at]), int(found.n[at])
        row = Row(
            one.words,
            _labelled(names, label),
            n=n,
            excluded=int(found.excluded[at]),
            psu=int(psus[at]),
        )
        if n == 0 or not np.isfinite(value):
            yield _without_value(one, row)
            continue
        if np.isinf(se[at]):
            raise BadInput(
                f"{one.words}: các số cách nhau quá xa, không tính được sai số chuẩn.",
                f"{one.words}: numbers too far apart for a standard error.",
            )
        effect = None if deff is None or not np.isfinite(deff[at]) else float(deff[at])
        known = replace(row, est=value, se=float(se[at]), df=int(df[at]), deff=effect)
        yield with_interval(known, one.kind, ends, at, full=bool(full[at]))


def _without_value(one: Asked, row: Row) -> Row:
    """A group's row that says why there is no number. For the whole file that is an error."""
    if row.n:
        reason = NO_PAIR if one.group else ZERO_BELOW
    else:
        reason = NO_ANSWER if row.excluded else NO_WEIGHT
    if row.by:
        return replace(row, note=both(reason))
    kind = ZeroDenominator if row.n else EmptyDomain
    raise kind(f"{one.words}: {reason.vi}.", f"{one.words}: {reason.en}.")


def _labelled(names: Sequence[str], label: object) -> dict[str, str]:
    values = label if isinstance(label, tuple) else (label,)
    return dict(zip(names, map(str, values), strict=False))


def _mean(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    y = data.column(one.y)
    found = survey.mean(data.sample, y, domains, strict=False)
    deff = design_effect(data.sample, found, y, domains)
    return _described(data, one, names, domains, found, by_t(data.level), deff)


def _total(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    y = data.column(one.y)
    found = survey.total(data.sample, y, domains, strict=False)
    deff = design_effect(data.sample, found, y, domains, of="total")
    return _described(data, one, names, domains, found, by_t(data.level), deff)


def _proportion(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    y = data.column(one.y)
    odd = ~np.isnan(y) & ~np.isin(y, (0.0, 1.0))
    if odd.any():
        at = int(np.flatnonzero(odd)[0])
        raise BadInput(
            f"Cột {one.y} phải là 0 hoặc 1: dòng {at + 2} có {y[at]:g}.",
            f"Column {one.y} must hold 0 or 1: row {at + 2} holds {y[at]:g}.",
        )
    found = survey.mean(data.sample, y, domains, strict=False)
    deff = design_effect(data.sample, found, y, domains)
    return _described(data, one, names, domains, found, of_shares(data.level), deff)


def _ratio(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    if one.group:
        return _two_groups(data, one, names, domains)
    assert one.x is not None
    y, x = _known_both(data.column(one.y), data.column(one.x))
    found = survey.ratio(data.sample, y, x, domains, strict=False)
    ends = of_two_totals(data.sample, y, x, domains, data.level)
    deff = design_effect(data.sample, found, y, domains, of="ratio", x=x)
    return _described(data, one, names, domains, found, ends, deff)


def _known_both(y: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Both columns missing where one is."""
    known = ~(np.isnan(y) | np.isnan(x))
    return np.where(known, y, np.nan), np.where(known, x, np.nan)


def _two_groups(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    assert one.group is not None
    if one.group in names:
        return iter(())  # within one of the two groups there is nothing to compare
    top, bottom = (_members(data, one.group, name) for name in (one.top, one.bottom))
    x = data.column(one.x) if one.x else None
    parts = survey.ratio_of_domain_means(
        data.sample, data.column(one.y), top, bottom, domains, x, strict=False
    )
    return _described(data, one, names, domains, parts.ratio, of_two_groups(parts, data.level))


def _members(data: _Data, name: str, value: str) -> Mask:
    found: Mask = labels(data.frame, name) == value
    if not found.any():
        known = ", ".join(sorted(set(labels(data.frame, name)))[:20])
        raise EmptyDomain(
            f"Cột {name} không có giá trị {value}; có: {known}.",
            f"Column {name} never is {value}; it has {known}.",
        )
    return found


def _quantile(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    y = data.column(one.y)
    counted = survey.mean(data.sample, y, domains, strict=False)
    (psus, _), full = counted.counts(), counted.listed_in_full()
    for at, label in enumerate(domains.labels):
        row = Row(
            one.words,
            _labelled(names, label),
            n=int(counted.n[at]),
            excluded=int(counted.excluded[at]),
            psu=int(psus[at]),
        )
        if not row.n or not np.isfinite(counted.value[at]):
            yield _without_value(one, row)
            continue
        q = quantile(data.sample, y, one.p, level=data.level, where=domains.of_row == at)
        known = replace(row, est=q.value, se=q.se, df=q.df)
        yield with_interval(known, one.kind, _woodruff(q), at, full=bool(full[at]))


def _woodruff(found: Quantile) -> Ends:
    low, high = found.low, found.high
    return lambda _, __: (None if low is None or high is None else (low, high), "woodruff")


_KINDS: dict[str, Callable[[_Data, Asked, Sequence[str], Domains], Iterator[Row]]] = {
    "mean": _mean,
    "total": _total,
    "proportion": _proportion,
    "ratio": _ratio,
    "quantile": _quantile,
}
