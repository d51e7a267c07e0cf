"""Worksheets and lists as plain data and as lines of text; no party is named in either (LR-21)."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.shared.money import figures
from mediation_desk.subsidy.listing import MonthList
from mediation_desk.subsidy.model import Batch, BatchSheet, Claim, Difference, Payee
from mediation_desk.subsidy.service import CaseSubsidy
from mediation_desk.subsidy.sharing import Share
from mediation_desk.subsidy.worksheet import Worksheet

Plain = dict[str, object]


def case_to_plain(found: CaseSubsidy) -> Plain:
    """A case's worksheet with its claims; amounts as text with two decimals."""
    return worksheet_to_plain(found.worksheet) | {
        "state": found.state,
        "claims": [claim_to_plain(claim) for claim in found.claims],
        "difference": difference_to_plain(found.difference) if found.difference else None,
    }


def worksheet_to_plain(sheet: Worksheet) -> Plain:
    """One worksheet."""
    return {
        "case": sheet.case_key,
        "number": sheet.number,
        "body": sheet.body,
        "category": sheet.category,
        "concluded_on": sheet.concluded_on.isoformat() if sheet.concluded_on else None,
        "on": sheet.on.isoformat(),
        "scheme": sheet.scheme,
        "scheme_version": sheet.scheme_version,
        "class": sheet.pay_class or None,
        "clause": sheet.clause or None,
        "class_amount": f"{sheet.class_amount:.2f}",
        "amount": f"{sheet.amount:.2f}",
        "shares": [_share(share) for share in sheet.shares],
        "payable": sheet.payable,
        "refusals": [{"text": one.text, "source": one.source, "final": one.final} for one in sheet.refusals],
        "findings": [
            {"clause": one.clause, "source": one.source, "holds": one.holds, "case": one.why}
            for one in sheet.findings
        ],
    }


def month_to_plain(found: MonthList) -> Plain:
    """What a list of the month would hold, and the lists it has."""
    return {
        "month": found.month.isoformat()[:7],
        "on": found.on.isoformat(),
        "total": f"{found.total:.2f}",
        "ready": [worksheet_to_plain(sheet) for sheet in found.ready],
        "refused": [worksheet_to_plain(sheet) for sheet in found.refused],
        "to_take_back": [claim_to_plain(claim) for claim in found.to_take_back],
        "lists": [batch_to_plain(batch) for batch in found.batches],
        "differences": [difference_to_plain(one) for one in found.differences],
        "left": found.left,
    }


def sheet_to_plain(sheet: BatchSheet) -> Plain:
    """One list with its lines and who draws what."""
    return batch_to_plain(sheet.batch) | {
        "total": f"{sheet.total:.2f}",
        "payees": [_payee(one) for one in sheet.payees],
        "claims": [claim_to_plain(claim) for claim in sheet.claims],
    }


def batch_to_plain(batch: Batch) -> Plain:
    """Where a list stands."""
    return {
        "month": batch.month.isoformat()[:7],
        "no": batch.no,
        "status": batch.status.value,
        "prepared_by": batch.prepared_by,
        "prepared_at": batch.prepared_at.isoformat(),
        "decided_by": batch.decided_by or None,
        "decided_at": batch.decided_at.isoformat() if batch.decided_at else None,
        "paid_on": batch.paid_on.isoformat() if batch.paid_on else None,
        "reason": batch.reason or None,
    }


def claim_to_plain(claim: Claim) -> Plain:
    """One line of a list."""
    return {
        "case": claim.case_key,
        "number": claim.number,
        "month": claim.month.isoformat()[:7],
        "class": claim.pay_class or None,
        "clause": claim.clause or None,
        "scheme_version": claim.scheme_version,
        "amount": f"{claim.amount:.2f}",
        "shares": [_share(share) for share in claim.shares],
        "status": claim.status.value,
        "reason": claim.reason or None,
        "takes_back": claim.corrects is not None,
    }


def difference_to_plain(one: Difference) -> Plain:
    """A case changed after its claim."""
    return {
        "case": one.claim.case_key,
        "claimed": f"{one.claim.amount:.2f}",
        "now": f"{one.amount:.2f}",
        "change": f"{one.change:.2f}",
        "why": one.why,
    }


def case_lines(found: CaseSubsidy) -> Iterator[str]:
    """A worksheet for a terminal."""
    sheet = found.worksheet
    yield f"{sheet.number or sheet.case_key}\t{sheet.category}\t{found.state}"
    if sheet.pay_class:
        yield f"{sheet.clause}\t本类每件{figures(sheet.class_amount)}元"
        for share in sheet.shares:
            told = share.note or f"基数{figures(share.base)}元，等级加成{figures(share.extra)}元"
            yield f"{share.name}\t{share.role}\t{share.grade or '—'}\t{figures(share.amount)}元\t{told}"
        yield f"合计\t{figures(sheet.amount)}元"
        yield f"依据\t{sheet.scheme}，版本{sheet.scheme_version}"
    for refusal in sheet.refusals:
        yield f"不能计补：{refusal.sentence}"
    for finding in sheet.findings:
        yield f"{'符合' if finding.holds else '不符合'}\t{finding.clause}\t本案：{finding.why}"
    for claim in found.claims:
        yield f"{claim.month:%Y-%m}\t{claim.status}\t{figures(claim.amount)}元\t{claim.reason}".rstrip()
    if found.difference is not None:
        yield difference_line(found.difference)


def month_lines(found: MonthList) -> Iterator[str]:
    """The list of a month for a terminal."""
    yield f"可以列入{len(found.ready)}件，合计{figures(found.total)}元（截至{found.on.isoformat()}）"
    for sheet in found.ready:
        shares = "，".join(f"{one.name} {figures(one.amount)}" for one in sheet.shares if one.amount)
        yield f"{sheet.number or sheet.case_key}\t{sheet.clause}\t{shares}\t{figures(sheet.amount)}元"
    for claim in found.to_take_back:
        yield f"{claim.number or claim.case_key}\t冲减：{claim.reason}\t{figures(claim.amount)}元"
    for sheet in found.refused:
        reasons = "；".join(one.sentence for one in sheet.refusals)
        yield f"{sheet.number or sheet.case_key}\t{'不计补' if sheet.never else '暂不计补'}\t{reasons}"
    for one in found.differences:
        yield difference_line(one)
    for batch in found.batches:
        yield f"{batch.name}\t{batch.status}\t{batch.prepared_by}编制"
    if found.left:
        yield f"还有{found.left}件没有核算，请先处理上面的。"


def sheet_lines(sheet: BatchSheet) -> Iterator[str]:
    """One list for a terminal: who draws what, then the cases."""
    yield f"{sheet.batch.name}\t{sheet.batch.status}\t合计{figures(sheet.total)}元"
    for place, one in enumerate(sheet.payees, start=1):
        yield f"{place}\t{one.name}\t{one.grade or '—'}\t{one.cases}件\t{figures(one.amount)}元"
    for claim in sheet.claims:
        why = claim.reason or claim.clause
        yield f"{claim.number or claim.case_key}\t{claim.status}\t{figures(claim.amount)}元\t{why}"


def difference_line(one: Difference) -> str:
    """``（2026）…号 核定后有更正：原 480.00 元，现 400.00 元，差 -80.00 元``."""
    name = one.claim.number or one.claim.case_key
    before, now = figures(one.claim.amount), figures(one.amount)
    return f"{name}\t列入清单后有更正：原{before}元，现{now}元，差{figures(one.change)}元\t{one.why}"


def _share(share: Share) -> Plain:
    return {
        "pool_no": share.pool_no,
        "name": share.name,
        "role": share.role.value,
        "grade": share.grade or None,
        "base": f"{share.base:.2f}",
        "extra": f"{share.extra:.2f}",
        "amount": f"{share.amount:.2f}",
        "note": share.note or None,
    }


def _payee(one: Payee) -> Plain:
    return {
        "pool_no": one.pool_no,
        "name": one.name,
        "grade": one.grade or None,
        "cases": one.cases,
        "amount": f"{one.amount:.2f}",
    }
