"""Accounts, the keys they hold, and tries at their passwords."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, extract, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.tables.accounts import account_keys, sign_in_tries
from db.tables.centre import accounts
from db.upsert import insert_into
from mediation_desk.access.accounts.cost import Cost
from mediation_desk.access.accounts.model import Account, folded_name
from mediation_desk.access.accounts.tries import Tick, Tries
from mediation_desk.access.accounts.wrapping import Former, Wrap
from mediation_desk.shared.errors import ConflictError

POSTGRES_LOCK = 0x4D444B33  # advisory lock: one changes who may do what at a time, from reading to commit
STALE = "另一位管理员刚刚改了这个账号，请核对后重试。"
TAKEN = "账号名或姓名刚刚被另一个账号用了，请换一个。"
_FIELDS = tuple(Account.__dataclass_fields__)
_SERVER = "server"  # its clock, whenever it was started: nobody at a counter sets that


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

    def wrap(self, holder: str) -> Wrap | None:
        """The data key as this holder keeps it."""
        found = select(account_keys).where(account_keys.c.holder == holder)
        row = self._connection.execute(found).one_or_none()
        return _wrap(row) if row is not None else None

    def keep_wrap(self, wrapped: Wrap) -> None:
        """Store or replace it."""
        row = asdict(wrapped)
        row |= row.pop("cost")
        note = insert_into(self._connection, account_keys).values(row)
        changed = {key: note.excluded[key] for key in row if key != "holder"}
        self._connection.execute(note.on_conflict_do_update(index_elements=["holder"], set_=changed))

    def drop_wrap(self, holder: str) -> None:
        """This holder opens nothing any more."""
        self._connection.execute(delete(account_keys).where(account_keys.c.holder == holder))

    def tries(self, who: str) -> Tries | None:
        """Tries since the last that was right; nobody else counts at it before this unit ends."""
        if self._postgres:  # the row may not be there yet to be locked
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(who, 0))))
        found = select(sign_in_tries).where(sign_in_tries.c.who == who)
        row = self._connection.execute(found).one_or_none()
        if row is None:
            return None
        return Tries(count=row.count_, since=Tick(boot=row.boot, seconds=row.seconds))

    def keep_tries(self, who: str, tries: Tries) -> None:
        """Store them."""
        row = {"who": who, "count_": tries.count, **asdict(tries.since)}
        note = insert_into(self._connection, sign_in_tries).values(row)
        changed = {key: note.excluded[key] for key in row if key != "who"}
        self._connection.execute(note.on_conflict_do_update(index_elements=["who"], set_=changed))

    def drop_tries(self, who: str) -> None:
        """Forget them."""
        self._connection.execute(delete(sign_in_tries).where(sign_in_tries.c.who == who))

    def tick(self) -> Tick | None:
        """The server's clock, or None where this machine's own is to be used."""
        if not self._postgres:
            return None
        now = select(extract("epoch", func.clock_timestamp()))
        return Tick(boot=_SERVER, seconds=float(self._connection.scalar(now) or 0))

    @property
    def _postgres(self) -> bool:
        return self._connection.dialect.name == "postgresql"


def _row(account: Account) -> dict[str, Any]:
    return {field: getattr(account, field) for field in _FIELDS}


def _account(row: Row[Any]) -> Account:
    return Account(**{field: getattr(row, field) for field in _FIELDS})


def _wrap(row: Row[Any]) -> Wrap:
    former = tuple(
        Former(salt=one["salt"], cost=Cost(**one["cost"]), check=one["check"]) for one in row.former
    )
    cost = Cost(memory_kib=row.memory_kib, passes=row.passes, lanes=row.lanes)
    return Wrap(
        holder=row.holder, salt=row.salt, cost=cost, sealed=row.sealed, made_at=row.made_at, former=former
    )
