"""What stands behind a figure, line by line, as the list shows it."""

from __future__ import annotations

from decimal import Decimal

from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import Counted
from mediation_desk.statistics.mediators.model import CaseLine
from mediation_desk.statistics.model import Value
from mediation_desk.statistics.ports import Share
from ui.tables.record_model import Column
from ui.tokens import Tone

PAGE = 200
"""How many cases are read at once."""

Cursor = tuple[int, str]
"""Behind which spot and which key the next cases are read."""
START: Cursor = (0, "")


@record
class Member:
    """What a figure of 表一 is counted from that is no case; ``screen`` and ``argument`` lead to it, if anything."""

    kind: str
    name: str
    words: str = ""
    screen: str = ""
    argument: str = ""


@record
class BehindLine:
    """A case and what it adds; without the right to read cases only what it adds."""

    place: int
    share: Share
    unit: str
    case: CaseLine | None = None
    member: Member | None = None
    spot: int = 0

    @property
    def key(self) -> tuple[int, str]:
        """A case may stand behind several spots."""
        return self.spot, self.share.case_key


@record
class Page:
    """Some of the lines. ``expected`` is the number they add up to, where one is shown as such."""

    lines: tuple[BehindLine, ...]
    more: bool = False
    cursor: Cursor = START
    figure: Counted | None = None
    whole: Counted | None = None
    expected: Value = None


def columns() -> tuple[Column[BehindLine], ...]:
    """What the list shows of each case."""
    return (
        Column("序号", lambda one: str(one.place), width=64, number=True, tone=lambda _one: Tone.QUIET),
        Column("编号", lambda one: (one.case.number or "—") if one.case else "—", width=218, optional=True),
        Column("纠纷", lambda one: one.case.title if one.case else "（不能查看）"),
        Column("纠纷类型", lambda one: one.case.category.value if one.case else "", width=150, optional=True),
        Column("结果", _result, width=92),
        Column("日期", lambda one: one.share.day.isoformat() if one.share.day else "—", width=112),
        Column("计入", lambda one: f"{number(one.share.adds, one.unit)} {one.unit}", width=128, number=True),
    )


def member_columns() -> tuple[Column[BehindLine], ...]:
    """What the list shows of bodies, people and work."""
    return (
        Column("序号", lambda one: str(one.place), width=64, number=True, tone=lambda _one: Tone.QUIET),
        Column("种类", lambda one: one.member.kind if one.member else "", width=150),
        Column("名称", lambda one: one.member.name if one.member else ""),
        Column("记了什么", lambda one: one.member.words if one.member else "", optional=True),
    )


def _result(one: BehindLine) -> str:
    if one.case is None:
        return ""
    return one.case.result.value if one.case.result else one.case.state.value


def number(value: Value, unit: str) -> str:
    """A sum as people read it."""
    if value is None:
        return "—"
    return f"{Decimal(value):,.2f}" if unit == "元" else f"{value:,}"
