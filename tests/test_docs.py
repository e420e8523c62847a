"""The documents tell the truth: every setting stands in the README, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from collector import create_app
from collector.settings import SETTINGS, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    path
    for pattern in ("*.md", "docs/**/*.md", "benchmarks/*.md", "tests/**/README.md")
    for path in ROOT.glob(pattern)
    if "node_modules" not in path.parts
]


def settings_table() -> str:
    """The README's table of settings, made from the settings themselves."""
    rows = ["| tên / name | mặc định / default | |", "|---|---|---|"]
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else ""
        rows.append(f"| `{setting.name}` | {default} | {setting.help.vi}<br>*{setting.help.en}* |")
    return "\n".join(rows)


def test_every_setting_stands_in_the_readme() -> None:
    assert settings_table() in README, (
        "README.md has another table of settings; this is the right one:\n\n" + settings_table()
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_named_files_exist(document: Path) -> None:
    """`folder/file` in backticks and [links](to/files) lead to something."""
    text = document.read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!http|#)([^)#]+)", text)
    named = re.findall(
        r"`((?:analysis|forms|collector|tests|docs|benchmarks|migrations)/[\w./-]+)`", text
    )
    missing = [
        name
        for name in (*linked, *named)
        if not (ROOT / name).exists()
        and not (document.parent / name).exists()
        and not name.startswith(("benchmarks/results", "collector/static/phone"))
    ]
    assert missing == []


def _typed(document: Path) -> list[list[str]]:
    """What stands behind `flask` wherever a document shows a command, word by word."""
    text = document.read_text(encoding="utf-8")
    shown = [*re.findall(r"```.*?```", text, re.DOTALL), *re.findall(r"`[^`\n]+`", text)]
    lines = re.findall(r"(?<![\w-])flask (?:--app \S+ )?([a-z][^\n`#;|]*)", "\n".join(shown))
    return [line.split() for line in lines]


def test_the_documents_name_commands_that_exist(tmp_path: Path) -> None:
    """Every `flask …` of the documents is one that flask knows, with each of its options."""
    settings = Settings(environment="testing", secret_key="x" * 40, data_folder=tmp_path)
    known = create_app(settings).cli.commands
    typed = [line for document in DOCUMENTS for line in _typed(document)]
    assert len(typed) > 20, "the documents show hardly a command"
    for line in typed:
        words = iter(line)
        command = known.get(next(words))
        assert command is not None, line
        if isinstance(command, click.Group) and len(line) > 1:
            command = command.commands.get(next(words))
            assert command is not None, line
        options = {
            name for param in command.params for name in (*param.opts, *param.secondary_opts)
        }
        assert {word for word in line if word.startswith("--")} <= options, line
