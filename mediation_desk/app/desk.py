"""An open desk: every service on one database."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk import __version__
from mediation_desk.access.accounts.service import AccountService
from mediation_desk.access.actor import COUNTER, PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.access.seat import Seat
from mediation_desk.agreements.laws import LawShelf
from mediation_desk.app.restoring import Restoring
from mediation_desk.audit.clock import jumped
from mediation_desk.audit.service import AuditService
from mediation_desk.backups.ports import Copies
from mediation_desk.backups.service import BackupService
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.archiving.service import ArchiveService
from mediation_desk.cases.arranging import ArrangingService
from mediation_desk.cases.board.service import BoardService
from mediation_desk.cases.calendar.service import CalendarService
from mediation_desk.cases.centre import Centre, read_centre
from mediation_desk.cases.choosing.disclosing import DisclosureService
from mediation_desk.cases.choosing.service import ChoosingService
from mediation_desk.cases.choosing.window import WindowService
from mediation_desk.cases.counter.service import CounterService
from mediation_desk.cases.counter.visits import VisitService
from mediation_desk.cases.deadlines.service import DeadlineService
from mediation_desk.cases.destroying.ports import Places
from mediation_desk.cases.destroying.service import DestructionService
from mediation_desk.cases.finding.service import FindingService
from mediation_desk.cases.finding.views import ViewService
from mediation_desk.cases.left import LeftService
from mediation_desk.cases.meetings import MeetingService
from mediation_desk.cases.minutes.service import MinutesService
from mediation_desk.cases.presence import PresenceService
from mediation_desk.cases.privacy.exporting import ExportCounter
from mediation_desk.cases.privacy.person import PersonService
from mediation_desk.cases.privacy.requests import RequestService
from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.cases.privacy.unmasking import UnmaskService
from mediation_desk.cases.registers import Registers
from mediation_desk.cases.routing.naming import body_names
from mediation_desk.cases.routing.service import RoutingService
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.documents.loose_printing import LoosePrinting
from mediation_desk.documents.printing import Printing
from mediation_desk.documents.scanning.service import Scanning
from mediation_desk.documents.templates.service import TemplateService
from mediation_desk.experts.roster import Roster
from mediation_desk.experts.service import ExpertService
from mediation_desk.settings import Settings
from mediation_desk.shared.clock import Clock, system_clock
from mediation_desk.shared.errors import DeskError, PermissionDenied, RuleError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.uploads.room import scarce
from mediation_desk.shared.watching import Watch
from mediation_desk.statistics.service import StatisticsService
from mediation_desk.statistics.submitting.service import SubmissionService
from mediation_desk.statistics.warning.service import WarningService
from mediation_desk.statistics.work.service import WorkService
from mediation_desk.subsidy.service import SubsidyService

NOT_IN_USE = (
    "这个中心还没有启用：请先用 account add --first 建立系统管理员，或者打开窗口按首次启动的提示办；"
    "只想试一试，请加 --practice。"
)
NO_PRACTICE = "这里是正式的数据，不是演练用的：演练另用一个文件夹，不会碰到正式的数据。"

if TYPE_CHECKING:
    from db.listening import Listener
    from db.unit_of_work import Storage
    from mediation_desk.access.accounts.rekeyed import Rekeyed
    from mediation_desk.documents.account_papers import AccountPapers
    from mediation_desk.documents.archive_papers import ArchivePapers
    from mediation_desk.documents.audit_papers import AuditPapers
    from mediation_desk.documents.destruction_papers import DestructionPapers
    from mediation_desk.documents.sealing.service import Sealing
    from mediation_desk.documents.sealing.verifying import Verifying
    from mediation_desk.documents.subsidy_papers import SubsidyPapers
    from mediation_desk.documents.volume.service import Volumes
    from mediation_desk.interchange.invitations import Invitations
    from mediation_desk.interchange.ledger.service import LedgerImport
    from mediation_desk.interchange.moving.service import Mover
    from mediation_desk.interchange.packages.service import Packages
    from mediation_desk.interchange.person_copies import PersonCopies
    from mediation_desk.interchange.pool.service import PoolImport
    from mediation_desk.interchange.schedules import Schedules
    from mediation_desk.interchange.slips import Slips
    from mediation_desk.statistics.reporting.service import ReportService


@dataclass(frozen=True, slots=True)
class Desk:
    """An open desk: every service, on one database, for whoever sits at it."""

    settings: Settings
    seat: Seat
    attachments: FileStore
    practice: bool
    accounts: AccountService
    audit: AuditService
    backups: BackupService
    cases: CaseService
    finding: FindingService
    views: ViewService
    left: LeftService
    deadlines: DeadlineService
    calendar: CalendarService
    routing: RoutingService
    archive: ArchiveService
    destruction: DestructionService
    arranging: ArrangingService
    registers: Registers
    unmasking: UnmaskService
    exports: ExportCounter
    presence: PresenceService
    people: PersonService
    requests: RequestService
    experts: ExpertService
    choosing: ChoosingService
    disclosures: DisclosureService
    boards: BoardService
    minutes: MinutesService
    window: WindowService
    meetings: MeetingService
    counter: CounterService
    visits: VisitService
    statistics: StatisticsService
    work: WorkService
    subsidies: SubsidyService
    warning: WarningService
    submissions: SubmissionService
    printing: Printing
    loose_printing: LoosePrinting
    templates: TemplateService
    laws: LawShelf
    roster: Roster
    storage: Storage
    clock: Clock

    @property
    def actor(self) -> Actor:
        """Who acts. Raises ``PermissionDenied`` while nobody has signed in."""
        return self.seat.actor

    @property
    def pool_import(self) -> PoolImport:
        """Rosters in and out; loaded when somebody imports or exports."""
        from mediation_desk.interchange.pool.service import PoolImport

        return PoolImport(self.storage, self.clock)

    @property
    def ledger_import(self) -> LedgerImport:
        """Old case registers; loaded when somebody imports one."""
        from mediation_desk.interchange.ledger.service import LedgerImport

        return LedgerImport(self.storage, self.clock)

    @property
    def mover(self) -> Mover:
        """The whole centre to another database; loaded when somebody moves it."""
        from db.moving.destination import open_destination
        from mediation_desk.interchange.moving.service import Mover

        key = self.seat.subkey("database")
        return Mover(
            self.storage,
            self.clock,
            self.settings,
            lambda source, to: open_destination(source, to, key),
            self.statistics.renew,
            self.attachments,
        )

    @property
    def moved_to(self) -> str:
        """Where this centre was moved to, "" while it is here."""
        with self.storage.read(PROGRAM) as work:
            return work.audit.moved_to()

    @property
    def person_copies(self) -> PersonCopies:
        """What is held about one person, written out; loaded when somebody asks for it."""
        from mediation_desk.interchange.person_copies import PersonCopies

        return PersonCopies(self.people)

    @property
    def packages(self) -> Packages:
        """Packages of cases out to another centre, and in from one; loaded when somebody packs or joins."""
        from mediation_desk.interchange.packages.service import Packages

        return Packages(self.storage, self.cases, self.exports, self.attachments, self.clock)

    @property
    def slips(self) -> Slips:
        """Printed lists of deadlines and calendar files; loaded when somebody wants one."""
        from mediation_desk.interchange.slips import Slips

        return Slips(self.deadlines, self.audit)

    @property
    def invitations(self) -> Invitations:
        """Cards and calendar files for remote sessions; loaded when somebody wants one."""
        from mediation_desk.interchange.invitations import Invitations

        return Invitations(self.meetings, self.audit)

    @property
    def sealing(self) -> Sealing:
        """Digital seals; loaded when somebody wants one."""
        from mediation_desk.documents.sealing.service import Sealing

        return Sealing(self.cases, self.printing, self.clock)

    @property
    def verifying(self) -> Verifying:
        """Whether a paper is what was printed; loaded when somebody asks."""
        from mediation_desk.documents.sealing.verifying import Verifying

        return Verifying(self.cases, self.settings.folder / "trust")

    @property
    def restoring(self) -> Restoring:
        """Backups into other folders."""
        return Restoring(self.settings)

    @property
    def scanning(self) -> Scanning:
        """Scans on their way into a case."""
        return Scanning(self.cases, self.attachments, self.clock, self.settings.thumbnails)

    @property
    def volumes(self) -> Volumes:
        """Bound volumes; loaded when a case is opened."""
        from mediation_desk.documents.volume.service import Volumes

        return Volumes(self.cases, self.printing, self.attachments, self.clock)

    @property
    def archive_papers(self) -> ArchivePapers:
        """Labels and lists of the archive room; loaded when somebody wants one."""
        from mediation_desk.documents.archive_papers import ArchivePapers

        return ArchivePapers(self.archive, self.audit)

    @property
    def account_papers(self) -> AccountPapers:
        """The sheet with the recovery code; loaded when a centre is begun."""
        from mediation_desk.documents.account_papers import AccountPapers

        return AccountPapers(self.audit, self.clock)

    @property
    def audit_papers(self) -> AuditPapers:
        """Closing sheets and lists of the audit trail; loaded when somebody wants one."""
        from mediation_desk.documents.audit_papers import AuditPapers

        return AuditPapers(self.audit, self.clock)

    @property
    def destruction_papers(self) -> DestructionPapers:
        """Lists of destruction on paper; loaded when somebody wants one."""
        from mediation_desk.documents.destruction_papers import DestructionPapers

        return DestructionPapers(self.destruction, self.audit)

    @property
    def subsidy_papers(self) -> SubsidyPapers:
        """Worksheets and payment lists on paper; loaded when somebody wants one."""
        from mediation_desk.documents.subsidy_papers import SubsidyPapers

        return SubsidyPapers(self.subsidies, self.audit)

    @property
    def reports(self) -> ReportService:
        """Narrative reports; loaded when somebody wants one."""
        from mediation_desk.statistics.reporting.service import ReportService

        return ReportService(self.statistics, self.clock)

    @property
    def schedules(self) -> Schedules:
        """The day on paper and sessions as calendar files; loaded when somebody wants one."""
        from mediation_desk.interchange.schedules import Schedules

        return Schedules(self.calendar, self.audit)

    def engine_text(self) -> str:
        """Storage engine, cipher and encryption of the connection, for About; asks the database."""
        from db.versions import library_versions, server_versions

        inside = library_versions()
        if self.storage.engine.dialect.name == "sqlite":
            cipher = f"SQLCipher {inside['SQLCipher']}，{inside['SQLCipher OpenSSL']}"
            state = "已加密" if self.storage.sealed else "未加密"
            return f"SQLite {inside['SQLite']}（{state}；{cipher}）"
        server = server_versions(self.storage.engine)
        way = f"{server['TLS']} 加密连接" if server["TLS"] else "本机连接，未加密"
        return f"PostgreSQL {server['PostgreSQL']}（{way}；libpq {inside['libpq']}）"

    @property
    def versions(self) -> str:
        """Program and Python, for About."""
        return f"调解台 {__version__}，Python {platform.python_version()}"

    @property
    def centre(self) -> Centre:
        """The centre's name and its first body, as its configuration says."""
        return read_centre()

    def alarms(self) -> tuple[str, ...]:
        """What somebody has to do something about, as long as it lasts: backups, place, disk, clock."""
        from db.places import place_trouble

        place = place_trouble(self.settings.folder) if self.settings.database else ""
        found = (*self.backups.alarms(), place, scarce(self.settings.folder), jumped(self.storage.clock_jump))
        return tuple(sentence for sentence in found if sentence)

    def is_empty(self) -> bool:
        """Whether this is a first start: no case, no expert."""
        with self.storage.read(PROGRAM) as work:
            return not work.pool.cards() and not work.cases.summaries(CaseQuery(limit=1))

    def fill_sample(self) -> None:
        """Put the sample centre into an empty practice centre. Raises ``RuleError`` in a real one."""
        from db.bulk import BulkCases
        from mediation_desk.practice.sample import fill_sample

        if not self.practice:
            raise RuleError(NO_PRACTICE)
        fill_sample(BulkCases(self.storage), self.clock)

    def look(self) -> tuple[bool, ...]:
        """Raises and tells as `Storage.look`."""
        return self.storage.look()

    def listen(self, tell: Callable[[str, str, int], object]) -> Listener | None:
        """News of other desks on the same server, told from another thread; None where there is no server."""
        from db.listening import listen

        return listen(self.storage.engine, tell)

    def rest(self) -> None:
        """Nobody sits here: the key goes, every connection, and what is remembered of records.

        All come back when somebody signs in.
        """
        try:
            with suppress(DeskError):  # a server that is away forgets this desk by itself
                self.presence.leave()
            self.accounts.sign_out()
        finally:
            self.roster.forget()

    def seated(self, actor: Actor) -> Desk:
        """The same desk acting as ``actor``, whoever takes the seat afterwards: work under way stays his."""
        seat = Seat()
        seat.take(actor)
        return replace(self, seat=seat, unmasking=UnmaskService(self.storage, seat, self.clock))

    def seal_files(self, watch: Watch) -> int:
        """Seal files that lie in clear from before there was a key; how many. Raises ``Stopped``, ``StorageError``."""
        from mediation_desk.documents.scanning.thumbnails import Thumbnails
        from mediation_desk.shared.resealing import seal_clear_files

        actor = self.actor
        small = Thumbnails(self.settings.thumbnails, self.attachments)
        small.drop_clear()
        if self.on_server:
            small.drop_gone()
        count = seal_clear_files(self.attachments, watch)
        if count:
            self.audit.note(actor, "files.sealed", count=count)
        return count

    def rekey(
        self,
        reason: str,
        *,
        new_sheet: bool = False,
        second: tuple[str, str] | None = None,
        watch: Watch | None = None,
    ) -> Rekeyed:
        """Change the data key, between two backups where this desk can make them. Raises as `AccountService.rekey`."""
        actor = self.actor
        actor.require(Permission.ACCOUNT_MANAGE)

        def back_up() -> None:
            if self.storage.sealed or (self.on_server and self.backups.possible):
                self.backups.make(actor)

        changed = self.accounts.rekey(
            actor, reason, new_sheet=new_sheet, second=second, back_up=back_up, watch=watch
        )
        back_up()  # the one before opens with the former key, which nobody here has any more
        return changed

    def rekey_files(self, watch: Watch | None = None) -> int:
        """Seal under the present key what lies under former ones; how many files open under none.

        Stopped or cut off, it goes on the next time. Raises ``Stopped``, ``StorageError``.
        """
        from mediation_desk.documents.scanning.thumbnails import Thumbnails
        from mediation_desk.shared.resealing import reseal

        actor = self.actor
        actor.require(Permission.ACCOUNT_MANAGE)
        former, key = self.storage.former_files, self.attachments.key()
        if not former or key is None:
            return 0
        strange = set[str]()
        for old in former:
            strange = set(reseal(self.attachments, old, key, watch))
        Thumbnails(self.settings.thumbnails, self.attachments).drop_sealed()
        self.accounts.forget_former_files(actor)
        return len(strange)

    @property
    def on_server(self) -> bool:
        """Whether the data lie on a database server."""
        return bool(self.settings.server)

    def close(self) -> None:
        """Leave the seat and give the database back."""
        try:
            with suppress(DeskError):
                self.presence.leave()
            self.accounts.sign_out()
        finally:
            self.storage.close()


def open_desk(settings: Settings, *, clock: Clock = system_clock, create: bool = True) -> Desk:
    """Open (unless forbidden: create) the database and put the services on it.

    In a practice centre without accounts the counter sits down at once; everywhere else somebody has to sign in.
    Raises ``StorageError``, and ``RuleError`` where a practice centre was meant and this is a real one.
    """
    from db.shelf import shelf_of
    from db.storage import open_storage

    storage = open_storage(settings, create=create)
    seat = Seat()
    accounts = AccountService(storage, clock, seat, body_names)
    practice = storage.practice
    if settings.practice and not practice:
        storage.close()
        raise RuleError(NO_PRACTICE)
    if practice and not accounts.exist():
        seat.take(replace(COUNTER, in_full=privacy_rules().lists.practice_in_full))
    audit = AuditService(storage, clock, settings.folder)
    cases = CaseService(storage, clock)
    roster = Roster()  # one reading of the pool serves the register and every shortlist
    experts = ExpertService(storage, clock, roster)
    choosing = ChoosingService(storage, cases, clock, roster)
    templates = TemplateService(storage, clock)
    statistics = StatisticsService(storage, clock)
    attachments = FileStore(
        settings.attachments, lambda: _files_key(seat), lambda: storage.former_files, shelf_of(storage)
    )
    return Desk(
        settings=settings,
        seat=seat,
        attachments=attachments,
        practice=practice,
        accounts=accounts,
        audit=audit,
        backups=_backups(storage, seat, clock, settings, practice=practice),
        cases=cases,
        finding=FindingService(storage, clock),
        views=ViewService(storage),
        left=LeftService(storage, clock),
        deadlines=DeadlineService(storage, clock),
        calendar=CalendarService(storage, clock, roster),
        routing=RoutingService(storage, clock),
        archive=ArchiveService(storage, clock),
        destruction=DestructionService(storage, _places(settings, attachments), clock),
        arranging=ArrangingService(storage),
        registers=Registers(storage),
        unmasking=UnmaskService(storage, seat, clock),
        exports=ExportCounter(storage, clock),
        presence=PresenceService(storage, clock, platform.node()),
        people=PersonService(storage, clock),
        requests=RequestService(storage, clock),
        experts=experts,
        choosing=choosing,
        disclosures=DisclosureService(storage, cases, clock),
        boards=BoardService(storage, clock),
        minutes=MinutesService(storage, cases, clock),
        window=WindowService(storage, clock),
        meetings=MeetingService(storage, clock),
        counter=CounterService(storage, clock),
        visits=VisitService(storage, clock),
        work=WorkService(storage, clock),
        subsidies=SubsidyService(storage, clock),
        statistics=statistics,
        warning=WarningService(storage, clock, statistics),
        submissions=SubmissionService(storage, clock, statistics),
        printing=Printing(cases, experts, clock, choosing, attachments, templates, audit),
        loose_printing=LoosePrinting(experts, clock, audit),
        templates=templates,
        laws=LawShelf(settings.folder / "laws"),
        roster=roster,
        storage=storage,
        clock=clock,
    )


def _files_key(seat: Seat) -> bytes | None:
    """The key of files, asked for at each; where nobody sits there is none, and none may be written in clear."""
    here, key = seat.taken, seat.subkey("attachments")
    if key is None and not (here and seat.taken):
        raise PermissionDenied("还没有登录，文件没有存，也没有读。")
    return key


def _backups(
    storage: Storage, seat: Seat, clock: Clock, settings: Settings, *, practice: bool
) -> BackupService:
    """Backups of the centre; of a practice centre only when somebody asks for one."""
    copies = _copies(storage, seat, settings)
    return BackupService(storage, copies, clock, settings.backups, automatic=not practice)


def _copies(storage: Storage, seat: Seat, settings: Settings) -> Copies:
    days = archive_rules().destruction.backup_days
    if settings.server:
        from db.server_copies import ServerCopies

        return ServerCopies(storage, lambda: seat.key, days)
    from db.own_copies import CasesHere, OwnCopies

    def keep_cases(place: Path, keys: Path, watch: Watch | None) -> int:
        from mediation_desk.interchange.case_copies import CaseCopies

        return CaseCopies(CasesHere(storage), lambda: storage.key).keep(place, keys, watch)

    return OwnCopies(storage, days, keep_cases)


def _places(settings: Settings, files: FileStore) -> Places:
    """Where files of cases lie."""
    return Places(
        files=files,
        thumbnails=settings.thumbnails,
        papers=settings.papers,
        backups=settings.backups,
    )
