"""A statistical table turned on its side: one line per indicator, one column per track or unit."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from mediation_desk.shared.record import record
from mediation_desk.statistics.model import StatTable, Value
from mediation_desk.statistics.render import shown
from ui.tables.record_model import Column
from ui.tokens import Tone

GROUP_COLUMN = 0
"""Where the merged headings stand."""
_GROUP_WIDTH, _NAME_WIDTH, _NUMBER_WIDTH = 136, 240, 104
_SIDE_BY_SIDE = 5
_LABEL_LINE = 6
_FEW = 30
"""Below this many cases a rate says less than the counts behind it."""


@record
class Indicator:
    """One line: what is counted, its unit, what it comes to in each column, and its definition.

    ``heads`` is the number of lines the group's heading covers from here on; 0 inside a group.
    """

    code: str
    number: str
    group: str
    name: str
    unit: str
    values: tuple[str, ...]
    raw: tuple[Value, ...]
    definition: str
    heads: int = 0


@record
class TrackSum:
    """What one track comes to, for the three columns at the top."""

    label: str
    concluded: int
    success: int
    persons: int
    agreed_wan: str
    performed: int

    @property
    def rate(self) -> str:
        """``7/9`` while there are few, ``83.33%`` when there are many; a dash for none."""
        if not self.concluded:
            return "—"
        if self.concluded < _FEW:
            return f"{self.success}/{self.concluded}"
        return f"{Decimal(self.success) * 100 / Decimal(self.concluded):.2f}%"


def indicators(table: StatTable) -> tuple[Indicator, ...]:
    """The lines of ``table`` as the screen shows them; amounts in yuan are left to the files."""
    columns = [(place, column) for place, column in enumerate(table.columns) if column.on_sheet]
    found: list[Indicator] = []
    for group, members in groupby(columns, key=lambda pair: pair[1].group):
        listed = list(members)
        for order, (place, column) in enumerate(listed):
            found.append(
                Indicator(
                    code=column.code,
                    number=column.number,
                    group=group,
                    name=column.name,
                    unit=column.unit,
                    values=tuple(shown(row.values[place], column) for row in table.rows),
                    raw=tuple(row.values[place] for row in table.rows),
                    definition=column.definition,
                    heads=len(listed) if group and not order else 0,
                )
            )
    return tuple(found)


def indicator_columns(table: StatTable) -> tuple[Column[Indicator], ...]:
    """Group, indicator and unit, then one number column for each row of ``table``.

    Many rows put the sum first; those that do not fit give way, the side pane has them all.
    """
    numbered = any(column.number for column in table.columns)
    fixed: tuple[Column[Indicator], ...] = (
        Column("分组", lambda one: one.group, width=_GROUP_WIDTH, tone=lambda _one: Tone.QUIET),
        Column(
            "指标",
            lambda one: f"{one.number}　{one.name}" if numbered else one.name,
            width=_NAME_WIDTH if numbered else 0,
            explain=_explained,
        ),
        Column("单位", lambda one: one.unit, width=58, tone=lambda _one: Tone.QUIET, optional=True),
    )
    many = len(table.rows) > _SIDE_BY_SIDE
    order = sorted(range(len(table.rows)), key=lambda place: many and not table.rows[place].is_total)
    rows = ((place, table.rows[place]) for place in order)
    return (*fixed, *(_number(place, row.label, optional=many and not row.is_total) for place, row in rows))


def track_sums(table: StatTable) -> tuple[TrackSum, ...]:
    """The three tracks of the summary table, without the sum over them."""
    return tuple(
        TrackSum(
            label=row.label,
            concluded=_count(table.value(row, "concluded")),
            success=_count(table.value(row, "success")),
            persons=_count(table.value(row, "persons")),
            agreed_wan=f"{table.value(row, 'agreed_wan') or 0:,.2f}",
            performed=_count(table.value(row, "performed")),
        )
        for row in table.rows
        if not row.is_total
    )


def _count(value: Value) -> int:
    return int(value or 0)


def _explained(one: Indicator) -> str:
    return f"{one.name}：{one.definition}。"


def _number(place: int, label: str, *, optional: bool) -> Column[Indicator]:
    lines = (label[start : start + _LABEL_LINE] for start in range(0, len(label), _LABEL_LINE))
    return Column(
        "\n".join(lines),
        lambda one: one.values[place],
        width=_NUMBER_WIDTH,
        number=True,
        optional=optional,
        tone=lambda one: Tone.INK if one.raw[place] else Tone.QUIET,
        explain=lambda one: f"{label}　{_explained(one)}",
    )
