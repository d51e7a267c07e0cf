"""The dispute some months later: paid in part, forgiven in part, urged and visited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.keeping import Escalation, Urging, VisitFinding, Waiver
from mediation_desk.agreements.model import (
    Clause,
    ClauseKind,
    FollowUp,
    Instalment,
    Performance,
    Satisfaction,
    Signature,
    VisitWay,
)
from mediation_desk.cases.beside import Beside
from mediation_desk.cases.model import CaseFile
from tests.documents.dispute import DAY, case

PARTS = (
    (1, date(2026, 4, 20), "1000.00"),
    (2, date(2026, 5, 20), "1000.00"),
    (3, date(2026, 9, 20), "1050.50"),
)
CLAUSES = (
    Clause(
        no=1,
        kind=ClauseKind.PAY,
        text="测试物业有限公司分三期向孟兰支付赔偿款人民币3,050.50元（大写：人民币叁仟零伍拾元伍角）。",
        payer="B1",
        payee="A1",
        amount=Decimal("3050.50"),
        instalments=tuple(Instalment(no=no, due_on=on, amount=Decimal(sum_)) for no, on, sum_ in PARTS),
    ),
    Clause(
        no=2,
        kind=ClauseKind.DEFAULT,
        text="任一期逾期超过十日的，剩余款项全部到期，并自逾期之日起按年利率12%计付逾期利息。",
    ),
)


def promised() -> CaseFile:
    """One instalment paid late in two parts, a part of the next forgiven, the last accelerated."""
    base = case()
    assert base.agreement is not None
    signed = tuple(Signature(ref=ref, method="签名", on=DAY) for ref in base.signing_places)
    row = Performance(clause=1, payer="B1", payee="A1", due_on=PARTS[0][1], amount=Decimal("600.00"))
    first = replace(row, instalment=1, done_on=date(2026, 4, 20), evidence="转账回单（尾号0101）")
    rest = replace(row, instalment=1, done_on=date(2026, 4, 25), amount=Decimal("400.00"), evidence="收条")
    open_rows = tuple(
        replace(row, instalment=no, due_on=on, amount=Decimal(sum_)) for no, on, sum_ in PARTS[1:]
    )
    return replace(
        base,
        agreement=replace(base.agreement, clauses=CLAUSES, signatures=signed),
        performance=(first, rest, *open_rows),
        followups=(
            FollowUp(
                on=date(2026, 6, 3),
                way=VisitWay.HOME,
                by="M01",
                of=("A1", "B1"),
                situation="第二期没有付，双方在小区门口又争执过一次。",
                satisfaction=Satisfaction.UNSATISFIED,
            ),
        ),
        beside=Beside(
            waivers=(
                Waiver(
                    no=1,
                    clause=1,
                    instalment=2,
                    amount=Decimal("200.00"),
                    on=date(2026, 5, 22),
                    by="A1",
                    reason="对方经营困难",
                ),
            ),
            urgings=(
                Urging(
                    no=1,
                    on=date(2026, 6, 2),
                    of="B1",
                    amount=Decimal("800.00"),
                    how="邮寄送达，本人签收",
                    served_on=date(2026, 6, 4),
                ),
            ),
            findings=(
                VisitFinding(
                    visit=1,
                    escalation=Escalation.SIGNS,
                    relapsed=True,
                    measures="当场劝开，约定6月10日再谈。",
                ),
            ),
        ),
    )
