"""What the archive room knows of a volume beside the case file (§2.4)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.shared.record import record


@record
class Shelf:
    """架号: where the volume stands, written as the centre's pattern says (``A2-03-4-12``); no two stand there."""

    place: str
    on: date
    by: str


@record
class Loan:
    """借阅: who has, or had, the volume and why; a loan is never deleted.

    ``unit`` is the borrower's unit or "" for this centre, ``approved_by`` who let a restricted volume out,
    ``lent_by`` and ``received_by`` the keepers, ``condition`` how it came back.
    """

    no: int
    who: str
    unit: str = ""
    why: str
    on: date
    due_on: date
    approved_by: str = ""
    lent_by: str = ""
    returned_on: date | None = None
    condition: str = ""
    received_by: str = ""

    @property
    def is_out(self) -> bool:
        """Whether the volume is still with the borrower."""
        return self.returned_on is None

    def overdue(self, on: date) -> bool:
        """Whether it should have been back before ``on``."""
        return self.is_out and self.due_on < on


class Verdict(StrEnum):
    """What becomes of a volume whose period has ended."""

    KEEP = "续存"
    DESTROY = "销毁"


@record
class Appraisal:
    """到期鉴定: two persons decide; ``keep_until`` ends the longer period, None where it is destroyed or for ever.

    The program deletes nothing: ``destroyed_on`` records that the paper was destroyed, before two witnesses.
    """

    no: int
    on: date
    verdict: Verdict
    reason: str
    decided_by: str
    second: str
    keep_until: date | None = None
    destroyed_on: date | None = None
    destroyed_by: str = ""
    witness: str = ""

    @property
    def waits(self) -> bool:
        """Whether the paper is to be destroyed and nobody has recorded that it was."""
        return self.verdict is Verdict.DESTROY and self.destroyed_on is None


@record
class ReviewMark:
    """One deduction of a review: of which point and item, how much and why; ``automatic`` where the program saw it."""

    point: str
    item: str
    deduct: int
    why: str
    automatic: bool = False


@record
class QualityReview:
    """案卷质量评查: the sheet as it was filled, with the version of the rules it was filled by (§2.4, seven points)."""

    no: int
    on: date
    by: str
    score: int
    full: int
    grade: str
    rules: str
    note: str = ""
    marks: tuple[ReviewMark, ...] = ()
