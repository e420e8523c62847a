"""Lists of ethnic groups are not mixed; a commune is looked up by its code or name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import world
from databases import settings
from flask.testing import FlaskCliRunner

from analysis.ethnic import MixedLists, lists
from collector import create_app, ethnicity
from forms.compile import compile_form
from forms.library import Form

NEW = lists()["ethnic-2008"].codes


@pytest.fixture
def run(tmp_path: Path) -> FlaskCliRunner:
    """Commands on a copy of the published forms."""
    folder = tmp_path / "published"
    shutil.copytree(world.ROOT / "forms" / "published", folder)
    app = create_app(settings("sqlite://", tmp_path, forms_folder=folder))
    return app.test_cli_runner()


def renumbered(tmp_path: Path) -> Path:
    """A new version of the births form whose groups are numbered as in the list of 2008."""
    text = (world.ROOT / "forms/published/births/2026.1.md").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if not re.match(r"\|\s*\| ethnic_1979 \|", row)]
    at = next(n for n, row in enumerate(rows) if "list_name" in row) + 1
    at += "---" in rows[at]
    groups = [f"| | ethnic_1979 | {code} | {name} | {name} |" for code, name in NEW.items()]
    file = tmp_path / "births.md"
    whole = "\n".join([*rows[:at], *groups, *rows[at:], ""])
    file.write_text(whole.replace("2026.1", "2026.9"), encoding="utf-8")
    return file


def test_every_published_form_follows_the_list_of_1979() -> None:
    assert ethnicity.list_used(world.library()) == "ethnic-1979"
    assert ethnicity.list_of(world.form("household")) == "ethnic-1979"
    assert ethnicity.list_of(world.form("births_month")) == ""


def test_a_form_with_the_other_list_is_not_published(run: FlaskCliRunner, tmp_path: Path) -> None:
    done = run.invoke(args=["forms", "publish", str(renumbered(tmp_path))])
    assert done.exit_code == 1
    assert "ethnic-1979" in done.output and "ethnic-2008" in done.output
    assert not (tmp_path / "published" / "births" / "2026.9.json").exists()


def test_forms_of_two_lists_are_not_counted_together(tmp_path: Path) -> None:
    compiled = compile_form(renumbered(tmp_path).read_bytes(), "births.md")
    other = Form(compiled.model, compiled.model_json, compiled.xform)
    with pytest.raises(MixedLists, match="household"):
        ethnicity.list_used([world.form("household"), other])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("23305", "→ 23302 Phường Đăk Bla"),
        ("23302", "← 23305 Phường Nguyễn Trãi"),
        ("03390", "Thị trấn Tam Đường"),
        ("bình lư", "03412  Xã Bình Lư"),
        ("11668", "11662 Xã Thái Sơn, 01/07/2025, một phần / part"),
    ],
)
def test_a_unit_is_looked_up_by_code_or_name(run: FlaskCliRunner, asked: str, says: str) -> None:
    done = run.invoke(args=["places", "show", asked])
    assert done.exit_code == 0
    assert says in done.output


def test_an_unknown_code_says_what_a_code_is(run: FlaskCliRunner) -> None:
    done = run.invoke(args=["places", "show", "3390"])
    assert done.exit_code == 1
    assert "năm chữ số" in done.output
