"""One unit of work is one transaction: everything in it is stored, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from sqlalchemy import Connection, Engine

from db.door import make_door
from db.engine import open_door, reading
from db.errors import SILENT, translated
from db.outcome import STORED, Outcomes, demand_current
from db.rekeying import rekey
from db.repositories.audit import Keeper
from db.repositories.keys import KeyRepository
from db.statement_bug import StatementBug
from db.vault import Vault, head_of
from db.waiting import allowing, patient, waiting_rules
from db.wiping import wipe_free_space
from db.work import Work
from mediation_desk.access.accounts.rekeyed import Renewal
from mediation_desk.access.accounts.ring import Ring, ring_of
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.cases.destroying.model import Leftover
from mediation_desk.settings import PRACTICE
from mediation_desk.shared.errors import AwayError, DeskError, StoredError
from mediation_desk.shared.operation import running_operation
from mediation_desk.shared.watching import Watch


class Storage:
    """The open database; gives units of work to read and to write. Safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault | None = None,
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        self._engine = engine
        self._vault = vault
        self._door = open_door(vault) if vault is not None else engine
        self._prepare = prepare  # brings the schema up to date as soon as it can be read
        self.on_close: Callable[[], None] | None = None
        self._keeper = Keeper()
        self._former_files: tuple[bytes, ...] = ()
        self._outcomes = Outcomes(engine)
        self._silent_until = 0.0
        self._practice: bool | None = None

    @property
    def practice(self) -> bool:
        """Whether the database was made as a practice centre; what was, stays one."""
        if self._practice is None:
            if self._vault is not None and self._vault.sealed:
                return False
            with self.read() as work:
                self._practice = bool(work.notes.get(PRACTICE))
        return self._practice

    @property
    def sealed(self) -> bool:
        """Whether the embedded database is encrypted."""
        return self._vault is not None and self._vault.sealed

    @property
    def key(self) -> bytes | None:
        """The raw key of the encrypted database while it is open, for copies of it."""
        return self._vault.key if self._vault is not None else None

    @property
    def is_open(self) -> bool:
        """Whether units of work can be opened; while nobody is signed in an encrypted database has only its door."""
        return self._vault is None or self._vault.is_open

    @contextmanager
    def door(self) -> Iterator[KeyRepository]:
        """A unit over the keys alone, which needs nobody signed in; commits when left without an exception."""
        if self._vault is None:
            with self.write() as work:
                yield KeyRepository(work.connection)
            return
        with translated(), self._door.connect() as connection, connection.begin():
            keys = KeyRepository(connection)
            if self._vault.sealed and keys.waiting():  # a change of key was cut off
                keys.settle(head_of(self._vault.file))
            yield keys

    def make_door(self) -> None:
        """Create what is to be read before anybody signed in, where it is not there yet."""
        with translated(), self._door.begin() as connection:
            make_door(connection)

    def unlock(self, data_key: bytes, *, begin: bool = False) -> None:
        """Open the data with the key of the centre; ``begin``: they are made now, with this key.

        A database that is still clear is encrypted first. Raises StorageError.
        """
        with self.door() as keys:
            ring = ring_of(data_key, None if begin else keys.turn())
        self._use(ring)
        if self._vault is None:
            return
        if begin:
            self._vault.set_aside()
        elif self._vault.sealed:
            self._vault.require_file()
        if not self._vault.sealed:
            self._engine.dispose()
            self._door.dispose()
        self._vault.unlock(ring.database)
        self._door.dispose()  # its connections may be to the file that was clear
        with translated():
            self._prepare()

    def lock(self) -> None:
        """Nobody is signed in: the keys go, no connection stays open, no value stays in a compiled statement."""
        self.seal_audit(None)
        self._former_files = ()
        if self._vault is not None:
            self._vault.lock()
        self._engine.dispose()
        self._engine.clear_compiled_cache()  # a cached statement holds the values it was first made with

    def rekey(self, actor: Actor, prepare: Callable[[Work], Renewal], watch: Watch | None = None) -> Renewal:
        """Change the data key in a unit of ``actor`` in which ``prepare`` says to what; all, or nothing.

        An encrypted database is written anew meanwhile, and nobody else may have it open. Raises StorageError,
        ``Stopped``.
        """
        if self._vault is not None and self._vault.sealed:

            def unit(connection: Connection) -> Renewal:
                with self._unit(connection, actor, Connection.commit) as work:
                    return prepare(work)

            with translated():
                renewal = rekey(self._engine, self._door, self._vault, unit, watch)
        else:
            with self.write(actor) as work:
                renewal = prepare(work)
                work.keys.keep_turn(renewal.turn, renewal.wraps)
        self._use(renewal.ring)
        return renewal

    @property
    def former_files(self) -> tuple[bytes, ...]:
        """Keys under which files may still be sealed."""
        return self._former_files

    def _use(self, ring: Ring) -> None:
        self._former_files = ring.former_files
        self.seal_audit(ring.audit)

    def seal_audit(self, key: bytes | None) -> None:
        """From now on entries of the audit trail are linked with this key; None when nobody is signed in any more."""
        self._keeper.key = key

    @property
    def audit_key(self) -> bytes | None:
        """The key the chain is linked with now, to check it."""
        return self._keeper.key

    @property
    def clock_jump(self) -> int:
        """Seconds by which the clock last went wrong while this was open, 0 while it did not."""
        return self._keeper.watch.last_jump

    @property
    def engine(self) -> Engine:
        """The engine, for migration, backup and tests."""
        return self._engine

    @contextmanager
    def read(self, actor: Actor = PROGRAM) -> Iterator[Work]:
        """A unit of ``actor`` that sees one state of the database and cannot write."""
        with self._translated(), self._connected() as connection:
            yield Work(reading(connection), actor)

    @contextmanager
    def write(self, actor: Actor = PROGRAM) -> Iterator[Work]:
        """A unit of ``actor`` that commits when the block ends and rolls back when it raises.

        What it wrote to the audit trail is appended last, in the same transaction: no entry, no act.

        On SQLite it waits for other writers at the start, so that what it reads is what it overwrites.
        Raises StorageError or ConflictError in place of database exceptions; then nothing was stored, unless
        it is an UncertainError. Where the act under way (``mediation_desk.shared.operation``) was tried before and
        got no answer, it is found out first what became of that: StoredError, or it is done now.
        """
        act = running_operation()
        stored = self._outcomes.stored_before(act)

        def commit(connection: Connection) -> None:
            self._outcomes.commit(connection, act, stored_before=stored)

        with self._translated(), self._connected() as connection:
            try:
                with self._unit(connection, actor, commit) as work:
                    yield work
            except DeskError:
                if stored:  # it refuses what it has done itself
                    raise StoredError(STORED) from None
                raise

    @contextmanager
    def _unit(
        self, connection: Connection, actor: Actor, commit: Callable[[Connection], None]
    ) -> Iterator[Work]:
        transaction = connection.begin()
        try:
            work = Work(connection, actor, self._keeper)
            yield work
            work.cases.settle()
            work.audit.append()
            for key, version in work.cases.moved.items():
                work.tell("case", key, version)
            commit(connection)
        except BaseException:
            transaction.rollback()
            raise

    def look(self) -> tuple[bool, ...]:
        """Whether the server is there, and what became of commits that were uncertain: stored or not, each.

        Raises AwayError, or OutdatedError where another counter has upgraded the database.
        """
        with self._translated(), self._connected() as connection:
            demand_current(reading(connection))
        return self._outcomes.settle()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection that was just seen to stand; what queued up behind somebody's wait need not wait as long."""
        if monotonic() < self._silent_until:
            raise AwayError(SILENT)
        with allowing(waiting_rules().look):
            connection = self._engine.connect()
        with connection:
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """As `translated`; what an older program asks of a newer database is no bug of the statement."""
        try:
            with translated():
                yield
        except StatementBug:
            with translated(), self._connected() as connection:
                demand_current(reading(connection))
            raise
        except AwayError as error:
            if error.message == SILENT and monotonic() > self._silent_until:
                self._silent_until = monotonic() + waiting_rules().skip
            raise

    def wipe_free_space(self) -> Leftover:
        """Make what was deleted unreadable in the files of the database; tells what it could not do."""
        with translated(), patient():
            return wipe_free_space(self._engine)

    def close(self) -> None:
        """Give back all connections; on SQLite this also folds the write-ahead log into the file."""
        self.lock()
        if self._door is not self._engine:
            self._door.dispose()
        on_close, self.on_close = self.on_close, None
        if on_close is not None:
            on_close()
