"""Statistical tables made by hand, with only the numbers a test speaks of; everything else is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mediation_desk.statistics.figures import book
from mediation_desk.statistics.model import Column, Period, StatRow, StatTable
from mediation_desk.statistics.organisations.rules import organisation_rules
from mediation_desk.statistics.periods import before, year_before
from mediation_desk.statistics.reporting.material import Material, Source
from mediation_desk.statistics.tables import tables

Lines = Mapping[str, Mapping[str, int | Decimal]]
OCTOBER = Period(first=date(2026, 10, 1), last=date(2026, 10, 31))
LATER = date(2026, 11, 20)
TRACKS = ("人民调解", "行政调解", "司法调解")


def table(code: str, lines: Lines, period: Period, *, row_title: str = "") -> StatTable:
    """The table ``code`` with these numbers in its lines, the sum beneath them, and rates worked out."""
    rule = tables().listed[code]
    total: dict[str, int | Decimal] = {}
    for numbers in lines.values():
        for key, value in numbers.items():
            total[key] = total.get(key, 0) + value
    rows = [_row(label, numbers, rule.columns) for label, numbers in lines.items()]
    return StatTable(
        code=code, title=rule.title, row_key=rule.row_key, row_title=row_title or rule.row_title,
        columns=rule.columns, rows=(*rows, _row("合计", total, rule.columns, is_total=True)),
        period=period, as_of=LATER, no=rule.no,
    )  # fmt: skip


def material(
    now: Lines | None = None, then: Lines | None = None, annual: Lines | None = None, *,
    period: Period = OCTOBER, as_of: date = LATER, kinds: Lines | None = None, centre: str = "测试中心",
) -> Material:  # fmt: skip
    """What a report is written from; ``now``, ``then`` and ``annual`` are the lines of 三调汇总."""

    def of(lines: Lines | None, days: Period) -> dict[Source, StatTable]:
        filled = {track: (lines or {}).get(track, {}) for track in TRACKS}
        return {
            Source.TRACKS: table("tracks", filled, days),
            Source.CASES: table("cases", {"测试调委会": {}}, days),
            Source.KINDS: table("tracks", kinds or {}, days, row_title="纠纷类型"),
        }

    return Material(
        centre=centre,
        period=period,
        as_of=as_of,
        made_on=as_of,
        now=of(now, period)
        | {Source.AREAS: table("tracks", {}, period), Source.ORGANISATIONS: _organisations(period)},
        before=of(then, before(period)),
        year=of(annual, year_before(period)),
    )


def people(registered: int = 0, concluded: int = 0, success: int = 0, **more: int | Decimal) -> Lines:
    """Numbers of 人民调解 alone."""
    own: dict[str, int | Decimal] = {"registered": registered, "concluded": concluded, "success": success}
    return {"人民调解": {**own, **more}}


def _row(
    label: str, numbers: Mapping[str, int | Decimal], columns: tuple[Column, ...], *, is_total: bool = False
) -> StatRow:
    values = tuple(book().value(column.code, numbers) for column in columns)
    return StatRow(label=label, values=values, is_total=is_total)


def _organisations(period: Period) -> StatTable:
    columns = tuple(
        Column(code=one.code, name=one.name, unit=one.unit, definition="", source="")
        for one in organisation_rules().figures
    )
    row = StatRow(label="合计", values=tuple(0 for _ in columns), is_total=True)
    return StatTable(
        code="organisations", title="表一", row_key="unit", row_title="单位", columns=columns, rows=(row,),
        period=period, as_of=period.last,
    )  # fmt: skip
