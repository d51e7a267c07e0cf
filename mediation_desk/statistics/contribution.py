"""What one case adds to the statistics (domain.md §3.3), worked out from the case alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import CONFIRMED, AgreementForm
from mediation_desk.cases.counted import performed_on, source_of, succeeded
from mediation_desk.cases.model import CaseFile, Prevented
from mediation_desk.cases.vocabulary import BodyType, Category, Difficulty
from mediation_desk.shared.record import record


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
    counted = file.outcome is not None and file.intake.accepted_on is not None
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


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
