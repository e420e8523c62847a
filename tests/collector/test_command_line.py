"""Commands that meet a missing database, folder, file or port: one line, status 1, no trace."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import world
from databases import settings
from flask import Flask
from flask.testing import FlaskCliRunner

from collector import create_app, start
from collector.database import db
from collector.duty_words import period_words
from collector.models import Channel, State, Submission
from collector.settings import Settings, SettingsRefused
from collector.store import submissions

NOBODY = "postgresql://u:geheim@127.0.0.1:1/none"
COMMANDS = (
    ["users", "list"],
    ["units", "list"],
    ["plans", "list"],
    ["reminders", "send", "--dry-run"],
    ["report", "an-khanh-2026-2030", "--period", "2026", "--out", "report.docx"],
    ["export-lake", "lake"],
)


def a_birth(invented: bool) -> Submission:
    """A submission of which only the mark is looked at."""
    return Submission(
        form="births", version="2026.1", instance_id=f"uuid:{invented}", digest=b"1" * 32,
        xml=submissions.pack(b"<data/>"), answers="{}", faults="[]", flags="[]",
        state=State.EXCLUDED.value, channel=Channel.PHONE.value, account_id=1, year=2026,
        received_at=datetime(2026, 5, 1, tzinfo=UTC), demonstration=invented,
    )  # fmt: skip


def bare(tmp_path: Path, url: str = "") -> FlaskCliRunner:
    """Commands of a service whose database was never made."""
    return create_app(settings(url, tmp_path)).test_cli_runner()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_without_tables_each_command_says_what_to_run(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = bare(tmp_path / "data").invoke(args=command)
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
    assert "flask db upgrade" in done.output and "chưa có bảng" in done.output
    assert not list(tmp_path.glob("report*")) and not list(tmp_path.glob("lake*"))


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    done = bare(tmp_path, NOBODY).invoke(args=["users", "list"])
    assert done.exit_code == 1 and "127.0.0.1:1/none" in done.output
    assert "Không dùng được cơ sở dữ liệu" in done.output and "geheim" not in done.output


def test_a_folder_that_is_not_there_is_named(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    out = tmp_path / "nowhere" / "report.csv"
    plan = ["report", "an-khanh-2026-2030", "--period", "2026", "--out", str(out)]
    for command in (plan, ["forms", "export", "births", "--out", str(out)]):
        done = run.invoke(args=command)
        assert done.exit_code == 1 and f"{out}: không có tệp hay thư mục" in done.output
    assert not out.parent.exists()


def test_invented_data_are_marked_also_without_the_setting(app: Flask, tmp_path: Path) -> None:
    """README's export and report are typed by hand, and DEMONSTRATION=1 is easily forgotten."""
    run, seen = app.test_cli_runner(), {}
    for invented in (False, True):
        with app.app_context():
            db.session.add(a_birth(invented))
            db.session.commit()
        out, lake = tmp_path / f"{invented}.csv", tmp_path / f"lake-{invented}"
        plan = ["report", "an-khanh-2026-2030", "--period", "2026", "--out", str(out)]
        assert run.invoke(args=plan).exit_code == 0
        assert run.invoke(args=["export-lake", str(lake)]).exit_code == 0
        (manifest,) = lake.rglob("manifest.json")
        told = json.loads(manifest.read_text())["demonstration"]
        seen[invented] = ("giả định" in out.read_text(encoding="utf-8-sig").lower(), told)
    assert seen == {False: (False, False), True: (True, True)}


def test_an_input_file_that_is_not_there_is_named(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    for command in (["forms", "publish"], ["plans", "check"], ["territory", "load"]):
        for path, said in ((tmp_path / "none.csv", "không có tệp"), (tmp_path, "đây là thư mục")):
            done = run.invoke(args=[*command, str(path)])
            assert done.exit_code == 2 and f"{path}: {said}" in done.output


def test_the_service_says_in_words_why_it_does_not_start(tmp_path: Path) -> None:
    given = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(tmp_path), "COMMUNE_CODE": "12"}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        capture_output=True, text=True, cwd=world.ROOT, env=given, check=False,
    )  # fmt: skip
    assert done.returncode == 3 and "Traceback" not in done.stderr
    assert "COMMUNE_CODE='12'" in done.stderr and "5 digits" in done.stderr


@pytest.mark.parametrize("url", ["nonsense", "mysql://root:geheim@host/name"])
def test_an_address_of_no_database_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment({"SECRET_KEY": world.SECRET, "DATABASE_URL": url})
    assert "DATABASE_URL" in str(refused.value) and "geheim" not in str(refused.value)


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsRefused, match="quyền ghi"):
        create_app(settings(f"sqlite:///{tmp_path}/file/data/so-thon.sqlite", tmp_path))
    given = {"DATA_FOLDER": str(tmp_path / "file")}
    with pytest.raises(SettingsRefused, match="DATA_FOLDER"):
        Settings.from_environment(given)


@pytest.fixture
def taken() -> Iterator[str]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def test_a_taken_port_is_told_before_anything_is_made(
    taken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever answers there would be sent the demonstration."""
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "data"))
    for port in (taken, "abc", "70000", "0"):
        monkeypatch.setenv("PORT", port)
        assert start.main() == 1
        said = capsys.readouterr().err
        assert port in said and "make run PORT=" in said
    assert not (tmp_path / "data").exists()


def test_a_period_of_one_day_is_written_as_a_day(app: Flask) -> None:
    with app.test_request_context():
        assert period_words("2026-11-05") == "05/11/2026"
        assert period_words("2026-05") == "tháng 5/2026"
        assert period_words("2026-02-31") == "2026-02-31"  # answered so, and no day
