"""The pool of mediators."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, and_, delete, insert, select, update

from db.chunks import chunks
from db.queries.earlier import find_earlier
from db.queries.mediators import concluded_of_kind
from db.queries.pool_use import last_chosen, referred_to, running
from db.queries.sight import whole
from db.repositories.differences import write_differences
from db.repositories.encounters import Known, forget, look_back
from db.repositories.mediator_rows import PARTS, head_row, part_rows, read_mediators
from db.repositories.settings import POOL, moved, write_setting
from db.repositories.taking import leaves_of, renew
from db.repositories.time_taken import leave_rows
from db.rows import make
from db.tables.bookings import bookings
from db.tables.pool import mediator_photos, mediators
from mediation_desk.cases.vocabulary import Category
from mediation_desk.experts.conflicts.model import Earlier, Person
from mediation_desk.experts.mediator import Mediator, Standing
from mediation_desk.experts.model import MediatorCard
from mediation_desk.shared.errors import ConflictError

STALE = "另一位工作人员刚刚保存了这位调解员的档案，请核对后重试；您填写的内容仍在。"
IN_USE = "编号{numbers}已有案件、选择或披露引用，不能撤出专家库；可以改为离任。"


class PoolRepository:
    """Implements ``Pool`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, pool_no: str) -> MediatorCard | None:
        """The card with this number, also of somebody who has left."""
        row = self._connection.execute(select(mediators).where(mediators.c.pool_no == pool_no)).mappings()
        found = row.first()
        return make(MediatorCard, found) if found else None

    def cards(self) -> tuple[MediatorCard, ...]:
        """Cards of all who have not left, by number."""
        query = select(mediators).where(mediators.c.standing != Standing.LEFT).order_by(mediators.c.pool_no)
        return tuple(make(MediatorCard, dict(row)) for row in self._connection.execute(query).mappings())

    def learn(self, cards: Sequence[MediatorCard]) -> None:
        """Add the cards whose numbers are new; which tracks they serve is not known from a card."""
        numbers = [card.pool_no for card in cards]
        known: set[str] = set()
        for some in chunks(numbers):
            query = select(mediators.c.pool_no).where(mediators.c.pool_no.in_(some))
            known.update(self._connection.scalars(query))
        fresh: dict[str, Mediator] = {}
        for card in cards:
            if card.pool_no not in known:
                fresh.setdefault(card.pool_no, Mediator(card=card, tracks=()))
        self.add(list(fresh.values()))

    def running(self) -> dict[str, int]:
        """Open cases per pool number, for the neutral order (§5.4)."""
        with whole(self._connection):
            return running(self._connection)

    def revision(self) -> int:
        """Moves with every change of the pool."""
        return moved(self._connection, POOL)

    def mediators(self) -> tuple[Mediator, ...]:
        """Every record, by number: one query for the records and one for each kind of part."""
        return read_mediators(self._connection)

    def mediator(self, pool_no: str) -> Mediator | None:
        """One record with all its parts."""
        found = read_mediators(self._connection, mediators.c.pool_no == pool_no)
        return found[0] if found else None

    def hold(self, pool_nos: Collection[str]) -> None:
        """Lock the records until the unit ends; SQLite has locked everything already when a unit that writes begins.

        The lock is that of an update, not a shared one: two cases that appoint the same mediator at once would both
        see room under the case limit. In the order of their numbers, so that two counters do not wait for each other.
        """
        for some in chunks(sorted(self._ids(sorted(set(pool_nos))).values())):
            mine = select(mediators.c.id).where(mediators.c.id.in_(some)).order_by(mediators.c.id)
            self._connection.execute(mine.with_for_update(key_share=True)).all()

    def add(self, mediators: Sequence[Mediator]) -> None:
        """Add new records (version 1). Raises ``ConflictError`` when a number or the time of a leave is taken."""
        if mediators:
            self._add(mediators)
            self._moved()

    def save(self, before: Mediator, after: Mediator) -> Mediator:
        """Store what changed. Raises ``ConflictError`` on a stale ``before`` and on leave over a session."""
        row = head_row(after) | {"version": before.version + 1}
        del row["has_photo"]
        current = and_(mediators.c.pool_no == before.pool_no, mediators.c.version == before.version)
        changed = (
            update(mediators).where(current).values(row).returning(mediators.c.id, mediators.c.has_photo)
        )
        stored = self._connection.execute(changed).first()
        if stored is None:
            raise ConflictError(STALE)
        write_differences(self._connection, part_rows(before, stored.id), part_rows(after, stored.id))
        with whole(self._connection):
            if _recognised_by(before) != _recognised_by(after):
                look_back(self._connection, [_recognised_by(after)])
            if before.leaves != after.leaves:
                self._take_leave([after])
        self._moved()
        return replace(after, version=before.version + 1, has_photo=stored.has_photo)

    def remove(self, pool_nos: Collection[str]) -> None:
        """Take records out. Raises ``ConflictError`` naming those that something refers to; then none goes."""
        self.hold(pool_nos)
        used = self.in_use(pool_nos)
        if used:
            raise ConflictError(IN_USE.format(numbers="、".join(sorted(used))))
        ids = list(self._ids(sorted(pool_nos)).values())
        for some in chunks(ids):
            for table in (mediator_photos, *(table for _, table, _ in PARTS)):
                self._connection.execute(delete(table).where(table.c.mediator_id.in_(some)))
            self._connection.execute(delete(mediators).where(mediators.c.id.in_(some)))
        for numbers in chunks(sorted(pool_nos)):
            self._connection.execute(delete(bookings).where(leaves_of(numbers)))
        forget(self._connection, pool_nos)
        self._moved()

    def in_use(self, pool_nos: Collection[str]) -> frozenset[str]:
        """Those that a case, ballot or disclosure refers to."""
        with whole(self._connection):
            return referred_to(self._connection, pool_nos)

    def photo(self, pool_no: str) -> bytes | None:
        """The photo as stored."""
        query = (
            select(mediator_photos.c.bytes)
            .join(mediators, mediators.c.id == mediator_photos.c.mediator_id)
            .where(mediators.c.pool_no == pool_no)
        )
        return self._connection.scalar(query)

    def keep_photo(self, pool_no: str, photo: bytes | None) -> None:
        """Store, replace or take away the photo; the record's version stays, its other fields may be open."""
        ids = self._ids([pool_no])
        if not ids:
            return
        mediator_id = ids[pool_no]
        self._connection.execute(delete(mediator_photos).where(mediator_photos.c.mediator_id == mediator_id))
        if photo is not None:
            self._connection.execute(insert(mediator_photos), {"mediator_id": mediator_id, "bytes": photo})
        marked = update(mediators).where(mediators.c.id == mediator_id).values(has_photo=photo is not None)
        self._connection.execute(marked)
        self._moved()

    def last_chosen(self, pool_nos: Collection[str]) -> Mapping[str, date]:
        """Day of the newest appointment of each."""
        with whole(self._connection):
            return last_chosen(self._connection, pool_nos)

    def handled(self, pool_nos: Collection[str], category: str) -> Mapping[str, int]:
        """Concluded cases of this kind of each, for the public card."""
        with whole(self._connection):
            return concluded_of_kind(self._connection, pool_nos, Category(category), unopened=False)

    def earlier(self, case_key: str, people: Sequence[Person]) -> tuple[Earlier, ...]:
        """Earlier cases in which somebody of the pool met one of ``people``."""
        return find_earlier(self._connection, case_key, people)

    def _add(self, fresh: Sequence[Mediator]) -> None:
        self._connection.execute(insert(mediators), [head_row(one) for one in fresh])
        ids = self._ids([one.pool_no for one in fresh])
        rows = [part_rows(one, ids[one.pool_no]) for one in fresh]
        for _, table, _ in PARTS:
            lines = [line for parts in rows for line in parts[table]]
            if lines:
                self._connection.execute(insert(table), lines)
        with whole(self._connection):
            look_back(self._connection, [_recognised_by(one) for one in fresh])
            self._take_leave([one for one in fresh if one.leaves])

    def _ids(self, pool_nos: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in chunks(pool_nos):
            query = select(mediators.c.pool_no, mediators.c.id).where(mediators.c.pool_no.in_(some))
            found |= {row.pool_no: row.id for row in self._connection.execute(query)}
        return found

    def _take_leave(self, those: Sequence[Mediator]) -> None:
        for some in chunks(those):
            wanted = [row for one in some for row in leave_rows(one)]
            renew(self._connection, leaves_of([one.pool_no for one in some]), wanted)

    def _moved(self) -> None:
        write_setting(self._connection, POOL, None)


def _recognised_by(mediator: Mediator) -> Known:
    card = mediator.card
    return Known(pool_no=card.pool_no, name=card.name, id_no=card.id_no, phone=card.phone)
