"""`flask places show CODE`: what a code or a name of a commune meant, and what became of it."""

from __future__ import annotations

from datetime import date

import click

from analysis.places import Change, Extent, Place, places
from analysis.reports.dates import format_day
from collector.command_line import Commands

commands = Commands("places", help="Đơn vị hành chính theo thời gian. / Communes in time.")

_EXTENTS = {
    Extent.WHOLE: "toàn bộ / whole",
    Extent.PART: "một phần / part",
    Extent.UNKNOWN: "nguồn không ghi phần nào / extent not stated",
}


@commands.command("show")
@click.argument("code")
def show(code: str) -> None:
    """Every unit that had a code (five digits, with its zeros) or has a name."""
    known = places()
    found = known.of_code(code) or known.named(code)
    if not found:
        raise click.ClickException(
            f"Không có đơn vị nào mang mã hay tên {code}; mã có năm chữ số, kể cả số 0 ở đầu. / "
            f"No unit with the code or name {code}; a code has five digits, leading zeros included."
        )
    for unit in found:
        click.echo(_line(unit))
        for change in known.predecessors(unit):
            click.echo(f"  ← {_change(change.before, change)}")
        for change in known.successors(unit):
            click.echo(f"  → {_change(change.after, change)}")


def _line(unit: Place) -> str:
    province = f", {unit.province} {unit.province_name}" if unit.province else ""
    return f"{unit.code}  {unit.name}{province}  [{_day(unit.valid_from)} – {_day(unit.valid_to)}]"


def _change(other: Place, change: Change) -> str:
    return f"{other.code} {other.name}, {format_day(change.day)}, {_EXTENTS[change.extent]}"


def _day(day: date | None) -> str:
    return format_day(day) if day else "…"
