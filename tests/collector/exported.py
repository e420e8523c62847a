"""A commune's lake as `flask export-lake` writes it, for the tests that look into it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from flask import Flask

from analysis.national import lake


def export(app: Flask, root: Path) -> str:
    done = app.test_cli_runner().invoke(args=["export-lake", str(root), "--province", "01"])
    assert done.exit_code == 0, done.output
    return str(done.output)


def folder(root: Path) -> Path:
    return root / "province=01" / "commune=11668"


def stamps(root: Path) -> dict[str, int]:
    files = (file for file in root.rglob("*") if file.is_file())
    return {str(file.relative_to(root)): file.stat().st_mtime_ns for file in files}


def told(root: Path, code: str = "VET_F", year: int = 2026) -> dict[str, object]:
    frame = pd.read_parquet(folder(root) / lake.part(lake.RETURNS, year))
    row: dict[str, object] = frame[(frame["indicator"] == code) & (frame["variant"] == "")].iloc[0]
    return row
