"""个人信息: who agreed to its use or withdrew, and what was given to somebody outside (arts. 13-15, 23, 29, 31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.privacy.consents import DataSubject, last_word, subjects
from mediation_desk.cases.privacy.model import ConsentScope, ConsentWay, PersonalConsent, Transfer
from mediation_desk.cases.privacy.personal_rules import personal_rules
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import PERSONAL, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_LONGEST_NAME, _LONGEST = 120, 500


@record
class NoteConsent:
    """登记同意: these people were told and agreed, or did not; for a child the guardian says it."""

    title: ClassVar[str] = "登记个人信息的同意"
    permission: ClassVar[Permission] = Permission.PERSON_KEEP
    transition: ClassVar[Transition] = PERSONAL

    of: tuple[str, ...]
    on: date
    how: ConsentWay
    agreed: bool = True
    scope: ConsentScope = ConsentScope.GENERAL
    guardian: str = ""
    relation: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """One entry a person. Raises ``RuleError`` for a child nobody spoke for, with the article."""
        people = tuple(_person(file, ref) for ref in dict.fromkeys(self.of))
        if not people:
            raise InputError("请选是谁表示的。", field="of")
        guardian = _words(self.guardian, "监护人的姓名", "guardian", _LONGEST_NAME)
        relation = _words(self.relation, "监护人与本人的关系", "relation", _LONGEST_NAME)
        self._demand_guardian(people, guardian, relation)
        kept = file.beside.personal_consents
        words = tuple(
            PersonalConsent(
                no=no,
                ref=person.ref,
                scope=self.scope,
                agreed=self.agreed,
                on=self.on,
                how=self.how,
                notice=personal_rules().version,
                guardian=guardian,
                relation=relation,
                noted_by=around.actor_name,
            )
            for no, person in enumerate(people, start=len(kept) + 1)
        )
        return replace(file, beside=replace(file.beside, personal_consents=(*kept, *words)))

    def sentence(self, file: CaseFile) -> str:
        """Who said what, and how."""
        names = "、".join(person.name for person in subjects(file) if person.ref in self.of)
        by = f"，{self.guardian.strip()}（{self.relation.strip()}）代为表示" if self.guardian.strip() else ""
        return f"{names}{'同意' if self.agreed else '不同意'}处理{self.scope}（{self.how}{by}）"

    def _demand_guardian(self, people: tuple[DataSubject, ...], guardian: str, relation: str) -> None:
        rules = personal_rules()
        children = [person.name for person in people if person.is_child(self.on)]
        if children and not guardian:
            names = "、".join(children)
            raise RuleError(
                f"{names}不满{rules.minor_under}周岁，由父母或者其他监护人表示同意，本人表示的不算"
                f"（{rules.minor_basis}）。请写监护人的姓名和关系。",
                rule=rules.rule,
            )
        if guardian and not relation:
            raise InputError("请写明监护人与本人的关系，例如“父亲”。", field="relation")
        if relation and not guardian:
            raise InputError("写了关系，还请写监护人的姓名。", field="guardian")
        if guardian in {person.name for person in people}:
            raise InputError("监护人不能是本人。", field="guardian")


@record
class WithdrawConsent:
    """撤回同意: the entry stays with the day and why; what was done before is not touched (art. 15)."""

    title: ClassVar[str] = "撤回个人信息的同意"
    permission: ClassVar[Permission] = Permission.PERSON_KEEP
    transition: ClassVar[Transition] = PERSONAL

    of: str
    on: date
    reason: str
    scope: ConsentScope = ConsentScope.GENERAL

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Raises ``RuleError`` where there is no consent to withdraw."""
        _ = around
        person = _person(file, self.of)
        reason = _words(self.reason, "撤回的原因", "reason", _LONGEST)
        if not reason:
            raise InputError("请写明撤回的原因；本人不说的，写“没有说明”。", field="reason")
        word = last_word(file, person.ref, self.scope)
        if word is None or not word.holds:
            raise RuleError(f"{person.name}没有可以撤回的同意（{self.scope}）。", rule=personal_rules().rule)
        if self.on < word.on:
            raise InputError(f"撤回的日期早于同意的日期{cn_date(word.on)}。", field="on")
        taken = replace(word, withdrawn_on=self.on, withdrawal=reason)
        words = tuple(taken if one.no == word.no else one for one in file.beside.personal_consents)
        return replace(file, beside=replace(file.beside, personal_consents=words))

    def sentence(self, file: CaseFile) -> str:
        """Who, and why."""
        return f"{_person(file, self.of).name}撤回对处理{self.scope}的同意：{self.reason.strip()}"


@record
class NoteTransfer:
    """登记向外提供: what no other act of the desk shows was given to somebody outside."""

    title: ClassVar[str] = "登记向外提供"
    permission: ClassVar[Permission] = Permission.PERSON_KEEP
    transition: ClassVar[Transition] = PERSONAL

    to: str
    what: str
    ground: str
    on: date

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Raises ``InputError`` naming what is missing."""
        to = _words(self.to, "提供给谁", "to", _LONGEST_NAME)
        what = _words(self.what, "提供了什么", "what", _LONGEST)
        ground = _words(self.ground, "依据", "ground", _LONGEST)
        for words, name, field in ((to, "提供给谁", "to"), (what, "提供了什么", "what")):
            if not words:
                raise InputError(f"请写明{name}。", field=field)
        if not ground:
            raise InputError(
                f"请写明依据，例如“本人书面同意”（{personal_rules().transfer_basis}）。", field="ground"
            )
        made = Transfer(on=self.on, to=to, what=what, ground=ground, by=around.actor_name)
        return replace(file, beside=replace(file.beside, transfers=(*file.beside.transfers, made)))

    def sentence(self, file: CaseFile) -> str:
        """To whom, what, on what ground."""
        _ = file
        return f"向{self.to.strip()}提供{self.what.strip()}（{self.ground.strip()}）"


def _person(file: CaseFile, ref: str) -> DataSubject:
    found = next((one for one in subjects(file) if one.ref == ref), None)
    if found is None:
        raise InputError("选的不是本案的自然人。", field="of")
    return found


def _words(typed: str, what: str, field: str, longest: int) -> str:
    try:
        return canonical(typed.strip(), what, multiline=False, longest=longest).strip()
    except InputError as error:
        raise InputError(error.message, field=field) from error
