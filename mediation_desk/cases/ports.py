"""What the cases need from storage."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.access.accounts.model import Account
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.ports import Reading
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.archiving.ports import Volumes
from mediation_desk.cases.board.ports import Boards
from mediation_desk.cases.counter.ports import Counter
from mediation_desk.cases.counter.visits import Visits
from mediation_desk.cases.deadlines.model import DueLine, Group
from mediation_desk.cases.ink.waiting import InkLine
from mediation_desk.cases.minutes.ports import WorkingRecords
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.numbering import GivenNumber, NumberSeries
from mediation_desk.cases.own import Own
from mediation_desk.cases.summary import (
    BinnedCase,
    CaseQuery,
    CaseSummary,
    Draft,
    HistoryEntry,
    OpenPromise,
    PrintedPaper,
    Today,
)
from mediation_desk.experts.ports import Bookings, Choosing, Notes, Pool
from mediation_desk.parties.covering import CaseNames
from mediation_desk.shared.errors import InputError

STALE = "另一位工作人员刚刚保存了本案，请核对后重试；您填写的内容仍在。"
"""What the second of two savers is told, whoever notices."""


def no_case(key_or_number: str) -> InputError:
    """What is said of a case that is not on file, and of one the reader may not see: the two are not told apart."""
    return InputError(f"没有编号或代码为“{key_or_number[:40]}”的案件。", field="case")


NOT_YOURS = "这件案件您可以看，但不在您可以这样办理的范围内。"


class CaseFiles(Protocol):
    """Whole case files."""

    def find(self, key_or_number: str) -> CaseFile | None:
        """The file with this key or number."""

    def add(self, file: CaseFile) -> CaseFile:
        """Store a new file; raises ``ConflictError`` when key or number is taken."""

    def save(self, before: CaseFile, after: CaseFile) -> CaseFile:
        """Store what changed; raises ``ConflictError`` when somebody saved since ``before`` was read."""

    def reached(self, key_or_number: str, permission: Permission = Permission.CASE_READ) -> bool:
        """Whether the actor of this unit may do that with the case; False too where there is none."""

    def own(self, file: CaseFile) -> Own | None:
        """What makes this a case of the actor of this unit himself, or of a relative."""

    def summaries(self, query: CaseQuery) -> tuple[CaseSummary, ...]:
        """Lines of a list; those of the actor's own cases say so."""

    def count(self, query: CaseQuery, most: int) -> int:
        """How many cases fit; counting stops at ``most``."""

    def bodies(self) -> tuple[str, ...]:
        """Names of the bodies with cases."""

    def binned(self, most: int) -> tuple[BinnedCase, ...]:
        """Cases in the bin, newest first."""

    def today(self, on: date) -> Today:
        """The desk of a day."""

    def note(self, case_key: str, entry: HistoryEntry) -> None:
        """Add a line to the diary."""

    def history(self, case_key: str) -> tuple[HistoryEntry, ...]:
        """The diary, oldest first."""

    def note_papers(self, case_key: str, papers: Sequence[PrintedPaper]) -> None:
        """Add printed papers."""

    def papers(self, case_key: str) -> tuple[PrintedPaper, ...]:
        """Papers printed so far, oldest first."""

    def ink(self, limit: int) -> tuple[InkLine, ...]:
        """Papers of all cases that wait for a hand, oldest first."""

    def printed(self, *, sha256: str = "", version: str = "") -> tuple[tuple[str, PrintedPaper], ...]:
        """Papers of any case with this fingerprint or these words, each after its case's key, oldest first."""


class Numbers(Protocol):
    """Number series without gaps: one counter row each, moved in the same transaction."""

    def next(self, body: str, kind: str, year: int) -> int:
        """The next serial."""

    def reserve(self, body: str, kind: str, year: int, serial: int) -> None:
        """Never give out ``serial`` or a smaller one again."""

    def note(self, given: GivenNumber) -> None:
        """Put a number given out into the register."""

    def void(self, number: str, case_key: str, on: date, reason: str) -> bool:
        """Mark it 作废; False when the register does not know it."""

    def revive(self, number: str, case_key: str) -> None:
        """Take that mark away."""

    def series(self) -> tuple[NumberSeries, ...]:
        """Every series, newest year first."""

    def given(self, body: str, kind: str, year: int) -> tuple[GivenNumber, ...]:
        """The register of one series, in order."""

    def imported(self, body: str, kind: str, year: int) -> tuple[GivenNumber, ...]:
        """Numbers of this series that came in with files written elsewhere, in order."""


class Deadlines(Protocol):
    """Deadlines not met yet, across all cases; kept with every saved file."""

    def lines(self, group: Group, first: date | None, last: date | None, limit: int) -> tuple[DueLine, ...]:
        """Lines of a group due from ``first`` to ``last``, both included, the earliest first."""

    def with_overdue(self, found: Sequence[DueLine], on: date) -> tuple[DueLine, ...]:
        """The same lines, each told how many deadlines of its case are overdue on that day."""

    def promises(self, last: date | None, limit: int) -> tuple[OpenPromise, ...]:
        """What is still owed up to ``last`` (None: ever), the earliest first."""

    def live(self, after: str, limit: int) -> tuple[str, ...]:
        """Keys of cases that may have open deadlines, in order, from behind ``after`` on."""

    def rewrite(self, file: CaseFile) -> None:
        """Make the lines of one stored case what its file and the rules in force say."""


class Drafts(Protocol):
    """Words kept before they are a record."""

    def keep(self, draft: Draft) -> None:
        """Store or replace."""

    def find(self, key: str) -> Draft | None:
        """The draft with this key."""

    def drafts(self, *, limit: int | None = None) -> tuple[Draft, ...]:
        """The newest ``limit`` drafts, or all of them, newest first."""

    def drop(self, key: str) -> None:
        """Forget one."""


class Staff(Protocol):
    """Who has an account."""

    def find(self, name: str) -> Account | None:
        """The account of this name."""

    def called(self, named: str) -> Account | None:
        """The account in use of this name, or of the person shown under it."""


class CaseWork(Protocol):
    """One unit of work over cases."""

    @property
    def cases(self) -> CaseFiles:
        """Case files."""

    @property
    def accounts(self) -> Staff:
        """Who has an account."""

    @property
    def names(self) -> CaseNames:
        """Who is named in which case."""

    @property
    def pool(self) -> Pool:
        """Mediators."""

    @property
    def bookings(self) -> Bookings:
        """Time taken."""

    @property
    def boards(self) -> Boards:
        """Session boards."""

    @property
    def minutes(self) -> WorkingRecords:
        """Records in work."""

    @property
    def choosing(self) -> Choosing:
        """Rounds of choosing, disclosures, bars."""

    @property
    def notes(self) -> Notes:
        """Small values of the centre."""

    @property
    def numbers(self) -> Numbers:
        """Number series."""

    @property
    def deadlines(self) -> Deadlines:
        """What falls due."""

    @property
    def volumes(self) -> Volumes:
        """Volumes of the archive room."""

    @property
    def drafts(self) -> Drafts:
        """Drafts."""

    @property
    def counter(self) -> Counter:
        """Look-ups of the counter."""

    @property
    def visits(self) -> Visits:
        """Consultations."""

    @property
    def trail(self) -> Reading:
        """The audit trail, to read."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""

    def once(self, operation_id: str) -> bool:
        """False when this operation was already done."""


class CaseStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[CaseWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[CaseWork]:
        """A unit that commits when left without an exception."""
