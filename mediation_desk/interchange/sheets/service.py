"""``SheetImport``: what every import of somebody's sheet does before anything is taken in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import PurePath
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.experts.ports import Notes
from mediation_desk.interchange.sheets.columns import SheetColumns
from mediation_desk.interchange.sheets.heading import Heading
from mediation_desk.interchange.sheets.notes import from_note, to_note
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.staging import Plan, StagedSheet, plan_for
from mediation_desk.interchange.sheets.table import Table, Watch
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.uploads.names import clean_name

_NAMED = 5
S = TypeVar("S", bound=StagedSheet[Any])
W = TypeVar("W", bound="NotedWork")
W_co = TypeVar("W_co", bound="NotedWork", covariant=True)


class NotedWork(Protocol):
    """A unit of work that can keep small values."""

    @property
    def notes(self) -> Notes:
        """Small values."""


class NotedStorage(Protocol[W_co]):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[W_co]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[W_co]:
        """A unit that commits when left without an exception."""


class SheetImport(ABC, Generic[W, S]):
    """Reading and looking store nothing but one draft for each account. ``code`` sets the notes apart."""

    code: ClassVar[str]
    permission: ClassVar[Permission]
    endings: ClassVar[str] = "只能导入.xlsx工作簿；别的表格请先另存为.xlsx。"

    def __init__(self, storage: NotedStorage[W], clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @abstractmethod
    def _columns(self) -> SheetColumns:
        """The columns this kind of sheet may have."""

    @abstractmethod
    def _staged(self, plan: Plan, watch: Watch | None = None) -> S:
        """The plan beside what is on record now."""

    def read(
        self, actor: Actor, file: str, data: bytes, *, sheet: str = "", watch: Watch | None = None
    ) -> Table:
        """The cells of a sheet; ``file`` is its name, whose ending tells its kind.

        Raises ``InputError`` with one sentence about the file, ``ImportStopped`` when ``watch`` says so.
        """
        actor.require(self.permission)
        if PurePath(file).suffix.lower() not in (".xlsx", ".xlsm"):
            raise InputError(self.endings)
        from mediation_desk.interchange.sheets.sheet import read_sheet

        return read_sheet(self._columns(), clean_name(file), data, sheet=sheet, watch=watch)

    def stage(self, actor: Actor, table: Table, *, watch: Watch | None = None) -> S:
        """Every row beside what is on record, with the columns as last time for such a heading, or as they look."""
        actor.require(self.permission)
        first = plan_for(self._columns(), table)
        with self._storage.read(actor) as work:
            known = self._remembered(work, first.heading)
        again = plan_for(self._columns(), table, heading=first.heading, remembered=known) if known else first
        return self._staged(again, watch)

    def refreshed(self, actor: Actor, staged: S) -> S:
        """The same plan beside what is on record now."""
        actor.require(self.permission)
        return self._staged(staged.current())

    def keep(self, actor: Actor, staged: S) -> None:
        """Keep what has been looked at and put right so far; one draft for each account."""
        actor.require(self.permission)
        note = to_note(staged.current())
        with self._storage.write(actor) as work:
            work.notes.put(self._draft(actor), note)

    def kept(self, actor: Actor) -> S | None:
        """The draft, compared with what is on record now; None without one, or when it cannot be read."""
        actor.require(self.permission)
        with self._storage.read(actor) as work:
            note = work.notes.get(self._draft(actor))
        if not note:
            return None
        try:
            plan = from_note(Plan, note)
        except InputError:
            return None
        return self._staged(plan)

    def kept_file(self, actor: Actor) -> str:
        """Name of the file the draft is about; empty without one."""
        actor.require(self.permission)
        with self._storage.read(actor) as work:
            note = work.notes.get(self._draft(actor))
        return str(note["table"]["file"]) if note else ""

    def forget(self, actor: Actor) -> None:
        """Throw the draft away."""
        actor.require(self.permission)
        with self._storage.write(actor) as work:
            self._drop_draft(work, actor)

    def _draft(self, actor: Actor) -> str:
        return f"{self.code}:draft:{actor.account}"

    def _drop_draft(self, work: W, actor: Actor) -> None:
        work.notes.put(self._draft(actor), None)

    def _remember(self, work: W, plan: Plan) -> None:
        own = {str(place): field for place, field in plan.mapping.items() if place < plan.heading.own}
        work.notes.put(f"{self.code}:columns:{plan.heading.fingerprint}", own)

    def _remembered(self, work: W, heading: Heading) -> Mapping[int, str]:
        """The columns as somebody took them the last time; fields no longer known are left out."""
        note = work.notes.get(f"{self.code}:columns:{heading.fingerprint}") or {}
        fields = self._columns().by_field
        return {
            int(place): field for place, field in note.items() if field in fields and int(place) < heading.own
        }


def require_complete(staged: StagedSheet[Any], *, only_good: bool, nothing: str) -> None:
    """Raise ``InputError`` without a row to take in, or with a wrong one when all are wanted."""
    wrong = [row for row in staged.rows if row.state is State.WRONG]
    unit = staged.plan.table.unit
    if wrong and not only_good:
        first = "".join(row.troubles[0].sentence for row in wrong[:_NAMED])
        raise InputError(f"有{len(wrong)}{unit}有问题，一{unit}也没有收入。{first}")
    if not staged.count(State.READY):
        raise InputError(nothing)
