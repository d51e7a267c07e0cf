"""Reads the audit trail as it lies there, for the check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Text, func, select, type_coerce
from sqlalchemy.sql import ColumnElement

from db.tables.centre import audit
from db.tables.chain import audit_head, audit_words
from mediation_desk.audit.entry import Entry
from mediation_desk.audit.ports import Head

_AT_ONCE = 5_000
DESTROYED = "audit.words.destroyed"


class ChainQueries:
    """Implements ``Chain`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self) -> Head | None:
        """The head; None where somebody removed it."""
        found = self._connection.execute(select(audit_head)).one_or_none()
        if found is None:
            return None
        return Head(
            seq=found.seq,
            proved_seq=found.proved_seq,
            proved_link=found.proved_link,
            seal=found.seal,
            open_key=found.open_key,
            keyed_from=found.keyed_from,
        )

    def last(self) -> int:
        """Number of the last entry, 0 where there is none."""
        return self._connection.scalar(select(func.max(audit.c.seq))) or 0

    def rows(self, first: int) -> Iterator[tuple[Any, ...]]:
        """Entries from ``first`` on (from the lowest where that is 1), with salt and text of their words."""
        found = select(*self._columns(), audit_words.c.salt, audit_words.c.words).outerjoin(
            audit_words, audit_words.c.seq == audit.c.seq
        )
        if first > 1:
            found = found.where(audit.c.seq >= first)
        options = {"stream_results": True, "yield_per": _AT_ONCE}
        result = self._connection.execute(found.order_by(audit.c.seq), execution_options=options)
        for part in result.partitions():
            yield from map(tuple, part)

    def link_at(self, seq: int) -> str | None:
        """The link of one entry."""
        return self._connection.scalar(select(audit.c.link).where(audit.c.seq == seq))

    def twin(self, entry: Entry) -> int | None:
        """Number of another entry that says the very same."""
        columns = dict(zip(Entry._fields, self._columns(), strict=True))
        same = (
            columns[name].is_not_distinct_from(getattr(entry, name))
            for name in ("at", "account", "action", "case_key", "person", "result", "details", "words")
        )
        at = audit.c.at == entry.moment if _readable(entry) else None
        found = select(audit.c.seq).where(audit.c.seq != entry.seq, *same)
        return self._connection.scalar((found if at is None else found.where(at)).limit(1))

    def erased(self) -> frozenset[int]:
        """Entries whose words were destroyed, as the entries about it say."""
        told = self._connection.scalars(select(audit.c.details).where(audit.c.action == DESTROYED))
        return frozenset(seq for details in told for seq in details.get("entries", ()))

    def _columns(self) -> tuple[ColumnElement[Any], ...]:
        """The fields of ``Entry``, those that are more than text as the text that is bound."""
        at: ColumnElement[Any] = type_coerce(audit.c.at, Text)
        if self._connection.dialect.name == "postgresql":
            at = func.to_char(func.timezone("UTC", audit.c.at), "YYYY-MM-DD HH24:MI:SS.US")
        as_bound = {"at": at, "details": type_coerce(audit.c.details, Text)}
        return tuple(as_bound.get(name, audit.c[name]) for name in Entry._fields)


def _readable(entry: Entry) -> bool:
    try:
        return bool(entry.moment)
    except ValueError:
        return False
