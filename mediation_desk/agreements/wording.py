"""Words of an agreement clause made from its structure; what a mediator sees while composing it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mediation_desk.agreements.model import Clause, ClauseKind, Instalment
from mediation_desk.agreements.recurring import is_month
from mediation_desk.agreements.terms import Term
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import capitals, figures, in_full

NameOf = Callable[[str], str]
"""Gives the name behind a party reference; ``CaseFile.name_of`` is one."""

UNPAID = "未付款项"
_USUAL_PURPOSE = "款项"
_NUMERALS = "一二三四五六七八九十"


def composed(clause: Clause, term: Term, name_of: NameOf) -> str:
    """The text of ``clause`` as its structure and ``term`` say it; "" while there is too little to say anything."""
    if clause.kind is ClauseKind.PAY:
        if not (clause.payer and clause.payee and clause.amount):
            return ""
        return _cited(_payment(clause, clause.amount, term, name_of), term)
    if not term.what.strip():
        return ""
    if term.refrain and clause.payer:
        return _cited(refrain_text(clause.payer, term.what, name_of), term)
    return _cited(_deed(clause, term, name_of), term)


def clause_text(clause: Clause, name_of: NameOf, *, purpose: str = _USUAL_PURPOSE, manner: str = "") -> str:
    """The sentence of ``clause``; ``clause.text`` is used as the thing to do, not to do or to confirm.

    A payment names payer, payee, amount in figures and capitals, manner and due days (§2.2); ``purpose`` is what
    is paid (赔偿款), ``manner`` how (银行转账). Other kinds put name and day before the text where they have them.
    """
    term = Term(clause=clause.no, what=clause.text, purpose=purpose, manner=manner)
    if clause.kind is ClauseKind.PAY and clause.amount is not None:
        return _payment(clause, clause.amount, term, name_of)
    return _deed(clause, term, name_of)


def refrain_text(who: str, what: str, name_of: NameOf) -> str:
    """A promise not to do something: ``敖志国承诺不再自行切断餐馆电源。``"""
    act = what.strip()
    return _sentence(f"{joined_names(who, name_of)}承诺{act if act.startswith('不') else '不再' + act}")


def instalment_text(part: Instalment) -> str:
    """``第1期：2026年4月20日前支付人民币2,025.00元（大写：…）。``"""
    return f"第{part.no}期：{cn_date(part.due_on)}前支付{in_full(part.amount)}。"


def details(clause: Clause) -> tuple[str, ...]:
    """Lines to print under the clause: instalments, and the sum in full where the text does not say it."""
    lines = tuple(instalment_text(part) for part in clause.instalments)
    if clause.amount is not None and capitals(clause.amount) not in clause.text:
        lines = (f"金额：{in_full(clause.amount)}。", *lines)
    return lines


def joined_names(refs: str | None, name_of: NameOf) -> str:
    """Names of refs joined by ``+``: ``B1+B2`` → ``甲公司、乙公司``."""
    return "、".join(name_of(ref) for ref in refs.split("+")) if refs else ""


def rate_text(rate: Decimal) -> str:
    """``3.45``, ``12``: a rate without idle zeros."""
    return f"{rate.normalize():f}"


def _deed(clause: Clause, term: Term, name_of: NameOf) -> str:
    who = joined_names(clause.payer, name_of)
    by = f"于{cn_date(clause.due_on)}前" if clause.due_on else ""
    at = f"在{term.place.strip()}" if term.place.strip() else ""
    return _sentence(f"{who}{by}{at}{term.what.strip()}")


def _payment(clause: Clause, amount: Decimal, term: Term, name_of: NameOf) -> str:
    payer, payee = joined_names(clause.payer, name_of), joined_names(clause.payee, name_of)
    purpose = term.purpose.strip() or _USUAL_PURPOSE
    by = f"于{cn_date(clause.due_on)}前" if clause.due_on and not clause.instalments else ""
    months = _months(term)
    by = "" if months else by
    at = f"在{term.place.strip()}" if term.place.strip() else ""
    way = f"以{term.manner.strip()}方式" if term.manner.strip() else ""
    parts = f"，分{len(clause.instalments)}期支付" if clause.instalments else ""
    before = ""
    if term.set_off_amount:
        gross = amount + term.set_off_amount
        before = (
            f"{payer}应付{payee}{purpose}人民币{figures(gross)}元，"
            f"与{payee}应付{payer}的人民币{figures(term.set_off_amount)}元抵销后，"
        )
    shared = _shares(clause, term, name_of)
    paid = f"{months}，合计{in_full(amount)}" if months else in_full(amount)
    main = f"{before}{payer}{by}{at}{way}向{payee}支付{purpose}{paid}{shared}{parts}"
    return _sentence(main + _interest(term) + _late(clause, term))


def _months(term: Term) -> str:
    """``2,600.00元，自2026年7月起每月10日前支付，共107个月``; nothing while something is missing."""
    if not (term.monthly and term.months and term.pay_day and is_month(term.first_month)):
        return ""
    year, month = term.first_month.split("-")
    each = f"每月{figures(term.monthly)}元"
    return f"{each}，自{year}年{int(month)}月起每月{term.pay_day}日前支付，共{term.months}个月"


def _shares(clause: Clause, term: Term, name_of: NameOf) -> str:
    """``，其中向晚晴1,950.00元、凌霄1,650.00元``: who of several carries what."""
    if not term.shares:
        return ""
    pays = term.shares[0].ref in (clause.payer or "").split("+")
    names = "、".join(f"{name_of(one.ref)}{figures(one.amount)}元" for one in term.shares)
    return f"，其中{'由' if pays else '向'}{names}"


def _interest(term: Term) -> str:
    if not term.interest:
        return ""
    since = f"自{cn_date(term.interest_from)}起" if term.interest_from else ""
    base = term.interest_base.strip() or UNPAID
    return f"，并{since}以{base}为基数按年利率{rate_text(term.interest)}%支付利息"


def _late(clause: Clause, term: Term) -> str:
    """What follows from being late: the rest falls due, a penalty for each day."""
    text = ""
    if term.grace_days is not None and clause.instalments:
        over = f"超过{term.grace_days}日" if term.grace_days else ""
        text += f"；任一期逾期{over}未足额支付的，剩余款项全部到期"
    if term.penalty:
        text += f"；逾期的，自逾期之日起按未付款项每日万分之{_daily(term.penalty)}支付违约金"
    return text


def _daily(penalty: Decimal) -> str:
    """``五`` for five, as agreements write 万分之五; figures where it is no whole number up to ten."""
    whole = penalty == penalty.to_integral_value() and penalty <= len(_NUMERALS)
    return _NUMERALS[int(penalty) - 1] if whole and penalty >= 1 else rate_text(penalty)


def _cited(text: str, term: Term) -> str:
    """The articles the clause rests on, in brackets before the full stop."""
    if not text or not term.articles:
        return text
    return f"{text.rstrip('。')}（{'、'.join(term.articles)}）。"


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else text.rstrip("，,；;.") + "。"
