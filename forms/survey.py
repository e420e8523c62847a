"""The survey sheet as a tree: which row makes which node, and what is wrong on the way.

pyxform stops at its first error; these checks find what authors most often get wrong, all at once,
and say it in both languages. What they miss, pyxform still refuses (forms/compile.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from forms.columns import cell, header_of, texts
from forms.problems import SheetProblem, problem
from forms.runner import check_row
from forms.sheets import Row, Workbook

SIMPLE_TYPES = {
    "text": "text", "string": "text",
    "integer": "integer", "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "dateTime",
    "range": "range",
    "note": "note",
    "acknowledge": "acknowledge", "trigger": "acknowledge",
    "image": "image", "photo": "image",
    "audio": "audio",
    "calculate": "calculate", "calculation": "calculate",
    "hidden": "hidden",
    "start": "start", "end": "end", "today": "today",
    "deviceid": "deviceid", "username": "username",
    "csv-external": "csv-external",
    "audit": "audit",
}  # fmt: skip
INVISIBLE = frozenset(
    {
        "calculate",
        "hidden",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "csv-external",
        "audit",
    }
)
KNOWN_TYPES = (
    "text, integer, decimal, date, time, dateTime, range, note, acknowledge, image, audio, "
    "select_one, select_multiple, select_one_from_file, select_multiple_from_file, calculate, "
    "hidden, start, end, today, deviceid, username, audit, begin_group, begin_repeat"
)
INSTEAD = {  # what to use for the types that authors most often miss here
    "select_one_external": "select_one_from_file + choice_filter",
    "rank": "select_multiple, select_one",
    "video": "audio, image",
    "file": "image, audio",
    "barcode": "text + regex",
    "geopoint": "text, select_one",
    "geotrace": "text, select_one",
    "geoshape": "text, select_one",
    "xml-external": "csv-external",
}
_BLOCK = re.compile(r"^(begin|end)[ _](group|repeat)$", re.IGNORECASE)
_SELECT = re.compile(
    r"^(select[ _]one|select[ _]multiple|select1)(?P<file>[ _]from[ _]file)?(?:\s+(?P<list>.+?))?"
    r"(?P<other>\s+or[ _](?:specify[ _])?other)?$",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_.\-]*$")
_FILE = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.\-]*\.csv$")
_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_RESERVED = frozenset({"meta", "__substg", "_index", "_parent"})
ON_DEVICE_TYPES = frozenset(
    {"text", "integer", "decimal", "range", "date", "time", "dateTime", "select_one",
     "select_multiple", "calculate"}
)  # fmt: skip
"""What may stay on the phone; a file could not be told from those that are sent."""


@dataclass(slots=True)
class Entry:
    """A row that makes a node of the form."""

    name: str
    kind: str  # question | group | repeat
    type: str  # canonical question type, or ""
    row: Row
    path: str
    table: str  # path of the repeat (or root) in which the node's value is a column
    source: str = ""  # name of the choice list or of the CSV file
    on_device: bool = False  # the answer never leaves the phone
    children: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """The outcome of reading the sheet: entries by path, in document order, and problems."""

    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[SheetProblem] = field(default_factory=list)

    def leaves(self) -> set[str]:
        """Names of the questions outside repeats: the columns of the form's own table.

        What stays on the phone is no column.
        """
        root = next((e.path.split("/")[1] for e in self.entries.values()), "")
        return {
            e.name
            for e in self.entries.values()
            if e.kind == "question" and e.table == f"/{root}" and not e.on_device
        }

    def row(self, path: str) -> int | None:
        """The sheet row of a node; a repeat's hidden `_count` belongs to the repeat."""
        entry = self.entries.get(path) or self.entries.get(path.removesuffix("_count"))
        return entry.row.number if entry else None


def read_survey(book: Workbook, root: str = "data") -> Survey:
    """Walk the survey sheet of `book`; every problem found is in the result, none is raised."""
    survey = Survey()
    reader = _Reader(survey, {row["list_name"] for row in book.rows("choices")}, root)
    for row in book.rows("survey"):
        reader.take(row)
    reader.finish()
    _check_columns(survey)
    _check_references(book, survey)
    return survey


class _Reader:
    """Keeps the open groups while the rows go by."""

    def __init__(self, survey: Survey, lists: set[str], root: str) -> None:
        self.survey, self.lists = survey, lists
        top = Entry(root, "root", "", Row(1, {}), f"/{root}", f"/{root}")
        self.open: list[Entry] = [top]

    def refuse(self, row: Row, base: str, code: str, **values: object) -> None:
        self.survey.problems.append(
            problem("survey", row.number, header_of(row, base), code, **values)
        )

    def take(self, row: Row) -> None:
        text = cell(row, "type")
        block = _BLOCK.match(text)
        if not text:
            if cell(row, "name") or texts(row, "label"):
                self.refuse(row, "type", "missing_type")
        elif block and block.group(1).lower() == "end":
            self.close(row, block.group(2).lower())
        elif block:
            entry = self.add(row, block.group(2).lower(), "")
            self.runner(row, entry)
            if entry:
                self.open.append(entry)
        else:
            self.question(row, text)

    def close(self, row: Row, kind: str) -> None:
        if self.open[-1].kind != kind:
            self.refuse(row, "type", "unmatched_end", type=cell(row, "type"))
            return
        entry = self.open.pop()
        if not entry.children:
            self.refuse(entry.row, "type", "empty_group", name=entry.name)

    def question(self, row: Row, text: str) -> None:
        select = _SELECT.match(text)
        simple = SIMPLE_TYPES.get(text.lower())
        if not select and not simple:
            instead = INSTEAD.get(text.lower().split()[0], KNOWN_TYPES)
            self.refuse(row, "type", "unsupported_type", type=text, instead=instead)
            return
        entry = self.add(row, "question", simple or "")
        if entry and select:
            self.select(entry, text, select)
        if (
            entry
            and entry.type == "calculate"
            and not (cell(row, "calculation") or cell(row, "default") or cell(row, "trigger"))
        ):
            self.refuse(row, "calculation", "missing_calculation")
        self.runner(row, entry)

    def select(self, entry: Entry, text: str, match: re.Match[str]) -> None:
        many = "multiple" in match.group(1).lower()
        entry.type = "select_multiple" if many else "select_one"
        entry.source = (match.group("list") or "").strip()
        if match.group("other"):
            self.refuse(entry.row, "type", "or_other")
        if not entry.source:
            self.refuse(entry.row, "type", "missing_list", type=text)
        elif match.group("file"):
            if not _FILE.match(entry.source):
                self.refuse(entry.row, "type", "bad_file", file=entry.source)
        elif entry.source.startswith("${"):
            self.refuse(entry.row, "type", "select_from_repeat")
        elif entry.source not in self.lists:
            self.refuse(entry.row, "type", "unknown_list", list=entry.source)

    def runner(self, row: Row, entry: Entry | None) -> None:
        """What the phone's runner lacks, and the mark of what stays on the phone."""
        type_ = entry.type if entry else ""
        self.survey.problems += check_row(row, type_)
        mark = cell(row, "on_device")
        if entry is None or not mark:
            return
        entry.on_device = True
        if mark.lower() not in ("yes", "true"):
            self.refuse(row, "on_device", "bad_on_device", value=mark)
        elif type_ not in ON_DEVICE_TYPES:
            self.refuse(row, "on_device", "on_device_type", type=cell(row, "type"))

    def add(self, row: Row, kind: str, type_: str) -> Entry | None:
        name = cell(row, "name")
        parent = self.open[-1]
        if not name:
            self.refuse(row, "name", "missing_name")
            name = f"_row_{row.number}"  # so that what stands inside is still checked
        elif not _NAME.match(name):
            self.refuse(row, "name", "bad_name", name=name)
        elif name in _RESERVED:
            self.refuse(row, "name", "reserved_name", name=name)
        path = f"{parent.path}/{name}"
        entry = Entry(name, kind, type_, row, path, path if kind == "repeat" else parent.table)
        if type_ in ("csv-external", "audit"):  # no node of their own (audit: in meta)
            return entry
        parent.children.append(entry)
        if path in self.survey.entries:
            other = self.survey.entries[path].row.number
            self.refuse(row, "name", "duplicate_name", name=name, other=other, table=parent.name)
        else:
            self.survey.entries[path] = entry
        self.label(entry)
        return entry

    def label(self, entry: Entry) -> None:
        found = texts(entry.row, "label")
        needed = entry.kind == "question" and entry.type not in INVISIBLE
        if "vi" not in found and (needed or found):
            self.refuse(entry.row, "label", "missing_label")

    def finish(self) -> None:
        for entry in self.open[1:]:
            self.refuse(entry.row, "type", "unclosed", name=entry.name, end=f"end_{entry.kind}")


def _check_columns(survey: Survey) -> None:
    """Leaf names are the columns of a table of answers, so they must be unique in it."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in survey.entries.values():
        if entry.kind != "question":
            continue
        first = seen.setdefault((entry.table, entry.name), entry)
        if first is not entry:
            survey.problems.append(
                problem("survey", entry.row.number, header_of(entry.row, "name"),
                        "duplicate_name", name=entry.name, other=first.row.number,
                        table=entry.table.rsplit("/", 1)[-1])
            )  # fmt: skip


def _check_references(book: Workbook, survey: Survey) -> None:
    names: dict[str, int] = {"instanceID": 1, "instanceName": 1}
    for entry in survey.entries.values():
        names[entry.name] = names.get(entry.name, 0) + 1
    for sheet in ("survey", "choices", "settings"):
        for row in book.rows(sheet):
            for header, value in row.cells.items():
                for reference in _REFERENCE.findall(value):
                    name = reference.strip().removeprefix("last-saved#")
                    if names.get(name, 0) != 1:
                        code = "ambiguous_reference" if name in names else "unknown_reference"
                        survey.problems.append(problem(sheet, row.number, header, code, name=name))
