"""Can it be performed: who, what, when, how and where, and is it in the right form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mediation_desk.agreements.lawful.model import Matter
from mediation_desk.agreements.library import BLANK
from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.terms import term_of
from mediation_desk.shared.dates import cn_date

_WAYS = (
    "转账",
    "转入",
    "汇",
    "账户",
    "银行卡",
    "现金",
    "当场",
    "当面",
    "微信",
    "支付宝",
    "原路",
    "代发",
    "冲抵",
    "扣",
)
_AT_ONCE = ("当场", "即时", "当日")
_TIMES = (
    "日前",
    "月底前",
    "之日起",
    "日内",
    "月内",
    "每月",
    "每季",
    "当场",
    "立即",
    "当日",
    "届满",
    "同一期限",
    "后",
)
_DUTIES = (ClauseKind.ACT, ClauseKind.TRANSFER)


def without_text(matter: Matter) -> Iterator[tuple[int, str]]:
    """A clause without words."""
    yield from ((clause.no, "") for clause in matter.clauses if not clause.text.strip())


def blanks(matter: Matter) -> Iterator[tuple[int, str]]:
    """A pattern of the library somebody has not filled in."""
    for clause in matter.clauses:
        place = clause.text.find(BLANK)
        if place >= 0:
            yield clause.no, clause.text[place : place + 12]


def who(matter: Matter) -> Iterator[tuple[int, str]]:
    """An act nobody is named for."""
    names = [party.name for party in matter.parties]
    for clause in matter.clauses:
        if clause.kind is ClauseKind.PAY and not (clause.payer and clause.payee):
            yield clause.no, "付款人、收款人"
        elif clause.kind is ClauseKind.ACT and not clause.payer and not _names_somebody(clause, names):
            yield clause.no, "由谁做"


def when(matter: Matter) -> Iterator[tuple[int, str]]:
    """A duty without a day."""
    for clause in matter.clauses:
        if clause.kind is ClauseKind.PAY and clause.last_due_on is None:
            yield clause.no, "哪天前付"
        elif (
            clause.kind in _DUTIES
            and clause.due_on is None
            and not term_of(matter.terms, clause.no).refrain
            and not any(word in clause.text for word in ("承诺不", "不再", "不得", *_TIMES))
        ):
            yield clause.no, "哪天前做"


def manner(matter: Matter) -> Iterator[tuple[int, str]]:
    """A payment that does not say how."""
    for clause in _payments(matter):
        if not term_of(matter.terms, clause.no).manner and not any(way in clause.text for way in _WAYS):
            yield clause.no, ""


def place(matter: Matter) -> Iterator[tuple[int, str]]:
    """Cash or goods handed over without saying where."""
    for clause in _payments(matter):
        term = term_of(matter.terms, clause.no)
        by_hand = "现金" in (term.manner + clause.text)
        if by_hand and not term.place and "当场" not in clause.text:
            yield clause.no, ""


def before_signature(matter: Matter) -> Iterator[tuple[int, str]]:
    """A day before the parties agreed: nobody can have signed by then."""
    for clause in matter.clauses:
        early = next((day for day in _days(clause) if day < matter.settled_on), None)
        if early is not None:
            yield clause.no, f"{cn_date(early)}早于达成协议的{cn_date(matter.settled_on)}"


def better_in_writing(matter: Matter) -> Iterator[tuple[int, str]]:
    """An oral agreement that is not performed at once, or of a hard case."""
    if not matter.oral:
        return
    later = [clause.no for clause in matter.clauses if any(day > matter.settled_on for day in _days(clause))]
    if later:
        yield 0, f"第{later[0]}条不是即时履行"
    if matter.difficult:
        yield 0, "疑难复杂的纠纷"


def _payments(matter: Matter) -> Iterator[Clause]:
    return (clause for clause in matter.clauses if clause.kind is ClauseKind.PAY)


def _days(clause: Clause) -> tuple[date, ...]:
    parts = tuple(part.due_on for part in clause.instalments)
    return parts or ((clause.due_on,) if clause.due_on else ())


def _names_somebody(clause: Clause, names: list[str]) -> bool:
    """A party by name, by a part of it (物业公司), or all of them."""
    return any(name in clause.text for name in names) or any(
        word in clause.text
        for word in ("双方", "各方", "申请人", "公司", "医院", "平台", "方", "人", "馆", "店", "户")
    )
