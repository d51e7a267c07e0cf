"""What destruction needs from storage and from the folders beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.archiving.lists import Threshold
from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.destroying.model import Candidate, DestructionLine, DestructionList, Leftover
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.record import record

NOT_YOURS = "清册里有不在您办理范围内的案件，请由能办理这些案件的人审批和执行。"


@record
class Forgotten:
    """One case that is no more: how many rows went, and which stored files nobody else uses (by SHA-256)."""

    rows: int
    contents: tuple[str, ...]
    papers: tuple[str, ...]


@record
class Standing:
    """How a volume stands now: the last appraisal, and who has it on loan ("" where it is in its place)."""

    archived: bool
    verdict: Verdict | None
    lent_to: str


class Reach(Protocol):
    """What is asked about the cases of a list."""

    def reached(self, key_or_number: str, permission: Permission) -> bool:
        """Whether the actor of this unit may do that with the case."""


class Destruction(Protocol):
    """Destruction lists, and the one way in which a case leaves the database."""

    def candidates(self, ended: Sequence[Threshold], on: date) -> tuple[Candidate, ...]:
        """Volumes past their period on that day and those appraised to be destroyed, oldest first."""

    def add(self, made: DestructionList) -> DestructionList:
        """Store a new list with its lines."""

    def lists(self) -> tuple[DestructionList, ...]:
        """All lists, newest first; each line as :meth:`find` shows it."""

    def find(self, number: int) -> DestructionList | None:
        """The list with this number; lines of cases out of reach are there, but blank."""

    def stored(self, number: int) -> DestructionList | None:
        """The same with all its lines, to be carried out and never to be shown."""

    def standing(self, case_key: str) -> Standing | None:
        """How the volume stands, held as it is until the unit ends; None where the case is not there."""

    def save(self, before: DestructionList, after: DestructionList) -> None:
        """Store the head of a list; ``ConflictError`` where somebody saved since."""

    def mark(self, number: int, line: DestructionLine) -> None:
        """Store a line."""

    def forget(self, case_key: str, note: str) -> Forgotten | None:
        """Take a case and everything that is about it out of the database; None where it is not there.

        What stays: the register of its number with ``note``, the facts of the statistics without anybody's data,
        submitted periods, the audit entries without their words.
        """

    def used(self, contents: Collection[str]) -> frozenset[str]:
        """Which of these stored contents some case still uses."""


class DestructionWork(Protocol):
    """One unit of work."""

    @property
    def cases(self) -> Reach:
        """The cases."""

    @property
    def destruction(self) -> Destruction:
        """Lists and forgetting."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class DestructionStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[DestructionWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[DestructionWork]:
        """A unit that commits when left without an exception."""

    def wipe_free_space(self) -> Leftover:
        """Make what was deleted unreadable in the files of the database; tells what it could not do."""


@record
class Places:
    """Where files of cases lie, and the folder with backups."""

    files: FileStore
    thumbnails: Path
    papers: Path
    backups: Path
