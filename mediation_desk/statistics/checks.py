"""Whether a filled table agrees with itself (domain.md §3.4); the rules stand in ``rules/tables.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.model import StatRow, StatTable
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.tables import Check, Sign, tables

Numbers = Mapping[str, Decimal]


@record
class Violation:
    """A line that breaks a rule, as one sentence; ``cells`` are the columns that contradict each other."""

    rule: str
    row: str
    message: str
    cells: tuple[str, ...]
    check: Check | None = None


def violations(table: StatTable) -> tuple[Violation, ...]:
    """Every rule a line breaks; rules about columns the table does not have are passed over."""
    if table.code == organisations.CODE:
        return tuple(
            Violation(rule="表一", row=row, message=f"应当{rule}", cells=cells)
            for row, rule, cells in organisations.unequal(table)
        )
    found: list[Violation] = []
    for row in table.rows:
        numbers = _numbers(table, row)
        found += _checked(row, numbers)
        found += _worked_out(table, row, numbers)
    found += _added_up(table)
    return tuple(found)


def breaks(check: Check, numbers: Mapping[str, int | Decimal]) -> bool:
    """Whether these numbers, of a line or of one case, contradict the check."""
    left, right = (
        sum((Decimal(numbers.get(code, 0)) for code in side), Decimal()) for side in (check.left, check.right)
    )
    if check.sign is Sign.EQUAL:
        return left != right
    if check.sign is Sign.AT_MOST:
        return left > right
    return right < left or (left == 0) != (right == 0)


def _checked(row: StatRow, numbers: Numbers) -> Iterator[Violation]:
    for check in tables().checks:
        if check.codes <= numbers.keys() and breaks(check, numbers):
            cells = tuple(dict.fromkeys((*check.left, *check.right)))
            yield Violation(rule=check.rule, row=row.label, message=check.words, cells=cells, check=check)


def _worked_out(table: StatTable, row: StatRow, numbers: Numbers) -> Iterator[Violation]:
    """V-3 and V-10: a rate is its part over its whole, 万元 come from the yuan of the same line."""
    values = dict(zip((column.code for column in table.columns), row.values, strict=True))
    for column in table.columns:
        one = book().derived.get(column.code)
        if one is None or not set(one.needs) <= numbers.keys():
            continue
        if values[column.code] != one.of({code: numbers[code] for code in one.needs}):
            words = "应由元换算，四舍五入到两位小数" if one.wan_of else "应为分子除以分母，没有分母时为空"
            yield Violation(
                rule="V-10" if one.wan_of else "V-3",
                row=row.label,
                message=f"{column.name}{words}",
                cells=(*one.needs, column.code),
            )


def _added_up(table: StatTable) -> Iterator[Violation]:
    """The sum adds up every column but those worked out; V-10 for amounts, V-1 for the rest."""
    lines = [row.values for row in table.rows if not row.is_total and not row.is_extra]
    for row in table.rows:
        if not row.is_total:
            continue
        for place, column in enumerate(table.columns):
            if column.code in book().derived:
                continue
            if sum((Decimal(line[place] or 0) for line in lines), Decimal()) != Decimal(
                row.values[place] or 0
            ):
                words = f"“{column.name}”的合计应等于各行之和"
                yield Violation(rule="V-10", row=row.label, message=words, cells=(column.code,))


def _numbers(table: StatTable, row: StatRow) -> Numbers:
    pairs: Iterable[tuple[str, object]] = zip(
        (column.code for column in table.columns), row.values, strict=True
    )
    return {code: Decimal(value) for code, value in pairs if isinstance(value, int | Decimal)}
