"""What is asked for, in one line: "mean care_hours", "ratio wage_work/employed",
"ratio care_hours:sex=F/M", "ratio wage_work/employed:sex=F/M", "quantile age@0.5"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.estimators.errors import BadInput

KINDS = ("mean", "total", "proportion", "ratio", "quantile")
_COLUMN = r"[^/:=@]+"  # blanks are part of a name: “Ba Na”
_PATTERNS = {
    "mean": re.compile(rf"(?P<y>{_COLUMN})"),
    "total": re.compile(rf"(?P<y>{_COLUMN})"),
    "proportion": re.compile(rf"(?P<y>{_COLUMN})"),
    "ratio": re.compile(
        rf"(?P<y>{_COLUMN})(/(?P<x>{_COLUMN}))?"
        rf"(:(?P<group>{_COLUMN})=(?P<top>{_COLUMN})/(?P<bottom>{_COLUMN}))?"
    ),
    "quantile": re.compile(rf"(?P<y>{_COLUMN})@(?P<p>0?\.\d*[1-9]\d*)"),
}
_SHAPES = {
    "mean": "mean Y",
    "total": "total Y",
    "proportion": "proportion Y",
    "ratio": "ratio Y/X | ratio Y:GROUP=A/B | ratio Y/X:GROUP=A/B",
    "quantile": "quantile Y@0.5",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One statistic: its kind, its columns, the groups of a ratio of two groups, a share p."""

    kind: str
    y: str
    x: str | None = None
    group: str | None = None
    top: str = ""
    bottom: str = ""
    p: float = 0.5

    @property
    def words(self) -> str:
        """As it was asked."""
        over = f"/{self.x}" if self.x else ""
        groups = f":{self.group}={self.top}/{self.bottom}" if self.group else ""
        at = f"@{self.p:g}" if self.kind == "quantile" else ""
        return f"{self.kind} {self.y}{over}{groups}{at}"

    @property
    def columns(self) -> list[str]:
        """The numeric columns that it reads."""
        return [self.y] if self.x is None else [self.y, self.x]


def read_asked(text: str) -> Asked:
    """Read one line. Raises `BadInput` with the shapes that there are."""
    kind, _, rest = text.strip().partition(" ")
    pattern = _PATTERNS.get(kind)
    found = pattern.fullmatch(rest.strip()) if pattern else None
    given = {k: v and v.strip() for k, v in found.groupdict().items()} if found else {}
    if not found or (kind == "ratio" and not (given["x"] or given["group"])):
        shapes = _SHAPES.get(kind) or " | ".join(_SHAPES.values())
        raise BadInput(
            f"Không hiểu “{text}”; cần: {shapes}.", f"“{text}” is not understood; write {shapes}."
        )
    if given.get("group") and given["top"] == given["bottom"]:
        raise BadInput(
            f"“{text}” so một nhóm với chính nó.", f"“{text}” compares a group with itself."
        )
    return Asked(
        kind,
        given["y"],
        given.get("x"),
        given.get("group"),
        given.get("top") or "",
        given.get("bottom") or "",
        float(given.get("p") or 0.5),
    )
