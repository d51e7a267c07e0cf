"""What reports count a case by: its source, and the day its agreement was fully performed (domain.md §3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mediation_desk.agreements.model import ClauseKind
from mediation_desk.agreements.settling import shares
from mediation_desk.cases.kept import owed
from mediation_desk.cases.model import CaseFile, Intake
from mediation_desk.cases.vocabulary import SourceStat
from mediation_desk.shared.assets import built

OTHER_SOURCE = "其他"


def succeeded(file: CaseFile) -> bool:
    """Whether the case ended with an agreement, a partial one included (§3.3 column 3)."""
    return file.outcome is not None and file.outcome.result.success


def performed_on(file: CaseFile) -> date | None:
    """Day the agreement was fully performed: nothing open, and what was paid and forgiven the payable total.

    An agreement without payments counts as performed once nothing is open and the volume is closed. A sum the
    creditor forgave is settled on that day; ``kept.waived_total`` tells it apart.
    """
    if file.agreement is None or not succeeded(file):
        return None
    if owed(file) or _settled(file) != file.agreement.total_payable:
        return None
    found = shares(file.performance, file.beside.waivers)
    days = [share.settled_on for share in found if share.settled_on is not None]
    if not file.agreement.total_payable:
        archived = file.archive.archived_on if file.archive else None
        return max([archived, *days]) if archived else None
    return max(days)


def source_of(intake: Intake) -> str:
    """The case's source as 表二 columns 12-19 name it, e.g. ``接受委托移送（法院）``."""
    if intake.source_stat is not SourceStat.REFERRED:
        return intake.source_stat.value
    by = built("sources", lambda data: _referred_by(data, (intake.source_org or "", intake.channel)))
    return f"{intake.source_stat.value}（{by}）"


def _referred_by(data: Mapping[str, Any], texts: tuple[str, ...]) -> str:
    for text in texts:
        for kind in data["referred_by"]:
            if any(word in text for word in kind["keywords"]):
                return str(kind["name"])
    return OTHER_SOURCE


def days_taken(
    accepted_on: date | None, concluded_on: date | None, pauses: Iterable[tuple[date, date]]
) -> int | None:
    """Days after acceptance up to the end, those standing still left out (§5.6); None where one is missing.

    Of a pause both days stand still.
    """
    if accepted_on is None or concluded_on is None:
        return None
    still = {
        day
        for first, last in pauses
        for day in range(
            max(first, accepted_on + timedelta(1)).toordinal(), min(last, concluded_on).toordinal() + 1
        )
    }
    return max((concluded_on - accepted_on).days - len(still), 0)


def _settled(file: CaseFile) -> Decimal:
    clauses = file.agreement.clauses if file.agreement else ()
    payable = {clause.no for clause in clauses if clause.kind is ClauseKind.PAY}
    amounts = (row.amount or Decimal() for row in file.performance if row.clause in payable)
    return sum(amounts, Decimal())
