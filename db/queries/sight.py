"""Which cases a unit of work sees: one condition, put into every SELECT that reads a case or a part of one.

A unit of a limited actor carries his sight. Before a statement of it runs, every SELECT in it is looked at, and
each column by which it knows cases is asked about, unless it equals one already asked about (``db.queries.tying``).
Nobody who writes a query has to think of it, and nobody can forget to (decision 41). What is read for the program's
own book-keeping, never to be handed out, says so: ``with whole(connection)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    TextClause,
    and_,
    bindparam,
    event,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.expression import ClauseList, UpdateBase

from db.queries.case_keys import CASE_KEYS, CaseKey, How
from db.queries.tying import conditioned
from db.tables.cases import cases
from db.tables.marks import case_marks
from db.tables.words import case_of
from mediation_desk.access.sight import Sight
from mediation_desk.shared.record import record

OPEN = "open"
"""Beside every case that is not locked, for those whose reach is the whole centre."""

_LOCKED = "locked:"
_NOWHERE = "nowhere"  # beside no case
_SIGHT = "desk_sight"  # what is asked of each statement now
_OWN = "desk_own_sight"  # what the unit's actor reaches, also inside `whole`
_OF_CASES = re.compile(rf"\b({'|'.join(sorted(table.name for table in CASE_KEYS))})\b")
_FEW = 3000
"""Up to so many cases SQLite starts from the marks; beyond, it walks the list and looks each case up."""
_FEW_OF_WORDS = 8000
"""The same where words are looked for: their hits may lie far apart."""


@record
class Asked:
    """The marks of which a case must have one; ``few`` where it pays to begin with them, ``few_of_words`` where words
    are looked for.
    """

    marks: tuple[str, ...]
    few: bool = False
    few_of_words: bool = False


@record
class _Known:
    """A statement limited before, and what its values are called: the same words with other values come often."""

    statement: Any
    binds: tuple[str, ...]


_MOST = 1000
_limited: dict[tuple[Asked, Any], _Known] = {}


def stored(marks: Iterable[str], *, locked: bool) -> frozenset[str]:
    """``marks`` as they stand beside a case: those of a locked case open it to nobody who does not ask for them so."""
    return frozenset(_LOCKED + mark for mark in (*marks, OPEN)) if locked else frozenset((*marks, OPEN))


def limit(connection: Connection, sight: Sight) -> None:
    """From here on ``connection`` reads no case that ``sight`` does not reach."""
    if not sight.whole:
        asked = _asked(connection, sight)
        connection.execution_options(**{_SIGHT: asked, _OWN: asked})
        event.listen(connection, "before_execute", _before, retval=True)


@contextmanager
def whole(connection: Connection) -> Iterator[Connection]:
    """Inside, everything is read: for book-keeping and sums, never for what is handed out."""
    asked = _of(connection)
    if asked is None:
        yield connection
        return
    connection.execution_options(**{_SIGHT: None})
    try:
        yield connection
    finally:
        connection.execution_options(**{_SIGHT: asked})


def limited(connection: Connection, statement: Select[Any]) -> Select[Any]:
    """``statement`` as it runs on this connection, for those who run it themselves."""
    asked = _of(connection)
    return statement if asked is None else conditioned(statement, asked_by(asked))


def sight_shape(connection: Connection) -> Asked | None:
    """What decides how a statement is limited."""
    return _of(connection)


def seen(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[bool] | None:
    """The condition on a column with ids of cases, also inside :func:`whole`; None where nothing is hidden."""
    asked: Asked | None = connection.get_execution_options().get(_OWN)
    return None if asked is None else _one_of(column, asked, few=asked.few)


def reaches(connection: Connection, case_id: int, sight: Sight) -> bool:
    """Whether ``sight`` reaches this case, whatever the unit sees."""
    marks = select(case_marks.c.mark).where(case_marks.c.case_id == case_id)
    return not _marks_of(sight).isdisjoint(connection.scalars(marks))


def also_seen(connection: Connection, tie: ColumnElement[bool]) -> ColumnElement[bool]:
    """``tie`` as the ON clause of ``cases`` where they may be missing: a case out of reach is missing."""
    limit = seen(connection, cases.c.id)
    return tie if limit is None else and_(tie, limit)


def _of(connection: Connection) -> Asked | None:
    found: Asked | None = connection.get_execution_options().get(_SIGHT)
    return found


def _asked(connection: Connection, sight: Sight) -> Asked:
    asked = Asked(marks=tuple(sorted(_marks_of(sight) or {_NOWHERE})))
    if connection.dialect.name != "sqlite" or sight.marks is None:
        return asked
    some = select(case_marks.c.case_id).where(_mark_in(asked)).limit(_FEW_OF_WORDS + 1).subquery()
    number = connection.scalar(select(func.count()).select_from(some)) or 0
    return replace(asked, few=number <= _FEW, few_of_words=number <= _FEW_OF_WORDS)


def _marks_of(sight: Sight) -> frozenset[str]:
    """Cases are seen by a mark of their own, locked ones by one that says so too."""
    marks = frozenset((OPEN,)) if sight.marks is None else sight.marks
    return marks | {_LOCKED + mark for mark in (sight.named | marks if sight.locked else sight.named)}


def asked_by(asked: Asked) -> Any:
    """The condition on one column."""

    def condition(column: Any, key: CaseKey) -> ColumnElement[bool]:
        match key.how:
            case How.ID:
                return _one_of(column, asked, few=asked.few)
            case How.ROW_OF_WORDS:
                return _one_of(case_of(column), asked, few=asked.few_of_words)
            case How.ROW_ABOVE:
                assert key.parent is not None  # noqa: S101  # by construction
                above = key.parent
                case_id = above.c[CASE_KEYS[above][0].column]
                rows: ColumnElement[bool] = column.in_(
                    select(above.c.id).where(_one_of(case_id, asked, few=asked.few))
                )
                return rows
        coded = exists(literal(1)).where(
            cases.c.case_key == column, _one_of(cases.c.id, asked, few=asked.few)
        )
        return or_(column.is_(None), coded) if key.how is How.CODE_IF_ANY else coded

    return condition


def _one_of(column: Any, asked: Asked, *, few: bool) -> ColumnElement[bool]:
    if few:
        among: ColumnElement[bool] = column.in_(select(case_marks.c.case_id).where(_mark_in(asked)))
        return among
    return exists(literal(1)).where(case_marks.c.case_id == column, _mark_in(asked))


def _mark_in(asked: Asked) -> ColumnElement[bool]:
    marks = (bindparam(None, mark, String, unique=True) for mark in asked.marks)
    among = ClauseList(*marks).self_group(operators.in_op)  # one place each: `Prepared` knows no lists
    found: ColumnElement[bool] = case_marks.c.mark.op("IN", is_comparison=True)(among)
    return found


def _before(
    _connection: Connection, statement: Any, several: Any, one: Any, options: Any
) -> tuple[Any, Any, Any]:
    asked: Asked | None = options.get(_SIGHT)
    if asked is None or isinstance(statement, UpdateBase):
        return statement, several, one
    if isinstance(statement, TextClause):
        if _OF_CASES.search(statement.text):
            raise AssertionError(
                "words cannot be limited: say `with whole(connection)` or put it as a SELECT"
            )
        return statement, several, one
    key = statement._generate_cache_key()  # noqa: SLF001  # as SQLAlchemy knows a statement it has compiled before
    if key is None:
        return conditioned(statement, asked_by(asked)), several, one
    known = _limited.get((asked, key.key))
    if known is None:
        if len(_limited) >= _MOST:
            _limited.clear()
        known = _limited[asked, key.key] = _Known(
            statement=conditioned(statement, asked_by(asked)), binds=tuple(one.key for one in key.bindparams)
        )
    values = {
        name: bind.effective_value
        for name, bind in zip(known.binds, key.bindparams, strict=True)
        if not bind.required
    }
    return known.statement, several, {**values, **one}
