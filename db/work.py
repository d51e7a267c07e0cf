"""What a running unit of work reaches: every repository, on one connection."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from db.queries.audit import ChainQueries
from db.queries.calendar import CalendarQueries
from db.queries.orders import OrderQueries
from db.queries.organisations import OrganisationQueries
from db.queries.persons import PersonQueries
from db.queries.sight import limit
from db.queries.statistics import StatisticsQueries
from db.queries.trail import TrailQueries
from db.queries.volumes import VolumeQueries
from db.queries.warning import WarningQueries
from db.repositories.accounts import AccountRepository
from db.repositories.audit import AuditRepository, Keeper
from db.repositories.board import BoardRepository
from db.repositories.bookings import BookingRepository
from db.repositories.cases import CaseRepository
from db.repositories.choosing import ChoosingRepository
from db.repositories.counter import CounterRepository, VisitRepository
from db.repositories.deadlines import DeadlineRepository
from db.repositories.destruction import DestructionRepository
from db.repositories.drafts import DraftRepository
from db.repositories.exchanges import ExchangeRepository
from db.repositories.facts import FactsRepository, SumsRepository
from db.repositories.finding import FindingRepository
from db.repositories.keys import KeyRepository
from db.repositories.ledgers import LedgerRepository
from db.repositories.minutes import WorkingRecordRepository
from db.repositories.names import NamesRepository
from db.repositories.numbers import NumberRepository
from db.repositories.pool import PoolRepository
from db.repositories.presence import PresenceRepository
from db.repositories.requests import RequestRepository
from db.repositories.settings import NoteRepository
from db.repositories.submissions import SubmissionRepository
from db.repositories.subsidies import SubsidyRepository
from db.repositories.templates import TemplateRepository
from db.repositories.views import ViewRepository
from db.repositories.work import WorkRepository
from db.tables.centre import operations
from db.upsert import insert_into
from mediation_desk.access.actor import PROGRAM, Actor

CHANNEL = "mediation_desk"
"""What desks on one server listen to: a word, the key of a case and its version, nothing personal."""


class Work:
    """A running unit of work: its repositories all act on one connection; nobody else commits."""

    def __init__(self, connection: Connection, actor: Actor = PROGRAM, keeper: Keeper | None = None) -> None:
        self.connection = connection
        self.actor = actor
        limit(connection, actor.sight())
        self.cases = CaseRepository(connection, actor)
        self.pool = PoolRepository(connection)
        self.bookings = BookingRepository(connection)
        self.boards = BoardRepository(connection)
        self.minutes = WorkingRecordRepository(connection)
        self.choosing = ChoosingRepository(connection)
        self.notes = NoteRepository(connection)
        self.people = PersonQueries(connection)
        self.names = NamesRepository(connection)
        self.numbers = NumberRepository(connection)
        self.ledgers = LedgerRepository(connection, self.cases)
        self.deadlines = DeadlineRepository(connection)
        self.destruction = DestructionRepository(connection)
        self.drafts = DraftRepository(connection)
        self.exchanges = ExchangeRepository(connection)
        self.counter = CounterRepository(connection, actor)
        self.visits = VisitRepository(connection)
        self.sessions = CalendarQueries(connection)
        self.orders = OrderQueries(connection)
        self.volumes = VolumeQueries(connection)
        self.accounts = AccountRepository(connection)
        self.keys = KeyRepository(connection)
        self.audit = AuditRepository(connection, keeper)
        self.chain = ChainQueries(connection)
        self.trail = TrailQueries(connection)
        self.facts = FactsRepository(connection, self.cases.find)
        self.sums = SumsRepository(connection)
        self.statistics = StatisticsQueries(connection)
        self.subsidies = SubsidyRepository(connection)
        self.warning = WarningQueries(connection)
        self.submissions = SubmissionRepository(connection)
        self.index = FindingRepository(connection)
        self.presence = PresenceRepository(connection)
        self.requests = RequestRepository(connection)
        self.views = ViewRepository(connection)
        self.templates = TemplateRepository(connection)
        self.entries = WorkRepository(connection)
        self.organisations = OrganisationQueries(connection)

    def tell(self, kind: str, case_key: str, version: int = 0) -> None:
        """Tell other desks what changed, when this unit commits; a database without a server tells nobody."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(select(func.pg_notify(CHANNEL, f"{kind} {case_key} {version}")))

    def once(self, operation_id: str) -> bool:
        """Note ``operation_id`` in this transaction; False where it was done before and must not be repeated.

        A caller whose commit got no answer tries again with the same id: nothing is doubled, nothing lost.
        """
        note = insert_into(self.connection, operations).values(id=operation_id, at=datetime.now(UTC))
        noted = self.connection.scalar(note.on_conflict_do_nothing().returning(operations.c.id))
        return noted is not None
