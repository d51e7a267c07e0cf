"""The register of persons and organisations, kept up from the parties of every case."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, or_, select, tuple_, update

from db.rows import Row
from db.tables.centre import people
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import Party


def recognise(connection: Connection, file: CaseFile) -> dict[str, int]:
    """Ids in the register by party ref, for parties with a number; unknown ones are added.

    What the newest case says of phone and address replaces what an older one said; what says nothing new is not
    written. Always in one order: two cases of the same people, saved at once, would wait for each other otherwise.
    """
    seen = {ref: (kind, number) for party in file.parties for ref, kind, number in _identity(party)}
    if not seen:
        return {}
    ids = _known(connection, set(seen.values()))
    for party in sorted((one for one in file.parties if one.ref in seen), key=lambda one: seen[one.ref]):
        row = _row(party, *seen[party.ref], file.intake.received_on)
        found = ids.get(seen[party.ref])
        if found is None:
            result = connection.execute(insert(people).returning(people.c.id), row)
            ids[seen[party.ref]] = result.scalar_one()
        else:
            newer = (people.c.id == found) & (people.c.seen_on <= file.intake.received_on)
            other = or_(*(people.c[name] != value for name, value in row.items()))
            connection.execute(update(people).where(newer, other).values(row))
    return {ref: ids[identity] for ref, identity in seen.items()}


def _identity(party: Party) -> list[tuple[str, str, str]]:
    if party.uscc:
        return [(party.ref, "uscc", party.uscc)]
    if party.id_no and party.id_type:
        return [(party.ref, party.id_type.code, party.id_no)]
    return []


def _known(connection: Connection, identities: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    query = select(people.c.id_kind, people.c.id_no, people.c.id).where(
        tuple_(people.c.id_kind, people.c.id_no).in_(sorted(identities))
    )
    return {(kind, number): key for kind, number, key in connection.execute(query)}


def _row(party: Party, kind: str, number: str, seen_on: date) -> Row:
    return {
        "kind": party.kind.value,
        "name": party.name,
        "id_kind": kind,
        "id_no": number,
        "phone": party.phone,
        "address": party.address,
        "seen_on": seen_on,
    }
