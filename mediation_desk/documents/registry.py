"""The forms the desk can print, as one visible list."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.form import Form
from mediation_desk.documents.forms import (
    acceptance,
    acceptance_notice,
    account,
    agreement,
    application,
    application_table,
    borrow_slip,
    choice,
    closing_approval,
    closing_report,
    completion_notice,
    confirmation,
    consent_request,
    court_report,
    designation,
    disclosure,
    ending,
    evidence,
    evidence_bag,
    extension_papers,
    filing_approval,
    filing_letter,
    identity,
    investigation,
    mandate,
    market,
    oral,
    payments,
    police,
    privacy_notice,
    receipt,
    record,
    recusal,
    referral_receipt,
    reply,
    rights,
    satisfaction,
    score_sheet,
    service_address,
    service_return,
    simple_procedure,
    slips,
    spine,
    summons,
    suspension_notices,
    traffic,
    undisputed,
    urging,
    visit,
    volume_back,
    volume_catalogue,
    volume_cover,
    volume_note,
    withdrawal,
)
from mediation_desk.shared.errors import InputError

FORMS: tuple[Form, ...] = (
    application.FORM,
    application_table.FORM,
    consent_request.FORM,
    filing_approval.FORM,
    completion_notice.FORM,
    acceptance.FORM,
    acceptance_notice.FORM,
    rights.FORM,
    privacy_notice.FORM,
    identity.FORM,
    mandate.FORM,
    choice.FORM,
    designation.FORM,
    disclosure.FORM,
    recusal.FORM,
    summons.FORM,
    *suspension_notices.FORMS,
    *extension_papers.FORMS,
    investigation.FORM,
    evidence.FORM,
    record.FORM,
    agreement.FORM,
    oral.FORM,
    simple_procedure.FORM,
    *police.FORMS,
    *traffic.FORMS,
    *market.FORMS,
    payments.FORM,
    receipt.FORM,
    urging.FORM,
    account.FORM,
    visit.FORM,
    ending.FORM,
    service_return.FORM,
    closing_approval.FORM,
    withdrawal.FORM,
    closing_report.FORM,
    volume_note.FORM,
    satisfaction.FORM,
    *slips.FORMS,
    undisputed.FORM,
    *confirmation.FORMS,
    reply.FORM,
    referral_receipt.FORM,
    service_address.FORM,
    court_report.FORM,
    filing_letter.FORM,
    volume_cover.FORM,
    volume_catalogue.FORM,
    volume_back.FORM,
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
