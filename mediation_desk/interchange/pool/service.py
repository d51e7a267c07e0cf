"""``PoolImport``: a roster looked at, taken in as one batch, taken back as a whole; and the pool written out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.ports import PoolStorage, PoolWork
from mediation_desk.interchange.plain import plain
from mediation_desk.interchange.pool.batch import Batch, BatchResult, from_note, to_note
from mediation_desk.interchange.pool.columns import column_rules
from mediation_desk.interchange.pool.heading import Heading
from mediation_desk.interchange.pool.objects import read_objects
from mediation_desk.interchange.pool.rows import State
from mediation_desk.interchange.pool.staging import Plan, StagedImport, plan_for, stage
from mediation_desk.interchange.pool.storing import (
    BATCHES,
    find_batch,
    keep_batch,
    known_pool,
    take_back,
    take_in,
)
from mediation_desk.interchange.pool.table import Table, Watch
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError

_COLUMNS, _DRAFT = "pool-import:columns:", "pool-import:draft:"
_NAMED = 5


class PoolImport:
    """Bulk import and export of the pool. Reading and looking store nothing."""

    def __init__(self, storage: PoolStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def read(
        self, actor: Actor, file: str, data: bytes, *, sheet: str = "", watch: Watch | None = None
    ) -> Table:
        """The cells of a roster; ``file`` is its name, whose ending tells its kind.

        Raises ``InputError`` with one sentence about the file, ``ImportStopped`` when ``watch`` says so.
        """
        actor.require(Permission.EXPERT_ENGAGE)
        name, ending = PurePath(file).name, PurePath(file).suffix.lower()
        if ending == ".json":
            return read_objects(name, data, watch=watch)
        if ending not in (".xlsx", ".xlsm"):
            raise InputError("只能导入.xlsx工作簿或者.json文件；别的表格请先另存为.xlsx。")
        from mediation_desk.interchange.pool.sheet import read_sheet

        return read_sheet(name, data, sheet=sheet, watch=watch)

    def stage(self, actor: Actor, table: Table, *, watch: Watch | None = None) -> StagedImport:
        """Every row beside the pool, with the columns as last time for such a heading, else as they look."""
        actor.require(Permission.EXPERT_ENGAGE)
        first = plan_for(table)
        with self._storage.read() as work:
            pool = known_pool(work)
            remembered = _remembered(work, first.heading)
        plan = plan_for(table, heading=first.heading, remembered=remembered) if remembered else first
        return stage(plan, pool, local_day(self._clock()), watch=watch)

    def refreshed(self, actor: Actor, staged: StagedImport) -> StagedImport:
        """The same plan beside the pool as it is now."""
        actor.require(Permission.EXPERT_ENGAGE)
        with self._storage.read() as work:
            pool = known_pool(work)
        return stage(staged.current(), pool, local_day(self._clock()))

    def take_in(self, actor: Actor, staged: StagedImport, *, only_good: bool = True) -> BatchResult:
        """Store the rows that are ready, in one transaction, as one batch.

        Raises ``InputError`` when there is none, or with ``only_good`` False when any row has a problem;
        ``ConflictError`` when the pool has changed so that a row means something else now.
        """
        actor.require(Permission.EXPERT_ENGAGE)
        _require_complete(staged, only_good=only_good)
        at = self._clock()
        batch = Batch(
            id=f"{at.astimezone():%Y%m%d-%H%M%S}-{uuid4().hex[:4]}",
            at=at,
            account=actor.account,
            file=staged.plan.table.file,
            added={},
        )
        with self._storage.write() as work:
            batch = take_in(work, staged, batch)
            _remember(work, staged.plan)
            keep_batch(work, batch)
            result = BatchResult(
                batch=batch.id,
                added=len(batch.added),
                updated=len(batch.replaced),
                skipped=staged.count(State.SKIPPED),
                wrong=staged.count(State.WRONG),
            )
            work.notes.put(_DRAFT + actor.account, None)
            details: dict[str, object] = {
                "batch": batch.id,
                "added": result.added,
                "updated": result.updated,
                "skipped": result.skipped,
                "wrong": result.wrong,
            }
            work.audit.write(at=at, account=actor.account, action="expert.import", details=details)
        return result

    def undo(self, actor: Actor, batch_id: str) -> Batch:
        """Take a whole batch back: added records go, changed ones read as before.

        Raises ``InputError`` when there is no such batch or it was taken back already; ``ConflictError`` naming
        the numbers when a record is in use or was changed since. Then nothing has changed.
        """
        actor.require(Permission.EXPERT_ENGAGE)
        at = self._clock()
        with self._storage.write() as work:
            batch = find_batch(work, batch_id)
            if batch.undone_at is not None:
                raise InputError(f"批次{batch_id}已经撤销过了。")
            take_back(work, batch)
            undone = replace(batch, undone_at=at)
            keep_batch(work, undone)
            details: dict[str, object] = {
                "batch": batch_id,
                "removed": len(batch.added),
                "restored": len(batch.replaced),
            }
            work.audit.write(at=at, account=actor.account, action="expert.import.undo", details=details)
        return undone

    def batches(self, actor: Actor) -> tuple[Batch, ...]:
        """The last imports, newest first."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read() as work:
            return tuple(find_batch(work, one) for one in work.notes.get(BATCHES) or ())

    def keep(self, actor: Actor, staged: StagedImport) -> None:
        """Keep what has been looked at and put right so far; one draft for each account."""
        actor.require(Permission.EXPERT_ENGAGE)
        note = to_note(staged.current())
        with self._storage.write() as work:
            work.notes.put(_DRAFT + actor.account, note)

    def kept(self, actor: Actor) -> StagedImport | None:
        """The draft, compared with the pool as it is now; None without one, or when it cannot be read."""
        actor.require(Permission.EXPERT_ENGAGE)
        with self._storage.read() as work:
            note = work.notes.get(_DRAFT + actor.account)
            if not note:
                return None
            pool = known_pool(work)
        try:
            plan = from_note(Plan, note)
        except InputError:
            return None
        return stage(plan, pool, local_day(self._clock()))

    def kept_file(self, actor: Actor) -> str:
        """Name of the file the draft is about; empty without one."""
        actor.require(Permission.EXPERT_ENGAGE)
        with self._storage.read() as work:
            note = work.notes.get(_DRAFT + actor.account)
        return str(note["table"]["file"]) if note else ""

    def forget(self, actor: Actor) -> None:
        """Throw the draft away."""
        actor.require(Permission.EXPERT_ENGAGE)
        with self._storage.write() as work:
            work.notes.put(_DRAFT + actor.account, None)

    def export(
        self, actor: Actor, *, public_only: bool = False, pool_nos: Sequence[str] | None = None
    ) -> bytes:
        """The pool, or these of it, as .xlsx; ``public_only`` without identity number, telephone, address, ties."""
        from mediation_desk.interchange.pool.export import workbook

        chosen = self._exported(actor, public_only=public_only, pool_nos=pool_nos)
        return workbook(chosen, on=local_day(self._clock()), public_only=public_only)

    def export_json(self, actor: Actor, *, pool_nos: Sequence[str] | None = None) -> str:
        """The pool, or these of it, as JSON that the import reads."""
        chosen = self._exported(actor, public_only=False, pool_nos=pool_nos)
        return json.dumps([_flat(one) for one in chosen], ensure_ascii=False, indent=1) + "\n"

    def _exported(
        self, actor: Actor, *, public_only: bool, pool_nos: Sequence[str] | None
    ) -> tuple[Mediator, ...]:
        actor.require(Permission.EXPERT_READ if public_only else Permission.EXPERT_EXPORT)
        with self._storage.read() as work:
            found = work.pool.mediators()
        if pool_nos is not None:
            by_no = {one.pool_no: one for one in found}
            found = tuple(by_no[number] for number in pool_nos if number in by_no)
        if not public_only:
            self._note_export(actor, len(found))
        return found

    def _note_export(self, actor: Actor, count: int) -> None:
        with self._storage.write() as work:
            details: dict[str, object] = {"count": count}
            work.audit.write(at=self._clock(), account=actor.account, action="expert.export", details=details)


def _flat(mediator: Mediator) -> dict[str, Any]:
    data: dict[str, Any] = plain(mediator)
    kept = {key: value for key, value in data.items() if key not in ("card", "has_photo", "batch", "version")}
    card: dict[str, Any] = data["card"]
    return card | kept


def _require_complete(staged: StagedImport, *, only_good: bool) -> None:
    wrong = [row for row in staged.rows if row.state is State.WRONG]
    if wrong and not only_good:
        first = "".join(row.troubles[0].sentence for row in wrong[:_NAMED])
        raise InputError(
            f"有{len(wrong)}{staged.plan.table.unit}有问题，一{staged.plan.table.unit}也没有收入。{first}"
        )
    if not staged.count(State.READY):
        raise InputError("没有可以收入的行，专家库没有改变。")


def _remember(work: PoolWork, plan: Plan) -> None:
    own = {str(place): field for place, field in plan.mapping.items() if place < plan.heading.own}
    work.notes.put(_COLUMNS + plan.heading.fingerprint, own)


def _remembered(work: PoolWork, heading: Heading) -> Mapping[int, str]:
    """The columns as somebody took them the last time; fields no longer known are left out."""
    note = work.notes.get(_COLUMNS + heading.fingerprint) or {}
    fields = column_rules().by_field
    return {
        int(place): field for place, field in note.items() if field in fields and int(place) < heading.own
    }
