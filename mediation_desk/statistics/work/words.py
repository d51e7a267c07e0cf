"""A line of work in words, the same on screen, in the terminal and on the sheet."""

from __future__ import annotations

from decimal import Decimal

from mediation_desk.shared.money import figures
from mediation_desk.statistics.work.kinds import WorkRules, zz_tops
from mediation_desk.statistics.work.model import WorkEntry, WorkSums


def days_text(entry: WorkEntry) -> str:
    """``2026-03-02`` or ``2026-03-02 至 2026-03-06``."""
    first, last = entry.first.isoformat(), entry.last.isoformat()
    return first if first == last else f"{first} 至 {last}"


def numbers_text(entry: WorkEntry, rules: WorkRules) -> str:
    """``排查 2次，发现纠纷 5件``, in the order of the kind."""
    kind = rules.known(entry.kind)
    if kind is None:
        return ""
    told = ((rule, entry.number(rule.name)) for rule in kind.numbers)
    return "，".join(f"{rule.word} {_shown(value)}{rule.unit}" for rule, value in told if value is not None)


def category_text(entry: WorkEntry) -> str:
    """Name of the 综治 class, or empty."""
    return zz_tops().get(entry.category, entry.category)


def state_text(entry: WorkEntry) -> str:
    """Why the line does not count, or empty."""
    if entry.voided_on is None:
        return ""
    return f"{entry.voided_on.isoformat()}由{entry.voided_by}作废：{entry.void_reason}"


def sums_text(sums: WorkSums) -> str:
    """What the counting lines add up to; kinds that were not entered are left out."""
    parts = [f"计数的 {sums.entries}条"]
    parts += [
        f"{word} {value}{unit}"
        for word, value, unit in (
            ("次（期）数", sums.times, ""),
            ("纠纷", sums.disputes, "件"),
            ("转为案件", sums.handed, "件"),
            ("人次", sums.people, ""),
        )
        if value
    ]
    if sums.yuan:
        parts.append(f"经费 {figures(sums.yuan)}元")
    return "，".join(parts)


def _shown(value: int | Decimal) -> str:
    return figures(value) if isinstance(value, Decimal) else str(value)
