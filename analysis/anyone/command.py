"""`python -m analysis estimate FILE --mean Y --by G …`, and where the other commands hang."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from analysis.anyone.asked import KINDS
from analysis.anyone.estimate import estimate
from analysis.anyone.files import Layout, read_table
from analysis.anyone.rows import Row
from analysis.estimators.errors import Refused
from analysis.estimators.sample import LONELY_RULES
from analysis.national import command as national
from analysis.printing import aligned, csv_text
from analysis.sampling import command as sampling

HEADINGS = (
    "what",
    "by",
    "est",
    "se",
    "low",
    "high",
    "df",
    "deff",
    "n",
    "excluded",
    "psu",
    "method",
    "note",
)
_DIGITS = 6  # significant ones, in the table for people; JSON and CSV are in full


def main(arguments: Sequence[str]) -> int:
    """Run a command; 0, or 1 with the reason on the error output."""
    given = _parser().parse_args(arguments)
    try:
        text = given.run(given)
    except Refused as refused:
        sys.stderr.write(f"{refused.text.vi}\n{refused.text.en}\n")
        return 1
    sys.stdout.write(f"{text}\n")
    return 0


def _estimate(given: argparse.Namespace) -> str:
    asked = [f"{kind} {text}" for kind in KINDS for text in getattr(given, kind)]
    layout = Layout(
        given.weights,
        given.strata,
        given.psu,
        given.fpc,
        given.lonely,
        tuple(given.missing),
        given.ssu,
        given.fpc2,
    )
    rows = estimate(
        read_table(given.file), layout, asked, [one.split(",") for one in given.by], given.level
    )
    return FORMATS[given.format](rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("estimate", help="estimates of a survey file, design-based")
    one.add_argument("file", help=".csv, .parquet, .sav or .dta")
    for name, words in (
        ("weights", "column of weights (default: 1)"),
        ("strata", "column of strata (default: one stratum)"),
        ("psu", "column of sampling units (default: each row)"),
        ("fpc", "column with the stratum's population of sampling units"),
        ("ssu", "column of units drawn within the sampling unit (two stages)"),
        ("fpc2", "column with the sampling unit's number of those units"),
    ):
        one.add_argument(f"--{name}", metavar="COLUMN", help=words)
    one.add_argument("--mean", metavar="Y", action="append", default=[])
    one.add_argument("--total", metavar="Y", action="append", default=[])
    one.add_argument("--proportion", metavar="Y", action="append", default=[], help="Y is 0 or 1")
    one.add_argument("--ratio", metavar="Y/X|Y:G=A/B", action="append", default=[])
    one.add_argument("--quantile", metavar="Y@P", action="append", default=[])
    one.add_argument("--by", metavar="G[,G]", action="append", default=[])
    one.add_argument("--lonely", choices=LONELY_RULES, default="fail")
    one.add_argument("--missing", type=float, nargs="*", default=[], help="codes of no answer")
    one.add_argument("--level", type=float, default=0.95)
    one.add_argument("--format", choices=sorted(FORMATS), default="table")
    one.set_defaults(run=_estimate)
    national.add(commands)
    sampling.add(commands)
    return parser


def _json(rows: Sequence[Row]) -> str:
    return json.dumps([row.plain() for row in rows], ensure_ascii=False, indent=1)


def _cells(row: Row) -> list[object]:
    low, high = row.ci or (None, None)
    by = " ".join(f"{name}={value}" for name, value in row.by.items())
    return [
        row.what, by, row.est, row.se, low, high, row.df, row.deff, row.n, row.excluded, row.psu,
        row.method, row.note,
    ]  # fmt: skip


def _csv(rows: Sequence[Row]) -> str:
    return csv_text(HEADINGS, map(_cells, rows))


def _table(rows: Sequence[Row]) -> str:
    """Notes stand once below the table, by number."""
    notes = list(dict.fromkeys(row.note for row in rows if row.note))
    lines = [list(HEADINGS)]
    for row in rows:
        *cells, note = _cells(row)
        lines.append([*map(_short, cells), f"({notes.index(row.note) + 1})" if note else ""])
    below = [f"({at}) {note}" for at, note in enumerate(notes, start=1)]
    return "\n".join([aligned(lines, lambda at: 2 <= at < len(HEADINGS) - 2), *below])


def _short(cell: object) -> str:
    if cell is None:
        return "–"
    return f"{cell:.{_DIGITS}g}" if isinstance(cell, float) else str(cell)


FORMATS: dict[str, Callable[[Sequence[Row]], str]] = {"table": _table, "json": _json, "csv": _csv}
