"""What sets one kind of import apart on screen: its words, its columns and its service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.interchange.sheets.staging import StagedSheet
from mediation_desk.interchange.sheets.table import Table, Watch
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.shared.changes import Changes
from ui.services import Services
from ui.tables.record_model import Column

Staged = StagedSheet[Any]


class Importer(Protocol):
    """The service behind the page. Its methods run on a worker."""

    def read(
        self, actor: Actor, file: str, data: bytes, *, sheet: str = "", watch: Watch | None = None
    ) -> Table:
        """The cells of a file."""

    def stage(self, actor: Actor, table: Table, *, watch: Watch | None = None) -> Staged:
        """Every row beside what is on record."""

    def refreshed(self, actor: Actor, staged: Any) -> Staged:
        """The same beside what is on record now."""

    def take_in(self, actor: Actor, staged: Any, *, watch: Watch | None = None) -> Any:
        """Store the rows that are ready as one batch."""

    def undo(self, actor: Actor, batch_id: str, *, watch: Watch | None = None) -> Any:
        """Take a batch back."""

    def batches(self, actor: Actor) -> tuple[Any, ...]:
        """The last batches."""

    def keep(self, actor: Actor, staged: Any) -> None:
        """Keep what was put right."""

    def kept(self, actor: Actor) -> Staged | None:
        """What was kept."""

    def kept_file(self, actor: Actor) -> str:
        """The file it is about."""

    def forget(self, actor: Actor) -> None:
        """Throw it away."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """``batch`` are the columns of the list of batches, ``live`` says whether one can be taken back.

    ``taken`` gives the sentence afterwards, whether all went well, and the name of the batch; ``undone`` the
    first two. ``offers`` and ``all_offers`` are the words for what may be done with one row, and with all rows
    that repeat something.
    """

    service: Callable[[Services], Importer]
    title: str
    back: str
    pick: str
    wanted: str
    how: str
    rows_name: str
    nothing: str
    touches: Changes
    batch: tuple[Column[Any], ...]
    live: Callable[[Any], bool]
    offers: Mapping[Choice, str]
    all_offers: Mapping[Choice, str]
    taken: Callable[[Any], tuple[str, bool, str]]
    undone: Callable[[Any], tuple[str, bool]]
    twins_name: str
