"""Each part of the phone app has its words when it is shown: none waits for what comes later."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "collector" / "phone" / "src"
IMPORT = re.compile(r'^(?:import|export)\s(?!type\b)[^;]*?from "(\.[^"]+)";', re.MULTILINE)
KEY = re.compile(r"^  (\w+): \[", re.MULTILINE)
CATALOGUES = {name: SOURCE / "text" / f"{name}.ts" for name in ("door", "catalogue", "later")}


def needed(*names: str) -> set[Path]:
    """The files that these need at once, themselves among them."""
    found: set[Path] = set()
    waiting = [SOURCE / name for name in names]
    while waiting:
        path = waiting.pop().resolve()
        if path not in found:
            found.add(path)
            waiting += [path.parent / name for name in IMPORT.findall(path.read_text("utf-8"))]
    return found - {path.resolve() for path in CATALOGUES.values()}


def words(name: str) -> set[str]:
    """The keys of a catalogue."""
    return set(KEY.findall(CATALOGUES[name].read_text("utf-8")))


@pytest.mark.parametrize(
    ("entry", "said", "later"),
    [
        ("main.tsx", r'\bt\((?:\w+ \? "\w+" : )?"(\w+)"', ("catalogue", "later")),
        ("inside.tsx", r'"(\w+)"', ("later",)),  # keys stand in tables there
    ],
)
def test_no_part_says_what_comes_later(entry: str, said: str, later: tuple[str, ...]) -> None:
    files = needed(entry)
    assert len(files) > 15, "the imports are no longer read"
    found = set(re.findall(said, "".join(path.read_text("utf-8") for path in files)))
    assert len(found) > 10, "the words are no longer read"
    assert not found & {key for name in later for key in words(name)}
