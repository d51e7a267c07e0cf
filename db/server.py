"""What a PostgreSQL server must prove before the desk logs in: off this machine, who it is and that nobody listens.

libpq's default ``sslmode=prefer`` asks for TLS but takes any certificate and, from a server without TLS, none
(https://www.postgresql.org/docs/current/libpq-ssl.html). So off the loopback the desk sets ``verify-full`` itself,
and an address that asks for less is refused.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import URL

from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.server_report import COUNTER_FILE

CA_FILE = "server-ca.pem"
"""Where a centre puts the certificate of whoever signs for its database server: in the data folder."""

FULL = "verify-full"
LESS = (
    "数据库服务器不在本机，只能用 sslmode=verify-full 连接（核对服务器证书和主机名）。"
    "请把地址中的 sslmode={mode} 去掉，没有连接。"
)
NO_CA = (
    "数据库服务器不在本机，要核对它的证书，但没有找到签发机构的证书文件。"
    "请向信息中心索取（PEM 格式），存为“{file}”，或在地址后写 ?sslrootcert=文件路径。没有连接。"
)


def demands(url: URL, folder: Path | None) -> dict[str, str]:
    """Connection settings the desk insists on for ``url``; ``folder`` is the data folder, where there is one.

    Empty for a server on this machine. Raises InputError where the address asks for less, StorageError where
    there is nothing to check the server's certificate against.
    """
    if not _named(url, "service") and all(_is_here(place) for place in _places(url)):
        return {}
    mode = _named(url, "sslmode")
    if mode not in ("", FULL):
        raise InputError(LESS.format(mode=mode), field="--database")
    return {
        "sslmode": FULL,
        "sslrootcert": _authority(url, folder),
        "gssencmode": "disable",  # Kerberos encryption would come first and check no certificate
    }


def at_hand(folder: Path | None) -> dict[str, str]:
    """What lies ready in the data folder for logging in."""
    file = folder / COUNTER_FILE if folder else None
    return {"passfile": str(file)} if file is not None and file.is_file() else {}


def _places(url: URL) -> Iterator[str]:
    """Every host the client library might go to; the environment counts where the address is silent."""
    named = url.host or _named(url, "host")
    yield from (named or os.environ.get("PGHOST", "")).split(",")
    yield from (_named(url, "hostaddr") or os.environ.get("PGHOSTADDR", "")).split(",")


def _named(url: URL, name: str) -> str:
    """A setting of the address; of several of one name, all."""
    found = url.query.get(name, "")
    value = found if isinstance(found, str) else ",".join(found)
    return value or (os.environ.get("PGSERVICE", "") if name == "service" else "")


def _is_here(place: str) -> bool:
    """Whether a host, an address, a socket's folder or nothing at all means this machine."""
    host = place.rsplit(":", 1)[0] if place.count(":") == 1 else place
    if host in ("", "localhost") or host.startswith(("/", "@")):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _authority(url: URL, folder: Path | None) -> str:
    """File of the authority's certificate, or "system" for those the operating system trusts."""
    named = _named(url, "sslrootcert")
    ours = folder / CA_FILE if folder else None
    if named == "system":
        return named
    for file in (Path(named) if named else ours, None if named else Path.home() / ".postgresql" / "root.crt"):
        if file is not None and file.is_file():
            return str(file)
    raise StorageError(NO_CA.format(file=named or ours or CA_FILE))
