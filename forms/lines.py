"""Python written from a form: expressions as lines of code, put together before they are compiled.

`line` makes a function of one expression over the scope `s`; put into another line it is written
out there instead of being called. A form's passes (forms/passes.py) are made of such lines and
compiled once. What a line calls are the primitives of forms/values.py, by name, and nothing of
what stands in a form gets into the code but literals written by repr.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from forms import values

Names = dict[str, Any]
PRIMITIVES: Names = {
    name: found for name, found in vars(values).items() if name[0] != "_" and name != "annotations"
}
DEEPEST = 30
"""Lines in one another; one that is deeper is called: Python reads at most 200 brackets deep."""
_number = count(1)


class Line:
    """A function of a scope, and the text and names that it is made of."""

    __slots__ = ("_fn", "depth", "names", "text")

    def __init__(self, text: str, names: Names, depth: int) -> None:
        self.text = text
        self.names = names
        self.depth = depth
        self._fn: Callable[[Any], Any] | None = None

    def __call__(self, s: Any) -> Any:
        return self.ready()(s)

    def ready(self) -> Callable[[Any], Any]:
        """The compiled function; where a line is called often this saves a call."""
        if self._fn is None:
            self._fn = compiled(f"def line(s):\n    return {self.text}\n", self.names)["line"]
        return self._fn


def line(template: str, *parts: Any, **objects: Any) -> Line:
    """A line; `{}` takes the parts in turn: functions of a scope are written out or called with
    it, all else is a literal. `{name}` is an object, known to the code by a name of its own."""
    names: Names = {}
    written = [_written(part, names) for part in parts]
    known = {key: _named(key, found, names) for key, found in objects.items()}
    inside = [part.depth for part in parts if isinstance(part, Line) and part.depth < DEEPEST]
    return Line(template.format(*written, **known), names, max(inside, default=0) + 1)


def _written(part: Any, names: Names) -> str:
    if isinstance(part, Line) and part.depth < DEEPEST:
        names.update(part.names)
        whole = " " not in part.text and part.text[0] != "-"
        return part.text if whole else f"({part.text})"
    if callable(part):
        return f"{_named('call', part, names)}(s)"
    if isinstance(part, float) and not math.isfinite(part):
        return _named("number", part, names)
    return repr(part)


def _named(hint: str, found: Any, names: Names) -> str:
    name = f"{hint}_{next(_number)}"
    names[name] = found
    return name


def ready(fn: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function that is called and not written out, as fast as it gets."""
    return fn.ready() if isinstance(fn, Line) else fn


def compiled(source: str, names: Mapping[str, Any]) -> Names:
    """What the source defines. Its names are the primitives and `names`; there are no others."""
    space: Names = {**PRIMITIVES, **names}
    exec(compile(source, "<form>", "exec"), space)  # noqa: S102  written by this package alone
    return space


class Code:
    """A function on its way, line by line; `head` names it `run_it`."""

    def __init__(self, head: str) -> None:
        self.text = [head]
        self.names: Names = {}

    def add(self, depth: int, template: str, *parts: Any, **objects: Any) -> None:
        """One more line, `depth` steps in; the rest as for forms.lines.line."""
        made = line(template, *parts, **objects)
        self.names.update(made.names)
        self.text.append("    " * depth + made.text)

    def function(self) -> Callable[..., None]:
        """The function that the code defines."""
        made: Callable[..., None] = compiled("\n".join(self.text), self.names)["run_it"]
        return made
