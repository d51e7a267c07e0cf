"""Interest and penalties against four times the LPR (民间借贷规定 art. 25, 28, 29)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mediation_desk.agreements.lawful.model import Matter
from mediation_desk.agreements.lending import lending, yearly
from mediation_desk.agreements.model import Clause
from mediation_desk.agreements.terms import term_of
from mediation_desk.agreements.wording import rate_text
from mediation_desk.shared.dates import cn_date

_LOAN = "0804"
_LOAN_WORDS = ("借款", "本金", "出借", "借条")
_DIGITS = {one: number for number, one in enumerate("零一二三四五六七八九十")}
_A_YEAR = re.compile(r"年(?:利率|利息|息)[^0-9]{0,6}([0-9]+(?:\.[0-9]+)?)\s*%")
_A_DAY = re.compile(r"(?:每日|日)(?:按)?(万分之|千分之)([一二三四五六七八九十]|[0-9]+(?:\.[0-9]+)?)")
_OVER = Decimal(30)


def interest_over_cap(matter: Matter) -> Iterator[tuple[int, str]]:
    """A loan with a rate above the cap of its contract day."""
    yield from _over(matter, sure=True)


def interest_perhaps_over_cap(matter: Matter) -> Iterator[tuple[int, str]]:
    """The same where nobody wrote the day of the contract, or where the dispute is no loan but names interest."""
    yield from _over(matter, sure=False)


def penalty_high(matter: Matter) -> Iterator[tuple[int, str]]:
    """A penalty of more than thirty percent a year: a court may lower it (民法典 art. 585)."""
    for clause in matter.clauses:
        daily = _penalty(matter, clause)
        if daily is not None and yearly(daily) > _OVER:
            yield clause.no, f"每日万分之{rate_text(daily)}，合年利率{rate_text(yearly(daily))}%"


def _over(matter: Matter, *, sure: bool) -> Iterator[tuple[int, str]]:
    for clause in matter.clauses:
        rate = _total_rate(matter, clause)
        if rate is None or not _is_loan(matter, clause):
            continue
        lent = term_of(matter.terms, clause.no).lent_on
        if (lent is not None) is not sure:
            continue
        on = lent or matter.occurred_on
        cap = lending().cap(on)
        if cap is not None and rate > cap:
            since = f"{cn_date(on)}的一年期LPR{rate_text(lending().lpr(on) or Decimal())}%"
            yield clause.no, f"合计年利率{rate_text(rate)}%，{since}的四倍为{rate_text(cap)}%"


def _is_loan(matter: Matter, clause: Clause) -> bool:
    return matter.category_zz == _LOAN or any(word in clause.text for word in _LOAN_WORDS)


def _total_rate(matter: Matter, clause: Clause) -> Decimal | None:
    """Interest and penalty together, as percent a year; None where the clause names neither."""
    term = term_of(matter.terms, clause.no)
    found = _A_YEAR.search(clause.text)
    interest = term.interest if not term.edited else None
    if interest is None and found:
        interest = Decimal(found[1])
    daily = _penalty(matter, clause)
    if interest is None and daily is None:
        return None
    return (interest or Decimal()) + (yearly(daily) if daily is not None else Decimal())


def _penalty(matter: Matter, clause: Clause) -> Decimal | None:
    """In 万分之 a day, from the structure or the words."""
    term = term_of(matter.terms, clause.no)
    if term.penalty is not None and not term.edited:
        return term.penalty
    found = _A_DAY.search(clause.text)
    if not found:
        return None
    rate = Decimal(_DIGITS[found[2]]) if found[2] in _DIGITS else Decimal(found[2])
    return rate * 10 if found[1] == "千分之" else rate
