"""Which cases of a list are those of an account itself: a few index seeks, however many are on file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from db.tables.cases import cases
from db.tables.counter import standings
from mediation_desk.access.accounts.model import Account
from mediation_desk.cases.own import numbers_of

_MOST = 1000
"""Cases of one person and the relatives; nobody has more."""


def own_among(connection: Connection, account: Account | None, keys: Sequence[str]) -> frozenset[str]:
    """Those of ``keys`` in which a number of the account or of a relative stands."""
    numbers = numbers_of(account) if account is not None and keys else None
    if numbers is None or not (numbers.id_nos or numbers.phones):
        return frozenset()
    named = or_(standings.c.id_no.in_(sorted(numbers.id_nos)), standings.c.phone.in_(sorted(numbers.phones)))
    query = select(cases.c.case_key).join(standings, standings.c.case_id == cases.c.id).where(named)
    return frozenset(connection.scalars(query.limit(_MOST))) & frozenset(keys)
