"""What the private form needs of the settings: the public key, the ethics approval, the hotlines.

Pure functions over texts: `collector.settings` calls `complaints` before the service starts.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FORM = "private_support"
EXPERIENCE = "part2"  # the group of the form that nobody meets without an approval
KEY_FILE = "sealed-key.pub"
KEY_BYTES = 32
_LEAVE = re.compile(r"^(https?://[^\s\"'<>]+|/[^\s\"'<>]*)$")


@dataclass(frozen=True, slots=True)
class Approval:
    """A body's approval of the questions on one's own experience; days are `YYYY-MM-DD` texts."""

    name: str
    body: str
    given_on: str
    valid_until: str

    def lacks(self) -> list[str]:
        """Which settings are missing or cannot be read; [] for a whole approval."""
        lacking = [
            setting
            for setting, text in (("ETHICS_APPROVAL", self.name), ("ETHICS_BODY", self.body))
            if not text.strip()
        ]
        days = {"ETHICS_DATE": self.given_on, "ETHICS_UNTIL": self.valid_until}
        lacking += [setting for setting, text in days.items() if read_day(text) is None]
        if not lacking and self.given_on > self.valid_until:
            lacking.append("ETHICS_UNTIL")
        return lacking

    def holds(self, today: date) -> bool:
        """True while the approval is whole and in force."""
        given, until = read_day(self.given_on), read_day(self.valid_until)
        return (
            not self.lacks()
            and given is not None
            and until is not None
            and (given <= today <= until)
        )


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number that is shown to everyone at the end, and whose it is."""

    number: str
    vi: str
    en: str


def read_day(text: str) -> date | None:
    """The day of `YYYY-MM-DD`; None where it is none."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def hotlines(text: str) -> list[Hotline]:
    """Read `number=tiếng Việt / English; …`. Raises ValueError naming the faulty piece."""
    found = []
    for piece in filter(None, (part.strip() for part in text.split(";"))):
        number, _, names = piece.partition("=")
        vi, _, en = names.partition(" / ")
        if not re.fullmatch(r"[\d ]{3,20}", number.strip()) or not vi.strip():
            raise ValueError(piece)
        found.append(Hotline(number.strip(), vi.strip(), en.strip() or vi.strip()))
    if not found:
        raise ValueError(text)
    return found


def public_key(text: str, folder: Path) -> bytes | None:
    """The 32 bytes to which answers are sealed: of the setting, else of the file in `folder`.

    None where there is no key; raises ValueError where there is one that cannot be used.
    """
    if not text:
        try:
            text = (folder / KEY_FILE).read_text(encoding="ascii")
        except FileNotFoundError:
            return None
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES or not any(key):
        raise ValueError("sealed key")
    return key


def complaints(
    *, wanted: bool, approval: Approval, lines: str, checked_on: str, leave: str
) -> list[str]:
    """Why the service must not start with these settings, a line each (vi / en)."""
    found = []
    lacking = approval.lacks()
    if wanted and lacking:
        found.append(_NO_APPROVAL.format(names=", ".join(lacking)))
    try:
        hotlines(lines)
    except ValueError as error:
        found.append(_NO_LINES.format(came=str(error)[:80]))
    if read_day(checked_on) is None:
        found.append(_NO_DAY.format(came=checked_on))
    if not _LEAVE.match(leave):
        found.append(_NO_EXIT.format(came=leave))
    return found


_NO_APPROVAL = (
    "EXPERIENCE_QUESTIONS=1 cần văn bản chấp thuận về đạo đức nghiên cứu còn ghi đủ: số hiệu, cơ "
    "quan, ngày, có hiệu lực đến ngày (YYYY-MM-DD). Thiếu hoặc sai: {names}. Hãy ghi đủ, hoặc đặt "
    "EXPERIENCE_QUESTIONS=0.\n"
    "EXPERIENCE_QUESTIONS=1 needs an ethics approval with its number, body, date and last day "
    "(YYYY-MM-DD). Missing or wrong: {names}. Fill them in, or set EXPERIENCE_QUESTIONS=0."
)
_NO_LINES = (
    "HOTLINES cần dạng “số=tiếng Việt / English; …”; nhận được “{came}”.\n"
    "HOTLINES must read “number=Vietnamese / English; …”; got “{came}”."
)
_NO_DAY = (
    "HOTLINES_CHECKED_ON cần là một ngày YYYY-MM-DD; nhận được “{came}”.\n"
    "HOTLINES_CHECKED_ON must be a day, YYYY-MM-DD; got “{came}”."
)
_NO_EXIT = (
    "QUICK_EXIT_URL cần bắt đầu bằng https:// hoặc /; nhận được “{came}”.\n"
    "QUICK_EXIT_URL must begin with https:// or /; got “{came}”."
)
