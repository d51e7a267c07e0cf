"""Which rule, which lines and which cases a table is made of when somebody asks for it by code, unit and lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.dimensions import DIMENSIONS, UNIT, label_of
from mediation_desk.statistics.filling import Line, by, fill
from mediation_desk.statistics.lines import body_lines, unit_lines
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.organisations.reading import read_organisations, read_tree
from mediation_desk.statistics.organisations.table import CODE, OrganisationTable
from mediation_desk.statistics.periods import fiscal_year_of
from mediation_desk.statistics.ports import FigureReader, Question, StatisticsWork, TableWork
from mediation_desk.statistics.tables import TableRule, tables
from mediation_desk.statistics.units import unit_line, within


def rule_for(code: str, lines: str) -> TableRule:
    """The rule of a table, with other lines where asked. Raises ``InputError`` for an unknown table or dimension."""
    listed = tables().listed
    if code not in listed:
        raise InputError(f"没有统计表“{code}”，可选{'、'.join((*listed, CODE))}。", field="table")
    if not lines:
        return listed[code]
    if lines not in DIMENSIONS:
        raise InputError(f"不能按“{lines}”分行，可选{'、'.join(DIMENSIONS)}。", field="--by")
    made = by(listed[code], lines, DIMENSIONS[lines])
    return replace(made, rows=("body",)) if lines == UNIT else made


def filled(work: TableWork, rule: TableRule, asked: Question, unit: str = "") -> StatTable:
    """The table for ``asked``, of ``unit`` and below only. Raises ``InputError`` as `units.within`."""
    reader, year = work.statistics, fiscal_year_of(min(asked.period.last, asked.as_of))
    by_body = rule.rows == ("body",)
    if not (unit or by_body):
        return fill(rule, reader, asked, label_of, year=year)
    tree = read_tree(work.organisations, asked.period)
    if unit:
        asked = replace(asked, among=within(tree, unit, asked.among))
    if not by_body:
        return fill(rule, reader, asked, label_of, year=year)
    if rule.row_key == UNIT:
        return fill(rule, reader, asked, label_of, year=year, lines=lambda _: unit_lines(tree, unit))

    def lines(counted: Iterable[str]) -> tuple[Line, ...]:
        return body_lines(tree, _bodies(reader, rule, asked, counted))

    return fill(rule, reader, asked, label_of, year=year, lines=lines)


def organisations_of(work: StatisticsWork, period: Period, as_of: date, unit: str) -> OrganisationTable:
    """表一 of a unit and below. Raises ``InputError`` for no such unit."""
    under = unit_line(read_tree(work.organisations, period), unit).code if unit else ""
    return read_organisations(work.organisations, period, under=under, as_of=as_of)


def _bodies(
    reader: FigureReader, rule: TableRule, asked: Question, counted: Iterable[str]
) -> tuple[str, ...]:
    """Names of the bodies that have a line: the committees where the table wants them, and who has cases."""
    names = dict.fromkeys((*(reader.committees() if rule.committees else ()), *counted))
    wanted = asked.among.bodies
    return tuple(name for name in names if not wanted or name in wanted)
