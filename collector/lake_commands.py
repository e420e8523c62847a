"""`flask export-lake DIR`: the commune's data for a province's or the country's figures."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from collector import database, lake
from collector.command_line import told
from collector.service import service
from collector.store.submissions import any_invented

WARNING = (
    "Dữ liệu từng người (không tên, không mã hộ): chỉ giao cho cơ quan thống kê được phép nhận. / "
    "Data of persons (no names, no household codes): for the authorised statistical office only."
)


@click.command("export-lake")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--province", help="Mã tỉnh, hai chữ số. / The province's code, two digits.")
@with_appcontext
@told()
def export_lake(folder: Path, province: str | None) -> None:
    """Write the commune's Parquet files under DIR; what did not change is left alone."""
    held = service()
    commune = held.settings.commune_code
    code = province or lake.province_of(commune)
    if not (code.isascii() and code.isdigit() and len(code) == 2):
        raise click.ClickException(
            f"Chưa biết tỉnh của xã {commune}: thêm --province với mã hai chữ số. / "
            f"The province of commune {commune} is not known: add --province, two digits."
        )
    click.echo(WARNING, err=True)
    done = lake.export(
        database.session(),
        held.library,
        folder,
        code,
        commune,
        held.settings.demonstration or any_invented(database.session()),
        lambda part, what: click.echo(f"{_WORDS[what]}\t{part}"),
    )
    click.echo(
        f"{len(done.written)} phần ghi / written, {len(done.kept)} giữ nguyên / kept, "
        f"{len(done.removed)} bỏ / removed"
    )


_WORDS = {"written": "ghi/written", "kept": "giữ/kept", "removed": "bỏ/removed"}
