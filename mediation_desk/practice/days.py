"""The office calendar of the invented centre, remembered: the same few hundred days are asked for all the time."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from mediation_desk.cases.checks.period import due_on
from mediation_desk.cases.deadlines import period_rule
from mediation_desk.cases.model import CaseFile, Coded, CourtReferral, Dispute, Intake
from mediation_desk.cases.vocabulary import Category, CourtMode, DayUnit, SourceStat
from mediation_desk.practice.material import centre
from mediation_desk.shared.track import Track
from mediation_desk.shared.workdays import (
    add_days,
    add_working_days,
    confirmation_deadline,
    count_days,
    count_working_days,
    is_working_day,
    next_working_day,
)

_MANY = 100_000
_OTHERWISE = 30
_LONG_AGO = date(2000, 1, 1)


@lru_cache(maxsize=_MANY)
def later(day: date, days: int) -> date:
    """``days`` calendar days after ``day``."""
    return day + timedelta(days=days)


@lru_cache(maxsize=_MANY)
def office_day(day: date) -> date:
    """``day``, or the first working day after it."""
    return next_working_day(day).on


@lru_cache(maxsize=_MANY)
def is_office_day(day: date) -> bool:
    """Whether the counter is open."""
    return is_working_day(day)


@lru_cache(maxsize=_MANY)
def end_of(start: date, length: int, unit: DayUnit) -> date:
    """Last day of a period beginning on ``start``."""
    counted = add_working_days if unit is DayUnit.WORKING_DAYS else add_days
    return counted(start, length).on


def between(first: date, last: date, unit: DayUnit) -> int:
    """Days from ``first`` to ``last``, both included."""
    return count_working_days(first, last) if unit is DayUnit.WORKING_DAYS else count_days(first, last)


@lru_cache(maxsize=_MANY)
def last_day_to_confirm(effective_on: date) -> date:
    """Last day to apply for judicial confirmation."""
    return confirmation_deadline(effective_on).on


@cache
def rule_text(track: Track, category: Category, *, delegated: bool) -> str:
    """The rule that gives such a case its mediation period."""
    referral = court_letter(_LONG_AGO, delegated=delegated) if track is Track.JUDICIAL else None
    place = centre()
    nothing = Coded(code="", name="")
    stub = CaseFile(
        case_key="",
        title="",
        track=track,
        centre=place.name,
        organisation=next(iter(place.bodies.values())),
        dispute=Dispute(category=category, category_zz=nothing, event_scale=nothing, occurred_on=_LONG_AGO),
        intake=Intake(received_on=_LONG_AGO, channel="", source_stat=SourceStat.APPLICATION, registrar=""),
        court_referral=referral,
        parties=(),
        facts="",
    )
    return period_rule(stub).text


@lru_cache(maxsize=_MANY)
def last_day_to_mediate(rule: str, received: date, accepted: date, *, from_court: bool) -> date:
    """The end of the period ``rule`` gives."""
    referral = court_letter(received) if from_court else None
    intake = Intake(
        received_on=received,
        channel="",
        source_stat=SourceStat.APPLICATION,
        registrar="",
        accepted_on=accepted,
        mediation_due_rule=rule,
    )
    due = due_on(intake, referral)
    return due.on if due else later(accepted, _OTHERWISE)


def court_letter(signed: date, *, delegated: bool = True) -> CourtReferral:
    """The court hands a case over; its papers are signed for on ``signed``."""
    return CourtReferral(
        mode=CourtMode.BEFORE_FILING if delegated else CourtMode.AFTER_FILING,
        court=centre().court,
        letter="委派调解函" if delegated else "委托调解函",
        filed_on=later(signed, -6),
        referred_on=later(signed, -2),
        received_signed_on=signed,
        parties_consent=True,
        procedure=None if delegated else "普通程序",
    )
