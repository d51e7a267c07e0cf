"""表一 人民调解组织队伍经费保障情况统计表: the figures per reporting line, with the keys behind each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import to_wan
from mediation_desk.statistics.model import Column, StatRow, StatTable, Value
from mediation_desk.statistics.organisations.facts import Fact, OrganisationFacts, WorkFact
from mediation_desk.statistics.organisations.rules import (
    UNKNOWN,
    OrganisationFigure,
    Population,
    organisation_rules,
)
from mediation_desk.statistics.organisations.tree import Line, ReportingTree

CODE, NO, TITLE = "organisations", "表一", "人民调解组织队伍经费保障情况统计表"
YUAN = "yuan"
TOTAL, OWN = "total", "own"
"""Codes of the row over all others, and of what stands on the unit itself."""


@record
class OrganisationTable:
    """The table, and what each of its figures was counted from, by code of the row and of the column."""

    table: StatTable
    keys: Mapping[tuple[str, str], tuple[str, ...]]

    def members(self, row: str, column: str) -> tuple[str, ...]:
        """What a figure was counted from: names of bodies and rooms, pool numbers, numbers of work entries."""
        return self.keys.get((row, column), ())


def organisation_table(
    tree: ReportingTree,
    facts: OrganisationFacts,
    *,
    under: str = "",
    as_of: date | None = None,
    figures: tuple[OrganisationFigure, ...] = (),
) -> OrganisationTable:
    """表一 of the unit ``under`` (the root when empty): itself, each unit right below with all it holds, the sum.

    Townships and villages always have a row, others where there is something. ``figures`` are the columns, else those
    of the rules in force. Raises ``InputError`` for no unit.
    """
    top = tree.line(under) if under else tree.root
    if top is None:
        raise InputError(f"单位名册里没有“{under}”。", field="unit")
    figures = figures or organisation_rules().figures
    by_line = _by_line(facts, figures)
    rows = [
        (code, label, remark, _together(by_line, lines))
        for code, label, remark, lines, always in _parts(tree, top)
        if always or any(line.code in by_line for line in lines)
    ]
    rows.append((TOTAL, "合计", "", _together(by_line, tree.under(top.code))))
    counted = {code: _counted(figures, of) for code, _, _, of in rows}
    return OrganisationTable(
        table=StatTable(
            code=CODE,
            title=TITLE,
            row_key="unit",
            row_title="单位",
            columns=_columns(figures),
            rows=tuple(
                StatRow(
                    label=label,
                    values=tuple(value for value, _ in counted[code]),
                    is_total=code == TOTAL,
                    remark=remark,
                    key=code,
                )
                for code, label, remark, _ in rows
            ),
            period=tree.period,
            as_of=as_of or tree.period.last,
            no=NO,
            notes=_notes(facts),
        ),
        keys={
            (code, figure.code): keys
            for code, numbers in counted.items()
            for figure, (_, keys) in zip(figures, numbers, strict=True)
        },
    )


def unequal(table: StatTable) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Label of the row, rule and columns of every check that does not hold; the sum is looked at too."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for row in table.rows:
        for check in organisation_rules().checks:
            parts = sum(table.value(row, part) or 0 for part in check.parts)
            if table.value(row, check.whole) != parts:
                found.append((row.label, check.rule, (check.whole, *check.parts)))
    *single, last = table.rows
    for place, column in enumerate(table.columns):
        if column.in_file and sum(row.values[place] or 0 for row in single) != last.values[place]:
            found.append((last.label, f"{column.name}的合计等于各行之和", (column.code,)))
    return tuple(found)


def _parts(tree: ReportingTree, top: Line) -> Iterable[tuple[str, str, str, tuple[Line, ...], bool]]:
    """Code, label, remark and lines of each row, and whether it stands there even when empty."""
    children = tree.children(top.code)
    yield OWN, f"{top.label}（本级）" if children else top.label, top.remark, (top,), not children
    for child in children:
        lines = tree.under(child.code)
        remarks = [child.remark, *(f"{one.label}：{one.remark}" for one in lines[1:] if one.remark)]
        told = "；".join(one for one in remarks if one)
        yield child.code, child.label, told, lines, child.township_or_village and child.stands


def _by_line(
    facts: OrganisationFacts, figures: Iterable[OrganisationFigure]
) -> dict[str, dict[Population, list[Fact]]]:
    found: dict[str, dict[Population, list[Fact]]] = {}
    kinds = _kinds(figures)
    groups: tuple[tuple[Population, Sequence[Fact]], ...] = (
        (Population.BODIES, [one for one in facts.bodies if one.committee]),
        (Population.STATIONS, facts.stations),
        (Population.PEOPLE, facts.people),
        (Population.WORK, [one for one in facts.work if one.kind in kinds]),
    )
    for population, group in groups:
        for fact in group:
            found.setdefault(fact.line, defaultdict(list))[population].append(fact)
    return found


def _kinds(figures: Iterable[OrganisationFigure]) -> Collection[object]:
    """Kinds of work some figure asks for; a row stands for these only."""
    return {kind for one in figures if one.of is Population.WORK for kind in one.where.get("kind", ())}


def _together(
    by_line: Mapping[str, Mapping[Population, list[Fact]]], lines: Iterable[Line]
) -> Mapping[Population, list[Fact]]:
    found: dict[Population, list[Fact]] = defaultdict(list)
    for line in lines:
        for population, facts in by_line.get(line.code, {}).items():
            found[population] += facts
    return found


def _counted(
    figures: Iterable[OrganisationFigure], of: Mapping[Population, list[Fact]]
) -> tuple[tuple[Value, tuple[str, ...]], ...]:
    """Value and keys of each figure; the value is counted from the very facts whose keys are given."""
    found: list[tuple[Value, tuple[str, ...]]] = []
    for figure in figures:
        facts = [fact for fact in of.get(figure.of, ()) if figure.takes(fact)]
        found.append((_value(figure, facts), tuple(fact.key for fact in facts)))
    return tuple(found)


def _value(figure: OrganisationFigure, facts: Sequence[Fact]) -> Value:
    if not figure.add:
        return len(facts)
    if figure.add == YUAN:
        yuan = sum((one.yuan for one in facts if isinstance(one, WorkFact)), Decimal("0.00"))
        return to_wan(yuan) if figure.wan_of else yuan
    return sum(int(getattr(fact, figure.add)) for fact in facts)


def _columns(figures: Iterable[OrganisationFigure]) -> tuple[Column, ...]:
    """Numbered from left to right as they stand on the sheet."""
    made: list[Column] = []
    number = 0
    for figure in figures:
        on_sheet = figure.add != YUAN or bool(figure.wan_of)
        number += on_sheet
        made.append(
            Column(
                code=figure.code,
                name=figure.name,
                unit=figure.unit,
                definition=figure.definition,
                source=figure.source,
                group=figure.group,
                number=str(number) if on_sheet else "",
                on_sheet=on_sheet,
                in_file=not figure.wan_of,
            )
        )
    return tuple(made)


def _notes(facts: OrganisationFacts) -> tuple[str, ...]:
    notes: list[str] = []
    unsure = [one.key for one in facts.people if not one.sure]
    if unsure:
        notes.append(
            f"{len(unsure)}人的聘任状态在这一天以后改过，以前的状态没有留下，按在聘计：{'、'.join(unsure)}。"
        )
    homeless = [one.key for one in facts.people if not one.placed]
    if homeless:
        notes.append(f"{len(homeless)}人的所属单位不在名册里，计在最上一级：{'、'.join(homeless)}。")
    strangers = [one.key for one in facts.bodies if one.committee and not one.registered]
    if strangers:
        notes.append(f"名册（centre.toml）里没有、按案件计入的调委会：{'、'.join(strangers)}。")
    unknown = [one.key for one in facts.people if one.schooling == UNKNOWN]
    if unknown:
        notes.append(f"{len(unknown)}人没有登记学历或者认不出，请在专家库里补齐：{'、'.join(unknown)}。")
    return tuple(notes)
