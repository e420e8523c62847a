"""The service. `create_app` wires it; everything else is told what it needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from collector import cli, errors, guard, headers, languages, logs, packing, routes
from collector.database import db, engine_options, prepare
from collector.service import Service
from collector.settings import ROOT, Settings
from collector.sign_in import SignIn
from forms.library import Library

__all__ = ["create_app"]

MIGRATIONS = ROOT / "migrations"
SMALL_BODY = 1_000_000  # bytes; the OpenRosa route allows more, for attachments


class Json(DefaultJSONProvider):
    """Keys as they were said, Vietnamese letters as themselves: half the bytes of escaped ones."""

    sort_keys = False
    ensure_ascii = False


class Application(Flask):
    """Flask with our JSON, and no look for coroutines at every hook of every request."""

    json_provider_class = Json

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Without `settings` they are read from the environment.

    Raises SettingsRefused where the service must not start. Opens no database connection, so
    that it may be called before a server forks.
    """
    settings = (settings or Settings.from_environment(os.environ)).checked()
    app = Application(__name__)
    app.config.from_mapping(_configuration(settings))
    logs.configure(settings.log_level)
    _database(app)
    sign_in = SignIn(settings)
    Service(settings, Library(settings.forms_folder), sign_in).install(app)
    csrf = CSRFProtect(app)
    languages.install(app)
    logs.install(app)
    guard.install(app, sign_in)
    headers.install(app)
    packing.install(app)
    routes.install(app, csrf)
    errors.install(app)
    cli.install(app)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    return app


def _database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    with app.app_context():
        prepare(db.engine)


def _configuration(settings: Settings) -> dict[str, object]:
    """Our settings in the words of Flask and its extensions."""
    secure = settings.environment == "production" and settings.public_url.startswith("https:")
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.environment == "testing",
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings),
        "MAX_CONTENT_LENGTH": SMALL_BODY,
        "SESSION_COOKIE_NAME": "__Host-so-thon" if secure else "so-thon",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "WTF_CSRF_TIME_LIMIT": settings.session_hours * 3600,
        "WTF_CSRF_SSL_STRICT": True,
        "API_TITLE": "Sổ Thôn",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api/v1",
        "OPENAPI_JSON_PATH": "openapi.json",
        "JSON_AS_ASCII": False,
    }
