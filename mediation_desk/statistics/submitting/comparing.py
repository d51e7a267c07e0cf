"""A submitted table against today: sums kept, with what was booked, and as they are now; cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import Book, Counted, Derived
from mediation_desk.statistics.filling import Label, fill
from mediation_desk.statistics.model import Column, StatRow, StatTable, Value
from mediation_desk.statistics.ports import Question, Sums
from mediation_desk.statistics.submitting.model import CellChange, Delta, Kept, PlaceKey
from mediation_desk.statistics.submitting.naming import BODY, naming_of
from mediation_desk.statistics.tables import TableRule

PlacedSums = Mapping[PlaceKey, Sums]


@record
class Given:
    """Sums that are known already, read like those of storage; committees are those that stood in the table."""

    found: PlacedSums
    standing: tuple[str, ...]

    def sums(self, figures: Sequence[Counted], question: Question, by: tuple[str, ...] = ()) -> PlacedSums:  # noqa: ARG002  # a reader is asked so
        """The sums given."""
        return self.found

    def committees(self) -> tuple[str, ...]:
        """The lines given."""
        return self.standing


def with_deltas(sums: PlacedSums, deltas: Iterable[Delta]) -> PlacedSums:
    """Sums after the cases moved."""
    found: defaultdict[PlaceKey, dict[str, int | Decimal]] = defaultdict(dict)
    for key, more in sums.items():
        found[key].update(more)
    for delta in deltas:
        into = found[delta.place]
        for code, value in delta.sums.items():
            into[code] = into.get(code, 0) + value
    return {key: some for key, some in found.items() if any(some.values())}


def minus(all_of: Iterable[Delta], booked: Iterable[Delta]) -> tuple[Delta, ...]:
    """What is left of the movements of cases once the booked ones are taken away."""
    left: defaultdict[tuple[str, str, PlaceKey], dict[str, int | Decimal]] = defaultdict(dict)
    for sign, deltas in ((1, all_of), (-1, booked)):
        for one in deltas:
            into = left[one.case_key, one.table, one.place]
            for code, value in one.sums.items():
                into[code] = into.get(code, 0) + sign * value
    return tuple(
        Delta(case_key=key, table=table, place=place, sums=moved)
        for (key, table, place), sums in sorted(left.items(), key=lambda item: repr(item[0]))
        if (moved := {code: value for code, value in sums.items() if value})
    )


def filled(kept: Kept, rule: TableRule, sums: PlacedSums, asked: Question, label: Label) -> StatTable:
    """The table of a submission made of other sums, by the definitions of that day; without the sums to date."""
    table = kept.table(rule.code)
    rows = table.rows if table is not None else ()
    standing = tuple(str(name) for row in rows for name in row.place.get("body", ()) if name)
    reader = Given(found=sums, standing=standing if rule.committees else ())
    if table is None or rule.rows != (BODY,):
        return fill(rule, reader, asked, label, figures=kept.book)  # type: ignore[arg-type]  # nothing else is asked
    lines = naming_of(rule, table).lines(table, sums, label)
    return fill(rule, reader, asked, label, figures=kept.book, lines=lambda _: lines)  # type: ignore[arg-type]  # nothing else is asked


def cell_changes(
    rule: TableRule,
    book: Book,
    tables: tuple[StatTable, StatTable, StatTable],
    deltas: Sequence[Delta],
) -> Iterator[CellChange]:
    """Cells of which the reported, the corrected and the present figure are not all the same."""
    submitted, corrected, now = tables
    lines = {
        row.label: row for table in (now, corrected, submitted) for row in table.rows if not row.is_extra
    }
    ordered = [*(label for label in lines if not lines[label].is_total), rule.total]
    for label in ordered:
        for column in rule.columns:
            values = tuple(_value(table, label, column, book) for table in tables)
            if len(set(values)) > 1:
                yield CellChange(
                    table=rule.code,
                    caption=rule.caption,
                    row=label,
                    column=column.code,
                    name=f"{column.group}：{column.name}" if column.group else column.name,
                    unit=column.unit,
                    submitted=values[0],
                    corrected=values[1],
                    now=values[2],
                    cases=behind(rule, book, lines[label], column.code, deltas),
                )


def behind(
    rule: TableRule, book: Book, row: StatRow, column: str, deltas: Iterable[Delta]
) -> tuple[str, ...]:
    """The cases that moved a cell."""
    one = book.find(column)
    codes = set(one.needs) if isinstance(one, Derived) else {column}
    found = {
        delta.case_key
        for delta in deltas
        if delta.table == rule.code
        and codes & delta.sums.keys()
        and all(
            value in row.place[name]
            for name, value in zip(rule.rows, delta.place, strict=True)
            if name in row.place
        )
    }
    return tuple(sorted(found))


def _value(table: StatTable, label: str, column: Column, book: Book) -> Value:
    for row in table.rows:
        if row.label == label and not row.is_extra:
            return table.value(row, column.code)
    return book.value(column.code, {})
