"""Whether the court may confirm this agreement, clause by clause with the reason (§1.4, §1.8)."""

from __future__ import annotations

from datetime import date

from mediation_desk.agreements.model import Agreement, AgreementForm, ClauseKind
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.court.rules import CourtRules, Fits, OtherWay, Verdict, court_rules
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import CourtMode
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record
from mediation_desk.shared.workdays import confirmation_deadline

_WORST = tuple(Verdict)


@record
class Finding:
    """One reason; ``clause`` where a clause gives it."""

    verdict: Verdict
    sentence: str
    basis: str
    clause: int | None = None

    @property
    def words(self) -> str:
        """``第1条：…（民诉法解释第三百五十五条）。``"""
        place = f"第{self.clause}条：" if self.clause is not None else ""
        return f"{place}{self.sentence}（{self.basis}）。"


@record
class Eligibility:
    """What to expect, why, and what else the parties may do."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    others: tuple[OtherWay, ...]


def eligibility(file: CaseFile, on: date) -> Eligibility:
    """Whether an application on that day makes sense. A court decides; only ``CANNOT`` is refused here."""
    rules = court_rules()
    agreement = file.agreement
    if agreement is None:
        none = Finding(
            verdict=Verdict.CANNOT, sentence="没有达成协议，没有可以确认的内容", basis=rules.articles["apply"]
        )
        return Eligibility(verdict=Verdict.CANNOT, findings=(none,), others=())
    findings = tuple(_formal(file, agreement, on, rules)) + tuple(_subjects(agreement, rules))
    findings += tuple(_of_track(file, rules))
    worst = max((one.verdict for one in findings), key=_WORST.index, default=Verdict.MAY)
    return Eligibility(verdict=worst, findings=findings, others=_others(file, agreement, rules))


def _formal(file: CaseFile, agreement: Agreement, on: date, rules: CourtRules) -> list[Finding]:
    """Form, effect, time and what is left to enforce."""
    apply = rules.articles["apply"]
    effective = file.effective_on
    done = bool(file.performance) and all(row.done_on is not None for row in file.performance)
    found = []
    if agreement.form is AgreementForm.ORAL:
        if done:
            sentence = "口头协议已经履行完毕，没有需要执行的内容"
            return [Finding(verdict=Verdict.NEEDLESS, sentence=sentence, basis=apply)]
        sentence = "口头协议要先写成书面并由各方签署，才能提交法院"
        found.append(Finding(verdict=Verdict.CANNOT, sentence=sentence, basis=rules.articles["papers"]))
    elif effective is None:
        sentence = "协议还没有生效，签完以后才能申请"
        found.append(Finding(verdict=Verdict.CANNOT, sentence=sentence, basis=apply))
    elif file.judicial_confirmation.applied_on is None and on > (last := confirmation_deadline(effective).on):
        sentence = f"申请期限{cn_date(last)}已过，法院不再受理"
        found.append(Finding(verdict=Verdict.CANNOT, sentence=sentence, basis=rules.articles["within"]))
    referral = file.court_referral
    if referral is not None and referral.mode is CourtMode.AFTER_FILING:
        sentence = "立案后委托调解的，由法院审查协议、制作调解书，不另作司法确认"
        found.append(Finding(verdict=Verdict.CANNOT, sentence=sentence, basis="特邀调解规定第二十条"))
    if done and effective is not None:
        sentence = "约定的都已经履行，确认了也没有可以执行的内容"
        found.append(Finding(verdict=Verdict.NEEDLESS, sentence=sentence, basis=apply))
    elif not any(
        one.kind in (ClauseKind.PAY, ClauseKind.ACT, ClauseKind.TRANSFER) for one in agreement.clauses
    ):
        sentence = "协议没有要给付的内容，确认了也没有可以执行的内容"
        found.append(Finding(verdict=Verdict.NEEDLESS, sentence=sentence, basis=rules.articles["ruling"]))
    return found


def _subjects(agreement: Agreement, rules: CourtRules) -> list[Finding]:
    return [
        Finding(
            verdict=Verdict.CANNOT if subject.whole else Verdict.PARTLY,
            sentence=f"写着“{words}”，{subject.sentence}",
            basis=subject.basis,
            clause=clause.no,
        )
        for clause in agreement.clauses
        for subject in rules.subjects
        if (words := subject.found_in(clause))
    ]


def _of_track(file: CaseFile, rules: CourtRules) -> list[Finding]:
    return [
        Finding(verdict=one.verdict, sentence=one.sentence, basis=one.basis)
        for one in rules.tracks
        if one.track is file.track and one.verdict is not Verdict.MAY
    ]


def _others(file: CaseFile, agreement: Agreement, rules: CourtRules) -> tuple[OtherWay, ...]:
    """Other ways that fit; of two by the same name the first, more special one."""
    kinds = {clause.kind for clause in agreement.clauses}
    fits = {Fits.ANY}
    if ClauseKind.PAY in kinds:
        fits |= {Fits.MONEY, Fits.PERFORMANCE, Fits.LABOUR}
    if ClauseKind.ACT in kinds:
        fits |= {Fits.PERFORMANCE}
    place, found = read_centre().place, dict[str, OtherWay]()
    for way in rules.others:
        of_kind = not way.categories or file.dispute.category in way.categories
        if way.when in fits and of_kind and (not way.places or place in way.places):
            found.setdefault(way.name, way)
    return tuple(found.values())
