"""Cases that may be paid for by 以案定补: agreed, signed, performed, filed; tests take away what they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from db.unit_of_work import Storage
from mediation_desk.agreements.model import (
    Agreement,
    AgreementForm,
    Clause,
    ClauseKind,
    Performance,
    Signature,
)
from mediation_desk.cases.model import Archive, CaseFile, Outcome
from mediation_desk.cases.vocabulary import Result, Retention
from mediation_desk.subsidy.service import SubsidyService
from tests.documents.dispute import case, company, person

ENDED, FILED = date(2026, 10, 8), date(2026, 10, 20)
MONTH = date(2026, 10, 1)
TODAY = datetime(2026, 10, 31, 2, 0, tzinfo=UTC)


def paid(amount: str = "4050.00", on: date = ENDED, **more: Any) -> Agreement:
    """A written agreement with one payment, signed by everybody."""
    clause = Clause(
        no=1,
        kind=ClauseKind.PAY,
        text=f"测试物业有限公司于签字当日支付人民币{amount}元。",
        payer="B1",
        payee="A1",
        amount=Decimal(amount),
        due_on=on,
    )
    values: dict[str, Any] = {
        "number": None,
        "copies": 3,
        "clauses": (clause,),
        "signatures": tuple(
            Signature(ref=ref, method="签名", on=on) for ref in ("A1", "B1", "M01", "M02", "R01", "ORG")
        ),
    }
    return Agreement(**(values | more))


def performed(agreement: Agreement, on: date = ENDED) -> tuple[Performance, ...]:
    """Every clause of it paid on that day."""
    return tuple(
        Performance(
            clause=clause.no,
            payer=clause.payer,
            payee=clause.payee,
            due_on=on,
            amount=clause.amount,
            done_on=on,
            evidence="转账回单",
        )
        for clause in agreement.clauses
    )


def worth_paying(
    key: str = "T01", owner: str = "孟兰", amount: str = "4050.00", on: date = ENDED, **more: Any
) -> CaseFile:
    """A simple case that may be claimed at the end of its month; ``owner`` makes it another dispute."""
    agreement = more.pop("agreement", None) or paid(amount, on)
    values: dict[str, Any] = {
        "case_key": key,
        "parties": (person("A1", owner), company("B1", "测试物业有限公司")),
        "agreement": agreement,
        "performance": performed(agreement, on),
        "outcome": Outcome(result=Result.AGREED, form=AgreementForm.WRITTEN, concluded_on=on),
        "archive": Archive(
            archived_on=on + (FILED - ENDED), volume_no=key, retention=Retention.SHORT, pages=12
        ),
    }
    file = case(**(values | more))
    return replace(file, intake=replace(file.intake, number=f"（2026）测人调字第{key[1:]}号"))


def on_record(storage: Storage, *files: CaseFile) -> None:
    """Store them as they are."""
    with storage.write() as work:
        for file in files:
            work.cases.add(file)


def service(storage: Storage, moment: datetime = TODAY) -> SubsidyService:
    """On the last day of October 2026."""
    return SubsidyService(storage, lambda: moment)
