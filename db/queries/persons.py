"""In which cases somebody stands, those in the bin too, and how many of them are out of reach."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, func, select, union

from db.queries.sight import whole
from db.tables import parties as p
from db.tables.cases import cases
from db.tables.counter import standings
from mediation_desk.cases.counter.people import Named
from mediation_desk.cases.privacy.person import Standing
from mediation_desk.experts.conflicts.sameness import id_key, name_key, phone_keys

_NUMBERED = (p.parties, p.operators, p.guardians, p.group_members, p.related_persons)


class PersonQueries:
    """Implements ``People`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self, who: Named) -> Standing:
        """By number; without one by name and telephone, and by nothing less."""
        found = _cases(who).subquery()
        ids = select(found.c.case_id)
        keys = self._connection.scalars(
            select(cases.c.case_key).where(cases.c.id.in_(ids)).order_by(cases.c.id)
        ).all()
        with whole(self._connection):
            number = self._connection.scalar(
                select(func.count()).select_from(cases).where(cases.c.id.in_(ids))
            )
        return Standing(keys=tuple(keys), elsewhere=int(number or 0) - len(keys))


def _cases(who: Named) -> Select[Any] | CompoundSelect[Any]:
    number = id_key(who.id_no)
    if number:
        written = {who.id_no, number}
        return union(
            select(standings.c.case_id).where(standings.c.id_no == number),
            *(select(one.c.case_id).where(one.c.id_no.in_(sorted(written))) for one in _NUMBERED),
        )
    same = [standings.c.name_key == name_key(who.name)]
    phone = next(iter(phone_keys(who.phone)), None)
    same.append(standings.c.phone == phone if phone else standings.c.phone.is_(None))
    return select(standings.c.case_id).where(*same)
