"""Acceptance, the period that starts with it, and what stops or prolongs the clock (domain.md §1.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.period import LONGEST, due_on, in_order, moved
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile, Extension, Suspension
from mediation_desk.cases.vocabulary import DayUnit, Decision
from mediation_desk.shared.workdays import count_days, count_working_days, parse_period


def check(file: CaseFile) -> Iterator[Problem]:
    """Days of the intake in order, the due date re-counted, every suspension and extension re-counted."""
    intake = file.intake
    if file.dispute.occurred_on > intake.received_on:
        yield Problem(pointer="/dispute/occurred_on", message="纠纷发生日期晚于登记日期")
    if intake.accepted_on is not None and intake.accepted_on < intake.received_on:
        yield Problem(pointer="/intake/accepted_on", message="受理日期早于登记日期")
    yield from _decision(file)
    yield from _due(file)
    yield from _chain(file)
    for number, one in enumerate(file.suspensions):
        yield from _suspension(f"/suspensions/{number}", number + 1, one)
    for number, longer in enumerate(file.extensions):
        yield from _extension(f"/extensions/{number}", number + 1, longer, file)
    yield from _referral(file)


def _decision(file: CaseFile) -> Iterator[Problem]:
    intake = file.intake
    if intake.decision is Decision.ACCEPTED:
        for key in ("accepted_on", "mediation_due_on", "number"):
            if not getattr(intake, key):
                yield Problem(pointer=f"/intake/{key}", message="已经受理，应写明这一项")
    elif intake.accepted_on is not None:
        yield Problem(pointer="/intake/accepted_on", message="没有受理，不应有受理日期")
    if intake.decision is Decision.REFUSED:
        for key in ("mediation_due_rule", "mediation_due_on", "number"):
            if getattr(intake, key) is not None:
                yield Problem(pointer=f"/intake/{key}", message="不予受理的案件没有这一项")


def _due(file: CaseFile) -> Iterator[Problem]:
    intake = file.intake
    if intake.mediation_due_rule is not None and parse_period(intake.mediation_due_rule) is None:
        reason = "应以期限开头，例如“30日”或者“30个工作日”"
        yield Problem(pointer="/intake/mediation_due_rule", message=reason)
        return
    counted = due_on(intake, file.court_referral)
    if intake.mediation_due_on is not None:
        if counted is None:
            yield Problem(pointer="/intake/mediation_due_on", message="没有可以计算的期限依据或者受理日期")
        elif counted.on != intake.mediation_due_on:
            reason = f"按“{intake.mediation_due_rule}”计算应为{counted.on.isoformat()}"
            yield Problem(pointer="/intake/mediation_due_on", message=reason)


def _chain(file: CaseFile) -> Iterator[Problem]:
    due = file.intake.mediation_due_on
    for change in in_order(file):
        suspended = isinstance(change, Suspension)
        place = f"/{'suspensions' if suspended else 'extensions'}/{_index(file, change)}"
        if due is None or change.due_before != due:
            yield Problem(pointer=f"{place}/due_before", message=f"此前的期限届满日是{_day(due)}")
        days = change.days_excluded if isinstance(change, Suspension) else change.days
        if not 0 <= days <= LONGEST:
            key = "days_excluded" if suspended else "days"
            yield Problem(pointer=f"{place}/{key}", message=f"应为0至{LONGEST}日")
            return
        expected = moved(change.due_before, days, change.unit).on
        if change.due_after != expected:
            yield Problem(pointer=f"{place}/due_after", message=f"重新计算应为{_day(expected)}")
        due = change.due_after


def _index(file: CaseFile, change: Suspension | Extension) -> int:
    return file.suspensions.index(change) if isinstance(change, Suspension) else file.extensions.index(change)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "空"


def _suspension(place: str, number: int, one: Suspension) -> Iterator[Problem]:
    if one.no != number:
        yield Problem(pointer=f"{place}/no", message=f"序号应为{number}")
    if one.to < one.from_on:
        yield Problem(pointer=f"{place}/to", message="中止的结束日早于开始日")
        return
    working = one.unit is DayUnit.WORKING_DAYS
    days = (count_working_days if working else count_days)(one.from_on, one.to)
    if one.days_excluded != days:
        yield Problem(pointer=f"{place}/days_excluded", message=f"起止两日都扣除，应为{days}{one.unit.value}")
    if one.from_on > one.due_before:
        yield Problem(pointer=f"{place}/from", message="中止开始时期限已经届满")


def _extension(place: str, number: int, longer: Extension, file: CaseFile) -> Iterator[Problem]:
    if longer.no != number:
        yield Problem(pointer=f"{place}/no", message=f"序号应为{number}")
    if longer.agreed_on > longer.due_before:
        yield Problem(pointer=f"{place}/agreed_on", message="应在期限届满之前约定延长")
    yield from known.unknown(f"{place}/consent", longer.consent, known.parties(file), "当事人")
    missing = [party.ref for party in file.parties if party.ref not in longer.consent]
    if missing:
        yield Problem(pointer=f"{place}/consent", message=f"延长须各方同意，缺{'、'.join(missing)}")


def _referral(file: CaseFile) -> Iterator[Problem]:
    referral = file.court_referral
    if referral is None:
        return
    if referral.referred_on < referral.filed_on:
        yield Problem(pointer="/court_referral/referred_on", message="委派委托日早于法院收案日")
    if referral.received_signed_on < referral.referred_on:
        yield Problem(pointer="/court_referral/received_signed_on", message="签收日早于委派委托日")
