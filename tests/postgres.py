"""A throw-away PostgreSQL server: an ordinary user's, on a free loopback port, gone with the test process."""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.memory import memory_folder

OPTIONS = {  # speed before durability: nothing here outlives the test
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
    "jit": "off",
}


def find_binaries() -> Path | None:
    """Folder of ``initdb`` and ``postgres``, or None; Debian keeps them off the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    on_path = shutil.which("initdb")
    if debian:
        return debian[-1].parent
    return Path(on_path).resolve().parent if on_path else None


Prepare = Callable[[Path, int | None], Mapping[str, str]]


def _as_it_is(home: Path, user: int | None) -> Mapping[str, str]:
    return {}


@contextmanager
def running_cluster(binaries: Path, prepare: Prepare = _as_it_is) -> Iterator[str]:
    """Start a cluster; give the URL of its maintenance database; stop and remove it in the end.

    ``prepare`` may put files into the cluster's home, for the user it runs as, and gives further options.
    """
    with killable_cluster(binaries, prepare) as server:
        yield server.url


@contextmanager
def killable_cluster(binaries: Path, prepare: Prepare = _as_it_is) -> Iterator[Server]:
    """The same, as a server that can be killed and started again."""
    home = Path(tempfile.mkdtemp(prefix="desk-postgres-", dir=memory_folder()))
    user = _ordinary_user()
    try:
        password = secrets.token_urlsafe(12)
        secret = home / "password"
        secret.write_text(password)
        if user is not None:
            for path in (home, secret):
                os.chown(path, user, -1)
        _initdb(binaries, home, secret, user)
        options = {**OPTIONS, **prepare(home, user)}
        with _serving(binaries, home, password, user, options) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _ordinary_user() -> int | None:
    """Whom to run as: PostgreSQL refuses root. None keeps the calling user."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres", names["nobody"])


def _initdb(binaries: Path, home: Path, secret: Path, user: int | None) -> None:
    command = [str(binaries / "initdb"), "--no-sync", "--encoding=UTF8", "--locale=C", "--username=desk"]
    command += ["--auth=scram-sha-256", f"--pwfile={secret}", "--pgdata", str(home / "data")]
    subprocess.run(command, user=user, cwd=home, check=True, stdout=subprocess.DEVNULL)


class Server:
    """A running server process."""

    def __init__(self, url: str, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self.url, self._start = url, start
        self.process = start()
        _wait_until_ready(url, self.process)

    def kill(self) -> None:
        """Stop at once, as ``pg_ctl stop -m immediate`` does: nothing is written any more."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(20)

    def start_again(self) -> None:
        """On the same port, from what the log holds."""
        self.process = self._start()
        _wait_until_ready(self.url, self.process)


@contextmanager
def _serving(
    binaries: Path, home: Path, password: str, user: int | None, options: Mapping[str, str]
) -> Iterator[Server]:
    """The server as a child that the kernel ends with us, however we end."""
    port = _free_port()
    command = [str(binaries / "postgres"), "-D", str(home / "data"), "-p", str(port), "-k", str(home)]
    command += [f"--{name}={value}" for name, value in options.items()]
    url = f"postgresql://desk:{password}@127.0.0.1:{port}/postgres"

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, user=user, cwd=home, preexec_fn=_die_with_parent)  # noqa: PLW1509  # no threads yet

    running = Server(url, start)
    try:
        yield running
    finally:
        server = running.process
        server.send_signal(signal.SIGINT)  # fast shutdown: does not wait for clients
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _die_with_parent() -> None:
    """Ask Linux to stop the server when the thread that started it ends; elsewhere ``finally`` has to do."""
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the throw-away PostgreSQL server did not start")
