"""What given cases say, read table by table for all of them at once; notes of caucuses are never read (LR-22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Integer, Select, Table, bindparam, select

from db.queries.prepared import prepared
from db.repositories.rebuild import rebuild
from db.rows import Row, Rows
from db.tables import afterwards, agreements, beside, course, ledgers, notices, parties
from db.tables.cases import cases
from db.tables.record import documents
from mediation_desk.cases.finding.said import Passage, said

_TABLES = (
    parties.parties,
    parties.operators,
    parties.guardians,
    parties.agents,
    parties.group_members,
    parties.related_persons,
    course.case_mediators,
    course.court_referrals,
    course.claims,
    course.evidence,
    course.investigations,
    course.undisputed_facts,
    course.sessions,
    agreements.agreements,
    agreements.clauses,
    afterwards.followups,
    afterwards.endings,
    afterwards.notices,
    afterwards.archives,
    afterwards.confirmations,
    beside.orders,
    ledgers.ledger_entries,
    notices.official_notices,
)
"""The tables behind ``said``; a case is put together from these alone and not handed out."""


_SIZES = (8, 32, 500)
"""How many cases are read at once: a list of ids is filled up to one of these, so that few statements are kept."""


def passages_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[date, tuple[Passage, ...]]]:
    """Day of receipt and passages of the cases with these ids, 500 at most."""
    heads = _read(connection, cases, cases.c.id, ids)
    rows: dict[int, Rows] = {head["id"]: defaultdict(list) for head in heads}
    for table in (*_TABLES, documents):
        for row in _read(connection, table, table.c.case_id, ids):
            rows[row["case_id"]][table].append(row)
    return {
        head["id"]: (
            head["received_on"],
            said(rebuild(head, rows[head["id"]]), [row["title"] for row in rows[head["id"]][documents]]),
        )
        for head in heads
    }


def _read(connection: Connection, table: Table, column: Column[Any], ids: Sequence[int]) -> list[Row]:
    if not ids:
        return []
    size = next(size for size in _SIZES if size >= len(ids))
    values = {f"id_{place}": ids[min(place, len(ids) - 1)] for place in range(size)}

    def build() -> Select[Any]:
        wanted = column.in_([bindparam(name, type_=Integer) for name in values])
        return select(table).where(wanted).order_by(*table.primary_key.columns)

    return prepared(connection, ("passages", table.name, size), build).rows(connection, values)
