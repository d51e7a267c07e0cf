"""What went out with packages and came in with them, case by case."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, exists, func, insert, select, update

from db.chunks import chunks
from db.repositories.whose import case_id_of
from db.rows import columns, make
from db.tables.cases import cases
from db.tables.destruction import destroyed_facts
from db.tables.exchanges import exchanges
from mediation_desk.cases.exchanges import Exchange


class ExchangeRepository:
    """Implements ``Exchanges`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case_key: str, exchange: Exchange) -> None:
        """Remember one under the next number of its case."""
        case_id = case_id_of(self._connection, case_key)
        last = select(func.coalesce(func.max(exchanges.c.no), 0)).where(exchanges.c.case_id == case_id)
        no = int(self._connection.scalar(last) or 0) + 1
        row = columns(exchanges, exchange, case_id=case_id, waits=len(exchange.waiting)) | {"no": no}
        self._connection.execute(insert(exchanges), row)

    def of(self, case_key: str) -> tuple[Exchange, ...]:
        """All of a case, oldest first."""
        mine = select(exchanges).join(cases, cases.c.id == exchanges.c.case_id)
        rows = self._connection.execute(mine.where(cases.c.case_key == case_key).order_by(exchanges.c.no))
        return tuple(make(Exchange, row) for row in rows.mappings())

    def known(self, digests: Collection[str]) -> Mapping[str, str]:
        """Keys of the cases that had one of these states, by the digest."""
        found: dict[str, str] = {}
        for some in chunks(sorted(digests)):
            query = (
                select(exchanges.c.digest, cases.c.case_key)
                .join(cases, cases.c.id == exchanges.c.case_id)
                .where(exchanges.c.digest.in_(some))
            )
            found |= {row.digest: row.case_key for row in self._connection.execute(query)}
        return found

    def settle(self, case_key: str, no: int, waiting: tuple[str, ...]) -> None:
        """What still waits."""
        mine = (exchanges.c.case_id == case_id_of(self._connection, case_key)) & (exchanges.c.no == no)
        self._connection.execute(update(exchanges).where(mine).values(waiting=waiting, waits=len(waiting)))

    def waiting(self) -> tuple[tuple[str, Exchange], ...]:
        """Cases at which words of another centre wait, oldest first."""
        query = (
            select(cases.c.case_key, exchanges)
            .join(cases, cases.c.id == exchanges.c.case_id)
            .where(exchanges.c.waits > 0)
            .order_by(exchanges.c.at, exchanges.c.case_id)
        )
        rows = self._connection.execute(query).mappings()
        return tuple((row["case_key"], make(Exchange, row)) for row in rows)

    def destroyed(self, case_key: str) -> bool:
        """Whether a case of this key was destroyed here; its facts stay behind."""
        there = exists().where(destroyed_facts.c.case_key == case_key)
        return bool(self._connection.scalar(select(there)))
