"""The clauses being written: a list of frozen clauses with the few moves an editor makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mediation_desk.agreements.model import Clause, ClauseKind, Instalment

_NUMERALS = "零一二三四五六七八九十"


def numeral(number: int) -> str:
    """``三``, ``十二``, up to ninety-nine."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    head = "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")


def numbered(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses numbered from one."""
    return tuple(replace(clause, no=place) for place, clause in enumerate(clauses, start=1))


def moved(clauses: tuple[Clause, ...], place: int, step: int) -> tuple[Clause, ...]:
    """The clause at ``place`` one further up or down."""
    other = place + step
    if not (0 <= place < len(clauses) and 0 <= other < len(clauses)):
        return clauses
    order = list(clauses)
    order[place], order[other] = order[other], order[place]
    return numbered(order)


def total_words(clauses: Iterable[Clause]) -> str:
    """``应付合计 12,150.00 = 8,100.00 + 4,050.00``; "" where nothing is paid."""
    sums = [clause.amount for clause in clauses if clause.kind is ClauseKind.PAY and clause.amount]
    if not sums:
        return ""
    parts = f" = {' + '.join(f'{one:,.2f}' for one in sums)}" if 1 < len(sums) <= 5 else ""
    return f"应付合计 {sum(sums, Decimal()):,.2f} 元{parts}"


def to_words(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """Plain words for a draft."""
    return [
        {
            "kind": clause.kind.value,
            "text": clause.text,
            "payer": clause.payer,
            "payee": clause.payee,
            "amount": str(clause.amount) if clause.amount is not None else None,
            "due_on": clause.due_on.isoformat() if clause.due_on else None,
            "instalments": [[part.due_on.isoformat(), str(part.amount)] for part in clause.instalments],
        }
        for clause in clauses
    ]


def from_words(words: object) -> tuple[Clause, ...]:
    """Clauses back from a draft; what cannot be read is left out."""
    found = []
    for entry in words if isinstance(words, list) else []:
        try:
            found.append(_clause(entry))
        except (KeyError, ValueError, TypeError, InvalidOperation):
            continue
    return numbered(found)


def _clause(entry: dict[str, Any]) -> Clause:
    parts = enumerate(entry["instalments"], start=1)
    return Clause(
        no=1,
        kind=ClauseKind(entry["kind"]),
        text=str(entry["text"]),
        payer=entry["payer"],
        payee=entry["payee"],
        amount=Decimal(entry["amount"]) if entry["amount"] else None,
        due_on=date.fromisoformat(entry["due_on"]) if entry["due_on"] else None,
        instalments=tuple(
            Instalment(no=no, due_on=date.fromisoformat(on), amount=Decimal(amount))
            for no, (on, amount) in parts
        ),
    )
