"""The row of a case by its key, for whatever is kept under it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from db.tables.cases import cases
from mediation_desk.cases.ports import no_case


def case_id_of(connection: Connection, case_key: str) -> int:
    """The row's id. Raises ``InputError`` where there is none, and where this unit does not see it: both alike."""
    found = connection.scalar(select(cases.c.id).where(cases.c.case_key == case_key))
    if found is None:
        raise no_case(case_key)
    return int(found)
