"""Which language a reply speaks: Vietnamese first, English for whoever asks for it."""

from __future__ import annotations

from flask import Flask, g, has_request_context, request
from flask import session as cookie
from flask_babel import Babel

LANGUAGES = ("vi", "en")
TIMEZONE = "Asia/Ho_Chi_Minh"


def choose() -> str:
    """The API follows Accept-Language; a page follows the reader's choice, then the account's."""
    if not has_request_context():
        return "vi"
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(LANGUAGES, "vi") or "vi"
    chosen = cookie.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    caller = g.get("caller")
    return caller.locale if caller and caller.locale in LANGUAGES else "vi"


def install(app: Flask) -> None:
    """Set Flask-Babel up: catalogues in collector/translations, times shown in Vietnam's."""
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_DEFAULT_TIMEZONE"] = TIMEZONE
    Babel(app, locale_selector=choose)
