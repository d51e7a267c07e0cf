"""The forms the desk can print, as one visible list."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.form import Form
from mediation_desk.documents.forms import (
    acceptance,
    account,
    agreement,
    application,
    borrow_slip,
    choice,
    confirmation,
    designation,
    disclosure,
    ending,
    evidence_bag,
    oral,
    record,
    reply,
    rights,
    score_sheet,
    slips,
    spine,
    summons,
    undisputed,
    urging,
    visit,
)
from mediation_desk.shared.errors import InputError

FORMS: tuple[Form, ...] = (
    application.FORM,
    acceptance.FORM,
    rights.FORM,
    choice.FORM,
    designation.FORM,
    disclosure.FORM,
    summons.FORM,
    record.FORM,
    agreement.FORM,
    oral.FORM,
    urging.FORM,
    account.FORM,
    visit.FORM,
    ending.FORM,
    *slips.FORMS,
    undisputed.FORM,
    *confirmation.FORMS,
    reply.FORM,
    evidence_bag.FORM,
    score_sheet.FORM,
    spine.FORM,
    borrow_slip.FORM,
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
