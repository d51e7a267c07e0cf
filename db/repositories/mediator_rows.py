"""A mediator's record taken apart into rows and put together again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from db.rows import Row, Rows, columns, make
from db.tables import pool
from mediation_desk.experts import mediator as m
from mediation_desk.experts.model import MediatorCard

PARTS: tuple[tuple[str, Table, type[Any]], ...] = (
    ("grades", pool.grades, m.Grade),
    ("credentials", pool.credentials, m.Credential),
    ("trainings", pool.trainings, m.Training),
    ("honours", pool.honours, m.Honour),
    ("duties", pool.duties, m.Duty),
    ("slots", pool.slots, m.Slot),
    ("leaves", pool.leaves, m.Leave),
    ("disciplines", pool.disciplines, m.Discipline),
    ("ties", pool.ties, m.Tie),
)


def head_row(mediator: m.Mediator) -> Row:
    """The ``mediators`` row of a new record; whether there is a photo is only known to who stores it."""
    row = columns(pool.mediators, mediator) | columns(pool.mediators, mediator.card)
    return row | {"has_photo": False, "version": 1}


def part_rows(mediator: m.Mediator, mediator_id: int) -> Rows:
    """Every row below the head row."""
    return {
        table: [
            columns(table, part, mediator_id=mediator_id, line=line)
            for line, part in enumerate(getattr(mediator, name))
        ]
        for name, table, _ in PARTS
    }


def read_mediators(connection: Connection, *which: ColumnElement[bool]) -> tuple[m.Mediator, ...]:
    """The records ``which`` selects (all where nothing is given), by number: one query for each table."""
    heads = select(pool.mediators).where(*which).order_by(pool.mediators.c.pool_no)
    below = {name: _parts(connection, table, kind, which) for name, table, kind in PARTS}
    records: list[m.Mediator] = []
    for row in connection.execute(heads).mappings():
        head = dict(row)  # asked for forty names each
        parts = {name: tuple(found[head["id"]]) for name, found in below.items() if head["id"] in found}
        records.append(_record(head, parts))
    return tuple(records)


def _record(head: Mapping[Any, Any], parts: dict[str, Any]) -> m.Mediator:
    return make(m.Mediator, head, card=make(MediatorCard, head), **parts)


def _parts(
    connection: Connection, table: Table, kind: type[Any], which: tuple[ColumnElement[bool], ...]
) -> Mapping[int, list[Any]]:
    """Parts by mediator, in order; a pool has so many that they are made without looking names up."""
    names = [field.name for field in fields(kind)]
    query = select(table.c.mediator_id, *(table.c[name] for name in names))
    if which:
        query = query.join(pool.mediators, pool.mediators.c.id == table.c.mediator_id).where(*which)
    found: dict[int, list[Any]] = defaultdict(list)
    for mediator_id, *values in connection.execute(query.order_by(table.c.mediator_id, table.c.line)):
        found[mediator_id].append(kind(**dict(zip(names, values, strict=True))))
    return found
