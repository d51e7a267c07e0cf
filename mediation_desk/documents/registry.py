"""The forms the desk can print, as one visible list."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.form import Form
from mediation_desk.documents.forms import (
    acceptance,
    account,
    agreement,
    application,
    choice,
    closing_report,
    confirmation,
    designation,
    disclosure,
    ending,
    evidence,
    identity,
    investigation,
    mandate,
    oral,
    payments,
    receipt,
    record,
    recusal,
    reply,
    rights,
    satisfaction,
    slips,
    summons,
    undisputed,
    urging,
    visit,
    volume_note,
    withdrawal,
)
from mediation_desk.shared.errors import InputError

FORMS: tuple[Form, ...] = (
    application.FORM,
    acceptance.FORM,
    rights.FORM,
    identity.FORM,
    mandate.FORM,
    choice.FORM,
    designation.FORM,
    disclosure.FORM,
    recusal.FORM,
    summons.FORM,
    investigation.FORM,
    evidence.FORM,
    record.FORM,
    agreement.FORM,
    oral.FORM,
    payments.FORM,
    receipt.FORM,
    urging.FORM,
    account.FORM,
    visit.FORM,
    ending.FORM,
    withdrawal.FORM,
    closing_report.FORM,
    volume_note.FORM,
    satisfaction.FORM,
    *slips.FORMS,
    undisputed.FORM,
    *confirmation.FORMS,
    reply.FORM,
)


def form(key: str) -> Form:
    """The form called ``key``; ``InputError`` naming those there are."""
    for candidate in FORMS:
        if candidate.key == key:
            return candidate
    known = "、".join(candidate.key for candidate in FORMS)
    raise InputError(f"没有名为“{key}”的文书，可用的有：{known}。", field="form")


def available(file: CaseFile) -> tuple[Form, ...]:
    """The forms this case can print now."""
    return tuple(candidate for candidate in FORMS if candidate.applies(file) is None)
