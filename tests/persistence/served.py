"""Databases set up with least rights on the tests' own server, and their roles, which are everybody's there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from db.roles import Roles
from mediation_desk.settings import Settings
from mediation_desk.shared.server_report import ServerMade

_numbers = count(1)


@dataclass(frozen=True)
class Made:
    """A database that was set up, and how its administrator reaches it."""

    admin: Settings
    told: ServerMade

    def settings(self, role: str) -> Settings:
        """As one of those that may log in."""
        password = next(one.password for one in self.told.logins if one.role == role)
        url = make_url(self.admin.server).set(username=role, password=password)
        return replace(self.admin, server=url.render_as_string(hide_password=False))

    @property
    def app(self) -> Settings:
        return self.settings(self.told.app)


def administrator(cluster: str, folder: Path) -> Settings:
    """Of a database nobody made yet."""
    name = f"centre_{next(_numbers)}"
    url = make_url(cluster).set(database=name)
    return Settings(folder, None, url.render_as_string(hide_password=False))


def drop(cluster: str, name: str) -> None:
    """Roles belong to the whole server, so they go too."""
    roles = Roles(database=name)
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        for role in (roles.owner, *roles.granted):
            connection.execute(f"DROP ROLE IF EXISTS {role}")
