"""One of several parties, or a member of a group, will not sign: the others may, without that one (LR-10, LR-19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import Agreement, Clause, ClauseKind, NotSigned
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.annex import Stand, annex_lines, somebody_signed
from mediation_desk.cases.steps.signing import demand_after_conclusion, in_force
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import SIGN, Transition
from mediation_desk.parties.model import GroupMember, Party, Side
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.money import figures, in_full
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_VOID_FIRST = "已有人签署，协议的金额会随之改变；请先作废重签。"


@record
class DeclineToSign:
    """拒签: ``ref`` (a party or a member) stays outside the agreement and has been told the other ways (LR-10)."""

    title: ClassVar[str] = "拒签"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = SIGN

    ref: str
    on: date
    reason: str
    told_remedies: tuple[str, ...]

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Leave that one out; a member's part comes out of the clause. Raises ``RuleError`` where that cannot be."""
        demand_after_conclusion(file, self.on)
        reason = canonical(self.reason, "拒签的原因", multiline=False, longest=200).strip()
        if not reason:
            raise InputError("请写明拒签的原因。", field="reason")
        told = tuple(one.strip() for one in self.told_remedies if one.strip())
        if not told:
            raise RuleError("拒签的，应当告知其他救济途径（人民调解法第二十六条）。", rule="LR-10")
        if any(entry.ref == self.ref for entry in file.not_signed):
            raise InputError(f"{file.name_of(self.ref)}已经登记过拒签。", field="ref")
        entry = NotSigned(ref=self.ref, on=self.on, reason=reason, told_remedies=told, told_on=self.on)
        party = file.party(self.ref)
        after = self._without_party(file, party) if party is not None else self._without_member(file)
        after = replace(after, not_signed=(*after.not_signed, entry))
        return in_force(after, around) if after.effective_on else after

    def sentence(self, file: CaseFile) -> str:
        """Who and why."""
        return f"{file.name_of(self.ref)}拒签，不在协议之内：{self.reason.strip()}"

    def _without_party(self, file: CaseFile, party: Party) -> CaseFile:
        agreement = file.agreement
        if agreement is None or self.ref not in file.missing_signatures:
            raise InputError(f"{party.name}没有待签的位置。", field="ref")
        out = {entry.ref for entry in file.not_signed} | {self.ref}
        sides = {one.side for one in file.parties if one.ref not in out}
        if not {Side.APPLICANT, Side.RESPONDENT} <= sides:
            raise RuleError(
                f"{party.name}不签，协议就少了一方，不能成立；请以“拒绝签署”结束调解。", rule="T-15"
            )
        bound = next((one.no for one in agreement.clauses if _names(one, self.ref)), None)
        if bound is not None:
            raise RuleError(
                f"协议第{bound}条写着{party.name}的权利或者义务，请先改条款，再登记拒签。", rule="LR-12"
            )
        return file

    def _without_member(self, file: CaseFile) -> CaseFile:
        member = next((one for one in file.group_members if one.ref == self.ref), None)
        if member is None:
            raise InputError(f"“{self.ref[:20]}”不是本案的当事人或者成员。", field="ref")
        if member.party_ref not in file.missing_signatures:
            raise RuleError("这一方已经签署，附表不能再改；确需更正请先作废重签。", rule="T-13")
        lines = annex_lines(file, member.party_ref)
        if sum(line.stand is not Stand.REFUSED for line in lines) <= 1:
            raise RuleError("成员都不签，协议就少了一方；请以“拒绝签署”结束调解。", rule="T-15")
        agreement = file.agreement
        if member.instalments and agreement is not None:
            if somebody_signed(file):
                raise RuleError(_VOID_FIRST, rule="T-13")
            agreement = without_parts(agreement, member)
        left = replace(member, signed=False, signed_on=None, instalments=())
        members = tuple(left if one is member else one for one in file.group_members)
        mandates = tuple(one for one in file.beside.mandates if one.ref != self.ref)
        beside = replace(file.beside, mandates=mandates)
        return replace(file, agreement=agreement, group_members=members, beside=beside)


def without_parts(agreement: Agreement, member: GroupMember) -> Agreement:
    """The agreement less what this member would have paid or got; sums written in the text follow where they stand."""
    ref = member.party_ref
    paid = [one for one in agreement.clauses if one.kind is ClauseKind.PAY and _names(one, ref)]
    if len(paid) != 1:
        return agreement
    clause = paid[0]
    whole = sum(member.instalments, Decimal())
    if clause.amount is None or clause.amount <= whole:
        raise RuleError(
            f"减去{member.name}的一份，协议第{clause.no}条就没有金额了；请先改条款。", rule="LR-19"
        )
    less = clause.amount - whole
    parts = tuple(
        replace(part, amount=part.amount - share)
        for part, share in zip(
            clause.instalments, (*member.instalments, *[Decimal()] * len(clause.instalments)), strict=False
        )
    )
    text = clause.text.replace(in_full(clause.amount), in_full(less))
    text = text.replace(figures(clause.amount), figures(less))
    changed = replace(clause, amount=less, instalments=parts, text=text)
    return replace(agreement, clauses=tuple(changed if one is clause else one for one in agreement.clauses))


def _names(clause: Clause, ref: str) -> bool:
    joined = "+".join(refs for refs in (clause.payer, clause.payee) if refs)
    return ref in joined.split("+")
