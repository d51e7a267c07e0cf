"""The mediation period: which rule of the centre applies to a case, the day it ends, and what moves that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mediation_desk.cases.checks.period import due_on, in_order, moved
from mediation_desk.cases.deadlines.rules import DeadlineRule, Stage, rule_for, rules_here
from mediation_desk.cases.model import CaseFile, Suspension
from mediation_desk.cases.vocabulary import DayUnit
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.workdays import (
    confirmation_deadline,
    count_days,
    count_working_days,
    parse_period,
)


def period_rules() -> tuple[DeadlineRule, ...]:
    """The rules of the period in their order; the first that fits counts. Raises ``InputError`` for a faulty file."""
    return tuple(rule for rule in rules_here() if rule.stage is Stage.PERIOD)


def period_rule(file: CaseFile) -> DeadlineRule:
    """The rule for this case. Raises ``RuleError`` when the centre's rules have none."""
    rule = rule_for(file, Stage.PERIOD)
    if rule is None:
        raise RuleError("期限规则里没有适用于本案的一条，请在 rules/deadlines.toml 补上。")
    return rule


def rule_applied(file: CaseFile) -> DeadlineRule | None:
    """The rule the period on file rests on: the one it quotes, else the first that fits with the same length."""
    text = file.intake.mediation_due_rule or ""
    quoted = next((rule for rule in period_rules() if rule.text == text), None)
    if quoted is not None:
        return quoted
    period = parse_period(text)
    return next((rule for rule in period_rules() if rule.period == period and rule.fits(file)), None)


def mediation_due(file: CaseFile, accepted_on: date) -> tuple[str, date | None]:
    """Rule text and last day of the period for a case accepted on ``accepted_on`` (§1.5 counting engine)."""
    text = period_rule(file).text
    due = due_on(replace(file.intake, accepted_on=accepted_on, mediation_due_rule=text), file.court_referral)
    return text, due.on if due else None


def recounted(file: CaseFile) -> CaseFile:
    """``file`` with its period counted anew, suspensions and extensions after it, because what it rests on changed."""
    accepted = file.intake.accepted_on
    if accepted is None or file.intake.mediation_due_on is None:
        return file
    text, due = mediation_due(file, accepted)
    if (text, due) == (file.intake.mediation_due_rule, file.intake.mediation_due_on):
        return file
    promised = replace(file.intake, mediation_due_rule=text, mediation_due_on=due)
    return _chained(replace(file, intake=promised), due)


def brought_up_to_date(file: CaseFile) -> CaseFile:
    """``file`` with its days as the tables of working days now give them; the rule it quotes stays.

    A provisional day moves when the holidays of its year are published.
    """
    due = due_on(file.intake, file.court_referral)
    if file.intake.mediation_due_on is not None and due is not None:
        renewed = replace(file, intake=replace(file.intake, mediation_due_on=due.on))
        file = _chained(renewed, due.on)
    court = file.judicial_confirmation
    if court.deadline is None or file.effective_on is None:
        return file
    last = confirmation_deadline(file.effective_on).on
    return (
        file if last == court.deadline else replace(file, judicial_confirmation=replace(court, deadline=last))
    )


def days_excluded(first: date, last: date, unit: DayUnit) -> int:
    """Days of a suspension from ``first`` to ``last``; both stand still (§1.5)."""
    return (count_working_days if unit is DayUnit.WORKING_DAYS else count_days)(first, last)


def _chained(file: CaseFile, due: date | None) -> CaseFile:
    """Every suspension and extension moves the day the one before it left."""
    stops, longer = list(file.suspensions), list(file.extensions)
    for change in in_order(file):
        if due is None:
            break
        if isinstance(change, Suspension):
            days = days_excluded(change.from_on, change.to, change.unit)
            due, before = moved(due, days, change.unit).on, due
            stops[change.no - 1] = replace(change, days_excluded=days, due_before=before, due_after=due)
        else:
            due, before = moved(due, change.days, change.unit).on, due
            longer[change.no - 1] = replace(change, due_before=before, due_after=due)
    return replace(file, suspensions=tuple(stops), extensions=tuple(longer))
