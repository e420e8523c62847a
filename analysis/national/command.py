"""`python -m analysis national DIR …`: the indicators of a lake, by province and in total."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analysis.catalogue import CATALOGUE
from analysis.estimators.sample import LONELY_RULES
from analysis.national import country, lake, writing
from analysis.printing import aligned, csv_text
from analysis.types import Estimate

HEADINGS = (
    *(
        "indicator",
        "variant",
        "province",
        "commune",
        "value",
        "se",
        "low",
        "high",
        "df",
        "deff",
        "n",
    ),
    *("excluded", "psus", "numerator", "denominator", "method", "provisional", "note"),
)


def add(commands: Any) -> None:
    """The command's arguments, among the others of `python -m analysis`."""
    one = commands.add_parser(
        "national", help="indicators of a lake of communes (flask export-lake)"
    )
    one.add_argument("folder", type=Path, metavar="DIR")
    one.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, tcp://host:8786")
    one.add_argument(
        "--workers", type=int, default=max(1, os.cpu_count() or 1), help="processes without one"
    )
    one.add_argument("--period", type=int, metavar="YEAR", help="default: the newest year there")
    one.add_argument("--indicator", action="append", choices=lake.CODES, metavar="CODE")
    one.add_argument(
        "--by", choices=country.LEVELS, default="province", help="lowest level with figures"
    )
    one.add_argument("--lonely", choices=LONELY_RULES, default="fail", help="strata of one PSU")
    one.add_argument("--format", choices=sorted(FORMATS), default="table")
    one.set_defaults(run=run)


def run(given: argparse.Namespace) -> str:
    """What is printed. Raises `Refused` for what the lake or the cluster cannot give."""
    from analysis.national import workers  # noqa: PLC0415 - Dask takes a second to import

    lake.communes(given.folder)
    with workers.cluster(given.scheduler, given.workers) as client:
        found = country.compute(
            given.folder.resolve(),
            workers.on(client),
            year=given.period,
            lonely=given.lonely,
            by=given.by,
            codes=given.indicator or lake.CODES,
        )
    _say_of_what(given.folder, found)
    return FORMATS[given.format](found.estimates)


def _say_of_what(root: Path, found: country.Country) -> None:
    sys.stderr.write(
        f"{found.year}: {found.communes} xã / communes, {found.households} hộ / households, "
        f"{found.batches} phần việc / batches\n"
    )
    invented = [
        one.code
        for one in lake.communes(root)
        if writing.read_manifest(one.folder).get("demonstration")
    ]
    if invented:
        sys.stderr.write(
            f"DỮ LIỆU BỊA RA ĐỂ THỬ / INVENTED DATA: {', '.join(invented[:10])}"
            f"{' …' if len(invented) > 10 else ''}\n"
        )


def plain(estimate: Estimate) -> dict[str, Any]:
    """An estimate as JSON has it, in full precision."""
    note = estimate.note
    return {
        "indicator": estimate.indicator,
        "variant": estimate.variant,
        "years": list(estimate.years),
        "by": dict(estimate.by),
        "value": estimate.value,
        "se": estimate.se,
        "ci": _finite(estimate.interval),
        "df": estimate.df,
        "deff": estimate.deff,
        "n": estimate.n,
        "excluded": estimate.excluded,
        "psus": estimate.psus,
        "numerator": estimate.numerator,
        "denominator": estimate.denominator,
        "method": estimate.method,
        "missing": estimate.missing.value if estimate.missing else None,
        "provisional": estimate.provisional,
        "note": {"vi": note.vi, "en": note.en} if note else None,
        "extra": dict(estimate.extra),
    }


def _finite(interval: tuple[float, float] | None) -> list[float | None] | None:
    """JSON knows no infinity: an open end is null."""
    return None if interval is None else [end if end < float("inf") else None for end in interval]


def _cells(one: Estimate) -> list[object]:
    low, high = one.interval or (None, None)
    said = one.missing.value if one.missing else ""
    if one.note is not None:
        both = f"{one.note.vi} / {one.note.en}"
        said = f"{said}: {both}" if said else both
    hidden = one.missing is not None and not one.n
    return [
        *(one.indicator, one.variant, one.by.get("province", ""), one.by.get("commune", "")),
        *(one.value, one.se, low, high),
        *(one.df, one.deff, None if hidden else one.n, None if hidden else one.excluded, one.psus),
        *(one.numerator, one.denominator, one.method, "1" if one.provisional else "", said),
    ]


def _json(found: Sequence[Estimate]) -> str:
    return json.dumps([plain(one) for one in found], ensure_ascii=False, indent=1)


def _csv(found: Sequence[Estimate]) -> str:
    return csv_text(HEADINGS, map(_cells, found))


def _table(found: Sequence[Estimate]) -> str:
    """For people: the interval in the indicator's own digits, counts of registers as a/b; notes
    stand once below the table, by number."""
    notes = list(dict.fromkeys(said for one in found if (said := str(_cells(one)[-1]))))
    lines = [("", "", "", "95 %", "n", "", "", ""), *(_line(one, notes) for one in found)]
    below = [f"({at}) {note}" for at, note in enumerate(notes, start=1)]
    return "\n".join([aligned(lines, lambda at: 2 <= at <= 5), *below])


def _line(one: Estimate, notes: Sequence[str]) -> tuple[str, ...]:
    digits = CATALOGUE[one.indicator].decimals + 1
    ends = "" if one.interval is None else "{:.{d}f} – {:.{d}f}".format(*one.interval, d=digits)
    counted = "" if one.psus is not None or one.numerator is None else f"{one.numerator:.0f}"
    below = f"/{one.denominator:.0f}" if counted and one.denominator is not None else ""
    return (
        f"{one.indicator}{' ' + one.variant if one.variant else ''}",
        "/".join(one.by.values()) or "=",
        "–" if one.value is None else f"{one.value:.{digits}f}",
        ends,
        str(one.n or ""),
        counted + below,
        one.method,
        f"({notes.index(said) + 1})" if (said := str(_cells(one)[-1])) else "",
    )


FORMATS: dict[str, Callable[[Sequence[Estimate]], str]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
}
