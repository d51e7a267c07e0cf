"""The agreement: clauses that add up, signatures that bind (domain.md §1.2, §2.2 F-11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import Agreement, AgreementForm, Clause, ClauseKind
from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile

_RULE = "T-12"
"""What a clause must say follows from 人民调解法 art. 29; the state machine asks it when the draft is made."""


def check(file: CaseFile) -> Iterator[Problem]:
    """Clauses and instalments, form and number. Signatures are checked next door."""
    agreement = file.agreement
    if agreement is None:
        return
    for number, clause in enumerate(agreement.clauses):
        place = f"/agreement/clauses/{number}"
        if clause.no != number + 1:
            yield Problem(pointer=f"{place}/no", message=f"条款序号应为{number + 1}")
        yield from _parties(place, clause, file)
        yield from _payment(place, clause) if clause.kind is ClauseKind.PAY else _other(place, clause)
        yield from _days(place, clause, agreement.signed_on)
    yield from _form(agreement, file)


def _parties(place: str, clause: Clause, file: CaseFile) -> Iterator[Problem]:
    payers, payees = known.joined(clause.payer), known.joined(clause.payee)
    for key, refs in (("payer", payers), ("payee", payees)):
        for ref in refs:
            for stranger in known.unknown_one(f"{place}/{key}", ref, known.parties(file), "当事人"):
                yield replace(stranger, rule=_RULE)
        if len(set(refs)) != len(refs):
            yield Problem(pointer=f"{place}/{key}", message="同一当事人写了两次")
    if set(payers) & set(payees):
        yield Problem(pointer=f"{place}/payee", message="付款人与收款人相同", rule=_RULE)


def _payment(place: str, clause: Clause) -> Iterator[Problem]:
    for key, missing in (("payer", "付款人"), ("payee", "收款人")):
        if not getattr(clause, key):
            yield Problem(pointer=f"{place}/{key}", message=f"支付条款应写明{missing}", rule=_RULE)
    if clause.amount is None or clause.amount <= 0:
        yield Problem(pointer=f"{place}/amount", message="支付条款应有大于零的金额", rule=_RULE)
        return
    if (clause.due_on is None) == (not clause.instalments):
        reason = "支付条款应写明履行日期，或者分期，二者取一"
        yield Problem(pointer=f"{place}/due_on", message=reason, rule=_RULE)
    total = sum((part.amount for part in clause.instalments), Decimal())
    if clause.instalments and total != clause.amount:
        reason = f"各期合计{total:.2f}，与条款金额{clause.amount:.2f}不符"
        yield Problem(pointer=f"{place}/instalments", message=reason, rule=_RULE)
    for number, part in enumerate(clause.instalments):
        where = f"{place}/instalments/{number}"
        if part.no != number + 1:
            yield Problem(pointer=f"{where}/no", message=f"期次应为{number + 1}")
        if part.amount <= 0:
            yield Problem(pointer=f"{where}/amount", message="每一期都应有大于零的金额")
        if number and part.due_on < clause.instalments[number - 1].due_on:
            yield Problem(pointer=f"{where}/due_on", message="早于上一期")


def _other(place: str, clause: Clause) -> Iterator[Problem]:
    if clause.amount is not None:
        yield Problem(pointer=f"{place}/amount", message="只有支付条款有金额")
    if clause.instalments:
        yield Problem(pointer=f"{place}/instalments", message="只有支付条款可以分期")


def _days(place: str, clause: Clause, signed_on: date | None) -> Iterator[Problem]:
    if signed_on is None:
        return
    if clause.due_on is not None and clause.due_on < signed_on:
        reason = _too_early(f"第{clause.no}条", clause.due_on, signed_on)
        yield Problem(pointer=f"{place}/due_on", message=reason, rule="LR-12")
    for number, part in enumerate(clause.instalments):
        if part.due_on < signed_on:
            reason = _too_early(f"第{clause.no}条第{part.no}期", part.due_on, signed_on)
            yield Problem(pointer=f"{place}/instalments/{number}/due_on", message=reason, rule="LR-12")


def _too_early(what: str, due_on: date, signed_on: date) -> str:
    days = f"履行日期{due_on.isoformat()}早于签署日期{signed_on.isoformat()}"
    return f"{what}的{days}，协议自签署起生效（人民调解法第二十九条）"


def _form(agreement: Agreement, file: CaseFile) -> Iterator[Problem]:
    if agreement.form is AgreementForm.WRITTEN:
        number = file.intake.number
        if agreement.number is not None and agreement.number != number:
            yield Problem(pointer="/agreement/number", message="协议编号与案件编号不一致")
        if agreement.oral_record is not None:
            yield Problem(pointer="/agreement/oral_record", message="书面协议没有口头协议登记")
        return
    for key, empty in (("number", None), ("copies", 0), ("signatures", ())):
        if getattr(agreement, key) != empty:
            yield Problem(pointer=f"/agreement/{key}", message="口头协议没有这一项")
    yield from _oral(agreement, file)


def _oral(agreement: Agreement, file: CaseFile) -> Iterator[Problem]:
    entry = agreement.oral_record
    if entry is None:
        if file.outcome is not None:
            yield Problem(pointer="/agreement/oral_record", message="口头协议应当登记", rule="LR-11")
        return
    by = known.recorders(file) | known.mediators(file)
    place = "/agreement/oral_record"
    yield from known.unknown_one(f"{place}/recorded_by", entry.recorded_by, by, "记录人或者调解员")
    if file.outcome is not None and entry.registered_on < file.outcome.concluded_on:
        yield Problem(pointer=f"{place}/registered_on", message="登记日早于达成协议之日")
    confirmed = {text.split("（")[0] for text in entry.confirmed_by}
    missing = [party.ref for party in file.parties if party.ref not in confirmed]
    if missing:
        reason = f"口头协议须各方确认，缺{'、'.join(missing)}"
        yield Problem(pointer=f"{place}/confirmed_by", message=reason, rule="LR-14")
