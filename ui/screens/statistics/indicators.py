"""A statistical table turned on its side: one line per indicator, one column per track or unit."""

from __future__ import annotations

from decimal import Decimal

from mediation_desk.shared.record import record
from mediation_desk.statistics.model import StatTable, Value
from mediation_desk.statistics.render import shown
from ui.tables.record_model import Column
from ui.tokens import Tone


@record
class Indicator:
    """One line: what is counted, its unit, what it comes to in each column, and its definition."""

    code: str
    name: str
    unit: str
    values: tuple[str, ...]
    raw: tuple[Value, ...]
    definition: str


def indicators(table: StatTable) -> tuple[Indicator, ...]:
    """The lines of ``table`` as the screen shows them; amounts in yuan are left to the files."""
    return tuple(
        Indicator(
            code=column.code,
            name=f"{column.group}：{column.name}" if column.group else column.name,
            unit=column.unit,
            values=tuple(shown(row.values[place], column) for row in table.rows),
            raw=tuple(row.values[place] for row in table.rows),
            definition=f"{column.name}：{column.definition}。"
            + (f"（{column.source}）" if column.source else ""),
        )
        for place, column in enumerate(table.columns)
        if column.on_sheet
    )


def indicator_columns(table: StatTable) -> tuple[Column[Indicator], ...]:
    """Name and unit, then one number column for each row of ``table``; the sum in ink, the others quiet when 0."""
    fixed: tuple[Column[Indicator], ...] = (
        Column("指标", lambda one: one.name, explain=lambda one: one.definition),
        Column("单位", lambda one: one.unit, width=64, tone=lambda _one: Tone.QUIET),
    )
    return fixed + tuple(_number(place, row.label) for place, row in enumerate(table.rows))


def total_of(table: StatTable, code: str) -> str:
    """What ``code`` comes to in the sum, as shown; "—" when the table has no such indicator."""
    for place, column in enumerate(table.columns):
        if column.code == code and table.rows:
            return shown(table.rows[-1].values[place], column).removesuffix("%")
    return "—"


def _number(place: int, label: str) -> Column[Indicator]:
    def number(one: Indicator) -> Decimal:
        value = one.raw[place]
        return Decimal(-1) if value is None else Decimal(value)

    return Column(
        label,
        lambda one: one.values[place],
        width=128,
        number=True,
        tone=lambda one: Tone.INK if one.raw[place] else Tone.QUIET,
        sort=number,
        explain=lambda one: one.definition,
    )
