"""Composing the agreement, or registering an oral one (T-12, T-14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.lawful.judging import forbidden, judge, to_look_at
from mediation_desk.agreements.lawful.model import Finding, Matter
from mediation_desk.agreements.model import (
    Agreement,
    AgreementForm,
    Clause,
    OralRecord,
    Unresolved,
)
from mediation_desk.agreements.offered import Offered, ghosts
from mediation_desk.agreements.recurring import demand_fitting, recurring_of
from mediation_desk.agreements.terms import Looked, MemberParts, Term
from mediation_desk.cases.composing import matter_of, with_annex
from mediation_desk.cases.model import CaseFile, Outcome
from mediation_desk.cases.signing.annex import somebody_signed
from mediation_desk.cases.steps.signing import in_force
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import AGREE_ORALLY, COMPOSE, Transition
from mediation_desk.cases.vocabulary import Result
from mediation_desk.hearings.model import Session, SessionResult
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record

SUCCESS = {SessionResult.AGREED: Result.AGREED, SessionResult.PARTLY: Result.PARTLY}


@record
class Compose:
    """拟定协议: the clauses as settled in the last session; replaces the draft until somebody has signed.

    ``terms`` tell what the clauses were made of, by clause number; ``annex`` what each member of a group gets or
    pays; ``looked`` the codes of findings whoever takes the step has looked at and answers for.
    """

    title: ClassVar[str] = "拟定协议"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = COMPOSE

    clauses: tuple[Clause, ...]
    copies: int
    copies_note: str | None = None
    unresolved: tuple[Unresolved, ...] = ()
    terms: tuple[Term, ...] = ()
    annex: tuple[MemberParts, ...] | None = None
    looked: tuple[str, ...] = ()

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the draft on file; form and result follow from the last session."""
        if somebody_signed(file):
            raise RuleError("已有人签署，协议不能再改；确需更正请先作废重签。", rule="T-13")
        last = _last_held(file, COMPOSE.no)
        clauses = _numbered(self.clauses)
        file = _with_draft(file, around, self, clauses, oral=False)
        agreement = Agreement(number=file.intake.number, copies=self.copies, clauses=clauses)
        outcome = Outcome(
            result=_result(last), form=AgreementForm.WRITTEN, concluded_on=last.date, reason=None
        )
        return replace(
            file,
            agreement=agreement,
            outcome=outcome,
            copies_note=self.copies_note,
            unresolved=self.unresolved,
        )

    def sentence(self, file: CaseFile) -> str:
        """How many clauses, how much money."""
        total = file.agreement.total_payable if file.agreement else 0
        return f"拟定协议{len(self.clauses)}条，应付合计{total:,.2f}元，一式{self.copies}份"


@record
class AgreeOrally:
    """口头协议: registered by the mediator on the day all agree (LR-11, LR-14)."""

    title: ClassVar[str] = "登记口头协议"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = AGREE_ORALLY

    clauses: tuple[Clause, ...]
    confirmed_by: tuple[str, ...]
    reason: str | None = None
    unresolved: tuple[Unresolved, ...] = ()
    terms: tuple[Term, ...] = ()
    annex: tuple[MemberParts, ...] | None = None
    looked: tuple[str, ...] = ()

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Register clauses and who confirmed them; the agreement is in force at once."""
        last = _last_held(file, AGREE_ORALLY.no)
        recorder = file.recorder
        if recorder is None:
            raise InputError("还没有记录员，请在“选择”里补上。", field="recorder")
        clauses = _numbered(self.clauses)
        file = _with_draft(file, around, self, clauses, oral=True)
        oral = OralRecord(
            registered_on=last.date, recorded_by=recorder.pool_no, confirmed_by=self.confirmed_by
        )
        agreement = Agreement(form=AgreementForm.ORAL, clauses=clauses, oral_record=oral)
        outcome = Outcome(
            result=_result(last), form=AgreementForm.ORAL, concluded_on=last.date, reason=self.reason
        )
        after = replace(file, agreement=agreement, outcome=outcome, unresolved=self.unresolved)
        return in_force(after, around)

    def sentence(self, file: CaseFile) -> str:
        """That it was registered."""
        return f"登记口头协议{len(self.clauses)}条，{len(self.confirmed_by)}方确认"


def _joint(file: CaseFile, around: Around) -> tuple[Offered, ...]:
    """The offers every party knows of; what was said behind a wall is nothing to agree on."""
    return tuple(offer for offer in around.offers(file) if offer.is_joint)


def _last_held(file: CaseFile, rule: str) -> Session:
    held = [session for session in file.sessions if session.held]
    if not held or held[-1].result not in SUCCESS:
        raise RuleError("最近一次调解没有达成协议，请先记录调解结果。", rule=rule)
    return held[-1]


def _result(last: Session) -> Result:
    return SUCCESS[last.result] if last.result is not None else Result.AGREED


def _numbered(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    if not clauses:
        raise InputError("协议至少要有一条。", field="clauses")
    return tuple(replace(clause, no=number) for number, clause in enumerate(clauses, start=1))


def _with_draft(
    file: CaseFile, around: Around, step: Compose | AgreeOrally, clauses: tuple[Clause, ...], *, oral: bool
) -> CaseFile:
    """``file`` with terms, months, ticks and annex of the draft, after it passed the checklist."""
    _refuse_stray(step.terms, len(clauses))
    _refuse_ghosts(step.terms, _joint(file, around))
    matter = matter_of(file, clauses, step.terms, annex=step.annex, unresolved=step.unresolved, oral=oral)
    looked = _looked(matter, step.looked, around)
    beside = replace(file.beside, terms=step.terms, looked=looked)
    members = file.group_members if step.annex is None else with_annex(file, step.annex)
    recurring = recurring_of(step.terms)
    demand_fitting(recurring, clauses)
    return replace(file, beside=beside, group_members=members, recurring=recurring)


def _refuse_stray(terms: Sequence[Term], clauses: int) -> None:
    numbers = [term.clause for term in terms]
    stray = next((no for no in numbers if not 1 <= no <= clauses), None)
    if stray is not None:
        raise InputError(f"协议没有第{stray}条。", field="terms")
    if len(set(numbers)) != len(numbers):
        raise InputError("同一条写了两次来历。", field="terms")


def _refuse_ghosts(terms: Sequence[Term], offers: Sequence[Offered]) -> None:
    """A clause may only rest on an offer that was accepted and still stands (T-12)."""
    found = ghosts(terms, offers)
    if found:
        raise RuleError(f"{found[0].says}，请改写或者删去这一条。", rule="T-12")


def _looked(matter: Matter, codes: Sequence[str], around: Around) -> tuple[Looked, ...]:
    """Who answers for what is to be looked at. Refuses what is forbidden, and what nobody has looked at."""
    findings = judge(matter)
    wrong = forbidden(findings)
    if wrong:
        raise RuleError(f"{wrong[0].sentence}{_more(wrong)}", rule=wrong[0].rule)
    asked = tuple(one for one in to_look_at(findings) if one.tick)
    open_ = tuple(one for one in asked if one.code not in codes)
    if open_:
        sentence = f"请先核对并确认“{open_[0].code}”：{open_[0].sentence}{_more(open_)}"
        raise RuleError(sentence, rule=open_[0].rule)
    return tuple(Looked(code=one.code, says=one.says, by=around.actor_name, on=around.today) for one in asked)


def _more(found: tuple[Finding, ...]) -> str:
    return f"（另有{len(found) - 1}处）" if len(found) > 1 else ""
