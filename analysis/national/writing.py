"""A commune's folder of the lake, written again only where it changed.

`manifest.json` in the folder says for each part (table and year) what it was made from (`source`)
and its content (`sha256`). Files and manifest are replaced whole, the manifest last: whoever is
interrupted writes again what the manifest does not vouch for. The folder is its owner's alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.national import lake

MANIFEST = "manifest.json"
LAYOUT = 1


@dataclass(slots=True)
class Written:
    """What an export did: parts as table/year=…."""

    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that are made together: `source` tells whether anything they rest on has changed;
    `frames` gives table -> rows, and is called only where it has."""

    year: int
    tables: tuple[str, ...]
    source: str
    frames: Callable[[], dict[str, pd.DataFrame]]


def write(
    folder: Path, groups: Iterable[Group], about: dict[str, Any], tell: Callable[[str, str], None]
) -> Written:
    """Bring a commune's folder up to date. `about`: what the manifest says beside the parts.

    `tell(part, what)` is called for each part as it is "written", "kept" or "removed". Raises
    OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    known = _manifest(folder)
    done, parts = Written(), {}
    lists = {"written": done.written, "kept": done.kept, "removed": done.removed}

    def note(name: str, what: str) -> None:
        lists[what].append(name)
        tell(name, what)

    for group in groups:
        names = {table: lake.part(table, group.year) for table in group.tables}
        old = {name: known.get(name, {}) for name in names.values()}
        if all(_same(folder, name, old[name], group.source) for name in names.values()):
            for name in names.values():
                parts[name] = old[name]
                note(name, "kept")
            continue
        frames = group.frames()
        for table, name in names.items():
            content = encoded(frames[table])
            digest = hashlib.sha256(content).hexdigest()
            same = old[name].get("sha256") == digest and (folder / name).is_file()
            if not same:
                _replace(folder / name, content)
            parts[name] = {"source": group.source, "sha256": digest, "rows": len(frames[table])}
            note(name, "kept" if same else "written")
    for name in sorted(set(known) - set(parts)):
        (folder / name).unlink(missing_ok=True)
        note(name, "removed")
    manifest = {"layout": LAYOUT, **about, "parts": dict(sorted(parts.items()))}
    text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    if not (folder / MANIFEST).is_file() or (folder / MANIFEST).read_bytes() != text:
        _replace(folder / MANIFEST, text)
    return done


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a commune's folder; empty where there is none that can be read."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("layout") == LAYOUT else {}


def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    return dict(read_manifest(folder).get("parts", {}))


def _same(folder: Path, name: str, old: dict[str, Any], source: str) -> bool:
    return old.get("source") == source and (folder / name).is_file()


def encoded(frame: pd.DataFrame) -> bytes:
    """Rows as a Parquet file: the same rows are the same bytes."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _replace(target: Path, content: bytes) -> None:
    """Write beside, then put in place: a reader sees the old file or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
