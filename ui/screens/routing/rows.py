"""What the two lists of the screen show: units on the left, tasks on the right, each line ready to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.cases.routing.worklist import (
    Load,
    OrderLine,
    Special,
    SponsoredCase,
    Unheard,
    UnreportedRisk,
    Worklist,
)
from ui.screens.case_page.routing.answering import REPLY, TELL
from ui.screens.case_page.routing.lights import due_brief
from ui.tokens import Tone
from ui.widgets.why_line import short_day

UNREPORTED, UNDECIDED, LATE, LEADER, UNHEARD = "该上报", "值班长要定", "该督办", "领导要看", "未反馈"
ALL = "全部单位"
LISTS = (UNREPORTED, UNDECIDED, LATE, LEADER, UNHEARD)
_INDENT = "　"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A line on the left: ``name`` is the unit's full name, a list's own name, or 全部单位."""

    name: str
    label: str
    open: int = 0
    overdue: int = 0
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A line on the right. ``no`` 0 is about the case itself; ``wants`` is the form most likely needed."""

    case_key: str
    no: int
    title: str
    what: str
    who: str
    since: date
    due: str
    tone: Tone
    standing: str
    wants: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """Which line it is across two readings."""
        return self.case_key, self.no, self.wants


def unit_rows(tree: UnitTree, loads: tuple[Load, ...], special: Special) -> tuple[UnitRow, ...]:
    """The five lists, everything together, then the tree; units no register knows come last."""
    by_name = {load.to: load for load in loads}
    known = {unit.name for unit in tree.units}
    sizes = {
        UNREPORTED: len(special.unreported),
        UNDECIDED: len(special.undecided),
        LATE: len(special.late),
        LEADER: len(special.escalated) + len(special.sponsored),
        UNHEARD: len(special.unheard),
    }
    lists = [UnitRow(name, name, size, is_list=True) for name, size in sizes.items()]
    total = UnitRow(ALL, ALL, sum(one.open for one in loads), sum(one.overdue for one in loads))
    units = [
        _unit_row(unit.name, f"{_INDENT * depth}{unit.short}", by_name.get(unit.name))
        for depth, unit in tree.walk()
    ]
    others = [_unit_row(load.to, load.to, load) for load in loads if load.to not in known]
    return (*lists, total, *units, *others)


def worklist_rows(found: Worklist, tree: UnitTree) -> tuple[TaskRow, ...]:
    """A unit's orders of the period."""
    return tuple(_order_row(line, found.on, "" if found.unit else _short(tree, line)) for line in found.lines)


def special_rows(name: str, special: Special, tree: UnitTree, on: date) -> tuple[TaskRow, ...]:
    """One of the five lists."""
    match name:
        case _ if name == UNREPORTED:
            return tuple(_risk_row(risk) for risk in special.unreported)
        case _ if name == UNDECIDED:
            return tuple(_refused_row(line) for line in special.undecided)
        case _ if name == LATE:
            return tuple(_order_row(line, on, _short(tree, line), wants="supervise") for line in special.late)
        case _ if name == LEADER:
            twice = (_order_row(line, on, _short(tree, line)) for line in special.escalated)
            return (*twice, *(_sponsored_row(case, on) for case in special.sponsored))
    return tuple(_unheard_row(one, on) for one in special.unheard)


def counts_words(found: Worklist) -> str:
    """``没有办完 3 件，逾期 1 件；办完 2 件``."""
    counts = found.counts
    return f"没有办完 {counts.open} 件，逾期 {counts.overdue} 件；办完 {counts.done} 件"


def _unit_row(name: str, label: str, load: Load | None) -> UnitRow:
    return UnitRow(name, label, load.open if load else 0, load.overdue if load else 0)


def _order_row(line: OrderLine, on: date, unit: str, *, wants: str = "") -> TaskRow:
    due, tone = due_brief(line.due_on, on) if line.is_open else ("—", Tone.QUIET)
    who = "，".join(part for part in (unit, line.person) if part)
    done = line.replied_on
    standing = line.status.value if line.is_open or done is None else f"{short_day(done, on)} 办完"
    return TaskRow(
        line.case_key, line.no, line.title, _what(line), who or "—", line.given_on, due, tone, standing, wants
    )


def _short(tree: UnitTree, line: OrderLine) -> str:
    unit = tree.named(line.to)
    return unit.short if unit is not None else line.to


def _risk_row(risk: UnreportedRisk) -> TaskRow:
    told = f"{risk.kind}：{risk.note}" if risk.note else risk.kind
    return TaskRow(
        risk.case_key,
        0,
        risk.title,
        told,
        risk.noted_by,
        risk.noted_on,
        "立即",
        Tone.SEAL,
        "没有上报",
        "report",
    )


def _refused_row(line: OrderLine) -> TaskRow:
    told = f"{line.to}退回：{line.refusal}"
    day = line.refused_on or line.given_on
    return TaskRow(line.case_key, 0, line.title, told, "值班长", day, "—", Tone.SEAL, "两次退回", "assign")


def _sponsored_row(case: SponsoredCase, on: date) -> TaskRow:
    due, tone = due_brief(case.due_on, on)
    who = f"{case.post}{case.name}"
    return TaskRow(case.case_key, 0, case.title, "包案", who, case.since, due, tone, case.state, "case")


def _unheard_row(one: Unheard, on: date) -> TaskRow:
    told = one.listener
    due, tone = due_brief(told.due_on, on)
    wants = REPLY.code if told.order is None else TELL.code
    return TaskRow(
        one.case_key,
        told.order or 0,
        one.title,
        told.basis,
        told.name,
        told.since,
        due,
        tone,
        "未反馈",
        wants,
    )


def _what(line: OrderLine) -> str:
    told = f"{line.kind}：{line.task}"
    return f"{told}（{line.reply}）" if line.reply else told
