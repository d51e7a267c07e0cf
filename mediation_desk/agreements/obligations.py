"""What has to be done under an agreement: one open item for each instalment, payment or act with a day."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.agreements.model import Clause, ClauseKind, Performance, Recurring


def obligations(clauses: Iterable[Clause], recurring: Iterable[Recurring] = ()) -> Iterable[Performance]:
    """The open items of an agreement: each instalment, each payment or act with a day.

    Monthly payments (``recurring``) are left out: their rows come as they fall due.
    """
    monthly = {one.clause for one in recurring}
    for clause in clauses:
        if clause.no in monthly:
            continue
        for part in clause.instalments:
            yield Performance(
                clause=clause.no,
                instalment=part.no,
                payer=clause.payer,
                payee=clause.payee,
                due_on=part.due_on,
                amount=part.amount,
            )
        if not clause.instalments and clause.due_on is not None:
            payment = clause.kind is ClauseKind.PAY
            yield Performance(
                clause=clause.no,
                payer=clause.payer,
                payee=clause.payee,
                due_on=clause.due_on,
                amount=clause.amount if payment else None,
            )
