"""``LedgerImport``: a register looked at, taken in as one batch of cases, taken back as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.ledger import LedgerBatch, LedgerWork
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.locking_rules import locked_by_rule
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.numbering import parse_number, series_of
from mediation_desk.cases.summary import HistoryEntry
from mediation_desk.interchange.ledger.assembling import case_of
from mediation_desk.interchange.ledger.columns import LedgerColumns, ledger_columns
from mediation_desk.interchange.ledger.judging import LedgerJudge
from mediation_desk.interchange.ledger.rows import LedgerRow
from mediation_desk.interchange.ledger.staging import StagedLedger
from mediation_desk.interchange.ledger.twins import Known, everybody, known, number_of, received_on, twin_of
from mediation_desk.interchange.sheets.judging import judged
from mediation_desk.interchange.sheets.notes import to_note
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.service import SheetImport, require_complete
from mediation_desk.interchange.sheets.staging import Plan, read_rows
from mediation_desk.interchange.sheets.table import Watch
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied
from mediation_desk.shared.record import record

STEP = "台账导入"
_CODES = "案件代码"
_NOTHING = "没有可以收入的行，案件没有改变。"
_CHUNK = 200
"""Cases of one transaction: the others at the counter wait no longer than it takes to store them."""
_OUT_OF_REACH = "这一批里有不在您的查看范围内的案件，不能由您撤销。"
_SHOWN, _NAMED = 50, 5


@record
class LedgerResult:
    """What taking in did. ``stopped`` when somebody stopped it on the way; what came in until then is there."""

    batch: str
    taken: int
    skipped: int
    wrong: int
    stopped: bool = False


class LedgerImport(SheetImport[LedgerWork, StagedLedger]):
    """Old case registers. Reading and looking store nothing but a draft."""

    code = "ledger-import"
    permission = Permission.CASE_IMPORT

    def take_in(
        self, actor: Actor, staged: StagedLedger, *, only_good: bool = True, watch: Watch | None = None
    ) -> LedgerResult:
        """Store the rows that are ready as one batch, some hundred in a transaction; ``watch`` may stop it between.

        Raises ``InputError`` when there is none, or with ``only_good`` False when any row has a problem;
        ``ConflictError`` when meanwhile a case came in that a row repeats: what came in before it stays in the
        batch, and the sentence says how many.
        """
        actor.require(self.permission)
        require_complete(staged, only_good=only_good, nothing=_NOTHING)
        ready = [row for row in staged.rows if row.state is State.READY]
        batch = self._opened(actor, staged)
        stopped = False
        for first in range(0, len(ready), _CHUNK):
            chunk = ready[first : first + _CHUNK]
            batch = self._take_chunk(actor, staged, batch, chunk, last=chunk[-1] is ready[-1])
            if watch is not None and batch.taken < len(ready) and not watch(batch.taken):
                stopped = True
                break
        return LedgerResult(
            batch=batch.id, taken=batch.taken, skipped=batch.skipped, wrong=batch.wrong, stopped=stopped
        )

    def undo(self, actor: Actor, batch_id: str, *, watch: Watch | None = None) -> LedgerBatch:
        """Take a whole batch back, some hundred cases in a transaction; cases worked on since stay.

        Raises ``InputError`` when there is no such batch or it was taken back already. Interrupted, it can be
        called again and goes on. Raises ``PermissionDenied`` where a case of the batch is out of reach.
        """
        actor.require(self.permission)
        done = 0
        while True:
            with self._storage.write(actor) as work:
                batch = work.ledgers.batch(batch_id)
                if batch is None:
                    raise InputError(f"没有批次“{batch_id[:40]}”。")
                if batch.undone_at is not None:
                    raise InputError(f"批次{batch_id}已经撤销过了。")
                if not work.ledgers.in_reach(batch_id):
                    raise PermissionDenied(_OUT_OF_REACH)
                stay = work.ledgers.worked_on(batch_id)
                gone = work.ledgers.remove(batch_id, stay, _CHUNK)
                self._note(work, actor, "ledger.import.undo", batch, removed=gone, stayed=len(stay))
                if gone < _CHUNK:
                    undone = replace(batch, undone_at=self._clock(), stayed=len(stay))
                    work.ledgers.save(undone)
                    return undone
            done += gone
            if watch is not None:
                watch(done)

    def stayed(self, actor: Actor, batch_id: str) -> tuple[str, ...]:
        """Keys of the cases of a batch on which something was done since, or to which something refers."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.ledgers.worked_on(batch_id, seen_only=True)

    def batches(self, actor: Actor) -> tuple[LedgerBatch, ...]:
        """The last imports, newest first."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.ledgers.batches(_SHOWN)

    # Inside

    def _columns(self) -> LedgerColumns:
        return ledger_columns()

    def _staged(self, plan: Plan, watch: Watch | None = None) -> StagedLedger:
        empty = StagedLedger(plan=plan, rows=(), known=known((), ()), on=local_day(self._clock()))
        reader = empty.reader(plan)
        rows = read_rows(reader, watch=watch)
        with self._storage.read(PROGRAM) as work:
            found = _known(work, rows)
        staged = replace(empty, known=found, left_out=reader.layout.left_out)
        return replace(staged, rows=judged(rows, plan.choices, staged.judge(), watch=watch))

    def _opened(self, actor: Actor, staged: StagedLedger) -> LedgerBatch:
        at, table = self._clock(), staged.plan.table
        batch = LedgerBatch(
            id=f"{at.astimezone():%Y%m%d-%H%M%S}-{uuid4().hex[:4]}",
            at=at,
            account=actor.account,
            file=table.file,
            sheet=table.sheet,
            skipped=staged.count(State.SKIPPED),
            wrong=staged.count(State.WRONG),
        )
        note = to_note(staged.current())  # stopped or killed on the way, one goes on from here
        with self._storage.write(actor) as work:
            work.notes.put(self._draft(actor), note)
            self._remember(work, staged.plan)
        return batch

    def _take_chunk(
        self,
        actor: Actor,
        staged: StagedLedger,
        batch: LedgerBatch,
        rows: Sequence[LedgerRow],
        *,
        last: bool,
    ) -> LedgerBatch:
        at, judge = self._clock(), staged.judge()
        made = [_case(judge, row) for row in rows]
        with self._storage.write(actor) as work:
            _require_new(_known(work, rows), rows, batch.taken)
            files = [
                locked_by_rule(file, on=local_day(at), by=actor.display_name, account=actor.account)
                for file in _numbered(work, made, batch.id)
            ]
            _reserve(work, files)
            work.ledgers.add(files, [_entry(actor, at, local_day(at), file) for file in files])
            taken = replace(batch, taken=batch.taken + len(files), finished_at=at if last else None)
            (work.ledgers.save if batch.taken else work.ledgers.open)(taken)
            counts = {"taken": len(files), "skipped": batch.skipped, "wrong": batch.wrong}
            self._note(work, actor, "ledger.import", batch, **counts)
            if last:
                self._drop_draft(work, actor)
        return taken

    def _note(self, work: LedgerWork, actor: Actor, action: str, batch: LedgerBatch, **counts: int) -> None:
        """In the transaction of the cases: what came in or went leaves its entry also where the next part fails."""
        details: dict[str, object] = {"batch": batch.id, **counts}
        work.audit.write(at=self._clock(), account=actor.account, action=action, details=details)


def _known(work: LedgerWork, rows: Sequence[LedgerRow]) -> Known:
    """What is on file that one of these rows may repeat."""
    numbers = {number for row in rows if (number := number_of(row.values))}
    names: set[tuple[date, str]] = set()
    for row in rows:
        on, said = received_on(row.values), everybody(row.values)
        if on is not None and said:
            names |= {(on, "、".join(said)), (on, "、".join(reversed(said)))}
    return known(work.ledgers.known(numbers, names), work.pool.cards())


def _require_new(found: Known, rows: Sequence[LedgerRow], taken: int) -> None:
    """Raise ``ConflictError`` when a row repeats a case that was not there when it was looked at."""
    for row in rows:
        twin = twin_of(row.traits, found, row.values, {})
        if twin is not None and twin.key and (row.twin is None or row.twin.key != twin.key):
            done = f"已经收入{taken}件，其余" if taken else "什么也"
            raise ConflictError(
                f"预览之后有新的案件登记，第{row.number}{row.unit}需要重新核对，{done}没有收入。"
            )


def _case(judge: LedgerJudge, row: LedgerRow) -> CaseFile:
    file, _faults = case_of(row.values, row.cells, row.number, judge.setting)
    if file is None:
        raise InputError(f"第{row.number}{row.unit}现在不能收入，请重新核对。")
    return file


def _numbered(work: LedgerWork, files: Sequence[CaseFile], batch: str) -> list[CaseFile]:
    """The cases with their codes (一案一码), taken from the series in one piece for each year, and their batch."""
    years = Counter((file.centre, file.intake.received_on.year) for file in files)
    serials = {}
    for (centre, year), count in sorted(years.items()):
        first = work.numbers.next(centre, _CODES, year)
        work.numbers.reserve(centre, _CODES, year, first + count - 1)
        serials[centre, year] = iter(range(first, first + count))
    made = []
    for file in files:
        year = file.intake.received_on.year
        entry = replace(file.beside.ledger, batch=batch) if file.beside.ledger else None
        key = f"AJ{year}{next(serials[file.centre, year]):06d}"
        made.append(replace(file, case_key=key, beside=replace(file.beside, ledger=entry)))
    return made


def _reserve(work: LedgerWork, files: Sequence[CaseFile]) -> None:
    """Numbers of the register are never given out again."""
    highest: dict[tuple[str, str, int], int] = {}
    for file in files:
        parsed = parse_number(file.intake.number) if file.intake.number else None
        if parsed:
            series = (file.organisation.name, series_of(file.track.value), parsed[0])
            highest[series] = max(highest.get(series, 0), parsed[1])
    for (body, kind, year), serial in sorted(highest.items()):
        work.numbers.reserve(body, kind, year, serial)


def _entry(actor: Actor, at: datetime, on: date, file: CaseFile) -> HistoryEntry:
    entry = file.beside.ledger
    place = f"“{entry.file}”第{entry.row}行" if entry else ""
    return HistoryEntry(
        at=at,
        account=actor.display_name,
        step=STEP,
        on=on,
        state=state_of(file),
        sentence=f"从台账{place}收入：{file.title}",
    )
