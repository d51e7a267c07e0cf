"""``WorkService``: enter a line of work, strike a wrong one, list and add up."""

from __future__ import annotations

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.cases.summary import Draft
from mediation_desk.cases.texts import kept_draft
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.work.checking import entry_of, kept_words, meant_unit
from mediation_desk.statistics.work.kinds import WorkRules, work_rules
from mediation_desk.statistics.work.model import NewWork, WorkEntry, WorkQuery, WorkSums
from mediation_desk.statistics.work.ports import RegisterStorage, RegisterWork

DRAFT = "work:new"


class WorkService:
    """Nothing is changed afterwards: a wrong line is voided with a reason and entered anew."""

    def __init__(self, storage: RegisterStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @property
    def rules(self) -> WorkRules:
        """The kinds of work. Raises ``InputError`` for a faulty file."""
        return work_rules()

    @property
    def units(self) -> UnitTree:
        """The units work can be entered for. Raises ``InputError`` for a faulty file."""
        return unit_tree()

    def add(self, actor: Actor, new: NewWork, *, operation_id: str = "") -> WorkEntry:
        """Keep a line; the same ``operation_id`` again gives back the line it made.

        Raises ``InputError`` naming the field, also for a line that says what another one says already.
        """
        actor.require(Permission.WORK_KEEP)
        entry = entry_of(new, actor=actor, now=self._clock(), operation=operation_id or None)
        with self._storage.write(actor) as work:
            twin = work.entries.same(entry)
            if twin is not None and twin.operation != (entry.operation or ""):
                raise InputError(
                    f"第{twin.id}条已经记了同样的内容（{twin.clerk}）。确实是另一次的，请在备注里写明区别。",
                    field="note",
                )
            stored = work.entries.add(entry)
            if stored is not None:
                self._tell(work, actor, "work.add", stored)
                return stored
            made = work.entries.made_by(operation_id)
        if made is None:
            raise InputError("这条记录已经记过，没有重复记。")
        return made

    def void(self, actor: Actor, number: int, reason: str) -> WorkEntry:
        """Strike a line; it stays on record. Raises ``InputError`` without a reason or for a struck line."""
        actor.require(Permission.WORK_KEEP)
        why = kept_words(reason, "作废的理由", "reason")
        if not why:
            raise InputError("请写明为什么作废。", field="reason")
        with self._storage.write(actor) as work:
            entry = _known(work, number)
            done = work.entries.void(number, on=local_day(self._clock()), by=actor.display_name, reason=why)
            if not done:
                struck = _known(work, number)
                on = struck.voided_on.isoformat() if struck.voided_on else ""
                raise InputError(
                    f"第{number}条在{on}已经由{struck.voided_by}作废：{struck.void_reason}。", field="number"
                )
            self._tell(work, actor, "work.void", entry)
            return _known(work, number)

    def find(self, actor: Actor, number: int) -> WorkEntry:
        """One line. Raises ``InputError`` when there is none."""
        _require_reader(actor)
        with self._storage.read(actor) as work:
            return _known(work, number)

    def listed(self, actor: Actor, query: WorkQuery) -> tuple[WorkEntry, ...]:
        """Lines, latest first. Raises ``InputError`` for days in the wrong order."""
        _require_reader(actor)
        _demand_order(query)
        with self._storage.read(actor) as work:
            return work.entries.listed(query)

    def sums(self, actor: Actor, query: WorkQuery) -> WorkSums:
        """What the lines that count add up to."""
        _require_reader(actor)
        _demand_order(query)
        with self._storage.read(actor) as work:
            return work.entries.sums(query)

    def sheet(self, actor: Actor, query: WorkQuery) -> bytes:
        """All lines of a query as a workbook (XLSX)."""
        from mediation_desk.statistics.work.sheet import workbook  # loaded late: only an export needs it

        _require_reader(actor)
        _demand_order(query)
        whole = WorkQuery(
            kind=query.kind,
            units=query.units,
            first=query.first,
            last=query.last,
            voided=query.voided,
            limit=None,
        )
        with self._storage.read(actor) as work:
            return workbook(work.entries.listed(whole), work.entries.sums(whole), work_rules())

    def units_under(self, typed: str) -> tuple[str, ...]:
        """Codes of the unit meant and of everything below it, for a query; () for no unit."""
        if not typed.strip():
            return ()
        tree = unit_tree()
        top = meant_unit(typed, tree).code
        return tuple(unit.code for unit in tree.units if top in {one.code for one in tree.path(unit.code)})

    # Words being typed

    def keep_words(self, actor: Actor, words: dict[str, object]) -> None:
        """Keep what stands in the form; called from the first keystroke on."""
        actor.require(Permission.WORK_KEEP)
        draft = Draft(
            key=_draft(actor), account=actor.account, content=kept_draft(words), saved_at=self._clock()
        )
        with self._storage.write(actor) as work:
            work.drafts.keep(draft)

    def kept_words(self, actor: Actor) -> dict[str, object]:
        """What this account left unfinished; empty for nothing."""
        actor.require(Permission.WORK_KEEP)
        with self._storage.read(actor) as work:
            found = next((one for one in work.drafts.drafts() if one.key == _draft(actor)), None)
        return dict(found.content) if found else {}

    def drop_words(self, actor: Actor) -> None:
        """Forget them."""
        actor.require(Permission.WORK_KEEP)
        with self._storage.write(actor) as work:
            work.drafts.drop(_draft(actor))

    def _tell(self, work: RegisterWork, actor: Actor, action: str, entry: WorkEntry) -> None:
        work.audit.write(
            at=self._clock(),
            account=actor.account,
            action=action,
            details={"entry": entry.id, "kind": entry.kind, "unit": entry.unit},
        )


def _draft(actor: Actor) -> str:
    return f"{DRAFT}:{actor.account}"


def _known(work: RegisterWork, number: int) -> WorkEntry:
    found = work.entries.find(number)
    if found is None:
        raise InputError(f"没有第{number}条工作记录。", field="number")
    return found


def _require_reader(actor: Actor) -> None:
    """Who keeps the register reads it, and so does whoever reads the tables counted from it."""
    actor.require_any(Permission.WORK_KEEP, Permission.STATISTICS_READ)


def _demand_order(query: WorkQuery) -> None:
    if query.first is not None and query.last is not None and query.last < query.first:
        raise InputError(
            f"截止日{query.last.isoformat()}早于起始日{query.first.isoformat()}，请核对先后。", field="last"
        )
