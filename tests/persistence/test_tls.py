"""S14: off this machine a server that cannot prove who it is gets no session, and the desk itself insists on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

import db.engine
from db.engine import open_engine
from db.server import CA_FILE, demands
from db.storage import open_storage
from db.versions import server_versions
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import DeskError, InputError, StorageError
from tests.persistence.tls import HOST, LOG, Authority, new_authority, plain
from tests.postgres import Prepare, find_binaries, running_cluster

AUTHORIZED = re.compile(r"connection authorized: user=desk")


@dataclass(frozen=True)
class Server:
    """A running server, spoken to as ``HOST`` although it is on this machine."""

    url: str
    home: Path

    @property
    def far_url(self) -> str:
        """The address as a centre writes it; the socket goes to the loopback all the same."""
        local = make_url(self.url)
        return local.set(host=HOST, query={"hostaddr": "127.0.0.1"}).render_as_string(hide_password=False)

    def sessions(self) -> int:
        """How many sessions the server has granted."""
        with psycopg.connect(self.url) as connection:  # so that the log has been written to
            connection.execute("SELECT 1")
        return len(AUTHORIZED.findall((self.home / LOG).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return new_authority("centre authority")


@pytest.fixture(scope="module")
def servers(authority: Authority, cluster: str) -> Iterator[dict[str, Server]]:
    """One server as it should be and three that must not be trusted."""
    binaries = find_binaries()
    assert binaries is not None
    kinds: dict[str, Prepare] = {
        "good": authority.prepare(HOST),
        "wrong authority": new_authority("somebody").prepare(HOST),
        "wrong host": authority.prepare("another.centre.test"),
        "plain": plain,
    }
    with ExitStack() as stack:
        found = {}
        for kind, prepare in kinds.items():
            homes: list[Path] = []

            def remembering(
                home: Path, user: int | None, prepare: Prepare = prepare, homes: list[Path] = homes
            ) -> dict[str, str]:
                homes.append(home)
                return dict(prepare(home, user))

            url = stack.enter_context(running_cluster(binaries, remembering))
            found[kind] = Server(url, homes[0])
        yield found


@pytest.fixture
def opened(tmp_path: Path, authority: Authority) -> Callable[[str], str]:
    """Opens the desk's storage by an address; gives the sentence the user reads, "" where it opened."""
    authority.write(tmp_path / CA_FILE)

    def outcome(address: str) -> str:
        try:
            open_storage(Settings(tmp_path, None, address)).close()
        except DeskError as error:
            return error.message
        return ""

    return outcome


def granted(server: Server, act: Callable[[], object]) -> int:
    """Sessions ``act`` got out of ``server``."""
    before = server.sessions()
    act()
    return server.sessions() - before - 1  # counting is a session, too


def test_a_server_that_proves_itself_is_used(
    servers: dict[str, Server], opened: Callable[[str], str]
) -> None:
    server = servers["good"]

    assert granted(server, lambda: opened(server.far_url)) >= 1
    assert opened(server.far_url) == ""


def test_about_tells_that_the_connection_is_encrypted(
    servers: dict[str, Server], tmp_path: Path, authority: Authority
) -> None:
    authority.write(tmp_path / CA_FILE)
    engine = open_engine(Settings(tmp_path, None, servers["good"].far_url))
    told = server_versions(engine)["TLS"]
    engine.dispose()

    assert told.startswith("TLSv1.")


@pytest.mark.parametrize("kind", ["wrong authority", "wrong host", "plain"])
def test_any_other_server_gets_no_session(
    servers: dict[str, Server], opened: Callable[[str], str], kind: str
) -> None:
    server, said = servers[kind], []

    assert granted(server, lambda: said.append(opened(server.far_url))) == 0
    assert "没有证明自己的身份" in said[0]


@pytest.mark.parametrize("kind", ["wrong authority", "wrong host", "plain"])
def test_without_the_demand_it_would_get_one(
    servers: dict[str, Server],
    opened: Callable[[str], str],
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: libpq's own default, ``prefer``, logs in to all three."""
    monkeypatch.setattr(db.engine, "demands", lambda url, folder: {"sslmode": "prefer"})
    server = servers[kind]

    assert granted(server, lambda: opened(server.far_url)) >= 1


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_an_address_that_asks_for_less_is_refused(
    servers: dict[str, Server], opened: Callable[[str], str], mode: str
) -> None:
    server, said = servers["good"], []

    assert granted(server, lambda: said.append(opened(f"{server.far_url}&sslmode={mode}"))) == 0
    assert f"sslmode={mode}" in said[0]


def test_without_the_authoritys_certificate_nobody_is_asked(
    servers: dict[str, Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(StorageError, match=re.escape(str(tmp_path / CA_FILE))):
        open_storage(Settings(tmp_path, None, servers["good"].far_url))


def test_the_environment_does_not_lower_the_demand(
    servers: dict[str, Server], opened: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    server = servers["plain"]

    assert granted(server, lambda: opened(server.far_url)) == 0


HERE = (
    "postgresql://desk@127.0.0.1/desk",
    "postgresql://desk@localhost:5433/desk",
    "postgresql://desk@[::1]/desk",
    "postgresql:///desk?host=/var/run/postgresql",
    "postgresql://desk@/desk",
)
AWAY = (
    "postgresql://desk@10.1.2.3/desk",
    "postgresql://desk@database/desk",
    "postgresql://desk@localhost.evil.test/desk",
    "postgresql://desk@127.0.0.1/desk?hostaddr=10.1.2.3",
    "postgresql://desk@/desk?host=127.0.0.1:5432&host=10.1.2.3:5432",
    "postgresql://desk@127.0.0.1,10.1.2.3/desk",
    "postgresql://desk@/desk?service=centre",
)


@pytest.mark.parametrize("address", HERE)
def test_on_this_machine_nothing_is_demanded(address: str) -> None:
    assert demands(make_url(address), None) == {}


@pytest.mark.parametrize("address", AWAY)
def test_elsewhere_everything_is_demanded(address: str, tmp_path: Path, authority: Authority) -> None:
    file = authority.write(tmp_path / CA_FILE)

    assert demands(make_url(address), tmp_path) == {
        "sslmode": "verify-full",
        "sslrootcert": str(file),
        "gssencmode": "disable",
    }


@pytest.mark.parametrize(
    ("name", "value"), [("PGHOST", "10.1.2.3"), ("PGHOSTADDR", "10.1.2.3"), ("PGSERVICE", "x")]
)
def test_the_environment_can_point_elsewhere(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(StorageError, match="没有找到签发机构的证书文件"):
        demands(make_url("postgresql://desk@/desk"), tmp_path)


def test_an_authority_can_be_named_in_the_address(tmp_path: Path, authority: Authority) -> None:
    file = authority.write(tmp_path / "other.pem")
    address = "postgresql://desk@10.1.2.3/desk?sslrootcert="

    assert demands(make_url(f"{address}{file}"), None)["sslrootcert"] == str(file)
    assert demands(make_url(f"{address}system"), None)["sslrootcert"] == "system"
    with pytest.raises(StorageError, match=r"none\.pem"):
        demands(make_url(f"{address}{tmp_path}/none.pem"), None)
    with pytest.raises(InputError, match="verify-full"):
        demands(make_url(f"{address}{file}&sslmode=require"), None)
