"""What is wrong with a submission: a fault names the question in both languages and by path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms.messages import Text

LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a submission.

    `code` is stable: required, constraint, type, choice, irrelevant, calculation, repeat_count,
    unknown_element, unknown_text, duplicate_element, too_many, version, media, file.

    `path` is indexed (`/data/member[2]/age`); `value` is what came, cut at 200 characters.
    """

    code: str
    path: str
    name: str
    label: Text
    message: Text
    value: str

    def to_json(self) -> dict[str, Any]:
        """As it is stored and shown to officers: label and message in both languages."""
        return {
            "code": self.code, "path": self.path, "name": self.name, "label": dict(self.label),
            "message": dict(self.message), "value": self.value,
        }  # fmt: skip


def shown(value: str) -> str:
    """A value as a fault quotes it."""
    return value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
