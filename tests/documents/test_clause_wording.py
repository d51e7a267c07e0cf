"""Clauses made on the screen read as sentences of an agreement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import Clause, ClauseKind, Instalment
from mediation_desk.agreements.wording import clause_text, details, refrain_text

NAMES = {"A1": "孟庆兰", "B1": "田志远", "B2": "甲公司"}


def _name(ref: str) -> str:
    return NAMES[ref]


def test_a_payment_names_everything_the_law_asks_for() -> None:
    clause = Clause(
        no=1,
        kind=ClauseKind.PAY,
        text="",
        payer="B1+B2",
        payee="A1",
        amount=Decimal("8100.00"),
        due_on=date(2026, 4, 20),
    )
    assert clause_text(clause, _name, purpose="赔偿款", manner="银行转账") == (
        "田志远、甲公司于2026年4月20日前以银行转账方式向孟庆兰支付赔偿款"
        "人民币8,100.00元（大写：人民币捌仟壹佰元整）。"
    )


def test_instalments_are_listed_under_the_clause() -> None:
    parts = tuple(
        Instalment(no=no, due_on=date(2026, 3 + no, 20), amount=Decimal("4050.00")) for no in (1, 2)
    )
    clause = Clause(
        no=1,
        kind=ClauseKind.PAY,
        text="",
        payer="B1",
        payee="A1",
        amount=Decimal("8100.00"),
        instalments=parts,
    )
    assert clause_text(clause, _name).endswith("，分2期支付。")
    lines = details(clause)
    assert lines[0] == "金额：人民币8,100.00元（大写：人民币捌仟壹佰元整）。"
    assert lines[2] == "第2期：2026年5月20日前支付人民币4,050.00元（大写：人民币肆仟零伍拾元整）。"


def test_acts_promises_and_statements() -> None:
    act = Clause(no=2, kind=ClauseKind.ACT, text="完成防水检修", payer="B1", due_on=date(2026, 4, 30))
    assert clause_text(act, _name) == "田志远于2026年4月30日前完成防水检修。"
    assert refrain_text("B1", "自行切断电源", _name) == "田志远承诺不再自行切断电源。"
    assert refrain_text("B1", "不得在夜间施工。", _name) == "田志远承诺不得在夜间施工。"
    waive = Clause(no=3, kind=ClauseKind.WAIVE, text="双方再无其他争议。")
    assert clause_text(waive, _name) == "双方再无其他争议。"
