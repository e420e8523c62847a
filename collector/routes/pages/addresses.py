"""Where to go next, and under which address a phone finds this service."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, url_for

from collector.service import service


def local(target: str | None) -> str | None:
    """`target` if it is a path of this service; None for anything that leads elsewhere.

    A browser reads `\\` as `/` and drops tabs and line breaks, so `/\\host` is another host.
    """
    if not target or not target.startswith("/") or "\\" in target or not target.isprintable():
        return None
    parts = urlsplit(target)
    return None if target.startswith("//") or parts.scheme or parts.netloc else target


def after(target: str | None) -> str:
    """Where to send somebody who wanted to go to `target`."""
    return local(target) or url_for("pages.home")


def public(path: str) -> str:
    """The whole address of a path, as a phone must be told it."""
    base = service().settings.public_url or request.url_root
    return base.rstrip("/") + path
