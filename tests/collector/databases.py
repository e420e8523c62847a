"""The databases of the tests: what they are called, migrated, settled, and looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
import world
from flask_migrate import upgrade
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from collector import create_app
from collector.database import db
from collector.models import Base
from collector.settings import Settings

DATABASES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
]
MIGRATIONS = str(world.ROOT / "migrations")


def settings(url: str, folder: Path, **changes: object) -> Settings:
    """The settings of a test."""
    return Settings(
        **{
            "environment": "testing",
            "secret_key": world.SECRET,
            "data_folder": folder,
            "database_url": url,
            "log_level": "error",
            **changes,
        }
    )


def engine_of(url: str) -> Engine:
    """An engine beside any application."""
    return create_engine(Settings(database_url=url).sqlalchemy_url)


def migrated(url: str) -> str:
    """Run the migrations on a database; returns its address."""
    app = create_app(settings(url, Path("/nonexistent")))
    with app.app_context():
        upgrade(directory=MIGRATIONS)
        db.engine.dispose()
    return url


def resettle(url: str) -> None:
    """Empty a PostgreSQL database and settle it again."""
    names = ", ".join(f'"{table}"' for table in Base.metadata.tables)
    engine = engine_of(url)
    with Session(engine) as session:
        session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        world.settle(session)
    engine.dispose()
