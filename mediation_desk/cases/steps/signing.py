"""Signatures, place by place and member by member, and what an agreement brings with the last one (T-13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import AgreementForm, Signature
from mediation_desk.agreements.obligations import obligations
from mediation_desk.agreements.offered import ghosts
from mediation_desk.agreements.signing import Mandate, Signing, VoidedSignature, method_text
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.annex import last_act, somebody_signed
from mediation_desk.cases.signing.places import demand_signable, usual_method
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import SIGN, VOID_SIGNATURES, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical
from mediation_desk.shared.workdays import confirmation_deadline

_BY_HAND = "签名并按指印"
ORAL_NOT_CONFIRMED = "不适用（口头协议）"


@record
class Sign:
    """签署: one place on the paper is signed, fingerprinted or sealed.

    ``signing`` is the detail kept beside the file; without a ``method`` the words come from it, or are the usual
    ones for that place.
    """

    title: ClassVar[str] = "签署"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = SIGN

    ref: str
    method: str = ""
    on: date
    signing: Signing | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the signature; with the last one the agreement takes effect (LR-12)."""
        if file.agreement is None or self.ref not in file.missing_signatures:
            raise InputError(f"{file.name_of(self.ref)}没有待签的位置。", field="ref")
        _demand_no_ghost(file, around)
        method = self._words(file)
        self._demand_day(file)
        demand_signable(file, self.ref, method, self.on, self.signing)
        signature = Signature(ref=self.ref, method=method, on=self.on)
        signed = replace(file.agreement, signatures=(*file.agreement.signatures, signature))
        after = replace(_with_details(file, self._details()), agreement=signed)
        return in_force(after, around) if after.effective_on else after

    def sentence(self, file: CaseFile) -> str:
        """Who signed, and whether the agreement is in force."""
        places = file.agreement.signatures if file.agreement is not None else ()
        method = next((place.method for place in places if place.ref == self.ref), self.method)
        text = f"{file.name_of(self.ref)}{method}"
        return f"{text}，协议生效" if file.effective_on else text

    def _words(self, file: CaseFile) -> str:
        if self.method.strip():
            return canonical(self.method, "签署方式", multiline=False, longest=60).strip()
        party = file.party(self.ref)
        if self.signing is not None and not (party is not None and party.is_group):
            return method_text(self.signing)
        return usual_method(file, self.ref, self.on)

    def _details(self) -> tuple[Signing, ...]:
        return (replace(self.signing, ref=self.ref),) if self.signing is not None else ()

    def _demand_day(self, file: CaseFile) -> None:
        demand_after_conclusion(file, self.on)
        last = last_act(file, self.ref)
        if last is not None and self.on < last:
            raise InputError(
                f"{file.name_of(self.ref)}的成员最后在{cn_date(last)}签署或者授权，这一方的日期不能更早。",
                field="on",
            )


@record
class MarkMembers:
    """附表签署: members of one group signed on that day, or gave their mandate; ``taken_back`` clears a wrong mark."""

    title: ClassVar[str] = "附表签署"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = SIGN

    group: str
    on: date
    signed: tuple[str, ...] = ()
    mandated: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    note: str = ""
    details: tuple[Signing, ...] = ()

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note how these members stand behind the agreement (LR-19)."""
        self._demand(file)
        if self.signed or self.mandated:
            _demand_no_ghost(file, around)
        if self.signed:
            demand_after_conclusion(file, self.on)
        for detail in self.details:
            demand_signable(file, detail.ref, method_text(detail), self.on, detail)
        signed, others = set(self.signed), {*self.mandated, *self.taken_back}
        members = tuple(
            replace(one, signed=True, signed_on=self.on)
            if one.ref in signed
            else replace(one, signed=None, signed_on=None)
            if one.ref in others
            else one
            for one in file.group_members
        )
        touched = signed | others
        kept = tuple(one for one in file.beside.mandates if one.ref not in touched)
        added = tuple(Mandate(ref=ref, on=self.on, note=self.note.strip()) for ref in self.mandated)
        beside = replace(
            file.beside,
            mandates=(*kept, *added),
            signings=tuple(one for one in file.beside.signings if one.ref not in touched),
        )
        return _with_details(replace(file, group_members=members, beside=beside), self.details)

    def sentence(self, file: CaseFile) -> str:
        """How many did what."""
        parts = (("签名", self.signed), ("授权", self.mandated), ("撤去标记", self.taken_back))
        told = "，".join(f"{len(refs)}人{word}" for word, refs in parts if refs)
        return f"{file.name_of(self.group)}附表：{told}"

    def _demand(self, file: CaseFile) -> None:
        party = file.party(self.group)
        if party is None or not party.is_group:
            raise InputError("附表只用于群体当事人。", field="group")
        named = (*self.signed, *self.mandated, *self.taken_back)
        if not named:
            raise InputError("请选至少一名成员。", field="signed")
        if len(set(named)) != len(named):
            raise InputError("同一名成员不能既签名又授权。", field="signed")
        known = {member.ref for member in file.members_of(self.group)}
        out = {entry.ref for entry in file.not_signed}
        for ref in (*named, *(detail.ref for detail in self.details)):
            if ref not in known:
                raise InputError(f"“{ref[:20]}”不是{party.name}的成员。", field="signed")
            if ref in out:
                raise RuleError(f"{file.name_of(ref)}已经拒签，不在协议之内。", rule="LR-19")
        if self.group not in file.missing_signatures:
            raise RuleError(f"{party.name}已经签署，附表不能再改；确需更正请先作废重签。", rule="T-13")


@record
class VoidSignatures:
    """作废重签: the signatures come off the agreement, stay on record with the reason, and the draft is open again."""

    title: ClassVar[str] = "作废重签"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = VOID_SIGNATURES

    on: date
    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Take every signature off, members' too; mandates stay: they were given for the settlement."""
        agreement = file.agreement
        if agreement is None or not somebody_signed(file):
            raise RuleError("还没有人签署，可以直接改条款。", rule="T-13")
        reason = canonical(self.reason, "作废重签的理由", multiline=False, longest=200).strip()
        if not reason:
            raise InputError("请写明作废重签的理由。", field="reason")
        signed_on = [place.on for place in agreement.signatures]
        signed_on += [one.signed_on for one in file.group_members if one.signed_on is not None]
        if self.on < max(signed_on):
            raise InputError(f"作废的日期早于签署的日期{cn_date(max(signed_on))}。", field="on")
        voided = tuple(self._voided(file, around.actor_name, reason))
        members = tuple(
            replace(one, signed=None, signed_on=None) if one.signed else one for one in file.group_members
        )
        beside = replace(
            file.beside, signings=(), voided_signatures=(*file.beside.voided_signatures, *voided)
        )
        return replace(
            file, agreement=replace(agreement, signatures=()), group_members=members, beside=beside
        )

    def sentence(self, file: CaseFile) -> str:
        """How many and why."""
        last = max((one.round for one in file.beside.voided_signatures), default=0)
        count = sum(one.round == last for one in file.beside.voided_signatures)
        return f"作废{count}处签署，重新签：{self.reason.strip()}"

    def _voided(self, file: CaseFile, by: str, reason: str) -> Iterable[VoidedSignature]:
        number = max((one.round for one in file.beside.voided_signatures), default=0) + 1
        details = {one.ref: method_text(one) for one in file.beside.signings}
        places = file.agreement.signatures if file.agreement is not None else ()
        stood = [(place.ref, place.method, place.on) for place in places]
        stood += [
            (one.ref, details.get(one.ref, _BY_HAND), one.signed_on)
            for one in file.group_members
            if one.signed and one.signed_on is not None
        ]
        for ref, method, on in stood:
            yield VoidedSignature(
                round=number, ref=ref, method=method, on=on, voided_on=self.on, by=by, reason=reason
            )


def demand_after_conclusion(file: CaseFile, on: date) -> None:
    """Nobody signs before there is something to sign. Raises ``RuleError``."""
    concluded = file.outcome.concluded_on if file.outcome is not None else None
    if concluded is not None and on < concluded:
        raise RuleError(
            f"签署日{cn_date(on)}早于达成协议之日{cn_date(concluded)}（人民调解法第二十九条）。", rule="LR-12"
        )


def _demand_no_ghost(file: CaseFile, around: Around) -> None:
    """Nobody signs a clause that rests on an offer no longer accepted (T-12)."""
    resting = any(term.offer is not None for term in file.beside.terms)
    found = ghosts(file.beside.terms, around.offers(file)) if resting else ()
    if found:
        raise RuleError(f"{found[0].says}；请先改好协议再签署。", rule="T-12")


def in_force(file: CaseFile, around: Around) -> CaseFile:
    """What an agreement brings with it on the day it takes effect: promises to keep, the confirmation countdown."""
    agreement, effective = file.agreement, file.effective_on
    if agreement is None or effective is None:
        return file
    confirmation = file.judicial_confirmation
    if agreement.form is AgreementForm.WRITTEN:
        deadline = confirmation_deadline(effective).on
        confirmation = replace(confirmation, advised=True, deadline=deadline)
    else:
        confirmation = replace(confirmation, result=ORAL_NOT_CONFIRMED)
    return replace(
        file,
        performance=tuple(obligations(agreement.clauses, file.recurring)),
        judicial_confirmation=confirmation,
        closed_loop=looped(file, effective, "协议生效", around.actor_name, f"共{len(agreement.clauses)}条"),
    )


def _with_details(file: CaseFile, details: tuple[Signing, ...]) -> CaseFile:
    if not details:
        return file
    refs = {one.ref for one in details}
    kept = tuple(one for one in file.beside.signings if one.ref not in refs)
    return replace(file, beside=replace(file.beside, signings=(*kept, *details)))
