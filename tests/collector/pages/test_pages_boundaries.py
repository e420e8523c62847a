"""Uploading village boundaries, and the map of collection."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import invented
import pytest
from browsing import BOTH, Browser, words
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from analysis.places.boundaries import read
from collector.models import Household
from collector.routes.pages.village_map import done, short, stage_of
from collector.store import boundaries
from collector.store.collection import VillageVisits

Browse = Callable[[str], Browser]
ADDRESS = "/collection/boundaries"
VILLAGES = {"AK01": "Thôn Một", "AK02": "Thôn Hai"}


def square(west: float) -> list[list[float]]:
    east = west + 0.02
    return [[west, 20.8], [east, 20.8], [east, 20.82], [west, 20.82], [west, 20.8]]


def geojson(*codes: str) -> bytes:
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {"village": code},
            "geometry": {"type": "Polygon", "coordinates": [square(106.6 + 0.02 * place)]},
        }
        for place, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def upload(browser: Browser, data: bytes) -> TestResponse:
    return browser.send(ADDRESS, ADDRESS, file=(io.BytesIO(data), "ranh-gioi.geojson"))


def test_an_officer_uploads_boundaries_and_sees_the_map(browse: Browse) -> None:
    browser = browse("canbo")
    assert 'id="map"' not in browser.get("/collection").text
    reply = upload(browser, geojson("AK01", "AK02"))
    assert (reply.status_code, reply.headers["Location"]) == (303, "/collection#map")
    html = browser.get("/collection").text
    (drawn,) = re.findall(r'<div class="map">(<svg.*?</svg>)</div>', html, re.DOTALL)
    assert drawn.count("<path") == 2
    assert "1. Một" in drawn and "chưa bắt đầu" in drawn
    assert "ranh-gioi.geojson" in words(browser.get(ADDRESS))
    assert not re.search(r"\sstyle=", html)


def test_a_faulty_file_is_refused_with_every_fault_and_nothing_is_kept(
    browse: Browse, session: Session
) -> None:
    reply = upload(browse("canbo"), geojson("AK02", "ZZ"))
    assert reply.status_code == 422
    text = words(reply)
    assert "Mã thôn ZZ không có trong danh sách" in text
    assert "Thiếu ranh giới của thôn Thôn Một (mã AK01)" in text
    assert boundaries.newest(session) is None


def test_no_file_is_said_and_not_a_failure(browse: Browse) -> None:
    reply = browse("canbo").send(ADDRESS, ADDRESS)
    assert reply.status_code == 422
    assert "GeoJSON" in words(reply)


@pytest.mark.parametrize(("who", "status"), [("quantri", 403), ("thon1", 403), ("", 302)])
def test_only_officers_upload(browse: Browse, who: str, status: int) -> None:
    found = browse(who).get(ADDRESS).status_code
    assert found == status or (who == "" and found == 303)


def test_the_map_follows_what_is_done(browse: Browse, session: Session) -> None:
    browser = browse("canbo")
    upload(browser, geojson("AK01", "AK02"))
    before = re.findall(r'<path[^>]*fill="(#\w+)"', browser.get("/collection").text)
    for n in range(1, 31):
        invented.add(session, invented.household_answers(n, f"AK01-{n:03}"))
    html = browser.get("/collection").text
    after = re.findall(r'<path[^>]*fill="(#\w+)"', html)
    assert "quá nửa" in html and "75%" in html
    assert before[-2] != after[-2] and before[-1] == after[-1]


def test_a_village_of_few_households_shows_no_number(browse: Browse, session: Session) -> None:
    browser = browse("canbo")
    upload(browser, geojson("AK01", "AK02"))
    few = update(Household).where(Household.village == "AK02", Household.code > "AK02-009")
    session.execute(few.values(active=False))
    session.commit()
    html = browser.get("/collection").text
    (drawn,) = re.findall(r'<div class="map">(<svg.*?</svg>)</div>', html, re.DOTALL)
    assert "số nhỏ, ẩn" in drawn
    row = re.search(r'<td class="number">2</td><th scope="row">Thôn Hai.*?</tr>', html, re.DOTALL)
    assert row is not None
    assert "–" in row[0] and "%" not in row[0]


@BOTH
def test_the_newest_upload_holds(session: Session) -> None:
    account = invented.account_id(session, "canbo")
    for name, codes in (("old", ("AK01", "AK02")), ("new", ("AK02", "AK01"))):
        shapes = read(geojson(*codes), VILLAGES)
        boundaries.keep(session, shapes, name, account, datetime.now(UTC))
    session.commit()
    found = boundaries.newest(session)
    assert found is not None
    assert (found.filename, found.by) == ("new", "Canbo")
    assert found.shapes["AK02"][0][0][0] == (106.6, 20.8)


def village(households: int, complete: int) -> VillageVisits:
    return VillageVisits("v", "Thôn V", households, complete, complete, 0, 0, 0, 0, 0, None)


@pytest.mark.parametrize(
    ("households", "complete", "word"),
    [
        (40, 0, "chưa bắt đầu"),
        (40, 1, "mới bắt đầu"),
        (40, 10, "dưới một nửa"),
        (40, 20, "quá nửa"),
        (40, 36, "gần xong"),
        (40, 39, "gần xong"),
        (40, 40, "đã xong"),
        (40, 41, "đã xong"),
        (10, 0, "chưa bắt đầu"),
    ],
)
def test_the_word_of_a_village(households: int, complete: int, word: str) -> None:
    share = done(village(households, complete))
    assert share is not None
    assert stage_of(share) == word


def test_nine_households_are_too_few() -> None:
    assert done(village(9, 9)) is None


@pytest.mark.parametrize(
    ("name", "expected"), [("Thôn Một", "Một"), ("Bản Nà Cà", "Nà Cà"), ("Xóm 5", "Xóm 5")]
)
def test_a_name_on_the_map_is_short(name: str, expected: str) -> None:
    assert short(name) == expected
