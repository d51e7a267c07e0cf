"""Cases changed after they were claimed: what they would be worth now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mediation_desk.subsidy.listing import judging_day
from mediation_desk.subsidy.model import ZERO, Claim, ClaimStatus, Difference
from mediation_desk.subsidy.ports import SubsidyWork
from mediation_desk.subsidy.rules import subsidy_rules
from mediation_desk.subsidy.worksheet import worksheet


def differences(work: SubsidyWork, claims: Iterable[Claim], today: date) -> Iterator[Difference]:
    """Claims that would be worked out otherwise now; a change that changes nothing is none."""
    changed = tuple(claims)
    files = {file.case_key: file for file in work.cases.find_many([claim.case_key for claim in changed])}
    for claim in changed:
        file = files.get(claim.case_key)
        if file is None or claim.status is ClaimStatus.REFUSED:
            continue
        now = worksheet(file, subsidy_rules(), judging_day(claim.month, today))
        amount = now.amount if now.payable else ZERO
        same_people = [(one.pool_no, one.amount) for one in now.shares] == [
            (one.pool_no, one.amount) for one in claim.shares
        ]
        if amount == claim.amount and now.pay_class == claim.pay_class and same_people:
            continue
        why = "；".join(one.text for one in now.refusals) if not now.payable else now.clause
        yield Difference(claim=claim, pay_class=now.pay_class, amount=amount, why=why)
