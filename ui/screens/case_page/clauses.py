"""The clauses being written: each with what it is made of, and the few moves an editor makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mediation_desk.agreements.model import Clause, ClauseKind, Instalment
from mediation_desk.agreements.offered import Ghost
from mediation_desk.agreements.terms import Share, Term, term_of

_NUMERALS = "零一二三四五六七八九十"
_DECIMALS = ("interest", "penalty", "set_off_amount")
_DAYS = ("interest_from", "lent_on")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A clause and what it is made of."""

    clause: Clause
    term: Term


def numeral(number: int) -> str:
    """``三``, ``十二``, up to ninety-nine."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    head = "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")


def drafted(clauses: Iterable[Clause], terms: tuple[Term, ...]) -> tuple[Drafted, ...]:
    """Clauses on file with their terms; one without counts as written by hand."""
    return tuple(Drafted(clause, term_of(terms, clause.no)) for clause in clauses)


def numbered(draft: Iterable[Drafted]) -> tuple[Drafted, ...]:
    """Numbered from one; what a set-off names by clause number moves with its clause."""
    before = tuple(draft)
    places = {one.clause.no: str(place) for place, one in enumerate(before, start=1) if one.clause.no}
    return tuple(
        Drafted(
            replace(one.clause, no=place),
            replace(
                one.term,
                clause=place,
                set_off=places.get(int(one.term.set_off), "")
                if one.term.set_off.isdigit()
                else one.term.set_off,
            ),
        )
        for place, one in enumerate(before, start=1)
    )


def moved(draft: tuple[Drafted, ...], place: int, step: int) -> tuple[Drafted, ...]:
    """The clause at ``place`` one further up or down."""
    other = place + step
    if not (0 <= place < len(draft) and 0 <= other < len(draft)):
        return draft
    order = list(draft)
    order[place], order[other] = order[other], order[place]
    return numbered(order)


def total_words(clauses: Iterable[Clause]) -> str:
    """``应付合计 12,150.00 = 8,100.00 + 4,050.00``; "" where nothing is paid."""
    sums = [clause.amount for clause in clauses if clause.kind is ClauseKind.PAY and clause.amount]
    if not sums:
        return ""
    parts = f" = {' + '.join(f'{one:,.2f}' for one in sums)}" if 1 < len(sums) <= 5 else ""
    return f"应付合计 {sum(sums, Decimal()):,.2f} 元{parts}"


def mark_words(terms: tuple[Term, ...], ghosts: tuple[Ghost, ...]) -> Callable[[Clause], str]:
    """Where a clause comes from and whether it was changed by hand, for the table: ``方案3 已撤回``."""
    gone = {ghost.clause: ghost for ghost in ghosts}

    def words(clause: Clause) -> str:
        term = next((one for one in terms if one.clause == clause.no), None)
        if term is None:
            return "手写"
        source = f"方案{term.offer}" if term.offer is not None else "条款库" if term.entry else ""
        if clause.no in gone:
            return f"{source} {gone[clause.no].status or '已不在'}"
        if term.edited:
            return f"{source}，手改" if source else "手写"
        return source or "按内容"

    return words


def to_words(draft: Iterable[Drafted]) -> list[dict[str, Any]]:
    """Plain words for a draft."""
    return [{**_clause_words(one.clause), "term": _term_words(one.term)} for one in draft]


def from_words(words: object) -> tuple[Drafted, ...]:
    """Clauses back from a draft; what cannot be read is left out."""
    found = []
    for entry in words if isinstance(words, list) else []:
        try:
            found.append(Drafted(_clause(entry), _term(entry.get("term", {}))))
        except (KeyError, ValueError, TypeError, AttributeError, InvalidOperation):
            continue
    return tuple(
        Drafted(replace(one.clause, no=place), replace(one.term, clause=place))
        for place, one in enumerate(found, start=1)
    )


def _clause_words(clause: Clause) -> dict[str, Any]:
    return {
        "kind": clause.kind.value,
        "text": clause.text,
        "payer": clause.payer,
        "payee": clause.payee,
        "amount": str(clause.amount) if clause.amount is not None else None,
        "due_on": clause.due_on.isoformat() if clause.due_on else None,
        "instalments": [[part.due_on.isoformat(), str(part.amount)] for part in clause.instalments],
    }


def _term_words(term: Term) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for field in fields(term):
        value = getattr(term, field.name)
        if field.name == "shares":
            words["shares"] = [[one.ref, str(one.amount)] for one in value]
        elif isinstance(value, Decimal):
            words[field.name] = str(value)
        elif isinstance(value, date):
            words[field.name] = value.isoformat()
        elif isinstance(value, tuple):
            words[field.name] = list(value)
        else:
            words[field.name] = value
    return words


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


def _term(words: dict[str, Any]) -> Term:
    known = {field.name for field in fields(Term)} - {"clause"}
    kept = {name: value for name, value in words.items() if name in known}
    for name in _DECIMALS:
        kept[name] = Decimal(kept[name]) if kept.get(name) else None
    for name in _DAYS:
        kept[name] = date.fromisoformat(kept[name]) if kept.get(name) else None
    for name in ("covers", "articles"):
        kept[name] = tuple(map(str, kept.get(name, ())))
    kept["shares"] = tuple(Share(ref=ref, amount=Decimal(amount)) for ref, amount in kept.get("shares", ()))
    return Term(clause=1, **({"edited": True} if not words else {}) | kept)
