"""What stops the clock and what gives more time: 中止, 恢复 and 延长 (T-10, T-11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.four_eyes import Act
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.beside import Standstill
from mediation_desk.cases.checks.period import LONGEST, in_order, last_due_on, moved
from mediation_desk.cases.deadlines.period import days_excluded, rule_applied
from mediation_desk.cases.deadlines.rules import Consent, DeadlineRule, length_text
from mediation_desk.cases.model import CaseFile, Extension, Suspension
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import EXTEND, RESUME, SUSPEND, Transition
from mediation_desk.cases.vocabulary import DayUnit, SuspensionCause
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.workdays import parse_period


@record
class Suspend:
    """中止: ``on`` is the day of the notice, ``from_on`` the first day that stands still (the same by default)."""

    title: ClassVar[str] = "中止"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = SUSPEND

    on: date
    cause: SuspensionCause = SuspensionCause.APPRAISAL
    reason: str
    from_on: date | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Stop the clock. Raises ``RuleError`` where the rule of the period does not let it stop."""
        first, rule = self.from_on or self.on, rule_applied(file)
        if not self.reason.strip():
            raise InputError("请写明中止的原因。", field="reason")
        if first > around.today:
            raise InputError("中止的第一天还没有到，到了那天再办。", field="from_on")
        for day in (first, self.on):
            _demand_running(file, day, "中止")
        if rule is not None and self.cause not in rule.excludes:
            raise RuleError(_not_excluded(rule, self.cause), rule="T-10")
        later = [session for session in file.sessions if session.date >= first]
        if later:
            word = "已经开过" if later[0].held else "安排了"
            raise RuleError(
                f"{cn_date(later[0].date)}{word}调解会，中止须从它以后起算，或者先取消那次安排。", rule="T-10"
            )
        _demand_after_last(file, min(first, self.on))
        standstill = Standstill(
            cause=self.cause, reason=self.reason.strip(), notice_on=self.on, from_on=first, unit=_unit(file)
        )
        loop = looped(file, self.on, "中止", around.actor_name, self.cause)
        return replace(file, beside=replace(file.beside, standstill=standstill), closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """Cause and first day."""
        return f"因{self.cause}中止，自{cn_date(self.from_on or self.on)}起不计期限：{self.reason.strip()}"


@record
class Resume:
    """恢复: ``on`` is the last day that stood still; both ends are left out of the period (§1.5)."""

    title: ClassVar[str] = "恢复"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = RESUME

    on: date
    reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Write the suspension into the file and move the due day by the days that stood still."""
        standstill, due = file.beside.standstill, last_due_on(file)
        if standstill is None or due is None:
            raise RuleError("本案没有中止，不用恢复。", rule="T-10")
        earliest = max(standstill.from_on, standstill.notice_on)
        if self.on < earliest:
            raise InputError(f"早于中止之日{cn_date(earliest)}。", field="on")
        days = days_excluded(standstill.from_on, self.on, standstill.unit)
        stop = Suspension(
            no=len(file.suspensions) + 1,
            cause=standstill.cause,
            reason=standstill.reason,
            notice_on=standstill.notice_on,
            from_on=standstill.from_on,
            to=self.on,
            unit=standstill.unit,
            days_excluded=days,
            due_before=due,
            due_after=moved(due, days, standstill.unit).on,
        )
        loop = looped(file, self.on, "恢复", around.actor_name, self.reason.strip() or standstill.cause)
        return replace(
            file,
            suspensions=(*file.suspensions, stop),
            beside=replace(file.beside, standstill=None),
            closed_loop=loop,
        )

    def sentence(self, file: CaseFile) -> str:
        """How many days did not count, and until when the mediation may now last."""
        stop = file.suspensions[-1]
        return f"恢复调解，中止{length_text(stop.days_excluded, stop.unit)}不计，期限顺延至{cn_date(stop.due_after)}"


@record
class Extend:
    """延长: ``consent`` names the parties that agreed on day ``on``; without ``unit`` the rule's own."""

    title: ClassVar[str] = "延长期限"
    permission: ClassVar[Permission] = Permission.CASE_EXTEND
    transition: ClassVar[Transition] = EXTEND

    on: date
    days: int
    reason: str
    consent: tuple[str, ...]
    unit: DayUnit | None = None
    approved_by: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Move the due day. Raises ``RuleError`` after expiry, without everybody's consent, beyond the limits."""
        due = _demand_running(file, self.on, "延长")
        if not self.reason.strip():
            raise InputError("请写明延长的理由。", field="reason")
        if not 0 < self.days <= LONGEST:
            raise InputError(f"延长的天数应在1至{LONGEST}之间。", field="days")
        unit = self.unit or _unit(file)
        self._demand_allowed(file, rule_applied(file), unit, around)
        missing = [party.ref for party in file.parties if party.ref not in self.consent]
        if missing:
            names = "、".join(file.name_of(ref) for ref in missing)
            raise RuleError(f"延长期限须各方同意，{names}还没有同意（人民调解法第三条）。", rule="T-11")
        _demand_after_last(file, self.on)
        longer = Extension(
            no=len(file.extensions) + 1,
            agreed_on=self.on,
            consent=self.consent,
            reason=self._reason(),
            days=self.days,
            unit=unit,
            due_before=due,
            due_after=moved(due, self.days, unit).on,
        )
        loop = looped(file, self.on, "延长", around.actor_name, length_text(self.days, unit))
        return replace(file, extensions=(*file.extensions, longer), closed_loop=loop)

    def _demand_allowed(
        self, file: CaseFile, rule: DeadlineRule | None, unit: DayUnit, around: Around
    ) -> None:
        if rule is None:
            return
        extend = rule.extend
        if extend.by is Consent.NOBODY:
            raise RuleError(f"这类期限不得延长（{rule.article}）；{rule.overrun}。", rule="T-11")
        if extend.times and len(file.extensions) >= extend.times:
            raise RuleError(f"{extend.by}至多{extend.times}次，已经办过（{rule.article}）。", rule="T-11")
        longest = extend.unit or rule.unit
        if extend.days and (unit is not longest or self.days > extend.days):
            most = length_text(extend.days, longest)
            raise RuleError(f"{extend.by}至多延长{most}（{rule.article}）。", rule="T-11")
        if extend.by is Consent.HEAD and not self.approved_by.strip():
            raise InputError(f"延长须经机关负责人批准（{rule.article}），请写明批准人。", field="approved_by")
        if extend.by is Consent.HEAD:
            around.demand_approver(Act.EXTEND, self.approved_by, file)

    def _reason(self) -> str:
        approved = self.approved_by.strip()
        return f"{self.reason.strip()}（{approved}批准）" if approved else self.reason.strip()

    def sentence(self, file: CaseFile) -> str:
        """How long, and until when."""
        longer = file.extensions[-1]
        return f"各方同意延长{length_text(longer.days, longer.unit)}，期限延至{cn_date(longer.due_after)}"


def _demand_running(file: CaseFile, on: date, verb: str) -> date:
    """The due day, if the period runs on ``on``."""
    due, accepted = last_due_on(file), file.intake.accepted_on
    if due is None or accepted is None:
        raise RuleError(f"本案还没有调解期限，不能{verb}。", rule="T-10")
    if on < accepted:
        raise InputError(f"早于受理之日{cn_date(accepted)}。", field="on")
    if on > due:
        raise RuleError(
            f"调解期限已于{cn_date(due)}届满，{verb}须在届满之前办理；期限届满的，终止调解、告知其他途径。",
            rule="T-11" if verb == "延长" else "T-10",
        )
    return due


def _demand_after_last(file: CaseFile, on: date) -> None:
    """Changes of the period follow each other, so that each counts from the day the one before it left."""
    changes = in_order(file)
    if not changes:
        return
    last = changes[-1]
    until = last.to if isinstance(last, Suspension) else last.agreed_on
    if on <= until:
        word = "中止" if isinstance(last, Suspension) else "延长"
        raise InputError(f"应在上一次{word}（{cn_date(until)}）以后。", field="on")


def _unit(file: CaseFile) -> DayUnit:
    period = parse_period(file.intake.mediation_due_rule or "")
    return DayUnit.WORKING_DAYS if period is not None and period.working else DayUnit.DAYS


def _not_excluded(rule: DeadlineRule, cause: SuspensionCause) -> str:
    others = "、".join(one for one in rule.excludes)
    only = f"只有{others}的时间不计入期限" if others else "没有可以不计入期限的事由"
    return f"{cause}不能中止本案的期限：{only}（{rule.article}）；需要时间的，请各方同意延长，或者结束调解。"


def due_if_resumed(file: CaseFile, on: date) -> tuple[str, date] | None:
    """Days left out and the day the period would end if work went on after ``on``; None where nothing stands still."""
    standstill, due = file.beside.standstill, last_due_on(file)
    if standstill is None or due is None or on < standstill.from_on:
        return None
    days = days_excluded(standstill.from_on, on, standstill.unit)
    return length_text(days, standstill.unit), moved(due, days, standstill.unit).on


def due_if_extended(file: CaseFile, days: int) -> date | None:
    """The day the period would end with ``days`` more; None without a period."""
    due = last_due_on(file)
    return moved(due, days, _unit(file)).on if due is not None and 0 < days <= LONGEST else None


def limits(file: CaseFile) -> str:
    """What the rule of the case says about stopping and longer periods, in one sentence; "" without a rule."""
    rule = rule_applied(file)
    if rule is None:
        return ""
    causes = "、".join(rule.excludes)
    every = set(rule.excludes) == set(SuspensionCause)
    stops = (
        "任何事由的中止都不计入期限"
        if every
        else f"只有{causes}的时间不计入期限"
        if causes
        else "没有不计入期限的事由"
    )
    extend = rule.extend
    most = f"，至多{extend.times}次" if extend.times else ""
    most += f"，每次至多{length_text(extend.days, extend.unit or rule.unit)}" if extend.days else ""
    longer = "不得延长" if extend.by is Consent.NOBODY else f"{extend.by}可以延长{most}"
    return f"{stops}；{longer}（{rule.article}）。"
