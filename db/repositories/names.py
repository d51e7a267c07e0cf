"""Who is named in which case: read for a page of a list, to cover them in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, Select, String, bindparam, literal, select, type_coerce, union_all

from db.chunks import chunks
from db.tables import parties as p
from db.tables.cases import cases
from db.tables.rooms import guests
from mediation_desk.parties.covering import NamedIn
from mediation_desk.parties.model import PartyKind

_BELOW = (p.operators, p.guardians, p.agents, p.group_members, p.related_persons, guests)


class NamesRepository:
    """Implements ``CaseNames`` on one connection. Cases in the bin name people too."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, keys: Sequence[str]) -> Mapping[str, tuple[NamedIn, ...]]:
        """Everybody named in these cases."""
        found: dict[str, list[NamedIn]] = defaultdict(list)
        for some in chunks(list(keys)):
            known = select(cases.c.id, cases.c.case_key).where(cases.c.case_key.in_(some))
            by_id = {row.id: row.case_key for row in self._connection.execute(known)}
            rows = self._connection.execute(_NAMED, {"ids": list(by_id)}) if by_id else ()
            for case_id, name, kind, address in rows:
                found[by_id[case_id]].append(NamedIn(name=name, kind=PartyKind(kind), address=address))
        return {key: tuple(named) for key, named in found.items()}


def _each() -> Iterator[Select[Any]]:
    ids = bindparam("ids", expanding=True, type_=Integer)
    person, nowhere = literal(PartyKind.PERSON.value, String), literal("", String)
    parties = p.parties.c
    yield select(parties.case_id, parties.name, type_coerce(parties.kind, String), parties.address).where(
        parties.case_id.in_(ids)
    )
    yield select(parties.case_id, parties.legal_name, person, nowhere).where(
        parties.case_id.in_(ids), parties.legal_name.is_not(None)
    )
    for table in _BELOW:
        yield select(table.c.case_id, table.c.name, person, nowhere).where(table.c.case_id.in_(ids))


_NAMED = union_all(*_each())
