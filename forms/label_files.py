"""The sounds and pictures beside labels: which files a sheet names, and whether they will do.

What a file is stands in its content, never in its name. The lists that choices come from (CSV) are
no such files: the service makes them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from forms.columns import FILES, cell, column, texts
from forms.problems import SheetProblem, problem
from forms.runner import MEDIA
from forms.sheets import Row, Workbook
from forms.survey import INVISIBLE, SIMPLE_TYPES

Beside = Callable[[str], bytes | None]
"""Gives a file that lies beside the sheet, by its name; None where there is none."""

KB = 1024
MOST_BYTES = 1024 * KB  # of one file: a minute of speech as MP3 at 128 kbit/s
MOST_TOTAL = 20 * 1024 * KB  # of a form: seven minutes of a village's 400 kbit/s
DIGEST = 32  # hex digits kept of a SHA-256
EXPECTED = {"audio": "MP3, M4A (AAC), AAC, Ogg/Opus, WAV", "image": "PNG, JPEG, WebP"}
_NAMED = 3  # of the largest files
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}\.(?!csv$)[A-Za-z0-9]{2,5}", re.IGNORECASE)
_STARTS = {
    b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"ID3": "audio/mpeg",
}  # fmt: skip
_OGG_SOUNDS = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC", b"Speex   ")
_MP4_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6",
               b"dash")  # fmt: skip
_MP4_FILM = re.compile(rb"hdlr.{8}vide", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Named:
    """A cell that names a file."""

    sheet: str
    row: Row
    header: str
    base: str  # audio | image | big-image | video
    filename: str

    def refuse(self, code: str, **values: object) -> SheetProblem:
        """The fault of this cell."""
        return problem(
            self.sheet, self.row.number, self.header, code, value=self.filename, media=self.base,
            name=cell(self.row, "name"), **values,
        )  # fmt: skip


def nothing(_: str) -> None:
    """Beside a form that comes alone lies no file."""


def files_in(folder: Path) -> Beside:
    """The files of a folder; of one that is too large, a byte more than may be."""

    def read(name: str) -> bytes | None:
        try:
            with (folder / name).open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except (FileNotFoundError, IsADirectoryError):
            return None

    return read


def named(book: Workbook) -> Iterator[Named]:
    """Every cell of the survey and the choices that names a file beside a label."""
    for sheet in ("survey", "choices"):
        for row in book.rows(sheet):
            for header, value in row.cells.items():
                base = column(header).base
                if value and base in FILES:
                    yield Named(sheet, row, header, base, value)


def read_files(book: Workbook, beside: Beside) -> tuple[dict[str, bytes], list[SheetProblem]]:
    """The files that the sheets name, by name, and every fault of them."""
    found: dict[str, bytes] = {}
    problems: list[SheetProblem] = []
    for one in named(book):
        fault = _fault_of(one, book)
        if fault is None:
            content = found.get(one.filename) or beside(one.filename)
            fault = _fault_in(one, content)
            if fault is None and content is not None:
                found[one.filename] = content
        if fault is not None:
            problems.append(fault)
    return found, problems + _too_much(found)


def _fault_of(one: Named, book: Workbook) -> SheetProblem | None:
    """What is wrong with the cell, before its file is looked at."""
    if one.base not in MEDIA:
        return one.refuse("unsupported_media")
    if any(row["sensitive"] for row in book.rows("settings")):
        return one.refuse("media_sensitive")
    if not _is_shown(one):
        return one.refuse("media_alone")
    return None if _NAME.fullmatch(one.filename) else one.refuse("media_name")


def _is_shown(one: Named) -> bool:
    """Whether there is a label to stand beside; a calculation has none, whatever the sheet says."""
    kind = SIMPLE_TYPES.get(cell(one.row, "type").lower()) if one.sheet == "survey" else ""
    return kind not in INVISIBLE and bool(texts(one.row, "label"))


def _fault_in(one: Named, content: bytes | None) -> SheetProblem | None:
    """What is wrong with the file."""
    if content is None:
        return one.refuse("media_missing")
    if len(content) > MOST_BYTES:
        return one.refuse("media_large", limit=MOST_BYTES // KB)
    kind = type_of(content)
    if kind is None or kind.partition("/")[0] != one.base:
        return one.refuse("media_kind", expected=EXPECTED[one.base])
    return None


def _too_much(found: dict[str, bytes]) -> list[SheetProblem]:
    total = sum(map(len, found.values()))
    if total <= MOST_TOTAL:
        return []
    largest = sorted(found, key=lambda name: -len(found[name]))[:_NAMED]
    return [
        problem("survey", None, None, "media_total", total=-(-total // KB),
                limit=MOST_TOTAL // KB, largest=", ".join(largest))
    ]  # fmt: skip


def digest(content: bytes) -> str:
    """By what a phone and the library know a file: the first half of its SHA-256, in hex."""
    return hashlib.sha256(content).hexdigest()[:DIGEST]


def type_of(content: bytes) -> str | None:
    """The media type that the content shows; None for what neither phones nor Collect take."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF":
        return {b"WAVE": "audio/wav", b"WEBP": "image/webp"}.get(content[8:12])
    if content[:4] == b"OggS":
        return "audio/ogg" if any(mark in content[:128] for mark in _OGG_SOUNDS) else None
    if content[4:8] == b"ftyp":
        is_sound = content[8:12] in _MP4_BRANDS and not _MP4_FILM.search(content)
        return "audio/mp4" if is_sound else None
    return _frames(content)


def _frames(content: bytes) -> str | None:
    """MP3 or AAC without a header: both begin with 11 or 12 set bits, where AAC's layer is 0 and
    MP3's 1 (ISO/IEC 11172-3 2.4.1.3, ISO/IEC 13818-7 6.2)."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        return None
    if content[1] & 0xF6 == 0xF0:
        return "audio/aac"
    version, layer, rate = content[1] >> 3 & 3, content[1] >> 1 & 3, content[2] >> 2 & 3
    return "audio/mpeg" if version != 1 and layer == 1 and rate != 3 else None
