"""What taking in and taking back a batch do to the pool, inside one unit of work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from mediation_desk.experts.checking import problems
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.ports import PoolWork
from mediation_desk.experts.rules import pool_rules
from mediation_desk.interchange.pool.batch import Batch, Replaced, mark
from mediation_desk.interchange.pool.judging import PoolJudge
from mediation_desk.interchange.pool.numbering import NumberGiver
from mediation_desk.interchange.pool.staging import StagedImport
from mediation_desk.interchange.pool.twins import Known, known
from mediation_desk.interchange.sheets.judging import judged
from mediation_desk.interchange.sheets.notes import from_note, to_note
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.table import Watch, tell
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.shared.errors import ConflictError, InputError

BATCHES = "pool-import:batches"
_BATCH = "pool-import:batch:"
_KEPT = 50
_NAMED = 5


def known_pool(work: PoolWork) -> Known:
    """The pool as it is now."""
    return known(work.pool.mediators(), work.pool.revision())


def pool_unchanged(work: PoolWork, staged: StagedImport) -> Known:
    """The pool as it is now.

    Raises ``ConflictError`` when somebody changed it while the preview was open so that a row means something else.
    """
    if work.pool.revision() == staged.pool.revision:
        return staged.pool
    now = known_pool(work)
    again = judged(staged.rows, staged.plan.choices, PoolJudge.of(now, staged.on))
    for before, after in zip(staged.rows, again, strict=True):
        base = before.twin.key if before.twin else ""
        changed = base and now.mediators.get(base) != staged.pool.mediators.get(base)
        if before.state is State.READY and (before.twin != after.twin or changed):
            raise ConflictError(
                f"预览之后专家库有了变动，第{before.number}{before.unit}需要重新核对，什么也没有收入。"
            )
    return now


def take_in(work: PoolWork, staged: StagedImport, batch: Batch, *, watch: Watch | None = None) -> Batch:
    """Store every row that is ready; gives the batch with what was added and replaced.

    Raises ``ConflictError`` as `pool_unchanged` does, ``InputError`` when there are no numbers left.
    """
    pool = pool_unchanged(work, staged)
    ready = [row for row in staged.rows if row.state is State.READY]
    fresh = [row.mediator for row in ready if row.mediator and row.choice is not Choice.UPDATE]
    changed = [row.mediator for row in ready if row.mediator and row.choice is Choice.UPDATE]
    stored = _numbered(pool, fresh, staged.on, batch.id)
    tell(watch, len(stored))
    work.pool.add(stored)
    replaced = [_replace(work, pool.mediators[one.pool_no], one, batch.id) for one in changed]
    return replace(batch, added={one.pool_no: mark(one) for one in stored}, replaced=tuple(replaced))


def _numbered(pool: Known, given: Sequence[Mediator], on: date, batch_id: str) -> list[Mediator]:
    """The new records with their numbers, checked once more as they will be stored."""
    rules = pool_rules()
    giver = NumberGiver((*pool.mediators, *(one.pool_no for one in given if one.pool_no)), rules)
    made = []
    for one in given:
        card = one.card if one.pool_no else replace(one.card, pool_no=giver.give(one))
        stored = replace(one, card=card, batch=batch_id, version=0)
        for _field, sentence in problems(stored, on, rules=rules):
            raise InputError(f"{stored.name}（{stored.pool_no}）：{sentence}什么也没有收入。")
        made.append(stored)
    return made


def _replace(work: PoolWork, before: Mediator, after: Mediator, batch_id: str) -> Replaced:
    stored = work.pool.save(before, replace(after, batch=batch_id))
    return Replaced(before=before, mark=mark(stored))


def take_back(work: PoolWork, batch: Batch) -> None:
    """Remove and restore. Raises ``ConflictError`` naming the numbers in use or changed since."""
    if in_use := work.pool.in_use(tuple(batch.added)):
        raise ConflictError(f"{_listed(in_use)}已有案件、选择或者披露引用，这一批不能撤销，什么也没有改变。")
    now = {one.pool_no: one for one in work.pool.mediators()}
    marks = dict(batch.added) | {one.before.pool_no: one.mark for one in batch.replaced}
    changed = [no for no, kept in marks.items() if no not in now or mark(now[no]) != kept]
    changed += [no for no in batch.added if no in now and now[no].has_photo]
    if changed:
        raise ConflictError(f"{_listed(changed)}在导入之后又有改动，这一批不能撤销，什么也没有改变。")
    for one in batch.replaced:
        current = now[one.before.pool_no]
        work.pool.save(current, replace(one.before, version=current.version, has_photo=current.has_photo))
    work.pool.remove(tuple(batch.added))


def _listed(numbers: Collection[str]) -> str:
    named = "、".join(sorted(numbers)[:_NAMED])
    return f"编号{named}" + (f"等{len(numbers)}人" if len(numbers) > _NAMED else "")


def find_batch(work: PoolWork, batch_id: str) -> Batch:
    """The batch of this name. Raises ``InputError`` when there is none."""
    note = work.notes.get(_BATCH + batch_id)
    if not note:
        raise InputError(f"没有批次“{batch_id[:40]}”。")
    return from_note(Batch, note)


def keep_batch(work: PoolWork, batch: Batch) -> None:
    """Store a batch, new or taken back; the list holds the last ones."""
    work.notes.put(_BATCH + batch.id, to_note(batch))
    listed = [one for one in work.notes.get(BATCHES) or () if one != batch.id]
    work.notes.put(BATCHES, sorted((batch.id, *listed), reverse=True)[:_KEPT])
