"""What is told of a database server: how it stands, point by point, and what its set-up made."""

from __future__ import annotations

from dataclasses import field

from mediation_desk.shared.record import record

USUAL_PORT = 5432
COUNTER_FILE = "server.pgpass"
"""In a counter's data folder: the password of its database account, in libpq's form."""


@record
class Point:
    """One thing a server should be: how it was found, and what to do where it is not ``good``."""

    what: str
    good: bool
    found: str
    todo: str = ""


@record
class Login:
    """A role that may log in, and the password it was given just now; told this once."""

    role: str
    password: str = field(repr=False)


@record
class ServerMade:
    """A database that is ready for the counters."""

    host: str
    port: int
    database: str
    app: str
    backup: str
    logins: tuple[Login, ...]

    def pass_line(self, login: Login) -> str:
        """The line of a pgpass file, https://www.postgresql.org/docs/current/libpq-pgpass.html."""
        parts = (self.host, str(self.port), self.database, login.role, login.password)
        return ":".join(one.replace("\\", "\\\\").replace(":", "\\:") for one in parts)

    @property
    def address(self) -> str:
        """How a counter names it."""
        port = "" if self.port == USUAL_PORT else f":{self.port}"
        return f"postgresql://{self.app}@{self.host}{port}/{self.database}"

    @property
    def access_lines(self) -> str:
        """What belongs into the server's ``pg_hba.conf``, above everything that would let more in."""
        return "\n".join(
            f"{way:<8} {self.database:<12} {role:<20} {where:<16} {how}"
            for way, role, where, how in (
                ("hostssl", self.app, "10.0.0.0/24", "scram-sha-256"),
                ("hostssl", self.backup, "127.0.0.1/32", "scram-sha-256"),
                ("host", self.app, "all", "reject"),
                ("host", self.backup, "all", "reject"),
            )
        )
