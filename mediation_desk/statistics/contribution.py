"""What one case adds to the statistics (domain.md §3.3), worked out from the case alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from mediation_desk.agreements.model import CONFIRMED, AgreementForm, ClauseKind
from mediation_desk.cases.model import (
    BodyType,
    CaseFile,
    Category,
    Difficulty,
    Intake,
    Prevented,
    Result,
    SourceStat,
)
from mediation_desk.shared.assets import rules
from mediation_desk.shared.record import record

OTHER_SOURCE = "其他"


@record
class Contribution:
    """One case's line in 表二: counts of 0 or 1, persons, ``agreement_amount_yuan`` in yuan."""

    total: int
    success: int
    difficult: int
    people_involved: int
    agreement_amount_yuan: Decimal
    source: str
    category: Category
    host_type: BodyType
    form: AgreementForm | None
    fully_performed_by_as_of: int
    judicial_applied: int
    judicial_confirmed: int
    prevented_cases_persons: Prevented


def contribution(file: CaseFile, as_of: date) -> Contribution:
    """What ``file`` adds as seen on ``as_of``, which decides about performance and confirmation only.

    A case that was not accepted or has not ended adds nothing but its place in the lists.
    """
    counted = file.outcome is not None and file.outcome.result is not Result.NOT_ACCEPTED
    agreement = file.agreement if succeeded(file) else None
    court = file.judicial_confirmation
    return Contribution(
        total=int(counted),
        success=int(agreement is not None),
        difficult=int(counted and file.dispute.difficulty is Difficulty.DIFFICULT),
        people_involved=file.people_involved if counted else 0,
        agreement_amount_yuan=agreement.total_payable if agreement else Decimal("0.00"),
        source=source_of(file.intake),
        category=file.dispute.category,
        host_type=file.organisation.type,
        form=agreement.form if agreement else None,
        fully_performed_by_as_of=int(_by(performed_on(file), as_of)),
        judicial_applied=int(_by(court.applied_on, as_of)),
        judicial_confirmed=int(court.result == CONFIRMED and _by(court.decided_on, as_of)),
        prevented_cases_persons=file.prevented,
    )


def succeeded(file: CaseFile) -> bool:
    """Whether the case ended with an agreement, a partial one included (§3.3 column 3)."""
    return file.outcome is not None and file.outcome.result.success


def performed_on(file: CaseFile) -> date | None:
    """Day the agreement was fully performed: nothing open, and the payments together the payable total.

    An agreement without payments counts as performed once nothing is open and the volume is closed.
    """
    if file.agreement is None or not succeeded(file):
        return None
    done = [row.done_on for row in file.performance]
    days = [day for day in done if day is not None]
    if len(days) < len(done) or _paid(file) != file.agreement.total_payable:
        return None
    if not file.agreement.total_payable:
        archived = file.archive.archived_on if file.archive else None
        return max([archived, *days]) if archived else None
    return max(days)


def source_of(intake: Intake) -> str:
    """The case's source as 表二 columns 12-19 name it, e.g. ``接受委托移送（法院）``."""
    if intake.source_stat is not SourceStat.REFERRED:
        return intake.source_stat.value
    kinds = cast("Iterable[Mapping[str, object]]", rules("sources")["referred_by"])
    for text in (intake.source_org or "", intake.channel):
        for kind in kinds:
            if any(word in text for word in cast("list[str]", kind["keywords"])):
                return f"{intake.source_stat.value}（{kind['name']}）"
    return f"{intake.source_stat.value}（{OTHER_SOURCE}）"


def _paid(file: CaseFile) -> Decimal:
    clauses = file.agreement.clauses if file.agreement else ()
    payable = {clause.no for clause in clauses if clause.kind is ClauseKind.PAY}
    amounts = (row.amount or Decimal() for row in file.performance if row.clause in payable)
    return sum(amounts, Decimal())


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
