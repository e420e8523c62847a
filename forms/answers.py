"""check(): a submission against its form; typed answers, and every fault at once.

The one check of the server, for every channel (docs/decisions): types, required, relevance,
constraints, calculations, choices with their filters, repeats, unknown elements, form version.
It raises nothing on a well-formed instance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isnan
from typing import Any, Protocol

from forms.faults import Fault, shown
from forms.instance import Instance
from forms.judge import Judged, judge_of, render
from forms.media import Item, Media
from forms.messages import Text, message
from forms.on_device import served
from forms.program import Program
from forms.rows import MAX_INSTANCES, Row, Run
from forms.schema import Node, Table
from forms.scope import Env, Function
from forms.taking import Accept, Takes, accepting
from forms.values import days, local_date, local_date_time

Answers = dict[str, Any]
MAX_FAULTS = 1000  # no honest submission has as many
FILE_TYPES = frozenset({"image", "audio", "file"})


@dataclass(frozen=True, slots=True)
class Named:
    """A question whose answer is the name of a file that comes beside the submission."""

    path: str
    name: str
    label: Text
    filename: str

    def fault(self) -> Fault:
        """That the file is not there. What came beside a submission only its receiver knows."""
        text = message("file", value=self.filename)
        return Fault("file", self.path, self.name, self.label, text, shown(self.filename))


@dataclass(slots=True)
class Checked:
    """The outcome: typed answers by table, and every fault in document order.

    `answers`: {"household": {column: value}, "household.member": [{…, "_index": 1}]}. Only
    relevant, answered columns are there; integers are int, decimals and calculated numbers float
    (int where whole), everything else str. A nested repeat's rows also have `_parent`, the `_index`
    of the row around them. `files`: the answers that name a file; whether it came is not judged.
    """

    answers: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    files: list[Named] = field(default_factory=list)


class HasChecker(Protocol):
    """What check needs of a form (forms.library.Form)."""

    @property
    def checker(self) -> Checker: ...


def check(
    form: HasChecker,
    instance: Instance,
    *,
    now: datetime,
    media: Mapping[str, Sequence[Item]],
) -> Checked:
    """Check a submission against `form`.

    now: the time of receipt; today() and now() are the instance's own `today` and `end` metadata
    where it has them, so that a late submission is judged as of its interview.
    media: file name -> rows of the CSV; hand in the same list object while a file is unchanged.
    """
    return form.checker.check(instance, now=now, media=media)


class Checker:
    """A form made ready for checking. Immutable; threads may share it.

    `whole`: with what stays on the phone as well, to judge a form before it is published.
    """

    def __init__(self, model: dict[str, Any], *, whole: bool = False) -> None:
        self.model = model
        self.program = Program(model if whole else served(model))
        self.schema = self.program.schema
        self.tables = [_TableRules(table, self.program) for table in self.schema.tables]
        self.clocks = {
            node.model["preload"]: node.slot
            for node in self.schema.tables[0].nodes
            if node.model.get("preload") in ("today", "start", "end")
        }
        self.files = [
            node for table in self.schema.tables for node in table.nodes if node.type in FILE_TYPES
        ]

    def check(
        self, instance: Instance, *, now: datetime, media: Mapping[str, Sequence[Item]]
    ) -> Checked:
        """See the function check."""
        return _Check(self, self.evaluate(instance, now=now, media=media), instance).outcome()

    def evaluate(
        self, instance: Instance, *, now: datetime, media: Mapping[str, Sequence[Item]]
    ) -> Run:
        """The relevance and value of every node, with nothing judged; arguments as for check.

        `run.tables` has the rows of each table of the form; a row's `relevant` and `values` go by
        the slot of the node, and `row.path(node)` is its reference.
        """
        lists = Media(self.program.lists, self.program.files, media)
        run = Run(self.schema, lists)
        run.load(instance.root)
        self._set_clock(run, now)
        self.program.evaluate(run)
        return run

    def _set_clock(self, run: Run, now: datetime) -> None:
        """today() and now() of the interview; `days` are the other days it touched."""
        values = run.root.values
        given = {name: values[slot] for name, slot in self.clocks.items()}
        valid = {name: text for name, text in given.items() if not isnan(days(text))}
        run.now = valid["end"] if len(valid.get("end", "")) > 10 else local_date_time(now)
        dates = [valid[name][:10] for name in ("today", "end", "start") if name in valid]
        run.today = dates[0] if dates else local_date(now)
        run.days = [day for day in dict.fromkeys(dates) if day != run.today]


class _TableRules:
    """What is judged in each row of a table, in document order."""

    def __init__(self, table: Table, program: Program) -> None:
        self.table = table
        self.items: list[Judged | _Repeat] = []
        self._collect(table.node, program)
        self._accept: Accept | None = None

    def accept(self, row: Row, answers: Answers, check: Takes) -> None:
        """Take what is in order in a row; faults go to `check`."""
        if self._accept is None:  # a form that is only published or listed needs none
            self._accept = accepting(self.items)
        self._accept(row, answers, check)

    def ask(self, row: Row, answers: Answers, check: Takes) -> None:
        """The same with every judge asked: where a calculation differs each may have a say."""
        for item in self.items:
            if isinstance(item, _Repeat):
                check.repeat(item, row)
            else:
                item.judge(row, answers, check.report)

    def _collect(self, container: Node, program: Program) -> None:
        for node in container.children.values():
            if node.kind == "repeat":
                self.items.append(_Repeat(node, program))
            elif node.kind == "group":
                self._collect(node, program)
            else:
                self.items.append(judge_of(node, program))


class _Repeat:
    """A repeat inside a table: how many instances it must have."""

    __slots__ = ("count", "index", "node", "relevant")

    def __init__(self, node: Node, program: Program) -> None:
        self.node, self.index = node, node.index
        self.count: Function | None = None
        self.relevant: Function | None = None
        ghost = Env(node, node, ghost=True)
        if "count" in node.model:
            found = program.compile(node.model["count"], ghost, "repeat_count", "number")
            self.count = found[0].fn if found else None
        if "count" in node.model and "relevant" in node.model:
            test = program.compile(node.model["relevant"], ghost, "relevant")
            self.relevant = test[0].fn if test else None

    def expected(self, row: Row) -> int | None:
        """The number of instances that repeat_count asks; None where nothing is asked."""
        parent = self.node.parent
        if self.count is None or parent is None or not row.relevant[parent.slot]:
            return None
        if self.relevant is not None and not self.relevant(row):
            return None
        number = self.count(row)
        return 0 if isnan(number) else int(max(0.0, min(number, 1e9)))


class _Check:
    """One check on its way: collects typed answers and faults."""

    def __init__(self, checker: Checker, run: Run, instance: Instance) -> None:
        self.checker, self.run, self.instance = checker, run, instance
        self.faults: list[Fault] = []
        self.answers: dict[str, Any] = {}

    def outcome(self) -> Checked:
        self.version()
        for stray in self.run.strays:
            value = shown(stray.value)
            self.add(
                stray.code, self.stray_path(stray.row, stray.container, stray.code, stray.name),
                stray.name, {"vi": stray.name, "en": stray.name},
                message(stray.code, name=stray.name, value=value, expected=MAX_INSTANCES), value,
            )  # fmt: skip
        own: Answers = {}
        first, *inner = self.checker.schema.tables
        self.answers = {first.name: own, **{table.name: [] for table in inner}}
        self.judge(self.run.root, own)
        for name in sorted(self.run.media.missing):
            text = message("media", name=name)
            label: Text = {"vi": name, "en": name}
            self.add("media", self.checker.schema.root.path, name, label, text, "")
        return Checked(self.answers, self.faults, self.files())

    def files(self) -> list[Named]:
        """The files that asked questions name."""
        return [
            Named(row.path(node), node.name, self.label(node, row), row.values[node.slot])
            for node in self.checker.files
            for row in self.run.tables[node.table.number]
            if row.values[node.slot]
        ]

    def stray_path(self, row: Row, container: Node, code: str, name: str) -> str:
        path = row.path(container)
        return path if code == "unknown_text" else f"{path}/{name}"

    def version(self) -> None:
        model = self.checker.model
        expected = f"{model['form']} {model['version']}"
        found = f"{self.instance.form_id} {self.instance.version}"
        if found != expected:
            text = message("version", expected=expected, value=shown(found))
            path = self.checker.schema.root.path
            self.add("version", path, "version", model["title"], text, found)

    def judge(self, row: Row, answers: Answers) -> None:
        """The row's own questions and the rows inside, in document order."""
        rules = self.checker.tables[row.table.number]
        (rules.ask if row.run.mismatches else rules.accept)(row, answers, self)

    def repeat(self, repeat: _Repeat, row: Row) -> None:
        instances = row.repeats[repeat.index]
        rows = self.answers[repeat.node.table.name]
        for instance in instances:
            answers: Answers = {"_index": instance.index}
            if row.parent is not None:
                answers["_parent"] = row.index
            self.judge(instance, answers)
            if instance.relevant[0]:
                rows.append(answers)
        expected = repeat.expected(row)
        found = sum(instance.relevant[0] for instance in instances)
        if expected is not None and expected != found:
            node = repeat.node
            label = self.label(node, row)
            text = message("repeat_count", name=label, expected=expected, value=found)
            container = node.parent
            assert container is not None
            path = f"{row.path(container)}/{node.name}"
            self.add("repeat_count", path, node.name, label, text, str(found))

    def label(self, node: Node, row: Row) -> Text:
        """The question's label in both languages, its name where it has none."""
        found = render(node.model.get("label"), row, node, self.checker.program)
        return found or {"vi": node.name, "en": node.name}

    def report(
        self, row: Row, node: Node, code: str, value: str, text: dict[str, Any] | Text | None = None
    ) -> None:
        """Add a fault of a question; `text` is the sheet's own message, possibly with outputs."""
        said = render(text, row, node, self.checker.program)  # type: ignore[arg-type]
        value = shown(value)
        self.add(
            code, row.path(node), node.name, self.label(node, row),
            said or message(code, value=value), value,
        )  # fmt: skip

    def add(self, code: str, path: str, name: str, label: Text, text: Text, value: str) -> None:
        if len(self.faults) >= MAX_FAULTS:
            return
        self.faults.append(Fault(code, path, name, label, text, shown(value)))
