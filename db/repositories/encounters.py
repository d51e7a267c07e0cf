"""Where somebody of the pool appears in a case other than as its mediator, and whom this person met there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from db.chunks import chunks
from db.rows import Row, Rows, make
from db.tables import parties as p
from db.tables.centre import people
from db.tables.pool import encounters, mediators
from mediation_desk.experts.conflicts.model import Part
from mediation_desk.shared.record import record

TABLES = (p.parties, p.operators, p.guardians, p.agents, p.group_members, p.related_persons)
"""What is read of a case to find encounters."""

_BELOW: tuple[tuple[Table, Part], ...] = (
    (p.operators, Part.OPERATOR),
    (p.guardians, Part.GUARDIAN),
    (p.agents, Part.AGENT),
)
_NUMBERED = (p.operators, p.guardians, p.group_members, p.related_persons)


@record
class Known:
    """What a mediator is recognised by."""

    pool_no: str
    name: str
    id_no: str | None
    phone: str | None


@record
class Appearance:
    """Somebody in a case; ``side`` is None for those who stand on none."""

    part: Part
    side: object
    name: str
    id_no: str
    phone: str


def note_encounters(connection: Connection, rows: Rows, case_id: int) -> None:
    """Make the encounters of a case what its rows say, for everybody now in the pool."""
    shown = list(_appearances(rows))
    wanted = _encounters(shown, _recognised(connection, shown), case_id)
    mine = encounters.c.case_id == case_id
    stored = connection.execute(select(encounters).where(mine).order_by(encounters.c.line)).mappings()
    if [dict(row) for row in stored] != wanted:
        connection.execute(delete(encounters).where(mine))
        if wanted:
            connection.execute(insert(encounters), wanted)


def look_back(connection: Connection, known: Sequence[Known]) -> None:
    """Note anew where these mediators appear in the cases on file; indexed, whatever the number of cases."""
    for some in chunks([one.pool_no for one in known]):
        connection.execute(delete(encounters).where(encounters.c.pool_no.in_(some)))
    for numbers in chunks(sorted(_cases_with(connection, known))):
        rows = {table: _rows(connection, table, numbers) for table in TABLES}
        for case_id in numbers:
            mine = {
                table: [row for row in lines if row["case_id"] == case_id] for table, lines in rows.items()
            }
            last = select(func.coalesce(func.max(encounters.c.line), -1)).where(
                encounters.c.case_id == case_id
            )
            first = int(connection.scalar(last) or 0) + 1
            fresh = _encounters(list(_appearances(mine)), known, case_id, first=first)
            if fresh:
                connection.execute(insert(encounters), fresh)


def _cases_with(connection: Connection, known: Sequence[Known]) -> set[int]:
    found: set[int] = set()
    for some in chunks([one.id_no for one in known if one.id_no]):
        as_party = select(p.parties.c.case_id).join(people, people.c.id == p.parties.c.person_id)
        found.update(connection.scalars(as_party.where(people.c.id_no.in_(some))))
        for table in _NUMBERED:
            found.update(connection.scalars(select(table.c.case_id).where(table.c.id_no.in_(some))))
    for phones in chunks([one.phone for one in known if one.phone]):
        found.update(connection.scalars(select(p.agents.c.case_id).where(p.agents.c.phone.in_(phones))))
    return found


def _rows(connection: Connection, table: Table, case_ids: Sequence[int]) -> list[Row]:
    query = select(table).where(table.c.case_id.in_(case_ids)).order_by(*table.primary_key.columns)
    return [dict(row) for row in connection.execute(query).mappings()]


def _appearances(rows: Rows) -> Iterator[Appearance]:
    sides = {row["ref"]: row["side"] for row in rows[p.parties]}
    for row in rows[p.parties]:
        yield _appearance(Part.PARTY, row["side"], row, id_no=row["id_no"] or row["uscc"])
    for table, part in _BELOW:
        for row in rows[table]:
            yield _appearance(part, sides.get(row["party_ref"]), row)
    for row in rows[p.group_members]:
        yield _appearance(Part.MEMBER, sides.get(row["ref"].split("-", 1)[0]), row)
    for row in rows[p.related_persons]:
        yield _appearance(Part.RELATED, None, row)


def _appearance(part: Part, side: object, row: Mapping[str, Any], id_no: str | None = None) -> Appearance:
    return Appearance(
        part=part,
        side=side,
        name=row["name"],
        id_no=id_no or row.get("id_no") or "",
        phone=row.get("phone") or "",
    )


def _recognised(connection: Connection, shown: Sequence[Appearance]) -> list[Known]:
    """Everybody of the pool with a number or phone that appears in the case."""
    found: dict[str, Known] = {}
    table = mediators.c
    columns = (table.pool_no, table.name, table.id_no, table.phone)
    numbers = sorted({one.id_no for one in shown if one.id_no})
    phones = sorted({one.phone for one in shown if one.phone and one.part is Part.AGENT})
    for column, values in ((table.id_no, numbers), (table.phone, phones)):
        for some in chunks(values):
            for row in connection.execute(select(*columns).where(column.in_(some))).mappings():
                found[row["pool_no"]] = make(Known, row)
    return [found[number] for number in sorted(found)]


def _is(one: Known, shown: Appearance) -> bool:
    if one.id_no and shown.id_no:
        return one.id_no == shown.id_no
    return bool(
        shown.part is Part.AGENT and one.phone and one.phone == shown.phone and one.name == shown.name
    )


def _encounters(
    shown: Sequence[Appearance], known: Iterable[Known], case_id: int, *, first: int = 0
) -> list[Row]:
    """One row for each mediator, part and person met; opposed if they were so in any of the parts played."""
    met: dict[tuple[str, Part, str], bool] = {}
    for one in known:
        for mine in (appearance for appearance in shown if _is(one, appearance)):
            for other in shown:
                if other.id_no and not _is(one, other):
                    key = (one.pool_no, mine.part, other.id_no)
                    met[key] = met.get(key, False) or _opposed(mine, other)
    return [
        {
            "case_id": case_id,
            "line": line,
            "pool_no": pool_no,
            "part": part,
            "met_id_no": id_no,
            "opposed": opposed,
        }
        for line, ((pool_no, part, id_no), opposed) in enumerate(sorted(met.items()), start=first)
    ]


def _opposed(mine: Appearance, other: Appearance) -> bool:
    return mine.side is not None and other.side is not None and mine.side != other.side


def forget(connection: Connection, pool_nos: Collection[str]) -> None:
    """Drop what is known of mediators taken out of the pool."""
    for some in chunks(sorted(pool_nos)):
        connection.execute(delete(encounters).where(encounters.c.pool_no.in_(some)))
