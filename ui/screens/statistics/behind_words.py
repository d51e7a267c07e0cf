"""What the list behind a figure is called, what is counted in it, and whether it adds up."""

from __future__ import annotations

from mediation_desk.statistics.figures import Counted
from mediation_desk.statistics.model import Value
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.render import told
from mediation_desk.statistics.submitting.hiding import outside_told
from ui.screens.statistics.behind_lines import number
from ui.screens.statistics.checks_view import sentence
from ui.screens.statistics.page import AtSpots, Behind, Sought

_OUTSIDE = "，其余属于不在您查看范围内的案件"
_STALE = "不一致，案件刚有变动，请按 F5 重新读取"


def named(sought: Sought) -> str:
    """The figure, with its value where it is a cell of a table."""
    if not isinstance(sought, Behind):
        return sought.words
    if sought.violation is not None:
        return f"引起不符的案件　{sentence(sought.violation)}"
    table = sought.table
    row, column = table.row(sought.row), table.column(sought.column)
    text = told(table, row, column)
    unit = "" if column.unit == "%" or text == "—" else f" {column.unit}"
    group = f"{column.group}：" if column.group else ""
    return f"{sought.row}　{group}{column.name}　{text}{unit}"


def defined(sought: Sought, figure: Counted | None) -> str:
    """How the figure that is listed is counted."""
    if isinstance(sought, Behind) and (figure is None or sought.violation is not None):
        return f"{sought.table.column(sought.column).definition}。"
    return f"{figure.definition}。" if figure is not None else ""


def agreement(sought: Sought, expected: Value, total: Value, unit: str, *, whole: bool) -> str:
    """Whether the list adds up to what is shown; empty where nothing is shown to compare it with.

    Not ``whole``: the account sees a part of the cases, and what is missing is told as that.
    """
    if expected is None:
        return ""
    if not whole and total is not None and expected > total:
        return f"，{outside_told(int(expected - total))}" if unit == "件" else _OUTSIDE
    there = "表中" if isinstance(sought, Behind) else "所点"
    if isinstance(sought, Behind) and sought.submission is not None:
        there = "报送"
    if expected == total:
        return f"，与{there}数字一致" if there != "所点" else "，与所点的数字一致"
    of = "表中的" if there == "表中" else f"{there}的"
    return f"，与{of} {number(expected, unit)} {unit}{_STALE}"


def counts_cases(sought: Sought) -> bool:
    """表一 is counted from bodies, people and work."""
    return not (isinstance(sought, Behind) and sought.table.code == organisations.CODE)


def stays(sought: Sought) -> bool:
    """Whether it is the same list whatever the head asks."""
    return not isinstance(sought, AtSpots) and (not isinstance(sought, Behind) or bool(sought.submission))
