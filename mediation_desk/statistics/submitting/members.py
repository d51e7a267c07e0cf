"""表一 of a submission: bodies, people and work behind each figure, kept, and against today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from mediation_desk.shared.record import record
from mediation_desk.statistics.model import Period, StatRow, StatTable, Value
from mediation_desk.statistics.organisations.reading import read_organisations, read_tree
from mediation_desk.statistics.organisations.rules import OrganisationFigure, Population, organisation_rules
from mediation_desk.statistics.organisations.table import CODE, OrganisationTable
from mediation_desk.statistics.submitting.model import (
    Behind,
    Booked,
    CellChange,
    Kept,
    KeptOrganisations,
    Submission,
)
from mediation_desk.statistics.submitting.naming import present_name
from mediation_desk.statistics.submitting.ports import SubmissionWork
from mediation_desk.statistics.units import unit_line

Spot = tuple[str, str]
"""Code of the line and of the column."""


@record
class _Figures:
    """Figures of 表一 by spot."""

    rows: Mapping[str, StatRow]
    values: Mapping[Spot, Value]


def counted(
    work: SubmissionWork,
    period: Period,
    as_of: date,
    unit: str,
    figures: tuple[OrganisationFigure, ...] = (),
) -> OrganisationTable:
    """表一 as the database has it now. Raises ``InputError`` for an unknown unit."""
    under = unit_line(read_tree(work.organisations, period), unit).code if unit else ""
    return read_organisations(work.organisations, period, under=under, as_of=as_of, figures=figures)


def kept_organisations(made: OrganisationTable) -> KeptOrganisations:
    """What is kept of it besides the table."""
    return KeptOrganisations(
        figures=organisation_rules().figures,
        behind=tuple(
            Behind(row=row, column=column, keys=keys) for (row, column), keys in made.keys.items() if keys
        ),
    )


def redefined(kept: Kept) -> bool:
    """Whether 表一 is counted otherwise today."""
    return kept.organisations is not None and kept.organisations.figures != organisation_rules().figures


def member_changes(
    work: SubmissionWork,
    kept: Kept,
    submission: Submission,
    corrections: Sequence[Booked],
    *,
    as_booked: bool = False,
) -> Iterator[CellChange]:
    """Figures of 表一 that are not what was reported, with what came and what went; ``as_booked`` leaves them so.

    Lines are known by the code of their unit, bodies by any name they bore: another name is no change.
    """
    table = kept.table(CODE)
    if kept.organisations is None or table is None:
        return
    made = counted(work, submission.period, submission.as_of, submission.unit, kept.organisations.figures)
    reported, today = _figures(table), _figures(made.table)
    booked = {spot: one.now for spot, one in _booked(table, corrections)}
    bodies = {one.code for one in kept.organisations.figures if one.of is Population.BODIES}
    for row in {**today.rows, **reported.rows}.values():
        for column in table.columns:
            spot = (row.key, column.code)
            submitted, now = reported.values.get(spot, 0), today.values.get(spot, 0)
            corrected = booked.get(spot, submitted)
            now = corrected if as_booked else now
            if submitted == corrected == now:
                continue
            before = kept.organisations.members(*spot)
            after = made.members(*spot)
            is_body = column.code in bodies
            yield CellChange(
                table=CODE,
                caption=f"{table.no} {table.title}",
                row=row.label,
                column=column.code,
                name=f"{column.group}：{column.name}" if column.group else column.name,
                unit=column.unit,
                submitted=submitted,
                corrected=corrected,
                now=now,
                cases=(),
                came=_without(after, before, is_body=is_body),
                gone=_without(before, after, is_body=is_body),
                key=row.key,
            )


def corrected_organisations(table: StatTable, corrections: Sequence[Booked]) -> StatTable:
    """表一 as reported with what was booked since."""
    booked = dict(_booked(table, corrections))
    known = {row.key for row in table.rows}
    late = {one.key: one.row for one in booked.values() if one.key not in known}
    rows = (
        *(StatRow(label=label, key=key, values=(0,) * len(table.columns)) for key, label in late.items()),
        *table.rows,
    )
    return replace(
        table,
        rows=tuple(
            replace(
                row,
                values=tuple(
                    booked[row.key, column.code].now if (row.key, column.code) in booked else value
                    for column, value in zip(table.columns, row.values, strict=True)
                ),
            )
            for row in rows
        ),
    )


def lasting_work(figures: Sequence[OrganisationFigure]) -> frozenset[str]:
    """Columns that add up over the parts of a year: work done in the period, in units that are not rounded."""
    return frozenset(one.code for one in figures if one.of is Population.WORK and not one.wan_of)


def _booked(table: StatTable, corrections: Sequence[Booked]) -> Iterator[tuple[Spot, CellChange]]:
    """Figures of 表一 as corrections left them; the latest one counts."""
    for correction in corrections:
        for one in correction.cells:
            if one.table == table.code:
                yield (one.key, one.column), one


def _figures(table: StatTable) -> _Figures:
    codes = [column.code for column in table.columns]
    return _Figures(
        rows={row.key: row for row in table.rows},
        values={
            (row.key, code): value
            for row in table.rows
            for code, value in zip(codes, row.values, strict=True)
        },
    )


def _without(keys: Sequence[str], others: Sequence[str], *, is_body: bool) -> tuple[str, ...]:
    """Those of ``keys`` that are not among ``others``, bodies by any of their names."""
    if not is_body:
        return tuple(sorted(set(keys) - set(others)))
    known = {present_name(name) for name in others}
    return tuple(sorted(key for key in set(keys) if present_name(key) not in known))
