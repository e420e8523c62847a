"""`flask sealed …`: for whoever holds the private key, on a machine that is not the server.

The only place that can open a box; PyNaCl is used nowhere else.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from collector import database, discretion, duties, opened, tally
from collector.command_line import Commands
from collector.opened import Faulty
from collector.service import service
from collector.store import sealed
from forms.library import Form

group = Commands(
    "sealed",
    help="Phiếu riêng: tạo khóa, đếm, xóa. / The private form: make keys, count, delete.",
)
KEEP_MONTHS = 12
_HIDDEN = "< 10 *"


@group.command("keygen")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def keygen(out: Path) -> None:
    """Make a key pair: the private key goes to --out, the public one to the data folder."""
    folder = service().settings.data_folder.resolve()
    public = folder / discretion.KEY_FILE
    if out.resolve().is_relative_to(folder):
        raise click.ClickException(_INSIDE.format(folder=folder))
    if public.exists():
        raise click.ClickException(_THERE.format(path=public))
    key = PrivateKey.generate()
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"{out}: đã có tệp này / the file exists") from None
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(bytes(key)) + b"\n")
    folder.mkdir(parents=True, exist_ok=True)
    text = base64.b64encode(bytes(key.public_key)).decode()
    public.write_text(text + "\n", encoding="ascii")
    click.echo(_KEEP.format(out=out.resolve(), public=public, text=text))


@group.command("count")
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="Tệp khóa riêng. / File of the private key.",
)  # fmt: skip
def count(key: Path) -> None:
    """Count by question and answer, all villages together, nothing below 10."""
    form = _newest()
    good, faulty = _opened(_key(key))
    click.echo(f"Mở được / opened: {_told(len(good))}. Hỏng / faulty: {len(faulty)}.")
    for one in faulty:
        click.echo(f"  {one.name}: {one.reason}", err=True)
    questions = opened.questions(form)
    counted = tally.tally([question.asked for question in questions], good)
    if not counted:
        click.echo(_TOO_FEW)
        return
    words = {question.asked.name: question for question in questions}
    for result in counted:
        said = words[result.name]
        asked = _HIDDEN if result.asked is None else str(result.asked)
        click.echo(f"\n{result.name}  {said.label}  (được hỏi / asked: {asked})")
        for code, number in result.cells.items():
            click.echo(f"  {_HIDDEN if number is None else number:>6}  {said.choices[code]}")
    click.echo(_EXPLAINED)


@group.command("forget")
@click.option("--months", type=click.IntRange(1), default=KEEP_MONTHS, show_default=True)
def forget(months: int) -> None:
    """Delete boxes older than so many months."""
    session = database.session()
    before = sealed.week_of(duties.today() - timedelta(days=round(months * 30.44)))
    gone = sealed.forget(session, before)
    session.commit()
    click.echo(f"Đã xóa phiếu trước tuần {before} / deleted before that week: {_told(gone)}")


def _told(number: int) -> str:
    return str(number) if number >= sealed.SMALLEST or number == 0 else "< 10"


def _key(path: Path) -> PrivateKey:
    try:
        return PrivateKey(base64.b64decode(path.read_bytes().strip(), validate=True))
    except Exception:  # nacl raises its own, base64 another; neither may print the file
        raise click.ClickException(
            f"{path}: không phải tệp khóa của `flask sealed keygen` / not a key file made by it"
        ) from None


def _newest() -> Form:
    versions = service().library.versions(discretion.FORM)
    if not versions:
        raise click.ClickException(f"Không có biểu mẫu / no form: {discretion.FORM}")
    return versions[-1]


def _opened(key: PrivateKey) -> tuple[list[tally.Answer], list[Faulty]]:
    """The answers of every box that opens and keeps the form's rules, and the others by name."""
    good: list[tally.Answer] = []
    faulty: list[Faulty] = []
    for name, version, plain in _plain(SealedBox(key)):
        try:
            good.append(opened.read(service().library, version, plain))
        except ValueError as error:
            faulty.append(Faulty(name, str(error)))
    return good, faulty


def _plain(box: SealedBox[PrivateKey]) -> Iterator[tuple[str, str, bytes | None]]:
    for row in sealed.boxes(database.session(), duties.today()):
        try:
            text: bytes | None = box.decrypt(row.box)
        except CryptoError:
            text = None
        yield row.digest.hex()[:12], row.version, text


_INSIDE = (
    "--out nằm trong {folder}: khóa riêng không được để trên máy chủ. Chọn một USB hoặc máy khác.\n"
    "--out is inside {folder}: the private key must not stay on the server. Choose a USB stick."
)
_THERE = (
    "{path} đã có. Khóa mới không mở được phiếu cũ: đếm xong, dời tệp này đi rồi mới tạo khóa.\n"
    "{path} exists. A new key cannot open old boxes: count first, move the file away, then go on."
)
_KEEP = """Khóa riêng / private key: {out}
  Cất ngoài máy chủ (hai bản, hai nơi có khóa), chỉ người đếm giữ. Mất khóa là mất mọi câu
  trả lời.
  Keep it off the server (two copies, two locked places), with the person who counts. Without it no
  answer can ever be read.
Khóa công khai / public key: {public}
  SEALED_KEY={text}"""
_TOO_FEW = (
    "Chưa đủ 10 phiếu trong các tuần đã qua: không có số nào. / Fewer than 10 in finished weeks: "
    "there is no count."
)
_EXPLAINED = (
    "\n* dưới 10, hoặc giấu vì từ đó suy ra được một số dưới 10. Chỉ tính các tuần đã qua; không "
    "có số theo thôn.\n* below 10, or hidden because a number below 10 would follow from it. "
    "Finished weeks only; never by village."
)
