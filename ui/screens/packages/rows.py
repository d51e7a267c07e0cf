"""The cases of a package as rows, and in which colour."""

from __future__ import annotations

from mediation_desk.interchange.packages.model import CaseLine, Difference, Outcome, Side, expected
from ui.tables.record_model import Column
from ui.tokens import Tone

SIDES = {Side.OURS: "留本处的", Side.THEIRS: "用对方的"}
_TONES = {Outcome.BAD: Tone.SEAL, Outcome.WAITING: Tone.SOON, Outcome.UNTOUCHED: Tone.QUIET}


def case_columns() -> tuple[Column[CaseLine], ...]:
    """One case a row."""
    return (
        Column("状态", _standing, width=110, tone=_tone),
        Column("编号", lambda one: one.number or one.key or one.their_key, width=230, tone=_tone),
        Column("案件", lambda one: one.title, tone=_tone, explain=lambda one: one.title),
        Column("说明", _why, tone=_tone, explain=_why),
    )


def difference_columns() -> tuple[Column[Difference], ...]:
    """One place both changed a row."""
    return (
        Column("哪一项", lambda one: one.name, width=170, explain=lambda one: one.name),
        Column("本处写的", lambda one: _line(one.ours), explain=lambda one: one.ours),
        Column("对方写的", lambda one: _line(one.theirs), explain=lambda one: one.theirs),
        Column("原来", lambda one: _line(one.before), optional=True, explain=lambda one: one.before),
        Column("用谁的", _side, width=90, tone=lambda one: Tone.INK if one.take else Tone.SOON),
    )


def _side(one: Difference) -> str:
    return SIDES[one.take] if one.take is not None else "待看"


def _standing(one: CaseLine) -> str:
    return str(one.outcome or one.standing)


def _tone(one: CaseLine) -> Tone:
    return _TONES.get(expected(one), Tone.INK)


def _why(one: CaseLine) -> str:
    undecided = sum(each.take is None for each in one.differences)
    parts = [one.reason, f"待看{undecided}项" if undecided else "", "、".join(one.fields)]
    return "；".join(part for part in parts if part)


def _line(words: str) -> str:
    return " ".join(words.split()) or "（空）"
