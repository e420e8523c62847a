"""Vietnamese first, English beside it: the switch, and a catalogue without gaps."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import world
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from browsing import Browser, words
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.models import User

Browse = Callable[[str], Browser]
SOURCES = world.ROOT / "collector"
TRANSLATIONS = SOURCES / "translations"
KEYWORDS = {"gettext": None, "_": None, "N_": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\((\w+)\)([sd])|%%")


def english() -> Catalog:
    """The English catalogue."""
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def keys() -> set[str | tuple[str, ...]]:
    """Every message of the code and the templates."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(str(SOURCES), methods, options, KEYWORDS)
    return {message[2] for message in found}


def test_every_message_has_an_english_text() -> None:
    catalogue = english()
    missing = []
    for key in keys():
        message = catalogue.get(key if isinstance(key, str) else key[0])
        texts = [message.string] if message and isinstance(message.string, str) else []
        if message and not isinstance(message.string, str):
            texts = list(message.string)
        if not texts or not all(texts) or (message and message.fuzzy):
            missing.append(key)
    assert not missing, f"add these to {TRANSLATIONS}/en/LC_MESSAGES/messages.po"


def test_no_english_text_is_left_over() -> None:
    here = {key if isinstance(key, str) else key[0] for key in keys()}
    kept = {m.id if isinstance(m.id, str) else m.id[0] for m in english() if m.id}
    assert kept - here == set()


def test_texts_keep_their_places() -> None:
    for message in english():
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        texts = [message.string] if isinstance(message.string, str) else message.string
        for text in texts:
            assert set(PLACE.findall(text)) == set(PLACE.findall(key)), key


def test_the_keys_are_vietnamese() -> None:
    plain = [key for key in keys() if isinstance(key, str) and key.isascii() and len(key) > 24]
    assert plain == []


@pytest.fixture
def compiled(tmp_path: Path, app: Flask) -> None:
    """English compiled afresh for this application, so that no build is needed first."""
    target = tmp_path / "translations" / "en" / "LC_MESSAGES"
    target.mkdir(parents=True)
    out = BytesIO()
    write_mo(out, english())
    (target / "messages.mo").write_bytes(out.getvalue())
    app.extensions["babel"].translation_directories = [str(tmp_path / "translations")]


@pytest.mark.usefixtures("compiled")
def test_the_switch_changes_the_language_and_stays(browse: Browse, session: Session) -> None:
    browser = browse("canbo")
    assert "Tiến độ thu thập" in words(browser.get("/collection"))
    reply = browser.get("/language/en?next=/collection")
    assert (reply.status_code, reply.location) == (302, "/collection")
    page = browser.get("/collection")
    assert "Progress of collection" in words(page)
    assert 'lang="en"' in page.text
    stored = session.scalar(select(User.locale).where(User.username == "canbo"))
    assert stored == "en"
    elsewhere = browse("canbo")
    assert "Progress of collection" in words(elsewhere.get("/collection"))


@pytest.mark.usefixtures("compiled")
def test_a_stranger_keeps_the_chosen_language_after_signing_in(browse: Browse) -> None:
    browser = browse("")
    browser.get("/language/en")
    assert "User name" in words(browser.get("/sign-in"))
    browser.sign_in("canbo")
    assert "Your account" in words(browser.get("/account"))


def test_an_unknown_language_is_not_found(browse: Browse) -> None:
    assert browse("").get("/language/fr").status_code == 404


@pytest.mark.usefixtures("compiled")
def test_numbers_follow_the_language(app: Flask) -> None:
    with app.test_request_context("/"):
        amount = app.jinja_env.filters["amount"]
        assert amount(1234) == "1.234"
    with app.test_request_context("/") as context:
        context.session["language"] = "en"
        assert amount(1234) == "1,234"
