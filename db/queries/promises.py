"""What is owed across all cases, in the order it falls due: found by the lines of deadlines, never by the archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select

from db.chunks import chunks
from db.queries.conditions import on_record
from db.rows import make
from db.tables.agreements import clauses, performance, recurring
from db.tables.cases import cases
from db.tables.deadlines import deadlines
from db.tables.keeping import waivers
from db.tables.parties import parties
from mediation_desk.agreements.keeping import Waiver
from mediation_desk.agreements.model import Clause, Performance, Recurring
from mediation_desk.agreements.performance import due_day
from mediation_desk.agreements.settling import refs, still_owed, total
from mediation_desk.cases.deadlines.model import Group
from mediation_desk.cases.summary import OpenPromise

T = TypeVar("T")
_PROMISED = "clause.%"


def open_promises(connection: Connection, last: date | None, limit: int) -> tuple[OpenPromise, ...]:
    """The first ``limit`` items not settled, due up to ``last`` (None: ever), the earliest first."""
    shown = (deadlines.c[name] for name in ("case_id", "code", "due_on", "why"))
    query = (
        select(*shown, cases.c.case_key, cases.c.number, cases.c.title)
        .join(cases, cases.c.id == deadlines.c.case_id)
        .where(on_record(), deadlines.c.group == Group.PROMISE, deadlines.c.code.like(_PROMISED))
        .order_by(deadlines.c.due_on, deadlines.c.case_id, deadlines.c.code)
    )
    if last is not None:
        query = query.where(deadlines.c.due_on <= last)
    lines = connection.execute(query.limit(limit)).mappings().all()
    owed = _owed(connection, {line["case_id"] for line in lines})
    return tuple(_promise(line, *owed[line["case_id"]]) for line in lines)


def _promise(line: Mapping[Any, Any], rows: Collection[Performance], names: Mapping[str, str]) -> OpenPromise:
    _, clause, instalment = line["code"].split(".")
    part = (int(clause), int(instalment) or None, line["due_on"])
    meant = [row for row in rows if (row.clause, row.instalment, due_day(row)) == part]
    is_money = any(row.amount is not None for row in meant)
    return make(
        OpenPromise,
        line,
        clause=part[0],
        instalment=part[1],
        payer=_names((row.payer for row in meant), names),
        payee=_names((row.payee for row in meant), names),
        amount=total(meant) if is_money else None,
    )


def _names(joined: Any, names: Mapping[str, str]) -> str:
    found = dict.fromkeys(ref for one in joined for ref in refs(one))
    return "、".join(names.get(ref, ref) for ref in found)


def _owed(
    connection: Connection, ids: Collection[int]
) -> Mapping[int, tuple[tuple[Performance, ...], Mapping[str, str]]]:
    """What each of these cases owes, and the names of its parties."""
    rows = _parts(connection, performance, Performance, ids)
    forgiven = _parts(connection, waivers, Waiver, ids)
    monthly = _parts(connection, recurring, Recurring, ids)
    meant = _parts(connection, clauses, Clause, set(monthly))
    names: dict[int, dict[str, str]] = defaultdict(dict)
    for some in chunks(sorted(ids)):
        query = select(parties.c.case_id, parties.c.ref, parties.c.name).where(parties.c.case_id.in_(some))
        for case_id, ref, name in connection.execute(query):
            names[case_id][ref] = name
    return {
        case_id: (
            still_owed(
                rows.get(case_id, ()),
                forgiven.get(case_id, ()),
                monthly.get(case_id, ()),
                meant.get(case_id, ()),
            ),
            names[case_id],
        )
        for case_id in ids
    }


def _parts(
    connection: Connection, table: Table, kind: type[T], ids: Collection[int]
) -> Mapping[int, tuple[T, ...]]:
    found: dict[int, list[T]] = defaultdict(list)
    for some in chunks(sorted(ids)):
        query = select(table).where(table.c.case_id.in_(some)).order_by(table.c.case_id, table.c.line)
        for row in connection.execute(query).mappings():
            found[row["case_id"]].append(make(kind, row))
    return {case_id: tuple(parts) for case_id, parts in found.items()}
