"""The household register: villages and the codes of their households, in one fixed order."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from analysis.estimators.errors import BadInput
from analysis.sampling.errors import BadRegister, Fault
from analysis.types import Text

SEPARATOR = "|"  # stands between the parts of the text that is hashed, so in no code


@dataclass(frozen=True, slots=True)
class Register:
    """Household codes by village; villages and codes sorted, so the file's order is gone."""

    villages: Mapping[str, tuple[str, ...]]

    @property
    def sizes(self) -> dict[str, int]:
        """Households of each village."""
        return {village: len(codes) for village, codes in self.villages.items()}

    @property
    def households(self) -> int:
        """Households of the commune."""
        return sum(map(len, self.villages.values()))

    @property
    def checksum(self) -> str:
        """SHA-256 (hex) of the lines `village|code`, sorted, each ended by a line feed, in UTF-8:
        the same for every file that holds the same households."""
        lines = sorted(f"{v}{SEPARATOR}{c}\n" for v, codes in self.villages.items() for c in codes)
        return sha256("".join(lines).encode()).hexdigest()


def register_of(rows: Iterable[tuple[str, str]], first_row: int = 2) -> Register:
    """A register from (village, household code) pairs; a code is unique within its village.

    Texts are stripped and brought to Unicode NFC, so that two spellings of one accent are one
    village. `first_row`: the number of the first pair in its file. Raises `BadRegister` with every
    row that has no village or no code, a “|”, or a code that its village already has.
    """
    seen: dict[tuple[str, str], int] = {}
    faults: list[Fault] = []
    for row, pair in enumerate(rows, first_row):
        village, code = (clean(text) for text in pair)
        fault = _fault(village, code, seen)
        if fault:
            faults.append(Fault(row, fault))
        else:
            seen[village, code] = row
    if not seen and not faults:
        faults.append(Fault(first_row, Text("danh sách không có hộ nào.", "no household is here.")))
    if faults:
        raise BadRegister(faults)
    villages: dict[str, list[str]] = {}
    for village, code in sorted(seen):
        villages.setdefault(village, []).append(code)
    return Register({village: tuple(codes) for village, codes in villages.items()})


def clean(text: str) -> str:
    """A code as it is hashed: without blanks around it, in Unicode NFC."""
    return unicodedata.normalize("NFC", text).strip()


def _fault(village: str, code: str, seen: Mapping[tuple[str, str], int]) -> Text | None:
    if not village:
        return Text("thiếu mã thôn.", "the village code is missing.")
    if not code:
        return Text(
            f"thiếu mã hộ (thôn {village}).", f"the household code is missing (village {village})."
        )
    if SEPARATOR in village + code:
        return Text(
            f"mã không được có dấu “|”: {village}, {code}.",
            f"a code must not hold “|”: {village}, {code}.",
        )
    if (village, code) in seen:
        first = seen[village, code]
        return Text(
            f"hộ {code} của thôn {village} đã có ở dòng {first}.",
            f"household {code} of village {village} is already in row {first}.",
        )
    return None


def read_register(path: str | Path, village: str = "village", code: str = "code") -> Register:
    """The register of a CSV file (UTF-8, comma or semicolon, a heading row), codes as text.

    Raises `BadInput` for a file that cannot be read or lacks a column, `BadRegister` for its rows.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"Không đọc được {file.name} (cần CSV mã UTF-8): {error}",
            f"Cannot read {file.name} (CSV in UTF-8 is expected): {error}",
        ) from error
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    lines = csv.reader(io.StringIO(text.rstrip()), delimiter=delimiter)
    names = [name.strip() for name in next(lines, [])]
    for name in (village, code):
        if name not in names:
            raise BadInput(
                f"Danh sách {file.name} không có cột {name}; có: {', '.join(names)}.",
                f"Register {file.name} has no column {name}; there are {', '.join(names)}.",
            )
    at, of = names.index(village), names.index(code)
    rows = (line + [""] * (len(names) - len(line)) for line in lines)
    return register_of((row[at], row[of]) for row in rows)
