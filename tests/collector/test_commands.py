"""`flask …`: forms, users, territory."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import world
from databases import settings
from flask import Flask
from flask.testing import FlaskCliRunner

from collector import create_app
from collector.database import db
from collector.models import Role
from collector.store import accounts, territory


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def forms_run(tmp_path: Path) -> FlaskCliRunner:
    """Commands on a copy of the published forms."""
    folder = tmp_path / "published"
    shutil.copytree(world.ROOT / "forms" / "published", folder)
    app = create_app(settings("sqlite://", tmp_path, forms_folder=folder))
    return app.test_cli_runner()


def test_forms_are_listed_exported_and_published_again(
    forms_run: FlaskCliRunner, tmp_path: Path
) -> None:
    listed = forms_run.invoke(args=["forms", "list"])
    assert "household\t2026.3\t" in listed.output
    out = tmp_path / "births.xlsx"
    done = forms_run.invoke(args=["forms", "export", "births", "--xlsx", "--out", str(out)])
    assert done.exit_code == 0 and out.read_bytes()[:2] == b"PK"
    again = forms_run.invoke(args=["forms", "publish", str(out)])
    assert again.exit_code == 1 and "2026.1" in again.output
    text = tmp_path / "births.md"
    forms_run.invoke(args=["forms", "export", "births", "--out", str(text)])
    text.write_text(text.read_text(encoding="utf-8").replace("2026.1", "2026.2"), encoding="utf-8")
    new = forms_run.invoke(args=["forms", "publish", str(text)])
    assert new.exit_code == 0 and "births 2026.2" in new.output
    assert (tmp_path / "published" / "births" / "2026.2.json").exists()


def test_a_faulty_form_is_refused_with_sheet_and_row(
    forms_run: FlaskCliRunner, tmp_path: Path
) -> None:
    source = world.ROOT / "forms" / "published" / "births" / "2026.1.md"
    broken = source.read_text(encoding="utf-8").replace("2026.1", "2026.2")
    broken = broken.replace("| integer |", "| inetger |", 1)
    file = tmp_path / "broken.md"
    file.write_text(broken, encoding="utf-8")
    done = forms_run.invoke(args=["forms", "publish", str(file)])
    assert done.exit_code == 1
    assert "survey, dòng" in done.output and "survey, row" in done.output
    assert not (tmp_path / "published" / "births" / "2026.2.json").exists()


def test_a_list_that_lies_nowhere_is_refused_at_its_row(
    forms_run: FlaskCliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "listed.md"
    lines = [
        "| survey |",
        "| | type | name | label::Tiếng Việt (vi) |",
        "| | select_one_from_file villages.csv | village | Thôn |",
        "| | select_one_from_file schools.csv | school | Trường |",
        "| settings |",
        "| | form_title | form_id | version |",
        "| | Thử | listed | 1 |",
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = forms_run.invoke(args=["forms", "publish", str(file)])
    assert done.exit_code == 1
    assert "survey, dòng 3, cột type: Không thấy tệp “schools.csv”" in done.output
    file.write_text("\n".join(line for line in lines if "schools" not in line), encoding="utf-8")
    assert forms_run.invoke(args=["forms", "publish", str(file)]).exit_code == 0


def test_an_unknown_form_is_told(forms_run: FlaskCliRunner) -> None:
    assert forms_run.invoke(args=["forms", "export", "nothing"]).exit_code == 1


def test_units(app: Flask, run: FlaskCliRunner) -> None:
    made = run.invoke(args=["units", "put", "truong-1", "--kind", "school", "--name", "Trường Một"])
    assert made.exit_code == 0, made.output
    wrong = ["units", "put", "hai từ", "--kind", "school", "--name", "Trường Hai"]
    assert run.invoke(args=wrong).exit_code == 1
    password = ["--password", "mat-khau-dai-2026"]
    added = ["users", "add", "truong1", "--role", "unit", "--unit", "truong-1", *password]
    assert run.invoke(args=added).exit_code == 0
    assert "truong1\tunit\ttruong-1" in run.invoke(args=["users", "list"]).output
    run.invoke(args=["units", "put", "truong-1", "--kind", "school", "--name", "Một", "--off"])
    assert "truong-1\tschool\tMột\tkhóa/off" in run.invoke(args=["units", "list"]).output


def test_accounts(app: Flask, run: FlaskCliRunner) -> None:
    password = ["--password", "mat-khau-dai-2026"]
    made = run.invoke(
        args=["users", "add", "Moi", "--role", "collector", "--village", "AK02", *password]
    )
    assert made.exit_code == 0, made.output
    assert run.invoke(args=["users", "add", "moi", "--role", "officer", *password]).exit_code == 1
    lost = run.invoke(args=["users", "add", "z", "--role", "unit", *password])
    assert lost.exit_code == 1 and "đơn vị" in lost.output
    assert run.invoke(args=["users", "add", "x", "--role", "collector", *password]).exit_code == 1
    short = run.invoke(args=["users", "add", "y", "--role", "officer", "--password", "ngắn"])
    assert short.exit_code == 1 and "cần có từ 10 đến 128 ký tự." in short.output
    assert "A password has 10 to 128 characters." in short.output
    assert "moi\tcollector\tAK02" in run.invoke(args=["users", "list"]).output
    with app.app_context():
        found = accounts.password_matches(db.session(), "moi", "mat-khau-dai-2026")
        assert found is not None and found.role is Role.COLLECTOR
    assert run.invoke(args=["users", "disable", "moi"]).exit_code == 0
    with app.app_context():
        assert accounts.password_matches(db.session(), "moi", "mat-khau-dai-2026") is None
    run.invoke(args=["users", "enable", "moi"])
    changed = run.invoke(args=["users", "password", "moi", "--password", "mat-khau-khac-2026"])
    assert changed.exit_code == 0
    with app.app_context():
        assert accounts.password_matches(db.session(), "moi", "mat-khau-khac-2026") is not None
    assert run.invoke(args=["users", "disable", "ai-do"]).exit_code == 1


def test_the_register(app: Flask, run: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("village,village_name,household\nAK09,Thôn Chín,AK09-001\n", encoding="utf-8")
    done = run.invoke(args=["territory", "load", str(file)])
    assert done.exit_code == 0 and "1 thôn" in done.output
    with app.app_context():
        (row,) = territory.households(db.session(), "AK09")
        assert 0 <= row.seed_f < 720720 and 0 <= row.seed_m < 720720
    file.write_text("village,village_name,household\nAK09,,AK09-002\n", encoding="utf-8")
    refused = run.invoke(args=["territory", "load", str(file)])
    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        "dòng 2, cột village_name: cần có từ 1 đến 128 ký tự.",
        "  row 2, column village_name: 1 to 128 characters are due.",
    ]
    file.write_bytes("village,village_name,household\nA,Thôn Chín,h".encode("utf-16"))
    assert run.invoke(args=["territory", "load", str(file)]).exit_code == 1


def test_plans_are_listed_with_what_is_open(run: FlaskCliRunner) -> None:
    listed = run.invoke(args=["plans", "list", "--targets"])
    assert listed.exit_code == 0, listed.output
    assert "binh-lu-2026-2030\t03390\txã Bình Lư\t2026-2030\t21 chỉ tiêu" in listed.output
    assert "AK-4.1\tSRB\ttính theo nhiều cách đọc" in listed.output
    assert sum(line.startswith("  ") for line in listed.output.splitlines()) == 61


def test_a_plan_file_is_checked_and_all_its_faults_told(
    forms_run: FlaskCliRunner, tmp_path: Path
) -> None:
    """Without a database, too: then only the built-in indicators are known."""
    source = world.ROOT / "analysis" / "plans" / "ngok-bay-2025.toml"
    document = world.ROOT / "tests" / "analysis" / "data" / "plans" / "ngok-bay-2025.txt"
    good = forms_run.invoke(args=["plans", "check", str(source), "--document", str(document)])
    assert good.exit_code == 0, good.output
    assert "ngok-bay-2025: không có lỗi / no faults" in good.output
    text = source.read_text(encoding="utf-8")
    broken = text.replace('kinds = ["police"]', 'kinds = ["army"]', 1)
    broken = broken.replace('forms = ["news"]', 'forms = ["radio"]', 1)
    broken = broken.replace("last_year = 2025", "last_year = 2024")
    file = tmp_path / source.name
    file.write_text(broken, encoding="utf-8")
    bad = forms_run.invoke(args=["plans", "check", str(file)])
    assert bad.exit_code == 1
    for part in ("không có loại đơn vị army", "no unit kind army", "radio", "after last_year"):
        assert part in bad.output
    other = document.with_name("luu-kiem-2026.txt")
    wrong = forms_run.invoke(args=["plans", "check", str(source), "--document", str(other)])
    assert wrong.exit_code == 1
    assert "không có trong văn bản" in wrong.output
