"""Rescue files: what a phone could not send, sealed with its account's key, carried by hand.

The file: 8 bytes `SOTHON\\0\\1` (the last is the version of the format), the account's name (16
bytes), an IV (12 bytes), then AES-256-GCM over UTF-8 JSON, the 36 bytes before it being the
additional data. docs/decisions/0026-rescue-files.md says what it holds; the phone writes it in
store/rescue.ts.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from nacl.bindings import crypto_aead_aes256gcm_decrypt
from nacl.exceptions import CryptoError
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Channel
from collector.models.upload import MOST_BYTES, TYPES
from collector.problems import Problem
from collector.store import accounts, enrolments, ingest
from collector.store.accounts import Caller
from collector.store.describing import Arrival
from collector.store.submissions import Upload
from forms.instance import render_xml
from forms.library import Form
from forms.problems import MalformedXml

MAGIC = b"SOTHON\0\1"
NAME_END = len(MAGIC) + 16
HEAD = NAME_END + 12


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that its account's key opened: entries to take in, and how many drafts it holds."""

    caller: Caller
    entries: Sequence[Mapping[str, Any]]
    drafts: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one entry. `outcome`: stored, known, conflict or refused (`problem`: why)."""

    form: str
    summary: str
    finished: str
    outcome: str
    problem: Problem | None = None


def open_file(session: Session, content: bytes) -> Opened:
    """Open a rescue file. Raises Problem NOT_RESCUE (no such file, or damaged), RESCUE_UNKNOWN."""
    if not content.startswith(MAGIC) or len(content) <= HEAD:
        raise Problem(problems.NOT_RESCUE)
    found = enrolments.key_named(session, content[len(MAGIC) : NAME_END].hex())
    if found is None:
        raise Problem(problems.RESCUE_UNKNOWN)
    key = enrolments.hkdf(found.key, "rescue", 32)
    try:
        plain = crypto_aead_aes256gcm_decrypt(
            content[HEAD:], content[:HEAD], content[NAME_END:HEAD], key
        )
        kept = orjson.loads(plain)
        entries = [_entry(one) for one in kept["entries"]]
        drafts = len(kept["drafts"])
    except (CryptoError, ValueError, KeyError, TypeError):
        raise Problem(problems.NOT_RESCUE) from None
    return Opened(accounts.anybody(session, found.account_id), entries, drafts)


def _entry(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """An entry with its answers and files; raises ValueError or KeyError where it is not one."""
    entry, answers = one["entry"], one["answers"]
    texts = [entry[name] for name in ("id", "form", "version", "finished", "summary")]
    if not all(isinstance(text, str) for text in texts) or not isinstance(answers, dict):
        raise ValueError("not an entry of a rescue file")
    _log(entry)
    return {**entry, "answers": answers, "uploads": _uploads(entry, one.get("files") or ())}


def _uploads(entry: Mapping[str, Any], carried: Sequence[Mapping[str, Any]]) -> list[Upload]:
    """The files that the entry names and that came with it, each as it was when it was named; what
    a phone could not have sent in parts is left out."""
    named = {file["filename"]: file["sha256"] for file in entry.get("files") or ()}
    found = []
    for file in carried:
        content = base64.b64decode(file["data"], validate=True)
        digest = hashlib.sha256(content).digest()
        allowed = file["type"] in TYPES and len(content) <= MOST_BYTES
        if allowed and named.get(file["filename"]) == digest.hex():
            found.append(Upload(file["filename"], file["type"], digest, content))
    return found


def take_in(session: Session, desk: ingest.Desk, opened: Opened, now: datetime) -> list[Taken]:
    """Store each entry as if the phone had sent it: the same ids, so that nothing comes twice. An
    entry that is refused leaves nothing behind and does not hold up the others."""
    return [_take(session, desk, opened.caller, entry, now) for entry in opened.entries]


def _take(
    session: Session, desk: ingest.Desk, caller: Caller, entry: Mapping[str, Any], now: datetime
) -> Taken:
    told = (entry["form"], entry["summary"], entry["finished"])
    try:
        form = _form(desk, entry)
        xml = render_xml(
            form,
            entry["answers"],
            f"uuid:{entry['id']}",
            entry.get("deprecatedId") or None,
            _log(entry),
        )
        with session.begin_nested():
            arrival = Arrival(Channel.PHONE, xml, now, entry["uploads"], by_hand=True)
            receipt = ingest.receive(session, desk, caller, arrival)
    except MalformedXml as error:
        return Taken(*told, "refused", Problem(problems.MALFORMED_XML, reason=error.message))
    except Problem as problem:
        return Taken(*told, "refused", problem)
    if receipt.conflict:
        return Taken(*told, "conflict")
    return Taken(*told, "known" if receipt.duplicate else "stored")


def _log(entry: Mapping[str, Any]) -> str | None:
    """The name of the log of times, as the phone's own sending gives it: so that this one and the
    phone's are the same text, and its files are kept when they come."""
    files = entry.get("files") or ()
    return next((file["filename"] for file in files if file["path"].endswith("/meta/audit")), None)


def _form(desk: ingest.Desk, entry: Mapping[str, Any]) -> Form:
    found = desk.library.get(entry["form"], entry["version"])
    if found is None or found.about.get("sensitive"):
        raise Problem(problems.UNKNOWN_FORM, form=entry["form"][:64], version=entry["version"][:64])
    return found
