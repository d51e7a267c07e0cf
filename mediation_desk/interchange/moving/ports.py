"""What a move needs from storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.audit.ports import Chain
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.ports import CaseFiles
from mediation_desk.settings import Settings
from mediation_desk.shared.shelf import Shelf
from mediation_desk.shared.watching import Watch


class StandingTrail(Trail, Protocol):
    """The trail, and where the centre that it belongs to is."""

    def moved_to(self) -> str:
        """Where this centre was moved to, "" while it is here."""

    def standing(self) -> tuple[int, str]:
        """Number and link of the last entry; in a unit that writes, nobody else appends before it has ended."""

    def settle_at(self, place: str) -> None:
        """The centre goes on at ``place`` ("": here after all)."""


class CentreWork(Protocol):
    """One unit of work over what is compared."""

    @property
    def audit(self) -> StandingTrail:
        """The trail."""

    @property
    def chain(self) -> Chain:
        """The trail, to check."""

    @property
    def cases(self) -> CaseFiles:
        """The cases."""


class CentreStorage(Protocol):
    """The database of a centre."""

    @property
    def audit_key(self) -> bytes | None:
        """The chain key of whoever is signed in."""

    def read(self, actor: Actor = PROGRAM) -> AbstractContextManager[CentreWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor = PROGRAM) -> AbstractContextManager[CentreWork]:
        """A unit that commits when left without an exception."""


class Copy(Protocol):
    """Both sides after every row was found equal."""

    @property
    def source(self) -> Any:
        """What was copied, as it stood when that began: a storage that only reads."""

    @property
    def target(self) -> Any:
        """What is there now."""

    @property
    def rows(self) -> Mapping[str, int]:
        """How many rows each table has."""

    def sample(self, number: int) -> Sequence[str]:
        """Keys of so many cases, spread over all."""

    def shelf(self, folder: Path) -> Shelf:
        """Where the other side keeps files of cases, ``folder`` if it keeps them in one."""

    def unchanged(self) -> bool:
        """Whether nobody typed anything meanwhile that leaves no entry in the trail."""


class Destination(Protocol):
    """An empty database on its way to be a centre."""

    @property
    def place(self) -> str:
        """Where it is, without a password."""

    def prepare(self) -> None:
        """Mark it as unfinished. Raises ``StorageError`` unless it is empty."""

    def filled(self, source: Any, watch: Watch) -> AbstractContextManager[Copy]:
        """Everything of ``source`` in it; a centre when the block ends, empty when it raises."""

    def close(self) -> None:
        """Give back all connections."""


class OpenDestination(Protocol):
    """Opens the database a centre is moved to."""

    def __call__(self, source: Any, to: Settings) -> Destination:
        """Raises ``StorageError``, and ``InputError`` where it is the source itself."""
