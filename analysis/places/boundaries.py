"""Village boundaries from a GeoJSON file (RFC 7946), checked against the commune's own villages.

All faults of a file are found at once. A feature names its village in one of the properties
`PROPERTIES`, or by the feature's id.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.types import Text

LARGEST = 5_000_000  # bytes
MOST_POINTS = 200_000
LEAST_POINTS = 4  # of a ring: three corners and the first again
PROPERTIES = ("village", "code", "ma_thon", "ma")
VIETNAM = ((102.0, 8.0), (118.0, 24.0))  # longitude, latitude, with the islands

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""The outline first, then its holes; points are (longitude, latitude) in degrees (WGS 84)."""
Shapes = Mapping[str, tuple[Polygon, ...]]
"""Village code -> its polygons."""


class BoundariesRefused(ValueError):
    """A file that cannot be taken; `faults` are all of them, in both languages."""

    def __init__(self, faults: Sequence[Text]) -> None:
        super().__init__("; ".join(fault.vi for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class _Feature:
    """Which village a feature says ("" for none), and its polygons; none where they are faulty."""

    code: str
    polygons: tuple[Polygon, ...]


def read(data: bytes, villages: Mapping[str, str]) -> Shapes:
    """The boundaries of a file. `villages`: code -> name of the register; each needs exactly one
    feature, and a feature of an unknown village is a fault. Raises BoundariesRefused."""
    faults: list[Text] = []
    features = [
        _feature(place, raw, faults) for place, raw in enumerate(_collection(data), start=1)
    ]
    faults += _against_register(features, villages)
    if sum(len(r) for f in features for p in f.polygons for r in p) > MOST_POINTS:
        faults.append(
            Text(
                f"Tệp có hơn {MOST_POINTS} điểm. Hãy đơn giản hóa đường ranh giới rồi tải lại.",
                f"The file has more than {MOST_POINTS} points. Simplify the boundaries first.",
            )
        )
    if faults:
        raise BoundariesRefused(faults)
    return {feature.code: feature.polygons for feature in features}


def _collection(data: bytes) -> list[Any]:
    """The features of the file; raises where it is no FeatureCollection at all."""
    if len(data) > LARGEST:
        raise BoundariesRefused(
            [
                Text(
                    f"Tệp lớn hơn {LARGEST // 1_000_000} MB. Hãy đơn giản hóa đường ranh giới.",
                    f"The file is larger than {LARGEST // 1_000_000} MB. Simplify the boundaries.",
                )
            ]
        )
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raw = None
    features = raw.get("features") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or raw.get("type") != "FeatureCollection":
        features = None
    if not isinstance(features, list) or not features:
        raise BoundariesRefused(
            [
                Text(
                    "Tệp không phải GeoJSON dạng FeatureCollection có ít nhất một vùng. "
                    "Trong QGIS: Export, Save Features As, GeoJSON, hệ tọa độ EPSG:4326.",
                    "The file is no GeoJSON FeatureCollection with at least one feature. "
                    "In QGIS: Export, Save Features As, GeoJSON, CRS EPSG:4326.",
                )
            ]
        )
    return features


def _feature(place: int, raw: Any, faults: list[Text]) -> _Feature:
    """One feature; what is wrong with it is added to `faults`."""
    code = _code(raw)
    where = Text(f"Vùng thứ {place} ({code or '?'})", f"Feature {place} ({code or '?'})")
    if not code:
        names = ", ".join(PROPERTIES)
        faults.append(
            Text(
                f"{where.vi}: không có mã thôn. Cần một thuộc tính tên là {names}.",
                f"{where.en}: no village code. A property named {names} is needed.",
            )
        )
    polygons, fault = _geometry(raw.get("geometry") if isinstance(raw, dict) else None)
    if fault is not None:
        faults.append(Text(f"{where.vi}: {fault.vi}", f"{where.en}: {fault.en}"))
    return _Feature(code, polygons)


def _geometry(raw: Any) -> tuple[tuple[Polygon, ...], Text | None]:
    """The polygons of a geometry, or none and what is wrong with it."""
    kind = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or kind not in ("Polygon", "MultiPolygon"):
        return (), Text(
            f"hình là {kind or 'trống'}; cần Polygon hoặc MultiPolygon.",
            f"the geometry is {kind or 'empty'}; Polygon or MultiPolygon is needed.",
        )
    coordinates = raw.get("coordinates")
    polygons = _polygons([coordinates] if kind == "Polygon" else coordinates)
    fault = _geometry_fault(polygons)
    return (polygons or ()) if fault is None else (), fault


def _code(raw: Any) -> str:
    """The village that a feature names; "" where it names none."""
    if not isinstance(raw, dict):
        return ""
    given = raw.get("properties")
    found = (
        {str(key).lower(): value for key, value in given.items()} if isinstance(given, dict) else {}
    )
    values = [found.get(name) for name in PROPERTIES] + [raw.get("id")]
    for value in values:
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _polygons(raw: Any) -> tuple[Polygon, ...] | None:
    """None where the nesting or a number is wrong."""
    try:
        return tuple(
            tuple(tuple(_point(point) for point in ring) for ring in polygon) for polygon in raw
        )
    except (TypeError, ValueError, IndexError):
        return None


def _point(raw: Any) -> Point:
    """Longitude and latitude; a height after them is left out."""
    x, y = raw[0], raw[1]
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in (x, y)):
        raise ValueError("a coordinate is no number")
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("a coordinate is not finite")
    return float(x), float(y)


def _geometry_fault(polygons: tuple[Polygon, ...] | None) -> Text | None:
    if not polygons or any(not polygon for polygon in polygons):
        return Text(
            "tọa độ không đọc được; cần các vòng gồm cặp số [kinh độ, vĩ độ].",
            "the coordinates cannot be read; rings of [longitude, latitude] are needed.",
        )
    rings = [ring for polygon in polygons for ring in polygon]
    if any(len(ring) < LEAST_POINTS or ring[0] != ring[-1] for ring in rings):
        return Text(
            "đường ranh giới không khép kín; điểm cuối phải trùng điểm đầu, ít nhất bốn điểm.",
            "a ring is not closed; its last point must be its first, with four points at least.",
        )
    points = [point for ring in rings for point in ring]
    if all(_inside(x, y) for x, y in points):
        return None
    if all(_inside(y, x) for x, y in points):
        return Text(
            "kinh độ và vĩ độ bị đảo; GeoJSON ghi [kinh độ, vĩ độ].",
            "longitude and latitude are exchanged; GeoJSON has [longitude, latitude].",
        )
    x, y = next((x, y) for x, y in points if not _inside(x, y))
    return Text(
        f"điểm [{x:g}, {y:g}] không nằm ở Việt Nam; cần tọa độ WGS 84 (EPSG:4326), tính bằng độ, "
        "không dùng VN-2000 tính bằng mét.",
        f"the point [{x:g}, {y:g}] is not in Vietnam; WGS 84 (EPSG:4326) in degrees is needed, not "
        "VN-2000 in metres.",
    )


def _inside(x: float, y: float) -> bool:
    (west, south), (east, north) = VIETNAM
    return west <= x <= east and south <= y <= north


def _against_register(features: Sequence[_Feature], villages: Mapping[str, str]) -> Iterator[Text]:
    """Unknown villages, villages named twice, villages without a feature."""
    codes = [feature.code for feature in features if feature.code]
    for code in sorted(set(codes) - villages.keys()):
        yield Text(
            f"Mã thôn {code} không có trong danh sách thôn của xã.",
            f"The village code {code} is not in the commune's list.",
        )
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Text(
            f"Mã thôn {code} có ở {codes.count(code)} vùng; cần gộp thành một (MultiPolygon).",
            f"The village code {code} is in {codes.count(code)} features; make them one "
            "(MultiPolygon).",
        )
    for code, name in sorted(villages.items()):
        if code not in codes:
            yield Text(
                f"Thiếu ranh giới của thôn {name} (mã {code}).",
                f"The boundary of the village {name} (code {code}) is missing.",
            )


def to_json(shapes: Shapes) -> str:
    """For keeping: {code: polygons}, degrees with six decimals (about 0.1 m)."""
    rounded = {
        code: [[[[round(x, 6), round(y, 6)] for x, y in ring] for ring in p] for p in polygons]
        for code, polygons in sorted(shapes.items())
    }
    return json.dumps(rounded, separators=(",", ":"))


def from_json(text: str) -> Shapes:
    """What `to_json` kept."""
    return {
        code: tuple(tuple(tuple((x, y) for x, y in ring) for ring in p) for p in polygons)
        for code, polygons in json.loads(text).items()
    }
