"""Statistics of a file, overall and by groups, as rows of plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.anyone.asked import Asked, read_asked
from analysis.anyone.files import Layout, labels, numbers, sample_of_file
from analysis.estimators import survey
from analysis.estimators.domains import Domains, crossed, groups, whole
from analysis.estimators.effects import design_effect
from analysis.estimators.errors import BadInput, EmptyDomain, ZeroDenominator
from analysis.estimators.intervals import (
    Interval,
    Quotient,
    log_interval,
    ratio_interval,
    t_interval,
)
from analysis.estimators.proportions import korn_graubard_truncated
from analysis.estimators.quantiles import quantile
from analysis.estimators.sample import Floats, Mask, Sample
from analysis.estimators.statistic import Statistic

NO_ANSWER = "không có trả lời / no answer"
ZERO_BELOW = "mẫu số bằng 0 / the denominator is zero"
NO_INTERVAL = "không có khoảng hữu hạn / no finite interval"


@dataclass(frozen=True, slots=True)
class Row:
    """One number with what belongs to it; None where it does not exist (`note` says why).

    `n` rows used, `excluded` rows without an answer, `psu` sampling units with a row, `df` PSUs
    minus strata, `deff` against simple random sampling with replacement.
    """

    what: str
    by: dict[str, str] = field(default_factory=dict)
    est: float | None = None
    se: float | None = None
    ci: Interval | None = None
    df: int | None = None
    deff: float | None = None
    n: int = 0
    excluded: int = 0
    psu: int = 0
    method: str = ""
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


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
    interval: Callable[[int, float, float, int, int], tuple[Interval | None, str]],
    deff: Floats | None,
) -> Iterator[Row]:
    """Rows of a statistic; `interval(domain, est, se, df, n)` gives the ends and their name."""
    se, df, (psus, _) = found.se(), found.df(), found.counts()
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
            if not names:
                _refuse_whole(one, n)
            if n or row.excluded:
                yield replace(row, note=NO_ANSWER if n == 0 else ZERO_BELOW)
            continue
        if np.isinf(se[at]):
            raise BadInput(
                f"{one.words}: các số cách nhau quá xa, không tính được sai số chuẩn.",
                f"{one.words}: numbers too far apart for a standard error.",
            )
        ends, method = interval(at, value, float(se[at]), int(df[at]), n)
        effect = None if deff is None or not np.isfinite(deff[at]) else float(deff[at])
        yield replace(
            row,
            est=value,
            se=float(se[at]),
            ci=ends,
            df=int(df[at]),
            deff=effect,
            method=method if ends else "",
            note="" if ends else NO_INTERVAL,
        )


def _labelled(names: Sequence[str], label: object) -> dict[str, str]:
    values = label if isinstance(label, tuple) else (label,)
    return dict(zip(names, map(str, values), strict=False))


def _refuse_whole(one: Asked, n: int) -> None:
    if n == 0:
        raise EmptyDomain(
            f"{one.words}: không có dòng nào có trả lời.", f"{one.words}: no row has an answer."
        )
    raise ZeroDenominator(f"{one.words}: mẫu số bằng 0.", f"{one.words}: the denominator is zero.")


def _mean(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    y = data.column(one.y)
    found = survey.mean(data.sample, y, domains, strict=False)
    deff = design_effect(data.sample, found, y, domains)
    return _described(data, one, names, domains, found, _by_t(data.level), deff)


def _total(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    y = data.column(one.y)
    found = survey.total(data.sample, y, domains, strict=False)
    deff = design_effect(data.sample, found, y, domains, of="total")
    return _described(data, one, names, domains, found, _by_t(data.level), deff)


def _by_t(level: float) -> Callable[[int, float, float, int, int], tuple[Interval | None, str]]:
    return lambda _, est, se, df, __: (t_interval(est, se, df, level), "t")


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

    def interval(_: int, est: float, se: float, df: int, n: int) -> tuple[Interval | None, str]:
        return korn_graubard_truncated(est, se * se, n, df, data.level), "korn_graubard"

    deff = design_effect(data.sample, found, y, domains)
    return _described(data, one, names, domains, found, interval, deff)


def _ratio(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    if one.group:
        return _two_groups(data, one, names, domains)
    assert one.x is not None
    y, x = data.column(one.y), data.column(one.x)
    found = survey.ratio(data.sample, y, x, domains, strict=False)

    def interval(_: int, est: float, se: float, df: int, __: int) -> tuple[Interval | None, str]:
        ends = log_interval(est, se, df, data.level)
        return (ends, "log") if ends else (t_interval(est, se, df, data.level), "t")

    return _described(
        data, one, names, domains, found, interval, _ratio_effect(data, found, one, domains)
    )


def _ratio_effect(data: _Data, found: Statistic, one: Asked, domains: Domains) -> Floats:
    assert one.x is not None
    y, x = data.column(one.y), data.column(one.x)
    known = ~(np.isnan(y) | np.isnan(x))
    return design_effect(
        data.sample,
        found,
        np.where(known, y, np.nan),
        domains,
        of="ratio",
        x=np.where(known, x, np.nan),
    )


def _two_groups(data: _Data, one: Asked, names: Sequence[str], domains: Domains) -> Iterator[Row]:
    assert one.group is not None
    if one.group in names:
        return iter(())  # within one of the two groups there is nothing to compare
    top, bottom = (_members(data, one.group, name) for name in (one.top, one.bottom))
    x = data.column(one.x) if one.x else None
    parts = survey.ratio_of_domain_means(
        data.sample, data.column(one.y), top, bottom, domains, x, strict=False
    )
    va, vb = parts.numerator.variance(), parts.denominator.variance()
    cov = (va + vb - parts.difference.variance()) / 2

    def interval(at: int, _: float, se: float, df: int, __: int) -> tuple[Interval | None, str]:
        a, b = float(parts.numerator.value[at]), float(parts.denominator.value[at])
        both = Quotient(a, b, float(va[at]), float(vb[at]), float(cov[at]))
        return ratio_interval(both, df, data.level, se)

    return _described(data, one, names, domains, parts.ratio, interval, None)


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
    psus, _ = counted.counts()
    for at, label in enumerate(domains.labels):
        by = _labelled(names, label)
        if counted.n[at] == 0:
            if not names:
                _refuse_whole(one, 0)
            continue
        q = quantile(data.sample, y, one.p, level=data.level, where=domains.of_row == at)
        ends = None if q.low is None or q.high is None else (q.low, q.high)
        yield Row(
            one.words, by, q.value, q.se, ends, q.df, None, int(counted.n[at]),
            int(counted.excluded[at]), int(psus[at]), "woodruff",
        )  # fmt: skip


_KINDS: dict[str, Callable[[_Data, Asked, Sequence[str], Domains], Iterator[Row]]] = {
    "mean": _mean,
    "total": _total,
    "proportion": _proportion,
    "ratio": _ratio,
    "quantile": _quantile,
}
