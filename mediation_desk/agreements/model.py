"""Agreement, clauses, signatures, performance and court confirmation (domain.md §2.2 F-11, §4.2 T-12 to T-22)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from mediation_desk.shared.record import omitted, record


class AgreementForm(StrEnum):
    """LR-11: written or oral."""

    WRITTEN = "书面"
    ORAL = "口头"


class ClauseKind(StrEnum):
    """Only 支付 counts in the payable total."""

    PAY = "支付"
    TRANSFER = "拨付"
    CONFIRM = "确认"
    ACT = "行为"
    GUARANTEE = "保证"
    DEFAULT = "违约"
    WAIVE = "放弃"


class PerformanceStatus(StrEnum):
    """How a payment or act stands; always computed, never stored."""

    AT_ONCE = "即时履行"
    ON_TIME = "按期"
    LATE = "逾期履行"
    PARTLY_LATE = "逾期部分履行"
    NOT_DUE = "未到期"
    OPEN = "未履行"


class Satisfaction(StrEnum):
    """Answer given at a follow-up visit."""

    SATISFIED = "满意"
    FAIRLY = "基本满意"
    UNSATISFIED = "不满意"


class VisitWay(StrEnum):
    """How a follow-up visit was made."""

    PHONE = "电话"
    HOME = "上门"
    MESSAGE = "短信"


@record
class Instalment:
    """One part of a payment, in yuan; due dates of payments do not roll over rest days (§1.5)."""

    no: int
    due_on: date
    amount: Decimal


@record
class Clause:
    """One numbered clause. ``payer`` and ``payee`` are party refs, several joined by ``+``."""

    no: int
    kind: ClauseKind
    text: str
    payer: str | None = None
    payee: str | None = None
    amount: Decimal | None = None
    due_on: date | None = None
    instalments: tuple[Instalment, ...] = ()

    @property
    def last_due_on(self) -> date | None:
        """Day the whole clause is to be performed, if it names one."""
        return max((part.due_on for part in self.instalments), default=self.due_on)


@record
class Signature:
    """One place on the paper that was signed, fingerprinted or sealed. ``ref`` ``ORG`` is the body's seal."""

    ref: str
    method: str
    on: date


@record
class OralRecord:
    """Register entry of an oral agreement (F-12, LR-11)."""

    registered_on: date
    recorded_by: str
    confirmed_by: tuple[str, ...]


@record
class Agreement:
    """The agreement as it will be or was signed. Days of signature and the payable total are computed."""

    number: str | None = None
    form: AgreementForm = AgreementForm.WRITTEN
    copies: int = 0
    clauses: tuple[Clause, ...] = ()
    signatures: tuple[Signature, ...] = ()
    oral_record: OralRecord | None = omitted(default=None)

    @property
    def signed_on(self) -> date | None:
        """Day of the first signature, None while unsigned or oral."""
        return min((place.on for place in self.signatures), default=None)

    @property
    def last_signed_on(self) -> date | None:
        """Day of the last signature or seal so far."""
        return max((place.on for place in self.signatures), default=None)

    @property
    def total_payable(self) -> Decimal:
        """Sum of the 支付 clauses in yuan."""
        amounts = (clause.amount or Decimal() for clause in self.clauses if clause.kind is ClauseKind.PAY)
        return sum(amounts, Decimal("0.00"))


@record
class Recurring:
    """A monthly payment behind one clause; ``first_month`` and ``last_month`` as ``2026-07``."""

    clause: int
    monthly: Decimal
    first_month: str
    last_month: str
    months: int
    pay_day: int


@record
class Performance:
    """One payment made or open, or one act done; rows of one instalment add up to it."""

    clause: int
    instalment: int | None = None
    payer: str | None = None
    payee: str | None = None
    due_on: date
    done_on: date | None = None
    amount: Decimal | None = None
    evidence: str | None = None
    members: tuple[str, ...] = omitted(default=())
    accelerated_on: date | None = omitted(default=None)


@record
class FollowUp:
    """回访 after the case (F-14)."""

    on: date
    way: VisitWay
    by: str
    of: tuple[str, ...]
    situation: str
    satisfaction: Satisfaction


@record
class Enforcement:
    """Application for enforcement of a confirmed agreement (T-22); ``outstanding`` in yuan."""

    applied_on: date
    by: str
    against: tuple[str, ...] = omitted(default=())
    case_no: str | None = omitted(default=None)
    outstanding: Decimal


CONFIRMED = "裁定调解协议有效"
NOT_APPLIED = "未申请"


@record
class Confirmation:
    """司法确认 (§1.4): whether the parties were told, the last day (LR-15), and what the court ruled."""

    advised: bool = False
    applied_on: date | None = None
    deadline: date | None = None
    deadline_note: str | None = omitted(default=None)
    court: str | None = None
    case_no: str | None = None
    decided_on: date | None = None
    result: str = NOT_APPLIED
    note: str | None = omitted(default=None)
    enforcement: Enforcement | None = omitted(default=None)


@record
class NotSigned:
    """A party or member that refuses to sign and is bound by nothing."""

    ref: str
    on: date
    reason: str
    told_remedies: tuple[str, ...]
    told_on: date


@record
class Unresolved:
    """A claim left open by a partial agreement."""

    claim: str
    member: str | None = omitted(default=None)
    amount: Decimal | None = None
    told_remedies: tuple[str, ...]
    told_on: date
