"""How submissions, changed figures and moved cases stand in their tables."""

from __future__ import annotations

from mediation_desk.shared.dates import cn_date
from mediation_desk.statistics.model import Column as Figure
from mediation_desk.statistics.model import Period, Value
from mediation_desk.statistics.render import shown
from mediation_desk.statistics.submitting.model import CaseChange, CellChange, Submission
from ui.tables.record_model import Column
from ui.tokens import Tone


def period_words(period: Period) -> str:
    """``2026年7月1日—2026年9月30日``."""
    return f"{cn_date(period.first)}—{cn_date(period.last)}"


def _number(cell: CellChange, value: Value) -> str:
    return shown(value, Figure(code="", name="", unit=cell.unit, definition="", source=""))


def _difference(cell: CellChange) -> str:
    return "—" if cell.difference is None else f"{cell.difference:+,}"


def _facts(one: CaseChange) -> str:
    return "，".join(f"{fact.name}：{fact.before}→{fact.after}" for fact in one.facts)


def _told(one: CaseChange) -> str:
    return "；".join(
        f"{event.at.astimezone():%m-%d} {event.account} {event.sentence or event.step}"
        for event in one.events
    )


def _state(one: CaseChange) -> str:
    numbers = "、".join(map(str, one.booked))
    if one.pending:
        return f"待登记（已有更正{numbers}）" if numbers else "待登记"
    return f"更正{numbers}"


SUBMISSIONS: tuple[Column[Submission], ...] = (
    Column("统计期间", lambda one: period_words(one.period), width=260),
    Column("第几次", lambda one: f"第{one.no}次", width=76),
    Column("报送人", lambda one: one.display_name, width=96),
    Column("报送时间", lambda one: f"{one.at.astimezone():%Y-%m-%d %H:%M}", width=150),
    Column("截至", lambda one: one.as_of.isoformat(), width=110, optional=True),
    Column("案件", lambda one: str(one.cases), width=72, number=True),
    Column("说明", lambda one: "；".join(filter(None, (one.reason, one.override, one.note)))),
    Column("校验值", lambda one: one.sha256[:12], width=120, optional=True),
)
CELLS: tuple[Column[CellChange], ...] = (
    Column("统计表", lambda one: one.caption.split()[0], width=96, optional=True),
    Column("行", lambda one: one.row, width=150),
    Column("指标", lambda one: one.name),
    Column("单位", lambda one: one.unit, width=58, optional=True),
    Column("报送数", lambda one: _number(one, one.submitted), width=110, number=True),
    Column("更正后", lambda one: _number(one, one.corrected), width=110, number=True, optional=True),
    Column("现在", lambda one: _number(one, one.now), width=110, number=True),
    Column(
        "差",
        _difference,
        width=90,
        number=True,
        tone=lambda one: Tone.SEAL if one.pending else Tone.QUIET,
    ),
    Column("增减", lambda one: one.members, optional=True),
    Column("更正", lambda one: "待登记" if one.pending else "已登记", width=76, optional=True),
)
CASES: tuple[Column[CaseChange], ...] = (
    Column("案件代码", lambda one: one.case_key, width=170),
    Column("怎样", lambda one: one.kind, width=100),
    Column("更正", _state, width=110, tone=lambda one: Tone.SEAL if one.pending else Tone.QUIET),
    Column("改了什么", _facts),
    Column("案件里怎么说", _told, optional=True),
)
