"""What goes wrong with a form or a submission, as values and exceptions.

FormRefused    an XLSForm cannot be published; carries every SheetProblem found
MalformedXml   a submission cannot be read at all
AlreadyPublished   this version exists, and a published version never changes
ExpressionError    one expression cannot be used; becomes a SheetProblem with its row
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms.messages import Text, message


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One fault of an XLSForm: where it is, and what to do about it, in both languages.

    `row` counts as Excel does (the header is row 1); None where the fault is of the whole sheet.
    """

    sheet: str
    row: int | None
    column: str | None
    code: str
    message: Text

    def line(self, language: str = "vi") -> str:
        """One line for a terminal: `survey, dòng 5, cột name: …`."""
        row_word, column_word = ("row", "column") if language.startswith("en") else ("dòng", "cột")
        where = [self.sheet]
        if self.row is not None:
            where.append(f"{row_word} {self.row}")
        if self.column:
            where.append(f"{column_word} {self.column}")
        return f"{', '.join(where)}: {self.message['en' if language.startswith('en') else 'vi']}"


def problem(
    sheet: str, row: int | None, column: str | None, code: str, **values: object
) -> SheetProblem:
    """A SheetProblem whose message is `MESSAGES[code]` filled with `values`."""
    return SheetProblem(sheet, row, column, code, message(code, **values))


class FormRefused(Exception):
    """The XLSForm is faulty; `problems` says all that was found, in the order of the sheets."""

    def __init__(self, problems: Iterable[SheetProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(p.line("vi") for p in self.problems))


class AlreadyPublished(Exception):
    """This version of the form is published already; give the form a new version."""

    def __init__(self, form: str, version: str) -> None:
        self.form, self.version = form, version
        self.message = message("already_published", form=form, version=version)
        super().__init__(self.message["vi"])


class MalformedXml(Exception):
    """The submission is not XML that can be read; `code` is stable, `message` is for a person."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.message = message(code, **values)
        super().__init__(f"{code}: {self.message['en']}")


class ExpressionError(Exception):
    """An expression that the runner does not have or cannot read."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        self.message = message(code, **values)
        super().__init__(self.message["en"])
