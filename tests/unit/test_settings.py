"""Where the data lie: by option, by address, or in the user's own folder; no secret in any text."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediation_desk.settings import resolve
from mediation_desk.shared.errors import InputError

SERVER = "postgresql://desk:geheim@127.0.0.1:5432/desk"


def test_a_folder_holds_the_embedded_database(tmp_path: Path) -> None:
    settings = resolve(tmp_path)

    assert settings.database == tmp_path / "desk.db"
    assert settings.backups == tmp_path / "backups"
    assert settings.server == ""


def test_an_address_may_name_a_file(tmp_path: Path) -> None:
    settings = resolve(database=f"sqlite:///{tmp_path}/a.db")

    assert (settings.folder, settings.database) == (tmp_path, tmp_path / "a.db")


def test_an_address_may_name_a_server() -> None:
    settings = resolve(database=SERVER)

    assert (settings.database, settings.server) == (None, SERVER)
    assert "geheim" not in repr(settings)


def test_without_either_it_is_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

    assert "mediation-desk" in resolve().folder.parts


def test_both_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        resolve(tmp_path, SERVER)


def test_a_folder_may_say_that_the_centre_is_on_a_server(tmp_path: Path) -> None:
    file = tmp_path / "server.address"
    file.write_text(
        "\ufeffpostgresql://desk_app@db.centre.lan/desk\r\n", encoding="utf-8"
    )  # as Notepad writes it

    settings = resolve(tmp_path)
    assert (settings.folder, settings.database) == (tmp_path, None)
    assert settings.server == "postgresql://desk_app@db.centre.lan/desk"
    assert resolve(tmp_path, practice=True).server == ""
    assert resolve(database=f"sqlite:///{tmp_path}/desk.db").server == "", "what is typed comes first"

    for wrong in ("", "db.centre.lan", "sqlite:///desk.db", "postgresql://a@b/c\npostgresql://d@e/f"):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(InputError, match=r"server\.address.*只有一行"):
            resolve(tmp_path)
