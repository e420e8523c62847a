"""An officer adds an indicator, changes it, uses it; nobody overwrites it in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from browsing import Browser, words
from flask import Flask
from sqlalchemy.orm import Session

from analysis.catalogue import CATALOGUE
from collector import reporting
from collector.store import indicators

Browse = Callable[[str], Browser]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WORDS = ("name", "numerator", "denominator", "unit", "source", "definition", "why", "misleads",
         "small_numbers")  # fmt: skip


def fields(**changes: Any) -> dict[str, Any]:
    """A share over the return of legal aid, as the page sends it."""
    found: dict[str, Any] = {
        "table": "legal_aid_year", "code": "tgpl_nu", "kind": "share", "scale": "100",
        "decimals": "1", "direction": "up", "revision": "0",
        "top_sum": ["advice_f"], "below_sum": ["advice_f", "advice_m"],
        **{f"{name}_{lang}": f"{name} {lang}" for name in WORDS for lang in ("vi", "en")},
    }  # fmt: skip
    return {**found, **changes}


NEW = "/indicators/new?table=legal_aid_year"
OWN = "/indicators/own/TGPL_NU"


def test_the_catalogue_lists_every_indicator(browse: Browse) -> None:
    text = words(browse("canbo").get("/indicators"))
    assert all(code in text for code in CATALOGUE)
    assert browse("thon1").get("/indicators").status_code == 403
    assert browse("quantri").get("/indicators/new").status_code == 403


def test_an_indicator_is_added_and_every_version_kept(browse: Browse, session: Session) -> None:
    officer = browse("canbo")
    assert officer.send(NEW, "/indicators/new", **fields()).status_code == 303
    declared = indicators.catalogue(session)["TGPL_NU"]
    assert declared.estimator == "return_share"
    page = officer.get(OWN)
    assert 'name="revision" value="1"' in page.text
    changed = fields(revision="1", name_vi="Tên khác", reason="Đặt tên rõ hơn")
    assert officer.send(OWN, OWN, **changed).status_code == 303
    session.expire_all()
    assert [one.revision for one in indicators.history(session, "TGPL_NU")] == [2, 1]
    assert indicators.catalogue(session)["TGPL_NU"].name.vi == "Tên khác"

    late = officer.send(OWN, OWN, **fields(revision="1", reason="Tôi cũng sửa"))
    assert late.status_code == 409
    assert "vừa được người khác sửa" in words(late)
    assert officer.send(OWN, OWN, **fields(revision="2")).status_code == 422  # no reason


def test_faults_are_told_at_their_places_and_nothing_is_stored(
    browse: Browse, session: Session
) -> None:
    wrong = fields(code="SRB", below_sum=[], why_en="", top_sum=["nobody"])
    reply = browse("canbo").send(NEW, "/indicators/new", **wrong)
    assert reply.status_code == 422
    text = words(reply)
    assert "Mã SRB đã có trong danh mục" in text
    assert "Bảng này không có cột nobody" in text
    assert re.search(r'id="why_en-error"', reply.text)
    assert set(indicators.catalogue(session)) == set(CATALOGUE)


def test_the_private_form_offers_no_columns(browse: Browse, app: Flask) -> None:
    library = app.extensions["so-thon"].library
    assert not any(name.startswith("private") for name in indicators.tables(library))
    assert "private_support" not in browse("canbo").get("/indicators/new").text


def test_it_has_a_page_can_be_withdrawn_and_comes_back(browse: Browse, session: Session) -> None:
    officer = browse("canbo")
    officer.send(NEW, "/indicators/new", **fields())
    page = officer.get("/plans/an-khanh-2026-2030/indicators/TGPL_NU")
    assert page.status_code == 200
    assert "numerator vi" in words(page)
    gone = officer.send(OWN, f"{OWN}/withdraw", revision="1", reason="Không dùng nữa")
    assert gone.status_code == 303
    session.expire_all()
    assert "TGPL_NU" not in indicators.catalogue(session)
    again = officer.send(OWN, OWN, **fields(revision="2", reason="Dùng lại"))
    assert again.status_code == 303
    session.expire_all()
    assert "TGPL_NU" in indicators.catalogue(session)


def test_what_a_plan_asks_for_cannot_be_withdrawn(
    browse: Browse, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = browse("canbo")
    officer.send(NEW, "/indicators/new", **fields())
    plan = next(one for one in reporting.shipped() if one.targets)
    asks = replace(plan.targets[0], indicator="TGPL_NU")
    using = replace(plan, id="xa-thu-2026", targets=(asks,))
    monkeypatch.setattr(reporting, "plans", lambda session: (using,))
    reply = officer.send(OWN, f"{OWN}/withdraw", revision="1", reason="Không dùng nữa")
    assert reply.status_code == 409
    assert "xa-thu-2026" in words(reply)
    session.expire_all()
    assert "TGPL_NU" in indicators.catalogue(session)
