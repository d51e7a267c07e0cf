"""``server`` and the copies of a server's centre from the command line: no password in it, none on the terminal."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from mediation_desk.cli.main import run
from mediation_desk.settings import Settings
from tests.persistence.served import administrator, drop


@pytest.fixture
def admin(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An administrator whose password lies in the environment, with a data folder of his own."""
    found = administrator(cluster, tmp_path)
    monkeypatch.setenv("PGPASSWORD", str(make_url(cluster).password))
    monkeypatch.setattr("mediation_desk.settings._user_folder", lambda: tmp_path)
    yield found
    drop(cluster, str(make_url(found.server).database))


def test_from_the_set_up_to_the_first_account(
    admin: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    url = make_url(admin.server)
    address = url._replace(password=None).render_as_string()

    assert run(["--database", admin.server, "server", "setup"]) == 2
    assert run(["--database", address, "server", "upgrade"]) == 4
    assert run(["--database", address, "server", "setup", "--out", str(tmp_path / "out")]) == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [one.name for one in files] == [f"{url.database}_backup.pgpass", "server.address", "server.pgpass"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    passwords = [one.read_text().strip().rsplit(":", 1)[1] for one in (files[0], files[2])]

    assert run(["--database", address, "server", "check"]) == 4  # the tests' own server is a careless one
    assert run(["--database", address, "server", "upgrade"]) == 0
    assert run(["--database", address, "server", "wipe"]) == 0

    monkeypatch.delenv("PGPASSWORD")
    files[2].replace(tmp_path / "server.pgpass")
    counter = url.set(username=f"{url.database}_app")._replace(password=None).render_as_string()
    assert run(["--database", counter, "server", "check"]) == 4
    assert run(["--database", counter, "server", "wipe"]) == 4
    told = "".join(capfd.readouterr())

    assert f"postgresql://{url.database}_app@" in told
    assert "hostssl" in told
    assert "server wipe" in told
    assert not [one for one in (*passwords, str(url.password)) if one in told]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_backup_is_made_and_said_where_it_is(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    assert run(["--database", url, "--practice", "backup", "--to", str(stick)]) == 0
    (made,) = stick.glob("*.dump")
    assert capsys.readouterr().out.strip() == str(made)
