"""Finds out by which columns a SELECT knows cases, and puts a condition on each that nothing ties to another.

Columns made equal (``JOIN``, ``WHERE a = b``, ``a IN (SELECT b ...)``) are one: asking about one asks about all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import (
    Alias,
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Join,
    Label,
    ScalarSelect,
    Select,
    Subquery,
    Table,
)
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, Grouping

from db.queries.case_keys import CASE_KEYS, CaseKey
from db.tables.words import row_in
from mediation_desk.shared.record import record

Condition = Callable[[Any, CaseKey], ColumnElement[bool]]
"""Of a column by which a case is known, and how it is known."""

Place = tuple[int, str]
"""A column of one of the things read."""


class UntiedError(Exception):
    """A statement that cannot be limited as it is written; whoever writes it says what it is to hide."""


@record
class Leaf:
    """One thing a SELECT reads; ``nullable`` where it may be missing, then ``on`` is what ties it to the rest."""

    source: Any
    nullable: bool = False
    on: tuple[ColumnElement[Any], ...] = ()


@record
class Context:
    """What the SELECTs around this one read, which columns of it are asked about, and whether it answers an IN."""

    sources: frozenset[int] = frozenset()
    asked: frozenset[Place] = frozenset()
    answers: bool = False


NOWHERE = Context()


def conditioned(statement: Any, condition: Condition) -> Any:
    """``statement`` with the condition in every SELECT that needs it; the same object where none does."""
    if isinstance(statement, Select | CompoundSelect):
        return _limited(statement, condition, NOWHERE)[0]
    return statement


def _limited(statement: Any, condition: Condition, around: Context) -> tuple[Any, frozenset[str]]:
    """The statement, and which of the columns it hands out are asked about."""
    if isinstance(statement, Select):
        return _Limiting(statement, condition, around).limited()
    if isinstance(statement, CompoundSelect):
        done = {id(part): _limited(part, condition, around) for part in statement.selects}
        names = [str(column.key) for column in statement.selected_columns]
        asked = [
            {
                place
                for place, column in enumerate(part.selected_columns)
                if str(column.key) in done[id(part)][1]
            }
            for part in statement.selects
        ]
        everywhere = set.intersection(*asked)
        safe = frozenset(name for place, name in enumerate(names) if place in everywhere)
        return _replaced(statement, {key: found for key, (found, _) in done.items()}), safe
    return statement, frozenset()


class _Limiting:
    """One SELECT."""

    def __init__(self, statement: Select[Any], condition: Condition, around: Context) -> None:
        self._statement = statement
        self._condition = condition
        leaves = list(_leaves(statement.get_final_froms()))
        own = [leaf for leaf in leaves if id(leaf.source) not in around.sources]
        self._leaves = own or leaves  # a SELECT that reads nothing of its own is tied to nothing around it
        self._around = around if own else NOWHERE
        self._ties = _Ties()
        self._done: dict[int, Any] = {}
        self._asked: set[Place] = set(self._around.asked)

    def limited(self) -> tuple[Any, frozenset[str]]:
        """The statement, and the names of columns it hands out that are asked about."""
        self._from_below()
        where = self._statement.whereclause
        terms = [] if where is None else list(_terms(where))
        self._ties.add(terms)
        for leaf in self._leaves:
            if not leaf.nullable:
                self._ties.add(leaf.on)
        conditions = list(self._conditions())
        self._ask_nullable()
        self._nested(terms)
        limited = self._statement.where(*conditions) if conditions else self._statement
        return _replaced(limited, self._done), self._handed_out()

    def _from_below(self) -> None:
        for leaf in self._leaves:
            if isinstance(leaf.source, Subquery):
                below, asked = _limited(leaf.source.element, self._condition, NOWHERE)
                self._done[id(leaf.source.element)] = below
                self._asked |= {(id(leaf.source), name) for name in asked}

    def _conditions(self) -> Iterator[ColumnElement[bool]]:
        if self._around.answers:
            first = next(iter(self._statement.selected_columns), None)
            self._asked |= self._ties.with_all(filter(None, [_place(first)]))
        self._asked |= self._ties.with_all(self._asked)
        keyed = [leaf for leaf in self._leaves if not leaf.nullable and _known(leaf)]
        for leaf in sorted(keyed, key=lambda one: _known(one)[0].late):
            for key in _known(leaf):
                column = leaf.source.c[key.column]
                place = (id(leaf.source), key.column)
                if place not in self._asked:
                    yield self._condition(column, key)
                self._asked |= self._ties.with_all([place])

    def _ask_nullable(self) -> None:
        """What may be missing is tied to what is there, or the statement has to say what becomes of it."""
        for leaf in self._leaves:
            if not leaf.nullable:
                continue
            tied = _Ties()
            tied.add(leaf.on)
            for key in _known(leaf):
                place = (id(leaf.source), key.column)
                if self._asked.isdisjoint(tied.with_all([place])):
                    raise UntiedError(
                        f"{leaf.source} may be missing and is tied to no case that is asked about"
                    )
                self._asked.add(place)

    def _nested(self, terms: Iterable[ColumnElement[Any]]) -> None:
        inside = Context(
            sources=self._around.sources | {id(leaf.source) for leaf in self._leaves},
            asked=frozenset(self._asked),
        )
        answers = Context(sources=inside.sources, asked=inside.asked, answers=True)
        for term in terms:
            answer = _answer(term)
            if answer is not None and _place(term.left) in self._asked:
                self._done[id(answer)] = _limited(answer, self._condition, answers)[0]
        for found in _selects_in(self._statement):
            if id(found) not in self._done:
                self._done[id(found)] = _limited(found, self._condition, inside)[0]

    def _handed_out(self) -> frozenset[str]:
        return frozenset(
            str(column.key) for column in self._statement.selected_columns if _place(column) in self._asked
        )


class _Ties:
    """Columns made equal."""

    def __init__(self) -> None:
        self._with: dict[Place, set[Place]] = defaultdict(set)

    def add(self, terms: Iterable[ColumnElement[Any]]) -> None:
        """Learn from terms that all have to hold."""
        for term in terms:
            if isinstance(term, BinaryExpression) and term.operator is operators.eq:
                one, other = _place(term.left), _place(term.right)
                if one is not None and other is not None:
                    together = self._with[one] | self._with[other] | {one, other}
                    for place in together:
                        self._with[place] = together

    def with_all(self, places: Iterable[Place]) -> set[Place]:
        """These and whatever equals one of them."""
        found: set[Place] = set()
        for place in list(places):
            found |= self._with.get(place, set()) | {place}
        return found


def _known(leaf: Leaf) -> tuple[CaseKey, ...]:
    source = leaf.source
    table = source.element if isinstance(source, Alias) else source
    return CASE_KEYS.get(table, ()) if isinstance(table, Table) else ()


def _leaves(
    sources: Iterable[Any], *, nullable: bool = False, on: tuple[ColumnElement[Any], ...] = ()
) -> Iterator[Leaf]:
    for source in sources:
        if not isinstance(source, Join):
            yield Leaf(source=source, nullable=nullable, on=on)
            continue
        if source.full:
            raise UntiedError("a full join cannot be limited")
        ties = tuple(_terms(source.onclause)) if source.onclause is not None else ()
        yield from _leaves([source.left], nullable=nullable, on=on if source.isouter else (*on, *ties))
        yield from _leaves([source.right], nullable=nullable or source.isouter, on=(*on, *ties))


def _terms(clause: Any) -> Iterator[Any]:
    if isinstance(clause, Grouping):
        yield from _terms(clause.element)
    elif isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for one in clause.clauses:
            yield from _terms(one)
    else:
        yield clause


def _answer(term: Any) -> Select[Any] | None:
    """The SELECT on the right of an IN."""
    if not isinstance(term, BinaryExpression) or term.operator is not operators.in_op:
        return None
    found: Any = term.right
    while isinstance(found, Grouping | ScalarSelect):
        found = found.element
    return found if isinstance(found, Select) else None


def _place(column: Any) -> Place | None:
    if isinstance(column, Label):
        return _place(column.element)
    row = row_in(column)
    if row is not None:
        return _place(row)
    table = getattr(column, "table", None) if isinstance(column, ColumnClause) else None
    return None if table is None else (id(table), column.key)


def _selects_in(statement: Any) -> list[Any]:
    """The SELECTs directly inside, not those inside them, and not those read from."""
    found: list[Any] = []

    def look(element: Any, **_: Any) -> Any:
        if element is statement:
            return None
        if isinstance(element, Select | CompoundSelect):
            found.append(element)
            return element
        return None

    visitors.replacement_traverse(statement, {}, look)
    return found


def _replaced(statement: Any, done: dict[int, Any]) -> Any:
    changed = {key: value for key, value in done.items() if id(value) != key}
    if not changed:
        return statement

    def replace(element: Any, **_: Any) -> Any:
        return done.get(id(element))

    return visitors.replacement_traverse(statement, {}, replace)
