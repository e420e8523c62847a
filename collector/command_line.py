"""What every `flask …` command has: one line where a stack trace would help nobody.

A database that is not there yet, a folder that cannot be written, a file that is gone: whoever
types a command is told what was met and what to do, and the command ends with status 1.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale, gettext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from collector.database import db
from collector.problems import Problem

NO_TABLE = ("no such table", "no such column")  # SQLite's words, which have no code of their own
NO_TABLE_STATES = ("42P01", "42703")  # PostgreSQL: undefined table, undefined column
_MET = {
    errno.ENOENT: "không có tệp hay thư mục này / no such file or folder",
    errno.EACCES: "không có quyền đọc hay ghi / no permission to read or write",
    errno.EPERM: "không có quyền đọc hay ghi / no permission to read or write",
    errno.EROFS: "ổ đĩa chỉ cho đọc / the disk is read-only",
    errno.ENOTDIR: "có một tệp ở chỗ cần thư mục / a file stands where a folder is due",
    errno.EEXIST: "có một tệp ở chỗ cần thư mục / a file stands where a folder is due",
    errno.EISDIR: "đây là thư mục, cần một tệp / this is a folder, a file is due",
    errno.ENOSPC: "đĩa đã đầy / the disk is full",
}


class Commands(AppGroup):
    """A group whose commands run under `told`, within the application's context."""

    def command(self, *args: Any, **kwargs: Any) -> Any:
        add = super().command(*args, **kwargs)
        return lambda function: add(told()(function))


class Existing(click.Path):
    """A file that is there; says so in both languages where it is not."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        path = Path(value)
        if not path.exists():
            self.fail(f"{path}: {_MET[errno.ENOENT]}", param, ctx)
        if path.is_dir():
            self.fail(f"{path}: {_MET[errno.EISDIR]}", param, ctx)
        return super().convert(value, param, ctx)


EXISTING = Existing()


@contextmanager
def told() -> Iterator[None]:
    """Turn what a command can meet outside itself into click's one line and status 1."""
    try:
        yield
    except Problem as problem:
        said = in_both(problem.kind.message, **problem.details)
        raise click.ClickException("\n".join(said)) from None
    except (DBAPIError, PoolTimeout) as error:
        raise click.ClickException(database_met(error)) from None
    except OSError as error:
        if error.errno == errno.EPIPE:  # `| head`: click ends quietly
            raise
        raise click.ClickException(file_met(error)) from None


def in_both(message: str, **values: object) -> tuple[str, str]:
    """A message of the catalogue in Vietnamese and English: who types a command chose neither."""
    with force_locale("vi"):
        vi = gettext(message, **values)
    with force_locale("en"):
        return vi, gettext(message, **values)


def database_met(error: DBAPIError | PoolTimeout) -> str:
    """What is wrong with the database; never the driver's text, which may quote an answer."""
    where = db.engine.url.render_as_string(hide_password=True)
    original = getattr(error, "orig", None) or error
    if _no_table(original):
        return (
            f"Cơ sở dữ liệu {where} chưa có bảng của bản này. Kiểm tra DATA_FOLDER (hoặc "
            "DATABASE_URL), rồi chạy: flask db upgrade\n"
            f"The database {where} has no tables of this version. Check DATA_FOLDER (or "
            "DATABASE_URL), then run: flask db upgrade"
        )
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    name = f"{type(original).__name__} {code or ''}".strip()
    return (
        f"Không dùng được cơ sở dữ liệu {where} ({name}). Kiểm tra DATA_FOLDER (hoặc "
        "DATABASE_URL), quyền ghi ở đó, và máy chủ cơ sở dữ liệu có chạy không.\n"
        f"The database {where} cannot be used ({name}). Check DATA_FOLDER (or DATABASE_URL), the "
        "permission to write there, and whether the database server runs."
    )


def _no_table(original: BaseException) -> bool:
    return getattr(original, "sqlstate", None) in NO_TABLE_STATES or any(
        words in str(original) for words in NO_TABLE
    )


def file_met(error: OSError) -> str:
    """What is wrong with a file or folder, with its path."""
    said = _MET.get(error.errno or 0) or error.strerror or str(error)
    return f"{error.filename}: {said}" if error.filename else said
