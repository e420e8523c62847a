"""Send the demonstration through the real API: the phone's route, and OpenRosa with its faults."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import urlsplit

from collector.demonstration import commune
from collector.demonstration.interviews import Filled, identifier, interviews, station, visits
from collector.demonstration.returns import returns
from collector.demonstration.shape import filled as fill
from collector.settings import Settings
from forms.instance import render_xml
from forms.library import Form, Library

Say = Callable[[str], None]
PATIENCE = 60  # seconds for one reply
BY_COLLECT = 23  # one interview in so many comes from ODK Collect, which lets faults pass
STEP = 60  # submissions between two lines of progress
BOUNDARY = "so-thon-demonstration"


class NotTaken(RuntimeError):
    """The service did not take a submission of the demonstration; the text is its reply."""


def send_everything(address: str, say: Say) -> None:
    """Send all interviews, births and returns; what is there already stays as it is."""
    library = Library(Settings().forms_folder)
    newest = {form.id: form for form in library.forms()}
    parcel = everything()
    sender = _Sender(address, newest)
    say(f"==> Số liệu minh họa / demonstration data: {len(parcel)} phiếu")
    for number, filled in enumerate(parcel, start=1):
        sender.send(filled, number)
        if number % STEP == 0 or number == len(parcel):
            say(f"    {number:>4} / {len(parcel)}")
    sender.mishaps(parcel)


def everything() -> list[Filled]:
    """All that the demonstration sends, always the same."""
    return [
        *interviews(Random(commune.SEED)),
        *station(Random(commune.SEED + 1)),
        *returns(Random(commune.SEED + 2)),
        *visits(Random(commune.SEED + 3)),
    ]


@dataclass(slots=True)
class _Phone:
    """A signed-in account on one connection."""

    connection: http.client.HTTPConnection
    token: str


class _Sender:
    """Everybody's phones. The lists are those of the territory, as the service hands them out."""

    def __init__(self, address: str, forms: Mapping[str, Form]) -> None:
        self.host = urlsplit(address).netloc
        self.forms = forms
        self.passwords = {account.username: account.password for account in commune.accounts()}
        self.phones: dict[str, _Phone] = {}
        self.media = media()

    def send(self, filled: Filled, number: int) -> None:
        """One submission, by its account's phone or, now and then, by ODK Collect with a fault."""
        form = self.forms[filled.form]
        answers, faults = fill(form, filled.answers, self.media, datetime.now(UTC))
        if filled.form == "household" and (faults or number % BY_COLLECT == 0):
            self._by_collect(filled, _with_fault(answers, number // BY_COLLECT))
        else:
            self._by_phone(filled, answers)

    def mishaps(self, parcel: list[Filled]) -> None:
        """What also happens: one text sent twice, one id used twice, one household asked twice."""
        complete = [f for f in parcel if f.form == "household" and f.answers.get("member")]
        first, second, third = complete[1], complete[5], complete[9]
        form = self.forms["household"]
        now = datetime.now(UTC)
        self._by_phone(first, fill(form, first.answers, self.media, now)[0])
        changed = {**second.answers, "visit_no": "3"}
        self._by_phone(second, fill(form, changed, self.media, now)[0], expected=(201, 409))
        again = Filled("household", identifier("asked twice"), third.answers, third.account)
        self._by_phone(again, fill(form, third.answers, self.media, now)[0])

    def _by_phone(
        self, filled: Filled, answers: dict[str, Any], expected: tuple[int, ...] = (201,)
    ) -> None:
        form = self.forms[filled.form]
        body = {
            "form": form.id,
            "version": form.version,
            "instance_id": filled.instance_id,
            "answers": answers,
            **({"deprecated_id": filled.replaces} if filled.replaces else {}),
        }
        phone = self._phone(filled.account)
        headers = {"Authorization": f"Bearer {phone.token}"}
        _post(phone.connection, "/api/v1/submissions", body, headers, expected)

    def _by_collect(self, filled: Filled, answers: dict[str, Any]) -> None:
        xml = render_xml(self.forms[filled.form], answers, filled.instance_id)
        part = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"; '
            'filename="submission.xml"\r\nContent-Type: text/xml\r\n\r\n'
        )
        body = part.encode() + xml + f"\r\n--{BOUNDARY}--\r\n".encode()
        sign_in = f"{filled.account}:{self.passwords[filled.account]}".encode()
        headers = {
            "Authorization": "Basic " + base64.b64encode(sign_in).decode(),
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "X-OpenRosa-Version": "1.0",
        }
        connection = self._phone(filled.account).connection
        _exchange(connection, "/openrosa/submission", body, headers, (201,))

    def _phone(self, account: str) -> _Phone:
        if account not in self.phones:
            connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
            body = {
                "username": account,
                "password": self.passwords[account],
                "device": "Bản minh họa",
            }
            reply = _post(connection, "/api/v1/session", body, {}, (200,))
            self.phones[account] = _Phone(connection, reply["token"])
        return self.phones[account]


def _post(
    connection: http.client.HTTPConnection,
    path: str,
    body: Mapping[str, Any],
    headers: Mapping[str, str],
    expected: tuple[int, ...],
) -> Any:
    sent = json.dumps(body).encode()
    typed = {"Content-Type": "application/json", **headers}
    return json.loads(_exchange(connection, path, sent, typed, expected))


def _exchange(
    connection: http.client.HTTPConnection,
    path: str,
    body: bytes,
    headers: Mapping[str, str],
    expected: tuple[int, ...],
) -> bytes:
    try:
        connection.request("POST", path, body, dict(headers))
        reply = connection.getresponse()
    except (http.client.RemoteDisconnected, ConnectionError):
        connection.close()  # the service closes what was idle for long; the same id is stored once
        connection.request("POST", path, body, dict(headers))
        reply = connection.getresponse()
    text = reply.read()
    if reply.status not in expected:
        raise NotTaken(f"{path}: {reply.status} {text[:2000].decode('utf-8', 'replace')}")
    return text


def media() -> dict[str, list[dict[str, str]]]:
    """The same rows as the service's lists for the whole commune."""
    names = {code: name for code, name, _ in commune.VILLAGES}
    households = [
        {
            "name": listed.code,
            "label": listed.code,
            "village": listed.village,
            "village_label": names[listed.village],
            "seed_f": str(listed.seed_f),
            "seed_m": str(listed.seed_m),
        }
        for listed in commune.households()
    ]
    villages = [{"name": code, "label": name} for code, name in names.items()]
    units = [{"name": code, "label": name, "kind": kind} for code, kind, name in commune.UNITS]
    return {"households.csv": households, "villages.csv": villages, "units.csv": units}


def _with_fault(answers: dict[str, Any], kind: int) -> dict[str, Any]:
    """The same answers with one thing that ODK Collect's users get wrong in the field."""
    wrong = deepcopy(answers)
    members = wrong.get("member") or []
    if not members:
        return wrong
    person = members[-1]["person"]
    faults: tuple[Callable[[], Any], ...] = (
        lambda: person.update(birth_y="2062"),  # two digits changed places
        lambda: person.pop("sex"),
        lambda: members[0]["person"].update(rel="2"),
        wrong["respondent"].pop,
        lambda: person.update(eth="71"),
    )
    faults[kind % len(faults)]()
    return wrong
