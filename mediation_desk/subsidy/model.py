"""Claims, the lists they stand on, and what each mediator draws by a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from mediation_desk.shared.money import capitals
from mediation_desk.shared.record import record
from mediation_desk.subsidy.sharing import Share

ZERO = Decimal("0.00")


class ClaimStatus(StrEnum):
    """How far a claim has come; nothing is ever deleted."""

    WAITING = "待审批"
    APPROVED = "已批准"
    PAID = "已发放"
    REFUSED = "不予批准"
    VOIDED = "作废"


class BatchStatus(StrEnum):
    """How far a list has come; from its approval on it never changes again. A draft is never stored."""

    DRAFT = "草稿"
    WAITING = "待审批"
    APPROVED = "已批准"
    PAID = "已发放"
    WITHDRAWN = "已撤回"


@record
class Claim:
    """One case on one list, as it was when the list was made: a later change of the case changes nothing here.

    ``corrects`` is the claim a negative line takes back; ``batch`` is None for a refusal without a list and for a
    negative line that waits for the next one. ``approved``: it stood on a list that was approved. ``differs``: the
    case was changed since in what the claim rests on. Amounts in yuan.
    """

    id: int = 0
    case_key: str
    number: str | None
    body: str
    category: str
    concluded_on: date
    month: date
    batch: int | None
    scheme: str
    scheme_version: str
    pay_class: str
    clause: str
    amount: Decimal
    shares: tuple[Share, ...]
    status: ClaimStatus
    reason: str = ""
    corrects: int | None = None
    approved: bool = False
    differs: bool = False
    basis: str = ""
    parties: str = ""
    by: str
    at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    paid_on: date | None = None

    @property
    def live(self) -> bool:
        """Whether it keeps the case from being claimed again."""
        return self.status is not ClaimStatus.VOIDED and self.corrects is None

    @property
    def counts(self) -> bool:
        """Whether its list pays it: what was voided after the approval is taken back on a later list."""
        if self.status is ClaimStatus.VOIDED:
            return self.approved
        return self.status is not ClaimStatus.REFUSED


@record
class Batch:
    """The ``no``-th list of a month: who prepared it, who decided, when it was paid. ``version`` counts the changes."""

    id: int = 0
    month: date
    no: int
    status: BatchStatus
    prepared_by: str
    prepared_account: str
    prepared_at: datetime
    decided_by: str = ""
    decided_account: str = ""
    decided_at: datetime | None = None
    paid_on: date | None = None
    paid_by: str = ""
    reason: str = ""
    version: int = 0

    @property
    def name(self) -> str:
        """``2026年10月第1号``."""
        if self.status is BatchStatus.DRAFT:
            return f"{self.month.year}年{self.month.month}月（草稿）"
        return f"{self.month.year}年{self.month.month}月第{self.no}号"


@record
class Payee:
    """One mediator on a list: how many cases, how much in yuan. ``cases`` leaves lines that take back out."""

    pool_no: str
    name: str
    grade: str
    cases: int
    amount: Decimal


@record
class BatchSheet:
    """A list with its lines."""

    batch: Batch
    claims: tuple[Claim, ...]

    @property
    def counted(self) -> tuple[Claim, ...]:
        """The lines it pays."""
        return tuple(claim for claim in self.claims if claim.counts)

    @property
    def total(self) -> Decimal:
        """What it comes to in yuan."""
        return total_of(self.claims)

    @property
    def payees(self) -> tuple[Payee, ...]:
        """By number of the pool."""
        return payees(self.claims)


@record
class Difference:
    """A case changed after its claim: what was claimed and what it would be now, in yuan."""

    claim: Claim
    pay_class: str
    amount: Decimal
    why: str

    @property
    def change(self) -> Decimal:
        """More (positive) or less than was claimed."""
        return self.amount - self.claim.amount


def total_of(claims: Iterable[Claim]) -> Decimal:
    """What claims that count come to."""
    return sum((claim.amount for claim in claims if claim.counts), ZERO)


def payees(claims: Iterable[Claim]) -> tuple[Payee, ...]:
    """Everybody who draws, or gives back, something; the grade is that of the last line."""
    found: dict[str, Payee] = {}
    for claim in claims:
        if not claim.counts:
            continue
        for share in claim.shares:
            if not share.amount:
                continue
            known = found.get(share.pool_no)
            found[share.pool_no] = Payee(
                pool_no=share.pool_no,
                name=share.name,
                grade=share.grade,
                cases=(known.cases if known else 0) + (claim.corrects is None),
                amount=(known.amount if known else ZERO) + share.amount,
            )
    return tuple(found[number] for number in sorted(found))


def in_capitals(amount: Decimal) -> str:
    """``capitals``; a list that takes back more than it pays says 负."""
    return ("负" if amount < 0 else "") + capitals(abs(amount))
