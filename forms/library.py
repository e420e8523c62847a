"""Every published form by (form, version): `<folder>/<form>/<version>.md`, `.xml`, `.json`.

The Markdown is the XLSForm; beside it stand the frozen results of its compilation, so that a new
pyxform never changes a form that people already fill. A published version is never overwritten.
The sounds and pictures of its labels and the lists that its author brought lie in
`<folder>/<form>/media/<digest>-<name>`: a version that keeps a recording keeps its file.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from forms import on_device
from forms.answers import Checker
from forms.compile import compile_form
from forms.infer import column_of
from forms.label_files import Beside, nothing
from forms.messages import Text
from forms.own_lists import Rows, rows_of
from forms.problems import AlreadyPublished
from forms.schema import Schema

Node = dict[str, Any]
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of answers: a leaf of the form."""

    name: str
    type: str  # integer | decimal | date | dateTime | time | select_one | select_multiple | text
    node: Node


class Form:
    """One published version, as frozen at its publication."""

    def __init__(self, model: dict[str, Any], json_bytes: bytes, xform: bytes) -> None:
        self.model, self.json, self.xform = model, json_bytes, xform
        self.id: str = model["form"]
        self.version: str = model["version"]
        self.title: Text = model["title"]
        self.about: dict[str, Any] = model.get("about", {})
        self.files: dict[str, str] = model.get("files", {})
        self.media: dict[str, str] = model.get("media", {})  # sounds and pictures: name -> digest
        self.own_lists: dict[str, str] = model.get("own_lists", {})  # the author's: name -> digest

    @property
    def kept(self) -> dict[str, str]:
        """Every file that was published with the form: name -> digest."""
        return {**self.media, **self.own_lists}

    def __repr__(self) -> str:
        return f"Form({self.id!r}, {self.version!r})"

    @cached_property
    def md5(self) -> str:
        """MD5 (hex) of the XForm's bytes: `<hash>md5:…` of the OpenRosa form list."""
        return hashlib.md5(self.xform, usedforsecurity=False).hexdigest()

    @cached_property
    def checker(self) -> Checker:
        """The form compiled for checking; made at the first check, some milliseconds."""
        return Checker(self.model)

    @cached_property
    def on_device(self) -> frozenset[str]:
        """The paths of the questions whose answers never leave the phone."""
        return on_device.paths(self.model)

    def tables(self) -> dict[str, list[Column]]:
        """Table name -> its columns: the form's id for the root, `id.repeat` for a repeat."""
        schema = Schema(self.model)
        return {
            table.name: [
                Column(node.name, column_of(node, schema), node.model)
                for node in table.nodes
                if node.leaf
                and node.kind != "note"
                and not node.path.startswith(meta)
                and not node.model.get("on_device")
            ]
            for table in schema.tables
            for meta in [f"{schema.root.path}/meta/"]
        }


class Library:
    """The published forms of a folder; `publish` adds to it.

    A version is read once. What another process publishes is seen when forms are listed, and when
    a version is asked for that is not known yet: a running service needs no restart.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._forms: dict[str, dict[str, Form]] = {}
        self._rows: dict[tuple[str, str], Rows] = {}  # of own lists: (form, digest) -> rows
        self._refresh()

    def _refresh(self) -> None:
        """Read the versions that have come since the last time (some stat calls)."""
        for path in sorted(self.folder.glob("*/*.json")):
            if path.stem not in self._forms.get(path.parent.name, {}):
                self._add(_load(path))

    def _add(self, form: Form) -> None:
        self._forms.setdefault(form.id, {})[form.version] = form

    def forms(self) -> list[Form]:
        """The newest version of each form, by form id."""
        self._refresh()
        return [self._sorted(form_id)[-1] for form_id in sorted(self._forms)]

    def versions(self, form_id: str) -> list[Form]:
        """All versions of a form, oldest first (2026.10 comes after 2026.9); [] if unknown."""
        self._refresh()
        return self._sorted(form_id)

    def _sorted(self, form_id: str) -> list[Form]:
        found = self._forms.get(form_id, {})
        return [found[version] for version in sorted(found, key=version_key)]

    def get(self, form_id: str, version: str) -> Form | None:
        """One version; None where it is not published."""
        found = self._forms.get(form_id, {}).get(version)
        if found is None:
            self._refresh()
            found = self._forms.get(form_id, {}).get(version)
        return found

    def __iter__(self) -> Iterator[Form]:
        self._refresh()
        for form_id in sorted(self._forms):
            yield from self._sorted(form_id)

    def markdown(self, form_id: str, version: str) -> str:
        """The published XLSForm. Raises KeyError where the version is unknown."""
        if self.get(form_id, version) is None:
            raise KeyError((form_id, version))
        return (self.folder / form_id / f"{version}.md").read_text(encoding="utf-8")

    def media(self, form: Form, name: str) -> bytes | None:
        """A file that was published with a form; None where it has no such file, or where it has
        gone from the folder."""
        with suppress(KeyError, FileNotFoundError):
            return _media(self.folder / form.id, name, form.kept[name]).read_bytes()
        return None

    def rows(self, form: Form) -> dict[str, Rows]:
        """The rows of a form's own lists, by file name: the same list object each time, because
        the check indexes it once. A list that has gone from the folder is left out."""
        for name, mark in form.own_lists.items():
            content = None if (form.id, mark) in self._rows else self.media(form, name)
            if content is not None:
                self._rows[form.id, mark] = rows_of(content)
        kept = {name: self._rows.get((form.id, mark)) for name, mark in form.own_lists.items()}
        return {name: rows for name, rows in kept.items() if rows is not None}

    def has_media(self, form: Form, name: str) -> bool:
        """Whether `media` would give that file now."""
        return name in form.kept and _media(self.folder / form.id, name, form.kept[name]).exists()

    def publish(
        self,
        source: bytes,
        filename: str,
        beside: Beside = nothing,
        lists: Collection[str] | None = None,
    ) -> Form:
        """Compile an XLSForm and add it. Raises FormRefused, or AlreadyPublished: never overwrites.

        `beside` and `lists`: see `compile_form`. The Markdown claims the version; the files appear
        one by one, each whole, and the .json comes last and makes it published.
        """
        compiled = compile_form(source, filename, beside, lists)
        form = Form(compiled.model, compiled.model_json, compiled.xform)
        folder = self.folder / form.id
        if self.get(form.id, form.version) or (folder / f"{form.version}.json").exists():
            raise AlreadyPublished(form.id, form.version)
        folder.mkdir(parents=True, exist_ok=True)
        _claim(folder / f"{form.version}.md", compiled.markdown.encode(), form)
        for name, content in compiled.files.items():
            _keep(_media(folder, name, form.kept[name]), content)
        _write(folder / f"{form.version}.xml", form.xform, replace=True)
        _write(folder / f"{form.version}.json", form.json, replace=True)
        self._add(form)
        return form


def version_key(version: str) -> list[tuple[int, int, str]]:
    """Sorts versions by their numbers, so 2026.10 comes after 2026.9."""
    return [
        (1, int(part), "") if part.isdigit() else (0, 0, part)
        for part in _DIGITS.split(version)
        if part
    ]


def _load(path: Path) -> Form:
    data = path.read_bytes()
    return Form(json.loads(data), data, path.with_suffix(".xml").read_bytes())


def _media(folder: Path, name: str, digest: str) -> Path:
    return folder / "media" / f"{digest}-{name}"


def _keep(path: Path, content: bytes) -> None:
    """Write a file of a form, where no earlier version has it: its name says its content."""
    path.parent.mkdir(exist_ok=True)
    with suppress(FileExistsError):
        _write(path, content, replace=False)


def _claim(path: Path, markdown: bytes, form: Form) -> None:
    """Write the XLSForm where none is; the same one is a publication that broke off, go on."""
    try:
        _write(path, markdown, replace=False)
    except FileExistsError:
        if path.read_bytes() != markdown:
            raise AlreadyPublished(form.id, form.version) from None


def _write(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a file whole or not at all; without `replace` an existing one is FileExistsError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".publish-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        if replace:
            temporary.replace(path)
        else:
            path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)
