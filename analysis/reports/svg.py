"""The few SVG elements that the small charts are drawn with.

Presentation attributes only: no style attribute, no script, no id, no font file, so that a page
under a strict Content-Security-Policy shows many charts and none disturbs another. Colours come
from the page (`currentColor`) and from `ACCENT`; shapes alone carry the meaning, so that a print
in black and white keeps it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

ROUND_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
ACCENT = "#2372c4"


def element(name: str, content: str = "", /, **attributes: float | str) -> str:
    """One element; `stroke_width=2` becomes stroke-width="2", numbers get at most one decimal."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def _attribute(value: float | str) -> str:
    if isinstance(value, str):
        return escape(value)
    return f"{value:.1f}".removesuffix(".0")


def picture(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    """The whole SVG: one image to a screen reader, named by `title`."""
    return element(
        "svg",
        element("title", escape(title)) + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        role="img",
        font_family="sans-serif",
        font_size=10,
        fill="currentColor",
    )


def line(x1: float, y1: float, x2: float, y2: float, /, **look: float | str) -> str:
    """A straight line in the page's colour unless `stroke` says otherwise."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **({"stroke": "currentColor"} | look))


def label(x: float, y: float, text: str, anchor: str = "start", /, **look: float | str) -> str:
    """A text at (x, y); `anchor` is start, middle or end."""
    return element("text", escape(text), x=x, y=y, text_anchor=anchor, **look)


def box(x: float, y: float, width: float, height: float, /, **look: float | str) -> str:
    """A rectangle; a negative width or height is drawn as nothing."""
    return element("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), **look)


def arrow(x: float, y: float, size: float, /, **look: float | str) -> str:
    """A triangle whose tip is at (x, y); `size` > 0 points right, < 0 left."""
    points = f"{x:.1f},{y:.1f} {x - size:.1f},{y - 3:.1f} {x - size:.1f},{y + 3:.1f}"
    return element("polygon", points=points, **look)


def round_up(value: float) -> float:
    """The next number that reads well at the end of a scale: 197.6 -> 200, 1.54 -> 2."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in ROUND_STEPS if value <= step * power * (1 + 1e-9))
