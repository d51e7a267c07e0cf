"""Templates of papers: versions are only ever added, what is used is a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, insert, select, update

from db.rows import make
from db.tables.templates import paper_template_uses, paper_templates
from db.upsert import insert_into
from mediation_desk.cases.paper_templates import Slot, Use, Version
from mediation_desk.shared.errors import ConflictError

STALE = "另一位工作人员刚刚换过这种文书的模板，请看过以后再试。"

_ABOUT = tuple(column for column in paper_templates.c if column.name != "docx")


class TemplateRepository:
    """Implements ``Templates`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, version: Version, docx: bytes) -> Version:
        """Keep a version as the next of its slot; the row of the slot is held so that two get different numbers."""
        slot = version.slot
        self._hold(slot, version.at, version.by)
        last = select(func.coalesce(func.max(paper_templates.c.no), 0)).where(_of(paper_templates, slot))
        no = (self._connection.scalar(last) or 0) + 1
        row = {
            **_key(slot),
            "no": no,
            "name": version.name,
            "note": version.note,
            "by": version.by,
            "at": version.at,
            "size": version.size,
            "sha256": version.sha256,
            "docx": docx,
        }
        made = self._connection.execute(insert(paper_templates).values(row).returning(paper_templates.c.id))
        return replace(version, id=made.scalar_one(), no=no)

    def versions(self, slot: Slot | None = None) -> tuple[Version, ...]:
        """All, or those of a slot, newest first."""
        query = select(*_ABOUT).order_by(paper_templates.c.id.desc())
        if slot is not None:
            query = query.where(_of(paper_templates, slot))
        return tuple(_version(row) for row in self._connection.execute(query).mappings())

    def version(self, template: int) -> Version | None:
        """One version."""
        query = select(*_ABOUT).where(paper_templates.c.id == template)
        row = self._connection.execute(query).mappings().first()
        return _version(row) if row else None

    def content(self, template: int) -> bytes | None:
        """Its bytes."""
        return self._connection.scalar(select(paper_templates.c.docx).where(paper_templates.c.id == template))

    def uses(self) -> tuple[Use, ...]:
        """What was decided, by form."""
        uses = paper_template_uses.c
        query = select(paper_template_uses).order_by(uses.form, uses.track, uses.body)
        return tuple(_use(row) for row in self._connection.execute(query).mappings())

    def use(self, slot: Slot, template: int | None, at: datetime, by: str, seen: int) -> Use:
        """Decide; the counter must still be ``seen``."""
        self._hold(slot, at, by)
        current = and_(_of(paper_template_uses, slot), paper_template_uses.c.version == seen)
        decided = (
            update(paper_template_uses)
            .where(current)
            .values(template_id=template, at=at, by=by, version=seen + 1)
            .returning(paper_template_uses)
        )
        row = self._connection.execute(decided).mappings().first()
        if row is None:
            raise ConflictError(STALE)
        return _use(row)

    def _hold(self, slot: Slot, at: datetime, by: str) -> None:
        """Make sure of the slot's row and lock it until the unit ends."""
        first = insert_into(self._connection, paper_template_uses).values(
            **_key(slot), template_id=None, at=at, by=by, version=0
        )
        self._connection.execute(first.on_conflict_do_nothing())
        mine = select(paper_template_uses.c.version).where(_of(paper_template_uses, slot))
        self._connection.execute(mine.with_for_update()).all()


def _key(slot: Slot) -> dict[str, Any]:
    return {"form": slot.form, "track": slot.track, "body": slot.body}


def _of(table: Table, slot: Slot) -> ColumnElement[bool]:
    return and_(table.c.form == slot.form, table.c.track == slot.track, table.c.body == slot.body)


def _version(row: Mapping[Any, Any]) -> Version:
    return make(Version, row, slot=make(Slot, row))


def _use(row: Mapping[Any, Any]) -> Use:
    return make(Use, row, slot=make(Slot, row), template=row["template_id"])
