"""Lists of the archive room; each is read from an index in its own order and left after a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    select,
    tuple_,
    union_all,
)

from db.queries.conditions import on_record
from db.queries.seen import keys_seen
from db.queries.sight import whole
from db.rows import make
from db.tables.afterwards import archives
from db.tables.archiving import TO_DESTROY, appraisals, loans, shelves
from db.tables.cases import cases
from db.tables.deadlines import deadlines
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.archiving.lists import OralLine, Threshold, VolumeLine, VolumeList, VolumePlace
from mediation_desk.cases.archiving.lists import VolumeQuery as Asked
from mediation_desk.cases.archiving.standing import Standing
from mediation_desk.cases.deadlines.model import Group

_NEWEST_FIRST = (VolumeList.SHELVED, VolumeList.UNSHELVED)
_STANDING = {VolumeList.SHELVED: Standing.SHELVED, VolumeList.UNSHELVED: Standing.UNSHELVED}


class VolumeQueries:
    """Implements ``Volumes`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, place: str) -> str | None:
        """Whose volume stands there; "" for that of a case out of reach."""
        query = select(cases.c.case_key).join(shelves, shelves.c.case_id == cases.c.id)
        with whole(self._connection):  # a place is taken, whoever asks
            key = self._connection.scalar(query.where(shelves.c.place == place))
        return "" if key is not None and not keys_seen(self._connection, (key,)) else key

    def lines(self, query: Asked, on: date, ended: Sequence[Threshold]) -> tuple[VolumeLine, ...]:
        """A page of a list, in its order."""
        page = self.page(query, on, ended).subquery()
        shown = _shown(page)
        down = query.which in _NEWEST_FIRST
        order = (page.c.day.desc(), page.c.id.desc()) if down else (page.c.day, page.c.id)
        return self._made(shown.order_by(*order))

    def of(self, keys: Sequence[str]) -> tuple[VolumeLine, ...]:
        """Filed volumes of these cases, the newest first."""
        wanted = (
            select(cases.c.id, archives.c.archived_on.label("day"))
            .join(archives, archives.c.case_id == cases.c.id)
            .where(on_record(), archives.c.archived_on.is_not(None), cases.c.case_key.in_(keys))
            .subquery()
        )
        shown = _shown(wanted)
        return self._made(shown.order_by(wanted.c.day.desc(), wanted.c.id.desc()))

    def count(self, query: Asked, on: date, ended: Sequence[Threshold], most: int) -> int:
        """How many lines there are, at most ``most``."""
        page = self.page(query, on, ended, limit=most).subquery()
        return int(self._connection.execute(select(func.count()).select_from(page)).scalar_one())

    def oral(self, body: str, first: date, last: date, limit: int) -> tuple[OralLine, ...]:
        """Oral agreements of a body concluded in these days, numbered from 1."""
        shown = ("case_key", "number", "title", "party_names", "category")
        query = (
            select(*(cases.c[name] for name in shown), cases.c.outcome_concluded_on.label("concluded_on"))
            .where(
                on_record(),
                cases.c.outcome_concluded_on.between(first, last),
                cases.c.outcome_form == AgreementForm.ORAL,
                cases.c.body_name == body,
            )
            .order_by(cases.c.outcome_concluded_on, cases.c.id)
            .limit(limit)
        )
        rows = self._connection.execute(query).mappings()
        return tuple(
            make(OralLine, row, no=no, category=str(row["category"])) for no, row in enumerate(rows, 1)
        )

    def page(
        self, query: Asked, on: date, ended: Sequence[Threshold], *, limit: int | None = None
    ) -> Select[Any]:
        """Ids of cases and the day the list goes by; nothing else is read until the page is known."""
        most = query.limit if limit is None else limit
        branches = [
            _from(select(cases.c.id, day.label("day")), source, day, query.after, down=down, limit=most)
            for source, day, down in self._sources(query.which, on, ended)
        ]
        if len(branches) == 1:
            return branches[0]
        merged = union_all(*(select(branch.subquery()) for branch in branches)).subquery()
        return select(merged).order_by(merged.c.day, merged.c.id).limit(most)

    def _sources(
        self, which: VolumeList, on: date, ended: Sequence[Threshold]
    ) -> list[tuple[tuple[Any, Any], Any, bool]]:
        """(table and condition, the day the list goes by, newest first) for each index that is read."""
        filed = archives.c.archived_on
        match which:
            case VolumeList.TO_FILE:
                return [((deadlines, deadlines.c.group == Group.FILING), deadlines.c.due_on, False)]
            case VolumeList.SHELVED | VolumeList.UNSHELVED:
                return [((archives, archives.c.standing == _STANDING[which]), filed, True)]
            case VolumeList.LENT:
                return [((loans, loans.c.returned_on.is_(None)), loans.c.due_on, False)]
            case VolumeList.OVERDUE:
                late = and_(loans.c.returned_on.is_(None), loans.c.due_on < on)
                return [((loans, late), loans.c.due_on, False)]
            case VolumeList.TO_DESTROY:
                return [((appraisals, TO_DESTROY), appraisals.c.on, False)]
            case VolumeList.ENDED:
                # What was destroyed is settled for ever, and what is not filed has no day: neither is in the range.
                prolonged = archives.c.decided_until < on
                return [
                    ((archives, prolonged), filed, False),
                    *(((archives, _never_appraised(one)), filed, False) for one in ended),
                ]

    def _made(self, statement: Select[Any]) -> tuple[VolumeLine, ...]:
        return tuple(make(VolumeLine, row) for row in self._connection.execute(statement).mappings())


def _shown(page: Any) -> Select[Any]:
    """Everything a line shows of the cases of a page, by their keys."""
    case_id = page.c.id
    filing = and_(deadlines.c.case_id == case_id, deadlines.c.group == Group.FILING)
    out = and_(loans.c.case_id == case_id, loans.c.returned_on.is_(None))
    return (
        select(
            *(cases.c[name] for name in ("case_key", "title", "number")),
            page.c.day,
            func.coalesce(archives.c.volume_no, "").label("volume_no"),
            archives.c.archived_on,
            archives.c.retention,
            archives.c.pages,
            archives.c.decided_until.label("ends_on"),
            func.coalesce(shelves.c.place, "").label("shelf"),
            func.coalesce(loans.c.who, "").label("borrower"),
            func.coalesce(loans.c.unit, "").label("borrower_unit"),
            loans.c.on.label("lent_on"),
            loans.c.due_on.label("due_back_on"),
            func.coalesce(loans.c.why, "").label("loan_why"),
            func.coalesce(deadlines.c.why, "").label("filing_why"),
            func.coalesce(deadlines.c.overrun, "").label("overrun"),
        )
        .select_from(page)
        .join(cases, cases.c.id == case_id)
        .join(archives, archives.c.case_id == cases.c.id, isouter=True)
        .join(shelves, shelves.c.case_id == cases.c.id, isouter=True)
        .join(loans, out, isouter=True)
        .join(deadlines, filing, isouter=True)
    )


def _never_appraised(one: Threshold) -> ColumnElement[bool]:
    return and_(
        archives.c.retention == one.retention,
        archives.c.decided_until.is_(None),
        archives.c.archived_on < one.filed_before,
    )


def _from(
    statement: Select[Any],
    source: tuple[Any, Any],
    day: Any,
    after: VolumePlace | None,
    *,
    down: bool,
    limit: int,
) -> Select[Any]:
    """A page of one index: cases in the bin are left out, ``after`` is the last line already shown."""
    table, condition = source
    key = table.c.case_id
    made = statement.join(table, key == cases.c.id).where(condition, on_record())
    if after is not None:
        seen = select(cases.c.id).where(cases.c.case_key == after.case_key).scalar_subquery()
        line, place = tuple_(day, key), tuple_(after.day, seen)
        made = made.where(line < place if down else line > place)
    return made.order_by(*((day.desc(), key.desc()) if down else (day, key))).limit(limit)
