"""What the administrator of a PostgreSQL server does for a centre; the database is named as he logs in to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Engine, make_url

from db.engine import open_engine
from db.errors import translated
from db.migrate import check_version, upgrade
from db.server_check import check_server
from db.setting_up import EMPTY, asks_password, demand_named, set_up
from db.waiting import patient
from db.wiping import NOT_OWNER, wipe_free_space
from mediation_desk.cases.destroying.model import Leftover
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.server_report import Point, ServerMade


class ServerCare:
    """``settings`` name the database. Raises ``InputError`` where they name a file or hold a password."""

    def __init__(self, settings: Settings) -> None:
        demand_named(settings)
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """Where to and as whom, with the password once it is known."""
        return self._settings

    def asks_password(self) -> bool:
        """Whether the server wants a password that nothing gives."""
        return asks_password(self._settings)

    def take_password(self, password: str) -> None:
        """Log in with it from now on."""
        url = make_url(self._settings.server).set(password=password)
        self._settings = replace(self._settings, server=url.render_as_string(hide_password=False))

    def set_up(self, *, new_passwords: bool = False) -> ServerMade:
        """Roles, database, rights and schema; what is there already stays. Raises ``StorageError``."""
        return set_up(self._settings, new_passwords=new_passwords)

    def upgrade(self) -> None:
        """Bring the schema of an existing centre up to date as its owner. Raises ``StorageError``."""
        with self._engine() as engine:
            if check_version(engine) is None:
                raise StorageError(EMPTY)
            upgrade(engine)

    def check(self) -> tuple[Point, ...]:
        """How the server stands, point by point. Raises ``StorageError``."""
        with self._engine() as engine:
            return check_server(engine)

    def wipe(self) -> Leftover:
        """Make what was destroyed unreadable in the server's files. Raises ``StorageError``."""
        with self._engine() as engine:
            left = wipe_free_space(engine)
        if NOT_OWNER in left.sentences:
            raise StorageError(NOT_OWNER)
        return left

    @contextmanager
    def _engine(self) -> Iterator[Engine]:
        with translated(), patient():
            engine = open_engine(self._settings)
            try:
                yield engine
            finally:
                engine.dispose()
