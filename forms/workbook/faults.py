"""A fault of an uploaded workbook: at which cell, what was expected, what came, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms.messages import Text, message


@dataclass(frozen=True, slots=True)
class CellFault:
    """One fault. `sheet` and `cell` are "" where the file as a whole is meant; `row` is the line
    of the sheet (0 then). `code` is stable: a key of MESSAGES, or that of the check's fault."""

    code: str
    sheet: str
    cell: str
    row: int
    label: Text
    message: Text
    value: str = ""

    def to_json(self) -> dict[str, Any]:
        """As forms.faults.Fault.to_json, with the place in the workbook."""
        return {
            "code": self.code, "sheet": self.sheet, "cell": self.cell, "row": self.row,
            "label": dict(self.label), "message": dict(self.message), "value": self.value,
        }  # fmt: skip


NO_LABEL: Text = {"vi": "", "en": ""}


def fault(
    code: str, sheet: str, cell: str, row: int, *, label: Text = NO_LABEL, **values: object
) -> CellFault:
    """A fault with the message of its code; `values` fill the message."""
    value = values.get("value", "")
    told = value if isinstance(value, str) else ""
    return CellFault(code, sheet, cell, row, label, message(code, **values), told)
