"""``PoolImport``: a roster looked at, taken in as one batch, taken back as a whole; and the pool written out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.ports import PoolWork
from mediation_desk.interchange.plain import plain
from mediation_desk.interchange.pool.batch import Batch, BatchResult
from mediation_desk.interchange.pool.columns import ColumnRules, column_rules
from mediation_desk.interchange.pool.objects import read_objects
from mediation_desk.interchange.pool.staging import StagedImport, stage
from mediation_desk.interchange.pool.storing import (
    BATCHES,
    find_batch,
    keep_batch,
    known_pool,
    take_back,
    take_in,
)
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.service import SheetImport, require_complete
from mediation_desk.interchange.sheets.staging import Plan
from mediation_desk.interchange.sheets.table import Table, Watch, tell
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.errors import InputError

_NOTHING = "没有可以收入的行，专家库没有改变。"


class PoolImport(SheetImport[PoolWork, StagedImport]):
    """Bulk import and export of the pool. Reading and looking store nothing."""

    code = "pool-import"
    permission = Permission.EXPERT_ENGAGE
    endings = "只能导入.xlsx工作簿或者.json文件；别的表格请先另存为.xlsx。"

    def read(
        self, actor: Actor, file: str, data: bytes, *, sheet: str = "", watch: Watch | None = None
    ) -> Table:
        """The cells of a roster, of a workbook or of JSON; ``file`` is its name, whose ending tells its kind.

        Raises ``InputError`` with one sentence about the file, ``ImportStopped`` when ``watch`` says so.
        """
        if PurePath(file).suffix.lower() != ".json":
            return super().read(actor, file, data, sheet=sheet, watch=watch)
        actor.require(self.permission)
        return read_objects(PurePath(file).name, data, watch=watch)

    def take_in(
        self,
        actor: Actor,
        staged: StagedImport,
        *,
        only_good: bool = True,
        watch: Watch | None = None,
    ) -> BatchResult:
        """Store the rows that are ready, in one transaction, as one batch.

        Raises ``InputError`` when there is none, or with ``only_good`` False when any row has a problem;
        ``ConflictError`` when the pool has changed so that a row means something else now, ``ImportStopped`` when
        ``watch`` says so. Then nothing is stored.
        """
        actor.require(Permission.EXPERT_ENGAGE)
        require_complete(staged, only_good=only_good, nothing=_NOTHING)
        at = self._clock()
        batch = Batch(
            id=f"{at.astimezone():%Y%m%d-%H%M%S}-{uuid4().hex[:4]}",
            at=at,
            account=actor.account,
            file=staged.plan.table.file,
            added={},
        )
        with self._storage.write(actor) as work:
            batch = take_in(work, staged, batch, watch=watch)
            self._remember(work, staged.plan)
            keep_batch(work, batch)
            result = BatchResult(
                batch=batch.id,
                added=len(batch.added),
                updated=len(batch.replaced),
                skipped=staged.count(State.SKIPPED),
                wrong=staged.count(State.WRONG),
            )
            self._drop_draft(work, actor)
            details: dict[str, object] = {
                "batch": batch.id,
                "added": result.added,
                "updated": result.updated,
                "skipped": result.skipped,
                "wrong": result.wrong,
            }
            work.audit.write(at=at, account=actor.account, action="expert.import", details=details)
        return result

    def undo(self, actor: Actor, batch_id: str, *, watch: Watch | None = None) -> Batch:
        """Take a whole batch back: added records go, changed ones read as before.

        Raises ``InputError`` when there is no such batch or it was taken back already; ``ConflictError`` naming
        the numbers when a record is in use or was changed since. Then nothing has changed.
        """
        actor.require(Permission.EXPERT_ENGAGE)
        at = self._clock()
        with self._storage.write(actor) as work:
            batch = find_batch(work, batch_id)
            if batch.undone_at is not None:
                raise InputError(f"批次{batch_id}已经撤销过了。")
            tell(watch, 0)
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
        with self._storage.read(actor) as work:
            return tuple(find_batch(work, one) for one in work.notes.get(BATCHES) or ())

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

    def _columns(self) -> ColumnRules:
        return column_rules()

    def _staged(self, plan: Plan, watch: Watch | None = None) -> StagedImport:
        with self._storage.read(PROGRAM) as work:
            pool = known_pool(work)
        return stage(plan, pool, local_day(self._clock()), watch=watch)

    def _exported(
        self, actor: Actor, *, public_only: bool, pool_nos: Sequence[str] | None
    ) -> tuple[Mediator, ...]:
        actor.require(Permission.EXPERT_READ if public_only else Permission.EXPERT_EXPORT)
        with self._storage.read(actor) as work:
            found = work.pool.mediators()
        if pool_nos is not None:
            by_no = {one.pool_no: one for one in found}
            found = tuple(by_no[number] for number in pool_nos if number in by_no)
        if not public_only:
            self._note_export(actor, len(found))
        return found

    def _note_export(self, actor: Actor, count: int) -> None:
        with self._storage.write(actor) as work:
            details: dict[str, object] = {"count": count}
            work.audit.write(at=self._clock(), account=actor.account, action="expert.export", details=details)


def _flat(mediator: Mediator) -> dict[str, Any]:
    data: dict[str, Any] = plain(mediator)
    kept = {key: value for key, value in data.items() if key not in ("card", "has_photo", "batch", "version")}
    card: dict[str, Any] = data["card"]
    return card | kept
