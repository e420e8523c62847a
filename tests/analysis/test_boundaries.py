"""Village boundaries: every fault of a file at once, and the map that is drawn from them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from lxml import etree

from analysis.places import boundaries
from analysis.places.boundaries import BoundariesRefused, from_json, read, to_json
from analysis.reports.maps import Region, frame_of, shade, village_map

VILLAGES = {"T1": "Thôn Một", "T2": "Thôn Hai"}


def square(west: float, south: float, size: float = 0.01) -> list[list[float]]:
    east, north = round(west + size, 6), round(south + size, 6)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: Any = "T1", **changes: Any) -> dict[str, Any]:
    west = 106.60 if code == "T1" else 106.61
    geometry = {"type": "Polygon", "coordinates": [square(west, 20.8)]}
    return {"type": "Feature", "properties": {"village": code}, "geometry": geometry, **changes}


def written(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def shape(*rings: Any, kind: str = "Polygon") -> dict[str, Any]:
    return {"type": kind, "coordinates": list(rings)}


def faults(data: bytes) -> list[str]:
    with pytest.raises(BoundariesRefused) as caught:
        read(data, VILLAGES)
    assert all(fault.vi and fault.en for fault in caught.value.faults)
    return [fault.vi for fault in caught.value.faults]


def test_a_good_file_is_read_and_kept_as_it_is() -> None:
    islands = feature("T2", geometry=shape([square(106.61, 20.8)], [square(106.63, 20.8)],
                                           kind="MultiPolygon"))  # fmt: skip
    found = read(b"\xef\xbb\xbf" + written(feature(), islands), VILLAGES)
    assert {code: len(polygons) for code, polygons in found.items()} == {"T1": 1, "T2": 2}
    assert from_json(to_json(found)) == found


@pytest.mark.parametrize(
    "named",
    [
        {"properties": {"CODE": "T1"}},
        {"properties": {"ma_thon": " T1 "}},
        {"properties": {"name": "x"}, "id": "T1"},
        {"properties": None, "id": "T1"},
    ],
)
def test_a_village_is_named_by_a_property_or_the_id(named: dict[str, Any]) -> None:
    assert set(read(written(feature(**named), feature("T2")), VILLAGES)) == {"T1", "T2"}


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"[1]", b"{}", b"[" * 100_000, written(), b'{"type": "Feature"}',
     b'{"type":"FeatureCollection","features":{}}'],
)  # fmt: skip
def test_what_is_no_collection_is_refused_with_what_to_do(data: bytes) -> None:
    (fault,) = faults(data)
    assert "EPSG:4326" in fault


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (feature(geometry={"type": "Point", "coordinates": [1, 2]}), "Point"),
        (feature(geometry=None), "trống"),
        (feature(geometry=shape([[106.6, 20.8]] * 3)), "khép kín"),
        (feature(geometry=shape([*square(106.6, 20.8)[:4], [106.7, 20.9]])), "khép kín"),
        (feature(geometry=shape([[20.8, 106.6]] * 5)), "bị đảo"),
        (feature(geometry=shape(square(590000, 2300000))), "VN-2000"),
        (feature(geometry=shape([["a", "b"]] * 4)), "không đọc được"),
        (feature(geometry=shape([[True, 20.8]] * 4)), "không đọc được"),
        (feature(geometry=shape()), "không đọc được"),
        (feature(geometry={"type": "Polygon"}), "không đọc được"),
        (feature(properties={}), "không có mã thôn"),
        (3, "không có mã thôn"),
    ],
)
def test_a_feature_that_cannot_be_drawn_is_named(bad: Any, says: str) -> None:
    found = faults(written(bad, feature("T2")))
    assert any("Vùng thứ 1" in fault and says in fault for fault in found)


def test_all_faults_are_said_at_once_with_unknown_missing_and_double_villages() -> None:
    found = faults(written(feature("T2"), feature("T2"), feature("X9")))
    assert found == [
        "Mã thôn X9 không có trong danh sách thôn của xã.",
        "Mã thôn T2 có ở 2 vùng; cần gộp thành một (MultiPolygon).",
        "Thiếu ranh giới của thôn Thôn Một (mã T1).",
    ]


def test_a_feature_with_a_bad_shape_still_says_its_village() -> None:
    flat = {"type": "Point", "coordinates": [106.6, 20.8]}
    found = faults(written(feature(geometry=flat), feature("T2"), feature("X9", geometry=flat)))
    assert [fault.split(";")[0] for fault in found] == [
        "Vùng thứ 1 (T1): hình là Point",
        "Vùng thứ 3 (X9): hình là Point",
        "Mã thôn X9 không có trong danh sách thôn của xã.",
    ], "T1 is there: it is not said to be missing"


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "LARGEST", 50)
    assert "lớn hơn" in faults(written(feature(), feature("T2")))[0]
    monkeypatch.undo()
    monkeypatch.setattr(boundaries, "MOST_POINTS", 9)
    assert "9 điểm" in faults(written(feature(), feature("T2")))[0]


def regions(**changes: Any) -> list[Region]:
    one = {"code": "T1", "number": 1, "name": "Một", "shade": 0.5, "words": "quá nửa"}
    two = {**one, "code": "T2", "number": 2, "name": "Hai", "shade": 1.0, **changes}
    return [Region(**one), Region(**two)]


def test_the_projection_keeps_lengths_in_both_directions() -> None:
    """0.01 degree at 20.8° N: 1.107 km north, 1.041 km east."""
    frame = frame_of(read(written(feature(), feature("T2")), VILLAGES))
    west, south = frame.at((106.60, 20.80))
    east, north = frame.at((106.61, 20.81))
    assert (east - west) / (south - north) == pytest.approx(1.041 / 1.1135, rel=0.002)
    assert north < south, "north is up"
    assert 0 < west < frame.at((106.62, 20.8))[0] < 360


def test_the_map_is_a_named_picture_with_a_word_on_each_village() -> None:
    shapes = read(written(feature(), feature("T2")), VILLAGES)
    drawn = village_map(shapes, regions(), "Bản đồ")
    root = etree.fromstring(drawn.encode())
    assert root.get("role") == "img"
    texts = [text for text in root.itertext() if text]
    assert texts == ["Bản đồ", "1. Một", "quá nửa", "2. Hai", "quá nửa"]
    fills = [path.get("fill") for path in root.iter("{*}path")]
    assert fills == [shade(0.5), shade(1.0)]
    assert not re.search(r"style=|<script|url\(", drawn)


def test_a_village_without_a_shade_is_white_and_broken() -> None:
    shapes = read(written(feature(), feature("T2")), VILLAGES)
    drawn = village_map(shapes, regions(shade=None, words="số nhỏ, ẩn"), "Bản đồ")
    assert 'fill="#ffffff"' in drawn
    assert "stroke-dasharray" in drawn


def test_a_village_too_small_for_words_has_its_number() -> None:
    tiny = feature("T2", geometry=shape(square(106.61, 20.8, 0.0003)))
    drawn = village_map(read(written(feature(), tiny), VILLAGES), regions(), "Bản đồ")
    assert ">2</text>" in drawn
    assert "Hai" not in drawn


def test_names_from_data_are_escaped_and_unknown_villages_left_out() -> None:
    shapes = read(written(feature(), feature("T2")), VILLAGES)
    evil = [*regions(name="<b>&"), Region("T9", 3, "Chín", 0.1, "x")]
    drawn = village_map(shapes, evil, "<script>")
    assert "<b>" not in drawn and "<script" not in drawn and "Chín" not in drawn
    assert etree.fromstring(drawn.encode()) is not None


def test_words_can_be_read_on_every_shade() -> None:
    """Contrast of the ink with the darkest shade, as WCAG counts it."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(p * w for p, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    assert (light(shade(1)) + 0.05) / (light("#15201e") + 0.05) > 4.5
    assert shade(-1) == shade(0) != shade(1) == shade(2)
