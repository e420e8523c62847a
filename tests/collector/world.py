"""A small commune for the tests: villages, households, accounts, and filled forms."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from argon2 import PasswordHasher
from sqlalchemy import insert
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from collector import duties
from collector.models import Household, TerritoryRevision, Unit, User, Village
from forms.complete import complete
from forms.instance import render_xml
from forms.library import Form, Library

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "mat-khau-thu-2026"
SECRET = "kiem-thu-" * 5
VILLAGES = {"AK01": "Thôn Một", "AK02": "Thôn Hai"}
UNITS = {"tram-y-te": ("station", "Trạm Y tế"), "cong-an": ("police", "Công an xã")}
PEOPLE = {  # name -> role, village or unit
    "thon1": ("collector", "AK01"),
    "thon2": ("collector", "AK02"),
    "tram": ("unit", "tram-y-te"),
    "congan": ("unit", "cong-an"),
    "canbo": ("officer", None),
    "canbo2": ("officer", None),
    "quantri": ("administrator", None),
}
HOUSEHOLDS = 40  # in each village
SEEDS = (123456, 654321)


@cache
def library() -> Library:
    """The published forms."""
    return Library(ROOT / "forms" / "published")


def form(form_id: str = "household") -> Form:
    """The newest version of a form."""
    return library().versions(form_id)[-1]


@cache
def _hash() -> str:
    """As the service makes it, but quick: hundreds of tests sign in. test_sign_in looks at the
    service's own parameters."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


def settle(session: Session) -> None:
    """Fill an empty database with the commune; commits."""
    session.execute(insert(TerritoryRevision), [{"id": 1, "revision": 1}])
    session.execute(insert(Village), [{"code": c, "name": n} for c, n in VILLAGES.items()])
    session.execute(
        insert(Unit),
        [{"code": c, "kind": k, "name": n, "active": True} for c, (k, n) in UNITS.items()],
    )
    session.execute(
        insert(Household),
        [
            {
                "code": f"{village}-{n:03}",
                "village": village,
                "seed_f": SEEDS[0],
                "seed_m": SEEDS[1],
                "active": True,
            }
            for village in VILLAGES
            for n in range(1, HOUSEHOLDS + 1)
        ],
    )
    session.execute(
        insert(User),
        [
            {
                "username": name,
                "display_name": name.title(),
                "role": role,
                "village": place if role == "collector" else None,
                "unit": place if role == "unit" else None,
                "password_hash": _hash(),
                "active": True,
                "locale": "vi",
                "created_at": datetime.now(UTC),
            }
            for name, (role, place) in PEOPLE.items()
        ],
    )
    session.commit()


def new_id() -> str:
    """A fresh instance id."""
    return f"uuid:{uuid4()}"


def today() -> str:
    """Today in Việt Nam, as the phone writes it and as the service counts days and years."""
    return duties.today().isoformat()


def refused(household: str = "AK01-001", **changes: Any) -> dict[str, Any]:
    """The answers of an interview that was refused at the door: the shortest valid one."""
    return {
        "today": today(),
        "household": household,
        "village": household.split("-", maxsplit=1)[0],
        "visit_no": "1",
        "contact": "1",
        "consent": {"consent_hh": "0", "consent_ver": "2026.1"},
        "result": "3",
        **changes,
    }


@cache
def lists() -> dict[str, list[dict[str, str]]]:
    """The media rows of the commune, as the check is given them."""
    households = [
        {
            "name": f"{village}-{n:03}",
            "village": village,
            "seed_f": str(SEEDS[0]),
            "seed_m": str(SEEDS[1]),
        }
        for village in VILLAGES
        for n in range(1, HOUSEHOLDS + 1)
    ]
    return {"households.csv": households, "villages.csv": [{"name": code} for code in VILLAGES]}


def completed(household: str = "AK01-001", *, members: int = 1, **changes: Any) -> dict[str, Any]:
    """The answers of a complete interview (result 1) in a household whose members all live
    elsewhere most of the year, so that nobody is selected for the long modules."""
    one = {
        "person": {"rel": "6", "sex": "2", "age": "40", "eth": "01", "usual": "0"},
        "schooling": {"marital": "2", "edu": "3", "dis": "0"},
        "work": {"work7": "0"},
    }
    head = {**one, "person": {**one["person"], "rel": "1"}}
    answers = {
        **refused(household),
        "consent": {"consent_hh": "1", "consent_ver": "2026.1"},
        "member": [head, *[one] * (members - 1)],
        "selection": {"rand_f": "5", "rand_m": "6"},
        **changes,
    }
    return complete(form(), answers, now=datetime.now(UTC), media=lists())


def xml(
    answers: Mapping[str, Any] | None = None,
    instance_id: str | None = None,
    deprecated_id: str | None = None,
    form_id: str = "household",
) -> bytes:
    """The XForm instance of answers, as ODK Collect sends it."""
    filled = refused() if answers is None else answers
    return render_xml(form(form_id), filled, instance_id or new_id(), deprecated_id)


def multipart(
    text: bytes, files: Sequence[tuple[str, bytes]] = (), **fields: str
) -> dict[str, Any]:
    """Arguments of a test client's post: the parts that ODK Collect sends."""
    data: MultiDict[str, Any] = MultiDict(fields)
    data.add(
        "xml_submission_file", FileStorage(io.BytesIO(text), "form.xml", content_type="text/xml")
    )
    for name, content in files:
        data.add(name, FileStorage(io.BytesIO(content), name, content_type="image/jpeg"))
    return {"data": data, "content_type": "multipart/form-data"}


def body(text: bytes) -> tuple[bytes, dict[str, str]]:
    """(body, headers) of the same post, for a client on a real connection."""
    boundary, raw = encode_multipart(multipart(text)["data"])
    return raw, {"Content-Type": f'multipart/form-data; boundary="{boundary}"'}


def basic(username: str = "thon1", password: str = PASSWORD) -> dict[str, str]:
    """Headers of HTTP Basic and of OpenRosa."""
    proof = b64encode(f"{username}:{password}".encode()).decode()
    return {"Authorization": f"Basic {proof}", "X-OpenRosa-Version": "1.0"}
