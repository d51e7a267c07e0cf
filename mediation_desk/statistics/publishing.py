"""``published``: a table as it may be shown to everybody (LR-21); what could tell who it was is withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import Book, Counted, Derived, book
from mediation_desk.statistics.model import StatRow, StatTable, Value
from mediation_desk.statistics.suppression import Cell, Problem, Sum, withheld
from mediation_desk.statistics.tables import Check, Sign, tables

_SMALLEST = 3
_CENTS = 100


@record
class PublishingRule:
    """Counts from 1 to ``least`` - 1 are withheld; ``note`` explains it beneath the table.

    ``counts`` names the figure that says how many cases stand behind another; ``relations`` are sums that anybody can
    do besides the checks of the tables. ``closed_lines`` are dimensions that name a person.
    """

    least: int
    note: str
    open_tables: frozenset[str]
    closed_lines: frozenset[str]
    counts: Mapping[str, str]
    relations: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@remembered
def publishing_rule() -> PublishingRule:
    """The rule in force. Raises ``InputError`` for a faulty rule file."""
    return built("publishing", _rule)


def _rule(data: Mapping[str, Any]) -> PublishingRule:
    least = int(data["least"])
    if least < _SMALLEST:
        raise ValueError("least")
    return PublishingRule(
        least=least,
        note=data["note"].replace("{least}", str(least)),
        open_tables=frozenset(data.get("open_tables", ())),
        closed_lines=frozenset(data.get("closed_lines", ())),
        counts=dict(data.get("counts", {})),
        relations=tuple((tuple(one["whole"]), tuple(one["parts"])) for one in data.get("relation", ())),
    )


def published(table: StatTable, rule: PublishingRule | None = None) -> StatTable:
    """The table with everything withheld that could identify someone, also by working it out from the rest.

    Raises ``InputError`` for a table whose lines are persons.
    """
    rule = rule or publishing_rule()
    closed = {name for row in table.rows for name in row.place} & rule.closed_lines
    if closed:
        raise InputError("每行是一个人的统计表不能公开，请改按别的项目分行。", field="--public")
    if table.code in rule.open_tables:
        return table
    problem = problem_of(table, rule)
    gone = withheld(problem)
    rows = tuple(_without(table, number, row, gone) for number, row in enumerate(table.rows))
    return replace(table, rows=rows, notes=(*table.notes, rule.note))


def problem_of(table: StatTable, rule: PublishingRule) -> Problem:
    """The numbers of the table, everything anybody knows about them, and those that are withheld for themselves."""
    place = {column.code: number for number, column in enumerate(table.columns)}
    figures = book()
    values = {
        (line, place[code]): _whole(row.values[place[code]])
        for line, row in enumerate(table.rows)
        for code in place
        if not isinstance(_figure(figures, code), Derived)
    }
    equations = [one for one in _equations(table, rule, values) if not _come_to(one, values)]
    inequalities = [one for one in _inequalities(table, values) if _come_to(one, values) >= 0]
    return Problem(
        values=values,
        equations=tuple(equations),
        inequalities=tuple(inequalities),
        first=dict(_telling(table, rule, values)),
        last_to_go=frozenset(
            cell for cell in values if table.rows[cell[0]].is_total or table.rows[cell[0]].is_extra
        ),
    )


def _without(table: StatTable, line: int, row: StatRow, gone: frozenset[Cell]) -> StatRow:
    """The line without what is withheld, and without what is worked out from it."""
    codes = [column.code for column in table.columns]
    hidden = {code for number, code in enumerate(codes) if (line, number) in gone}
    for code, value in zip(codes, row.values, strict=True):
        one = _figure(book(), code)
        if (
            isinstance(one, Derived)
            and value is not None
            and any(need in hidden or need not in codes for need in one.needs)
        ):
            hidden.add(code)
    values = tuple(None if code in hidden else value for code, value in zip(codes, row.values, strict=True))
    return replace(row, values=values, withheld=frozenset(hidden))


def _figure(figures: Book, code: str) -> Counted | Derived | None:
    """The figure, None for a column that another kind of table has."""
    return figures.counted.get(code) or figures.derived.get(code)


def _whole(value: Value) -> int:
    """Counts as they are, money in fen."""
    return int(value * _CENTS) if isinstance(value, Decimal) else value or 0


def _come_to(one: Sum, values: Mapping[Cell, int]) -> int:
    return sum(factor * values[cell] for cell, factor in one.items())


def _telling(
    table: StatTable, rule: PublishingRule, values: Mapping[Cell, int]
) -> Iterator[tuple[Cell, tuple[int, int | None]]]:
    """Cells that stand for few cases or persons, with the least and the most everybody knows them to be."""
    few = range(1, rule.least)
    place = {column.code: number for number, column in enumerate(table.columns)}
    behind = {number: place.get(_cases_of(code, rule)) for code, number in place.items()}
    sums = {line for line, row in enumerate(table.rows) if row.is_total}
    for (line, number), value in values.items():
        if not value:
            continue
        amount = isinstance(table.rows[line].values[number], Decimal)
        cases = behind[number]
        count = values.get((line, cases)) if cases is not None else None
        if not amount and value in few:
            yield (line, number), (1, rule.least - 1)
        elif count in few or (count is None and (amount or cases is None)):
            yield (line, number), (1, None)
        elif table.rows[line].is_extra and any(value - values[total, number] in few for total in sums):
            yield (line, number), (1, None)  # what came before this period is as telling as a cell


def _cases_of(code: str, rule: PublishingRule) -> str:
    """The figure that counts the cases behind ``code``: itself, or the one with the same conditions."""
    if code in rule.counts:
        return rule.counts[code]
    one = book().counted.get(code)
    if one is None or not one.add:
        return code
    asked = _conditions(one)
    same = (other.code for other in book().counted.values() if not other.add and _conditions(other) == asked)
    return next(same, "")


def _conditions(one: Counted) -> tuple[object, ...]:
    return (one.of, one.on, one.terms, one.unless, one.by, one.not_by, one.past, one.later)


def _equations(table: StatTable, rule: PublishingRule, values: Mapping[Cell, int]) -> Iterator[Sum]:
    """What adds up: every column to its sum, and in every line what checks, splits and the rule say."""
    lines = [line for line, row in enumerate(table.rows) if not row.is_total and not row.is_extra]
    sums = [line for line, row in enumerate(table.rows) if row.is_total]
    for number in {number for _, number in values}:
        for total in sums:
            yield {(line, number): 1 for line in lines} | {(total, number): -1}
            for extra, row in enumerate(table.rows):
                if row.is_extra and row.period == table.period:
                    yield {(extra, number): 1, (total, number): -1}
    for left, right in _sums_within(table, rule):
        for line in range(len(table.rows)):
            yield _difference(line, left, right)


def _sums_within(table: StatTable, rule: PublishingRule) -> Iterator[tuple[list[int], list[int]]]:
    place = {column.code: number for number, column in enumerate(table.columns)}
    figures = book()
    # a split's parts come to its whole, or to nothing where the table shows only some of them
    whole_of = {
        tuple(parts): whole
        for parts in figures.splits.values()
        for whole in place
        if isinstance(one := _figure(figures, whole), Counted)
        and not one.add
        and _splits(one, parts, figures)
    }
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        ((whole,), parts) for parts, whole in whole_of.items()
    ]
    pairs += rule.relations
    pairs += [(check.left, check.right) for check in tables().checks if check.sign is Sign.EQUAL]
    seen: set[tuple[frozenset[str], frozenset[str]]] = set()
    for left, right in pairs:
        both = (frozenset(left), frozenset(right))
        if both not in seen and (both[0] | both[1]) <= place.keys():
            seen.add(both)
            yield [place[code] for code in left], [place[code] for code in right]


def _splits(whole: Counted, parts: tuple[str, ...], figures: Book) -> bool:
    """Whether each part is the whole with one condition more."""
    first = figures.counted[parts[0]]
    return first.on == whole.on and first.terms[:-1] == whole.terms and first.unless == whole.unless


def _inequalities(table: StatTable, values: Mapping[Cell, int]) -> Iterator[Sum]:
    """What cannot be more than what: the checks of the tables, and a period within the year so far."""
    place = {column.code: number for number, column in enumerate(table.columns)}
    for check in tables().checks:
        if check.sign is not Sign.EQUAL and check.codes <= place.keys():
            for line in range(len(table.rows)):
                yield _difference(line, *(_places(check, place)))
    for extra, row in enumerate(table.rows):
        for total, other in enumerate(table.rows):
            if row.is_extra and other.is_total:
                for number in {number for _, number in values}:
                    yield {(extra, number): 1, (total, number): -1}


def _places(check: Check, place: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """What must not be less, then what must not be more."""
    return [place[code] for code in check.right], [place[code] for code in check.left]


def _difference(line: int, more: list[int], less: list[int]) -> Sum:
    made: dict[Cell, int] = {}
    for numbers, factor in ((more, 1), (less, -1)):
        for number in numbers:
            made[line, number] = made.get((line, number), 0) + factor
    return made
