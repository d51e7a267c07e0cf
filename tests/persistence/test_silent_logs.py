"""S11: whatever fails, nothing personal is logged, reported, shown in a box or written to standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

import db.engine
import db.errors
import db.unit_of_work
from db.base import metadata
from db.engine import open_engine
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.service import CaseService
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import StorageError
from tests.persistence.spoiling import Spoiler, fail_everywhere, marks_in, told
from tests.persistence.test_board import NOW
from tests.persistence.test_case_steps import REGISTER, cases

__all__ = ["cases"]


CODES = ("P0001", "23505", "23514", "23502", "22001", "22P02", "42703")  # what the server calls its refusal


@pytest.fixture
def desk(url: str, cases: CaseService, tmp_path: Path) -> Iterator[Desk]:
    """A desk with three mediators, on 1 July 2026; its data folder is not there yet, as beside a new server."""
    made = open_desk(replace(resolve(None, url), folder=tmp_path / "data"), clock=lambda: NOW)
    yield made
    made.close()


def test_whatever_statement_of_an_act_fails_it_fails_in_silence(desk: Desk, tmp_path: Path) -> None:
    """Every twelfth statement of every act is made to fail; the long form takes each of them."""
    failures, leaks = fail_everywhere(desk, tmp_path / "papers", stride=12)

    assert leaks == []
    assert len(failures) >= 28
    assert sum(failures.values()) > 60


@pytest.mark.parametrize("control", ["parameters shown", "detail passed on"])
def test_a_leak_is_noticed(desk: Desk, control: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The controls: without the translation, with and without SQLAlchemy's ``hide_parameters``."""
    desk.storage.engine.hide_parameters = control != "parameters shown"
    monkeypatch.setattr(db.unit_of_work, "translated", nullcontext)
    spoiler = Spoiler(desk.storage.engine)
    found = set()
    for statement in range(2, 200, 2):
        with spoiler.spoiling(statement):
            _, words = told(lambda: desk.cases.register(COUNTER, REGISTER, despite=ANYWAY))
            if spoiler.seen < statement:
                break
        found |= marks_in(words)

    assert found >= {REGISTER.parties[0].name, REGISTER.parties[0].id_no}


def test_detail_passed_on_in_a_sentence_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control of the filter itself: a translation that quotes the driver."""
    monkeypatch.setattr(db.errors, "translate", lambda error: StorageError(f"没有保存：{error.orig}"))
    spoiler = Spoiler(desk.storage.engine)
    leaking = 0
    for statement in range(3, 60, 3):
        with spoiler.spoiling(statement):
            _, words = told(lambda: desk.cases.register(COUNTER, REGISTER, despite=ANYWAY))
        leaking += bool(marks_in(words))

    assert leaking > 3


class TestRealViolations:
    """Not the tests' own errors: what the two engines themselves say when a row is refused."""

    def test_a_refusal_that_quotes_the_row_stays_silent(self, desk: Desk) -> None:
        told_of = [
            (table, *refusal(desk, table, code))
            for table, code in zip(written_by_registering(desk), cycle(CODES), strict=False)
        ]
        refused = [(table, words) for table, error, words in told_of if error is not None]

        assert len(refused) > 8
        assert [(table, mark) for table, words in refused for mark in marks_in(words)] == []

    def test_what_the_engines_say_is_personal(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """The control: the same refusals without our translation."""
        monkeypatch.setattr(db.unit_of_work, "translated", nullcontext)
        found = set()
        for table in written_by_registering(desk):
            found |= marks_in(refusal(desk, table, "P0001")[1])

        assert len(found) > 3


def written_by_registering(desk: Desk) -> list[str]:
    """Tables of the rows that a registration writes."""
    with desk.storage.engine.connect() as connection:
        before = {name: _count(connection, name) for name in metadata.tables}
    desk.cases.register(COUNTER, REGISTER, despite=ANYWAY)
    with desk.storage.engine.connect() as connection:
        return [name for name in metadata.tables if _count(connection, name) > before[name]]


def _count(connection: object, table: str) -> int:
    return int(connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())  # type: ignore[attr-defined]


def refusal(desk: Desk, table: str, code: str) -> tuple[BaseException | None, str]:
    """What a registration tells of when ``table`` refuses its row with all the words of the row."""
    with refusing(desk.storage.engine, table, code):
        return told(lambda: desk.cases.register(COUNTER, REGISTER, despite=ANYWAY))


@contextmanager
def refusing(engine: Engine, table: str, code: str) -> Iterator[None]:
    """Within the block ``table`` takes no row, and the engine's message quotes it."""
    make, drop = (_on_postgres if engine.dialect.name == "postgresql" else _on_sqlite)(table, code)
    with engine.begin() as connection:
        for statement in make:
            connection.exec_driver_sql(statement)
    try:
        yield
    finally:
        with engine.begin() as connection:
            for statement in drop:
                connection.exec_driver_sql(statement)


Statements = tuple[list[str], list[str]]


def _on_sqlite(table: str, code: str) -> Statements:
    words = "||' '||".join(
        f"coalesce(NEW.\"{column.name}\", '')" for column in metadata.tables[table].columns
    )
    make = f'CREATE TRIGGER refuse BEFORE INSERT ON "{table}" BEGIN SELECT RAISE(ABORT, {words}); END'
    return [make], ["DROP TRIGGER refuse"]


def _on_postgres(table: str, code: str) -> Statements:
    function = (
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION USING MESSAGE = 'refused ' || NEW::text, "
        f"DETAIL = 'Failing row contains ' || NEW::text, HINT = NEW::text, ERRCODE = '{code}'; "
        "END $$"
    )
    trigger = f'CREATE TRIGGER refuse BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse()'
    return [function, trigger], [f'DROP TRIGGER refuse ON "{table}"', "DROP FUNCTION refuse()"]


@pytest.mark.parametrize("typed", [f"{REGISTER.parties[0].phone}:", f"{REGISTER.parties[0].name}:"])
def test_what_reached_a_full_text_query_unquoted_is_not_quoted(typed: str, sqlite_template: Path) -> None:
    """SQLite's message is ``no such column: 13800001234``: no DETAIL, and personal all the same."""
    storage = Storage(open_engine(f"sqlite:///{sqlite_template}"))

    def ask() -> None:
        with storage.write() as work:
            work.connection.execute(text("CREATE VIRTUAL TABLE probe USING fts5(words)"))
            work.connection.execute(text("SELECT * FROM probe WHERE probe MATCH :typed"), {"typed": typed})

    error, words = told(ask)
    storage.close()

    assert marks_in(words) == set()
    assert "no such column: …" in str(error)
