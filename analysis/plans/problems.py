"""The faults of a plan file, gathered while it is read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from analysis.plans.numbers import NotANumber, parse_value
from analysis.types import Text


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """One fault: where in the file, and what was expected."""

    where: str
    message: Text


class PlanRefused(ValueError):
    """A plan file with faults; `problems` has all of them."""

    def __init__(self, problems: Sequence[PlanProblem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{one.where}: {one.message.vi} | {one.message.en}" for one in problems]
        super().__init__("\n".join(lines))


class Problems:
    """Reads entries of the file and notes what is wrong with them; never stops at the first."""

    def __init__(self) -> None:
        self.found: list[PlanProblem] = []

    def add(self, where: str, vi: str, en: str) -> None:
        """Note one fault."""
        self.found.append(PlanProblem(where, Text(vi, en)))

    def finish(self) -> None:
        """Raise `PlanRefused` if anything was wrong."""
        if self.found:
            raise PlanRefused(self.found)

    def text(self, raw: dict[str, Any], key: str, where: str, *, required: bool = True) -> str:
        """A text; blank only where it may be."""
        value = raw.get(key, "")
        if not isinstance(value, str):
            self.add(where, "phải là chuỗi trong ngoặc kép", "must be a text in quotes")
            return ""
        if required and not value.strip():
            self.add(where, "còn thiếu", "is missing")
        return value

    def texts(self, raw: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
        """A list of texts, perhaps empty."""
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.add(where, "phải là danh sách chuỗi", "must be a list of texts")
            return ()
        return tuple(value)

    def year(self, raw: dict[str, Any], key: str, where: str) -> int:
        """A year from 2000 to 2100."""
        value = raw.get(key)
        if type(value) is not int or not 2000 <= value <= 2100:
            self.add(where, "phải là năm từ 2000 đến 2100", "must be a year from 2000 to 2100")
            return 2000
        return value

    def flag(self, raw: dict[str, Any], key: str, where: str, default: bool | None = None) -> bool:
        """true or false; may be left out only where there is a default."""
        value = raw.get(key, default)
        if not isinstance(value, bool):
            self.add(where, "phải là true hoặc false", "must be true or false")
            return False
        return value

    def choice(self, raw: dict[str, Any], key: str, where: str, among: Sequence[str]) -> str:
        """One of a few words."""
        value = raw.get(key, "")
        if value not in among:
            names = ", ".join(among)
            self.add(where, f"phải là một trong: {names}", f"must be one of: {names}")
        return str(value)

    def tables(
        self, raw: dict[str, Any], key: str, where: str | None = None
    ) -> list[dict[str, Any]]:
        """A list of tables, perhaps empty; one that is none is told and read as an empty one."""
        value, at = raw.get(key, []), where or key
        if not isinstance(value, list):
            self.add(at, "phải là danh sách các bảng", "must be a list of tables")
            return []
        for position, one in enumerate(value, start=1):
            if not isinstance(one, dict):
                self.add(f"{at}[{position}]", "phải là một bảng", "must be a table")
        return [one if isinstance(one, dict) else {} for one in value]

    def unknown(self, raw: dict[str, Any], known: Collection[str], at: str) -> None:
        """Entries that nobody reads: misspelled, most likely."""
        for key in sorted(raw.keys() - set(known)):
            self.add(f"{at}.{key}" if at else key, "không biết mục này", "unknown entry")

    def exact(self, raw: dict[str, Any], key: str, at: str) -> Fraction | None:
        """A number as exact fraction from a text; a TOML number is refused, it may be rounded."""
        if key not in raw:
            return None
        try:
            return parse_value(raw[key])
        except (NotANumber, AttributeError, TypeError):
            self.number(f"{at}.{key}", raw[key])
            return None

    def number(self, where: str, got: Any) -> None:
        """Note a value that is no exact number."""
        self.add(
            where,
            f"phải là số viết trong ngoặc kép theo kiểu Việt Nam (“1,4”, “100.000”) hoặc phân số; "
            f"nhận {got!r}",
            f"must be a number in quotes in Vietnamese style (“1,4”, “100.000”) or a fraction; "
            f"got {got!r}",
        )

    def notes(self, value: Any, where: str) -> tuple[Text, ...]:
        """Texts in both languages: tables with `vi` and `en`."""
        good: list[Text] = []
        for one in value if isinstance(value, list) else [None]:
            if isinstance(one, dict) and one.keys() == {"vi", "en"}:
                good.append(Text(str(one["vi"]), str(one["en"])))
            else:
                self.add(where, "cần vi và en", "needs vi and en")
        return tuple(good)
