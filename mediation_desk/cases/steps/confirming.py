"""Court confirmation and enforcement (T-20 to T-22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.court import CourtFiling, EarlierApplication, FilingWay
from mediation_desk.agreements.model import CONFIRMED, AgreementForm, Confirmation, Enforcement
from mediation_desk.cases.court.eligibility import eligibility
from mediation_desk.cases.court.overdue import overdue_rows, owed_to
from mediation_desk.cases.court.rules import Verdict, article
from mediation_desk.cases.court.wills import lacking_wills
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import APPLY_TO_COURT, ENFORCE, RULING, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

WITHDRAWN = "撤回申请"
RULINGS = (CONFIRMED, "裁定驳回申请", "裁定不予受理")
"""What a court may rule; a withdrawal is no ruling and has a step of its own."""


@record
class ApplyForConfirmation:
    """申请司法确认, jointly and within 30 days of effect (LR-15, 人民调解法 art. 33)."""

    title: ClassVar[str] = "申请司法确认"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = APPLY_TO_COURT

    on: date
    court: str
    case_no: str = ""
    how: FilingWay = FilingWay.AT_THE_COURT

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the application if it is joint, in time and about something a court confirms."""
        court = canonical(self.court, "法院", multiline=False, longest=80).strip()
        if not court:
            raise InputError("请写明向哪个法院申请。", field="court")
        self._demand_time(file)
        lacking = lacking_wills(file, self.on)
        if lacking:
            raise RuleError(f"司法确认须各方共同申请，{lacking}（{article('within')}）。", rule="LR-15")
        hindrance = next(
            (one for one in eligibility(file, self.on).findings if one.verdict is Verdict.CANNOT), None
        )
        if hindrance is not None:
            raise RuleError(f"不能申请司法确认：{hindrance.words}", rule="T-20")
        earlier = self._earlier(file)
        applied = Confirmation(
            advised=file.judicial_confirmation.advised,
            deadline=file.judicial_confirmation.deadline,
            deadline_note=file.judicial_confirmation.deadline_note,
            applied_on=self.on,
            court=court,
            case_no=self.case_no.strip() or None,
        )
        beside = replace(
            file.beside,
            court_filing=CourtFiling(how=self.how),
            earlier_applications=(*file.beside.earlier_applications, *earlier),
        )
        loop = looped(file, self.on, "司法确认", around.actor_name, f"共同向{court}申请")
        return replace(file, judicial_confirmation=applied, beside=beside, closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """Which court."""
        return f"共同向{self.court.strip()}申请司法确认"

    def _demand_time(self, file: CaseFile) -> None:
        effective, deadline = file.effective_on, file.judicial_confirmation.deadline
        if effective is not None and self.on < effective:
            raise RuleError(f"协议{cn_date(effective)}才生效，生效以后才能申请。", rule="LR-15")
        oral = file.agreement is not None and file.agreement.form is AgreementForm.ORAL
        if oral or deadline is None or self.on <= deadline:
            return
        raise RuleError(
            f"申请期限{cn_date(deadline)}已过：协议生效后三十日内共同申请（{article('within')}）。",
            rule="LR-15",
        )

    def _earlier(self, file: CaseFile) -> tuple[EarlierApplication, ...]:
        """What was tried before; only an application that came to nothing makes room for another."""
        court = file.judicial_confirmation
        if court.applied_on is None:
            return ()
        if court.decided_on is None:
            raise RuleError(f"已经向{court.court or '法院'}申请，等裁定或者撤回以后才能再申请。", rule="T-20")
        if not court.result.startswith((WITHDRAWN, "裁定不予受理")):
            raise RuleError(f"法院已经作出结论：{court.result}，不能再申请。", rule="T-20")
        return (
            EarlierApplication(
                applied_on=court.applied_on,
                court=court.court or "",
                case_no=court.case_no,
                decided_on=court.decided_on,
                result=court.result,
                note=court.note or "",
            ),
        )


@record
class RecordRuling:
    """裁定: what the court decided, in its words why, and when the parties received it."""

    title: ClassVar[str] = "登记裁定"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = RULING

    on: date
    result: str
    reason: str = ""
    received_on: date | None = None
    case_no: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the ruling on an application."""
        court = file.judicial_confirmation
        if court.applied_on is None:
            raise RuleError("还没有申请司法确认。", rule="T-21")
        if court.decided_on is not None:
            raise RuleError(f"已经登记过结论：{court.result}。", rule="T-21")
        if self.received_on is not None and self.received_on < self.on:
            raise InputError("收到裁定的日期早于裁定的日期。", field="received_on")
        reason = canonical(self.reason, "裁定的理由", multiline=False, longest=200).strip()
        if self.result in RULINGS[1:] and not reason:
            raise InputError("驳回申请或者不予受理的，请写明法院的理由。", field="reason")
        told = f"{self.result}（{reason}）" if reason and self.result in RULINGS[1:] else self.result
        ruled = replace(court, decided_on=self.on, result=told, case_no=self.case_no.strip() or court.case_no)
        filing = file.beside.court_filing or CourtFiling(how=FilingWay.AT_THE_COURT)
        kept = replace(filing, received_on=self.received_on, reason=reason)
        loop = looped(file, self.on, "司法确认", around.actor_name, told)
        return replace(
            file,
            judicial_confirmation=ruled,
            beside=replace(file.beside, court_filing=kept),
            closed_loop=loop,
        )

    def sentence(self, file: CaseFile) -> str:
        """The ruling."""
        return file.judicial_confirmation.result


@record
class WithdrawFromCourt:
    """撤回申请: by one or all parties before the ruling; unexcused absence counts as one (``absent``)."""

    title: ClassVar[str] = "撤回司法确认申请"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = RULING

    on: date
    by: tuple[str, ...]
    reason: str
    absent: bool = False

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note who withdrew or stayed away; whoever did does not want it any more."""
        court = file.judicial_confirmation
        if court.applied_on is None or court.decided_on is not None:
            raise RuleError("没有等待裁定的申请，不能撤回。", rule="T-21")
        if self.on < court.applied_on:
            raise InputError(f"撤回的日期早于申请的日期{cn_date(court.applied_on)}。", field="on")
        if not self.by or any(file.party(ref) is None for ref in self.by):
            raise InputError("请选是谁撤回或者没有到场。", field="by")
        reason = canonical(self.reason, "撤回的原因", multiline=False, longest=200).strip()
        if not reason:
            raise InputError("请写明撤回的原因。", field="reason")
        names = "、".join(file.name_of(ref) for ref in self.by)
        if self.absent:
            note = f"{names}无正当理由没有到场，按撤回申请处理（{article('absence')}）：{reason}"
        else:
            note = f"{names}撤回：{reason}"
        withdrawn = replace(court, decided_on=self.on, result=WITHDRAWN, note=note)
        wills = tuple(
            replace(one, agrees=False, on=self.on) if one.ref in self.by else one for one in file.beside.wills
        )
        loop = looped(file, self.on, "司法确认", around.actor_name, WITHDRAWN)
        beside = replace(file.beside, wills=wills)
        return replace(file, judicial_confirmation=withdrawn, beside=beside, closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """Who and why."""
        return f"司法确认：{file.judicial_confirmation.note}"


@record
class ApplyForEnforcement:
    """申请执行: the party that was promised something asks the court to enforce it (T-22, 民事诉讼法 art. 206)."""

    title: ClassVar[str] = "申请执行"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = ENFORCE

    on: date
    by: str
    against: tuple[str, ...] = ()
    case_no: str | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the application and what was overdue that day, in yuan."""
        court = file.judicial_confirmation
        if court.result != CONFIRMED:
            raise RuleError(
                "协议没有经司法确认有效，不能申请执行；可以起诉或者重新调解（人民调解法第三十三条）。",
                rule="T-22",
            )
        late = overdue_rows(file, self.on)
        if not late:
            raise RuleError("没有到期未履行的一项，不能申请执行。", rule="T-22")
        owed = owed_to(late, self.by)
        if not owed:
            raise RuleError(f"到期未履行的没有一项是{file.name_of(self.by)}的。", rule="T-22")
        outstanding = sum((row.amount for row in owed if row.amount is not None), Decimal("0.00"))
        asked = Enforcement(
            applied_on=self.on,
            by=self.by,
            against=self.against,
            case_no=self.case_no,
            outstanding=outstanding,
        )
        return replace(file, judicial_confirmation=replace(court, enforcement=asked))

    def sentence(self, file: CaseFile) -> str:
        """Who asked, for how much."""
        asked = file.judicial_confirmation.enforcement
        return f"{file.name_of(self.by)}申请执行，未履行{asked.outstanding if asked else 0:,.2f}元"
