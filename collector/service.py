"""What a running service holds beside the database: settings, forms, sign-in, made lists.

For the HTTP side and the commands only; the store is handed what it needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from flask import Flask, current_app
from sqlalchemy.orm import Session

from collector import database, discretion, problems
from collector.problems import Problem
from collector.settings import Settings
from collector.sign_in import SignIn
from collector.store.accounts import Caller
from collector.store.ingest import Desk
from collector.store.media import Media, MediaFile, md5
from collector.store.submissions import any_invented
from forms.label_files import type_of
from forms.library import Form, Library
from forms.own_lists import Rows

NAME = "so-thon"
_BYTES = "application/octet-stream"


@dataclass(slots=True)
class Known:
    """What a process finds out once. `invented`: None until it was looked for."""

    invented: bool | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """The parts that a route needs. One instance an application."""

    settings: Settings
    library: Library
    sign_in: SignIn
    media: Media = field(default_factory=Media)
    known: Known = field(default_factory=Known)

    @property
    def desk(self) -> Desk:
        """What `ingest.receive` works with."""
        return Desk(self.library, self.rows, self.settings.demonstration)

    def rows(self, session: Session, form: Form, caller: Caller) -> Mapping[str, Rows]:
        """The rows of every list of a form, by file name, for the check: the register's and the
        author's own."""
        return {**self.media.rows(session, form, caller), **self.library.rows(form)}

    @property
    def demonstration(self) -> bool:
        """What `demonstration()` says, as far as it is known without asking the database."""
        return self.settings.demonstration or bool(self.known.invented)

    def install(self, app: Flask) -> None:
        """Make it the service of `app`."""
        app.extensions[NAME] = self


def service() -> Service:
    """The service of the application that answers now."""
    found = current_app.extensions[NAME]
    assert isinstance(found, Service)
    return found


def demonstration() -> bool:
    """True where what the service shows is invented: it runs as a demonstration, or it holds what
    came while it did, also where DEMONSTRATION=1 was forgotten. Looked for once: a service that is
    no demonstration stores nothing invented."""
    held = service()
    if not held.settings.demonstration and held.known.invented is None:
        held.known.invented = any_invented(database.session())
    return held.demonstration


def published(form_id: str, version: str) -> Form:
    """A published form of any version, but none that is sensitive; else Problem UNKNOWN_FORM."""
    found = service().library.get(form_id, version)
    if found is None or found.about.get("sensitive"):  # that one has a way of its own
        raise Problem(problems.UNKNOWN_FORM, form=form_id[:64], version=version[:64])
    return found


def media_names(form: Form) -> list[str]:
    """Every file that a form names: its lists, then the sounds and pictures of its labels."""
    return [*form.files.values(), *form.media]


def media_file(form: Form, filename: str, caller: Caller) -> MediaFile | None:
    """A list (the register's: for the caller's territory), or a sound or picture; None where the
    form has none."""
    if filename in form.kept:
        return _kept_file(form, filename)
    if filename in form.files.values():
        return service().media.get(database.session(), filename, caller)
    return None


def media_md5(form: Form, filename: str, caller: Caller) -> str | None:
    """The MD5 (hex) of what `media_file` would give; what was published is read for it once."""
    if filename in form.kept:
        return _kept_md5(form, filename) if service().library.has_media(form, filename) else None
    found = media_file(form, filename, caller)
    return found.md5 if found else None


@cache  # what was published with a form never changes
def _kept_md5(form: Form, filename: str) -> str:
    return md5(service().library.media(form, filename) or b"")


def _kept_file(form: Form, filename: str) -> MediaFile | None:
    content = service().library.media(form, filename)
    if not content:
        return None
    if filename in form.own_lists:
        return MediaFile(content, md5(content))
    return MediaFile(content, md5(content), type_of(content) or _BYTES)


def private_form() -> Form:
    """The newest private form; raises Problem PRIVATE_CLOSED where no key is there to seal to."""
    held = service()
    versions = held.library.versions(discretion.FORM)
    if not versions or held.settings.public_key is None:
        raise Problem(problems.PRIVATE_CLOSED)
    return versions[-1]


def forms_of(caller: Caller, *, every_version: bool = False) -> list[Form]:
    """The forms that the caller fills: the newest version of each, or all of them."""
    library = service().library
    found = list(library) if every_version else library.forms()
    return [form for form in found if caller.fills in form.about.get("filled_by", ())]


@cache  # a published form never changes; there are a few dozen
def model_hash(form: Form) -> str:
    """The hash by which a phone sees that a form's model is new to it."""
    return hashlib.sha256(form.json).hexdigest()[:32]
