"""Settings: one table, refused with what to do, a secret that production cannot do without."""

from __future__ import annotations

from pathlib import Path

import pytest
import world

from collector.settings import SETTINGS, Settings, SettingsRefused, write_secret


def test_production_needs_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment({"DATA_FOLDER": str(tmp_path)})
    assert "SECRET_KEY" in str(refused.value) and "make run" in str(refused.value)
    with pytest.raises(SettingsRefused):
        Settings.from_environment({"DATA_FOLDER": str(tmp_path), "SECRET_KEY": "ngắn"})


def test_the_secret_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    path = write_secret(tmp_path / "var")
    first = path.read_text()
    assert write_secret(tmp_path / "var").read_text() == first
    assert path.stat().st_mode & 0o077 == 0
    settings = Settings.from_environment({"DATA_FOLDER": str(tmp_path / "var")})
    assert settings.secret_key == first.strip() and len(settings.secret_key) >= 32


def test_a_relative_folder_is_that_of_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As README's commands name it; Flask-SQLAlchemy would put a relative file elsewhere."""
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({"DATA_FOLDER": "var/x", "SECRET_KEY": "x" * 40})
    assert settings.sqlalchemy_url == f"sqlite:///{tmp_path}/var/x/so-thon.sqlite"


def test_development_makes_a_secret_of_its_own(tmp_path: Path) -> None:
    given = {"DATA_FOLDER": str(tmp_path), "ENVIRONMENT": "development"}
    first, second = (Settings.from_environment(given).secret_key for _ in range(2))
    assert first != second and len(first) >= 32


def test_all_wrong_values_are_named_at_once() -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment(
            {"SECRET_KEY": world.SECRET, "PROXIES": "many", "DEMONSTRATION": "maybe"}
        )
    assert "PROXIES" in str(refused.value) and "DEMONSTRATION" in str(refused.value)
    with pytest.raises(SettingsRefused):
        Settings.from_environment({"SECRET_KEY": world.SECRET, "ENVIRONMENT": "prod"})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_addresses_of_postgresql_get_our_driver(scheme: str) -> None:
    settings = Settings(database_url=f"{scheme}://u:p@host/name")
    assert settings.sqlalchemy_url == "postgresql+psycopg://u:p@host/name"


def test_every_setting_has_a_default_and_help_in_both_languages() -> None:
    assert len({row.name for row in SETTINGS}) == len(SETTINGS) > 10
    for row in SETTINGS:
        assert row.name.isupper() and row.help.vi and row.help.en and row.help.vi != row.help.en
    defaults = Settings.from_environment(
        {row.name: row.default for row in SETTINGS if row.default} | {"SECRET_KEY": world.SECRET}
    )
    assert defaults.max_body == Settings().max_body
