"""Signatures, and what an agreement brings with it when the last one is there (T-13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import AgreementForm, Signature
from mediation_desk.agreements.obligations import obligations
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import SIGN, Transition
from mediation_desk.parties.model import Authority
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.workdays import confirmation_deadline


@record
class Sign:
    """签署: one place on the paper is signed, fingerprinted or sealed."""

    title: ClassVar[str] = "签署"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = SIGN

    ref: str
    method: str
    on: date

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the signature; with the last one the agreement takes effect (LR-12)."""
        if file.agreement is None or self.ref not in file.missing_signatures:
            raise InputError(f"{file.name_of(self.ref)}没有待签的位置。", field="ref")
        party = file.party(self.ref)
        if party is not None and "代理人" in self.method:
            special = any(agent.authority is Authority.SPECIAL for agent in party.agents)
            if not special and party.guardian is None:
                raise RuleError(f"{party.name}的代理人没有特别授权，不能代签协议。", rule="LR-18")
        signature = Signature(ref=self.ref, method=self.method, on=self.on)
        signed = replace(file.agreement, signatures=(*file.agreement.signatures, signature))
        after = replace(file, agreement=signed)
        return in_force(after, around) if after.effective_on else after

    def sentence(self, file: CaseFile) -> str:
        """Who signed, and whether the agreement is in force."""
        text = f"{file.name_of(self.ref)}{self.method}"
        return f"{text}，协议生效" if file.effective_on else text


def in_force(file: CaseFile, around: Around) -> CaseFile:
    """What an agreement brings with it on the day it takes effect: promises to keep, the confirmation countdown."""
    agreement, effective = file.agreement, file.effective_on
    if agreement is None or effective is None:
        return file
    confirmation = file.judicial_confirmation
    if agreement.form is AgreementForm.WRITTEN:
        deadline = confirmation_deadline(effective).on
        confirmation = replace(confirmation, advised=True, deadline=deadline)
    return replace(
        file,
        performance=tuple(obligations(agreement.clauses, file.recurring)),
        judicial_confirmation=confirmation,
        closed_loop=looped(file, effective, "协议生效", around.actor_name, f"共{len(agreement.clauses)}条"),
    )
