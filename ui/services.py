"""What the window and its screens need from the composition root: the open desk satisfies it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from mediation_desk.access.accounts.rekeyed import Rekeyed
    from mediation_desk.access.accounts.service import AccountService
    from mediation_desk.access.actor import Actor
    from mediation_desk.agreements.laws import LawShelf
    from mediation_desk.audit.service import AuditService
    from mediation_desk.backups.service import BackupService
    from mediation_desk.cases.archiving.service import ArchiveService
    from mediation_desk.cases.arranging import ArrangingService
    from mediation_desk.cases.board.service import BoardService
    from mediation_desk.cases.calendar.service import CalendarService
    from mediation_desk.cases.centre import Centre
    from mediation_desk.cases.choosing.disclosing import DisclosureService
    from mediation_desk.cases.choosing.service import ChoosingService
    from mediation_desk.cases.choosing.window import WindowService
    from mediation_desk.cases.counter.service import CounterService
    from mediation_desk.cases.counter.visits import VisitService
    from mediation_desk.cases.deadlines.service import DeadlineService
    from mediation_desk.cases.destroying.service import DestructionService
    from mediation_desk.cases.finding.service import FindingService
    from mediation_desk.cases.finding.views import ViewService
    from mediation_desk.cases.left import LeftService
    from mediation_desk.cases.meetings import MeetingService
    from mediation_desk.cases.minutes.service import MinutesService
    from mediation_desk.cases.presence import PresenceService
    from mediation_desk.cases.privacy.person import PersonService
    from mediation_desk.cases.privacy.requests import RequestService
    from mediation_desk.cases.privacy.unmasking import UnmaskService
    from mediation_desk.cases.registers import Registers
    from mediation_desk.cases.routing.service import RoutingService
    from mediation_desk.cases.service import CaseService
    from mediation_desk.documents.account_papers import AccountPapers
    from mediation_desk.documents.archive_papers import ArchivePapers
    from mediation_desk.documents.audit_papers import AuditPapers
    from mediation_desk.documents.destruction_papers import DestructionPapers
    from mediation_desk.documents.loose_printing import LoosePrinting
    from mediation_desk.documents.printing import Printing
    from mediation_desk.documents.scanning.service import Scanning
    from mediation_desk.documents.sealing.service import Sealing
    from mediation_desk.documents.sealing.verifying import Verifying
    from mediation_desk.documents.subsidy_papers import SubsidyPapers
    from mediation_desk.documents.templates.service import TemplateService
    from mediation_desk.documents.volume.service import Volumes
    from mediation_desk.experts.service import ExpertService
    from mediation_desk.interchange.invitations import Invitations
    from mediation_desk.interchange.ledger.service import LedgerImport
    from mediation_desk.interchange.packages.service import Packages
    from mediation_desk.interchange.person_copies import PersonCopies
    from mediation_desk.interchange.pool.service import PoolImport
    from mediation_desk.interchange.schedules import Schedules
    from mediation_desk.interchange.slips import Slips
    from mediation_desk.settings import Settings
    from mediation_desk.shared.file_store import FileStore
    from mediation_desk.shared.watching import Watch
    from mediation_desk.statistics.reporting.service import ReportService
    from mediation_desk.statistics.service import StatisticsService
    from mediation_desk.statistics.submitting.service import SubmissionService
    from mediation_desk.statistics.warning.service import WarningService
    from mediation_desk.statistics.work.service import WorkService
    from mediation_desk.subsidy.service import SubsidyService
    from ui.restoring.flow import Restorer


class Listening(Protocol):
    """News of other desks, until they are not wanted any more."""

    def stop(self) -> None:
        """No more news."""
        ...


class Services(Protocol):
    """Every service of one open desk. Their methods run on the worker, never on the GUI thread."""

    @property
    def settings(self) -> Settings:
        """Where the data lies."""
        ...

    @property
    def actor(self) -> Actor:
        """Who sits at the desk; handed to every service call."""
        ...

    def look(self) -> tuple[bool, ...]:
        """Whether the database is there; of uncertain commits, whether they were stored. Raises ``StorageError``."""
        ...

    @property
    def moved_to(self) -> str:
        """Where this centre was moved to, "" while it is here."""
        ...

    @property
    def centre(self) -> Centre:
        """The centre with its bodies, rooms and recorders."""
        ...

    @property
    def audit(self) -> AuditService:
        """The audit trail."""
        ...

    @property
    def audit_papers(self) -> AuditPapers:
        """The audit trail on paper."""
        ...

    @property
    def cases(self) -> CaseService:
        """The cases."""
        ...

    @property
    def unmasking(self) -> UnmaskService:
        """Opening and covering names and numbers."""
        ...

    @property
    def presence(self) -> PresenceService:
        """Which case stands open at which counter."""
        ...

    def listen(self, tell: Callable[[str, str, int], object]) -> Listening | None:
        """News of other desks, told from another thread; None where there is no server."""
        ...

    @property
    def people(self) -> PersonService:
        """Where somebody stands, and what is held about him."""
        ...

    @property
    def packages(self) -> Packages:
        """Packages of cases, out and in."""
        ...

    @property
    def person_copies(self) -> PersonCopies:
        """What is held about one person, written out."""
        ...

    @property
    def requests(self) -> RequestService:
        """What people asked for about their personal information."""
        ...

    @property
    def finding(self) -> FindingService:
        """The one search box."""
        ...

    @property
    def views(self) -> ViewService:
        """Saved views of the case list."""
        ...

    @property
    def accounts(self) -> AccountService:
        """Who may sign in."""
        ...

    def rekey(self, reason: str, *, new_sheet: bool, watch: Watch) -> Rekeyed:
        """Another data key for everybody who may still sign in."""
        ...

    def rekey_files(self, watch: Watch) -> int:
        """Files of before under the present key; how many open under none."""
        ...

    @property
    def account_papers(self) -> AccountPapers:
        """The sheet with the recovery code."""
        ...

    @property
    def backups(self) -> BackupService:
        """Backups of the centre."""
        ...

    @property
    def restoring(self) -> Restorer:
        """Backups into other folders."""
        ...

    @property
    def practice(self) -> bool:
        """Whether everything here is invented."""
        ...

    @property
    def left(self) -> LeftService:
        """Where this account was, and what stood half typed."""
        ...

    @property
    def deadlines(self) -> DeadlineService:
        """What falls due, in one case and across all."""
        ...

    @property
    def calendar(self) -> CalendarService:
        """Sessions of all cases, and the waiting list."""
        ...

    @property
    def routing(self) -> RoutingService:
        """Units, their lists, and what duty manager and leader see."""
        ...

    @property
    def arranging(self) -> ArrangingService:
        """Rooms of a day, and the next time everybody is free."""
        ...

    @property
    def registers(self) -> Registers:
        """The bin and the numbers given out."""
        ...

    @property
    def experts(self) -> ExpertService:
        """The pool of mediators."""
        ...

    @property
    def pool_import(self) -> PoolImport:
        """Rosters in and out."""
        ...

    @property
    def ledger_import(self) -> LedgerImport:
        """Old case registers."""
        ...

    @property
    def choosing(self) -> ChoosingService:
        """Shortlist and rounds of choosing."""
        ...

    @property
    def disclosures(self) -> DisclosureService:
        """Disclosure, objection and ruling."""
        ...

    @property
    def boards(self) -> BoardService:
        """Session boards."""
        ...

    @property
    def minutes(self) -> MinutesService:
        """Records of sessions in work."""
        ...

    @property
    def window(self) -> WindowService:
        """The PIN of the public window."""
        ...

    @property
    def meetings(self) -> MeetingService:
        """The centre's video server."""
        ...

    @property
    def invitations(self) -> Invitations:
        """Cards and calendar files for remote sessions."""
        ...

    @property
    def attachments(self) -> FileStore:
        """Files behind evidence."""
        ...

    @property
    def scanning(self) -> Scanning:
        """Scans on their way into a case."""
        ...

    @property
    def counter(self) -> CounterService:
        """Who came before, what looks alike, phrases."""
        ...

    @property
    def visits(self) -> VisitService:
        """Consultations."""
        ...

    @property
    def submissions(self) -> SubmissionService:
        """Reported periods, and what changed since."""
        ...

    @property
    def statistics(self) -> StatisticsService:
        """Tables for any period."""
        ...

    @property
    def reports(self) -> ReportService:
        """Narrative reports."""
        ...

    @property
    def work(self) -> WorkService:
        """The register of work that is no case."""
        ...

    @property
    def subsidies(self) -> SubsidyService:
        """What cases are worth to those who mediated them."""
        ...

    @property
    def subsidy_papers(self) -> SubsidyPapers:
        """Worksheets and payment lists on paper."""
        ...

    @property
    def warning(self) -> WarningService:
        """Early warning: risks, sudden rises, disputes that come back."""
        ...

    @property
    def loose_printing(self) -> LoosePrinting:
        """Papers that belong to no case."""
        ...

    @property
    def printing(self) -> Printing:
        """Papers of stored cases."""
        ...

    @property
    def sealing(self) -> Sealing:
        """Digital seals."""
        ...

    @property
    def verifying(self) -> Verifying:
        """Whether a paper is what was printed."""
        ...

    @property
    def templates(self) -> TemplateService:
        """Templates of papers."""
        ...

    @property
    def volumes(self) -> Volumes:
        """Bound volumes."""
        ...

    @property
    def laws(self) -> LawShelf:
        """The law shelf."""
        ...

    @property
    def slips(self) -> Slips:
        """Printed lists of deadlines and calendar files."""
        ...

    @property
    def archive(self) -> ArchiveService:
        """Lists of the archive room."""
        ...

    @property
    def destruction(self) -> DestructionService:
        """Cases whose period has ended, and lists of their destruction."""
        ...

    @property
    def destruction_papers(self) -> DestructionPapers:
        """Lists of destruction on paper."""
        ...

    @property
    def archive_papers(self) -> ArchivePapers:
        """Labels and lists of the archive room on paper."""
        ...

    @property
    def schedules(self) -> Schedules:
        """The day on paper, sessions as calendar files."""
        ...

    @property
    def versions(self) -> str:
        """Program and platform in words."""
        ...

    def engine_text(self) -> str:
        """The storage engine in words; asks the database."""
        ...

    def alarms(self) -> tuple[str, ...]:
        """What somebody has to do something about now: place of the data, room on the disk, clock."""
        ...

    def is_empty(self) -> bool:
        """Whether this is a first start."""
        ...

    def fill_sample(self) -> None:
        """Put the sample centre into an empty desk."""
        ...
