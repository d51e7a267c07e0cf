"""When and how an invented case goes: drawn first, written afterwards as far as the day has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import Body
from mediation_desk.cases.vocabulary import BodyType, Category, DayUnit, Result
from mediation_desk.practice import days
from mediation_desk.practice.dice import Dice, Weighted
from mediation_desk.practice.material import Story, centre
from mediation_desk.shared.track import Track

DELEGATED, ENTRUSTED = "法院委派", "法院委托"
DELEGATE = "清平人调"
EXTENSION_DAYS = 10

_RESULTS = Weighted(
    (
        (Result.AGREED, 77),
        (Result.PARTLY, 3),
        (Result.FAILED, 8),
        (Result.TERMINATED, 4),
        (Result.WITHDRAWN, 5),
        (Result.NOT_ACCEPTED, 3),
    )
)
_SESSIONS = Weighted(((1, 50), (2, 37), (3, 13)))
_HANDED_OVER, _PAUSED, _OVERRUN = 0.02, 0.06, 0.2
_CLOCK_GOES_ON = (Category.WAGES, Category.LABOUR)
"""劳动争议调解仲裁法 art. 14 knows no suspension."""


@dataclass(slots=True, frozen=True)
class Meeting:
    """A session: the day it was fixed and the day it takes place."""

    planned_on: date
    on: date


@dataclass(slots=True, frozen=True)
class Pause:
    """A suspension, both days included: ``excluded`` days in ``unit`` put off the end from ``due_before``."""

    first: date
    last: date
    unit: DayUnit
    excluded: int
    due_before: date
    due_after: date


@dataclass(slots=True)
class Plan:
    """The whole course of a case; what lies on or after ``until`` has not happened yet."""

    story: Story
    body: Body
    track: Track
    delegated: bool
    until: date
    received: date
    accepted: date
    rule: str
    promised: date
    due: date
    started: date
    chosen: date
    result: Result
    ended: date
    sealed: date
    meetings: list[Meeting] = field(default_factory=list)
    extended: date | None = None
    pause: Pause | None = None
    handed_over: bool = False

    def past(self, day: date) -> bool:
        """Whether ``day`` lies behind."""
        return day < self.until

    @property
    def is_accepted(self) -> bool:
        """Whether the case was accepted so far."""
        return self.result is not Result.NOT_ACCEPTED and self.past(self.accepted)

    @property
    def is_chosen(self) -> bool:
        """Whether the mediators are chosen so far."""
        return self.is_accepted and self.past(self.chosen)

    @property
    def is_ended(self) -> bool:
        """Whether the mediation is over."""
        return self.past(self.ended)

    @property
    def is_agreed(self) -> bool:
        """Whether the parties have agreed so far."""
        return self.is_ended and self.result.success

    @property
    def stands_still(self) -> bool:
        """Whether the suspension runs on the day."""
        pause = self.pause
        return pause is not None and self.past(pause.first) and not self.past(pause.last)

    @property
    def has_referrer(self) -> bool:
        """Whether a court sent the case."""
        return self.track is Track.JUDICIAL


def draw(
    dice: Dice, story: Story, received: date, until: date, stop: State | None = None, host: str = ""
) -> Plan:
    """A plan for a case of this kind; with ``stop`` one that stands in this state on the day ``until``."""
    body, track, delegated = _host(host or dice.pick(story.hosts))
    accepted = received if stop else days.office_day(days.later(received, dice.pick((0, 0, 0, 1, 1, 2))))
    rule = days.rule_text(track, story.category, delegated=delegated)
    due = days.last_day_to_mediate(rule, received, accepted, from_court=track is Track.JUDICIAL)
    started = days.later(accepted, dice.between(0, 1))
    plan = Plan(
        story=story,
        body=body,
        track=track,
        delegated=delegated,
        until=until,
        received=received,
        accepted=accepted,
        rule=rule,
        promised=due,
        due=due,
        started=started,
        chosen=min(days.later(started, dice.between(0, 2)), due),
        result=Result.AGREED if stop else _RESULTS.pick(dice),
        ended=received,
        sealed=received,
    )
    if stop is None and track is not Track.JUDICIAL and dice.chance(_HANDED_OVER):
        return _hand_over(plan)
    if plan.result is Result.NOT_ACCEPTED:
        plan.ended = days.office_day(days.later(received, dice.between(1, 3)))
        return plan
    _meet(plan, dice)
    if (
        stop is None
        and len(plan.meetings) > 1
        and story.category not in _CLOCK_GOES_ON
        and dice.chance(_PAUSED)
    ):
        _pause(plan, dice)
    if stop is None and plan.result.success and dice.chance(0.02):
        _extend(plan)
    _end(plan, dice)
    if stop is not None:
        _stop(plan, dice, stop)
    return plan


def _host(short: str) -> tuple[Body, Track, bool]:
    """Body, track, and whether a court delegated the case to a committee."""
    delegated, from_court = short == DELEGATED, short in (DELEGATED, ENTRUSTED)
    body = centre().bodies[DELEGATE if from_court else short]
    if from_court or body.type is BodyType.COURT:
        return body, Track.JUDICIAL, delegated
    return body, Track.PEOPLES if body.type.is_committee else Track.ADMINISTRATIVE, False


def _hand_over(plan: Plan) -> Plan:
    """Another office's matter: it is never accepted here."""
    plan.handed_over = True
    plan.result = Result.AGREED
    plan.accepted = plan.started = plan.chosen = plan.ended = plan.sealed = days.later(plan.until, 1)
    return plan


def _meet(plan: Plan, dice: Dice) -> None:
    number = _SESSIONS.pick(dice)
    gap = max(1, (plan.due - plan.chosen).days // (number + 1))
    before = days.later(plan.chosen, dice.between(0, 1))
    for _ in range(number):
        on = min(days.office_day(days.later(before, dice.between(1, gap))), plan.due)
        if plan.meetings and on == plan.meetings[-1].on:
            break  # the period ends on that day
        plan.meetings.append(Meeting(planned_on=min(before, on), on=on))
        before = on


def _pause(plan: Plan, dice: Dice) -> None:
    """An appraisal after the first session: the clock stands still, what was to follow is put off."""
    held = plan.meetings[0].on
    first, length = days.later(held, 1), dice.between(5, 45)
    if first > plan.due:
        return
    last = days.later(first, length - 1)
    unit = DayUnit.WORKING_DAYS if "工作日" in plan.rule else DayUnit.DAYS
    excluded = days.between(first, last, unit)
    after = days.end_of(plan.due, excluded, unit)
    plan.pause = Pause(first, last, unit, excluded, plan.due, after)
    plan.due, again = after, days.later(last, 1)
    later, before = plan.meetings[1:], last
    del plan.meetings[1:]
    for meeting in later:
        on = min(days.office_day(max(days.later(meeting.on, length), days.later(before, 1))), after)
        if on > before:
            plan.meetings.append(Meeting(planned_on=again if before == last else before, on=on))
            before = on


def _extend(plan: Plan) -> None:
    """All parties agree to go on: one more session in the longer period."""
    last = plan.meetings[-1].on
    plan.extended = last
    after = days.end_of(plan.due, EXTENSION_DAYS, DayUnit.DAYS)
    plan.meetings.append(Meeting(planned_on=last, on=min(days.office_day(days.later(plan.due, 3)), after)))


def _end(plan: Plan, dice: Dice) -> None:
    if plan.result is Result.WITHDRAWN:
        if plan.pause is None and dice.chance(0.5):
            plan.meetings.clear()
        last = plan.meetings[-1].on if plan.meetings else plan.chosen
        plan.ended = days.office_day(days.later(last, dice.between(1, 4)))
        if dice.chance(_OVERRUN):
            plan.ended = _overrun(plan, dice)
    elif plan.result is Result.TERMINATED:
        last = plan.meetings[-1].on
        plan.ended = plan.due if dice.chance(0.4) else days.office_day(days.later(last, dice.between(1, 5)))
        if dice.chance(_OVERRUN):
            plan.ended = _overrun(plan, dice)
    else:
        plan.ended = plan.meetings[-1].on
    late = dice.chance(0.12)
    plan.sealed = days.later(plan.ended, dice.between(1, 3)) if late else plan.ended


def _overrun(plan: Plan, dice: Dice) -> date:
    """Nobody looked at the period: the end comes after it."""
    return days.office_day(days.later(plan.due, dice.between(1, 20)))


def _stop(plan: Plan, dice: Dice, state: State) -> None:
    """Put what would lead out of ``state`` behind the day; the period always reaches that far."""
    until, soon = plan.until, min(days.office_day(days.later(plan.until, dice.between(0, 3))), plan.due)
    tomorrow = days.later(until, 1)
    if state is State.REGISTERED:
        plan.accepted = tomorrow
    elif state is State.ACCEPTED:
        plan.started = plan.chosen = tomorrow
    elif state is State.SELECTING:
        plan.started, plan.chosen = plan.accepted, tomorrow
    else:
        plan.started = plan.chosen = plan.accepted
        if state is State.PREPARING:
            plan.meetings = [Meeting(planned_on=tomorrow, on=soon)]
        elif state is State.MEDIATING:
            held = [Meeting(planned_on=plan.accepted, on=days.later(plan.accepted, 2))]
            held = held if dice.chance(0.5) else []
            plan.meetings = [*held, Meeting(planned_on=plan.accepted, on=soon)]
        else:
            held_on = days.later(plan.accepted, dice.between(1, 3))
            plan.meetings = [Meeting(planned_on=plan.accepted, on=held_on)]
            plan.ended, plan.sealed = held_on, tomorrow
            return
    plan.ended = plan.sealed = days.later(until, 5)
