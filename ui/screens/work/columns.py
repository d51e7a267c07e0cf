"""What the register shows of a line."""

from __future__ import annotations

from mediation_desk.statistics.work.kinds import WorkRules
from mediation_desk.statistics.work.model import WorkEntry
from mediation_desk.statistics.work.words import category_text, numbers_text, state_text
from ui.tables.record_model import Column
from ui.tokens import Tone


def work_columns(rules: WorkRules) -> tuple[Column[WorkEntry], ...]:
    """Day, kind, unit, numbers; a struck line in grey with its reason."""
    return (
        Column("序号", lambda one: str(one.id), width=60, number=True, sort=lambda one: one.id, tone=_tone),
        Column("自", lambda one: one.first.isoformat(), width=108, tone=_tone),
        Column("至", lambda one: one.last.isoformat(), width=108, tone=_tone),
        Column("种类", lambda one: rules.name(one.kind), width=128, tone=_tone),
        Column("单位", lambda one: one.unit_name, width=152, tone=_tone, explain=lambda one: one.unit_name),
        Column(
            "记了什么",
            lambda one: numbers_text(one, rules),
            tone=_tone,
            explain=lambda one: numbers_text(one, rules),
        ),
        Column("备注", _remark, width=100, tone=_tone, explain=lambda one: state_text(one) or one.note),
        Column("综治类别", category_text, width=104, optional=True, tone=_tone),
        Column("记录人", lambda one: one.clerk, width=72, optional=True, tone=_tone),
    )


def _remark(one: WorkEntry) -> str:
    return one.note if one.counts else f"已作废：{one.void_reason}"


def _tone(one: WorkEntry) -> Tone:
    return Tone.INK if one.counts else Tone.QUIET
