"""The figures of one track in words: value, definition, and how it differs from the period before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from mediation_desk.charts.model import SMALL
from mediation_desk.shared.record import record
from mediation_desk.statistics.analysis import Dashboard
from mediation_desk.statistics.figures import Counted, Derived, book
from mediation_desk.statistics.model import StatRow, StatTable, Value
from mediation_desk.statistics.ports import Spot

NOTHING = "—"
_TENTH = Decimal("0.1")


class Turn(StrEnum):
    """Which way a figure went; the sign is shown before the words that say the same."""

    UP = "▲"
    DOWN = "▼"
    SAME = "＝"


@record
class Shown:
    """A figure of the dashboard: its name there, and for a share without a rate of its own its part and whole."""

    code: str
    name: str = ""
    part: str = ""
    whole: str = ""
    more: str = "多"
    less: str = "少"


SHOWN = (
    Shown(code="registered"),
    Shown(code="accepted"),
    Shown(code="concluded"),
    Shown(code="success_rate", more="高", less="低"),
    Shown(code="average_days", more="慢", less="快"),
    Shown(code="agreed_wan"),
    Shown(code="performed_rate", more="高", less="低"),
    Shown(code="confirm_valid", name="司法确认有效", part="confirm_valid", whole="confirm_applied"),
    Shown(code="satisfaction", more="高", less="低"),
    Shown(code="overdue"),
    Shown(code="open"),
    Shown(code="open_overdue"),
)
"""The same for each track, in this order (design.md §8)."""


@record
class Headline:
    """One figure of one track. ``change`` is empty where there is nothing to compare; ``spot`` leads to its cases.

    ``text`` writes a rate of few cases as a fraction; ``empty`` tells that there is no case behind it.
    """

    code: str
    name: str
    text: str
    definition: str
    spot: Spot
    turn: Turn | None = None
    change: str = ""
    empty: bool = False

    @property
    def spoken(self) -> str:
        """For who cannot see it."""
        return "，".join(filter(None, (self.name, self.text, f"比上期{self.change}" if self.turn else "")))


def headlines(dashboard: Dashboard, track: str) -> tuple[Headline, ...]:
    """The figures of ``track``; one the table does not have (a centre may change its rules) is left out."""
    now = _numbers(dashboard.now, track)
    before = _numbers(dashboard.before, track) if dashboard.before else None
    return tuple(_headline(one, now, before, dashboard, track) for one in SHOWN if _needs(one) <= now.keys())


def _headline(
    shown: Shown, now: Mapping[str, Value], before: Mapping[str, Value] | None, board: Dashboard, track: str
) -> Headline:
    one = book().find(shown.code)
    part, whole = _part_of(shown)
    figure = part or (one.wan_of if isinstance(one, Derived) else one.code)
    turn, change = (None, "") if before is None or _is_stock(shown) else _change(shown, now, before)
    fraction = (
        f"（有效/申请）：{one.definition}；分母是{book().find(whole).definition}" if shown.whole else ""
    )
    return Headline(
        code=shown.code,
        name=shown.name or one.name,
        text=_text(shown, now),
        definition=f"{shown.name or one.name}{fraction}。" if fraction else f"{one.name}：{one.definition}。",
        spot=replace(Spot.at(figure, board.now.period, track=track), whole=whole),
        turn=turn,
        change=change,
        empty=not now.get(figure),
    )


def _text(shown: Shown, numbers: Mapping[str, Value]) -> str:
    part, whole = _part_of(shown)
    one, value = book().find(shown.code), numbers[shown.code]
    if shown.whole or (one.unit == "%" and _few(shown, numbers)):
        return f"{numbers[part] or 0}/{numbers[whole]}" if numbers[whole] else NOTHING
    if value is None:
        return NOTHING
    if one.unit == "%":
        return f"{Decimal(value).quantize(_TENTH)}%"
    return f"{value:,} {one.unit}"


def _change(shown: Shown, now: Mapping[str, Value], before: Mapping[str, Value]) -> tuple[Turn | None, str]:
    """The difference in words; of rates of few cases only what it was."""
    one, new, old = book().find(shown.code), now[shown.code], before[shown.code]
    if one.unit == "%" and (_few(shown, now) or _few(shown, before)):
        return None, _then(shown, before)
    if shown.whole or new is None or old is None:
        return None, _then(shown, before)
    difference = Decimal(new) - Decimal(old)
    if one.unit == "%":
        difference = difference.quantize(_TENTH)
    unit = "点" if one.unit == "%" else one.unit
    if not difference:
        return Turn.SAME, "持平"
    word = shown.more if difference > 0 else shown.less
    return (Turn.UP if difference > 0 else Turn.DOWN), f"{word}{abs(difference):,}{unit}"


def _then(shown: Shown, before: Mapping[str, Value]) -> str:
    words = _text(shown, before)
    return "" if words == NOTHING else f"上期 {words}"


def _few(shown: Shown, numbers: Mapping[str, Value]) -> bool:
    _, whole = _part_of(shown)
    return bool(whole) and (numbers[whole] or 0) < SMALL


def _part_of(shown: Shown) -> tuple[str, str]:
    one = book().find(shown.code)
    if shown.whole:
        return shown.part, shown.whole
    return (one.part, one.whole) if isinstance(one, Derived) else ("", "")


def _needs(shown: Shown) -> set[str]:
    return {shown.code, *filter(None, _part_of(shown))}


def _is_stock(shown: Shown) -> bool:
    """A stock is the same in every period: there is nothing to compare."""
    one = book().find(shown.code)
    return isinstance(one, Counted) and not one.on


def _numbers(table: StatTable, track: str) -> dict[str, Value]:
    row = next((one for one in table.rows if one.label == track), StatRow(label="", values=()))
    return dict(zip((column.code for column in table.columns), row.values, strict=False))
