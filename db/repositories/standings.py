"""Who stands in which case: kept up with every case, and the ways each name is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from db.chunks import chunks
from db.rows import Row, Rows
from db.tables import parties as p
from db.tables.counter import name_ways, standings
from db.upsert import insert_into
from mediation_desk.cases.counter.names import ways_of
from mediation_desk.experts.conflicts.sameness import id_key, name_key, phone_keys
from mediation_desk.parties.model import PartyKind
from mediation_desk.parties.standing import Capacity

_BELOW: tuple[tuple[Table, Capacity], ...] = (
    (p.operators, Capacity.OPERATOR),
    (p.guardians, Capacity.GUARDIAN),
    (p.agents, Capacity.AGENT),
)


def note_standings(connection: Connection, rows: Rows, case_id: int, *, binned: bool) -> None:
    """Make the standings of a case what its rows say; nothing is written where nothing changed.

    A case in the bin has none: nobody is recognised from it, and it is nobody's duplicate.
    """
    wanted = [] if binned else standing_rows(rows, case_id)
    mine = standings.c.case_id == case_id
    stored = connection.execute(select(standings).where(mine).order_by(standings.c.line)).mappings()
    if [dict(row) for row in stored] != wanted:
        connection.execute(delete(standings).where(mine))
        if wanted:
            connection.execute(insert(standings), wanted)
            note_names(connection, {row["name_key"] for row in wanted})


def note_names(connection: Connection, keys: Iterable[str]) -> None:
    """Let these names be found by every way they are typed; always in one order, so that writers do not deadlock."""
    rows = way_rows(keys)
    if rows:
        connection.execute(insert_into(connection, name_ways).on_conflict_do_nothing(), rows)


def names_in(connection: Connection, case_ids: Iterable[int]) -> set[str]:
    """The names that stand in these cases."""
    found: set[str] = set()
    for some in chunks(sorted(case_ids)):
        query = select(standings.c.name_key).where(standings.c.case_id.in_(some))
        found.update(connection.scalars(query))
    return found


def forget_names(connection: Connection, keys: Iterable[str]) -> None:
    """Drop the ways of names that stand in no case any more; for whoever takes cases out of the database."""
    for key in sorted(keys):
        if connection.scalar(select(standings.c.case_id).where(standings.c.name_key == key).limit(1)) is None:
            mine = name_ways.c.way.in_(ways_of(key)) & (name_ways.c.name_key == key)
            connection.execute(delete(name_ways).where(mine))


def way_rows(keys: Iterable[str]) -> list[Row]:
    """The rows of ``name_ways`` for these names, in order."""
    return [{"way": way, "name_key": key} for key in sorted(keys) for way in sorted(ways_of(key))]


def standing_rows(rows: Rows, case_id: int) -> list[Row]:
    """One row for everybody named in the case these ``rows`` are of."""
    return [_row(case_id, line, *found) for line, found in enumerate(_named(rows))]


def _named(rows: Rows) -> Iterator[tuple[Capacity, Any, Any, Mapping[str, Any]]]:
    sides = {row["ref"]: row["side"] for row in rows[p.parties]}
    for row in rows[p.parties]:
        yield Capacity.PARTY, row["side"], row["kind"], row | {"id_no": row["id_no"] or row["uscc"]}
        if row["legal_name"]:
            legal = {"ref": row["ref"], "name": row["legal_name"]}
            yield Capacity.LEGAL, row["side"], PartyKind.PERSON, legal
    for table, capacity in _BELOW:
        for row in rows[table]:
            ref = row["party_ref"]
            yield capacity, sides.get(ref), PartyKind.PERSON, row | {"ref": ref}
    for row in rows[p.group_members]:
        yield Capacity.MEMBER, sides.get(row["ref"].split("-", 1)[0]), PartyKind.PERSON, row
    for row in rows[p.related_persons]:
        yield Capacity.RELATED, None, PartyKind.PERSON, row


def _row(case_id: int, line: int, capacity: Capacity, side: Any, kind: Any, shown: Mapping[str, Any]) -> Row:
    number = id_key(shown.get("id_no") or "") or None
    phone = next(iter(phone_keys(shown.get("phone") or "")), None)
    return {
        "case_id": case_id,
        "line": line,
        "ref": shown["ref"],
        "capacity": capacity,
        "side": side,
        "kind": kind,
        "name": shown["name"],
        "name_key": name_key(shown["name"]),
        "gender": shown.get("gender"),
        "birth_date": shown.get("birth_date"),
        "id_no": number,
        "id_back": number[::-1] if number else None,
        "phone": phone,
        "phone_back": phone[::-1] if phone else None,
    }
