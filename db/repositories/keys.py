"""The data key as accounts and the recovery code keep it, tries at passwords, and those that were refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    delete,
    exists,
    extract,
    func,
    insert,
    select,
    update,
)

from db.tables.accounts import account_keys, data_keys, sign_in_refusals, sign_in_tries
from db.upsert import insert_into
from mediation_desk.access.accounts.cost import Cost
from mediation_desk.access.accounts.ring import Turn
from mediation_desk.access.accounts.tries import Refusal, Tick, Tries, who
from mediation_desk.access.accounts.wrapping import Former, Wrap

_KEY = ("holder", "turn")
_SERVER = "server"  # its clock, whenever it was started: nobody at a counter sets that


class KeyRepository:
    """Implements ``Keys`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def any(self) -> bool:
        """Whether anybody holds the key."""
        return bool(self._connection.scalar(select(exists().select_from(account_keys))))

    def wrap(self, holder: str) -> Wrap | None:
        """The data key as this holder keeps it."""
        mine = (account_keys.c.holder == who(holder)) & (account_keys.c.turn == _current())
        found = select(account_keys).where(mine)
        row = self._connection.execute(found).one_or_none()
        return _wrap(row, holder) if row is not None else None

    def keep_wrap(self, wrapped: Wrap) -> None:
        """Store or replace it."""
        row = _row(wrapped, self.number)
        note = insert_into(self._connection, account_keys).values(row)
        changed = {key: note.excluded[key] for key in row if key not in _KEY}
        self._connection.execute(note.on_conflict_do_update(index_elements=_KEY, set_=changed))

    def drop_wrap(self, holder: str) -> None:
        """This holder opens nothing any more."""
        self._connection.execute(delete(account_keys).where(account_keys.c.holder == who(holder)))

    def holders(self) -> frozenset[str]:
        """Who holds the key, as in ``who()``."""
        found = select(account_keys.c.holder).where(account_keys.c.turn == _current())
        return frozenset(self._connection.scalars(found))

    @property
    def number(self) -> int:
        """The number of the data key."""
        return int(self._connection.scalar(select(_current())) or 0)

    def turn(self) -> Turn | None:
        """The data key that is in force, None for the first."""
        row = self._connection.execute(
            select(data_keys).where(data_keys.c.number == _current())
        ).one_or_none()
        return Turn(number=row.number, sealed=row.sealed) if row is not None else None

    def keep_turn(self, turn: Turn, wraps: Iterable[Wrap]) -> None:
        """Store another data key and who holds it; it is in force at once unless it has a ``mark``."""
        numbers = data_keys.c.number
        self._connection.execute(delete(account_keys).where(account_keys.c.turn == turn.number))
        self._connection.execute(delete(data_keys).where(numbers == turn.number))
        self._connection.execute(insert(data_keys), asdict(turn))
        self._connection.execute(insert(account_keys), [_row(one, turn.number) for one in wraps])
        if not turn.mark:
            self._forget(account_keys.c.turn != turn.number, numbers != turn.number)

    def change_turn(self, turn: Turn) -> None:
        """Store what else is sealed under the data key in force."""
        same = data_keys.c.number == turn.number
        self._connection.execute(update(data_keys).where(same).values(sealed=turn.sealed))

    def waiting(self) -> str:
        """The mark of a data key whose file was to take its place, "" where none was."""
        return self._connection.scalar(select(func.max(data_keys.c.mark))) or ""

    def settle(self, head: str) -> None:
        """The file with this ``head`` is in place: the data key it is marked with is in force, or else none is."""
        mark, number = data_keys.c.mark, data_keys.c.number
        found = select(number).where(mark != "", mark == head)
        new = self._connection.scalar(found)
        if new is None:
            left = select(number).where(mark != "").scalar_subquery()
            self._forget(account_keys.c.turn.in_(left), mark != "")
        else:
            self._forget(account_keys.c.turn != new, number != new)
            self._connection.execute(update(data_keys).values(mark=""))

    def _forget(self, wraps: ColumnElement[bool], turns: ColumnElement[bool]) -> None:
        self._connection.execute(delete(account_keys).where(wraps))
        self._connection.execute(delete(data_keys).where(turns))

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

    def refuse(self, who: str, at: datetime) -> None:
        """Remember that a try was refused, until it can be put on record."""
        self._connection.execute(insert(sign_in_refusals).values(who=who, at=at))

    def take_refusals(self) -> tuple[Refusal, ...]:
        """What was remembered, to be put on record in this unit."""
        rows = self._connection.execute(select(sign_in_refusals).order_by(sign_in_refusals.c.id)).all()
        if rows:
            last = rows[-1].id
            self._connection.execute(delete(sign_in_refusals).where(sign_in_refusals.c.id <= last))
        return tuple(Refusal(who=row.who, at=row.at) for row in rows)

    @property
    def _postgres(self) -> bool:
        return self._connection.dialect.name == "postgresql"


def _current() -> ScalarSelect[int]:
    """Number of the data key in force."""
    last = select(func.coalesce(func.max(data_keys.c.number), 0)).where(data_keys.c.mark == "")
    return last.scalar_subquery()


def _row(wrapped: Wrap, turn: int) -> dict[str, Any]:
    row: dict[str, Any] = asdict(wrapped)
    cost: dict[str, Any] = row.pop("cost")
    return row | cost | {"holder": who(wrapped.holder), "turn": turn}


def _wrap(row: Row[Any], holder: str) -> Wrap:
    former = tuple(
        Former(salt=one["salt"], cost=Cost(**one["cost"]), check=one["check"]) for one in row.former
    )
    cost = Cost(memory_kib=row.memory_kib, passes=row.passes, lanes=row.lanes)
    return Wrap(
        holder=holder,
        cost=cost,
        former=former,
        **{part: getattr(row, part) for part in ("salt", "public", "private", "sealed", "proof", "made_at")},
    )
