"""Words of an agreement clause made from its structure; what a mediator sees while composing it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mediation_desk.agreements.model import Clause, ClauseKind, Instalment
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import capitals, in_full

NameOf = Callable[[str], str]
"""Gives the name behind a party reference; ``CaseFile.name_of`` is one."""


def clause_text(clause: Clause, name_of: NameOf, *, purpose: str = "款项", manner: str = "") -> str:
    """The sentence of ``clause``; ``clause.text`` is used as the thing to do, not to do or to confirm.

    A payment names payer, payee, amount in figures and capitals, manner and due days (§2.2); ``purpose`` is what
    is paid (赔偿款), ``manner`` how (银行转账). Other kinds put name and day before the text where they have them.
    """
    if clause.kind is ClauseKind.PAY and clause.amount is not None:
        return _payment(clause, clause.amount, name_of, purpose, manner)
    who = joined_names(clause.payer, name_of)
    by = f"于{cn_date(clause.due_on)}前" if clause.due_on else ""
    return _sentence(f"{who}{by}{clause.text.strip()}")


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


def _payment(clause: Clause, amount: Decimal, name_of: NameOf, purpose: str, manner: str) -> str:
    payer, payee = joined_names(clause.payer, name_of), joined_names(clause.payee, name_of)
    by = f"于{cn_date(clause.due_on)}前" if clause.due_on and not clause.instalments else ""
    way = f"以{manner}方式" if manner else ""
    parts = f"，分{len(clause.instalments)}期支付" if clause.instalments else ""
    return _sentence(f"{payer}{by}{way}向{payee}支付{purpose}{in_full(amount)}{parts}")


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else text.rstrip("，,；;.") + "。"
