"""Lists and cases as they are looked up, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import NOT_YOURS, no_case
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from mediation_desk.subsidy.model import Batch, BatchSheet, BatchStatus, ClaimStatus
from mediation_desk.subsidy.months import month_word
from mediation_desk.subsidy.ports import SubsidyWork

MOST_BATCHES = 60


def found_case(work: SubsidyWork, case_key: str, permission: Permission = Permission.CASE_READ) -> CaseFile:
    """The case. Raises ``InputError`` for none, ``PermissionDenied`` where it may only be read."""
    file = work.cases.find(case_key.strip())
    if file is None:
        raise no_case(case_key)
    if not work.cases.reached(file.case_key, permission):
        raise PermissionDenied(NOT_YOURS)
    return file


def chosen_batch(work: SubsidyWork, month: date, no: int | None) -> Batch:
    """The list with this number, else the month's last. Raises ``InputError``."""
    first = month.replace(day=1)
    batch = last_batch(work, first) if no is None else work.subsidies.batch(first, no)
    if batch is None:
        raise InputError(f"{month_word(first)}还没有{f'第{no}号' if no else ''}清单。", field="month")
    return batch


def last_batch(work: SubsidyWork, month: date) -> Batch | None:
    """The month's last list that was not withdrawn."""
    known = work.subsidies.batches(month.replace(day=1), MOST_BATCHES)
    return next((one for one in known if one.status is not BatchStatus.WITHDRAWN), None)


def sheet_of(work: SubsidyWork, batch: Batch) -> BatchSheet:
    """A list with its lines."""
    return BatchSheet(batch=batch, claims=work.subsidies.of_batch(batch.id))


def require_status(batch: Batch, wanted: BatchStatus, deed: str) -> None:
    """Raises ``RuleError`` when the list stands otherwise."""
    if batch.status is not wanted:
        raise RuleError(f"{batch.name}清单{batch.status}，不能{deed}。")


def require_on(sheet: BatchSheet, reasons: Mapping[str, str]) -> None:
    """Raises ``InputError`` for a case that does not wait on the list."""
    waiting = {
        claim.case_key
        for claim in sheet.claims
        if claim.status is ClaimStatus.WAITING and claim.corrects is None
    }
    unknown = sorted(set(reasons) - waiting)
    if unknown:
        raise InputError(f"清单里没有待审批的{'、'.join(unknown)}。", field="refuse")
