"""The clauses as a table: number, kind, from whom to whom, sum, day, and what each came from."""

from __future__ import annotations

from collections.abc import Callable

from mediation_desk.agreements.model import Clause
from ui.screens.case_page.clauses import numeral
from ui.screens.case_page.words import joined, money, short
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone

_MOST_DATES = 2
_GONE = ("撤回", "还价", "提出", "已不在")


def clause_table(name_of: Callable[[str], str], mark_of: Callable[[Clause], str]) -> RecordTable[Clause]:
    """Enter or double click asks to change the clause; ``mark_of`` says where it comes from."""
    columns: tuple[Column[Clause], ...] = (
        Column("条", lambda clause: numeral(clause.no), width=52),
        Column("种类", lambda clause: clause.kind.value, width=60),
        Column("谁 → 谁", lambda clause: _who(clause, name_of), explain=lambda clause: clause.text),
        Column("金额（元）", lambda clause: money(clause.amount), width=116, number=True),
        Column("期限", _when, width=150),
        Column("来历", mark_of, width=100, tone=lambda clause: _tone(mark_of(clause)), optional=True),
    )
    table: RecordTable[Clause] = RecordTable(
        "协议条款",
        columns,
        key=lambda clause: clause.no,
        empty="还没有条款。按“加一条”开始写。",
        sortable=False,
    )
    table.setObjectName("clause.table")
    return table


def _tone(mark: str) -> Tone:
    return Tone.SEAL if mark.endswith(_GONE) else Tone.QUIET


def _who(clause: Clause, name_of: Callable[[str], str]) -> str:
    payer, payee = joined(clause.payer, name_of), joined(clause.payee, name_of)
    if payer and payee:
        parts = f"　分{len(clause.instalments)}期" if clause.instalments else ""
        return f"{payer} → {payee}{parts}"
    return clause.text


def _when(clause: Clause) -> str:
    days = [part.due_on for part in clause.instalments]
    if len(days) > _MOST_DATES:
        return f"{short(days[0])} 至 {short(days[-1])}"
    if days:
        return " / ".join(short(day) for day in days)
    return short(clause.due_on) if clause.due_on else "—"
