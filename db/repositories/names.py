"""Who is named in which case: read for a page of a list, to cover them in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, String, literal, select, type_coerce, union_all

from db.chunks import among
from db.queries.prepared import prepared
from db.queries.sight import whole
from db.tables import parties as p
from db.tables.cases import cases
from db.tables.rooms import guests
from mediation_desk.parties.covering import NamedIn
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.record import filler

_KINDS = {kind.value: kind for kind in PartyKind}
_as_named = filler(NamedIn)
_BELOW = (p.operators, p.guardians, p.agents, p.group_members, p.related_persons, guests)


class NamesRepository:
    """Implements ``CaseNames`` on one connection. Cases in the bin name people too."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, keys: Sequence[str]) -> Mapping[str, tuple[NamedIn, ...]]:
        """Everybody named in these cases."""
        connection = self._connection
        asked = prepared(connection, "keys of names", lambda: _cases(connection))
        by_id: dict[int, str] = dict(asked.tuples(connection, {"keys": list(keys)}))
        found: dict[str, list[NamedIn]] = defaultdict(list)
        with whole(connection):  # these cases were asked about just now
            naming = prepared(connection, "names", lambda: _named(connection))
            for case_id, name, kind, address in naming.tuples(connection, {"ids": list(by_id)}):
                found[by_id[case_id]].append(_as_named((name, _KINDS[kind], address)))
        return {key: tuple(named) for key, named in found.items()}


def _cases(connection: Connection) -> Select[Any]:
    return select(cases.c.id, cases.c.case_key).where(among(connection, cases.c.case_key, "keys"))


def _named(connection: Connection) -> Select[Any]:
    each = union_all(*_each(connection)).subquery()
    return select(each)


def _each(connection: Connection) -> Iterator[Select[Any]]:
    person, nowhere = literal(PartyKind.PERSON.value, String), literal("", String)
    parties = p.parties.c
    of_these = among(connection, parties.case_id, "ids")
    yield select(parties.case_id, parties.name, type_coerce(parties.kind, String), parties.address).where(
        of_these
    )
    yield select(parties.case_id, parties.legal_name, person, nowhere).where(
        of_these, parties.legal_name.is_not(None)
    )
    for table in _BELOW:
        of_these = among(connection, table.c.case_id, "ids")
        yield select(table.c.case_id, table.c.name, person, nowhere).where(of_these)
