"""Make the n-th statement of an act fail as a database does, with the values in the driver's own message.

That is what PostgreSQL's DETAIL does by itself: ``Key (id_no)=(...) already exists``, ``Failing row contains (...)``.
"""

from __future__ import annotations

import io
import logging
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from db.sqlite import DRIVER
from mediation_desk.app import Desk
from mediation_desk.shared.errors import ConflictError, DeskError, StorageError
from tests.persistence.marked_acts import acts
from tests.persistence.test_case_steps import PARTIES, REGISTER
from ui.errors.report import write_down

MARKS = (
    *(party.name for party in PARTIES),
    *(party.id_no for party in PARTIES),
    PARTIES[0].phone,
    PARTIES[0].address,
    REGISTER.facts,
    "双方陈述并协商",
    "贾讲理分两期",
    "藏锋墨隐",
)
"""Personal words of the case the acts are about; nothing else in the tests holds them."""


def marks_in(text: str) -> set[str]:
    """Which personal words can be read in ``text``, as they are, escaped, or as bytes shown."""
    found = set()
    for mark in filter(None, MARKS):
        shapes = (mark, ascii(mark)[1:-1], repr(mark.encode())[2:-1], repr(mark.encode("gbk"))[2:-1])
        if any(shape in text for shape in shapes):
            found.add(mark)
    return found


class Spoiler:
    """``at`` names the statement that fails next, counted from 1; 0 lets everything pass. ``seen`` counts them."""

    def __init__(self, engine: Engine) -> None:
        self.at = self.seen = self.failed = 0
        self._kinds = POSTGRES_KINDS if engine.dialect.name == "postgresql" else SQLITE_KINDS
        event.listen(engine, "do_execute", self._on_execute)
        event.listen(engine, "do_executemany", self._on_execute)

    def _on_execute(self, _cursor: Any, statement: str, parameters: Any, _context: Any) -> None:
        self.seen += 1
        if self.at == self.seen:
            self.failed += 1
            raise self._kinds[self.failed % len(self._kinds)](f"{parameters!r} in {statement}")

    @contextmanager
    def spoiling(self, statement: int) -> Iterator[None]:
        """Within the block the statement of this number fails."""
        self.at, self.seen = statement, 0
        try:
            yield
        finally:
            self.at = 0


def _of_sqlite(kind: str, code: int, start: str = "") -> Callable[[str], Exception]:
    def made(values: str) -> Exception:
        error: Exception = getattr(DRIVER, kind)(f"{start}{values}")
        error.sqlite_errorcode = code  # type: ignore[attr-defined]  # as the driver sets it
        return error

    return made


def _of_postgres(kind: type[psycopg.Error]) -> Callable[[str], Exception]:
    return lambda values: kind(f"refused {values}\nDETAIL:  Failing row contains ({values}).")


SQLITE_KINDS = (
    _of_sqlite("IntegrityError", 19, "UNIQUE constraint failed: "),
    _of_sqlite("OperationalError", 13),
    _of_sqlite("OperationalError", 5),
    _of_sqlite("InterfaceError", 25),
    _of_sqlite("DataError", 20),
)
POSTGRES_KINDS = tuple(
    _of_postgres(kind)
    for kind in (
        psycopg.errors.UniqueViolation,
        psycopg.errors.CheckViolation,
        psycopg.errors.NotNullViolation,
        psycopg.errors.InvalidTextRepresentation,
        psycopg.errors.StringDataRightTruncation,
        psycopg.errors.ForeignKeyViolation,
        psycopg.errors.SerializationFailure,
        psycopg.errors.DiskFull,
        psycopg.errors.RaiseException,
        psycopg.OperationalError,
    )
)


def told(act: Callable[[], object]) -> tuple[BaseException | None, str]:
    """What ``act`` raised, and all that is written or shown because of it: log, report, box, standard error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))
    root, engine_log = logging.getLogger(), logging.getLogger("sqlalchemy.engine")
    levels = root.level, engine_log.level
    for log in (root, engine_log):
        log.addHandler(handler)
    root.setLevel(logging.DEBUG)
    engine_log.setLevel(logging.INFO)  # as an administrator turns it on to see the statements
    engine_log.propagate = False  # its lines are many, and one handler is enough
    try:
        with redirect_stderr(stream):
            error = _raised_by(act)
            if error is not None:
                stream.write(write_down(error))
                stream.write("".join(traceback.format_exception(error)))  # what an interpreter prints
                stream.write(repr(vars(error)))
    finally:
        for log in (root, engine_log):
            log.removeHandler(handler)
        engine_log.propagate = True
        root.setLevel(levels[0])
        engine_log.setLevel(levels[1])
    return error, stream.getvalue() + _boxed(error)


def fail_everywhere(desk: Desk, folder: Path, *, stride: int) -> tuple[Counter[str], list[str]]:
    """Do every act on ``desk`` after every ``stride``-th statement of it has failed; failures by act, and leaks.

    Raises AssertionError where an act did not notice a failure, or did not succeed without one.
    """
    spoiler, failures, leaks = Spoiler(desk.storage.engine), Counter[str](), list[str]()
    for place, (name, act) in enumerate(acts(folder)):
        statement = 1 + place % 2  # so that a short act fails, too
        while True:
            with spoiler.spoiling(statement):
                error, words = told(lambda act=act: act(desk))  # type: ignore[misc]  # bound at once
            if spoiler.seen < statement:
                assert error is None, f"{name}: {type(error).__name__} {error}"
                break  # the act has gone through, and the next can follow
            assert error is not None, f"{name}: statement {statement} failed and nobody was told"
            failures[name] += 1
            leaks += [f"{name} {statement}: {mark}" for mark in marks_in(words)]
            statement += stride
    return failures, leaks


def _raised_by(act: Callable[[], object]) -> BaseException | None:
    try:
        act()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is looked at
        return error
    return None


def _boxed(error: BaseException | None) -> str:
    """The sentence of a message box; what a rule answers to what was typed is an answer, not a log."""
    answered = isinstance(error, DeskError) and not isinstance(error, StorageError | ConflictError)
    return "" if error is None or answered else str(error)
