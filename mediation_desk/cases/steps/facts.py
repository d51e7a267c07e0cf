"""无争议事实: what nobody disputes, written down only with everybody's consent and never an offer (§2.6, LR-10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.court.rules import court_rules
from mediation_desk.cases.model import CaseFile, FactsConsent
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import NOTE, Transition
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_LONGEST = 300


@record
class RecordFacts:
    """``by`` consents to the record, ``refused_by`` does not; ``signed`` once all have signed the paper."""

    title: ClassVar[str] = "无争议事实"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    facts: tuple[str, ...]
    by: tuple[str, ...]
    refused_by: tuple[str, ...] = ()
    on: date
    signed: bool = False

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the facts on file. Raises ``RuleError`` where one party refuses or an offer is among them."""
        facts = tuple(
            one
            for text in self.facts
            if (one := canonical(text, "无争议事实", multiline=False, longest=_LONGEST).strip())
        )
        rules = court_rules()
        self._demand_consent(file, facts, rules.facts_basis)
        for number, fact in enumerate(facts, start=1):
            word = next((word for word in rules.offer_words if word in fact), None)
            if word is not None:
                raise RuleError(
                    f"第{number}项写着“{word}”，像是让步或者方案，不能作为无争议事实（{rules.facts_basis}）。",
                    rule="LR-10",
                )
        consent = FactsConsent(by=self.by, refused_by=self.refused_by, on=self.on, signed=self.signed)
        return replace(file, undisputed_facts=facts, undisputed_facts_consent=consent)

    def sentence(self, file: CaseFile) -> str:
        """How many facts, who consented, or that nothing was recorded."""
        if self.refused_by:
            names = "、".join(file.name_of(ref) for ref in self.refused_by)
            return f"{names}不同意记载无争议事实，没有记载"
        signed = "，各方已签名" if self.signed else ""
        return f"记载无争议事实{len(file.undisputed_facts)}项{signed}"

    def _demand_consent(self, file: CaseFile, facts: tuple[str, ...], basis: str) -> None:
        parties = {party.ref for party in file.parties}
        if not {*self.by, *self.refused_by} <= parties:
            raise InputError("表示同意或者不同意的，应当是本案的当事人。", field="by")
        if not facts:
            if self.signed:
                raise InputError("没有事实，没有什么可签。", field="signed")
            if not self.refused_by:
                raise InputError("请写无争议的事实，一行一项。", field="facts")
            return
        if self.refused_by:
            names = "、".join(file.name_of(ref) for ref in self.refused_by)
            raise RuleError(f"{names}不同意，不能记载无争议事实（{basis}）。", rule="LR-10")
        missing = [party.name for party in file.parties if party.ref not in self.by]
        if missing:
            raise RuleError(
                f"还没有{'、'.join(missing)}的同意，不能记载无争议事实（{basis}）。", rule="LR-10"
            )
