"""A map of villages as SVG: local equirectangular projection, one shade a village, words on it.

Over a commune (some ten kilometres) a degree of longitude times the cosine of the middle latitude
is as good as any projection: the error is below one part in a thousand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.places.boundaries import Point, Polygon, Ring, Shapes
from analysis.reports import svg

WIDTH, MARGIN = 360, 6.0  # as wide as a phone, so that its words can be read there
TALLEST = 420
FONT, CHARACTER = 11.0, 6.0
STEP = 0.35  # pixels; points nearer than this to the last one drawn are left out


@dataclass(frozen=True, slots=True)
class Region:
    """A village on the map: `number` is its line in the table beside it, `shade` 0 to 1 (None:
    hatched, nothing to show), `words` stand under its name where there is room."""

    code: str
    number: int
    name: str
    shade: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """From degrees to pixels."""

    west: float
    north: float
    narrow: float  # cosine of the middle latitude
    scale: float  # pixels a degree of latitude
    height: int

    def at(self, point: Point) -> Point:
        """Pixels from the left and from the top."""
        x = MARGIN + (point[0] - self.west) * self.narrow * self.scale
        return x, MARGIN + (self.north - point[1]) * self.scale


def frame_of(shapes: Shapes) -> Frame:
    """The frame that all shapes fill; ValueError without any."""
    points = [point for polygons in shapes.values() for p in polygons for r in p for point in r]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    narrow = math.cos(math.radians((south + north) / 2))
    wide = max((east - west) * narrow, 1e-9)
    tall = max(north - south, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    return Frame(west, north, narrow, scale, math.ceil(tall * scale + 2 * MARGIN))


def village_map(shapes: Shapes, regions: Sequence[Region], title: str) -> str:
    """The SVG of the regions that have a shape, named by `title` for a screen reader."""
    frame = frame_of(shapes)
    drawn = [region for region in regions if region.code in shapes]
    parts = [_area(shapes[region.code], region, frame) for region in drawn]
    parts += [text for region in drawn for text in _words(shapes[region.code], region, frame)]
    return svg.picture(WIDTH, frame.height, title, parts)


def _area(polygons: Sequence[Polygon], region: Region, frame: Frame) -> str:
    path = "".join(_ring(ring, frame) for polygon in polygons for ring in polygon)
    look: dict[str, float | str] = {"fill": "#ffffff", "stroke_dasharray": "3 2"}
    if region.shade is not None:
        look = {"fill": shade(region.shade)}
    return svg.element(
        "path", d=path, fill_rule="evenodd", stroke="#15201e", stroke_width=1.0, **look
    )


def shade(share: float) -> str:
    """From nearly white to a blue on which black letters can still be read (contrast above 4.5)."""
    part = min(max(share, 0.0), 1.0)
    ends = zip((242, 246, 251), (126, 172, 222), strict=True)
    return "#" + "".join(f"{round(low + part * (high - low)):02x}" for low, high in ends)


def _ring(ring: Ring, frame: Frame) -> str:
    """The path of a ring; points that a screen cannot tell apart are left out."""
    kept: list[Point] = []
    for x, y in map(frame.at, ring[:-1]):
        if not kept or math.hypot(x - kept[-1][0], y - kept[-1][1]) >= STEP:
            kept.append((x, y))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def _words(polygons: Sequence[Polygon], region: Region, frame: Frame) -> list[str]:
    """Name and words where the village is wide enough for them, else its number in the table."""
    largest = max(polygons, key=lambda polygon: abs(_area_of(polygon[0])))
    x, y = frame.at(_centre(largest[0]))
    points = [frame.at(point) for point in largest[0]]
    room = max(p[0] for p in points) - min(p[0] for p in points)
    high = max(p[1] for p in points) - min(p[1] for p in points)
    lines = [f"{region.number}. {region.name}", region.words]
    if room < CHARACTER * max(map(len, lines)) or high < 3 * FONT:
        return [_label(x, y + FONT / 3, str(region.number), bold=True)]
    return [_label(x, y - 1, lines[0], bold=True), _label(x, y + FONT + 1, lines[1])]


def _label(x: float, y: float, text: str, bold: bool = False) -> str:
    weight: dict[str, float | str] = {"font_weight": "bold"} if bold else {}
    return svg.label(x, y, text, "middle", font_size=FONT, fill="#15201e", **weight)


def _area_of(ring: Ring) -> float:
    """Twice the signed area, in square degrees."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(_near(ring)))


def _near(ring: Ring) -> Ring:
    """The ring seen from its first corner: far from 0, products would lose their last digits."""
    west, south = ring[0]
    return tuple((x - west, y - south) for x, y in ring)


def _centre(ring: Ring) -> Point:
    """The centre of gravity; the mean of the corners of a ring without area."""
    near = _near(ring)
    twice = _area_of(near)
    if abs(twice) < 1e-15:
        corners = ring[:-1]
        return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)
    x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(near):
        cross = x1 * y2 - x2 * y1
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return ring[0][0] + x / (3 * twice), ring[0][1] + y / (3 * twice)
