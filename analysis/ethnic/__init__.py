"""The lists of ethnic groups: which list a set of codes follows, and that no two are mixed.

Two official lists number the same groups differently (`lists.toml`). A form names its groups beside
their codes, so the list that it follows can be told from its choices; numbers that rest on codes
say which list, and answers coded by two lists are never counted together.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.types import Text

FILE = Path(__file__).parent / "lists.toml"
OTHER = frozenset({"97", "98", "99"})
"""Codes beside the lists in our forms: another group, a foreigner, an answer refused."""

LEAST_NAMES = 3

_SPELLINGS = {"khmer": "khome", "mong": "hmong"}


@dataclass(frozen=True, slots=True)
class EthnicList:
    """One official list: `codes` is code (two digits, text) -> name; not `complete`: a part."""

    id: str
    name: Text
    complete: bool
    codes: Mapping[str, str]


class MixedLists(ValueError):
    """Codes of two lists, or of none: they cannot be counted together. `said` says why."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.said = Text(vi, en)


@cache
def lists() -> Mapping[str, EthnicList]:
    """Every list by id."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))["list"]
    found = [
        EthnicList(one["id"], Text(one["vi"], one["en"]), one["complete"], dict(one["codes"]))
        for one in raw
    ]
    return {one.id: one for one in found}


def names_groups(choices: Mapping[str, str]) -> bool:
    """True where choices (code -> name) are ethnic groups, whatever their codes: at least three
    of them and half of all have a group's name. A split into Kinh and minorities is none."""
    known = {plain(name) for one in lists().values() for name in one.codes.values()}
    hits = sum(plain(name) in known for name in choices.values())
    return hits >= LEAST_NAMES and 2 * hits >= len(choices)


def identify(choices: Mapping[str, str]) -> EthnicList:
    """The one list that choices (code -> name) follow. Raises MixedLists where they follow none,
    or where too few are named to tell the lists apart."""
    own = {code: name for code, name in choices.items() if code not in OTHER}
    fitting = [one for one in lists().values() if _follows(own, one)]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(lists())
    if fitting:
        raise MixedLists(
            f"Các mã dân tộc {_some(own)} có trong nhiều danh mục ({known}): không biết theo "
            "danh mục nào. Hãy dùng đủ các mã của một danh mục.",
            f"The codes of ethnic groups {_some(own)} are in several lists ({known}): which one is "
            "meant cannot be told. Use all codes of one list.",
        )
    raise MixedLists(
        f"Các mã dân tộc {_some(_strangers(own))} không theo một danh mục nào ({known}). "
        "Hãy dùng mã và tên của một danh mục.",
        f"The codes of ethnic groups {_some(_strangers(own))} follow none of the lists ({known}). "
        "Use codes and names of one list.",
    )


def common(used: Mapping[str, str]) -> str:
    """The one list id that every source uses (source -> list id), "" without sources. Raises
    MixedLists where there are two."""
    ids = sorted(set(used.values()))
    if len(ids) <= 1:
        return ids[0] if ids else ""
    who = {one: ", ".join(sorted(s for s, got in used.items() if got == one)) for one in ids}
    told = "; ".join(f"{one}: {sources}" for one, sources in who.items())
    raise MixedLists(
        f"Mã dân tộc theo hai danh mục khác nhau ({told}) nên không tính chung được: cùng một mã "
        "là hai dân tộc. Hãy chuyển về một danh mục trước.",
        f"Ethnic groups are coded by different lists ({told}) and cannot be counted together: one "
        "code means two groups. Bring them to one list first.",
    )


def _follows(choices: Mapping[str, str], one: EthnicList) -> bool:
    if not choices:
        return False
    known = [code for code in choices if code in one.codes]
    if one.complete and len(known) < len(choices):
        return False
    return bool(known) and all(plain(choices[code]) == plain(one.codes[code]) for code in known)


def _strangers(choices: Mapping[str, str]) -> Mapping[str, str]:
    """The choices that contradict the list that fits best."""
    wrong = [
        {c: n for c, n in choices.items() if plain(one.codes.get(c, "")) != plain(n)}
        for one in lists().values()
        if one.complete
    ]
    return min(wrong, key=len, default=choices)


def _some(choices: Mapping[str, str]) -> str:
    shown: Iterable[str] = [f"{code} {name}" for code, name in choices.items()][:3]
    return ", ".join(shown) + (" …" if len(choices) > 3 else "")


def plain(name: str) -> str:
    """A name without marks, blanks and the older name in brackets: "Khơ-me" -> "khome"."""
    bare = name.split("(", maxsplit=1)[0].lower().replace("đ", "d").replace("'", "")
    letters = unicodedata.normalize("NFD", bare)
    kept = "".join(mark for mark in letters if mark.isalpha())
    return _SPELLINGS.get(kept, kept)
