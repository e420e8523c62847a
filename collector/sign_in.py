"""Checking a name and a password: limited, and for ODK Collect remembered for a while.

docs/decisions/0002-sign-in.md has the reasons. Only failures count against the limits, so that
ODK Collect, which sends the password with every request, is never slowed while it is right.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections import OrderedDict

from flask import session as cookie
from flask_login import login_user, logout_user
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from collector import problems
from collector.database import session
from collector.problems import Problem
from collector.settings import Settings
from collector.store import accounts
from collector.store.accounts import Caller

PAIR = RateLimitItemPerMinute(5, 5)  # one name from one address: 5 failures in 5 minutes
ADDRESS = RateLimitItemPerMinute(50, 5)  # one address: a whole station may sit behind it
ACCOUNT = RateLimitItemPerHour(50)  # one name from everywhere
CODES = RateLimitItemPerMinute(10, 5)  # wrong codes of phones from one address
ALL_CODES = RateLimitItemPerHour(1000)  # from everywhere: 39 bits are not to be searched
MINUTES = 5
MOST_REMEMBERED = 4096
RECENT = 2.0  # seconds

Tries = list[tuple[RateLimitItem, tuple[str, ...]]]
"""Limits with the keys under which failures count against them."""


class SignIn:
    """The sign-in of one process. Holds no password: keyed digests only, and for a short time."""

    def __init__(self, settings: Settings) -> None:
        self._failures = MovingWindowRateLimiter(MemoryStorage())
        self._key = hmac.digest(settings.secret_key.encode(), b"remembered credentials", "sha256")
        self._life = settings.credentials_seconds
        self._known: OrderedDict[bytes, float] = OrderedDict()
        self._recent: dict[bytes, tuple[float, Caller]] = {}
        self._lock = threading.Lock()

    def check(self, username: str, password: str, address: str) -> Caller | None:
        """The account whose password this is. Raises Problem TOO_MANY_TRIES."""
        name = accounts.normal_name(username)
        keys = _keys(name, address)
        self._check_tries(keys)
        found = accounts.password_matches(session(), name, password)
        if found is None:
            self._note_failure(keys)
        return found

    def check_codes(self, address: str) -> None:
        """Raise Problem TOO_MANY_TRIES where too many wrong codes came."""
        self._check_tries(_code_keys(address))

    def note_wrong_code(self, address: str) -> None:
        """Count a wrong code of a phone."""
        self._note_failure(_code_keys(address))

    def _check_tries(self, keys: Tries) -> None:
        if not all(self._failures.test(limit, *key) for limit, key in keys):
            raise Problem(
                problems.TOO_MANY_TRIES,
                minutes=MINUTES,
                headers={"Retry-After": str(MINUTES * 60)},
            )

    def _note_failure(self, keys: Tries) -> None:
        for limit, key in keys:
            self._failures.hit(limit, *key)

    def remembered(self, username: str, password: str, address: str) -> Caller | None:
        """As `check`, without the slow hash where the same proof was good a short time ago.

        The digest covers the stamp of the stored hash: a changed password is another digest, and
        an account that was switched off is not found at all.
        """
        found = accounts.by_username(session(), username)
        if found and self._is_known(self._digest(found, password)):
            return found
        checked = self.check(username, password, address)
        if checked:
            self._remember(self._digest(checked, password))
        return checked

    def recent(self, credentials: str) -> Caller | None:
        """Who sent these credentials in the last RECENT seconds, without asking the database.

        For sending only (`Rule.recent`): a phone that empties its queue sends many submissions in
        a row, and one more of somebody who was known a moment ago does no harm.
        """
        found = self._recent.get(self._keyed(credentials))
        return found[1] if found and time.monotonic() < found[0] else None

    def note_recent(self, credentials: str, caller: Caller) -> None:
        """Remember whom `recent` is to answer."""
        with self._lock:
            if len(self._recent) >= MOST_REMEMBERED:
                self._recent.clear()
            self._recent[self._keyed(credentials)] = (time.monotonic() + RECENT, caller)

    def _digest(self, caller: Caller, password: str) -> bytes:
        return self._keyed(f"{caller.id}\0{caller.stamp}\0{password}")

    def _keyed(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), "sha256")

    def _is_known(self, digest: bytes) -> bool:
        until = self._known.get(digest)
        return until is not None and time.monotonic() < until

    def _remember(self, digest: bytes) -> None:
        with self._lock:
            self._known[digest] = time.monotonic() + self._life
            self._known.move_to_end(digest)
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)


def _code_keys(address: str) -> Tries:
    return [(CODES, ("code", address)), (ALL_CODES, ("codes",))]


def _keys(name: str, address: str) -> Tries:
    who = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return [
        (PAIR, ("pair", who, address)),
        (ADDRESS, ("address", address)),
        (ACCOUNT, ("account", who)),
    ]


def start_session(caller: Caller) -> None:
    """Sign somebody in on the pages. Everything from before is dropped: an id that was planted in
    the browser earlier, or the CSRF token of the stranger, is worth nothing afterwards."""
    cookie.clear()
    cookie.permanent = True
    login_user(caller)


def end_session() -> None:
    """Sign out on the pages and drop all that the cookie held."""
    logout_user()
    cookie.clear()
