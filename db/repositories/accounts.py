"""Accounts: who may work here, and as what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.tables.centre import accounts
from mediation_desk.access.accounts.model import Account, folded_name
from mediation_desk.shared.errors import ConflictError

POSTGRES_LOCK = 0x4D444B33  # advisory lock: one changes who may do what at a time, from reading to commit
STALE = "另一位管理员刚刚改了这个账号，请核对后重试。"
TAKEN = "账号名或姓名刚刚被另一个账号用了，请换一个。"
_FIELDS = tuple(Account.__dataclass_fields__)


class AccountRepository:
    """Implements ``Accounts`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def any(self) -> bool:
        """Whether there is one at all."""
        return bool(self._connection.scalar(select(exists().select_from(accounts))))

    def find(self, name: str) -> Account | None:
        """The account of this name."""
        row = self._connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
        return _account(row) if row is not None else None

    def called(self, named: str) -> Account | None:
        """The account in use of this name, or of the person shown under it."""
        mine = (accounts.c.name == folded_name(named)) | (accounts.c.display_name == named.strip())
        row = self._connection.execute(select(accounts).where(mine, accounts.c.active)).first()
        return _account(row) if row is not None else None

    def all(self, *, alone: bool = False) -> tuple[Account, ...]:
        """Every account by name; ``alone``: nobody else changes one before this unit ends.

        SQLite's units that write are alone from their beginning.
        """
        if alone and self._postgres:
            self._connection.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))
        return tuple(map(_account, self._connection.execute(select(accounts).order_by(accounts.c.name))))

    def add(self, account: Account) -> None:
        """Store a new one; raises ``ConflictError`` when name or display name is taken."""
        try:
            self._connection.execute(insert(accounts), _row(account))
        except IntegrityError as error:
            raise ConflictError(TAKEN) from error

    def save(self, before: Account, after: Account) -> None:
        """Store what changed; raises ``ConflictError`` when somebody saved since ``before`` was read."""
        same = (accounts.c.name == before.name) & (accounts.c.version == before.version)
        changed = self._connection.execute(
            update(accounts).where(same).values(_row(after) | {"version": before.version + 1})
        )
        if changed.rowcount != 1:
            raise ConflictError(STALE)

    @property
    def _postgres(self) -> bool:
        return self._connection.dialect.name == "postgresql"


def _row(account: Account) -> dict[str, Any]:
    return {field: getattr(account, field) for field in _FIELDS}


def _account(row: Row[Any]) -> Account:
    return Account(**{field: getattr(row, field) for field in _FIELDS})
